//! Tests of `kepu pack review`: the sheet goes out, comes back, and changes nothing but verdicts.

use std::{fs, process::Command};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jiff::civil::date;
use kepu::{
    bank::{self, Arg, Pack},
    packs::review::{
        self, Heading, NotTaken, Returned, Review, Row, Standing, Verdict, fingerprint,
    },
};
use tempfile::TempDir;

use crate::support::{PackText, TODAY};

fn pack(text: &PackText) -> Pack {
    bank::load([text.files()], TODAY).0.packs()[0].clone()
}

/// Verdicts on both questions of the sound pack.
fn verdicts(pack: &Pack) -> Vec<Review> {
    let verdicts = [Verdict::Agreed, Verdict::Change];
    let both = pack.questions().iter().zip(verdicts);
    both.map(|(question, verdict)| Review {
        question: question.id().to_owned(),
        of: fingerprint(pack, question),
        verdict,
        by: "卫健局 李医生 \"Li\"".to_owned(),
        on: date(2026, 11, 24),
        comment: "把“少量”改成数字\nand \\ a quote \"".to_owned(),
    })
    .collect()
}

fn say(heading: Heading<'_>) -> String {
    match heading {
        Heading::Choice(verdict) => verdict.as_str().to_owned(),
        other => format!("{other:?}")
            .chars()
            .take(30)
            .filter(|c| c.is_alphanumeric())
            .collect(),
    }
}

fn word(word: &str) -> Option<Verdict> {
    Verdict::ALL
        .into_iter()
        .find(|verdict| verdict.as_str() == word)
}

#[test]
fn what_a_reviewer_fills_in_comes_back_as_it_was_filled_in() {
    let pack = pack(&PackText::sound());
    let reviews = verdicts(&pack);
    let bytes = review::sheet(&pack, &reviews, &say).unwrap();
    let rows = review::read(&bytes, 2, &word).unwrap();
    assert_eq!(review::take(&pack, rows), (reviews, Vec::new()));
    // An empty sheet says nothing.
    let empty = review::sheet(&pack, &[], &say).unwrap();
    let rows = review::read(&empty, 2, &word).unwrap();
    assert_eq!(rows.len(), pack.questions().len());
    assert_eq!(review::take(&pack, rows), (Vec::new(), Vec::new()));
}

#[test]
fn the_sheet_shows_both_languages_the_key_the_explanation_and_the_source_side_by_side() {
    let pack = pack(&PackText::sound());
    let bytes = review::sheet(&pack, &[], &say).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let page = book.worksheet_range_at(0).unwrap().unwrap();
    let question = &pack.questions()[0];
    let cells: Vec<String> = page
        .rows()
        .nth(1)
        .unwrap()
        .iter()
        .map(Data::to_string)
        .collect();
    for tag in ["zh-CN", "en"] {
        let shown = |text: &str| cells.iter().any(|cell| cell.contains(text));
        assert!(shown(question.prompt().get(tag)), "{cells:?}");
        assert!(shown(question.explanation().get(tag)), "{cells:?}");
        assert!(shown(question.source().title().get(tag)), "{cells:?}");
        for option in question.options() {
            let mark = if option.is_correct() { "✔" } else { "–" };
            assert!(
                shown(&format!("{mark} {}", option.text().get(tag))),
                "{cells:?}"
            );
        }
    }
}

#[test]
fn a_row_that_cannot_be_taken_is_named_with_why_and_the_others_are_taken() {
    let pack = pack(&PackText::sound());
    let good = &verdicts(&pack)[0];
    let row = |row, change: &dyn Fn(&mut Returned)| {
        let mut returned = Returned {
            row,
            question: good.question.clone(),
            of: good.of.clone(),
            verdict: Some(Row {
                word: "agreed".to_owned(),
                verdict: Some(Verdict::Agreed),
            }),
            comment: String::new(),
            by: "Li".to_owned(),
            on: Some(good.on),
        };
        change(&mut returned);
        returned
    };
    let rows = vec![
        row(2, &|row| row.question = "gone".to_owned()),
        row(3, &|row| row.verdict.as_mut().unwrap().verdict = None),
        row(4, &|row| row.by.clear()),
        row(5, &|row| row.on = None),
        row(6, &|row| row.of = "0123456789abcdef".to_owned()),
        row(7, &|row| row.verdict = None),
        row(8, &|_| {}),
    ];
    let (taken, not_taken) = review::take(&pack, rows);
    assert_eq!(taken.len(), 1);
    let codes: Vec<_> = not_taken.iter().map(|row| (row.row, row.code)).collect();
    let expected = [
        (2, "review-row-unknown"),
        (3, "review-row-verdict"),
        (4, "review-row-nobody"),
        (5, "review-row-date"),
        (6, "review-row-changed"),
    ];
    assert_eq!(codes, expected);
    let id = ("id", Arg::from("gone"));
    assert!(matches!(&not_taken[0], NotTaken { args, .. } if args[..] == [id]));
}

#[test]
fn what_no_sheet_of_ours_is_is_refused() {
    let pack = pack(&PackText::sound());
    let bytes = review::sheet(&pack, &[], &say).unwrap();
    assert!(review::read(&bytes, 3, &word).is_none(), "other languages");
    assert!(review::read(b"", 2, &word).is_none());
    assert!(review::read(&bytes[..bytes.len() / 2], 2, &word).is_none());
}

#[test]
fn every_text_that_a_reviewer_reads_is_in_the_fingerprint() {
    let before = pack(&PackText::sound());
    let whole = |pack: &Pack| -> Vec<_> {
        let questions = pack.questions().iter();
        questions
            .map(|question| fingerprint(pack, question))
            .collect()
    };
    let text = PackText::sound();
    let source = text.files().questions.unwrap();
    let source = String::from_utf8(source).unwrap();
    // Every Chinese or English text of the first question, changed by one letter.
    let first = &source[..source.match_indices("Question(").nth(1).unwrap().0];
    let mut tried = 0;
    for (at, _) in first.match_indices("\": \"") {
        let from = at + 4;
        let to = from + first[from..].find('"').unwrap();
        let mut changed = source.clone();
        changed.insert(to, 'x');
        let mut other = PackText::sound();
        other.questions = changed;
        let other = bank::load([other.files()], TODAY).0;
        let Some(other) = other.packs().first() else {
            continue;
        };
        assert_ne!(whole(other)[0], whole(&before)[0], "{}", &first[from..to]);
        assert_eq!(whole(other)[1..], whole(&before)[1..]);
        tried += 1;
    }
    assert!(tried > 8, "only {tried} texts were tried");
}

#[test]
fn the_command_makes_a_sheet_takes_it_back_and_leaves_the_questions_to_the_byte() {
    let dir = TempDir::new().unwrap();
    let mut lasting = PackText::sound();
    // Dates that no test run will outlive.
    for (from, to) in [("\"2026-", "\"2126-"), ("\"2027-", "\"2127-")] {
        lasting.questions = lasting.questions.replace(from, to);
    }
    let folder = lasting.write(dir.path(), "sound");
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let before = (read("pack.ron"), read("questions.ron"));
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
            .args(["pack", "review", folder.to_str().unwrap(), "--lang", "en"])
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let sheet = dir.path().join("review.xlsx");
    let sheet = sheet.to_str().unwrap();
    let (code, out, err) = run(&["--out", sheet]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.ends_with("Not seen yet: 2.\n"), "{out}");
    // The reviewer fills it in: agrees to one in Chinese words, wants the other changed.
    let pack = pack(&PackText::sound());
    let filled = review::sheet(&pack, &verdicts(&pack), &|heading| match heading {
        Heading::Choice(Verdict::Agreed) => "同意".to_owned(),
        Heading::Choice(Verdict::Change) => "Change".to_owned(),
        other => say(other),
    });
    fs::write(sheet, filled.unwrap()).unwrap();
    let (code, out, err) = run(&["--import", sheet]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "Verdicts taken: 2\nAgreed: 1. To be changed: 1. Not to be asked: 0. Changed since the \
         review: 0. Not seen yet: 0.\n"
    );
    assert_eq!((read("pack.ron"), read("questions.ron")), before);
    assert_eq!(review::load(&folder).unwrap(), verdicts(&pack));
    // A question that is changed afterwards does not pass for a reviewed one.
    let text = String::from_utf8(before.1).unwrap();
    let prompt = pack.questions()[0].prompt().get("en");
    let text = text.replacen(prompt, &format!("Now, {prompt}"), 1);
    fs::write(folder.join("questions.ron"), text).unwrap();
    let (_, out, _) = run(&[]);
    assert!(out.contains("Changed since the review: 1."), "{out}");
    let (code, _, err) = run(&["--import", sheet]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("kepu: row 2: "), "{err}");
    fs::write(folder.join("review.ron"), "[\n  Review(question: 1)]").unwrap();
    let (code, _, err) = run(&[]);
    assert_eq!(code, Some(1));
    assert!(
        err.contains("review.ron:2:19: the verdicts cannot be read"),
        "{err}"
    );
}

#[test]
fn verdicts_that_are_newer_take_the_place_of_older_ones_and_others_stay() {
    let pack = pack(&PackText::sound());
    let older = verdicts(&pack);
    let mut newer = vec![older[1].clone()];
    newer[0].verdict = Verdict::Agreed;
    let merged = review::merged(older.clone(), newer.clone());
    assert_eq!(merged, [older[0].clone(), newer[0].clone()]);
    let all = Standing {
        agreed: 2,
        ..Standing::default()
    };
    assert_eq!(Standing::of(&pack, &merged), all);
}
