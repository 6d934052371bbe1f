//! Tests of the outputs against one another: the workbook as a spreadsheet program reads it, the
//! page as a browser gets it, and the tables of numbers.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use kepu::report::{Edition, Report, period::Period};
use tempfile::TempDir;

use super::fixture::{collected, sessions};
use super::{report_of, summary_of};

/// Both editions in both languages.
fn reports() -> Vec<(Report, Edition)> {
    let dir = TempDir::new().unwrap();
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &sessions(21, 900))]);
    let editions = [Edition::Internal, Edition::Public];
    let both = editions.iter().flat_map(|edition| {
        ["zh-CN", "en"].map(|language| (report_of(&summary, *edition, language), *edition))
    });
    both.collect()
}

fn files(report: &Report, edition: Edition) -> Vec<(String, Vec<u8>)> {
    let period: Period = "2026".parse().unwrap();
    report.files(edition, period).unwrap()
}

fn file<'a>(files: &'a [(String, Vec<u8>)], end: &str) -> &'a [u8] {
    &files
        .iter()
        .find(|(name, _)| name.ends_with(end))
        .unwrap()
        .1
}

/// The rows of a CSV file without what programs alone want: a code's name stands for it.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let is_named = |at: usize| {
        let name = header.get(at + 1).unwrap_or_default();
        name.strip_suffix("_name") == header.get(at)
    };
    let keep: Vec<usize> = (0..header.len()).filter(|at| !is_named(*at)).collect();
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            keep.iter().map(|at| row[*at].to_owned()).collect()
        })
        .collect()
}

fn sheet_of(sheets: &[(String, Range<Data>)], title: &str) -> Range<Data> {
    let is_it = |(_, range): &&(String, Range<Data>)| {
        range.get_value((0, 0)) == Some(&Data::String(title.to_owned()))
    };
    sheets.iter().find(is_it).unwrap().1.clone()
}

#[test]
fn a_spreadsheet_reads_every_number_that_the_tables_have() {
    let mut numbers = 0;
    for (report, edition) in reports() {
        let files = files(&report, edition);
        let bytes = file(&files, ".xlsx").to_vec();
        let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheets = workbook.worksheets();
        // A cover, the tables, the definitions, the sheet to be signed.
        assert_eq!(sheets.len(), report.tables.len() + 3);
        for table in &report.tables {
            let csv = rows(file(
                &files,
                &format!("-{}.csv", table.id.replace('_', "-")),
            ));
            let sheet = sheet_of(&sheets, &table.title);
            for (column, at) in table.columns.iter().zip(0..) {
                assert_eq!(
                    sheet.get_value((2, at)),
                    Some(&Data::String(column.label.clone()))
                );
            }
            assert_eq!(csv.len(), table.rows.len());
            for (row, y) in csv.iter().zip(3..) {
                assert_eq!(row.len(), table.columns.len());
                for (cell, x) in row.iter().zip(0..) {
                    match sheet.get_value((y, x)) {
                        Some(Data::Float(number)) => {
                            let own: f64 = cell.parse().unwrap();
                            assert!((own - number).abs() < 1e-9, "{}: {own} {number}", table.id);
                            numbers += 1;
                        }
                        Some(Data::String(text)) => {
                            // A code stands behind its name, and a formula is none.
                            let own = cell.trim_start_matches('\'');
                            assert!(text.starts_with(own) || cell == "not_set", "{text}: {cell}");
                            assert!(cell.parse::<f64>().is_err() || x == 0 || text.contains(own));
                        }
                        None | Some(Data::Empty) => assert_eq!(cell, ""),
                        other => panic!("{other:?}"),
                    }
                }
            }
            if let Some(total) = &table.total {
                let y = 3 + u32::try_from(csv.len()).unwrap();
                for (cell, x) in total.iter().zip(0..) {
                    if let Some(number) = cell.number() {
                        assert_eq!(sheet.get_value((y, x)), Some(&Data::Float(number as f64)));
                    }
                }
            }
        }
    }
    assert!(numbers > 500, "{numbers}");
}

#[test]
fn the_workbook_has_a_native_chart_for_every_table_that_is_drawn_and_frozen_headers() {
    for (report, edition) in reports() {
        let files = files(&report, edition);
        let parts = parts(file(&files, ".xlsx"));
        let named = |folder: &'static str| {
            parts
                .iter()
                .filter(move |(name, _)| name.starts_with(folder))
        };
        let drawn = report
            .tables
            .iter()
            .filter(|table| table.chart.is_some())
            .count();
        assert!(drawn > 4);
        assert_eq!(named("xl/charts/chart").count(), drawn);
        let frozen = named("xl/worksheets/sheet").filter(|(_, text)| text.contains("<pane "));
        assert_eq!(frozen.count(), report.tables.len());
        let data = named("xl/charts/chart").all(|(_, text)| text.contains("<c:numRef>"));
        assert!(data);
        // A bar that does not begin at nothing tells a lie about its length.
        let from_nothing =
            named("xl/charts/chart").all(|(_, text)| text.contains("<c:min val=\"0\"/>"));
        assert!(from_nothing);
    }
}

/// The parts of a workbook as text.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("book.zip");
    std::fs::write(&path, bytes).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn the_page_needs_nothing_else_and_has_a_table_under_every_picture() {
    for (report, edition) in reports() {
        let files = files(&report, edition);
        let page = std::str::from_utf8(file(&files, ".html")).unwrap();
        for word in [
            "<script", "href", "src=", "@import", "url(", "onload", "<link", "<iframe",
        ] {
            assert!(!page.contains(word), "{word}");
        }
        // The name of the form of the pictures is the one address.
        let addresses: BTreeSet<&str> = page
            .match_indices("http")
            .map(|(at, _)| page[at..].split('"').next().unwrap())
            .collect();
        assert_eq!(addresses, BTreeSet::from(["http://www.w3.org/2000/svg"]));
        assert!(page.contains(&format!("<html lang=\"{}\">", report.language)));
        let footnote = report.footnote.as_str();
        assert_eq!(page.matches(footnote).count(), 2);
        assert_eq!(page.matches("<table").count(), report.tables.len());
        for section in page
            .split("<section")
            .skip(1)
            .filter(|text| text.contains("<svg"))
        {
            let (picture, rest) = section.split_once("</svg>").unwrap();
            assert!(picture.contains("aria-hidden=\"true\""));
            assert!(rest.contains("<table") && rest.contains("<caption>"));
        }
        for table in &report.tables {
            for (row, cell) in table
                .rows
                .iter()
                .flat_map(|row| row.iter().map(move |c| (row, c)))
            {
                if let Some(number) = cell.number() {
                    assert!(page.contains(&format!(">{number}</t")), "{row:?}");
                }
            }
        }
        for (term, text) in &report.definitions {
            let text = text.replace('<', "&lt;").replace('\'', "&#39;");
            assert!(
                page.contains(term.as_str()) && page.contains(&text),
                "{text}"
            );
        }
    }
}

#[test]
fn no_text_of_a_report_says_what_a_report_must_not_say() {
    for (report, edition) in reports() {
        let files = files(&report, edition);
        let page = std::str::from_utf8(file(&files, ".html")).unwrap();
        for word in [
            "具备科学素质",
            "知晓率",
            "达标率",
            "置信",
            "显著",
            "confidence",
            "significan",
        ] {
            assert!(!page.contains(word), "{word}");
        }
        assert!(page.contains("不计算抽样误差") || page.contains("no sampling error"));
    }
}

#[test]
fn no_id_of_a_hostile_file_becomes_markup_or_a_formula() {
    let dir = TempDir::new().unwrap();
    let mut all = sessions(22, 200);
    for own in &mut all {
        own.audience = "<script>alert(1)</script>";
        own.topic = "=cmd|' /C calc'!A0";
        own.language = "a\u{0}b\nc";
    }
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let files = files(&report, Edition::Internal);
    let page = std::str::from_utf8(file(&files, ".html")).unwrap();
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    let table = std::str::from_utf8(file(&files, "-by-topic.csv")).unwrap();
    assert!(table.contains("\n'=cmd|' /C calc'!A0,"), "{table}");
    let table = std::str::from_utf8(file(&files, "-by-language.csv")).unwrap();
    assert!(table.contains("\na b c,a b c,"), "{table:?}");
    let parts = parts(file(&files, ".xlsx"));
    assert!(parts.iter().all(|(_, text)| !text.contains("<f>")));
}
