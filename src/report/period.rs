//! The span of days that a report is about: a year or a month.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// The years that reports are made of; beyond them a date is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2999;

/// A year, or one month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
    is_year: bool,
}

/// A text that is neither a year nor a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPeriod(String);

impl fmt::Display for NoPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        write!(
            f,
            "cannot read `{text}` as a year or a month: write 2026 or 2026-03"
        )
    }
}

impl std::error::Error for NoPeriod {}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let read = || {
            let digits = |text: &str, many: usize| {
                let is_number = text.len() == many && text.bytes().all(|b| b.is_ascii_digit());
                is_number.then(|| text.parse::<i16>().ok()).flatten()
            };
            let (year, month) = match text.split_once('-') {
                Some((year, month)) => (year, Some(digits(month, 2)?)),
                None => (text, None),
            };
            let year = digits(year, 4).filter(|year| YEARS.contains(year))?;
            let day = |month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
            Some(Self {
                first: day(month.unwrap_or(1))?,
                last: day(month.unwrap_or(12))?.last_of_month(),
                is_year: month.is_none(),
            })
        };
        read().ok_or_else(|| NoPeriod(text.to_owned()))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.first.year())?;
        match self.is_year {
            true => Ok(()),
            false => write!(f, "-{:02}", self.first.month()),
        }
    }
}

impl Period {
    /// Its first day.
    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(&self) -> Date {
        self.last
    }

    /// Whether it is a whole year.
    #[must_use]
    pub fn is_year(&self) -> bool {
        self.is_year
    }

    /// Its months, as `2026-03`.
    pub fn months(&self) -> impl Iterator<Item = String> {
        let year = self.first.year();
        (self.first.month()..=self.last.month()).map(move |month| format!("{year:04}-{month:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_months_are_read_and_nothing_else_is() {
        for (text, first, last, months) in [
            ("2026", "2026-01-01", "2026-12-31", 12),
            ("2024-02", "2024-02-01", "2024-02-29", 1),
            ("2026-12", "2026-12-01", "2026-12-31", 1),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.first().to_string(), first);
            assert_eq!(period.last().to_string(), last);
            assert_eq!(period.months().count(), months);
        }
        for text in [
            "",
            "26",
            "20261",
            "2026-13",
            "2026-0",
            "2026-3",
            "1999",
            "2026-03-01",
            "+026",
            "二〇二六",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
