//! Tests of a store that was damaged or left in the middle: what is sound plays on.

use super::*;

#[test]
fn what_a_crash_left_behind_is_removed_when_the_store_is_opened_and_nothing_else() {
    let place = Place::new();
    place.install(3).unwrap();
    let packs = place.packs();
    fs::create_dir_all(packs.join(".staging/sound-4/media")).unwrap();
    fs::write(packs.join(".staging/sound-4/media/a.png"), "x").unwrap();
    fs::write(packs.join(".staging/pack.kepu"), "x").unwrap();
    fs::create_dir(packs.join("sound-4")).unwrap();
    fs::write(packs.join("active.json.part"), "{").unwrap();
    fs::create_dir(packs.join("Fotos")).unwrap();
    place.assert_plays(Some(3));
    assert_eq!(
        place.names(),
        [".staging", "Fotos", "active.json", "sound-3"]
    );
    assert!(place.is_clean());
}

#[test]
fn a_flipped_byte_brings_the_version_before_back_or_else_the_one_inside() {
    let place = Place::new();
    place.install(3).unwrap();
    place.install(4).unwrap();
    flip(&place.packs().join("sound-4/questions.ron"));
    let (packs, alarms) = place.plays();
    assert_eq!(packs, [("sound".to_owned(), 3)]);
    assert_eq!(alarms, ["damaged-before-plays"]);
    flip(&place.packs().join("sound-3/manifest.json"));
    assert_eq!(place.plays(), (vec![], vec!["damaged-none-plays"]));

    // A damaged version may be installed again.
    place.install(4).unwrap();
    place.assert_plays(Some(4));

    let other = Place::new();
    let prepared = other
        .prepare(&other.build_text(&of_the_program(2)))
        .unwrap();
    other.store().commit(prepared, NOW).unwrap();
    fs::remove_file(other.packs().join("health-basics-2/pack.ron")).unwrap();
    assert_eq!(other.plays(), (vec![], vec!["damaged-built-in-plays"]));
}

#[test]
fn flipped_bytes_all_over_an_installed_version_are_noticed() {
    let place = Place::new();
    place.install(3).unwrap();
    for name in ["pack.ron", "questions.ron", "manifest.json"] {
        let path = place.packs().join("sound-3").join(name);
        let sound = fs::read(&path).unwrap();
        // A prime, so that every kind of place has its turn.
        for at in (0..sound.len()).step_by(13) {
            let mut flipped = sound.clone();
            flipped[at] ^= 0x20;
            fs::write(&path, &flipped).unwrap();
            let expected = (vec![], vec!["damaged-none-plays"]);
            assert_eq!(place.plays(), expected, "{name}: byte {at}");
        }
        fs::write(&path, &sound).unwrap();
    }
    place.assert_plays(Some(3));
}

#[test]
fn a_damaged_pointer_is_made_anew_from_what_is_there() {
    let place = Place::new();
    place.install(3).unwrap();
    place.install(4).unwrap();
    let pointer = place.packs().join("active.json");
    for text in [
        "",
        "{\"packs\":",
        "{\"packs\": {\"../../x\": {\"version\": 1, \"before\": null, \"trial\": null}}}",
    ] {
        fs::write(&pointer, text).unwrap();
        let (packs, alarms) = place.plays();
        assert_eq!(packs, [("sound".to_owned(), 4)]);
        assert_eq!(alarms, ["pointer-rebuilt"]);
    }
    assert_eq!(place.store().roll_back("sound", NOW).unwrap().to, 3);
    place.assert_plays(Some(3));
}
