//! Targets for the year, from a small table that people write: what, and how many.
//!
//! "Not set" is a value: that nobody has set a target is worth saying, too.

use std::path::Path;

use super::lines;
use crate::files;

/// The most bytes of a table of targets.
const FILE_LIMIT: u64 = 256 * 1024;

/// What a target may be set for by itself.
pub const WHOLES: [&str; 7] = [
    "started",
    "answered",
    "completed",
    "answers",
    "days_active",
    "stations_active",
    "townships_covered",
];

/// What a target may be set for with an id behind a colon, as in `audience:senior`: answered
/// sessions of that kind.
pub const PARTS: [&str; 6] = [
    "audience", "topic", "venue", "division", "station", "language",
];

/// One target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What it is for: one of [`WHOLES`], or one of [`PARTS`] with an id.
    pub what: String,
    /// How many; `None` where nobody has set it.
    pub number: Option<u64>,
}

impl Target {
    /// The part and the id, where it is for a part.
    #[must_use]
    pub fn part(&self) -> Option<(&str, &str)> {
        self.what.split_once(':')
    }
}

pub use super::lines::Error;

/// Reads a table of targets: CSV in UTF-8 with the columns `what` and `target`, a whole number or
/// `not set`.
///
/// # Errors
///
/// [`Error::File`] when it cannot be read, [`Error::Line`] for the first line that is not so.
pub fn read(path: &Path) -> Result<Vec<Target>, Error> {
    let bytes = files::read(path, FILE_LIMIT).map_err(Error::File)?;
    parse(path, &bytes)
}

/// Targets from the bytes of a table; `path` is for messages.
///
/// # Errors
///
/// [`Error::Line`] for the first line that is not as it should be.
pub fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<Target>, Error> {
    let mut targets: Vec<Target> = Vec::new();
    let mut columns = None;
    for row in lines::read(bytes) {
        let wrong = |line: u64, reason: String| Error::Line {
            path: path.to_owned(),
            line,
            reason,
        };
        let (line, cells) = row.map_err(|(line, reason)| wrong(line, reason))?;
        let at = |name: &str| cells.iter().position(|cell| cell == name);
        let Some((what, number)) = columns else {
            let (Some(what), Some(number)) = (at("what"), at("target")) else {
                let reason = "the first line must name the columns: what, target";
                return Err(wrong(line, reason.to_owned()));
            };
            columns = Some((what, number));
            continue;
        };
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let target = target(cell(what), cell(number)).map_err(|reason| wrong(line, reason))?;
        if targets.iter().any(|other| other.what == target.what) {
            return Err(wrong(
                line,
                format!("`{}` has a target already", target.what),
            ));
        }
        targets.push(target);
    }
    Ok(targets)
}

fn target(what: &str, number: &str) -> Result<Target, String> {
    let is_known = match what.split_once(':') {
        Some((part, id)) => PARTS.contains(&part) && !id.is_empty(),
        None => WHOLES.contains(&what),
    };
    if !is_known {
        return Err(format!(
            "there is no target for `{what}`; there is one for {}, and with an id, as in \
             audience:senior, for {}",
            WHOLES.join(", "),
            PARTS.join(", ")
        ));
    }
    let number = match number {
        "not set" => None,
        text => Some(text.parse().map_err(|_| {
            format!("`{text}` is not a whole number; write `not set` where there is no target")
        })?),
    };
    Ok(Target {
        what: lines::clean(what),
        number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Vec<Target>, String> {
        parse(Path::new("targets.csv"), text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_target_is_a_number_or_not_set() {
        let targets = told("what,target\nanswered,8000\naudience:senior, not set\n").unwrap();
        assert_eq!(targets[0].number, Some(8000));
        assert_eq!(targets[1].number, None);
        assert_eq!(targets[1].part(), Some(("audience", "senior")));
        assert_eq!(targets[0].part(), None);
    }

    #[test]
    fn a_line_that_says_nothing_is_refused_by_its_number() {
        for (text, said) in [
            (
                "answered,8000\n",
                "targets.csv:1`: the first line must name",
            ),
            (
                "what,target\nanswered,many\n",
                "targets.csv:2`: `many` is not a whole number",
            ),
            (
                "what,target\nanswered,\n",
                "targets.csv:2`: `` is not a whole number",
            ),
            (
                "what,target\nvisitors,5\n",
                "targets.csv:2`: there is no target for `visitors`",
            ),
            (
                "what,target\naudience:,5\n",
                "there is no target for `audience:`",
            ),
            (
                "what,target\nanswered,5\n\nanswered,6\n",
                "targets.csv:4`: `answered` has a target",
            ),
        ] {
            let error = told(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
