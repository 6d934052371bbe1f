//! What may stand in `station.ron`: every value is judged, and everything wrong is named at once.

use std::fmt;
use std::ops::RangeInclusive;

use minisign::PublicKey;
use unic_langid::LanguageIdentifier;
use url::Url;

use crate::hotlines;

use super::{
    DISTANCE_MM, IDLE_SECONDS, KEEP_YEARS, LEAST_COUNTDOWN, LOWER_EDGE_MM, PANEL_MM, ROUND_LENGTHS,
    Station, VENUES, VOLUMES,
};

/// The most characters of a station's name in one language.
const NAME_CHARACTERS: usize = 60;

/// The most languages, for the name and for the choice.
const MOST_LANGUAGES: usize = 8;

/// The most keys of one kind: a current and a next one, and room to change them.
const MOST_KEYS: usize = 4;

/// The most folders in which sticks may appear.
const MOST_STICK_FOLDERS: usize = 8;

/// The digits of an administrative division's code.
const DIVISION_DIGITS: usize = 12;

/// Every code of a [`Problem`] with its sentence in English, for whoever has no Fluent at hand: a
/// value stands where its name stands in braces. A test holds that Fluent says the same.
pub const CODES: &[(&str, &str)] = &[
    ("bad-division", "`{field}` must be a code of 12 digits"),
    (
        "bad-hotline",
        "`{value}` in `{field}` must be one of: {allowed}",
    ),
    (
        "bad-id",
        "`{field}` must be 1 to 32 lower-case letters, digits and hyphens, a letter or digit first",
    ),
    (
        "bad-key",
        "`{value}` in `{field}` is not a minisign public key",
    ),
    (
        "bad-language",
        "`{value}` in `{field}` is not a language tag",
    ),
    (
        "bad-name",
        "`{field}` in `{language}` must be 1 to 60 characters on one line",
    ),
    (
        "bad-path",
        "`{value}` in `{field}` is not a full path, one that begins with /",
    ),
    (
        "bad-packs-from",
        "`{field}` must be an address that begins with http:, https: or s3:, without a name or \
         password in it",
    ),
    (
        "bad-phone",
        "the number of `{value}` in `{field}` must be 3 to 20 digits, with single hyphens between \
         them",
    ),
    (
        "bad-upload",
        "`{field}` must be a full path or an address that begins with file:, http:, https: or s3:, \
         without a name or password in it",
    ),
    ("not-one-of", "`{field}` must be one of: {allowed}"),
    ("out-of-range", "`{field}` must be from {least} to {most}"),
    ("too-many", "`{field}` may have at most {most}"),
    ("twice", "`{value}` stands twice in `{field}`"),
];

/// A value in `station.ron` that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: &'static str,
    /// The id of its sentence, one of [`CODES`].
    pub code: &'static str,
    /// Values for the sentence besides `field`.
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    fn new(field: &'static str, code: &'static str) -> Self {
        Self {
            field,
            code,
            args: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = CODES.iter().find(|(code, _)| *code == self.code);
        let mut rest = known.map_or(self.code, |(_, sentence)| sentence);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = self.args.iter().find(|(arg, _)| *arg == name);
            let value = value.map_or(self.field, |(_, value)| value.as_str());
            write!(f, "{before}{value}")?;
            rest = after;
        }
        f.write_str(rest)
    }
}

impl Station {
    /// Everything that is wrong with these settings, in the order of the file's fields.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Found(Vec::new());
        if self.id.as_deref().is_some_and(|id| !is_id(id)) {
            found.add(Problem::new("id", "bad-id"));
        }
        found.names(&self.name);
        if self
            .division
            .as_deref()
            .is_some_and(|code| !is_division(code))
        {
            found.add(Problem::new("division", "bad-division"));
        }
        if !VENUES.contains(&self.venue.as_str()) {
            found.add(Problem::new("venue", "not-one-of").with("allowed", VENUES.join(", ")));
        }
        found.list(
            "languages",
            &self.languages,
            MOST_LANGUAGES,
            "bad-language",
            is_language,
        );
        let patient = *IDLE_SECONDS.end();
        let (shortest, longest) = (*ROUND_LENGTHS.start() as u64, *ROUND_LENGTHS.end() as u64);
        found.range("round_length", self.round_length as u64, shortest, longest);
        for (field, time, least) in [
            ("idle_seconds", self.idle, *IDLE_SECONDS.start()),
            (
                "idle_patient_seconds",
                self.idle_patient,
                *IDLE_SECONDS.start(),
            ),
            ("countdown_seconds", self.countdown, LEAST_COUNTDOWN),
        ] {
            found.range(field, time.as_secs(), least, patient);
        }
        let (silent, loudest) = (u64::from(*VOLUMES.start()), u64::from(*VOLUMES.end()));
        let (never, longest) = (u64::from(*KEEP_YEARS.start()), u64::from(*KEEP_YEARS.end()));
        found.range("keep_years", u64::from(self.keep_years), never, longest);
        found.range("volume", u64::from(self.volume), silent, loudest);
        if let Some((width, height)) = self.panel_mm {
            let outside = [width, height]
                .into_iter()
                .find(|side| !PANEL_MM.contains(side));
            if let Some(side) = outside {
                let (least, most) = (u64::from(*PANEL_MM.start()), u64::from(*PANEL_MM.end()));
                found.range("panel_mm", u64::from(side), least, most);
            }
        }
        let within =
            |range: &RangeInclusive<u32>| (u64::from(*range.start()), u64::from(*range.end()));
        let (least, most) = within(&DISTANCE_MM);
        found.range("distance_mm", u64::from(self.distance_mm), least, most);
        if let Some(edge) = self.lower_edge_mm {
            let (least, most) = within(&LOWER_EDGE_MM);
            found.range("lower_edge_mm", u64::from(edge), least, most);
        }
        found.list("keys", &self.keys, MOST_KEYS, "bad-key", is_key);
        found.list("admin_keys", &self.admin_keys, MOST_KEYS, "bad-key", is_key);
        let sticks: Vec<_> = self
            .sticks
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        found.list("sticks", &sticks, MOST_STICK_FOLDERS, "bad-path", |path| {
            path.starts_with('/') && !path.contains(char::is_control)
        });
        found.hotlines(&self.hotlines);
        // Their values are not repeated: they may hold a password.
        let server = |place: &str| !place.starts_with('/') && !place.starts_with("file:");
        let packs_from = self.packs_from.as_deref();
        if packs_from.is_some_and(|place| !server(place) || !is_place(place)) {
            found.add(Problem::new("packs_from", "bad-packs-from"));
        }
        if self.upload.as_deref().is_some_and(|place| !is_place(place)) {
            found.add(Problem::new("upload", "bad-upload"));
        }
        found.0
    }
}

/// What has been found so far.
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    fn range(&mut self, field: &'static str, value: u64, least: u64, most: u64) {
        if !(least..=most).contains(&value) {
            self.add(
                Problem::new(field, "out-of-range")
                    .with("least", least)
                    .with("most", most),
            );
        }
    }

    fn names(&mut self, names: &[(String, String)]) {
        let tags: Vec<String> = names.iter().map(|(tag, _)| tag.clone()).collect();
        self.list("name", &tags, MOST_LANGUAGES, "bad-language", is_language);
        for (language, name) in names {
            let fits = (1..=NAME_CHARACTERS).contains(&name.chars().count());
            if !fits || name.trim() != name || name.contains(char::is_control) {
                self.add(Problem::new("name", "bad-name").with("language", shown(language)));
            }
        }
    }

    fn hotlines(&mut self, own: &[(String, Option<String>)]) {
        // Of more than there are, one at least is unknown or stands twice.
        for (index, (id, number)) in own.iter().enumerate().take(hotlines::lines().len() + 1) {
            let known = hotlines::lines().iter().any(|line| line.id == *id);
            let sound = number.as_deref().is_none_or(hotlines::is_number);
            let before = own.get(..index).unwrap_or_default();
            let problem = if !known {
                Problem::new("hotlines", "bad-hotline").with("allowed", hotlines::ids())
            } else if before.iter().any(|(other, _)| other == id) {
                Problem::new("hotlines", "twice")
            } else if !sound {
                Problem::new("hotlines", "bad-phone")
            } else {
                continue;
            };
            self.add(problem.with("value", shown(id)));
        }
    }

    /// A list of at most so many values, each sound and none of them twice.
    fn list(
        &mut self,
        field: &'static str,
        values: &[String],
        most: usize,
        code: &'static str,
        sound: impl Fn(&str) -> bool,
    ) {
        if values.len() > most {
            self.add(Problem::new(field, "too-many").with("most", most));
        }
        for (index, value) in values.iter().enumerate().take(most) {
            let code = if !sound(value) {
                code
            } else if values[..index].contains(value) {
                "twice"
            } else {
                continue;
            };
            self.add(Problem::new(field, code).with("value", shown(value)));
        }
    }
}

/// A value as a sentence can carry it: short, and on one line.
fn shown(value: &str) -> String {
    const CHARACTERS: usize = 80;
    let mut text: String = value
        .chars()
        .take(CHARACTERS)
        .flat_map(char::escape_debug)
        .collect();
    if value.chars().nth(CHARACTERS).is_some() {
        text.push('…');
    }
    text
}

fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=32).contains(&id.len())
        && id.bytes().all(|byte| plain(byte) || byte == b'-')
        // A name that begins with a hyphen reads as an option of a command.
        && !id.starts_with('-')
}

fn is_division(code: &str) -> bool {
    code.len() == DIVISION_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_language(tag: &str) -> bool {
    tag.len() <= 35 && tag.parse::<LanguageIdentifier>().is_ok()
}

/// Whether this may name a place; what it leads to is the affair of `upload`.
fn is_place(place: &str) -> bool {
    const CHARACTERS: usize = 500;
    let short = place.chars().count() <= CHARACTERS && !place.contains(char::is_control);
    if place.starts_with('/') {
        return short;
    }
    let Ok(url) = Url::parse(place) else {
        return false;
    };
    let bare = url.username().is_empty() && url.password().is_none();
    short && bare && ["file", "http", "https", "s3"].contains(&url.scheme())
}

fn is_key(key: &str) -> bool {
    // The first bytes name the algorithm: "Ed", which reads "RW" in base 64.
    key.len() == 56 && key.starts_with("RW") && PublicKey::from_base64(key).is_ok()
}
