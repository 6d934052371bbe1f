//! Tests of `packs::store` and `packs::sticks`: what is installed, what plays, what is refused, and
//! that nothing is ever left in between.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod commands;
mod damage;
mod kills;
mod server;
mod sticks;
mod trial;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use kepu::{
    bank::{self, Arg},
    journal::{self, Deed},
    packs::{
        Refused, archive,
        signature::{self, PublicKey},
        store::{Incoming, Installed, Prepared, Progress, Store, Trust, WentBack},
    },
};
use minisign::KeyPair;
use tempfile::TempDir;

use crate::support::{PackText, TODAY};

/// The moment at which everything here is done.
pub(crate) const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

/// A station's data folder and a stick.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("stick")).unwrap();
        Self { dir }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn packs(&self) -> PathBuf {
        self.data().join("packs")
    }

    fn stick(&self) -> PathBuf {
        self.dir.path().join("stick")
    }

    fn store(&self) -> Store {
        Store::open(&self.data())
    }

    /// Builds a version of the sound pack onto the stick.
    fn build(&self, version: u32) -> PathBuf {
        self.build_text(&sound(version))
    }

    fn build_text(&self, text: &PackText) -> PathBuf {
        let folder = text.write(self.dir.path(), "source");
        archive::build(&folder, &self.stick()).unwrap()
    }

    /// Prepares an unsigned pack that staff accept.
    fn prepare(&self, file: &Path) -> Result<Prepared, Refused> {
        self.store().prepare(
            Incoming::from_file(file)?,
            &anyone(),
            true,
            TODAY,
            &mut |_, _, _| {},
        )
    }

    fn install(&self, version: u32) -> Result<Installed, Refused> {
        let prepared = self.prepare(&self.build(version))?;
        self.store().commit(prepared, NOW)
    }

    /// The ids and versions that load, and the codes of the alarms.
    fn plays(&self) -> (Vec<(String, u32)>, Vec<&'static str>) {
        let (files, alarms) = self.store().active_packs();
        let (bank, problems) = bank::load(files, TODAY);
        // Packs that are large for a test have a sound that no question plays.
        let mut problems = problems.iter();
        assert!(problems.all(|problem| problem.code == "unused-media"));
        let packs = bank.packs().iter().map(|pack| {
            assert!(!pack.questions().is_empty());
            (pack.info().id().to_owned(), pack.info().version())
        });
        (
            packs.collect(),
            alarms.iter().map(|alarm| alarm.code).collect(),
        )
    }

    #[track_caller]
    fn assert_plays(&self, version: Option<u32>) {
        let version = version.map(|version| ("sound".to_owned(), version));
        assert_eq!(self.plays(), (version.into_iter().collect(), Vec::new()));
    }

    /// The names in the packs folder, but for the lock, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.packs()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "lock").collect();
        names.sort();
        names
    }

    fn is_clean(&self) -> bool {
        let staging = self.packs().join(".staging");
        !staging.exists() || fs::read_dir(staging).unwrap().next().is_none()
    }

    fn deeds(&self) -> Vec<(Deed, String, String)> {
        let entries = journal::read(&self.data(), 100).unwrap();
        entries
            .into_iter()
            .map(|entry| (entry.deed, entry.subject, entry.detail))
            .collect()
    }
}

fn sound(version: u32) -> PackText {
    PackText::sound().with("version: 3", &format!("version: {version}"))
}

/// A version of a pack that is inside the program, too (there as version 1).
fn of_the_program(version: u32) -> PackText {
    sound(version).with("id: \"sound\"", "id: \"health-basics\"")
}

/// A station without keys.
fn anyone() -> Trust {
    Trust {
        keys: Vec::new(),
        unsigned_allowed: true,
    }
}

fn trusting(keys: &[&KeyPair]) -> Trust {
    let keys = keys.iter();
    Trust {
        keys: keys
            .map(|pair| PublicKey::parse(&pair.pk.to_base64()).unwrap())
            .collect(),
        unsigned_allowed: false,
    }
}

fn key() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().unwrap()
}

fn sign(pack: &Path, pair: &KeyPair) {
    let file = File::open(pack).unwrap();
    let signed = minisign::sign(Some(&pair.pk), &pair.sk, file, Some("a pack"), None).unwrap();
    fs::write(signature::path_for(pack), signed.to_bytes()).unwrap();
}

#[track_caller]
fn assert_refused<T>(result: Result<T, Refused>, code: &str) -> Refused {
    let refused = result.err().expect("it was not refused");
    assert_eq!(refused.code, code, "{refused:?}");
    refused
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_station_without_packs_has_none_and_makes_no_folder_to_find_out() {
    let place = Place::new();
    assert_eq!(place.store().installed().unwrap(), []);
    place.assert_plays(None);
    assert!(!place.data().exists());
}

#[test]
fn a_pack_is_prepared_shown_installed_updated_taken_back_and_removed() {
    let place = Place::new();
    let prepared = place.prepare(&place.build(3)).unwrap();
    assert_eq!(prepared.in_use(), None);
    assert_eq!(prepared.signer(), None);
    let info = prepared.pack().info();
    assert_eq!(
        (info.id(), info.version(), info.publisher().get("en")),
        ("sound", 3, "The testers")
    );
    assert_eq!(prepared.changes().added, ["wash-hands", "tap-water"]);
    place.assert_plays(None);
    let installed = place.store().commit(prepared, NOW).unwrap();
    let expected = Installed {
        id: "sound".to_owned(),
        version: 3,
        before: None,
        built_in: None,
        trial_left: Some(20),
    };
    assert_eq!(installed, expected);
    assert_eq!(place.store().installed().unwrap(), [expected]);
    place.assert_plays(Some(3));

    let text = sound(4).with(
        "A quick rinse leaves germs.",
        "A quick rinse does not help.",
    );
    let prepared = place.prepare(&place.build_text(&text)).unwrap();
    assert_eq!(prepared.in_use(), Some(3));
    let changes = prepared.changes();
    assert_eq!(
        (
            &changes.added[..],
            &changes.changed[..],
            &changes.removed[..]
        ),
        (&[][..], &["wash-hands".to_owned()][..], &[][..])
    );
    assert_eq!(place.store().commit(prepared, NOW).unwrap().before, Some(3));
    place.assert_plays(Some(4));
    place.install(5).unwrap();
    assert_eq!(
        place.names(),
        [".staging", "active.json", "sound-4", "sound-5"]
    );

    let back = place.store().roll_back("sound", NOW).unwrap();
    let expected = WentBack {
        from: 5,
        to: 4,
        built_in: false,
    };
    assert_eq!(back, expected);
    place.assert_plays(Some(4));
    assert_eq!(place.names(), [".staging", "active.json", "sound-4"]);
    assert_refused(place.store().roll_back("sound", NOW), "no-version-before");
    place.store().remove("sound", NOW).unwrap();
    place.assert_plays(None);
    assert_eq!(place.names(), [".staging", "active.json"]);
    assert_refused(place.store().remove("sound", NOW), "not-installed");

    let deeds: Vec<_> = place
        .deeds()
        .into_iter()
        .map(|(deed, _, detail)| (deed, detail))
        .collect();
    let deed = |deed, detail: &str| (deed, detail.to_owned());
    assert_eq!(
        deeds,
        [
            deed(Deed::PackInstalled, "0 -> 3, unsigned"),
            deed(Deed::PackInstalled, "3 -> 4, unsigned"),
            deed(Deed::PackInstalled, "4 -> 5, unsigned"),
            deed(Deed::PackRolledBack, "5 -> 4"),
            deed(Deed::PackRemoved, "4"),
        ]
    );
}

#[test]
fn a_pack_of_the_program_is_updated_and_taken_back_to_the_one_inside() {
    let place = Place::new();
    let prepared = place
        .prepare(&place.build_text(&of_the_program(2)))
        .unwrap();
    assert_eq!(prepared.in_use(), Some(1));
    assert_eq!(prepared.changes().added.len(), 2);
    assert!(prepared.changes().removed.len() > 5);
    let installed = place.store().commit(prepared, NOW).unwrap();
    assert_eq!((installed.before, installed.built_in), (None, Some(1)));
    let back = place.store().roll_back("health-basics", NOW).unwrap();
    assert_eq!((back.from, back.to, back.built_in), (2, 1, true));
    assert_refused(place.store().roll_back("health-basics", NOW), "built-in");
    assert_refused(place.store().remove("health-basics", NOW), "built-in");
    let old = place.build_text(&of_the_program(1));
    assert_refused(place.prepare(&old), "same-version");
}

#[test]
fn a_version_only_rises() {
    let place = Place::new();
    place.install(4).unwrap();
    assert_refused(place.install(4), "same-version");
    let refused = assert_refused(place.install(3), "older-version");
    assert!(refused.args.contains(&("in-use", Arg::Number(4))));
    place.assert_plays(Some(4));
    assert!(place.is_clean());
}

#[test]
fn a_station_with_keys_takes_what_one_of_them_signed_and_nothing_else() {
    let place = Place::new();
    let (current, next, other) = (key(), key(), key());
    let trust = trusting(&[&current, &next]);
    let take = |file: &Path, trust: &Trust, accept| {
        place.store().prepare(
            Incoming::from_file(file)?,
            trust,
            accept,
            TODAY,
            &mut |_, _, _| {},
        )
    };
    let file = place.build(3);
    assert_refused(take(&file, &trust, true), "unsigned-refused");
    sign(&file, &other);
    assert_refused(take(&file, &trust, true), "signature-wrong-key");
    sign(&file, &next);
    let prepared = take(&file, &trust, false).unwrap();
    assert_eq!(prepared.signer().unwrap().comment, "a pack");
    place.store().commit(prepared, NOW).unwrap();
    let key_id = PublicKey::parse(&next.pk.to_base64()).unwrap().id();
    assert_eq!(place.deeds()[0].2, format!("0 -> 3, {key_id}"));

    // The signature of another version.
    let newer = place.build(4);
    fs::copy(signature::path_for(&file), signature::path_for(&newer)).unwrap();
    assert_refused(take(&newer, &trust, true), "signature-bad");
    // A revoked key: what it signed stays, and nothing more is taken.
    sign(&newer, &next);
    let trust = trusting(&[&current]);
    assert_refused(take(&newer, &trust, true), "signature-wrong-key");
    place.assert_plays(Some(3));
    assert!(place.is_clean());
}

#[test]
fn an_unsigned_pack_needs_a_station_that_allows_it_and_staff_who_were_warned() {
    let place = Place::new();
    let file = place.build(3);
    let pair = key();
    let mut lenient = trusting(&[&pair]);
    lenient.unsigned_allowed = true;
    let take = |trust: &Trust, accept| {
        place.store().prepare(
            Incoming::from_file(&file)?,
            trust,
            accept,
            TODAY,
            &mut |_, _, _| {},
        )
    };
    for trust in [&anyone(), &lenient] {
        assert_refused(take(trust, false), "unsigned-needs-consent");
        assert!(take(trust, true).is_ok());
    }
    assert_refused(take(&Trust::default(), true), "unsigned-refused");
    // A signature that does not hold says that something is wrong, whatever is allowed.
    sign(&file, &key());
    assert_refused(take(&lenient, true), "signature-wrong-key");
    assert!(
        take(&anyone(), true).is_ok(),
        "without keys it says nothing"
    );
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let place = Place::new();
    let file = place.build(3);
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    place.prepare(&file).err().unwrap();
    assert!(place.is_clean());

    let broken = sound(3).with("id: \"never\"", "id: \"long\"");
    let refused = assert_refused(place.prepare(&place.build_text(&broken)), "has-errors");
    assert!(refused.args.contains(&("count", Arg::Number(1))));
    assert!(refused.args.contains(&("first", "duplicate-option".into())));
    assert!(place.is_clean());

    assert_refused(place.prepare(&place.stick()), "not-a-pack");
    assert_refused(
        place.prepare(&place.stick().join("none.kepu")),
        "not-a-pack",
    );
    let link = place.stick().join("link.kepu");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_refused(place.prepare(&link), "not-a-pack");
    let large = place.stick().join("large.kepu");
    File::create(&large)
        .unwrap()
        .set_len(archive::PACK_LIMIT + 1)
        .unwrap();
    assert_refused(place.prepare(&large), "too-large");
    assert_eq!(place.deeds(), []);
    place.assert_plays(None);
}

#[test]
fn a_prepared_pack_that_is_not_wanted_leaves_nothing_behind() {
    let place = Place::new();
    let prepared = place.prepare(&place.build(3)).unwrap();
    assert!(!place.is_clean());
    drop(prepared);
    assert!(place.is_clean());
}

#[test]
fn only_the_copy_counts_once_it_is_made() {
    let place = Place::new();
    let file = place.build(3);
    let mut steps = Vec::new();
    let prepared = place.store().prepare(
        Incoming::from_file(&file).unwrap(),
        &anyone(),
        true,
        TODAY,
        &mut |step, done, all| {
            // The stick goes as soon as its last byte was read.
            if (step, done) == (Progress::Copying, all) {
                drop(fs::remove_file(&file));
            }
            steps.push(step);
        },
    );
    assert!(!file.exists());
    place.store().commit(prepared.unwrap(), NOW).unwrap();
    place.assert_plays(Some(3));
    assert!(steps.is_sorted_by_key(|step| *step == Progress::Unpacking));
    assert!(steps.contains(&Progress::Unpacking));
}

#[test]
fn the_second_of_two_installers_is_told() {
    let place = Place::new();
    let first = place.prepare(&place.build(3)).unwrap();
    let second = place.build(4);
    assert_refused(place.prepare(&second), "busy");
    // Opening the store meanwhile takes nothing away from the first.
    place.store().installed().unwrap();
    place.store().commit(first, NOW).unwrap();
    place.assert_plays(Some(3));
    assert!(place.prepare(&second).is_ok());
}

#[test]
fn nothing_is_done_that_cannot_be_noted_in_the_journal() {
    let place = Place::new();
    place.install(3).unwrap();
    place.install(4).unwrap();
    fs::remove_dir_all(place.data().join("staff")).unwrap();
    fs::write(place.data().join("staff"), "no folder").unwrap();
    assert_refused(place.install(5), "journal");
    assert_refused(place.store().roll_back("sound", NOW), "journal");
    assert_refused(place.store().remove("sound", NOW), "journal");
    place.assert_plays(Some(4));
}
