//! Where a line of Chinese may not be broken. Between Han characters any place would do, and so a
//! last line often gets a single one, and a number is parted from what it counts. Characters that
//! are to stay together are joined by U+2060, which is drawn as nothing.

/// Joins what stands on both sides of it.
const JOINER: char = '\u{2060}';

/// How many characters are kept together at the end, so that no line has only one or two.
const TOGETHER: usize = 3;

/// Up to this many characters a text stays as it is: it has one line, or a narrow place.
const SHORT: usize = 8;

/// A text with its joiners.
pub(in crate::kiosk) fn bound(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut bound = String::with_capacity(text.len() + 16);
    let last = end_together(&characters);
    for (index, character) in characters.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| characters[before])
            && ((index > last && is_han(before) && !character.is_whitespace())
                || counts(before, *character))
        {
            bound.push(JOINER);
        }
        bound.push(*character);
    }
    bound
}

/// A text as it is read, without its joiners.
pub(in crate::kiosk) fn read(text: &str) -> String {
    text.replace(JOINER, "")
}

/// From which character on the end is kept together; past the end where nothing is.
fn end_together(characters: &[char]) -> usize {
    if characters.len() <= SHORT {
        return characters.len();
    }
    let han = characters.iter().enumerate().rev();
    let mut han = han.filter(|(_, character)| is_han(**character));
    han.nth(TOGETHER - 1)
        .map_or(characters.len(), |(index, _)| index)
}

/// Whether a number stands before what it counts, or a sign before its number.
fn counts(before: char, after: char) -> bool {
    (before.is_ascii_digit() && (is_han(after) || matches!(after, '～' | '%' | '℃')))
        || (after.is_ascii_digit() && matches!(before, '第' | '～' | '约'))
}

/// Han characters as far as questions have them.
fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        bound(text).replace(JOINER, "|")
    }

    #[test]
    fn the_last_three_han_characters_of_a_sentence_stay_together() {
        assert_eq!(
            shown("脚下突然剧烈摇晃，按先后怎么做？"),
            "脚下突然剧烈摇晃，按先后怎|么|做|？"
        );
        assert_eq!(shown("抓牢身边固定物"), "抓牢身边固定物");
        assert_eq!(
            shown("Which of these is right?"),
            "Which of these is right?"
        );
    }

    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(
            shown("每天200～350克，约20分钟。"),
            "每天200|～|350|克，约|20|分|钟|。"
        );
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was_written(text in "[脚下突然，。“”0-9a-z ]{0,40}") {
            prop_assert_eq!(read(&bound(&text)), text);
        }
    }
}
