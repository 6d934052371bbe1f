//! Tests of `locale`: every language says everything, with the same values, and nothing else.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use kepu::{
    bank::{self, Audience, CODES, Localised, misconceptions},
    config,
    embedded::{self, LocaleFiles},
    face::Typeface,
    hotlines,
    locale::Locales,
    packs,
    records::{Mode, Outcome, RequestKind},
    requests, staff,
    upload::{Aside, Trouble},
};

use crate::support::{Source, TODAY, is_chinese, is_straight};

/// What a message needs and the texts that it may say.
#[derive(Debug, Default)]
struct Message {
    variables: BTreeSet<String>,
    texts: Vec<String>,
}

/// Every message and attribute of a language, by key.
type Messages = BTreeMap<String, Message>;

/// The languages by tag; only the files called `file`, if given.
fn languages(file: Option<&str>) -> BTreeMap<String, Messages> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales");
    let mut languages = BTreeMap::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        let mut messages = Messages::new();
        for path in fs::read_dir(&folder).unwrap() {
            let path = path.unwrap().path();
            let is_fluent = path.extension().is_some_and(|end| end == "ftl");
            if !is_fluent || file.is_some_and(|file| !path.ends_with(file)) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let parsed = fluent_syntax::parser::parse(text.as_str())
                .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
            for entry in &parsed.body {
                let Entry::Message(message) = entry else {
                    assert!(
                        matches!(
                            entry,
                            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_)
                        ),
                        "{}: {entry:?}",
                        path.display()
                    );
                    continue;
                };
                let key = message.id.name;
                let value = message.value.iter().map(|value| (key.to_owned(), value));
                let attributes = message
                    .attributes
                    .iter()
                    .map(|attribute| (format!("{key}.{}", attribute.id.name), &attribute.value));
                for (key, pattern) in value.chain(attributes) {
                    let mut message = Message::default();
                    walk(pattern, &mut message);
                    let before = messages.insert(key.clone(), message);
                    assert!(
                        before.is_none(),
                        "`{key}` is given twice in {}",
                        folder.display()
                    );
                }
            }
        }
        let tag = folder.file_name().unwrap().to_str().unwrap().to_owned();
        languages.insert(tag, messages);
    }
    languages
}

fn walk(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => message.texts.push((*value).to_owned()),
            PatternElement::Placeable { expression } => walk_expression(expression, message),
        }
    }
}

fn walk_expression(expression: &Expression<&str>, message: &mut Message) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, message),
        Expression::Select { selector, variants } => {
            walk_inline(selector, message);
            for variant in variants {
                walk(&variant.value, message);
            }
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, message: &mut Message) {
    match inline {
        InlineExpression::StringLiteral { value } => message.texts.push((*value).to_owned()),
        InlineExpression::NumberLiteral { .. } => {}
        InlineExpression::VariableReference { id } => {
            message.variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, message),
        InlineExpression::FunctionReference { arguments, .. } => {
            let CallArguments { positional, named } = arguments;
            for argument in positional
                .iter()
                .chain(named.iter().map(|named| &named.value))
            {
                walk_inline(argument, message);
            }
        }
        other => panic!("a reference that nothing here follows: {other:?}"),
    }
}

#[test]
fn every_shipped_locale_is_usable_and_embedded() {
    let locales = Locales::shipped().unwrap();
    let tags: Vec<_> = locales.tags().collect();
    assert_eq!(tags, languages(None).into_keys().collect::<Vec<_>>());
    assert!(tags.contains(&"en".to_owned()) && tags.contains(&"zh-CN".to_owned()));
    for (tag, messages) in languages(None) {
        for key in messages.keys() {
            assert!(locales.lookup(&tag, key, &[]).is_some(), "{tag}: {key}");
        }
    }
}

#[test]
fn every_language_has_every_key_with_the_same_variables() {
    let shape = |messages: Messages| -> BTreeMap<String, BTreeSet<String>> {
        let messages = messages.into_iter();
        messages
            .map(|(key, message)| (key, message.variables))
            .collect()
    };
    let languages = languages(None);
    assert!(languages.len() >= 3);
    let mut shapes = languages
        .into_iter()
        .map(|(tag, messages)| (tag, shape(messages)));
    let (first_tag, first) = shapes.next().unwrap();
    for (tag, other) in shapes {
        let differing: Vec<_> = first
            .keys()
            .chain(other.keys())
            .filter(|key| first.get(*key) != other.get(*key))
            .collect();
        assert!(
            differing.is_empty(),
            "{first_tag} and {tag} differ in {differing:?}"
        );
    }
}

/// Keys that are put together from an id.
fn composed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (code, ..) in CODES {
        keys.insert(format!("check-{code}"));
        keys.insert(format!("check-{code}.hint"));
    }
    for code in staff::CODES {
        keys.insert(format!("staff-{code}"));
        keys.insert(format!("staff-{code}.hint"));
    }
    for (code, _) in config::CODES {
        keys.insert(format!("station-{code}"));
        keys.insert(format!("station-{code}.hint"));
    }
    // Of a topic that a pack brings along there is nothing to be said.
    keys.extend(
        ["health", "emergency", "antifraud", "agriculture"]
            .map(|topic| format!("topic-about-{topic}")),
    );
    keys.extend(config::VENUES.map(|venue| format!("venue-{venue}")));
    keys.extend(
        ["not-a-panel", "not-shipped", "ended", "no-id", "there"]
            .map(|what| format!("init-{what}.hint")),
    );
    for code in packs::media::CODES {
        keys.insert(format!("pack-{code}"));
        keys.insert(format!("pack-{code}.hint"));
    }
    for code in Trouble::CODES {
        keys.insert(format!("upload-trouble-{code}"));
        keys.insert(format!("upload-trouble-{code}.hint"));
    }
    for what in [
        "address-form",
        "address-secret",
        "credentials-form",
        "credentials-open",
        "credentials-unreadable",
    ] {
        keys.insert(format!("upload-{what}"));
        keys.insert(format!("upload-{what}.hint"));
    }
    keys.extend(["demonstration", "no-address"].map(|what| format!("upload-{what}.hint")));
    keys.extend(Aside::WHYS.map(|why| format!("collect-aside-{why}")));
    for code in ["text-overflow", "text-small"] {
        keys.insert(format!("check-{code}"));
        keys.insert(format!("check-{code}.hint"));
    }
    for kind in RequestKind::ALL.map(RequestKind::as_str) {
        keys.insert(format!("staff-today-requests-{kind}"));
        let entries = requests::list(kind).iter();
        keys.extend(entries.map(|entry| format!("request-{kind}-{}", entry.id)));
    }
    keys.extend(Audience::ALL.map(|audience| format!("audience-{}", audience.as_str())));
    let modes = [Mode::Visitor, Mode::Retry, Mode::Staff, Mode::Robot];
    keys.extend(modes.map(|mode| format!("mode-{}", mode.as_str())));
    let outcomes = [
        Outcome::Completed,
        Outcome::Abandoned,
        Outcome::TimedOut,
        Outcome::Interrupted,
    ];
    keys.extend(outcomes.map(|outcome| format!("outcome-{}", outcome.as_str().replace('_', "-"))));
    keys.insert("outcome-open".to_owned());
    // What is wrong is data with a code; its sentence and its hint belong together.
    let sources = Source::all("src").into_iter();
    // `staff` has its own.
    for source in sources.filter(|source| source.module() != "staff") {
        for literal in source.product_literals() {
            let before = source.code[..literal.at].trim_end();
            // A term of the report and its definition belong together.
            if literal.value.starts_with("report-define-") {
                keys.insert(format!("{}.text", literal.value));
            }
            for (call, family) in [("Alarm::new(", "alarm"), ("Refused::new(", "pack")] {
                if before.ends_with(call) {
                    keys.insert(format!("{family}-{}", literal.value));
                    keys.insert(format!("{family}-{}.hint", literal.value));
                }
            }
        }
    }
    for found in ["pack-not-a-pack.hint", "alarm-disk-low.hint"] {
        assert!(keys.contains(found), "the scanner does not find {found}");
    }
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    keys.extend(
        bank.packs()
            .iter()
            .map(|pack| format!("topic-name-{}", pack.info().topic())),
    );
    keys
}

fn looks_like_a_key(text: &str) -> bool {
    let name = text.strip_suffix(".hint").unwrap_or(text);
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.split('-').all(word)
}

/// Whether the code that ends here asks for a text by the key that follows.
fn asks_for_a_text(before: &str) -> bool {
    // The last call that is still open.
    let mut open = 0_usize;
    let start = before.char_indices().rev().find(|(_, character)| {
        match character {
            ')' => open += 1,
            '(' if open == 0 => return true,
            '(' => open -= 1,
            _ => {}
        }
        false
    });
    let Some((start, _)) = start else {
        return false;
    };
    let (call, arguments) = (before[..start].trim_end(), before[start + 1..].trim());
    let first = arguments.is_empty();
    let second = arguments.ends_with(',') && arguments.matches(',').count() == 1;
    first && (call.ends_with("say") || call.ends_with("say_with"))
        || second
            && [".say_in", ".text", ".format", ".lookup", ".has"]
                .iter()
                .any(|name| call.ends_with(name))
}

#[test]
fn every_key_that_the_program_asks_for_is_there() {
    let known: BTreeSet<String> = languages(None).remove("en").unwrap().into_keys().collect();
    let mut asked: BTreeMap<String, String> = composed()
        .into_iter()
        .map(|key| (key, "(composed)".to_owned()))
        .collect();
    let mut direct = 0;
    for source in Source::all("src") {
        for literal in source.product_literals() {
            let key = &literal.value;
            if looks_like_a_key(key) && asks_for_a_text(&source.code[..literal.at]) {
                asked.insert(key.clone(), source.path.clone());
                direct += 1;
            }
            // Chosen first and asked for later.
            if key.starts_with("results-")
                || key.starts_with("requests-")
                || key.starts_with("feedback-")
                || key.starts_with("counts-")
                || key.starts_with("init-")
                || key.starts_with("report-define-")
            {
                asked.insert(key.clone(), source.path.clone());
            }
        }
    }
    assert!(direct > 25, "the scanner finds only {direct} calls");
    let unknown: Vec<_> = asked
        .iter()
        .filter(|(key, _)| !known.contains(*key))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_key_there_is_is_asked_for() {
    let mut used = composed();
    for source in Source::all("src") {
        used.extend(
            source
                .product_literals()
                .map(|literal| literal.value.clone()),
        );
    }
    let known = languages(None).remove("en").unwrap();
    let unused: Vec<_> = known.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn english_kiosk_texts_are_free_of_chinese_characters() {
    for file in [
        "access.ftl",
        "kiosk.ftl",
        "media.ftl",
        "pack.ftl",
        "staff.ftl",
        "staff_screen.ftl",
        "store.ftl",
        "upload.ftl",
    ] {
        let messages = languages(Some(file)).remove("en").unwrap();
        assert!(!messages.is_empty(), "{file}");
        for (key, message) in messages {
            for text in message.texts {
                assert!(!text.contains(is_chinese), "{key}: {text}");
            }
        }
    }
}

#[test]
fn texts_of_the_program_have_no_straight_quotes() {
    for (language, messages) in languages(None) {
        for (key, message) in messages {
            let text = message.texts.concat();
            assert!(!is_straight(&language, &text), "{language}: {key}: {text}");
        }
    }
    let lines = hotlines::lines().iter();
    let lines = lines.flat_map(|line| [&line.name, &line.purpose, &line.source]);
    let lines = lines.flat_map(|texts| &texts.0);
    let lines = lines.map(|(language, text)| (language.as_str(), text.as_str()));
    let wrong = misconceptions::tags().flat_map(|tag| {
        let words = |language| Some((language, misconceptions::words(tag, language)?));
        ["zh-CN", "en"].into_iter().filter_map(words)
    });
    for (language, text) in lines.chain(wrong) {
        assert!(!is_straight(language, text), "{language}: {text}");
    }
}

#[test]
fn english_quiz_texts_are_free_of_chinese_characters() {
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    let mut checked = 0;
    let mut check = |at: &str, text: &Localised| {
        let text = text.get("en");
        assert!(!text.contains(is_chinese), "{at}: {text}");
        checked += 1;
    };
    for pack in bank.packs() {
        check(pack.info().id(), pack.info().title());
    }
    for question in bank.questions() {
        let id = question.id();
        check(id, question.prompt());
        check(id, question.explanation());
        check(id, question.source().title());
        check(id, question.source().issuer());
        for option in question.options() {
            check(id, option.text());
            option
                .feedback()
                .into_iter()
                .for_each(|text| check(id, text));
        }
    }
    assert!(checked > 48 * 6, "{checked}");
}

#[test]
fn the_typeface_of_a_language_draws_every_character_of_every_text() {
    let mut checked = 0;
    for (tag, messages) in languages(None) {
        let face = Typeface::of(&tag);
        for (key, message) in messages {
            let text = message.texts.concat();
            let missing: Vec<_> = text
                .chars()
                .filter(|character| *character != '\n' && !face.draws(*character))
                .collect();
            assert!(missing.is_empty(), "{tag}: {key}: {missing:?}");
            checked += text.chars().count();
        }
    }
    assert!(checked > 4000, "{checked}");
}

#[test]
fn the_nearest_shipped_language_is_found() {
    let locales = Locales::shipped().unwrap();
    for (wanted, expected) in [
        (&["zh"][..], "zh-CN"),
        (&["zh-CN"], "zh-CN"),
        (&["zh-Hans-CN"], "zh-CN"),
        (&["zh-Hans"], "zh-CN"),
        (&["zh-SG"], "zh-CN"),
        (&["zh-HK"], "zh-HK"),
        (&["zh-Hant"], "zh-HK"),
        (&["zh-TW"], "zh-HK"),
        (&["en"], "en"),
        (&["en-GB"], "en"),
        (&["en-US"], "en"),
        (&["fr"], "en"),
        (&["fr", "zh-CN", "en"], "zh-CN"),
        (&["en", "zh-CN"], "en"),
        (&[], "en"),
        (&[""], "en"),
        (&["C"], "en"),
        (&["not a tag", "zh"], "zh-CN"),
    ] {
        assert_eq!(locales.negotiate(wanted), expected, "{wanted:?}");
    }
}

#[test]
fn a_text_comes_in_its_language_with_its_values_and_no_marks_around_them() {
    let locales = Locales::shipped().unwrap();
    let args = [("n", 2.into()), ("of", 6.into())];
    assert_eq!(
        locales.format("en", "question-progress", &args),
        "Question 2 of 6"
    );
    assert!(locales.has("zh-CN", "question-progress"));
    let chinese = locales.format("zh-CN", "question-progress", &args);
    assert!(
        chinese.contains('2') && chinese.contains('6') && chinese.contains(is_chinese),
        "{chinese}"
    );
    // Isolation marks have no glyph.
    assert!(!chinese.contains(['\u{2068}', '\u{2069}']), "{chinese:?}");
}

#[test]
fn a_language_that_is_not_shipped_speaks_english_and_an_unknown_key_says_itself() {
    let locales = Locales::shipped().unwrap();
    assert_eq!(locales.text("fr", "language-name"), "English");
    assert_eq!(locales.text("not a tag", "language-name"), "English");
    assert_eq!(locales.text("en", "no-such-key"), "no-such-key");
    assert!(!locales.has("en", "no-such-key") && locales.has("fr", "language-name"));
    assert_eq!(locales.lookup("zh-CN", "no-such-key", &[]), None);
}

#[test]
fn a_locale_that_cannot_be_used_is_refused_by_name() {
    let refused = |tag, text| {
        let texts = vec![text];
        let files = LocaleFiles {
            tag,
            texts,
            ..LocaleFiles::default()
        };
        Locales::new([files]).err().unwrap().to_string()
    };
    assert!(refused("en", "key = { $open\n").starts_with("cannot use locale `en`: "));
    assert!(refused("en", "one = 1\none = 2\n").starts_with("cannot use locale `en`: "));
    assert_eq!(
        refused("no tag", "one = 1\n"),
        "cannot use locale `no tag`: not a language tag"
    );
}
