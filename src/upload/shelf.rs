//! Question packs on a server: listed and fetched in pieces. Nothing about them is believed here;
//! whoever fetches one proves it.

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

use super::http::Patience;
use super::place::Address;
use super::store::Store;
use super::{BadUrl, Credentials, Found, Trouble};

/// With what the names of packs end.
const ENDING: &str = ".kepu";

/// How many bytes are asked for at once, so that a line that breaks costs little.
const PIECE: u64 = 1024 * 1024;

/// The most bytes that a server which gives no pieces may give at once.
const WHOLE: u64 = 32 * 1024 * 1024;

/// The most packs that a folder may have.
const MOST_PACKS: usize = 2000;

/// The most bytes of a signature that is only looked for. Not 0: an answer that does not say its
/// length could not be told from one that makes no sense.
const SIGNATURE: u64 = 4096;

/// How often a piece is asked for, and the pause before the second time; then twice as long.
const TRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// A folder with packs on a server, or one pack in it.
#[derive(Debug)]
pub struct Shelf {
    store: Store,
    /// The one pack that the address named.
    one: Option<String>,
}

/// What a shelf says to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// The name of the file.
    pub name: String,
    /// Bytes, as the server says.
    pub size: u64,
    /// Whether a signature lies beside it.
    pub signed: bool,
}

impl Shelf {
    /// The folder that an address names, or the one pack whose name it ends in: `http(s)://` for
    /// a web or `WebDAV` server, `s3://bucket/prefix?endpoint=…`. A folder needs a server that
    /// lists it, `WebDAV` or S3; one pack can lie on any.
    ///
    /// # Errors
    ///
    /// When the address names nothing on a network, or holds a secret.
    pub fn new(
        address: &str,
        credentials: &Credentials,
        patience: Patience,
    ) -> Result<Self, BadUrl> {
        let (folder, one) = Address::parse(address)?.split(ENDING);
        Ok(Self {
            store: Store::new(&folder, &credentials.for_packs(), patience)?,
            one,
        })
    }

    /// The packs, sorted by name; no more than some thousand.
    ///
    /// # Errors
    ///
    /// When the server cannot be asked.
    pub fn packs(&self) -> Result<Vec<Shelved>, Trouble> {
        if let Some(name) = &self.one {
            return Ok(vec![Shelved {
                size: self.store.size(name)?,
                signed: self.signature(name, SIGNATURE)? != Found::Nothing,
                name: name.clone(),
            }]);
        }
        let files = self.store.files()?;
        let signed = |name: &str| {
            let signature = signature_of(name);
            files.iter().any(|(other, _)| *other == signature)
        };
        let packs = files.iter().filter(|(name, _)| name.ends_with(ENDING));
        let packs = packs.take(MOST_PACKS).map(|(name, size)| Shelved {
            name: name.clone(),
            size: *size,
            signed: signed(name),
        });
        Ok(packs.collect())
    }

    /// The signature beside a pack, of at most so many bytes.
    ///
    /// # Errors
    ///
    /// When the server cannot be asked.
    pub fn signature(&self, name: &str, most: u64) -> Result<Found, Trouble> {
        self.store.get(&signature_of(name), most)
    }

    /// The bytes of a pack, fetched as they are read. An error while reading holds a [`Trouble`].
    #[must_use]
    pub fn fetch(&self, pack: &Shelved) -> Fetching<'_> {
        Fetching {
            store: &self.store,
            name: pack.name.clone(),
            size: pack.size,
            asked: 0,
            piece: Vec::new(),
            at: 0,
        }
    }
}

fn signature_of(name: &str) -> String {
    format!("{name}.minisig")
}

/// A pack that is being fetched.
#[derive(Debug)]
pub struct Fetching<'a> {
    store: &'a Store,
    name: String,
    size: u64,
    /// How many bytes were asked for so far.
    asked: u64,
    /// The last of them that came, and how many of those were read.
    piece: Vec<u8>,
    at: usize,
}

impl Fetching<'_> {
    /// The next piece, asked for again when the line breaks.
    fn next(&mut self) -> Result<Vec<u8>, Trouble> {
        let end = self.size.min(self.asked + PIECE);
        let mut pause = FIRST_PAUSE;
        for _ in 1..TRIES {
            match self.piece(end) {
                Err(Trouble::Network | Trouble::Busy(_) | Trouble::Broken) => {
                    thread::sleep(pause);
                    pause *= 2;
                }
                piece => return piece,
            }
        }
        self.piece(end)
    }

    fn piece(&self, end: u64) -> Result<Vec<u8>, Trouble> {
        let all = self.asked == 0 && end == self.size;
        if !all {
            match self.store.range(&self.name, self.asked..end)? {
                Some(bytes) => return Ok(bytes),
                // It gives no pieces.
                None if self.asked > 0 || self.size > WHOLE => return Err(Trouble::Broken),
                None => {}
            }
        }
        match self.store.get(&self.name, self.size)? {
            Found::Bytes(bytes) => Ok(bytes),
            Found::Nothing => Err(Trouble::NoPlace),
            // It was said to be shorter.
            Found::TooLong => Err(Trouble::Broken),
        }
    }
}

impl Read for Fetching<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() && self.asked < self.size {
            self.piece = self.next().map_err(io::Error::other)?;
            self.asked += self.piece.len() as u64;
            self.at = 0;
        }
        let left = self.piece.get(self.at..).unwrap_or_default();
        let count = left.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}
