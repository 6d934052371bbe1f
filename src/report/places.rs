//! Administrative divisions: codes rolled up by prefix, and their names from a table of the
//! station's own.
//!
//! A code has 12 digits: 2 for the province, 2 more for the prefecture, 2 for the county, 3 for the
//! township, 3 for the village or neighbourhood (GB/T 2260 and GB/T 10114). Zeros at the end say
//! that the place is a larger one. Not every place has all levels:
//!
//! - a municipality (11, 12, 31, 50) has no prefectures: the digits 01 and 02 only sort its
//!   districts and counties, as in 500233;
//! - the digits 90 stand for no prefecture either: such a county is governed by the province, as
//!   in 429004 and 469001;
//! - a city without districts has no county: its townships follow the digits 00, as in 441900.
//!
//! Nothing here knows a name or a list of places: those change every year, and a table of one's own
//! can be corrected.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::files;

/// The most bytes of a table of names: every township of a country fits.
const FILE_LIMIT: u64 = 32 * 1024 * 1024;

/// The levels, largest places first, and how many digits of a code name each.
pub const LEVELS: [(Level, usize); 5] = [
    (Level::Province, 2),
    (Level::Prefecture, 4),
    (Level::County, 6),
    (Level::Township, 9),
    (Level::Village, 12),
];

/// Provinces that are municipalities.
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

/// How large a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Province, autonomous region, municipality.
    Province,
    /// Prefecture-level city.
    Prefecture,
    /// County, district, county-level city.
    County,
    /// Township, town, subdistrict.
    Township,
    /// Village, neighbourhood.
    Village,
}

impl Level {
    /// The stable id.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Township => "township",
            Self::Village => "village",
        }
    }
}

/// Whether a text has the form of a code.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with("00")
}

/// The place at a level that a code belongs to, as the digits that name it.
///
/// Where there is none at that level the nearest one stands for it: the next larger place, or for a
/// county that the province governs itself, among the prefectures, that county. A text that is no
/// code is a place of its own at every level.
#[must_use]
pub fn place_at(code: &str, level: Level) -> &str {
    if !is_code(code) {
        return code;
    }
    let digits = |level: Level| {
        LEVELS
            .iter()
            .find(|(own, _)| *own == level)
            .map_or(2, |own| own.1)
    };
    let is_there = |level: Level| match level {
        Level::Province => true,
        Level::Prefecture => {
            !MUNICIPALITIES.contains(&&code[..2]) && !["00", "90"].contains(&&code[2..4])
        }
        Level::County => &code[4..6] != "00",
        Level::Township => &code[6..9] != "000",
        Level::Village => &code[9..12] != "000",
    };
    if level == Level::Prefecture && &code[2..4] == "90" && is_there(Level::County) {
        return &code[..digits(Level::County)];
    }
    let larger = LEVELS.iter().rev().map(|(level, _)| *level);
    let at = larger
        .filter(|own| *own <= level)
        .find(|own| is_there(*own));
    &code[..digits(at.unwrap_or(Level::Province))]
}

/// Whether the digits name a township.
#[must_use]
pub fn is_township(digits: &str) -> bool {
    digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub use super::lines::Error;

/// The names of places: what each was called from which day on.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// By digits: the first day (`None`: from ever), and the name in each language of the table.
    names: BTreeMap<String, Vec<(Option<Date>, Vec<String>)>>,
    languages: Vec<String>,
}

impl Names {
    /// Reads a table of names: CSV in UTF-8 with the columns `code`, `valid_from` (a date, or empty)
    /// and one for each language, named by its tag. A code has 2 to 12 digits; zeros that fill it up
    /// may be there or not.
    ///
    /// # Errors
    ///
    /// [`Error::File`] when it cannot be read, [`Error::Line`] for the first line that is not so.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = files::read(path, FILE_LIMIT).map_err(Error::File)?;
        Self::parse(path, &bytes)
    }

    /// A table from its bytes; `path` is for messages.
    ///
    /// # Errors
    ///
    /// [`Error::Line`] for the first line that is not as it should be.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let mut names = Self::default();
        let mut columns = Columns::default();
        for line in super::lines::read(bytes) {
            let wrong = |line: u64, reason: String| Error::Line {
                path: path.to_owned(),
                line,
                reason,
            };
            let (line, cells) = line.map_err(|(line, reason)| wrong(line, reason))?;
            if columns.code.is_none() {
                columns = Columns::find(&cells).map_err(|reason| wrong(line, reason))?;
                names.languages = columns
                    .languages
                    .iter()
                    .map(|(_, tag)| tag.clone())
                    .collect();
                continue;
            }
            let entry = columns
                .entry(&cells)
                .map_err(|reason| wrong(line, reason))?;
            let Some((digits, from, texts)) = entry else {
                continue;
            };
            names.names.entry(digits).or_default().push((from, texts));
        }
        for dated in names.names.values_mut() {
            dated.sort_by_key(|(from, _)| *from);
        }
        Ok(names)
    }

    /// What a place was called on a day, in a language or else in the table's first.
    #[must_use]
    pub fn name(&self, digits: &str, language: &str, on: Date) -> Option<&str> {
        let dated = self.names.get(digits)?;
        let valid = dated
            .iter()
            .rev()
            .find(|(from, _)| from.is_none_or(|from| from <= on));
        // Before its first name a place had it, too: better than a number.
        let (_, texts) = valid.or(dated.first())?;
        let at = self.languages.iter().position(|own| own == language);
        let own = at
            .and_then(|at| texts.get(at))
            .filter(|text| !text.is_empty());
        own.or_else(|| texts.iter().find(|text| !text.is_empty()))
            .map(String::as_str)
    }

    /// Whether no name is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Where a table has what.
#[derive(Default)]
struct Columns {
    code: Option<usize>,
    valid_from: Option<usize>,
    languages: Vec<(usize, String)>,
}

impl Columns {
    fn find(cells: &[String]) -> Result<Self, String> {
        let mut columns = Self::default();
        for (at, cell) in cells.iter().enumerate() {
            match cell.as_str() {
                "code" => columns.code = Some(at),
                "valid_from" => columns.valid_from = Some(at),
                "" => {}
                tag => columns.languages.push((at, tag.to_owned())),
            }
        }
        if columns.code.is_none() || columns.languages.is_empty() {
            return Err(
                "the first line must name the columns: code, valid_from, and a language tag for \
                 each language, as in zh-CN"
                    .to_owned(),
            );
        }
        Ok(columns)
    }

    fn entry(
        &self,
        cells: &[String],
    ) -> Result<Option<(String, Option<Date>, Vec<String>)>, String> {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let code = self.code.map_or("", cell);
        if code.is_empty() {
            return Ok(None);
        }
        let is_short = code.len() <= 12 && code.bytes().all(|byte| byte.is_ascii_digit());
        let filled = format!("{code:0<12}");
        if !is_short || code.len() < 2 || !is_code(&filled) {
            return Err(format!("`{code}` is not a code of 2 to 12 digits"));
        }
        let from = match self.valid_from.map_or("", cell) {
            "" => None,
            text => Some(text.parse().map_err(|_| {
                format!("`{text}` is not a date; write it as 2026-01-01 or leave it empty")
            })?),
        };
        let texts = self
            .languages
            .iter()
            .map(|(at, _)| super::lines::clean(cell(*at)));
        Ok(Some((digits_of(&filled), from, texts.collect())))
    }
}

/// A filled-up code without the zeros that fill it.
fn digits_of(code: &str) -> String {
    let mut digits = code;
    for (_, many) in LEVELS.iter().rev() {
        digits = &code[..*many];
        let start = LEVELS
            .iter()
            .rev()
            .map(|(_, many)| *many)
            .find(|shorter| shorter < many);
        if digits[start.unwrap_or(0)..]
            .bytes()
            .any(|byte| byte != b'0')
        {
            break;
        }
    }
    digits.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    use jiff::civil::date;

    #[test]
    fn codes_are_rolled_up_to_the_places_that_there_are() {
        for (code, expected) in [
            // An ordinary one, and ones that stop at a larger place.
            (
                "330106001002",
                ["33", "3301", "330106", "330106001", "330106001002"],
            ),
            ("330106000000", ["33", "3301", "330106", "330106", "330106"]),
            ("330100000000", ["33", "3301", "3301", "3301", "3301"]),
            ("330000000000", ["33"; 5]),
            // Municipalities: a district and a county.
            (
                "110101001000",
                ["11", "11", "110101", "110101001", "110101001"],
            ),
            (
                "500233100200",
                ["50", "50", "500233", "500233100", "500233100200"],
            ),
            // Counties that a province governs.
            (
                "429004001001",
                ["42", "429004", "429004", "429004001", "429004001001"],
            ),
            (
                "469001000000",
                ["46", "469001", "469001", "469001", "469001"],
            ),
            (
                "659001400000",
                ["65", "659001", "659001", "659001400", "659001400"],
            ),
            // Cities without districts.
            (
                "441900003001",
                ["44", "4419", "4419", "441900003", "441900003001"],
            ),
            (
                "442000001000",
                ["44", "4420", "4420", "442000001", "442000001"],
            ),
            (
                "460400100000",
                ["46", "4604", "4604", "460400100", "460400100"],
            ),
            (
                "620200001000",
                ["62", "6202", "6202", "620200001", "620200001"],
            ),
        ] {
            let places = LEVELS.map(|(level, _)| place_at(code, level));
            assert_eq!(places, expected, "{code}");
        }
        for text in [
            "",
            "33",
            "33010600100x",
            "3301060010021",
            "000000000000",
            "三三",
        ] {
            assert_eq!(place_at(text, Level::County), text);
        }
    }

    fn names(text: &str) -> Result<Names, String> {
        Names::parse(Path::new("places.csv"), text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_place_has_the_name_of_the_day_in_the_language_asked_for() {
        let names = names(
            "\u{feff}code,valid_from,zh-CN,en\n\
             441900000000,,东莞市,Dongguan\n\
             330106,2021-04-09,西湖区,\n\
             330106,,西湖旧区,Old Xihu\n\
             \n\
             50,,重庆市,Chongqing\n",
        )
        .unwrap();
        let on = date(2026, 12, 31);
        assert_eq!(names.name("4419", "en", on), Some("Dongguan"));
        assert_eq!(names.name("330106", "zh-CN", on), Some("西湖区"));
        assert_eq!(
            names.name("330106", "zh-CN", date(2020, 1, 1)),
            Some("西湖旧区")
        );
        // No English name any more: the table's first language.
        assert_eq!(names.name("330106", "en", on), Some("西湖区"));
        assert_eq!(names.name("50", "fr", on), Some("重庆市"));
        assert_eq!(names.name("51", "en", on), None);
    }

    #[test]
    fn a_table_that_cannot_be_used_is_refused_by_its_line() {
        for (text, said) in [
            (
                "a,b\n",
                "places.csv:1`: the first line must name the columns",
            ),
            (
                "code,zh-CN\n330106,西湖区\n3x,坏\n",
                "places.csv:3`: `3x` is not a code",
            ),
            (
                "code,valid_from,en\n33,1.1.2026,A\n",
                "places.csv:2`: `1.1.2026` is not a date",
            ),
            ("code,en\n33,\"A\n", "places.csv:2`: "),
        ] {
            let error = names(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
        let not_utf8 = Names::parse(Path::new("p.csv"), b"code,en\n33,\xd6\xd0\n").unwrap_err();
        assert!(not_utf8.to_string().contains("UTF-8"), "{not_utf8}");
    }
}
