//! The upload beside a kiosk that records: through its writer, without ever holding it up.

use std::time::Duration;

use kepu::{
    records::Writer,
    upload::{Beside, Folder, Trouble, Uploader, copy_all},
};

use super::*;
use crate::support::comes_true;

#[test]
fn a_station_that_plays_sends_by_itself_and_says_how_it_fares() {
    let data = TempDir::new().unwrap();
    let (mut store, _) = RecordStore::open(data.path()).unwrap();
    fill(&mut store, &["2026-03-12", "2026-03-13"], 4);
    let writer = Writer::spawn(store, || {}).unwrap();
    let to = place();
    let stick = to.path().join("stick");
    let uploader = Uploader::start(
        data.path(),
        origin(),
        Box::new(Folder::new(&stick)),
        writer.submitter(),
        || {},
    )
    .unwrap();
    // Sealed at once, although there is no stick to send to.
    assert!(comes_true(
        || uploader.state().trouble == Some(Trouble::NoPlace)
    ));
    let state = uploader.state();
    assert_eq!((state.backlog.batches, state.backlog.sessions), (1, 8));
    assert_eq!(state.backlog.last_success, None);

    // A visitor plays meanwhile, and is stored as ever.
    let ticket = writer.submit(Record::Start(start(900, "2026-03-14")));
    assert!(comes_true(|| writer.is_durable(ticket)));

    fs::create_dir(&stick).unwrap();
    uploader.hurry();
    assert!(comes_true(|| uploader.state().backlog.batches == 0));
    assert!(comes_true(|| !uploader.state().is_sending));
    let state = uploader.state();
    assert_eq!(state.trouble, None);
    assert!(state.backlog.last_success.is_some());
    assert_eq!(files(&stick).len(), 1);
    assert_eq!(writer.lost(), 0);
    drop(uploader);
    assert!(writer.finish(Duration::from_secs(5)));
    let store = RecordStore::open_read_only(data.path()).unwrap();
    assert_eq!(store.counts().unwrap().started, 9);
    assert_eq!(store.unsent().unwrap(), []);
}

#[test]
fn staff_take_what_waits_on_a_stick_while_the_station_plays_and_it_waits_on() {
    let data = TempDir::new().unwrap();
    let (mut store, _) = RecordStore::open(data.path()).unwrap();
    fill(&mut store, &["2026-03-12", "2026-03-13"], 4);
    let writer = Writer::spawn(store, || {}).unwrap();
    let mut records = Beside::new(data.path(), writer.submitter());
    assert_eq!(upload::seal_all(&mut records, &origin(), TODAY), Ok(8));
    let stick = place();
    let folder = Folder::new(stick.path());
    for _ in 0..2 {
        let copied = copy_all(&mut records, &folder, &mut |_, _| {}).unwrap();
        assert_eq!(
            (copied.batches, copied.sessions, copied.trouble),
            (1, 8, None)
        );
    }
    assert_eq!(files(stick.path()).len(), 1);
    let store = RecordStore::open_read_only(data.path()).unwrap();
    assert_eq!(store.unsent().unwrap().len(), 1);
}

#[test]
fn a_writer_that_has_ended_loses_nothing_of_a_batch() {
    let data = TempDir::new().unwrap();
    let (mut store, _) = RecordStore::open(data.path()).unwrap();
    fill(&mut store, &["2026-03-12"], 2);
    let sessions = store.unsealed(TODAY, 9).unwrap();
    let sealed = upload::freeze(&origin(), &sessions, 1, 1, TODAY).unwrap();
    let writer = Writer::spawn(store, || {}).unwrap();
    let submitter = writer.submitter();
    // A batch that breaks a rule is passed over and is no lost record.
    let mut wrong = sealed.clone();
    wrong.sessions.push(id(77));
    assert!(submitter.store(Record::Seal(Box::new(wrong)), Duration::from_secs(30)));
    assert_eq!(writer.lost(), 0);
    assert!(submitter.store(
        Record::Seal(Box::new(sealed.clone())),
        Duration::from_secs(30)
    ));
    assert!(writer.finish(Duration::from_secs(5)));
    // Nobody is there any more.
    assert!(!submitter.store(Record::Seal(Box::new(sealed)), Duration::from_millis(50)));
    let store = RecordStore::open_read_only(data.path()).unwrap();
    assert_eq!(store.unsent().unwrap().len(), 1);
}
