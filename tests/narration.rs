//! Tests of reading aloud as far as it needs no window: recordings in packs, the computer voice, and
//! how much can be heard.
//!
//! What is spoken needs espeak-ng; `make test` installs it.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output},
};

use kepu::{
    bank::{
        self, Pack, PackFiles,
        narration::{self, Coverage, Part, Recording, Spoken, fingerprint},
    },
    packs::{
        archive::{self, Archive},
        media::Sound,
        medium,
        narrate::{self, Plan},
    },
};
use tempfile::TempDir;

use crate::support::{PackText, TODAY};

/// What people have recorded of the first question, in Chinese only: every other text.
const HALF: &str = r#"narration: (
            prompt: { "zh-CN": "media/prompt.wav" },
            options: { "long": { "zh-CN": "media/long.wav" } },
            feedback: { "moment": { "zh-CN": "media/rinse.wav" } },
        ),
        source: Source(
            title: { "zh-CN": "洗手指南""#;

const SOURCE: &str = r#"source: Source(
            title: { "zh-CN": "洗手指南""#;

/// The sound pack with the recordings of [`HALF`], and dates that no test run will outlive.
pub(crate) fn half() -> PackText {
    let mut pack = PackText::sound().with(SOURCE, HALF);
    for (from, to) in [("\"2026-", "\"2126-"), ("\"2027-", "\"2127-")] {
        pack.questions = pack.questions.replace(from, to);
    }
    pack
}

/// A sound in which every sample is the same, so that it is known again.
pub(crate) fn steady(sample: i16, millis: usize) -> Vec<u8> {
    let sound = Sound {
        channels: 1,
        rate: 8_000,
        samples: vec![sample; millis * 8],
    };
    sound.to_wav().unwrap()
}

/// Writes the pack and its recordings as the folder `half`.
fn write_half(folder: &Path) -> std::path::PathBuf {
    let folder = half().write(folder, "half");
    fs::create_dir(folder.join("media")).unwrap();
    for (name, sample) in [("prompt", 1000), ("long", 2000), ("rinse", 3000)] {
        fs::write(
            folder.join(format!("media/{name}.wav")),
            steady(sample, 300),
        )
        .unwrap();
    }
    folder
}

fn read(folder: &Path) -> (Option<Pack>, Vec<&'static str>) {
    let (bank, problems) = bank::load([PackFiles::read(folder)], TODAY);
    let codes = problems.iter().map(|problem| problem.code).collect();
    (bank.packs().first().cloned(), codes)
}

fn kepu(arguments: &[&str], folder: &Path) -> Output {
    let (first, rest) = arguments.split_at(arguments.len() - 1);
    Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(first)
        .args(["--lang", "en"])
        .args(rest)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8(text).unwrap()
}

/// Recorded, synthetic and silent texts in Chinese and English.
fn counts(pack: &Pack) -> Vec<(usize, usize, usize)> {
    let rows = Coverage::of(pack);
    rows.iter()
        .map(|row| (row.recorded, row.synthetic, row.silent))
        .collect()
}

#[test]
fn a_recording_of_every_text_is_found_under_its_option_and_language() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let (pack, codes) = read(&folder);
    assert_eq!(codes, [""; 0]);
    let pack = pack.unwrap();
    let heard = pack.questions()[0].narration();
    let file = |part: Part, language| heard.of(&part, language).map(Recording::file);
    let id = |id: &str| id.to_owned();
    assert_eq!(file(Part::Prompt, "zh-CN"), Some("media/prompt.wav"));
    assert_eq!(
        file(Part::Option(id("long")), "zh-CN"),
        Some("media/long.wav")
    );
    assert_eq!(
        file(Part::Feedback(id("moment")), "zh-CN"),
        Some("media/rinse.wav")
    );
    assert_eq!(file(Part::Option(id("moment")), "zh-CN"), None);
    assert_eq!(file(Part::Prompt, "en"), None);
    assert!(heard.recordings().all(|own| !own.is_synthetic()));
    // Prompt, three options, one feedback and the explanation; prompt, two options, explanation.
    assert_eq!(counts(&pack), [(3, 0, 7), (0, 0, 10)]);
    let sound = medium::sound(&folder, "media/long.wav").unwrap();
    assert_eq!((sound.rate, sound.samples.len()), (8_000, 2_400));
    assert!(sound.samples.iter().all(|sample| *sample == 2000));
}

/// Has the voice speak what is missing.
fn narrated(folder: &Path) -> Pack {
    let done = kepu(&["pack", "narrate", "half"], folder.parent().unwrap());
    assert!(done.status.success(), "{}", said(&done));
    let (pack, codes) = read(folder);
    assert_eq!(codes, [""; 0], "{}", said(&done));
    pack.unwrap()
}

#[test]
fn the_computer_voice_fills_what_people_left_and_is_known_as_one() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let written = fs::read(folder.join("questions.ron")).unwrap();
    let would = kepu(&["pack", "narrate", "--dry-run", "half"], dir.path());
    assert_eq!(
        said(&would),
        "To be read aloud: 17 texts. Done already: 0 texts. To be removed: 0 files.\n"
    );
    assert!(!folder.join(narration::FILE).exists());
    let pack = narrated(&folder);
    assert_eq!(counts(&pack), [(3, 7, 0), (0, 10, 0)]);
    assert_eq!(fs::read(folder.join("questions.ron")).unwrap(), written);
    let heard = pack.questions()[0].narration();
    let prompt = heard.of(&Part::Prompt, "zh-CN").unwrap();
    assert_eq!(prompt.file(), "media/prompt.wav", "a person comes first");
    let option = heard.of(&Part::Option("never".to_owned()), "zh-CN");
    let option = option.unwrap();
    assert!(option.is_synthetic());
    let sound = medium::sound(&folder, option.file()).unwrap();
    // "不用洗": three syllables.
    let seconds = sound.samples.len() as f64 / f64::from(sound.rate);
    assert!((0.4..4.0).contains(&seconds), "{seconds} s");
    let loudest = sound.samples.iter().map(|sample| sample.unsigned_abs());
    assert!(loudest.max().unwrap() > 3_000, "nothing is said");
    // Said twice, it is the same to the last sample, and nothing is done again.
    let before = fs::metadata(folder.join(option.file())).unwrap();
    let again = kepu(&["pack", "narrate", "half"], dir.path());
    assert!(said(&again).starts_with("0 sounds were made.\n"));
    let after = fs::metadata(folder.join(option.file())).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
}

#[test]
fn the_check_says_how_much_can_be_heard() {
    let dir = TempDir::new().unwrap();
    write_half(dir.path());
    let heard = "Read aloud: half, zh-CN".replace("half", "sound");
    let check = |more: &[&str]| {
        let arguments = [&["check", "--no-layout"], more, &["half"]].concat();
        said(&kepu(&arguments, dir.path()))
    };
    let line = heard + ": 3 texts by a person, 0 by a computer voice, 7 not at all\n";
    assert!(check(&[]).contains(&line), "{}", check(&[]));
    let json: serde_json::Value = serde_json::from_str(&check(&["--format", "json"])).unwrap();
    assert_eq!(json["narration"][0]["recorded"], 3);
    assert_eq!(json["narration"][1]["silent"], 10);
    // A pack in which nobody speaks says nothing of it unless asked.
    let mut silent = half();
    silent.questions = silent.questions.replace(HALF, SOURCE);
    silent.write(dir.path(), "half");
    fs::remove_dir_all(dir.path().join("half/media")).unwrap();
    assert!(!check(&[]).contains("Read aloud"));
    assert!(check(&["--coverage"]).contains("0 by a computer voice, 10 not at all"));
}

#[test]
fn a_text_that_was_changed_is_not_read_as_it_was_and_is_spoken_anew() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    narrated(&folder);
    let files = || -> BTreeSet<String> {
        let names = fs::read_dir(folder.join("media")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    };
    let before = files();
    // A changed text, and one that a person has recorded now.
    let mut changed = half().with("不用洗", "用不着洗");
    changed.questions = changed.questions.replace(
        r#""long": { "zh-CN": "media/long.wav" } }"#,
        r#""long": { "zh-CN": "media/long.wav" }, "moment": { "zh-CN": "media/long.wav" } }"#,
    );
    changed.write(dir.path(), "half");
    let (pack, codes) = read(&folder);
    assert_eq!(codes, ["narration-stale"]);
    let pack = pack.unwrap();
    let heard = |pack: &Pack, id: &str| {
        let heard = pack.questions()[0].narration().clone();
        heard.of(&Part::Option(id.to_owned()), "zh-CN").cloned()
    };
    assert_eq!(heard(&pack, "never"), None);
    assert!(!heard(&pack, "moment").unwrap().is_synthetic());
    let pack = narrated(&folder);
    assert!(heard(&pack, "never").unwrap().is_synthetic());
    let after = files();
    assert_eq!(before.difference(&after).count(), 2, "{before:?} {after:?}");
    assert_eq!(after.difference(&before).count(), 1, "{before:?} {after:?}");
}

#[test]
fn a_file_that_is_gone_is_an_error_until_it_is_spoken_again() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    narrated(&folder);
    let entries = narrate::load(&folder).unwrap();
    fs::remove_file(folder.join(&entries[0].file)).unwrap();
    let (pack, codes) = read(&folder);
    assert!(pack.is_none());
    assert_eq!(codes, ["missing-media"]);
    narrated(&folder);
    assert_eq!(narrate::load(&folder).unwrap(), entries);
}

#[test]
fn what_is_spoken_travels_in_the_built_pack() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let pack = narrated(&folder);
    let file = archive::build(&folder, dir.path()).unwrap();
    let mut built = Archive::open(&file).unwrap();
    let (bank, problems) = bank::load([built.pack_files().unwrap()], TODAY);
    assert_eq!(problems, []);
    assert_eq!(counts(&bank.packs()[0]), counts(&pack));
    for (built, source) in bank.packs()[0].questions().iter().zip(pack.questions()) {
        assert!(built.says_the_same(source));
    }
}

#[test]
fn only_the_languages_that_are_named_are_spoken_and_only_those_of_the_pack() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let run = |language| {
        let arguments = ["pack", "narrate", "--language", language, "half"];
        kepu(&arguments, dir.path())
    };
    let refused = run("fr");
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("the pack does not list the language “fr”"));
    assert!(run("en").status.success());
    let (pack, codes) = read(&folder);
    assert_eq!(codes, [""; 0]);
    assert_eq!(counts(&pack.unwrap()), [(3, 0, 7), (0, 10, 0)]);
    // What is there in another language stays.
    assert!(run("zh-CN").status.success());
    assert_eq!(counts(&read(&folder).0.unwrap()), [(3, 7, 0), (0, 10, 0)]);
}

#[test]
fn without_the_voice_one_sentence_says_what_to_do_and_nothing_is_changed() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let refused = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["pack", "narrate", "--lang", "en"])
        .arg(&folder)
        .env("PATH", dir.path())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = said(&refused);
    assert!(
        said.contains("the computer voice is not installed"),
        "{said}"
    );
    assert!(said.contains("espeak-ng"), "{said}");
    let (pack, codes) = read(&folder);
    assert_eq!(codes, [""; 0]);
    assert_eq!(counts(&pack.unwrap()), [(3, 0, 7), (0, 0, 10)]);
    assert!(!folder.join(narration::FILE).exists());
}

#[test]
fn a_narration_that_is_no_list_of_ours_is_refused_at_its_place() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    for text in ["[\n  Spoken(question: 1)]", "[Spoken(", "5", "\u{0}"] {
        fs::write(folder.join(narration::FILE), text).unwrap();
        let (pack, codes) = read(&folder);
        assert!(pack.is_none(), "{text}");
        assert_eq!(codes, ["syntax"], "{text}");
    }
    let refused = narrate::load(&folder).unwrap_err();
    assert_eq!(refused.code, "narrate-form");
}

#[test]
fn what_a_hostile_narration_names_is_refused_or_not_played() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let entry = |question: &str, part: Part, language: &str, file: &str| Spoken {
        question: question.to_owned(),
        part,
        language: language.to_owned(),
        of: fingerprint("洗手要洗多久？"),
        file: file.to_owned(),
    };
    let codes = |entry: Spoken| {
        let text = narration::written(&[entry]);
        fs::write(folder.join(narration::FILE), text).unwrap();
        read(&folder).1
    };
    let own = "media/long.wav";
    let prompt = || Part::Prompt;
    for outside in [
        "media/../../etc/passwd",
        "/dev/zero",
        "pack.ron",
        "media/a.png",
    ] {
        let found = codes(entry("wash-hands", prompt(), "zh-CN", outside));
        assert_eq!(found, ["bad-media-name"], "{outside}");
    }
    for stale in [
        entry("nobody", prompt(), "zh-CN", own),
        entry("wash-hands", Part::Explanation, "zh-CN", own),
        entry(
            "wash-hands",
            Part::Option("\u{202e}".to_owned()),
            "zh-CN",
            own,
        ),
        entry("wash-hands", prompt(), "en", own),
        entry("wash-hands", prompt(), "xx", own),
    ] {
        assert_eq!(codes(stale.clone()), ["narration-stale"], "{stale:?}");
    }
}

#[test]
fn a_plan_needs_no_voice_and_removes_only_what_it_has_made() {
    let dir = TempDir::new().unwrap();
    let folder = write_half(dir.path());
    let pack = read(&folder).0.unwrap();
    let mut there: BTreeSet<String> = PackFiles::read(&folder).media.into_iter().collect();
    let first = narrate::plan(&pack, &["zh-CN", "en"], &[], &there);
    assert_eq!((first.keep.len(), first.make.len()), (0, 17));
    assert_eq!(first.remove, [""; 0]);
    // Everything made, and something besides that a narration of ours once named.
    let mut had: Vec<Spoken> = first.make.into_iter().map(|wanted| wanted.spoken).collect();
    there.extend(had.iter().map(|spoken| spoken.file.clone()));
    for gone in ["media/espeak-en-0000000000000000.wav", "media/prompt.wav"] {
        let mut spoken = had[0].clone();
        spoken.of = String::new();
        spoken.file = gone.to_owned();
        there.insert(gone.to_owned());
        had.push(spoken);
    }
    let second = narrate::plan(&pack, &["zh-CN", "en"], &had, &there);
    let Plan { keep, make, remove } = second;
    assert_eq!((keep.len(), make.len()), (17, 0));
    assert_eq!(remove, ["media/espeak-en-0000000000000000.wav"]);
}
