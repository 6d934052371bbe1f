//! The sheet itself: written for people, read back by its headings' places and nothing else.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    XlsxError,
};

use super::{Review, Verdict, fingerprint, kind};
use crate::bank::{Audience, Image, Kind, Localised, Pack, Question, Source};

/// What marks a right option.
const RIGHT: &str = "✔";

/// What marks what a picture shows, beside the picture's file.
const PICTURE: &str = "▣";

/// The most rows that are read: more than a pack can have questions.
const MOST_ROWS: usize = 20_000;

/// The columns that programs read, before all others and after them.
const BEFORE: usize = 2;
const AFTER: usize = 4;

/// What a heading of the sheet is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading<'a> {
    /// The question's id.
    Id,
    /// The fingerprint of its text; the column is hidden.
    Of,
    /// The kind of question.
    Kind,
    /// Whom it is for.
    Audiences,
    /// How hard it is.
    Difficulty,
    /// The question in a language.
    Prompt(&'a str),
    /// The options in a language.
    Options(&'a str),
    /// The explanation in a language.
    Explanation(&'a str),
    /// The source in a language.
    Source(&'a str),
    /// Until when it is asked.
    ReviewBy,
    /// What the reviewer says of it.
    Verdict,
    /// What is to be changed.
    Comment,
    /// Who the reviewer is.
    By,
    /// The day.
    On,
    /// A verdict among those to choose from.
    Choice(Verdict),
    /// An audience.
    Audience(Audience),
    /// The name of the sheet.
    Sheet,
    /// A kind of question, by its stable word.
    KindOf(&'static str),
}

/// What a reviewer has said in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The word in the cell.
    pub word: String,
    /// The verdict, if the word is one.
    pub verdict: Option<Verdict>,
}

/// A row of a sheet that has come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Its number, from 1 as spreadsheets count.
    pub row: u32,
    /// The question's id.
    pub question: String,
    /// The fingerprint of the text that was read.
    pub of: String,
    /// The verdict, where the cell is not empty.
    pub verdict: Option<Row>,
    /// What is to be changed, or what else was said.
    pub comment: String,
    /// Who said it.
    pub by: String,
    /// When, if the cell holds a day.
    pub on: Option<Date>,
}

/// The sheet of a pack as a file, with the verdicts that there are already; `say` has the words.
///
/// # Errors
///
/// When there is more text than a cell or a sheet takes.
pub fn sheet(
    pack: &Pack,
    reviews: &[Review],
    say: &dyn Fn(Heading<'_>) -> String,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day, so that the same pack is the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin)
        .set_background_color(0x00E4_ECF2);
    let cell = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Hair);
    let to_fill = cell.clone().set_background_color(0x00FF_F8E1);
    let day = to_fill.clone().set_num_format("yyyy-mm-dd");

    let languages: Vec<&str> = pack.info().languages().collect();
    let columns = headings(&languages);
    let page = workbook.add_worksheet();
    page.set_name(say(Heading::Sheet))?;
    page.set_freeze_panes(1, 1)?;
    page.set_landscape();
    page.set_paper_size(9);
    page.set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    for (column, (heading, width)) in (0..).zip(&columns) {
        page.write_with_format(0, column, say(*heading), &head)?;
        page.set_column_width(column, *width)?;
    }
    page.set_column_hidden(1)?;
    let first = column_of(columns.len() - AFTER);
    let choices: Vec<String> = Verdict::ALL
        .map(|verdict| say(Heading::Choice(verdict)))
        .into();
    let last = u32::try_from(pack.questions().len()).unwrap_or(u32::MAX);
    page.add_data_validation(
        1,
        first,
        last.max(1),
        first,
        &DataValidation::new().allow_list_strings(&choices)?,
    )?;
    for (row, question) in (1..).zip(pack.questions()) {
        let texts = texts(pack, question, &languages, say);
        for (column, text) in (0..).zip(&texts) {
            page.write_with_format(row, column, text, &cell)?;
        }
        for column in first..first + column_of(AFTER) {
            page.write_blank(
                row,
                column,
                if column + 1 == first + 4 {
                    &day
                } else {
                    &to_fill
                },
            )?;
        }
        let known = reviews.iter().find(|review| {
            review.question == question.id() && review.of == fingerprint(pack, question)
        });
        if let Some(review) = known {
            page.write_with_format(row, first, say(Heading::Choice(review.verdict)), &to_fill)?;
            page.write_with_format(row, first + 1, &review.comment, &to_fill)?;
            page.write_with_format(row, first + 2, &review.by, &to_fill)?;
            page.write_with_format(row, first + 3, excel(review.on)?, &day)?;
        }
    }
    workbook.save_to_buffer()
}

fn column_of(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn excel(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
}

/// The columns in their order, with their widths in characters.
fn headings<'a>(languages: &[&'a str]) -> Vec<(Heading<'a>, f64)> {
    let mut columns = vec![
        (Heading::Id, 22.0),
        (Heading::Of, 4.0),
        (Heading::Kind, 9.0),
        (Heading::Audiences, 10.0),
        (Heading::Difficulty, 6.0),
    ];
    for (heading, width) in [
        (Heading::Prompt as fn(&'a str) -> Heading<'a>, 34.0),
        (Heading::Options, 34.0),
        (Heading::Explanation, 38.0),
        (Heading::Source, 28.0),
    ] {
        columns.extend(languages.iter().map(|language| (heading(language), width)));
    }
    columns.extend([
        (Heading::ReviewBy, 11.0),
        (Heading::Verdict, 10.0),
        (Heading::Comment, 36.0),
        (Heading::By, 14.0),
        (Heading::On, 12.0),
    ]);
    columns
}

/// What stands in a row before the reviewer's own columns.
fn texts(
    pack: &Pack,
    question: &Question,
    languages: &[&str],
    say: &dyn Fn(Heading<'_>) -> String,
) -> Vec<String> {
    let audiences = question.audiences().iter();
    let audiences: Vec<_> = audiences
        .map(|audience| say(Heading::Audience(*audience)))
        .collect();
    let mut texts = vec![
        question.id().to_owned(),
        fingerprint(pack, question),
        say(Heading::KindOf(kind(question))),
        audiences.join("\n"),
        question.difficulty().to_string(),
    ];
    let each = |text: &dyn Fn(&str) -> String| languages.iter().map(|tag| text(tag)).collect();
    let columns: [Vec<String>; 4] = [
        each(&|tag| {
            let shown = question.image().map(|image| picture(image, tag));
            let lines = [Some(question.prompt().get(tag).to_owned()), shown];
            lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
        }),
        each(&|tag| options(question, tag)),
        each(&|tag| question.explanation().get(tag).to_owned()),
        each(&|tag| source(question.source(), tag)),
    ];
    texts.extend(columns.into_iter().flatten());
    texts.push(question.review_by().to_string());
    texts
}

/// The options, one a line: the right ones marked, steps numbered, and what is said to whoever
/// chose a wrong one.
fn options(question: &Question, tag: &str) -> String {
    let lines = (1..).zip(question.options()).map(|(number, option)| {
        let mark = match question.kind() {
            Kind::Order => format!("{number}."),
            _ if option.is_correct() => RIGHT.to_owned(),
            _ => "–".to_owned(),
        };
        let feedback = option.feedback().map(|text: &Localised| text.get(tag));
        let feedback = feedback.map_or(String::new(), |text| format!("\n    {text}"));
        let image = option.image().map(|image| picture(image, tag));
        let image = image.map_or(String::new(), |text| format!("\n    {text}"));
        format!("{mark} {}{image}{feedback}", option.text().get(tag))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a picture shows, and which file it is.
fn picture(image: &Image, tag: &str) -> String {
    format!("{PICTURE} {} [{}]", image.alt().get(tag), image.file())
}

fn source(source: &Source, tag: &str) -> String {
    let date = source.date().map(|date| date.to_string());
    let parts = [
        Some(source.title().get(tag).to_owned()),
        Some(source.issuer().get(tag).to_owned()),
        date,
        source.number().map(str::to_owned),
        source.article().map(str::to_owned),
    ];
    let parts = parts.into_iter().flatten();
    parts.collect::<Vec<_>>().join("\n")
}

/// Reads a sheet that has come back. `verdict` knows the words for verdicts, in any language.
///
/// `None` when it is no workbook, or not one with our columns.
#[must_use]
pub fn read(
    bytes: &[u8],
    languages: usize,
    verdict: &dyn Fn(&str) -> Option<Verdict>,
) -> Option<Vec<Returned>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let page = workbook.worksheet_range_at(0)?.ok()?;
    let width = BEFORE + 3 + 4 * languages + 1 + AFTER;
    if page.width() < width || page.start()? != (0, 0) {
        return None;
    }
    let first = width - AFTER;
    let rows = (2..).zip(page.rows().skip(1)).take(MOST_ROWS);
    let rows = rows.map(|(row, cells)| {
        let text = |column: usize| cells.get(column).map(text).unwrap_or_default();
        let word = text(first);
        Returned {
            row,
            question: text(0),
            of: text(1),
            verdict: (!word.is_empty()).then(|| Row {
                verdict: verdict(&word),
                word,
            }),
            comment: text(first + 1),
            by: text(first + 2),
            on: cells.get(first + 3).and_then(day),
        }
    });
    Some(rows.filter(|row| !row.question.is_empty()).collect())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.trim().to_owned(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// A day as spreadsheets keep it, or as people type it.
fn day(cell: &Data) -> Option<Date> {
    match cell {
        Data::DateTime(moment) => serial(moment.as_f64()),
        Data::Float(number) => serial(*number),
        Data::Int(number) => date(1899, 12, 30).checked_add(number.days()).ok(),
        Data::String(text) | Data::DateTimeIso(text) => {
            let text: String = text
                .trim()
                .chars()
                .take(10)
                .map(|letter| {
                    if matches!(letter, '/' | '.') {
                        '-'
                    } else {
                        letter
                    }
                })
                .collect();
            let mut parts = text.split('-').map(str::trim);
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    }
}

/// The day of a number as spreadsheets count them, from the end of 1899.
fn serial(number: f64) -> Option<Date> {
    if !(1.0..200_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the range above")]
    let days = number.floor() as i64;
    date(1899, 12, 30).checked_add(days.days()).ok()
}
