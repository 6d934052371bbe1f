//! Tests of `staff`: the PIN on a real disk, over restarts, and the signed reset.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{fs, path::Path, time::Duration};

use kepu::{
    locale::Locales,
    staff::{
        self, Moment,
        pin::{FREE_TRIES, PinLock, PinState, Verdict},
        recovery::{Recovery, accept_reset},
    },
};
use minisign::KeyPair;
use tempfile::TempDir;

const PIN: &str = "294816";

fn at(boot_id: &str, seconds: u64) -> Moment {
    Moment {
        boot_id: boot_id.to_owned(),
        uptime: Duration::from_secs(seconds),
    }
}

fn seconds(left: u64) -> PinState {
    PinState::Locked {
        left: Duration::from_secs(left),
    }
}

/// A station with a PIN.
fn station() -> TempDir {
    let data = TempDir::new().unwrap();
    PinLock::open(data.path(), &at("a", 0))
        .set_first(PIN)
        .unwrap();
    data
}

/// A station that is locked for 30 s from 100 s after the start `a`.
fn locked() -> TempDir {
    let data = station();
    let mut lock = PinLock::open(data.path(), &at("a", 100));
    for _ in 0..FREE_TRIES {
        let wrong = lock.try_pin("000000", &at("a", 100)).unwrap();
        assert!(matches!(wrong, Verdict::Wrong(_)));
    }
    data
}

fn file(data: &Path) -> std::path::PathBuf {
    data.join("staff/pin.json")
}

#[test]
fn the_right_pin_opens_and_a_wrong_one_does_not() {
    let data = station();
    let now = at("a", 100);
    let mut lock = PinLock::open(data.path(), &now);
    assert_eq!(lock.state(&now), PinState::Free { tries: 5 });
    let wrong = lock.try_pin("294817", &now).unwrap();
    assert!(matches!(wrong, Verdict::Wrong(PinState::Free { tries: 4 })));
    assert!(matches!(
        lock.try_pin(PIN, &now).unwrap(),
        Verdict::Right(_)
    ));
    assert_eq!(lock.state(&now), PinState::Free { tries: 5 });
}

#[test]
fn what_cannot_be_a_pin_is_neither_checked_nor_counted() {
    let data = station();
    let now = at("a", 100);
    let mut lock = PinLock::open(data.path(), &now);
    for pin in ["", "29481", "2948160000000", "29481６", "29481 ", "abcdef"] {
        let verdict = lock.try_pin(pin, &now).unwrap();
        assert!(
            matches!(verdict, Verdict::NotTried(PinState::Free { tries: 5 })),
            "{pin}: {verdict:?}"
        );
    }
}

#[test]
fn the_lock_outlives_the_program_and_refuses_even_the_right_pin() {
    let data = locked();
    let now = at("a", 110);
    let mut lock = PinLock::open(data.path(), &now);
    assert_eq!(lock.state(&now), seconds(20));
    assert!(matches!(
        lock.try_pin(PIN, &now).unwrap(),
        Verdict::NotTried(PinState::Locked { .. })
    ));
    assert_eq!(
        lock.state(&at("a", 130)),
        PinState::Free { tries: 1 },
        "waited out"
    );
    assert!(matches!(
        lock.try_pin(PIN, &at("a", 130)).unwrap(),
        Verdict::Right(_)
    ));
}

#[test]
fn a_restart_of_the_machine_begins_the_whole_wait_again() {
    let data = locked();
    // Long after the wait, if the machine had not been started anew.
    let lock = PinLock::open(data.path(), &at("b", 5000));
    assert_eq!(lock.state(&at("b", 5000)), seconds(30));
    assert_eq!(lock.state(&at("b", 5010)), seconds(20));
    // The program started again, not the machine.
    let lock = PinLock::open(data.path(), &at("b", 5020));
    assert_eq!(lock.state(&at("b", 5020)), seconds(10));
    assert_eq!(lock.state(&at("b", 5030)), PinState::Free { tries: 1 });
    // Nor does a time before the wait began shorten it.
    assert_eq!(lock.state(&at("b", 4000)), seconds(30));
    assert_eq!(
        PinLock::open(data.path(), &at("c", 3)).state(&at("c", 3)),
        seconds(30)
    );
}

#[test]
fn the_moment_is_that_of_the_machine_and_moves_on() {
    let (first, second) = (Moment::now().unwrap(), Moment::now().unwrap());
    assert_eq!(first.boot_id.len(), 36, "{first:?}");
    assert_eq!(first.boot_id, second.boot_id);
    assert!(Duration::ZERO < first.uptime && first.uptime <= second.uptime);
}

#[test]
fn only_the_first_pin_needs_no_permit() {
    let data = TempDir::new().unwrap();
    let now = at("a", 1);
    let mut lock = PinLock::open(data.path(), &now);
    assert_eq!(lock.state(&now), PinState::NotSet);
    assert!(matches!(
        lock.try_pin(PIN, &now).unwrap(),
        Verdict::NotTried(PinState::NotSet)
    ));
    lock.set_first(PIN).unwrap();
    let refused = lock.set_first("735190").unwrap_err();
    assert_eq!(refused.code, "pin-already-set");
    let Verdict::Right(permit) = lock.try_pin(PIN, &now).unwrap() else {
        panic!("it is the PIN");
    };
    assert_eq!(
        lock.change("111111", &permit).unwrap_err().code,
        "pin-same-digit"
    );
    lock.change("735190", &permit).unwrap();
    assert!(matches!(
        lock.try_pin(PIN, &now).unwrap(),
        Verdict::Wrong(_)
    ));
    assert!(matches!(
        lock.try_pin("735190", &now).unwrap(),
        Verdict::Right(_)
    ));
}

#[test]
fn a_lost_file_stays_closed_and_is_no_first_use() {
    let data = station();
    fs::remove_file(file(data.path())).unwrap();
    let now = at("a", 1);
    let mut lock = PinLock::open(data.path(), &now);
    assert_eq!(lock.state(&now), PinState::Broken);
    assert!(matches!(
        lock.try_pin(PIN, &now).unwrap(),
        Verdict::NotTried(PinState::Broken)
    ));
    assert_eq!(lock.set_first(PIN).unwrap_err().code, "pin-already-set");
}

#[test]
fn a_cut_between_the_two_files_of_the_first_pin_leaves_it_set() {
    let data = station();
    let marker = data.path().join("staff/pin-set");
    fs::remove_file(&marker).unwrap();
    let lock = PinLock::open(data.path(), &at("a", 1));
    assert_eq!(lock.state(&at("a", 1)), PinState::Free { tries: 5 });
    assert!(marker.exists());
}

#[test]
fn a_folder_or_an_endless_file_in_its_place_stays_closed() {
    let data = station();
    fs::remove_file(file(data.path())).unwrap();
    fs::create_dir(file(data.path())).unwrap();
    let state = || PinLock::open(data.path(), &at("a", 1)).state(&at("a", 1));
    assert_eq!(state(), PinState::Broken);
    fs::remove_dir(file(data.path())).unwrap();
    fs::write(file(data.path()), vec![b' '; 2000]).unwrap();
    assert_eq!(state(), PinState::Broken);
}

#[test]
fn every_truncation_and_every_changed_bit_of_the_file_stays_closed() {
    let data = locked();
    let sound = fs::read(file(data.path())).unwrap();
    let now = at("a", 100);
    let mut tried = 0;
    let mut stays_closed = |bytes: &[u8], what: &str| {
        fs::write(file(data.path()), bytes).unwrap();
        let state = PinLock::open(data.path(), &now).state(&now);
        assert_eq!(state, PinState::Broken, "{what}");
        tried += 1;
    };
    for end in 0..sound.len() {
        stays_closed(&sound[..end], &format!("the first {end} bytes"));
    }
    for index in 0..sound.len() {
        for change in (0..8).map(|bit| 1 << bit) {
            let mut bytes = sound.clone();
            bytes[index] ^= change;
            stays_closed(&bytes, &format!("byte {index} changed by {change:#x}"));
        }
    }
    stays_closed(&[&sound[..], b" "].concat(), "a byte more");
    assert_eq!(tried, sound.len() * 9 + 1);
    fs::write(file(data.path()), &sound).unwrap();
    assert_eq!(PinLock::open(data.path(), &now).state(&now), seconds(30));
}

#[test]
fn no_file_holds_the_pin() {
    let data = station();
    PinLock::open(data.path(), &at("a", 1))
        .try_pin(PIN, &at("a", 1))
        .unwrap();
    let mut files = 0;
    for entry in fs::read_dir(data.path().join("staff")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains(PIN), "{text}");
        files += 1;
    }
    assert_eq!(files, 2);
}

#[test]
fn weak_pins_are_refused_with_their_reason() {
    for (code, pins) in [
        ("pin-not-digits", &["12345a", "２９４８１６", "2948 16"][..]),
        ("pin-length", &["", "1", "1234", "29481", "2948163705281"]),
        ("pin-same-digit", &["000000", "777777777777"]),
        (
            "pin-run",
            &[
                "123456",
                "012345",
                "567890",
                "654321",
                "098765",
                "1234567890",
            ],
        ),
        (
            "pin-repeated",
            &["121212", "123123", "1231231", "56785678", "141414141414"],
        ),
        ("pin-few-digits", &["112211", "111112", "188881"]),
        (
            "pin-date",
            &[
                "900315", "199003", "202612", "19900315", "20081231", "010203",
            ],
        ),
        (
            "pin-common",
            &["112233", "147258", "123321", "5201314", "159753"],
        ),
    ] {
        for pin in pins {
            assert_eq!(
                staff::check_new(pin).map_err(|refused| refused.code),
                Err(code),
                "{pin}"
            );
        }
    }
    for pin in [
        PIN,
        "735190",
        "19900399",
        "99031500",
        "209913",
        "2948163705",
        "837465029184",
    ] {
        assert_eq!(staff::check_new(pin), Ok(()), "{pin}");
    }
}

#[test]
fn few_enough_pins_are_refused_that_the_choice_stays_wide() {
    let refused = (0..1_000_000)
        .filter(|pin| staff::check_new(&format!("{pin:06}")).is_err())
        .count();
    assert!((30_000..60_000).contains(&refused), "{refused}");
}

/// Signs as the ordinary tool does.
fn sign(pair: &KeyPair, text: &[u8]) -> Vec<u8> {
    let signature = minisign::sign(None, &pair.sk, text, None, None).unwrap();
    signature.into_string().into_bytes()
}

fn pair() -> (KeyPair, Vec<String>) {
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let key = pair.pk.to_base64();
    (pair, vec![key])
}

#[test]
fn a_signed_reset_opens_once_even_when_the_file_is_lost_or_locked() {
    for break_it in [true, false] {
        let data = locked();
        if break_it {
            fs::write(file(data.path()), "?").unwrap();
        }
        let (pair, keys) = pair();
        let now = at("a", 100);
        let line = Recovery::open(data.path()).unwrap().line(Some("east-gate"));
        // The answer may come after a restart.
        let mut recovery = Recovery::open(data.path()).unwrap();
        assert_eq!(recovery.line(Some("east-gate")), line);
        let text = format!("\u{feff}{}\r\n", line.to_lowercase());
        let signature = sign(&pair, text.as_bytes());
        let mut accept = || recovery.accept(Some("east-gate"), text.as_bytes(), &signature, &keys);
        let permit = accept().unwrap();
        let again = accept().unwrap_err();
        assert_eq!(again.code, "reset-challenge");
        let mut lock = PinLock::open(data.path(), &now);
        lock.change("735190", &permit).unwrap();
        assert_eq!(lock.state(&now), PinState::Free { tries: 5 });
        assert_ne!(Recovery::open(data.path()).unwrap().line(None), line);
    }
}

#[test]
fn a_reset_that_says_or_signs_anything_else_is_refused_with_its_reason() {
    let asked = "kepu-pin-reset east-gate 7K2FQ9HMX3R8TDWN";
    let (pair, keys) = pair();
    for (text, code) in [
        ("kepu-pin-reset west-gate 7K2FQ9HMX3R8TDWN", "reset-station"),
        (
            "kepu-pin-reset east-gate 7K2FQ9HMX3R8TDWX",
            "reset-challenge",
        ),
        ("kepu-pin-reset east-gate", "reset-form"),
        (
            "kepu-pin-reset east-gate 7K2FQ9HMX3R8TDWN more",
            "reset-form",
        ),
        ("a pack of questions", "reset-form"),
        ("", "reset-form"),
    ] {
        let signature = sign(&pair, text.as_bytes());
        let refused = accept_reset(asked, text.as_bytes(), &signature, &keys).unwrap_err();
        assert_eq!(refused.code, code, "{text}");
    }
    let signature = sign(&pair, asked.as_bytes());
    accept_reset(asked, asked.as_bytes(), &signature, &keys).unwrap();
    let refused = |text: &str, signature: &[u8], keys: &[String]| {
        accept_reset(asked, text.as_bytes(), signature, keys)
            .unwrap_err()
            .code
    };
    assert_eq!(refused(asked, &signature, &[]), "reset-no-keys");
    let (_, other) = self::pair();
    assert_eq!(refused(asked, &signature, &other), "reset-signature");
    let spaced = format!("{asked} ");
    assert_eq!(refused(&spaced, &signature, &keys), "reset-signature");
    let long = format!("{asked}{}", " ".repeat(5000));
    let long_signature = sign(&pair, long.as_bytes());
    assert_eq!(refused(&long, &long_signature, &keys), "reset-signature");
    let padded = [&signature[..], &[b'\n'; 5000]].concat();
    assert_eq!(refused(asked, &padded, &keys), "reset-signature");
}

#[test]
fn no_cut_or_changed_signature_panics_or_opens() {
    let asked = "kepu-pin-reset east-gate 7K2FQ9HMX3R8TDWN";
    let (pair, keys) = pair();
    let signature = sign(&pair, asked.as_bytes());
    let accepted = |signature: &[u8]| accept_reset(asked, asked.as_bytes(), signature, &keys);
    let text = String::from_utf8(signature.clone()).unwrap();
    let lines: Vec<_> = text.lines().collect();
    // What is cut off at the end may be the last line break.
    for end in 0..text.trim_end().len() {
        assert!(accepted(&signature[..end]).is_err(), "{end}");
    }
    // The first line is a comment that nobody signed; all others count.
    for index in lines[0].len() + 1..text.trim_end().len() {
        let mut bytes = signature.clone();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        assert!(accepted(&bytes).is_err(), "byte {index}");
    }
    for last in ["", "AAAA", "A", &"A".repeat(88), &"=".repeat(88)] {
        let changed = [lines[0], lines[1], lines[2], last].join("\n");
        assert!(accepted(changed.as_bytes()).is_err(), "{last}");
    }
}

#[test]
fn a_challenge_that_rotted_is_replaced() {
    let data = TempDir::new().unwrap();
    let line = Recovery::open(data.path()).unwrap().line(None);
    assert!(line.starts_with("kepu-pin-reset demo "), "{line}");
    let path = data.path().join("staff/pin-reset");
    for text in ["", "short", "7k2fq9hmx3r8tdwn", "7K2FQ9HMX3R8TDW\n"] {
        fs::write(&path, text).unwrap();
        let new = Recovery::open(data.path()).unwrap().line(None);
        assert_eq!(new.len(), line.len(), "{text}");
        assert_ne!(new, line);
    }
}

#[test]
fn what_is_refused_says_its_values_in_both_languages() {
    let locales = Locales::shipped().unwrap();
    let refused = staff::check_new("1").unwrap_err();
    let args: Vec<_> = refused
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    let said = |language| locales.format(language, &format!("staff-{}", refused.code), &args);
    assert_eq!(said("en"), "a PIN has 6 to 12 digits");
    assert_eq!(said("zh-CN"), "密码应为 6 到 12 位数字");
}
