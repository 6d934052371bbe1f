//! A folder as a place: durable, by a rename, and proven by reading back.

use kepu::upload::{Delivered, Folder, Found, Place, Published, Trouble, deliver, send_all};

use super::*;

fn batch() -> (Name, Vec<u8>) {
    seal(&mut played(&["2026-03-12"], 5)).remove(0)
}

#[test]
fn what_is_sent_lies_there_to_the_byte_and_is_marked() {
    let mut store = played(&["2026-03-12", "2026-03-13"], 5);
    let dir = place();
    let folder = Folder::new(dir.path());
    let batches = seal(&mut store);
    let mut steps = Vec::new();
    let sent = send_all(&mut store, &folder, TODAY, &mut |done, all| {
        steps.push((done, all));
    })
    .unwrap();
    assert_eq!((sent.batches, sent.sessions, sent.trouble), (1, 10, None));
    assert_eq!(steps, [(0, 1), (1, 1)]);
    let (name, bytes) = &batches[0];
    assert_eq!(fs::read(dir.path().join(name.to_string())).unwrap(), *bytes);
    assert_eq!(files(dir.path()).len(), 1, "nothing else is left behind");
    let backlog = store.backlog().unwrap();
    assert_eq!(backlog.batches, 0);
    assert_eq!(backlog.last_success.as_deref(), TODAY);
    let again = send_all(&mut store, &folder, TODAY, &mut |_, _| {}).unwrap();
    assert_eq!(again.batches, 0);
}

#[test]
fn a_batch_that_is_there_already_is_a_success() {
    let dir = place();
    let folder = Folder::new(dir.path());
    let (name, bytes) = batch();
    assert_eq!(deliver(&folder, &name, &bytes), Ok(Delivered::New));
    assert_eq!(deliver(&folder, &name, &bytes), Ok(Delivered::There));
    assert_eq!(files(dir.path()).len(), 1);
}

#[test]
fn a_torso_under_the_name_is_replaced_whatever_its_length() {
    let (name, bytes) = batch();
    for length in [0, 1, bytes.len() - 1] {
        let dir = place();
        let path = dir.path().join(name.to_string());
        fs::create_dir(path.parent().unwrap()).unwrap();
        fs::write(&path, &bytes[..length]).unwrap();
        let delivered = deliver(&Folder::new(dir.path()), &name, &bytes);
        assert_eq!(delivered, Ok(Delivered::New), "{length}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn other_bytes_under_the_name_stay_and_the_batch_lies_beside_them() {
    let dir = place();
    let folder = Folder::new(dir.path());
    let (name, bytes) = batch();
    let path = dir.path().join(name.to_string());
    fs::create_dir(path.parent().unwrap()).unwrap();
    let mut longer = bytes.clone();
    longer.push(0);
    for (number, other) in (1..).zip([b"other".to_vec(), longer]) {
        fs::write(&path, &other).unwrap();
        let beside = name.beside(number);
        // What lies beside from before counts: the second time it is found, not put again.
        assert_eq!(
            deliver(&folder, &name, &bytes),
            Ok(Delivered::Beside(name.beside(1)))
        );
        assert_eq!(fs::read(&path).unwrap(), other);
        assert_eq!(
            fs::read(dir.path().join(name.beside(1).to_string())).unwrap(),
            bytes
        );
        assert_eq!(beside.copy, number);
    }
    for copy in 1..=9 {
        fs::write(dir.path().join(name.beside(copy).to_string()), b"other").unwrap();
    }
    assert_eq!(deliver(&folder, &name, &bytes), Err(Trouble::Broken));
}

#[test]
fn a_stick_that_is_not_plugged_in_has_no_place_and_nothing_is_made_in_its_stead() {
    let dir = place();
    let stick = dir.path().join("stick");
    let mut store = played(&["2026-03-12"], 1);
    seal(&mut store);
    let sent = send_all(&mut store, &Folder::new(&stick), TODAY, &mut |_, _| {}).unwrap();
    assert_eq!(sent.trouble, Some(Trouble::NoPlace));
    assert_eq!(store.backlog().unwrap().batches, 1);
    assert!(!stick.exists());
    // A file in the folder's place is no folder either.
    fs::write(&stick, "").unwrap();
    let (name, bytes) = batch();
    assert_eq!(
        deliver(&Folder::new(&stick), &name, &bytes),
        Err(Trouble::NoPlace)
    );
}

#[test]
fn a_half_written_file_of_a_run_before_does_not_count_and_does_not_disturb() {
    let dir = place();
    let folder = Folder::new(dir.path());
    let (name, bytes) = batch();
    let part = dir.path().join(format!("{name}.part"));
    fs::create_dir(part.parent().unwrap()).unwrap();
    fs::write(&part, &bytes[..5]).unwrap();
    assert_eq!(folder.read(&name.to_string(), 9), Ok(Found::Nothing));
    assert_eq!(deliver(&folder, &name, &bytes), Ok(Delivered::New));
    assert_eq!(files(dir.path()), [name.to_string()].into());
}

/// A stick that keeps less than it says, or other bytes.
struct Liar {
    folder: Folder,
    keeps: fn(&[u8]) -> Vec<u8>,
}

impl Place for Liar {
    fn publish(&self, name: &str, bytes: &[u8]) -> Result<Published, Trouble> {
        self.folder.publish(name, &(self.keeps)(bytes))
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.folder.replace(name, &(self.keeps)(bytes))
    }

    fn read(&self, name: &str, most: u64) -> Result<Found, Trouble> {
        self.folder.read(name, most)
    }

    fn stations(&self) -> Result<Vec<String>, Trouble> {
        self.folder.stations()
    }

    fn names(&self, station: &str) -> Result<Vec<String>, Trouble> {
        self.folder.names(station)
    }
}

#[test]
fn a_stick_that_lies_is_found_out_and_nothing_is_marked() {
    let lies: [fn(&[u8]) -> Vec<u8>; 3] = [
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| vec![0; bytes.len()],
        |_| Vec::new(),
    ];
    for keeps in lies {
        let dir = place();
        let folder = Folder::new(dir.path());
        let mut store = played(&["2026-03-12"], 3);
        seal(&mut store);
        let stick = Liar { folder, keeps };
        for _ in 0..3 {
            let sent = send_all(&mut store, &stick, TODAY, &mut |_, _| {}).unwrap();
            assert_eq!((sent.batches, sent.trouble), (0, Some(Trouble::Broken)));
        }
        assert_eq!(store.backlog().unwrap().batches, 1);
        // On a sound one it arrives.
        let sound = place();
        let sent = send_all(
            &mut store,
            &Folder::new(sound.path()),
            TODAY,
            &mut |_, _| {},
        );
        assert_eq!(sent.unwrap().batches, 1);
    }
}

#[test]
fn one_batch_that_is_damaged_here_does_not_hold_up_the_others() {
    let dir = place();
    let data = TempDir::new().unwrap();
    let (mut store, _) = RecordStore::open(data.path()).unwrap();
    for (number, day, today) in [
        (1, "2026-03-10", "2026-03-11"),
        (2, "2026-03-11", "2026-03-12"),
    ] {
        play(&mut store, start(number, day), 1, Some(Outcome::Completed));
        upload::seal_all(&mut store, &origin(), Some(today)).unwrap();
    }
    drop(store);
    let db = rusqlite::Connection::open(data.path().join("records.sqlite")).unwrap();
    db.execute("UPDATE batch SET bytes = x'00' WHERE sequence = 1", [])
        .unwrap();
    drop(db);
    // Another inode: the lock of the first may have been inherited by what other tests start.
    let copy = TempDir::new().unwrap();
    let name = "records.sqlite";
    fs::copy(data.path().join(name), copy.path().join(name)).unwrap();
    let (mut store, _) = RecordStore::open(copy.path()).unwrap();
    let sent = send_all(&mut store, &Folder::new(dir.path()), TODAY, &mut |_, _| {}).unwrap();
    assert_eq!(sent.batches, 1);
    assert!(matches!(sent.trouble, Some(Trouble::Records(reason)) if reason.contains("damaged")));
    let left: Vec<_> = store
        .unsent()
        .unwrap()
        .into_iter()
        .map(|one| one.sequence)
        .collect();
    assert_eq!(left, [1]);
}
