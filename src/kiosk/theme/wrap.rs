//! Where a line may not be broken. Between Han characters any place would do, and so a last line
//! often gets a single one; a number is parted from what it counts, and the last word of a sentence
//! from all others. What is to stay together is joined by U+2060, which is drawn as nothing.

/// Joins what stands on both sides of it.
const JOINER: char = '\u{2060}';

/// How many characters are kept together at the end, so that no line has only one or two.
const TOGETHER: usize = 3;

/// The same in a text of up to so many characters, which has one line or a narrow place.
const SHORT_TOGETHER: usize = 2;
const SHORT: usize = 8;

/// Up to so many characters a text stays as it is.
const SHORTEST: usize = 4;

/// How long the last two words may be to be kept together, with the space between them.
const LAST_WORDS: usize = 14;

/// A text with its joiners.
pub(in crate::kiosk) fn bound(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(bound_line).collect();
    lines.join("\n")
}

fn bound_line(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut bound = String::with_capacity(text.len() + 16);
    let last = end_together(&characters);
    let last_word = last_word(&characters);
    let at = |index: Option<usize>| index.map(|index| characters[index]);
    for (index, character) in characters.iter().enumerate() {
        let spaced = at(index.checked_sub(2));
        if let Some(before) = at(index.checked_sub(1))
            && ((index > last && is_han(before) && !character.is_whitespace())
                || counts(before, *character)
                || (before == ' ' && spaced.is_some_and(|number| number.is_ascii_digit()))
                || last_word == Some(index))
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
    let together = match characters.len() {
        0..=SHORTEST => return characters.len(),
        length if length <= SHORT => SHORT_TOGETHER,
        _ => TOGETHER,
    };
    let han = characters.iter().enumerate().rev();
    let mut han = han.filter(|(_, character)| is_han(**character));
    han.nth(together - 1)
        .map_or(characters.len(), |(index, _)| index)
}

/// Where the last word begins, if it is to stay with the one before: of three words or more, when
/// the two are short.
fn last_word(characters: &[char]) -> Option<usize> {
    let spaces = characters.iter().enumerate().rev();
    let mut spaces = spaces.filter(|(_, character)| **character == ' ');
    let (last, _) = spaces.next()?;
    let (before, _) = spaces.next()?;
    (last + 1 < characters.len() && characters.len() - before - 1 <= LAST_WORDS).then_some(last + 1)
}

/// Whether a number stands before what it counts, or a sign before its number.
fn counts(before: char, after: char) -> bool {
    (before.is_ascii_digit() && (is_han(after) || matches!(after, '～' | '%' | '℃')))
        || (after.is_ascii_digit() && matches!(before, '第' | '～' | '约' | '、'))
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
        assert_eq!(shown("抓牢身边固定物"), "抓牢身边固定|物");
        assert_eq!(shown("健康生活"), "健康生活");
        assert_eq!(
            shown("先走楼梯，别坐电梯。\n再报警。"),
            "先走楼梯，别坐|电|梯|。\n再报警。"
        );
    }

    #[test]
    fn the_last_word_of_a_sentence_stays_with_the_one_before_when_both_are_short() {
        assert_eq!(
            shown("Which of these is right?"),
            "Which of these is |right?"
        );
        assert_eq!(shown("Next question"), "Next question");
        assert_eq!(
            shown("Ask about identity authentication"),
            "Ask about identity authentication"
        );
    }

    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(shown("14 道题, 7 of 20"), "14 |道题, 7 |of |20");
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
