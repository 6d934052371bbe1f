//! Old sessions that go, the copy that takes the place of damaged records, the reserve of disk.

use kepu::records::{SealedBatch, copy_in};

use super::*;
use crate::support::SmallDisk;

/// The day before which things are old.
const BEFORE: &str = "2023-03-13";

/// A session of a day, and the batch that it went into, if it did: 0 never arrived, 1 arrived long
/// ago, 2 lately, 3 on an unknown day.
#[derive(Clone, Copy, Debug)]
struct Past {
    old: bool,
    batch: Option<usize>,
}

const ARRIVED: [Option<Option<&str>>; 4] = [
    None,
    Some(Some("2023-03-12")),
    Some(Some("2023-03-13")),
    Some(None),
];

fn past(all: &[Past]) -> Result<RecordStore, Box<dyn Error>> {
    let mut store = RecordStore::in_memory()?;
    for (number, past) in (1..).zip(all) {
        let Record::Start(mut begun) = start(number, Mode::Visitor) else {
            unreachable!("that is what `start` makes");
        };
        begun.date = if past.old { "2023-03-12" } else { BEFORE }.to_owned();
        store.store(&Record::Start(begun))?;
        store.store(&answer(number, 1, true))?;
        store.store(&answer(number, 2, false))?;
        store.store(&end(number, Outcome::Completed, 30))?;
        store.store(&request(number, RequestKind::Topic, Some("first-aid")))?;
    }
    for (batch, arrived) in ARRIVED.iter().enumerate() {
        let sessions: Vec<_> = (1..)
            .zip(all)
            .filter(|(_, past)| past.batch == Some(batch))
            .map(|(number, _)| id(number))
            .collect();
        if sessions.is_empty() {
            continue;
        }
        let sequence = batch as u64 + 1;
        store.store(&Record::Seal(Box::new(SealedBatch {
            sequence,
            name: format!("batch-{sequence}"),
            sha256: format!("{sequence:064}"),
            bytes: vec![1],
            sessions,
            on: None,
        })))?;
        if let Some(on) = arrived {
            let on = on.map(str::to_owned);
            store.store(&Record::Acknowledge { sequence, on })?;
        }
    }
    Ok(store)
}

proptest! {
    #[test]
    fn only_sessions_that_are_old_and_arrived_long_ago_are_forgotten_whatever_is_asked(
        all in prop::collection::vec((any::<bool>(), prop::option::of(0..4_usize)), 1..30),
    ) {
        let all: Vec<_> = all.into_iter().map(|(old, batch)| Past { old, batch }).collect();
        let mut store = past(&all).unwrap();
        let may_go = |past: &Past| past.old && past.batch == Some(1);
        let expected: BTreeSet<_> = (1..)
            .zip(&all)
            .filter(|(_, past)| may_go(past))
            .map(|(number, _)| id(number))
            .collect();
        let found = store.forgettable(BEFORE, 1000).unwrap();
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected.clone());
        // Asked to forget everything, it forgets just those; twice is once.
        let sessions: Vec<_> = (1..).zip(&all).map(|(number, _)| id(number)).collect();
        let before = BEFORE.to_owned();
        let forget = Record::Forget { before, sessions };
        store.store(&forget).unwrap();
        store.store(&forget).unwrap();
        let counts = store.counts().unwrap();
        let left = (all.len() - expected.len()) as u64;
        prop_assert_eq!((counts.started, counts.answers), (left, 2 * left));
        prop_assert_eq!(counts.requests.iter().map(|row| row.times).sum::<u64>(), left);
        prop_assert_eq!(store.forgettable(BEFORE, 1000).unwrap(), []);
    }
}

#[test]
fn only_so_many_sessions_are_found_at_once() -> TestResult {
    let one = Past {
        old: true,
        batch: Some(1),
    };
    let store = past(&[one; 7])?;
    assert_eq!(store.forgettable(BEFORE, 3)?.len(), 3);
    Ok(())
}

/// Every row of a file.
fn rows(path: &Path) -> rusqlite::Result<Vec<String>> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut rows = column(
        &db,
        "SELECT id || date || coalesce(outcome, '-') || answered || correct FROM session",
    )?;
    rows.extend(column::<String>(
        &db,
        "SELECT session || ordinal || question || options FROM answer",
    )?);
    Ok(rows)
}

#[test]
fn the_copy_has_every_row_and_is_made_while_the_records_are_written() -> TestResult {
    let dir = well_filled()?;
    let (store, _) = RecordStore::open(dir.path())?;
    let writer = Writer::spawn(store, || {})?;
    let submitter = writer.submitter();
    let writing = thread::spawn(move || {
        for number in 100..200 {
            submitter.store(start(number, Mode::Visitor), Duration::from_secs(10));
        }
    });
    let first = RecordStore::copy(dir.path())?;
    assert!((60..=160).contains(&first.sessions), "{first:?}");
    writing.join().unwrap();
    let second = RecordStore::copy(dir.path())?;
    assert_eq!((second.sessions, &second.path), (160, &copy_in(dir.path())));
    assert!(writer.finish(Duration::from_secs(10)));
    assert_eq!(rows(&second.path)?, rows(&file(&dir))?);
    assert!(!dir.path().join("records-copy.sqlite.part").exists());
    Ok(())
}

#[test]
fn a_copy_that_cannot_be_made_leaves_the_one_before() -> TestResult {
    let dir = well_filled()?;
    RecordStore::copy(dir.path())?;
    let before = fs::read(copy_in(dir.path()))?;
    fs::write(file(&dir), "not a database at all")?;
    for companion in &FILES[1..] {
        drop(fs::remove_file(dir.path().join(companion)));
    }
    assert!(RecordStore::copy(dir.path()).is_err());
    assert_eq!(fs::read(copy_in(dir.path()))?, before);
    let empty = TempDir::new()?;
    let none = RecordStore::copy(empty.path());
    assert!(matches!(none, Err(records::Error::Missing { .. })));
    Ok(())
}

#[test]
fn damaged_records_are_kept_and_the_copy_takes_their_place() -> TestResult {
    let dir = well_filled()?;
    let copy = RecordStore::copy(dir.path())?;
    let expected = rows(&copy.path)?;
    fs::write(file(&dir), vec![7; 9000])?;
    let (mut store, notices) = RecordStore::open(dir.path())?;
    let path = dir.path().join("broken-1-records.sqlite");
    let restored = Notice::SetAside {
        path: path.clone(),
        restored: true,
    };
    assert_eq!(notices, [restored]);
    assert_eq!(fs::read(path)?, vec![7; 9000]);
    assert_eq!(rows(&file(&dir))?, expected);
    // It is written as ever, and the copy is there for another time.
    store.store(&start(250, Mode::Visitor))?;
    assert_eq!(store.counts()?.started, 61);
    assert_eq!(rows(&copy.path)?, expected);
    Ok(())
}

#[test]
fn a_damaged_copy_of_damaged_records_is_kept_too_and_new_ones_are_begun() -> TestResult {
    let dir = well_filled()?;
    RecordStore::copy(dir.path())?;
    for damaged in [file(&dir), copy_in(dir.path())] {
        fs::write(damaged, vec![7; 9000])?;
    }
    let (store, notices) = RecordStore::open(dir.path())?;
    let path = dir.path().join("broken-1-records.sqlite");
    let anew = Notice::SetAside {
        path,
        restored: false,
    };
    assert_eq!(notices, [anew]);
    assert_eq!(store.counts()?.started, 0);
    Ok(())
}

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
