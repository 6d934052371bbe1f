//! What the staff screen asks of whoever keeps the packs. Every call may take its time: they are
//! made on a thread.

use std::any::Any;
use std::path::PathBuf;

use crate::bank::Localised;
use crate::packs::Refused;

/// Keeps the packs of a station. It journals its own deeds.
pub trait PackOffice: Send + Sync + 'static {
    /// Every pack in use, sorted by id.
    fn list(&self) -> Vec<PackRow>;

    /// The packs on the sticks that are plugged in, and on the server that the station names.
    fn find(&self) -> Find;

    /// Copies a pack and verifies the copy. `progress` is told how much of how much is done.
    ///
    /// # Errors
    ///
    /// Why the pack cannot be used. Nothing of it is left.
    fn prepare(
        &self,
        pack: &FoundPack,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Offer, Refused>;

    /// Makes a prepared pack the one in use. An offer that is dropped instead leaves nothing.
    ///
    /// # Errors
    ///
    /// Why it could not be installed, or that `accept_unsigned` is needed; the old one stays.
    fn commit(&self, offer: Offer, accept_unsigned: bool) -> Result<(), Refused>;

    /// Goes back to the version before.
    ///
    /// # Errors
    ///
    /// Why that cannot be done; nothing has changed.
    fn roll_back(&self, id: &str) -> Result<(), Refused>;

    /// Removes an installed pack.
    ///
    /// # Errors
    ///
    /// Why that cannot be done; nothing has changed.
    fn remove(&self, id: &str) -> Result<(), Refused>;

    /// Something that is another after the installed packs have changed, by whomever.
    fn stamp(&self) -> Vec<u8>;
}

/// A pack in use.
#[derive(Clone, Debug)]
pub struct PackRow {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Localised,
    /// Who published it, if the pack is known to say so.
    pub publisher: Option<Localised>,
    /// Where it came from.
    pub origin: Origin,
    /// How far its trial is, while it is on trial.
    pub trial: Option<Trial>,
    /// How many questions it has.
    pub questions: usize,
    /// How many of them are past their review date, and not asked.
    pub past_review: usize,
    /// How many of them name a telephone line that the station does not have, and are not asked.
    pub without_line: usize,
    /// What one can go back to.
    pub back: Option<Back>,
}

/// Where a pack came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is inside the program.
    BuiltIn,
    /// Staff installed it.
    Installed,
}

/// How far a trial is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Sessions that have ended under the pack.
    pub done: u32,
    /// Sessions after which the trial is over.
    pub of: u32,
}

/// What one can go back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The version that was installed before.
    Version(u32),
    /// The version inside the program.
    BuiltIn(u32),
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The packs: those on sticks first, each kind sorted.
    pub packs: Vec<FoundPack>,
    /// Whether looking was given up before everything was looked at.
    pub truncated: bool,
    /// How many folders could not be read.
    pub unreadable: usize,
    /// Why the server could not be asked, if it was to be.
    pub unreached: Option<Refused>,
}

/// A pack that was found. Nothing of it has been looked at but its name and size.
#[derive(Clone, Debug)]
pub struct FoundPack {
    /// Where it is.
    pub at: PackAt,
    /// Its name, made safe for showing.
    pub shown_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether a signature lies beside it. Whose is told by [`PackOffice::prepare`].
    pub signed: bool,
}

/// Where a pack was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackAt {
    /// A file on a stick.
    Stick(PathBuf),
    /// A file of this name on the server.
    Server(String),
}

/// A pack that has been copied and verified, and what installing it would change.
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Localised,
    /// Who says to have published it.
    pub publisher: Option<Localised>,
    /// The id of the key that signed it; `None` for a pack without a signature.
    pub signer: Option<String>,
    /// The version in use that it would replace.
    pub replaces: Option<u32>,
    /// How many questions would be new.
    pub added: usize,
    /// How many would be others than before under the same id.
    pub changed: usize,
    /// How many would be gone.
    pub removed: usize,
    /// What the office needs to go on.
    pub prepared: Box<dyn Any + Send + Sync>,
}
