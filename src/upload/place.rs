//! Where batches go: a folder or stick, a `WebDAV` server, an S3-compatible store; named by a URL.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use super::folder::Folder;
use super::http::Patience;
use super::store::Store;
use super::{Credentials, Trouble};

/// The most characters of an address.
const MOST_CHARACTERS: usize = 500;

/// A place that batches are put to and taken from. Names are those of [`super::Name`].
pub trait Place: Send + Sync {
    /// Puts bytes under a name that nothing has yet, whole or not at all where the place can do so.
    ///
    /// # Errors
    ///
    /// When it is not known to be there. It may be there all the same.
    fn publish(&self, name: &str, bytes: &[u8]) -> Result<Published, Trouble>;

    /// Puts bytes under a name in place of what is there.
    ///
    /// # Errors
    ///
    /// As [`Self::publish`].
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble>;

    /// Reads what has a name, as it lies there and not as it is remembered.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or not to its end.
    fn read(&self, name: &str, most: u64) -> Result<Found, Trouble>;

    /// The ids of the stations that have a folder there, sorted.
    ///
    /// # Errors
    ///
    /// When the place cannot be listed.
    fn stations(&self) -> Result<Vec<String>, Trouble>;

    /// The names of what lies in a station's folder, sorted. Nothing about them is verified.
    ///
    /// # Errors
    ///
    /// When the folder cannot be listed.
    fn names(&self, station: &str) -> Result<Vec<String>, Trouble>;
}

/// What became of putting something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// It was written.
    Written,
    /// Something has the name already.
    There,
}

/// What has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// These bytes.
    Bytes(Vec<u8>),
    /// More bytes than were to be read.
    TooLong,
}

/// An address that names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadUrl {
    /// It is none of a full path, `file:`, `http:`, `https:` and `s3:`.
    Form,
    /// It holds a name or a password, which belong elsewhere.
    Secret,
}

impl BadUrl {
    /// A stable id.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Secret => "secret",
        }
    }
}

impl fmt::Display for BadUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "a place is a full path or an address that begins with file:, http:, https: or s3:"
            }
            Self::Secret => "an address must hold no name and no password",
        })
    }
}

impl std::error::Error for BadUrl {}

/// An address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    Folder(PathBuf),
    WebDav(Url),
    S3 {
        bucket: String,
        prefix: String,
        endpoint: Option<Url>,
        region: Option<String>,
    },
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, BadUrl> {
        if text.chars().count() > MOST_CHARACTERS || text.contains(char::is_control) {
            return Err(BadUrl::Form);
        }
        if text.starts_with('/') {
            return Ok(Self::Folder(PathBuf::from(text)));
        }
        let url = Url::parse(text).map_err(|_| BadUrl::Form)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadUrl::Secret);
        }
        match url.scheme() {
            "file" => url
                .to_file_path()
                .map(Self::Folder)
                .map_err(|()| BadUrl::Form),
            "http" | "https" if url.query().is_none() && url.fragment().is_none() => {
                Ok(Self::WebDav(url))
            }
            "s3" => Self::s3(&url),
            _ => Err(BadUrl::Form),
        }
    }

    /// The folder, and the file in it that the address names, if its name ends so.
    pub(super) fn split(self, ending: &str) -> (Self, Option<String>) {
        let named = |path: &str| -> Option<(String, String)> {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            name.ends_with(ending)
                .then(|| (folder.to_owned(), name.to_owned()))
        };
        match self {
            Self::WebDav(mut url) => match named(url.path()) {
                Some((folder, name)) => {
                    url.set_path(&folder);
                    (Self::WebDav(url), Some(name))
                }
                None => (Self::WebDav(url), None),
            },
            Self::S3 {
                bucket,
                prefix,
                endpoint,
                region,
            } => {
                let (prefix, name) = match named(&prefix) {
                    Some((folder, name)) => (folder, Some(name)),
                    None => (prefix, None),
                };
                let folder = Self::S3 {
                    bucket,
                    prefix,
                    endpoint,
                    region,
                };
                (folder, name)
            }
            Self::Folder(path) => (Self::Folder(path), None),
        }
    }

    fn s3(url: &Url) -> Result<Self, BadUrl> {
        let bucket = url.host_str().filter(|bucket| !bucket.is_empty());
        let (mut endpoint, mut region) = (None, None);
        for (key, value) in url.query_pairs() {
            match key.as_ref() {
                "endpoint" => {
                    let url = Url::parse(&value).map_err(|_| BadUrl::Form)?;
                    if !url.username().is_empty() || url.password().is_some() {
                        return Err(BadUrl::Secret);
                    }
                    let http = ["http", "https"].contains(&url.scheme());
                    endpoint = Some(http.then_some(url).ok_or(BadUrl::Form)?);
                }
                "region" => region = Some(value.into_owned()),
                _ => return Err(BadUrl::Form),
            }
        }
        Ok(Self::S3 {
            bucket: bucket.ok_or(BadUrl::Form)?.to_owned(),
            prefix: url.path().trim_matches('/').to_owned(),
            endpoint,
            region,
        })
    }
}

/// The place that an address names: a full path, `file:///…`, `http(s)://host/path/` for `WebDAV`,
/// or `s3://bucket/prefix?endpoint=https://host&region=…`.
///
/// # Errors
///
/// When it names none, or holds a secret.
pub fn place(address: &str, credentials: &Credentials) -> Result<Box<dyn Place>, BadUrl> {
    match Address::parse(address)? {
        Address::Folder(path) => Ok(Box::new(Folder::new(&path))),
        remote => Ok(Box::new(Store::new(
            &remote,
            credentials,
            Patience::default(),
        )?)),
    }
}

/// As [`place`], on a network only, and as patient as it is told.
///
/// # Errors
///
/// As [`place`]; a folder is none.
pub fn remote(
    address: &str,
    credentials: &Credentials,
    patience: Patience,
) -> Result<Box<dyn Place>, BadUrl> {
    let address = Address::parse(address)?;
    Ok(Box::new(Store::new(&address, credentials, patience)?))
}

/// The folder that an address names, if it names one: of a stick or a share.
#[must_use]
pub fn folder_of(address: &str) -> Option<PathBuf> {
    match Address::parse(address) {
        Ok(Address::Folder(path)) => Some(Path::new(&path).to_owned()),
        _ => None,
    }
}
