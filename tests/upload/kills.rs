//! `kepu upload` and `kepu collect` killed before their system calls, on the real programs: nothing
//! is lost, nothing is doubled, and the next run ends what was begun.
//!
//! One point in 29 is tried, or all of them with `KEPU_KILLS=all`. Where `strace` is missing
//! this says so and fails: a test that did nothing must not look like one that passed.

use std::{
    collections::BTreeMap,
    env,
    process::{Command, Output},
};

use kepu::records::Collection;

use super::*;

/// The program under `strace` with more arguments for it.
fn traced(arguments: &[&str], program: &[&str]) -> Output {
    let mut command = Command::new("strace");
    command.arg("-f").args(arguments);
    command.arg(env!("CARGO_BIN_EXE_kepu")).args(program);
    command.output().expect("strace is needed")
}

/// The points before which the program is killed: each system call of the thread that makes it most
/// often, by name and number.
fn points(log: &str) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.trim_start().split_once(' ') else {
            continue;
        };
        let name = rest.trim_start().split('(').next().unwrap();
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if rest.contains('(') && name.bytes().all(is_name) {
            *counts.entry((thread, name)).or_default() += 1;
        }
    }
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, name), count) in counts {
        let known = most.entry(name).or_default();
        *known = count.max(*known);
    }
    let points = most
        .into_iter()
        .flat_map(|(name, count)| (1..=count).map(move |number| (name.to_owned(), number)));
    let step = if env::var("KEPU_KILLS").is_ok_and(|kills| kills == "all") {
        1
    } else {
        29
    };
    points.step_by(step).collect()
}

fn inject((name, number): &(String, usize)) -> String {
    format!("inject={name}:signal=KILL:when={number}")
}

/// A station with two whole days and an empty place.
struct Station {
    dir: TempDir,
}

impl Station {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let station = Self { dir };
        fs::create_dir(station.dir.path().join("place")).unwrap();
        let data = station.dir.path().join("data");
        keep(&data, &["2026-03-12", "2026-03-13"], 4);
        fs::write(data.join("station.ron"), "(id: \"east-gate\")").unwrap();
        station
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().unwrap().to_owned()
    }

    fn upload(&self, arguments: &[&str]) -> Output {
        let (data, place) = (self.path("data"), self.path("place"));
        traced(arguments, &["upload", "--data", &data, "--to", &place])
    }

    fn collect(&self, arguments: &[&str]) -> Output {
        let (place, file) = (self.path("place"), self.path("county.sqlite"));
        traced(arguments, &["collect", &place, "--into", &file])
    }

    /// The ids of the sessions that the collector finds, sorted.
    fn collected(&self) -> Vec<String> {
        let file = self.dir.path().join("county.sqlite");
        let db = rusqlite::Connection::open(file).unwrap();
        let mut query = db.prepare("SELECT id FROM session ORDER BY id").unwrap();
        let ids = query.query_map([], |row| row.get(0)).unwrap();
        ids.map(Result::unwrap).collect()
    }
}

const QUIET: &[&str] = &["-o", "/dev/null"];

#[test]
fn an_upload_killed_before_any_system_call_is_ended_by_the_next() {
    let station = Station::new();
    let log = station.path("log");
    let done = station.upload(&["-o", &log]);
    assert!(done.status.success(), "{done:?}");
    let points = points(&fs::read_to_string(&log).unwrap());
    assert!(points.len() > 10, "{points:?}");
    let expected: Vec<_> = (1..=8).map(|number| id(number).to_string()).collect();
    let (mut killed, mut marked) = (0, 0);
    for point in &points {
        let station = Station::new();
        let inject = inject(point);
        let output = station.upload(&["-o", "/dev/null", "-e", &inject]);
        killed += usize::from(!output.status.success());
        // Whatever is marked is there, whole.
        let data = station.dir.path().join("data");
        let store = RecordStore::open_read_only(&data).unwrap();
        let unsent = store.unsent().unwrap().len();
        if store.next_sequence().unwrap() > 1 && unsent == 0 {
            marked += 1;
            let names: Vec<_> = files(&station.dir.path().join("place"))
                .into_iter()
                .collect();
            assert_eq!(names.len(), 1, "{inject}");
        }
        drop(store);
        let again = station.upload(QUIET);
        assert!(again.status.success(), "{inject}: {again:?}");
        let store = RecordStore::open_read_only(&data).unwrap();
        assert_eq!(store.unsent().unwrap(), [], "{inject}");
        assert_eq!(store.backlog().unwrap().unsealed, 0, "{inject}");
        let place = files(&station.dir.path().join("place"));
        assert!(
            place.iter().all(|name| name.parse::<Name>().is_ok()),
            "{inject}: {place:?}"
        );
        let collected = station.collect(QUIET);
        assert!(collected.status.success(), "{inject}: {collected:?}");
        assert_eq!(station.collected(), expected, "{inject}");
    }
    let tried = points.len();
    assert!(
        killed * 10 >= tried * 8,
        "only {killed} of {tried} were killed"
    );
    assert!(marked < tried, "{marked} of {tried}");
    let said = format!("{tried} points, {killed} killed, {marked} already marked\n");
    fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("upload-kills.txt"),
        said,
    )
    .unwrap();
}

#[test]
fn a_collection_killed_before_any_system_call_is_ended_by_the_next() {
    let station = Station::new();
    assert!(station.upload(QUIET).status.success());
    let log = station.path("log");
    assert!(station.collect(&["-o", &log]).status.success());
    let expected = station.collected();
    assert_eq!(expected.len(), 8);
    let points = points(&fs::read_to_string(&log).unwrap());
    assert!(points.len() > 8, "{points:?}");
    let mut killed = 0;
    for point in &points {
        for ending in ["", "-wal", "-shm", "-journal"] {
            drop(fs::remove_file(
                station.path(&format!("county.sqlite{ending}")),
            ));
        }
        let inject = inject(point);
        let output = station.collect(&["-o", "/dev/null", "-e", &inject]);
        killed += usize::from(!output.status.success());
        let again = station.collect(QUIET);
        assert!(again.status.success(), "{inject}: {again:?}");
        assert_eq!(station.collected(), expected, "{inject}");
        let file = station.dir.path().join("county.sqlite");
        assert_eq!(
            Collection::open(&file).unwrap().all_set_aside().unwrap(),
            []
        );
    }
    let tried = points.len();
    assert!(
        killed * 10 >= tried * 8,
        "only {killed} of {tried} were killed"
    );
}

/// An upload that died after a batch had its name, and before that name was on the disk: the next one
/// finds the batch, and must not count on it before it is durable.
#[test]
fn what_lies_there_already_is_made_durable_before_it_counts_as_arrived() {
    let station = Station::new();
    assert!(station.upload(&["-o", "/dev/null"]).status.success());
    let db = rusqlite::Connection::open(station.dir.path().join("data/records.sqlite")).unwrap();
    let changed = db.execute(
        "UPDATE batch SET acknowledged = 0, acknowledged_on = NULL",
        [],
    );
    assert!(changed.unwrap() > 0);
    drop(db);
    let log = station.path("log");
    let done = station.upload(&["-y", "-e", "trace=fsync,fdatasync", "-o", &log]);
    assert!(done.status.success());
    let log = fs::read_to_string(log).unwrap();
    let place = station.path("place");
    for synced in [".jsonl.gz>", "/station=east-gate>", &format!("{place}>")] {
        let is_synced = |line: &str| line.contains("sync(") && line.contains(synced);
        assert!(log.lines().any(is_synced), "{synced} is not in {log}");
    }
}
