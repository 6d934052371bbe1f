//! Questions that read like another one (Q25), within a pack and between packs.
//!
//! What a question asks is its prompt with its right options and what its pictures show; wrong options, order, spaces and
//! punctuation do not matter. In each language the measure is Jaccard's on the sets of character
//! n-grams: those that both have, of those that either has. Chinese is cut into pairs of
//! characters, which are about its words, other languages into fours.
//!
//! Questions are not compared each with each. Two sets that share enough must share some of the
//! rarer members of each, so only those are looked up (the prefix filter of similarity joins, S.
//! Chaudhuri et al., 2006). That misses nothing as long as the rarer ones are rare, and in what
//! people write few questions share several of them. Of those that more than `COMMON` questions
//! have the later questions are not looked up, so that no bank takes for ever.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Choice, Image, Kind, Localised, Pack, Problem, Question, check};

/// How much two questions share, in per cent, to be called alike.
pub const ALIKE: usize = 70;

/// A question that reads like an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The earlier question, as an index.
    pub first: usize,
    /// The later question, as an index; there is at most one twin for each.
    pub second: usize,
    /// The language (BCP 47 tag) in which they are most alike.
    pub language: String,
    /// How much they share there, in per cent rounded down, from [`ALIKE`] to 100.
    pub share: usize,
}

/// Warns of every question of these packs, each with its folder, that is like an earlier one.
///
/// [`load`](super::load()) does not: it matters to whoever writes questions, and a station has better
/// things to do when it starts. Several versions of a pack may be given; a question is no twin of
/// itself.
#[must_use]
pub fn problems<'a>(packs: impl IntoIterator<Item = (&'a Path, &'a Pack)>) -> Vec<Problem> {
    let mut known = BTreeSet::new();
    let (folders, questions): (Vec<_>, Vec<&Question>) = packs
        .into_iter()
        .flat_map(|(folder, pack)| pack.questions().iter().map(move |one| (folder, &**one)))
        .filter(|(_, question)| known.insert((question.pack().id(), question.id())))
        .unzip();
    let say = |twin: Twin| {
        let (first, second) = (questions.get(twin.first)?, questions.get(twin.second)?);
        let file = folders.get(twin.second)?.join("questions.ron");
        let args = vec![
            ("question", second.id().into()),
            ("pack", second.pack().id().into()),
            ("other", first.id().into()),
            ("other-pack", first.pack().id().into()),
            ("share", twin.share.into()),
            ("language", twin.language.into()),
        ];
        let id = Some(second.id().to_owned());
        Some(check::problem("near-duplicate", file, id, args))
    };
    twins(&questions).into_iter().filter_map(say).collect()
}

/// Every question that is like an earlier one in some language, each with the one that it is most
/// like, in the order of the questions.
#[must_use]
pub fn twins(questions: &[&Question]) -> Vec<Twin> {
    let mut languages: Vec<&str> = Vec::new();
    for language in questions
        .iter()
        .flat_map(|question| question.pack().languages())
    {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    let mut found: Vec<Option<Twin>> = vec![None; questions.len()];
    for language in languages {
        let sets: Vec<_> = questions
            .iter()
            .map(|question| grams_of(question, language))
            .collect();
        for (second, nearest) in nearest_earlier(&sets).into_iter().enumerate() {
            if let (Some((first, share)), Some(twin)) = (nearest, found.get_mut(second))
                && twin.as_ref().is_none_or(|twin| twin.share < share)
            {
                *twin = Some(Twin {
                    first,
                    second,
                    language: language.to_owned(),
                    share,
                });
            }
        }
    }
    found.into_iter().flatten().collect()
}

/// How much two questions share in a language, in per cent rounded down; `None` if one of them has
/// no text in it.
#[must_use]
pub fn likeness(one: &Question, other: &Question, language: &str) -> Option<usize> {
    let (one, other) = (grams_of(one, language), grams_of(other, language));
    (!one.is_empty() && !other.is_empty()).then(|| percent(&one, &other))
}

/// The n-grams of what a question asks in a language, sorted, each once; none if its pack does not
/// have the language.
fn grams_of(question: &Question, language: &str) -> Vec<u64> {
    let mut grams = Vec::new();
    if question.pack().languages().any(|own| own == language) {
        let han = ["zh", "ja", "ko"].contains(&language.split('-').next().unwrap_or_default());
        let size = if han { 2 } else { 4 };
        let is_key = |option: &&Choice| match question.kind() {
            Kind::Single | Kind::Multi => option.is_correct(),
            // Every true statement has the same right option.
            Kind::TrueFalse => false,
            Kind::Order => true,
        };
        let keys = question.options().iter().filter(is_key);
        // "What does this sign mean?" is asked of many signs.
        let shown = question.image().map(Image::alt);
        let texts = std::iter::once(question.prompt())
            .chain(shown)
            .chain(keys.flat_map(said_of));
        for text in texts {
            add_grams(text.get(language), size, &mut grams);
        }
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// What an option says, and what its picture shows.
fn said_of(option: &Choice) -> impl Iterator<Item = &Localised> {
    let shown = option.image().map(Image::alt);
    std::iter::once(option.text()).chain(shown)
}

/// Adds the n-grams of a text, two or four characters in one number; the rarest of scripts, which
/// need more than 16 bits, may fall together in fours. A shorter text is an n-gram by itself.
fn add_grams(text: &str, size: usize, grams: &mut Vec<u64>) {
    let characters: Vec<u64> = text
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|character| u32::from(character).into())
        .collect();
    let packed = |gram: &[u64]| {
        gram.iter()
            .fold(0, |packed, next| packed << (64 / size) ^ next)
    };
    if characters.len() < size {
        grams.push(packed(&characters));
    }
    grams.extend(characters.windows(size).map(packed));
}

/// How much two sorted sets share, in per cent rounded down.
fn percent<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut shared = 0;
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let order = a.cmp(b);
        if order.is_eq() {
            shared += 1;
        }
        if order.is_le() {
            left.next();
        }
        if order.is_ge() {
            right.next();
        }
    }
    shared * 100 / (one.len() + other.len() - shared).max(1)
}

/// How many of their rarer n-grams two sets must share to be compared whole. More would leave fewer
/// to compare, but make the lists of those that have an n-gram longer.
const SHARED: usize = 6;

/// In how many sets an n-gram is looked up.
const COMMON: usize = 1000;

/// For each set the earlier one that it shares most with, and how much, if they are alike.
fn nearest_earlier(sets: &[Vec<u64>]) -> Vec<Option<(usize, usize)>> {
    let (ranked, ranks) = rarest_first(sets);
    // Whatever is alike shares at least so many with a set.
    let needed = |set: &[usize]| (set.len() * ALIKE).div_ceil(100);
    let mut having: Vec<Vec<usize>> = vec![Vec::new(); ranks];
    let mut shared = vec![0_usize; sets.len()];
    let mut touched = Vec::new();
    let mut nearest = Vec::with_capacity(sets.len());
    for (second, set) in ranked.iter().enumerate() {
        // Beyond these there are too few left to share what is needed without SHARED of these.
        let length = (set.len() + SHARED).saturating_sub(needed(set));
        let prefix = set.get(..length).unwrap_or(set);
        for first in prefix.iter().filter_map(|rank| having.get(*rank)).flatten() {
            if let Some(count) = shared.get_mut(*first) {
                if *count == 0 {
                    touched.push(*first);
                }
                *count += 1;
            }
        }
        let mut best: Option<(usize, usize)> = None;
        for first in touched.drain(..) {
            let count = shared.get_mut(first).map_or(0, std::mem::take);
            let Some(other) = ranked.get(first) else {
                continue;
            };
            if count < SHARED.min(needed(set).max(needed(other)))
                || best.is_some_and(|(_, most)| most == 100)
            {
                continue;
            }
            let share = percent(set, other);
            if share >= ALIKE && best.is_none_or(|(_, most)| share > most) {
                best = Some((first, share));
            }
        }
        // Of those that are the same, the first stands for all.
        if best.is_none_or(|(_, share)| share < 100) {
            for rank in prefix {
                if let Some(earlier) = having.get_mut(*rank)
                    && earlier.len() < COMMON
                {
                    earlier.push(second);
                }
            }
        }
        nearest.push(best);
    }
    nearest
}

/// The sets with each n-gram replaced by its rank, sorted: the rarer, the lower. And how many ranks
/// there are.
fn rarest_first(sets: &[Vec<u64>]) -> (Vec<Vec<usize>>, usize) {
    let mut members: Vec<(u64, usize)> = sets
        .iter()
        .enumerate()
        .flat_map(|(index, set)| set.iter().map(move |gram| (*gram, index)))
        .collect();
    members.sort_unstable();
    let mut groups: Vec<_> = members.chunk_by(|one, next| one.0 == next.0).collect();
    // Stable, so that equally rare ones stay in the same order for every set.
    groups.sort_by_key(|group| group.len());
    let mut ranked: Vec<Vec<usize>> = sets
        .iter()
        .map(|set| Vec::with_capacity(set.len()))
        .collect();
    for (rank, group) in groups.iter().enumerate() {
        for (_, index) in *group {
            if let Some(set) = ranked.get_mut(*index) {
                set.push(rank);
            }
        }
    }
    (ranked, groups.len())
}
