//! Tests of trials: sessions end them, crashes take them back, power cuts and clocks do not.

use kepu::journal::Deed;

use super::*;

/// A run of the kiosk that crashes: the codes of the alarms at its start.
fn crash(place: &Place, seconds: i64, boot: &str) -> Vec<&'static str> {
    let at = Timestamp::from_second(seconds).unwrap();
    // A process that another test starts holds this one's locks until it has become itself.
    for _ in 0..1000 {
        let (run, alarms) = place.store().run_began(at, boot).unwrap();
        if run.is_some() {
            return alarms.iter().map(|alarm| alarm.code).collect();
        }
        std::thread::yield_now();
    }
    panic!("the run of before still goes on");
}

fn trial_left(place: &Place) -> Option<u32> {
    place.store().installed().unwrap()[0].trial_left
}

#[test]
fn twenty_ended_sessions_end_a_trial() {
    let place = Place::new();
    place.store().session_ended().unwrap();
    place.install(3).unwrap();
    for left in (1..20).rev() {
        place.store().session_ended().unwrap();
        assert_eq!(trial_left(&place), Some(left));
    }
    place.store().session_ended().unwrap();
    assert_eq!(trial_left(&place), None);
    place.store().session_ended().unwrap();
    assert_eq!(trial_left(&place), None);
}

#[test]
fn three_crashes_within_five_minutes_take_a_pack_on_trial_back() {
    let place = Place::new();
    place.install(3).unwrap();
    place.install(4).unwrap();
    // The first run finds no crash; the three that follow find one each.
    assert_eq!(crash(&place, 0, "boot"), [""; 0]);
    assert_eq!(crash(&place, 100, "boot"), [""; 0]);
    assert_eq!(crash(&place, 200, "boot"), [""; 0]);
    place.assert_plays(Some(4));
    assert_eq!(crash(&place, 400, "boot"), ["withdrawn-to-before"]);
    place.assert_plays(Some(3));
    let last = place.deeds().pop().unwrap();
    assert_eq!(
        last,
        (Deed::PackWithdrawn, "sound".to_owned(), "4 -> 3".to_owned())
    );
    // The one before is not on trial, whatever goes on.
    for seconds in [401, 402, 403, 404] {
        assert_eq!(crash(&place, seconds, "boot"), [""; 0]);
    }
    place.assert_plays(Some(3));
}

#[test]
fn without_a_version_before_the_one_inside_plays_or_none() {
    let place = Place::new();
    place.install(3).unwrap();
    let prepared = place
        .prepare(&place.build_text(&of_the_program(2)))
        .unwrap();
    place.store().commit(prepared, NOW).unwrap();
    for seconds in 0..3 {
        assert_eq!(crash(&place, seconds, "boot"), [""; 0]);
    }
    assert_eq!(
        crash(&place, 3, "boot"),
        ["withdrawn-to-built-in", "withdrawn-to-none"]
    );
    place.assert_plays(None);
}

#[test]
fn crashes_far_apart_power_cuts_clean_ends_and_proven_packs_take_nothing_back() {
    let place = Place::new();
    place.install(3).unwrap();
    for round in 0..10 {
        // Far apart, forward and back.
        assert_eq!(crash(&place, round * 301, "slow"), [""; 0]);
        assert_eq!(crash(&place, -round * 301, "slow"), [""; 0]);
    }
    for round in 0..10 {
        assert_eq!(crash(&place, round, &format!("boot {round}")), [""; 0]);
    }
    for round in 0..10 {
        assert_eq!(crash(&place, round, ""), [""; 0], "unknown starts");
    }
    for round in 0..10 {
        let at = Timestamp::from_second(round).unwrap();
        let (run, alarms) = place.store().run_began(at, "clean").unwrap();
        assert_eq!(alarms, []);
        run.unwrap().ended().unwrap();
    }
    place.assert_plays(Some(3));
    for _ in 0..20 {
        place.store().session_ended().unwrap();
    }
    for round in 0..10 {
        assert_eq!(crash(&place, round, "proven"), [""; 0]);
    }
    place.assert_plays(Some(3));
}

#[test]
fn no_clock_is_too_wild() {
    let place = Place::new();
    place.install(3).unwrap();
    for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH].repeat(4) {
        let (run, alarms) = place.store().run_began(at, "boot").unwrap();
        assert!(run.is_some() && alarms.is_empty());
    }
    let marker = place.packs().join("run.json");
    for text in [
        "",
        "{",
        "{\"boot\":\"boot\",\"crashes\":[-9223372036854775808,9223372036854775807]}",
    ] {
        fs::write(&marker, text).unwrap();
        assert_eq!(crash(&place, 0, "boot"), [""; 0]);
    }
    place.assert_plays(Some(3));
}

#[test]
fn a_second_kiosk_on_the_same_data_is_no_crash() {
    let place = Place::new();
    place.install(3).unwrap();
    let (run, _) = place.store().run_began(NOW, "boot").unwrap();
    for _ in 0..5 {
        let (second, alarms) = place.store().run_began(NOW, "boot").unwrap();
        assert!(second.is_none() && alarms.is_empty());
    }
    run.unwrap().ended().unwrap();
    assert!(!place.packs().join("run.json").exists());
    place.assert_plays(Some(3));
}
