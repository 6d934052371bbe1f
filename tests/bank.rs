//! Tests of `bank`: the shipped quizzes, packs broken in every way, and what is made of the rest.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod files;
mod loading;
mod mangled;
mod mistakes;
mod shipped;

use std::path::Path;

use kepu::bank::PackFiles;
use tempfile::TempDir;

use crate::support::PackText;

fn sound() -> PackText {
    PackText::sound()
}

/// The pack in a folder of its own, read as from a stick.
fn on_disk(change: impl FnOnce(&Path)) -> PackFiles {
    let dir = TempDir::new().unwrap();
    let folder = sound().write(dir.path(), "sound");
    change(&folder);
    PackFiles::read(&folder)
}
