//! The form of a batch: the same bytes for the same sessions, and nothing else is taken for one.

use std::io::{Read, Write};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kepu::upload::Fault;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;

fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

/// A batch of any text, with the name that belongs to its bytes.
fn pack(text: &[u8]) -> (Name, Vec<u8>) {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(text).unwrap();
    named(gzip.finish().unwrap())
}

fn named(bytes: Vec<u8>) -> (Name, Vec<u8>) {
    let hash: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = Name {
        station: "east-gate".to_owned(),
        sequence: 7,
        hash: hash[..16].to_owned(),
        copy: 0,
    };
    (name, bytes)
}

/// A line that is sound.
fn sound() -> String {
    let batches = seal(&mut played(&["2026-03-12"], 1));
    text(&batches[0].1)
}

#[test]
fn a_line_says_exactly_what_the_design_says() {
    let line = sound();
    assert_eq!(
        line,
        concat!(
            r#"{"session":"00000000000000000000000000000001","station":"east-gate","#,
            r#""division":"330102001001","venue":"museum","date":"2026-03-12","#,
            r#""audience":"youth","topic":"health","language":"zh-CN","profile":"standard","#,
            r#""mode":"visitor","outcome":"completed","asked":3,"answered":2,"correct":1,"#,
            r#""seconds":40,"answers":[{"pack":"everyday-health","version":2,"#,
            r#""question":"question-1","options":["water","air"],"correct":true,"seconds":7},"#,
            r#"{"pack":"everyday-health","version":2,"question":"question-2","#,
            r#""options":["water","air"],"correct":false,"seconds":7}]}"#,
            "\n"
        )
    );
    assert!(!line.contains("hour"));
}

#[test]
fn requests_and_second_attempts_travel_and_come_back_as_they_were() {
    let mut store = played(&["2026-03-12"], 1);
    ask_for(&mut store, 1, "first-aid");
    store
        .store(&Record::Request(Request {
            session: id(1),
            kind: RequestKind::Form,
            choice: Some("talk".to_owned()),
        }))
        .unwrap();
    let again = SessionStart {
        mode: Mode::Retry,
        asked: 1,
        ..start(2, "2026-03-12")
    };
    play(&mut store, again, 1, Some(Outcome::TimedOut));
    let expected = store.unsealed(TODAY, 10).unwrap();
    let batches = seal(&mut store);
    let text = text(&batches[0].1);
    let asked =
        r#"}],"requests":[{"kind":"form","choice":"talk"},{"kind":"topic","choice":"first-aid"}]}"#;
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().find(|line| line.contains("visitor")).unwrap();
    assert!(first.ends_with(asked), "{first}");
    // A line without a request is the same, to the byte, as before there were any.
    let second = lines.iter().find(|line| line.contains("retry")).unwrap();
    assert!(!second.contains("requests"), "{second}");
    let (mut sessions, _) = upload::read(&batches[0].0, &batches[0].1).unwrap();
    sessions.sort_by(|one, other| one.1.id.cmp(&other.1.id));
    let sessions: Vec<_> = sessions.into_iter().map(|(_, session)| session).collect();
    assert_eq!(sessions, expected);
    assert_eq!(sessions[1].mode, "retry");
    assert_eq!(
        (sessions[0].requests.len(), sessions[1].requests.len()),
        (2, 0)
    );
    for (from, to) in [
        ("\"kind\":\"form\"", "\"kind\":\"name\""),
        ("\"kind\":\"form\"", "\"kind\":\"topic\""),
        (
            "{\"kind\":\"form\",\"choice\":\"talk\"},",
            "{\"kind\":\"topic\",\"choice\":\"talk\"},",
        ),
        ("\"choice\":\"talk\"", "\"choice\":\"Call me\""),
        ("\"choice\":\"talk\"", "\"choice\":\"\""),
        ("\"choice\":\"talk\"", "\"choice\":\"talk\",\"text\":\"x\""),
        ("\"choice\":\"talk\"", "\"choice\":5"),
        ("\"requests\"", "\"wishes\""),
    ] {
        assert!(first.contains(from), "{from}");
        let (name, bytes) = pack(format!("{}\n", first.replacen(from, to, 1)).as_bytes());
        let fault = upload::read(&name, &bytes).unwrap_err();
        assert_eq!(fault, Fault::Line { number: 1 }, "{from} -> {to}");
    }
}

#[test]
fn the_same_sessions_and_seed_are_the_same_bytes_and_another_seed_another_order() {
    let store = played(&["2026-03-12"], 50);
    let sessions = store.unsealed(TODAY, 100).unwrap();
    let freeze = |seed| upload::freeze(&origin(), &sessions, 3, seed, TODAY).unwrap();
    let (one, again, other) = (freeze(1), freeze(1), freeze(2));
    assert_eq!(one, again);
    // No moment and no system in the header of the gzip file.
    assert_eq!(one.bytes[4..8], [0; 4]);
    assert_eq!(one.bytes[9], 255);
    let order = |batch: &kepu::records::SealedBatch| {
        ids([&(batch.name.parse().unwrap(), batch.bytes.clone())])
    };
    assert_ne!(order(&one), order(&other));
    assert!(!order(&one).is_sorted());
    let sorted = |batch| order(batch).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(sorted(&one), sorted(&other));
}

#[test]
fn a_batch_is_closed_when_it_is_large_and_the_rest_goes_into_the_next() {
    let mut store = RecordStore::in_memory().unwrap();
    let days: Vec<String> = (1..=28).map(|day| format!("2026-02-{day:02}")).collect();
    let mut number = 0;
    for day in &days {
        for _ in 0..200 {
            number += 1;
            play(&mut store, start(number, day), 0, Some(Outcome::Abandoned));
        }
    }
    let batches = seal(&mut store);
    let counts: Vec<_> = batches.iter().map(|batch| ids([batch]).len()).collect();
    assert_eq!(counts, [upload::MOST_SESSIONS, 600]);
    let all: BTreeSet<_> = ids(&batches).into_iter().collect();
    assert_eq!(all.len(), 5600);
    assert!(batches.iter().all(|(_, bytes)| bytes.len() < 1_000_000));
    let sequences: Vec<_> = batches.iter().map(|(name, _)| name.sequence).collect();
    assert_eq!(sequences, [1, 2]);
}

#[test]
fn a_name_is_written_in_exactly_one_way() {
    let text = "station=east-gate/0000000012-0123456789abcdef.jsonl.gz";
    let name: Name = text.parse().unwrap();
    assert_eq!((name.station.as_str(), name.sequence), ("east-gate", 12));
    assert_eq!(name.to_string(), text);
    let beside = name.beside(2).to_string();
    assert_eq!(
        beside,
        "station=east-gate/0000000012-0123456789abcdef-conflict-2.jsonl.gz"
    );
    assert_eq!(beside.parse(), Ok(name.beside(2)));
    // Legal on a stick: no colon, question mark or asterisk, not longer than it takes.
    assert!(beside.len() < 100 && !beside.contains([':', '?', '*', '"', '<', '>', '|', '\\']));
    for wrong in [
        "",
        "station=east-gate/12-0123456789abcdef.jsonl.gz",
        "station=east-gate/0000000012-0123456789ABCDEF.jsonl.gz",
        "station=east-gate/0000000012-0123456789abcde.jsonl.gz",
        "station=east-gate/0000000012-0123456789abcdef.jsonl.gz.part",
        "station=east-gate/0000000012-0123456789abcdef.jsonl",
        "station=east-gate/0000000012-0123456789abcdef-conflict-0.jsonl.gz",
        "station=east-gate/0000000012-0123456789abcdef-conflict-01.jsonl.gz",
        "station=east-gate/+000000012-0123456789abcdef.jsonl.gz",
        "station=../0000000012-0123456789abcdef.jsonl.gz",
        "station=/0000000012-0123456789abcdef.jsonl.gz",
        "station=a/b/0000000012-0123456789abcdef.jsonl.gz",
        "stations=a/0000000012-0123456789abcdef.jsonl.gz",
    ] {
        assert_eq!(wrong.parse::<Name>(), Err(Fault::Name), "{wrong}");
    }
}

#[test]
fn a_line_with_any_value_that_no_station_writes_is_refused_by_its_number() {
    let line = sound();
    let (name, bytes) = pack(line.as_bytes());
    assert_eq!(upload::read(&name, &bytes).unwrap().0.len(), 1);
    for (from, to) in [
        ("\"station\":\"east-gate\"", "\"station\":\"west-gate\""),
        ("0000000000000001", "000000000000000X"),
        ("330102001001", "33010200100"),
        ("\"venue\":\"museum\"", "\"venue\":\"The museum\""),
        ("2026-03-12", "2026-02-30"),
        ("2026-03-12", "2026-3-12"),
        ("2026-03-12", "+02026-03-12"),
        ("youth", "teacher"),
        ("\"topic\":\"health\"", "\"topic\":\"\""),
        ("zh-CN", "Chinese!"),
        ("visitor", "ghost"),
        ("completed", "open"),
        ("\"asked\":3", "\"asked\":1"),
        ("\"asked\":3", "\"asked\":101"),
        ("\"asked\":3", "\"asked\":-3"),
        ("\"asked\":3", "\"asked\":3.5"),
        ("\"asked\":3", "\"asked\":\"3\""),
        ("\"answered\":2", "\"answered\":3"),
        ("\"correct\":1,", "\"correct\":2,"),
        ("\"seconds\":40", "\"seconds\":41"),
        ("\"seconds\":40", "\"seconds\":4294967296"),
        ("everyday-health", "Everyday health"),
        ("question-1", "question one"),
        ("[\"water\",\"air\"]", "[\"air\",\"air\"]"),
        ("[\"water\",\"air\"]", "[\"air water\"]"),
        ("\"correct\":true", "\"correct\":1"),
        ("\"profile\":\"standard\",", ""),
        ("\"profile\"", "\"name\":\"Ann\",\"profile\""),
        ("\"profile\"", "\"topic\":\"health\",\"profile\""),
        ("\"question\"", "\"hour\":9,\"question\""),
        ("}]}\n", "}]\n"),
        ("}]}\n", "}]} {}\n"),
    ] {
        assert!(line.contains(from), "{from}");
        let (name, bytes) = pack(format!("{line}{}", line.replacen(from, to, 1)).as_bytes());
        assert_eq!(
            upload::read(&name, &bytes).unwrap_err(),
            Fault::Line { number: 2 },
            "{from} -> {to}"
        );
    }
    for (text, number) in [
        ("", 1),
        ("\n", 1),
        (line.trim_end(), 1),
        (&format!("{line}\n"), 2),
        (&format!("{line}{line}\u{feff}{line}"), 3),
    ] {
        let (name, bytes) = pack(text.as_bytes());
        assert_eq!(
            upload::read(&name, &bytes).unwrap_err(),
            Fault::Line { number },
            "{text:?}"
        );
    }
}

#[test]
fn what_is_torn_changed_renamed_or_no_gzip_is_refused() {
    let (name, bytes) = pack(sound().as_bytes());
    let fault = |name: &Name, bytes: &[u8]| upload::read(name, bytes).unwrap_err();
    for end in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(fault(&name, &bytes[..end]), Fault::Hash);
    }
    let mut other = name.clone();
    other.hash = "0123456789abcdef".to_owned();
    assert_eq!(fault(&other, &bytes), Fault::Hash);
    let (name, bytes) = named(b"no gzip".to_vec());
    assert_eq!(fault(&name, &bytes), Fault::Gzip);
    // Something behind the end, a torn end, a second part.
    let (_, whole) = pack(sound().as_bytes());
    for wrong in [
        [&whole[..], b"x"].concat(),
        whole[..whole.len() - 4].to_vec(),
        [&whole[..], &whole[..]].concat(),
    ] {
        let (name, bytes) = named(wrong);
        assert_eq!(fault(&name, &bytes), Fault::Gzip);
    }
    let (name, bytes) = named(vec![
        0;
        usize::try_from(upload::MOST_BATCH_BYTES).unwrap() + 1
    ]);
    assert_eq!(fault(&name, &bytes), Fault::Size);
}

#[test]
fn a_bomb_is_unpacked_no_further_than_the_limit() {
    // 1 GiB of nothing in 1 MB; unpacked whole it would take many times the time and the memory.
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let nothing = vec![b' '; 1024 * 1024];
    for _ in 0..1024 {
        gzip.write_all(&nothing).unwrap();
    }
    let (name, bytes) = named(gzip.finish().unwrap());
    assert!((bytes.len() as u64) < upload::MOST_BATCH_BYTES);
    assert_eq!(upload::read(&name, &bytes), Err(Fault::Gzip));
}

#[test]
fn every_field_of_a_line_is_one_that_the_collection_knows() {
    let line: Value = serde_json::from_str(&sound()).unwrap();
    let fields: Vec<_> = line.as_object().unwrap().keys().collect();
    // serde_json sorts them.
    assert_eq!(
        fields,
        [
            "answered", "answers", "asked", "audience", "correct", "date", "division", "language",
            "mode", "outcome", "profile", "seconds", "session", "station", "topic", "venue"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_whatever_are_taken_for_a_batch_or_end_the_program(
        at in 0_usize..400, value in any::<u8>(), text in "\\PC{0,200}",
    ) {
        let (name, bytes) = pack(text.as_bytes());
        prop_assert!(upload::read(&name, &bytes).is_err());
        let mut line = sound().into_bytes();
        let at = at % line.len();
        let changed = line[at] != value;
        line[at] = value;
        let (name, bytes) = pack(&line);
        // A changed byte may still be a sound line, but then a different one.
        if let Ok((sessions, _)) = upload::read(&name, &bytes) {
            prop_assert_eq!(sessions.len(), 1);
            let same = upload::read(&pack(sound().as_bytes()).0, &pack(sound().as_bytes()).1).unwrap().0;
            prop_assert_eq!(sessions != same, changed);
        }
    }
}
