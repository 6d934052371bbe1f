//! Tests of the reserve of disk: it is given up when the disk is full and comes back with room.

use std::{fs, time::Duration};

use kepu::records::{Mode, Notice, RecordStore, Writer, WriterState};

use super::{TestResult, answer, start};
use crate::support::{SmallDisk, comes_true};

#[test]
fn on_a_full_disk_the_reserve_is_given_up_and_everything_is_stored_without_waiting() -> TestResult {
    let Some(disk) = SmallDisk::new(96) else {
        return Ok(());
    };
    let data = disk.path().join("data");
    let (store, _) = RecordStore::open(&data)?;
    let writer = Writer::spawn(store, || {})?;
    assert!(comes_true(|| data.join("reserve").exists()));
    disk.fill();
    let mut last = None;
    for number in 1..=200 {
        writer.submit(start(number, Mode::Visitor));
        for ordinal in 1..=5 {
            last = Some(writer.submit(answer(number, ordinal, true)));
        }
    }
    let last = last.unwrap();
    assert!(
        comes_true(|| writer.is_durable(last)),
        "{:?}",
        writer.state()
    );
    assert_eq!((writer.lost(), writer.state()), (0, WriterState::Good));
    assert!(writer.uses_reserve() && !data.join("reserve").exists());
    assert!(writer.finish(Duration::from_secs(10)));
    disk.clear();
    // With room again the reserve comes back at the next start.
    let (store, notices) = RecordStore::open(&data)?;
    assert_eq!(store.counts()?.answers, 1000);
    assert_eq!(notices, [Notice::Interrupted { sessions: 200 }]);
    let writer = Writer::spawn(store, || {})?;
    assert!(comes_true(|| data.join("reserve").exists()));
    assert!(!writer.uses_reserve());
    Ok(())
}

#[test]
fn when_the_reserve_is_used_up_as_well_records_wait_in_memory_until_there_is_room() -> TestResult {
    let Some(disk) = SmallDisk::new(96) else {
        return Ok(());
    };
    let data = disk.path().join("data");
    let (store, _) = RecordStore::open(&data)?;
    let writer = Writer::spawn(store, || {})?;
    assert!(comes_true(|| data.join("reserve").exists()));
    fs::remove_file(data.join("reserve"))?;
    disk.fill();
    let last = writer.submit(start(1, Mode::Visitor));
    let behind = || matches!(writer.state(), WriterState::Behind { waiting: 1, .. });
    assert!(comes_true(behind), "{:?}", writer.state());
    disk.clear();
    assert!(comes_true(|| writer.is_durable(last)));
    assert_eq!((writer.lost(), writer.state()), (0, WriterState::Good));
    Ok(())
}
