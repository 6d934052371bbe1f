//! The word lists that the rules listen for: data in `assets/rules`, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::item::Tongue;

const AVOID: &str = include_str!("../../../assets/rules/avoid.ron");
const HAN: &str = include_str!("../../../assets/rules/han.txt");
const LATIN: &str = include_str!("../../../assets/rules/latin.ron");
const TRADITIONAL: &str = include_str!("../../../assets/rules/traditional.txt");
const PHONES: &str = include_str!("../../../assets/rules/phones.ron");
const WORDS: &str = include_str!("../../../assets/rules/words.ron");

/// What a word in a text tells the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Q01: it joins two questions.
    Joining,
    /// Q06: it asks for what is not so.
    Negative,
    /// Looks like [`Sense::Negative`] and is none; it hides what it covers.
    NotNegative,
    /// Q07: twice no.
    Doubled,
    /// Q07: any sort of no.
    AnyNegative,
    /// Q10: always, never.
    Absolute,
    /// Q11: now and then.
    Vague,
    /// Q05: it speaks of the other options.
    CatchAll,
    /// Q29: a colour.
    Colour,
    /// Q29: a map of the country.
    Map,
    /// Q31: a firm or its wares.
    Brand,
    /// Q20: the first word of a way to meet a topic that is to be avoided.
    Avoided(usize),
}

/// Every list of one language.
#[derive(Default, Deserialize)]
struct Words {
    joining: Vec<String>,
    negative: Vec<String>,
    not_negative: Vec<String>,
    doubled: Vec<String>,
    any_negative: Vec<String>,
    absolute: Vec<String>,
    vague: Vec<String>,
    catch_all: Vec<String>,
    colours: Vec<String>,
    maps: Vec<String>,
    brands: Vec<String>,
}

#[derive(Default, Deserialize)]
struct BothWords {
    chinese: Words,
    english: Words,
}

#[derive(Default, Deserialize)]
struct Latin {
    chinese: HashSet<String>,
    abbreviations: HashSet<String>,
}

#[derive(Default, Deserialize)]
struct Phones {
    emergency: Vec<String>,
}

/// A topic of the avoid list as it is written.
#[derive(Deserialize)]
struct Topic {
    id: String,
    /// For those who edit the list; the sentences shown are Fluent messages.
    #[serde(rename = "why")]
    _why: String,
    chinese: Vec<Vec<String>>,
    english: Vec<Vec<String>>,
}

/// One way to meet a topic: all these words in one question.
pub(super) struct Way {
    /// The topic's id.
    pub(super) topic: String,
    pub(super) words: Vec<String>,
}

/// A set of characters that is asked for every character of every text.
#[derive(Default)]
struct Characters(Vec<bool>);

impl Characters {
    fn insert(&mut self, character: char) {
        let at = character as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, false);
        }
        if let Some(is_in) = self.0.get_mut(at) {
            *is_in = true;
        }
    }

    fn contains(&self, character: char) -> bool {
        self.0.get(character as usize).copied().unwrap_or(false)
    }
}

/// The simplified forms of traditional characters, for the lists know only those.
struct Simplified(Vec<char>);

impl Simplified {
    /// The block of Han characters with nearly all that are in use.
    const FIRST: u32 = 0x4E00;

    fn read(pairs: &str) -> Self {
        let mut forms: Vec<char> = ('\u{4E00}'..='\u{9FFF}').collect();
        let lines = pairs.lines().filter(|line| !line.starts_with('#'));
        for pair in lines.flat_map(str::split_whitespace) {
            let mut pair = pair.chars();
            if let (Some(traditional), Some(simplified)) = (pair.next(), pair.next())
                && let Some(at) = u32::from(traditional).checked_sub(Self::FIRST)
                && let Some(form) = forms.get_mut(at as usize)
            {
                *form = simplified;
            }
        }
        Self(forms)
    }

    fn of(&self, character: char) -> char {
        let at = u32::from(character).checked_sub(Self::FIRST);
        let form = at.and_then(|at| self.0.get(at as usize));
        form.copied().unwrap_or(character)
    }
}

/// Finds words of many lists in one pass over a text.
#[derive(Default)]
pub(super) struct Matcher {
    firsts: Characters,
    by_first: HashMap<char, Vec<(String, Sense)>>,
    /// English words end where letters end; Chinese ones anywhere.
    whole_words: bool,
}

impl Matcher {
    fn new(words: Words, ways: &[Way], whole_words: bool) -> Self {
        let mut matcher = Self {
            whole_words,
            ..Self::default()
        };
        for (list, sense) in [
            (words.joining, Sense::Joining),
            (words.negative, Sense::Negative),
            (words.not_negative, Sense::NotNegative),
            (words.doubled, Sense::Doubled),
            (words.any_negative, Sense::AnyNegative),
            (words.absolute, Sense::Absolute),
            (words.vague, Sense::Vague),
            (words.catch_all, Sense::CatchAll),
            (words.colours, Sense::Colour),
            (words.maps, Sense::Map),
            (words.brands, Sense::Brand),
        ] {
            list.into_iter().for_each(|word| matcher.enter(word, sense));
        }
        for (index, way) in ways.iter().enumerate() {
            if let Some(first) = way.words.first() {
                matcher.enter(first.clone(), Sense::Avoided(index));
            }
        }
        matcher
    }

    fn enter(&mut self, word: String, sense: Sense) {
        if let Some(first) = word.chars().next() {
            self.firsts.insert(first);
            self.by_first.entry(first).or_default().push((word, sense));
        }
    }

    /// Every listed word in a text that is in lower case and, if Chinese, without spaces: where it
    /// begins, how it is listed, and in what sense.
    pub(super) fn scan(&self, text: &str) -> Vec<(usize, &str, Sense)> {
        let mut found = Vec::new();
        let mut before = ' ';
        for (at, character) in text.char_indices() {
            if self.firsts.contains(character)
                && !(self.whole_words && before.is_alphanumeric())
                && let Some(words) = self.by_first.get(&character)
            {
                let rest = text.get(at..).unwrap_or_default();
                for (word, sense) in words {
                    if let Some(after) = rest.strip_prefix(word.as_str())
                        && ends(before, word, after, self.whole_words)
                    {
                        found.push((at, word.as_str(), *sense));
                    }
                }
            }
            before = character;
        }
        found
    }

    /// Whether a text has a word that need not be listed.
    pub(super) fn has(&self, text: &str, word: &str) -> bool {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let before = before.unwrap_or(' ');
            let after = text.get(at + word.len()..).unwrap_or_default();
            !(self.whole_words && before.is_alphanumeric())
                && ends(before, word, after, self.whole_words)
        })
    }
}

/// Whether a word may stand between these: no part of a longer number or, in English, of a longer
/// word, though it may be a plural.
fn ends(before: char, word: &str, after: &str, whole_words: bool) -> bool {
    let next = |text: &str| text.chars().next().unwrap_or(' ');
    let starts_with_digit = word.starts_with(|first: char| first.is_ascii_digit());
    let ends_with_digit = word.ends_with(|last: char| last.is_ascii_digit());
    if starts_with_digit && (before.is_ascii_digit() || before == '.')
        || ends_with_digit && next(after).is_ascii_digit()
    {
        return false;
    }
    let ends_with_letter = word.ends_with(char::is_alphanumeric);
    !whole_words
        || !ends_with_letter
        || !next(after).is_alphanumeric()
        || after
            .strip_prefix('s')
            .is_some_and(|after| !next(after).is_alphanumeric())
}

/// Everything in `assets/rules`.
pub(super) struct Lists {
    chinese: Matcher,
    english: Matcher,
    chinese_ways: Vec<Way>,
    english_ways: Vec<Way>,
    /// Latin words that may stand in Chinese texts.
    pub(super) latin: HashSet<String>,
    /// Abbreviations that need no explanation in English.
    pub(super) abbreviations: HashSet<String>,
    pub(super) emergency_lines: Vec<String>,
    common: Characters,
    simplified: Simplified,
}

impl Lists {
    fn read() -> Self {
        let words: BothWords = list(WORDS);
        let latin: Latin = list(LATIN);
        let phones: Phones = list(PHONES);
        let topics: Vec<Topic> = list(AVOID);
        let ways = |of: fn(&Topic) -> &Vec<Vec<String>>| -> Vec<Way> {
            let each = topics.iter().flat_map(|topic| {
                of(topic).iter().map(|words| Way {
                    topic: topic.id.clone(),
                    words: words.clone(),
                })
            });
            each.collect()
        };
        let (chinese_ways, english_ways) =
            (ways(|topic| &topic.chinese), ways(|topic| &topic.english));
        let mut common = Characters::default();
        let lines = HAN.lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            line.chars().for_each(|character| common.insert(character));
        }
        Self {
            chinese: Matcher::new(words.chinese, &chinese_ways, false),
            english: Matcher::new(words.english, &english_ways, true),
            chinese_ways,
            english_ways,
            latin: latin.chinese,
            abbreviations: latin.abbreviations,
            emergency_lines: phones.emergency,
            common,
            simplified: Simplified::read(TRADITIONAL),
        }
    }

    /// The words of a language; none of a language without lists.
    pub(super) fn matcher(&self, tongue: Tongue) -> Option<&Matcher> {
        match tongue {
            Tongue::Chinese => Some(&self.chinese),
            Tongue::English => Some(&self.english),
            Tongue::Other => None,
        }
    }

    /// The way to meet an avoided topic that [`Sense::Avoided`] numbers.
    pub(super) fn way(&self, tongue: Tongue, index: usize) -> Option<&Way> {
        match tongue {
            Tongue::Chinese => self.chinese_ways.get(index),
            Tongue::English => self.english_ways.get(index),
            Tongue::Other => None,
        }
    }

    /// Whether a Han character is one of those that everybody learns first, be it in its
    /// traditional form.
    pub(super) fn is_common(&self, character: char) -> bool {
        self.common.contains(self.simplified(character))
    }

    /// A traditional character as the lists write it, and any other as it is.
    pub(super) fn simplified(&self, character: char) -> char {
        self.simplified.of(character)
    }

    /// The same for every character of a text.
    pub(super) fn in_simplified(&self, text: &str) -> String {
        text.chars().map(|one| self.simplified(one)).collect()
    }
}

/// A list as it is in the program; a unit test holds that each can be read.
fn list<T: for<'de> Deserialize<'de> + Default>(text: &str) -> T {
    ron::from_str(text).unwrap_or_default()
}

/// The lists, read when the first question is checked.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locales;

    #[test]
    fn every_list_can_be_read_and_says_something() {
        assert!(ron::from_str::<Vec<Topic>>(AVOID).is_ok());
        assert!(ron::from_str::<Latin>(LATIN).is_ok());
        assert!(ron::from_str::<Phones>(PHONES).is_ok());
        assert!(ron::from_str::<BothWords>(WORDS).is_ok());
        let lists = &*LISTS;
        assert!(lists.is_common('的') && !lists.is_common('龘'));
        assert!(lists.is_common('體') && lists.is_common('後') && !lists.is_common('靨'));
        assert_eq!(
            ['鐘', '裏', '钟', 'a', '𠮷'].map(|one| lists.simplified(one)),
            ['钟', '里', '钟', 'a', '𠮷']
        );
        let common = lists.common.0.iter().filter(|is_in| **is_in).count();
        assert!(common > 3755, "{common}");
        assert!(lists.chinese_ways.len() > 20 && lists.english_ways.len() > 20);
        assert!(lists.latin.contains("kg") && lists.abbreviations.contains("HIV"));
        assert_eq!(lists.emergency_lines, ["110", "119", "120", "122"]);
        assert!(lists.chinese.by_first.len() > 40 && lists.english.by_first.len() > 15);
    }

    #[test]
    fn every_avoided_topic_has_its_reason_in_every_language() {
        let locales = Locales::shipped().unwrap();
        for language in locales.tags() {
            let say = |topic: &str| {
                let args = [("topic", topic.into()), ("found", "x".into())];
                locales.format(&language, "check-avoided-topic", &args)
            };
            for way in LISTS.chinese_ways.iter().chain(&LISTS.english_ways) {
                assert_ne!(say(&way.topic), say("?"), "{language}: {}", way.topic);
            }
        }
    }

    #[test]
    fn words_are_found_whole_in_english_and_numbers_whole_everywhere() {
        let heard = |matcher: &Matcher, text: &str, sense| {
            let found = matcher.scan(text).into_iter();
            found.filter(|(.., its)| *its == sense).count()
        };
        let (chinese, english) = (&LISTS.chinese, &LISTS.english);
        assert_eq!(heard(english, "it is not so", Sense::Negative), 1);
        assert_eq!(heard(english, "a note on knots", Sense::Negative), 0);
        assert_eq!(heard(chinese, "哪项不正确", Sense::Negative), 1);
        assert!(english.has("two minutes", "minute") && !english.has("minuted", "minute"));
        assert!(chinese.has("吃盐6克", "6克") && !chinese.has("吃盐16克", "6克"));
    }
}
