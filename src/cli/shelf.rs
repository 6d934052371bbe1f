//! Packs on a server, as those who install them need them: what goes wrong is a refusal with words.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use crate::packs::Refused;
use crate::packs::signature::TEXT_LIMIT;
use crate::packs::sticks;
use crate::packs::store::Incoming;
use crate::upload::{self, Credentials, Found, Patience, Shelved, Trouble};

/// How patient staff are who wait before a screen.
const PATIENCE: Patience = Patience {
    pause: Duration::from_secs(20),
    bytes_a_second: 4000,
};

/// A server's folder with packs, or one pack on it.
pub(super) struct Shelf(upload::Shelf);

impl Shelf {
    /// The folder or pack that an address names; a station's data folder may hold what lets us in.
    ///
    /// Refuses with `download-credentials` and `download-address`.
    pub(super) fn open(address: &str, data: &Path) -> Result<Self, Refused> {
        let credentials = Credentials::find(Some(data)).map_err(|bad| {
            Refused::new("download-credentials").with("path", bad.path.display().to_string())
        })?;
        upload::Shelf::new(address, &credentials, PATIENCE)
            .map(Self)
            .map_err(|_| Refused::new("download-address"))
    }

    /// The newest of each pack there, by the versions in the files' names.
    ///
    /// Refuses with `download-…`.
    pub(super) fn newest(&self) -> Result<Vec<Shelved>, Refused> {
        let packs = self.0.packs().map_err(|trouble| refused(&trouble))?;
        Ok(newest(packs, |pack| {
            let known = sticks::claimed(&pack.name);
            known.map_or_else(|| (pack.name.clone(), 0), |(id, v)| (id.to_owned(), v))
        }))
    }

    /// A pack, fetched while it is read.
    ///
    /// Refuses with `too-large`, `signature-malformed` and `download-…`.
    pub(super) fn incoming(&self, pack: &Shelved) -> Result<Incoming<'_>, Refused> {
        let malformed = || Refused::new("signature-malformed");
        let found = self.0.signature(&pack.name, TEXT_LIMIT);
        let signature = match found.map_err(|trouble| refused(&trouble))? {
            Found::Nothing => None,
            Found::TooLong => return Err(malformed()),
            Found::Bytes(bytes) => Some(String::from_utf8(bytes).map_err(|_| malformed())?),
        };
        Incoming::new(pack.size, Told(self.0.fetch(pack)), signature)
    }
}

/// The newest version of each pack, by the id and version that `claim` reads off its name.
pub(super) fn newest<T>(
    packs: impl IntoIterator<Item = T>,
    claim: impl Fn(&T) -> (String, u32),
) -> Vec<T> {
    let mut newest: BTreeMap<String, (u32, T)> = BTreeMap::new();
    for pack in packs {
        let (id, version) = claim(&pack);
        let known = newest.get(&id).map(|(version, _)| *version);
        if known.is_none_or(|known| version > known) {
            newest.insert(id, (version, pack));
        }
    }
    newest.into_values().map(|(_, pack)| pack).collect()
}

/// Tells a reader's trouble as a refusal.
struct Told<R>(R);

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0
            .read(buffer)
            .map_err(|error| match error.downcast::<Trouble>() {
                Ok(trouble) => io::Error::other(refused(&trouble)),
                Err(error) => error,
            })
    }
}

/// What can be done about a pack that does not come.
fn refused(trouble: &Trouble) -> Refused {
    match trouble {
        Trouble::Denied => Refused::new("download-denied"),
        Trouble::NoPlace => Refused::new("download-no-place"),
        Trouble::Busy(_) => Refused::new("download-busy"),
        Trouble::Certificate => Refused::new("download-certificate"),
        Trouble::Clock => Refused::new("download-clock"),
        Trouble::Network => Refused::new("download-network"),
        Trouble::Broken
        | Trouble::Conflict
        | Trouble::Full
        | Trouble::ReadOnly
        | Trouble::Records(_) => Refused::new("download-broken"),
    }
}
