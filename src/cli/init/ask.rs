//! The questions of `kepu init`, one line each; Enter takes what stands in brackets.

use std::io::{self, BufRead, Write};

use rand::TryRng;
use rand::rngs::SysRng;

use super::{Arguments, Failure, Words, panel_mm};
use crate::config::{Station, VENUES};
use crate::staff;

/// The longest answer that is read, in bytes.
const ANSWER_LIMIT: u64 = 1024;

impl Arguments {
    /// The questions that options have answered already, by their fields.
    pub(super) fn given(&self) -> Vec<&'static str> {
        [
            ("id", self.id.is_some()),
            ("name", self.name_zh.is_some() || self.name_en.is_some()),
            ("venue", self.venue.is_some()),
            ("division", self.division.is_some()),
            ("languages", !self.languages.is_empty()),
            ("panel_mm", self.panel_mm.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, given)| given.then_some(field))
        .collect()
    }
}

/// Asks on a terminal.
pub(super) struct Asker<'a, R, W> {
    words: &'a Words,
    input: R,
    output: W,
}

impl<'a, R: BufRead, W: Write> Asker<'a, R, W> {
    pub(super) fn new(words: &'a Words, input: R, output: W) -> Self {
        Self {
            words,
            input,
            output,
        }
    }

    /// Says something that is no question.
    pub(super) fn say(&mut self, key: &str) -> io::Result<()> {
        writeln!(self.output, "{}", self.words.say(key, &[]))
    }

    /// Asks for every setting that `given` does not name, each until the answer can be used.
    pub(super) fn settings(
        &mut self,
        station: &mut Station,
        given: &[&str],
    ) -> Result<(), Failure> {
        let wanted = |field: &str| !given.contains(&field);
        if wanted("id") {
            self.setting(
                station,
                "id",
                "init-id",
                &suggested_id()?,
                |station, answer| {
                    station.id = Some(answer.to_owned());
                },
            )?;
        }
        if wanted("name") {
            for (tag, question) in [("zh-CN", "init-name-zh"), ("en", "init-name-en")] {
                self.setting(station, "name", question, "", |station, answer| {
                    station.name.retain(|(other, _)| other != tag);
                    if !answer.is_empty() {
                        station.name.push((tag.to_owned(), answer.to_owned()));
                    }
                })?;
            }
        }
        if wanted("venue") {
            self.venue(station)?;
        }
        if wanted("division") {
            self.setting(
                station,
                "division",
                "init-division",
                "",
                |station, answer| {
                    station.division = (!answer.is_empty()).then(|| answer.to_owned());
                },
            )?;
        }
        if wanted("languages") {
            // The language that is spoken here comes first.
            let mut usual = vec![self.words.language.clone()];
            let others = self.words.locales.offered();
            usual.extend(others.filter(|tag| *tag != self.words.language));
            let default = usual.join(",");
            self.setting(
                station,
                "languages",
                "init-languages",
                &default,
                |station, answer| {
                    let tags = answer.split([',', '，', '、', ' ']);
                    let tags = tags.filter(|tag| !tag.is_empty());
                    station.languages = tags.map(str::to_owned).collect();
                },
            )?;
        }
        if wanted("panel_mm") {
            self.panel(station)?;
        }
        Ok(())
    }

    fn venue(&mut self, station: &mut Station) -> Result<(), Failure> {
        for (number, venue) in (1..).zip(VENUES) {
            let name = self.words.say(&format!("venue-{venue}"), &[]);
            writeln!(self.output, "  {number} {venue}: {name}")?;
        }
        let default = station.venue.clone();
        self.setting(
            station,
            "venue",
            "init-venue",
            &default,
            |station, answer| {
                let number = answer.parse::<usize>().ok();
                let by_number = number.and_then(|number| VENUES.get(number.checked_sub(1)?));
                by_number
                    .copied()
                    .unwrap_or(answer)
                    .clone_into(&mut station.venue);
            },
        )
    }

    /// The panel in millimetres, or its diagonal in inches.
    fn panel(&mut self, station: &mut Station) -> Result<(), Failure> {
        loop {
            let answer = self.ask("init-panel", "")?;
            if answer.is_empty() {
                return Ok(());
            }
            let Some(size) = panel_mm(&answer).ok().or_else(|| from_diagonal(&answer)) else {
                let text = self.words.with_hint("init-not-a-panel", &[]);
                writeln!(self.output, "{text}")?;
                continue;
            };
            station.panel_mm = Some(size);
            if panel_mm(&answer).is_err() && self.yes("init-upright")? {
                station.panel_mm = Some((size.1, size.0));
            }
            if self.told(station, "panel_mm")? {
                return Ok(());
            }
            station.panel_mm = None;
        }
    }

    /// The PIN, typed twice and not shown; nothing, when it is to be set at the screen.
    pub(super) fn pin(
        &mut self,
        mut read: impl FnMut(String) -> io::Result<String>,
    ) -> Result<Option<String>, Failure> {
        loop {
            let pin = read(format!("{}: ", self.words.say("init-pin", &[])))?;
            if pin.is_empty() {
                return Ok(None);
            }
            if let Err(refused) = staff::check_new(&pin) {
                writeln!(self.output, "{}", self.words.refused(&refused))?;
                continue;
            }
            if read(format!("{}: ", self.words.say("init-pin-again", &[])))? == pin {
                return Ok(Some(pin));
            }
            self.say("init-pin-differs")?;
        }
    }

    /// Asks until the field has no problem.
    fn setting(
        &mut self,
        station: &mut Station,
        field: &str,
        question: &str,
        default: &str,
        set: impl Fn(&mut Station, &str),
    ) -> Result<(), Failure> {
        loop {
            let answer = self.ask(question, default)?;
            set(station, &answer);
            if self.told(station, field)? {
                return Ok(());
            }
        }
    }

    /// Whether a field is sound; what is wrong has been said.
    fn told(&mut self, station: &Station, field: &str) -> io::Result<bool> {
        let problems = self.words.problems(station, Some(field));
        for problem in &problems {
            writeln!(self.output, "{problem}")?;
        }
        Ok(problems.is_empty())
    }

    fn yes(&mut self, question: &str) -> Result<bool, Failure> {
        let answer = self.ask(question, "n")?.to_lowercase();
        Ok(["y", "yes", "是"].contains(&answer.as_str()))
    }

    fn ask(&mut self, question: &str, default: &str) -> Result<String, Failure> {
        let question = self.words.say(question, &[]);
        match default {
            "" => write!(self.output, "{question}: ")?,
            default => write!(self.output, "{question} [{default}]: ")?,
        }
        self.output.flush()?;
        let mut line = Vec::new();
        // More than that nobody types.
        io::Read::take(&mut self.input, ANSWER_LIMIT).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Err(self.words.failure("init-ended", &[]));
        }
        let line = String::from_utf8_lossy(&line);
        let answer = line.trim();
        Ok(if answer.is_empty() { default } else { answer }.to_owned())
    }
}

/// An id that no other station has, for those who have no names for theirs.
fn suggested_id() -> Result<String, Failure> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 5];
    SysRng.try_fill_bytes(&mut bytes)?;
    let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    Ok(format!("station-{}", letters.iter().collect::<String>()))
}

/// A panel of 16 to 9 from its diagonal in inches, lying.
fn from_diagonal(text: &str) -> Option<(u32, u32)> {
    let number = text.trim_end_matches(['"', '″', '寸', '英', ' ']);
    let millimetres = number
        .parse::<f64>()
        .ok()
        .filter(|inches| (1.0..=200.0).contains(inches))?
        * 25.4;
    let whole = |share: f64| (millimetres * share / 337_f64.sqrt()).round() as u32;
    Some((whole(16.0), whole(9.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::locale::Locales;

    fn words(language: &str) -> Words {
        Words {
            locales: Locales::shipped().unwrap(),
            language: language.to_owned(),
        }
    }

    /// The settings after these answers, and what was shown.
    fn answered(
        language: &str,
        given: &[&str],
        answers: &str,
    ) -> (Result<Station, Failure>, String) {
        let words = words(language);
        let mut shown = Vec::new();
        let mut station = Station::default();
        let done = Asker::new(&words, answers.as_bytes(), &mut shown).settings(&mut station, given);
        (done.map(|()| station), String::from_utf8(shown).unwrap())
    }

    #[test]
    fn answers_become_settings_and_a_wrong_one_is_asked_again() {
        let answers = "East\neast-gate\n东门\n\n1\n123\n330102001000\nxx\nzh-CN，en\nhuge\n24\ny\n";
        let (station, shown) = answered("en", &[], answers);
        let station = station.unwrap();
        assert_eq!(station.id.as_deref(), Some("east-gate"));
        assert_eq!(station.name, [("zh-CN".to_owned(), "东门".to_owned())]);
        assert_eq!(station.venue, "museum");
        assert_eq!(station.division.as_deref(), Some("330102001000"));
        assert_eq!(station.languages, ["zh-CN", "en"]);
        assert_eq!(station.panel_mm, Some((299, 531)), "24 inches, upright");
        assert_eq!(station.problems(), []);
        for text in [
            "`id` must be 1 to 32",
            "`division` must be a code",
            "there are no texts in “xx”",
            "this is no panel size",
            "  1 museum: science museum\n",
        ] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
    }

    #[test]
    fn enter_takes_the_defaults() {
        let (station, _) = answered("zh-CN", &[], &"\n".repeat(7));
        let station = station.unwrap();
        let id = station.id.clone().unwrap();
        assert!(id.starts_with("station-") && id.len() == 13, "{id}");
        assert_eq!(station.languages, ["zh-CN", "en"], "the spoken one first");
        let expected = Station {
            id: station.id.clone(),
            languages: station.languages.clone(),
            ..Station::default()
        };
        assert_eq!(station, expected);
    }

    #[test]
    fn what_options_say_is_not_asked() {
        let all = ["id", "name", "venue", "division", "languages", "panel_mm"];
        let (station, shown) = answered("en", &all, "");
        assert_eq!(station.unwrap(), Station::default());
        assert_eq!(shown, "");
    }

    #[test]
    fn an_end_of_the_answers_ends_the_questions() {
        for answers in ["", "a\n", "a\nb\nc\nmuseum\n12"] {
            let (station, _) = answered("en", &[], answers);
            let told = station.unwrap_err().to_string();
            assert!(told.starts_with("the answers ended"), "{told}");
        }
    }

    #[test]
    fn a_pin_is_typed_twice_alike_and_never_shown() {
        let words = words("en");
        let mut shown = Vec::new();
        let typed = ["123456", "294816", "294817", "294816", "294816"];
        let mut typed = typed.into_iter().map(str::to_owned);
        let pin = Asker::new(&words, &b""[..], &mut shown).pin(|_| Ok(typed.next().unwrap()));
        assert_eq!(pin.unwrap().as_deref(), Some("294816"));
        let shown = String::from_utf8(shown).unwrap();
        assert!(shown.contains("follow one another"), "{shown}");
        assert!(shown.contains("The two are not the same."), "{shown}");
        assert!(
            !shown.contains("2948") && !shown.contains("123456"),
            "{shown}"
        );
        let mut shown = Vec::new();
        let later = Asker::new(&words, &b""[..], &mut shown).pin(|_| Ok(String::new()));
        assert_eq!(later.unwrap(), None);
    }

    #[test]
    fn a_diagonal_becomes_a_panel_of_16_to_9() {
        assert_eq!(from_diagonal("24"), Some((531, 299)));
        assert_eq!(from_diagonal("21.5\""), Some((476, 268)));
        assert_eq!(from_diagonal("55英寸"), Some((1218, 685)));
        for text in ["", "0", "-5", "NaN", "1e9", "wide"] {
            assert_eq!(from_diagonal(text), None, "{text}");
        }
    }
}
