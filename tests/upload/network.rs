//! Sending over a network that fails, to servers that fail: every batch arrives, once, the same.

use std::collections::BTreeMap;
use std::time::Duration;

use kepu::{
    records::Collection,
    upload::{
        Credentials, Delivered, Pace, Patience, Place, Trouble, collect, deliver, remote, send_all,
    },
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::server::{Fault, Server, Speaks};
use super::*;

/// Impatient, so that silence is short.
const PATIENCE: Patience = Patience {
    pause: Duration::from_millis(700),
    bytes_a_second: 1_000_000,
};

fn to(server: &Server) -> Box<dyn Place> {
    remote(&server.address, &Credentials::default(), PATIENCE).unwrap()
}

fn batch() -> (Name, Vec<u8>) {
    seal(&mut played(&["2026-03-12"], 5)).remove(0)
}

fn only(name: &Name, bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([(name.to_string(), bytes.to_vec())])
}

#[test]
fn a_batch_arrives_and_is_found_again_on_either_kind_of_server() {
    for speaks in [Speaks::WebDav, Speaks::S3] {
        let server = Server::start(speaks, |_| Fault::None);
        let place = to(&server);
        let (name, bytes) = batch();
        assert_eq!(
            deliver(&*place, &name, &bytes),
            Ok(Delivered::New),
            "{speaks:?}"
        );
        assert_eq!(server.objects(), only(&name, &bytes), "{speaks:?}");
        assert_eq!(
            deliver(&*place, &name, &bytes),
            Ok(Delivered::There),
            "{speaks:?}"
        );
        assert_eq!(server.objects().len(), 1, "nothing else is left behind");
    }
}

#[test]
fn what_lies_on_a_server_is_collected() {
    for speaks in [Speaks::WebDav, Speaks::S3] {
        let server = Server::start(speaks, |_| Fault::None);
        let place = to(&server);
        let (name, bytes) = batch();
        deliver(&*place, &name, &bytes).unwrap();
        let dir = TempDir::new().unwrap();
        let mut collection = Collection::open(&dir.path().join("county.sqlite")).unwrap();
        let collected = collect(&*place, &mut collection, &mut |_| {}).unwrap();
        assert_eq!(
            (collected.stations, collected.sessions),
            (1, 5),
            "{speaks:?}"
        );
        assert_eq!(collected.aside, []);
    }
}

#[test]
fn each_answer_of_a_server_has_its_trouble() {
    let busy = |seconds: Option<u64>| Trouble::Busy(seconds.map(Duration::from_secs));
    for (status, after, trouble) in [
        (401, None, Trouble::Denied),
        (403, None, Trouble::Denied),
        (301, None, Trouble::NoPlace),
        (405, None, Trouble::NoPlace),
        (413, None, Trouble::Full),
        (507, None, Trouble::Full),
        (423, None, busy(None)),
        (429, Some(90), busy(Some(90))),
        (503, Some(7), busy(Some(7))),
        (503, None, busy(None)),
        (500, None, busy(None)),
        (400, None, Trouble::Broken),
        (404, None, Trouble::NoPlace),
    ] {
        for speaks in [Speaks::WebDav, Speaks::S3] {
            let server = Server::start(speaks, move |_| Fault::Status(status, after));
            let (name, bytes) = batch();
            let delivered = deliver(&*to(&server), &name, &bytes);
            assert_eq!(delivered, Err(trouble.clone()), "{status} {speaks:?}");
            assert!(server.objects().is_empty());
        }
    }
}

#[test]
fn a_server_that_is_not_there_is_a_network_that_is_down() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for address in [
        format!("http://127.0.0.1:{port}/"),
        "http://no-such-host.invalid/".to_owned(),
    ] {
        let place = remote(&address, &Credentials::default(), PATIENCE).unwrap();
        let (name, bytes) = batch();
        assert_eq!(
            deliver(&*place, &name, &bytes),
            Err(Trouble::Network),
            "{address}"
        );
    }
}

#[test]
fn a_connection_that_drops_at_any_byte_leaves_nothing_that_counts() {
    let (name, bytes) = batch();
    for speaks in [Speaks::WebDav, Speaks::S3] {
        for at in (0..bytes.len()).step_by(37) {
            // The first requests drop, then all is well.
            let server = Server::start(speaks, move |number| match number {
                0 | 1 => Fault::DropAfter(at),
                _ => Fault::None,
            });
            let place = to(&server);
            let mut tries = 0;
            while deliver(&*place, &name, &bytes).is_err() {
                tries += 1;
                assert!(tries < 6 && !server.objects().contains_key(&name.to_string()));
            }
            assert_eq!(server.objects(), only(&name, &bytes), "{speaks:?} {at}");
        }
    }
}

#[test]
fn torsos_lost_answers_wrong_bytes_and_endless_ones_are_survived() {
    let faults = [
        Fault::Torso(201),
        Fault::Torso(400),
        Fault::LostAnswer,
        Fault::WrongBytes,
        Fault::Endless,
        Fault::Silent,
        Fault::Unconditional,
    ];
    let (name, bytes) = batch();
    for speaks in [Speaks::WebDav, Speaks::S3] {
        for fault in faults {
            for at in 0..5 {
                let server = Server::start(
                    speaks,
                    move |number| {
                        if number == at { fault } else { Fault::None }
                    },
                );
                let place = to(&server);
                let mut tries = 0;
                while let Err(trouble) = deliver(&*place, &name, &bytes) {
                    tries += 1;
                    assert!(tries < 3, "{speaks:?} {fault:?} {at}: {trouble:?}");
                }
                let mut objects = server.objects();
                objects.retain(|name, _| !name.ends_with(".part"));
                assert_eq!(objects, only(&name, &bytes), "{speaks:?} {fault:?} {at}");
            }
        }
    }
}

#[test]
fn other_bytes_under_the_name_stay_and_the_batch_lies_beside_them() {
    let (name, bytes) = batch();
    for speaks in [Speaks::WebDav, Speaks::S3] {
        let server = Server::start(speaks, |_| Fault::None);
        let place = to(&server);
        place
            .publish(&name.to_string(), &[b"other", &bytes[..]].concat())
            .unwrap();
        let delivered = deliver(&*place, &name, &bytes);
        assert_eq!(delivered, Ok(Delivered::Beside(name.beside(1))));
        let objects = server.objects();
        assert_eq!(objects.len(), 2);
        assert_eq!(objects[&name.beside(1).to_string()], bytes);
    }
}

/// How many batches go through the server that fails.
fn many() -> u32 {
    let asked = std::env::var("KEPU_BATCHES").ok();
    asked.map_or(200, |count| count.parse().unwrap())
}

/// A server that fails three times out of ten, in every way.
fn failing(seed: u64) -> impl FnMut(usize) -> Fault + Send {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    move |_| {
        if !random.random_bool(0.3) {
            return Fault::None;
        }
        match random.random_range(0..18) {
            0 => Fault::DropAfter(random.random_range(0..900)),
            1 | 2 => Fault::Torso(201),
            3 => Fault::Torso(400),
            4 | 5 => Fault::LostAnswer,
            6 => Fault::WrongBytes,
            7 => Fault::Endless,
            8 => Fault::Unconditional,
            other => {
                let codes = [401, 403, 404, 405, 301, 413, 423, 429, 503, 507];
                Fault::Status(codes[other - 8], Some(random.random_range(0..100)))
            }
        }
    }
}

#[test]
fn through_a_server_that_fails_three_times_in_ten_every_batch_arrives_once() {
    let rounds = many().div_ceil(500);
    for round in 0..rounds {
        for speaks in [Speaks::WebDav, Speaks::S3] {
            let server = Server::start(speaks, failing(u64::from(round)));
            let place = to(&server);
            let mut store = RecordStore::in_memory().unwrap();
            let count = (many() / rounds / 2).max(1);
            for number in 1..=count {
                let day = jiff::civil::date(2020, 1, 1);
                let day = day.saturating_add(jiff::Span::new().days(number));
                play(
                    &mut store,
                    start(number, &day.to_string()),
                    2,
                    Some(Outcome::Completed),
                );
                let next = day.tomorrow().unwrap().to_string();
                upload::seal_all(&mut store, &origin(), Some(&next)).unwrap();
            }
            let all = seal(&mut store);
            assert_eq!(all.len(), count as usize);

            // Time passes only here: as long as the pace says.
            let mut pace = Pace::default();
            let mut now = Duration::ZERO;
            let mut tries = 0;
            while store.backlog().unwrap().batches > 0 {
                assert!(pace.is_due(now));
                let sent = send_all(&mut store, &*place, TODAY, &mut |_, _| {}).unwrap();
                pace.ended(sent.trouble.as_ref(), now, 0.5);
                now = pace.next();
                tries += 1;
                assert!(tries < count * 100 + 1000, "no progress");
                // What is marked is there, now and at every moment.
                let objects = server.objects();
                let waiting: BTreeSet<_> = store
                    .unsent()
                    .unwrap()
                    .into_iter()
                    .map(|one| one.name)
                    .collect();
                for (name, bytes) in all
                    .iter()
                    .filter(|(name, _)| !waiting.contains(&name.to_string()))
                {
                    assert_eq!(
                        objects.get(&name.to_string()),
                        Some(bytes),
                        "marked and absent"
                    );
                }
            }
            let mut objects = server.objects();
            objects.retain(|name, _| !name.ends_with(".part"));
            let expected: BTreeMap<_, _> = all
                .iter()
                .map(|(name, bytes)| (name.to_string(), bytes.clone()))
                .collect();
            assert!(
                objects == expected,
                "{} of {}",
                objects.len(),
                expected.len()
            );
        }
    }
}
