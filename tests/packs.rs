//! Tests of `packs`: packs as files, built, signed and verified.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod archive;
mod changes;
mod commands;
mod hostile;
mod review;
mod signature;
mod zip;

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use kepu::{
    bank::Arg,
    packs::{Refused, archive::Archive},
};

use crate::support::PackText;

/// A picture's name is all that counts here; what is in it is for others to prove.
const PICTURE: &[u8] = b"no picture, only bytes";

/// The sound pack with two files of media, as a folder.
fn pack_folder(parent: &Path) -> PathBuf {
    let folder = PackText::sound().write(parent, "source");
    fs::create_dir_all(folder.join("media/drawings")).unwrap();
    fs::write(folder.join("media/drawings/salt-1.png"), PICTURE).unwrap();
    fs::write(folder.join("media/voice.ogg"), [0; 300]).unwrap();
    folder
}

/// Opens and reads everything.
fn verified(bytes: &[u8]) -> Result<Archive<Cursor<&[u8]>>, Refused> {
    let mut archive = Archive::from_reader(Cursor::new(bytes))?;
    archive.verify(&mut |_, _| {})?;
    Ok(archive)
}

/// The code of a refusal, with the name that it gives.
fn code(refused: &Refused) -> String {
    let name = refused.args.iter().find(|(name, _)| *name == "name");
    match name {
        Some((_, Arg::Text(name))) => format!("{} {name}", refused.code),
        _ => refused.code.to_owned(),
    }
}
