//! Names, passwords and keys: from the environment, or from a file that only its owner may read.
//!
//! They are never shown, logged or written anywhere; `Debug` says only which are there.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::files;

/// The file in a station's data folder.
const FILE: &str = "upload.credentials";

/// Names another file, for who has no data folder.
const FILE_NAMED_BY: &str = "KEPU_CREDENTIALS";

/// The most bytes of the file.
const FILE_LIMIT: u64 = 16 * 1024;

const NAMES: [&str; 7] = [
    USER,
    PASSWORD,
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    PACKS_USER,
    PACKS_PASSWORD,
];

/// For `WebDAV` servers that results go to.
pub(super) const USER: &str = "KEPU_UPLOAD_USER";
pub(super) const PASSWORD: &str = "KEPU_UPLOAD_PASSWORD";

/// For servers that packs come from: others, which must not learn the ones above.
const PACKS_USER: &str = "KEPU_PACKS_USER";
const PACKS_PASSWORD: &str = "KEPU_PACKS_PASSWORD";

/// What lets us into a place. Where nothing is given, we come as anybody.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// In the order of [`NAMES`].
    values: [Option<String>; NAMES.len()],
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there = NAMES.iter().zip(&self.values);
        let there = there.filter(|(_, value)| value.is_some());
        f.debug_set().entries(there.map(|(name, _)| name)).finish()
    }
}

/// A file with credentials that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCredentials {
    /// The file.
    pub path: PathBuf,
    /// Why: `open` to others, of another `form`, `unreadable`.
    pub code: &'static str,
}

impl fmt::Display for BadCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot use `{}`: {}", self.path.display(), self.code)
    }
}

impl std::error::Error for BadCredentials {}

impl Credentials {
    /// Those of the environment; what it does not give comes from the file `upload.credentials` in
    /// a data folder, or the one that `KEPU_CREDENTIALS` names.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be used: others may read it, or it cannot be understood.
    pub fn find(data: Option<&Path>) -> Result<Self, BadCredentials> {
        let named = std::env::var_os(FILE_NAMED_BY).map(PathBuf::from);
        let own = data.map(|data| data.join(FILE));
        let path = named.or_else(|| own.filter(|path| path.exists()));
        let mut found = match path {
            Some(path) => Self::read(&path)?,
            None => Self::default(),
        };
        for (name, value) in NAMES.iter().zip(&mut found.values) {
            if let Some(given) = std::env::var(name).ok().filter(|given| !given.is_empty()) {
                *value = Some(given);
            }
        }
        Ok(found)
    }

    /// Those in a file: one `NAME=value` a line; lines that begin with `#` say nothing.
    ///
    /// # Errors
    ///
    /// As [`Self::find`].
    pub fn read(path: &Path) -> Result<Self, BadCredentials> {
        let bad = |code| BadCredentials {
            path: path.to_owned(),
            code,
        };
        let private = files::is_private(path).map_err(|_| bad("unreadable"))?;
        if !private {
            return Err(bad("open"));
        }
        let bytes = files::read(path, FILE_LIMIT).map_err(|_| bad("unreadable"))?;
        let text = String::from_utf8(bytes).map_err(|_| bad("form"))?;
        let mut found = Self::default();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, value) = line.split_once('=').ok_or_else(|| bad("form"))?;
            let mut known = NAMES.iter().zip(&mut found.values);
            let place = known.find(|(known, _)| **known == name.trim());
            *place.ok_or_else(|| bad("form"))?.1 = Some(value.trim().to_owned());
        }
        Ok(found)
    }

    /// Those that a server with packs may learn, under the names of those for results. (S3's keys
    /// sign requests and are not sent.)
    pub(super) fn for_packs(&self) -> Self {
        let mut those = self.clone();
        for (name, of_packs) in [(USER, PACKS_USER), (PASSWORD, PACKS_PASSWORD)] {
            let value = self.get(of_packs).map(str::to_owned);
            for (known, kept) in NAMES.iter().zip(&mut those.values) {
                if *known == name {
                    kept.clone_from(&value);
                }
            }
        }
        those
    }

    /// The value that one of [`NAMES`] has.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut known = NAMES.iter().zip(&self.values);
        known.find(|(known, _)| **known == name)?.1.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_in_what_is_shown_for_debugging() {
        let mut credentials = Credentials::default();
        credentials.values[1] = Some("open sesame".to_owned());
        let shown = format!("{credentials:?}");
        assert_eq!(shown, "{\"KEPU_UPLOAD_PASSWORD\"}");
        assert_eq!(credentials.get("KEPU_UPLOAD_PASSWORD"), Some("open sesame"));
    }
}
