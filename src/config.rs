//! `station.ron`: what is particular to one kiosk, checked once.
//!
//! Every field may be left out. A station without the file plays as a demonstration.
//!
//! What is wrong with a value is data, a [`Problem`]; its words are Fluent messages
//! `station-<code>` with an attribute `.hint`.

mod check;
mod source;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::files;

pub use check::{CODES, Problem};

/// The name of the file in a station's data folder.
pub const FILE: &str = "station.ron";

/// The most bytes that `station.ron` may have.
const FILE_LIMIT: u64 = 64 * 1024;

/// How long a round may be, in questions.
pub const ROUND_LENGTHS: std::ops::RangeInclusive<usize> = 3..=20;

/// How long a station may wait for a visitor who does nothing, in seconds.
pub const IDLE_SECONDS: std::ops::RangeInclusive<u64> = 10..=600;

/// The least length of the countdown, in seconds: less would hurry people (WCAG 2.2, success
/// criterion 2.2.1).
const LEAST_COUNTDOWN: u64 = 20;

/// How loud a station may be; 0 is silent.
pub const VOLUMES: std::ops::RangeInclusive<u8> = 0..=10;

/// For how many years sessions are kept at least; 0 is for ever.
pub const KEEP_YEARS: std::ops::RangeInclusive<u8> = 0..=50;

/// How wide and how high a panel's picture may be, in millimetres.
pub const PANEL_MM: std::ops::RangeInclusive<u32> = 100..=3000;

/// How far from the panel people stand, in millimetres.
pub const DISTANCE_MM: std::ops::RangeInclusive<u32> = 300..=3000;

/// How high above the floor the picture begins, in millimetres. From higher up nothing could be
/// reached from a wheelchair.
pub const LOWER_EDGE_MM: std::ops::RangeInclusive<u32> = 0..=1000;

/// What kind of place a station stands in: the ids that reports count by.
pub const VENUES: [&str; 7] = [
    "museum",
    "science-station",
    "school",
    "village",
    "community",
    "mobile",
    "other",
];

/// What is particular to one kiosk.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// What tells this station from all others: 1 to 32 lower-case letters, digits and hyphens.
    /// Without it the station plays as a demonstration.
    pub id: Option<String>,
    /// What people call the station, by language (BCP 47 tags): 1 to 60 characters each.
    pub name: Vec<(String, String)>,
    /// The administrative division it stands in: a code of 12 digits.
    pub division: Option<String>,
    /// What kind of place it stands in, one of [`VENUES`].
    pub venue: String,
    /// The languages offered (BCP 47 tags), the default one first. Empty: those of the program that
    /// need no naming.
    pub languages: Vec<String>,
    /// Questions in a round.
    pub round_length: usize,
    /// How long nothing may happen before the countdown, for most audiences.
    pub idle: Duration,
    /// The same for those who need more time: youth and seniors.
    pub idle_patient: Duration,
    /// How long the countdown is.
    pub countdown: Duration,
    /// How loud it is, one of [`VOLUMES`].
    pub volume: u8,
    /// Width and height of the picture on the panel as it hangs, in millimetres, if measured.
    pub panel_mm: Option<(u32, u32)>,
    /// How far from the panel people stand, one of [`DISTANCE_MM`]. From farther away text is set
    /// larger.
    pub distance_mm: u32,
    /// How high above the floor the picture begins, one of [`LOWER_EDGE_MM`], if everything is to
    /// stay within reach from a wheelchair. Without it the whole panel is used.
    pub lower_edge_mm: Option<u32>,
    /// Whether the colours are those of high contrast for everyone.
    pub high_contrast: bool,
    /// Whether what comes in may move for a moment.
    pub motion: bool,
    /// The public keys (minisign) whose question packs are trusted: the current and the next.
    pub keys: Vec<String>,
    /// The public keys (minisign) that may reset the PIN.
    pub admin_keys: Vec<String>,
    /// Whether staff may install packs without a signature; see [`Self::unsigned_allowed`].
    pub unsigned: Option<bool>,
    /// The folders in which the system shows USB sticks.
    pub sticks: Vec<PathBuf>,
    /// Telephone lines of which the station has a number of its own, by id, or that it does not
    /// have; see [`crate::hotlines`].
    pub hotlines: Vec<(String, Option<String>)>,
    /// A folder on a server in which staff find question packs, beside those on sticks: an address
    /// that begins with `http:`, `https:` or `s3:`, without a name or password in it.
    pub packs_from: Option<String>,
    /// Where results go: a full path, or an address that begins with `file:`, `http:`, `https:` or
    /// `s3:`, without a name or password in it. Without it they stay here.
    pub upload: Option<String>,
    /// After how many years sessions may go that are safe where results go, one of
    /// [`KEEP_YEARS`]; 0 is never.
    pub keep_years: u8,
}

impl Default for Station {
    fn default() -> Self {
        Self {
            id: None,
            name: Vec::new(),
            division: None,
            venue: "other".to_owned(),
            languages: Vec::new(),
            round_length: 6,
            idle: Duration::from_secs(60),
            idle_patient: Duration::from_secs(90),
            countdown: Duration::from_secs(20),
            volume: 5,
            panel_mm: None,
            distance_mm: 600,
            lower_edge_mm: None,
            high_contrast: false,
            motion: true,
            keys: Vec::new(),
            admin_keys: Vec::new(),
            unsigned: None,
            sticks: ["/media", "/run/media", "/mnt"].map(PathBuf::from).into(),
            hotlines: Vec::new(),
            packs_from: None,
            upload: None,
            keep_years: 3,
        }
    }
}

/// A `station.ron` that cannot be used.
#[derive(Debug)]
pub enum Error {
    /// It could not be read.
    File(files::Error),
    /// It is not the RON that is expected.
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong, and at what line and column.
        reason: Box<ron::error::SpannedError>,
    },
    /// Values that cannot be used, all of them.
    Values {
        /// The file.
        path: PathBuf,
        /// What is wrong, in the order of the fields; never empty.
        problems: Vec<Problem>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Form { path, reason } => {
                let at = reason.span.start;
                write!(
                    f,
                    "cannot use `{}:{}:{}`: {}",
                    path.display(),
                    at.line,
                    at.col,
                    reason.code
                )
            }
            Self::Values { path, problems } => {
                write!(f, "cannot use `{}`: ", path.display())?;
                for (index, problem) in problems.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "; " };
                    write!(f, "{comma}{problem}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error {}

impl Station {
    /// Reads `station.ron` in a data folder; without the file the defaults hold.
    pub fn read(data: &Path) -> Result<Self, Error> {
        let path = data.join(FILE);
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = files::read(&path, FILE_LIMIT).map_err(Error::File)?;
        Self::parse(&path, &bytes)
    }

    /// Writes `station.ron` in a data folder, durably; the settings must have no
    /// [problems](Self::problems), or nobody can read them again.
    pub fn write(&self, data: &Path) -> Result<(), files::Error> {
        files::write(&data.join(FILE), self.to_ron().as_bytes())
    }

    /// Whether nobody has set the station up: it plays, but what it records is nobody's.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        self.id.is_none()
    }

    /// Whether staff may install packs without a signature, after a warning. Where nothing is
    /// said, only a station that trusts no key lets them.
    #[must_use]
    pub fn unsigned_allowed(&self) -> bool {
        self.unsigned.unwrap_or(self.keys.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    fn read(text: &str) -> Result<Station, Error> {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join(FILE), text.as_bytes()).unwrap();
        Station::read(folder.path())
    }

    /// What is said about a file, without its path.
    fn told(text: &str) -> String {
        let error = read(text).unwrap_err().to_string();
        let (_, told) = error.split_once("station.ron`: ").unwrap();
        told.to_owned()
    }

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn a_station_without_a_file_has_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Station::read(folder.path()).unwrap(), Station::default());
        assert_eq!(read("()").unwrap(), Station::default());
        assert!(Station::default().is_demonstration());
        assert_eq!(Station::default().problems(), []);
    }

    #[test]
    fn every_value_outside_its_range_is_named_with_the_range_all_at_once() {
        assert_eq!(
            told("(round_length: 2, countdown_seconds: 5, idle_seconds: 601, volume: 11)"),
            "`round_length` must be from 3 to 20; `idle_seconds` must be from 10 to 600; \
             `countdown_seconds` must be from 20 to 600; `volume` must be from 0 to 10"
        );
    }

    #[test]
    fn each_kind_of_mistake_has_its_sentence() {
        let same = format!("(keys: [\"{KEY}\", \"{KEY}\"])");
        let twice = format!("`{KEY}` stands twice in `keys`");
        let id = "`id` must be 1 to 32 lower-case letters, digits and hyphens, \
                  a letter or digit first";
        let long = format!("(name: {{\"en\": \"{}\"}})", "x".repeat(61));
        let many = format!("(sticks: [{}])", "\"/a\",".repeat(9));
        for (text, expected) in [
            ("(id: \"\")", id),
            ("(id: \"East\")", id),
            ("(id: \"-a\")", id),
            ("(id: Some(\"a b\"))", id),
            ("(id: \"abcdefghijklmnopqrstuvwxyz1234567\")", id),
            (
                "(division: \"33010\")",
                "`division` must be a code of 12 digits",
            ),
            (
                "(division: \"33010200100x\")",
                "`division` must be a code of 12 digits",
            ),
            (
                "(venue: \"pub\")",
                "`venue` must be one of: museum, science-station, school, village, community, \
                 mobile, other",
            ),
            (
                "(languages: [\"e\"])",
                "`e` in `languages` is not a language tag",
            ),
            (
                "(languages: [\"en\", \"en\"])",
                "`en` stands twice in `languages`",
            ),
            (
                "(name: {\"no tag\": \"A\"})",
                "`no tag` in `name` is not a language tag",
            ),
            (
                "(name: {\"en\": \"A\", \"en\": \"B\"})",
                "`en` stands twice in `name`",
            ),
            (
                "(name: {\"en\": \"\"})",
                "`name` in `en` must be 1 to 60 characters on one line",
            ),
            (
                "(name: {\"en\": \"A\\nB\"})",
                "`name` in `en` must be 1 to 60 characters on one line",
            ),
            (
                &long,
                "`name` in `en` must be 1 to 60 characters on one line",
            ),
            (
                "(panel_mm: (99, 500))",
                "`panel_mm` must be from 100 to 3000",
            ),
            (
                "(panel_mm: (500, 3001))",
                "`panel_mm` must be from 100 to 3000",
            ),
            (
                "(keys: [\"RWx\"])",
                "`RWx` in `keys` is not a minisign public key",
            ),
            (
                "(admin_keys: [\"\\n\"])",
                "`\\n` in `admin_keys` is not a minisign public key",
            ),
            (&same, &twice),
            (
                "(upload: \"ftp://office/\")",
                "`upload` must be a full path or an address that begins with file:, http:, https: \
                 or s3:, without a name or password in it",
            ),
            (
                "(upload: \"https://ann:secret@office/dav/\")",
                "`upload` must be a full path or an address that begins with file:, http:, https: \
                 or s3:, without a name or password in it",
            ),
            (
                "(packs_from: \"file:///srv/packs/\")",
                "`packs_from` must be an address that begins with http:, https: or s3:, without a \
                 name or password in it",
            ),
            (
                "(packs_from: \"https://ann:secret@office/packs/\")",
                "`packs_from` must be an address that begins with http:, https: or s3:, without a \
                 name or password in it",
            ),
            ("(keep_years: 51)", "`keep_years` must be from 0 to 50"),
            (
                "(hotlines: {\"fire\": \"119\"})",
                "`fire` in `hotlines` must be one of: antifraud, fraud-warning, government, \
                 mental-health",
            ),
            (
                "(hotlines: {\"antifraud\": \"call us\"})",
                "the number of `antifraud` in `hotlines` must be 3 to 20 digits, with single \
                 hyphens between them",
            ),
            (
                "(hotlines: {\"antifraud\": None, \"antifraud\": \"110\"})",
                "`antifraud` stands twice in `hotlines`",
            ),
            (
                "(sticks: [\"media\"])",
                "`media` in `sticks` is not a full path, one that begins with /",
            ),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
        assert!(
            told(&many).starts_with("`sticks` may have at most 8; "),
            "{}",
            told(&many)
        );
    }

    #[test]
    fn an_unknown_field_is_refused_with_its_line_and_column() {
        let error = read("(\n    round_lenght: 6,\n)").unwrap_err().to_string();
        assert!(
            error.contains("station.ron:2:5") || error.contains("station.ron:2:17"),
            "{error}"
        );
        assert!(error.contains("round_lenght"), "{error}");
    }

    #[test]
    fn a_line_has_a_number_of_its_own_or_none() {
        let station =
            read("(hotlines: {\"antifraud\": \"0731-8866\", \"government\": None})").unwrap();
        let expected = [
            ("antifraud".to_owned(), Some("0731-8866".to_owned())),
            ("government".to_owned(), None),
        ];
        assert_eq!(station.hotlines, expected);
    }

    #[test]
    fn unsigned_packs_are_allowed_only_while_no_key_is_trusted_unless_it_is_said() {
        let with_key = |more: &str| read(&format!("(keys: [\"{KEY}\"]{more})")).unwrap();
        assert!(read("()").unwrap().unsigned_allowed());
        assert!(!with_key("").unsigned_allowed());
        assert!(with_key(", unsigned: true").unsigned_allowed());
        assert!(!read("(unsigned: false)").unwrap().unsigned_allowed());
    }

    prop_compose! {
        fn names()(
            tags in prop::sample::subsequence(vec!["en", "zh-CN", "ug", "bo-CN"], 0..=4),
            names in prop::collection::vec("[\\PC&&[^ ]][\\PC\"\\\\/*]{0,50}[\\PC&&[^ ]]", 4),
        ) -> Vec<(String, String)> {
            tags.into_iter().map(str::to_owned).zip(names).collect()
        }
    }

    prop_compose! {
        fn stations()(
            id in prop::option::of("[a-z0-9][a-z0-9-]{0,31}"),
            name in names(),
            division in prop::option::of("[0-9]{12}"),
            venue in prop::sample::select(&VENUES[..]),
            languages in prop::sample::subsequence(vec!["en", "zh-CN", "ug"], 0..=3),
            round_length in ROUND_LENGTHS,
            idle in IDLE_SECONDS,
            idle_patient in IDLE_SECONDS,
            countdown in LEAST_COUNTDOWN..=600,
            volume in VOLUMES,
            panel_mm in prop::option::of((PANEL_MM, PANEL_MM)),
            distance_mm in DISTANCE_MM,
            lower_edge_mm in prop::option::of(LOWER_EDGE_MM),
            (high_contrast, motion) in any::<(bool, bool)>(),
            keys in (any::<bool>(), any::<bool>()),
            unsigned in any::<Option<bool>>(),
            sticks in prop::collection::hash_set("/[a-z\"\\\\盘 ]{0,20}", 0..=8),
            packs_from in prop::option::of("(https://office\\.example/|s3://bucket/)[a-z/]{0,20}"),
            keep_years in KEEP_YEARS,
            hotlines in prop::sample::subsequence(vec!["antifraud", "government"], 0..=2),
            number in prop::option::of("[0-9]{3,6}-[0-9]{1,9}"),
            upload in prop::option::of("(/media/|https://office\\.example/|s3://bucket/)[a-z/]{0,20}"),
        ) -> Station {
            let key = |given: bool| given.then(|| KEY.to_owned()).into_iter().collect();
            Station {
                id,
                name,
                division,
                venue: venue.to_owned(),
                languages: languages.into_iter().map(str::to_owned).collect(),
                round_length,
                idle: Duration::from_secs(idle),
                idle_patient: Duration::from_secs(idle_patient),
                countdown: Duration::from_secs(countdown),
                volume,
                panel_mm,
                distance_mm,
                lower_edge_mm,
                high_contrast,
                motion,
                keys: key(keys.0),
                admin_keys: key(keys.1),
                unsigned,
                sticks: sticks.into_iter().map(PathBuf::from).collect(),
                hotlines: hotlines
                    .into_iter()
                    .map(|id| (id.to_owned(), number.clone()))
                    .collect(),
                packs_from,
                upload,
                keep_years,
            }
        }
    }

    proptest! {
        #[test]
        fn settings_that_are_written_are_read_back_the_same(station in stations()) {
            prop_assume!(station.problems().is_empty());
            let text = station.to_ron();
            let back = Station::parse(Path::new(FILE), text.as_bytes());
            prop_assert_eq!(back.map_err(|error| error.to_string()), Ok(station), "{}", text);
        }

        #[test]
        fn no_text_whatever_makes_reading_panic(text in "[(){}\\[\\]:,\"a-z0-9_ \\-]{0,200}") {
            let read = Station::parse(Path::new(FILE), text.as_bytes());
            prop_assert!(read.is_ok() || !read.unwrap_err().to_string().is_empty());
        }
    }

    #[test]
    fn the_written_file_has_a_comment_in_two_languages_on_every_field() {
        let folder = tempfile::tempdir().unwrap();
        let station = Station {
            id: Some("east-gate".to_owned()),
            name: vec![("zh-CN".to_owned(), "东门".to_owned())],
            panel_mm: Some((527, 296)),
            ..Station::default()
        };
        station.write(folder.path()).unwrap();
        assert_eq!(Station::read(folder.path()).unwrap(), station);
        let text = station.to_ron();
        let lines: Vec<_> = text.lines().collect();
        let is_field = |line: &str| line.starts_with("    ") && !line.contains("//");
        let fields: Vec<_> = (0..lines.len()).filter(|at| is_field(lines[*at])).collect();
        assert_eq!(fields.len(), 23);
        for at in fields {
            assert!(
                lines[at - 2].starts_with("    // ") && lines[at - 2].is_ascii(),
                "{}",
                lines[at]
            );
            assert!(
                !lines[at - 1].is_ascii() && lines[at - 1].starts_with("    // "),
                "{}",
                lines[at]
            );
        }
        assert!(text.contains("    panel_mm: (527, 296),\n"), "{text}");
        assert!(
            text.contains("    name: {\"zh-CN\": \"东门\"},\n"),
            "{text}"
        );
    }
}
