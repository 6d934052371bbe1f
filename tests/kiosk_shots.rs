//! Pictures of every screen for people: `kepu shots`.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;

use crate::kiosk::{Display, station};

/// The pictures in a folder, and the sizes that they have.
fn pictures(folder: &Path) -> BTreeSet<(String, (u32, u32))> {
    let files = folder.read_dir().unwrap().map(|file| file.unwrap().path());
    let pictures = files.filter(|file| file.extension().is_some_and(|ending| ending == "png"));
    pictures
        .map(|file| {
            let bytes = BufReader::new(File::open(&file).unwrap());
            let reader = png::Decoder::new(bytes).read_info().unwrap();
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, reader.info().size())
        })
        .collect()
}

#[test]
fn shots_leaves_the_pictures_that_were_asked_for_and_nothing_else() {
    let display = Display::new(1920, 1920);
    let (folder, data, shots) = station();
    let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .arg("shots")
        .arg("--out")
        .arg(&shots)
        .args(["--only", "1280x800/staff-today-"])
        .current_dir(&data)
        .env("HOME", folder.path())
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let found = pictures(&shots.join("1280x800"));
    let mut expected = BTreeSet::new();
    for name in ["staff-today", "staff-today-nobody", "staff-today-unread"] {
        for language in ["zh-CN", "en"] {
            for look in ["standard", "contrast"] {
                expected.insert((format!("{name}-{language}-{look}"), (1280, 800)));
            }
        }
    }
    assert_eq!(found, expected);
    // No other folder, and nothing of a station.
    assert_eq!(shots.read_dir().unwrap().count(), 1);
    assert_eq!(data.read_dir().unwrap().count(), 0);
}
