//! The report as one page that needs nothing else: no script, no link, no font from elsewhere; it
//! reads well on a screen and prints on A4.

use std::fmt::Write;

use super::chart::{escape, svg};
use super::table::{Cell, Column, Kind, Report, Table};

const STYLE: &str = include_str!("report.css");

/// As many rows fit on a sheet of paper below their picture.
const SHORT: usize = 14;

/// The page.
pub(super) fn text(report: &Report) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n<dl>\n",
        escape(&report.language),
        escape(&report.title),
        escape(&report.title)
    );
    // Writing to a string cannot fail.
    for (label, text) in &report.head {
        let _ = writeln!(
            page,
            "<div><dt>{}</dt><dd>{}</dd></div>",
            escape(label),
            escape(text)
        );
    }
    let _ = writeln!(
        page,
        "</dl>\n<p class=\"foot\">{}</p>",
        escape(&report.footnote)
    );
    if !report.notes.is_empty() {
        let _ = writeln!(
            page,
            "<h2>{}</h2>\n<ul class=\"notes\">",
            escape(&report.notes_title)
        );
        for note in &report.notes {
            let _ = writeln!(page, "<li>{}</li>", escape(note));
        }
        page.push_str("</ul>\n");
    }
    for table in &report.tables {
        section(&mut page, table);
    }
    let _ = write!(
        page,
        "<section>\n<h2>{}</h2>\n<dl class=\"words\">\n",
        escape(&report.definitions_title)
    );
    for (term, text) in &report.definitions {
        let _ = writeln!(
            page,
            "<div><dt>{}</dt><dd>{}</dd></div>",
            escape(term),
            escape(text)
        );
    }
    let (title, fields) = &report.sign_off;
    let _ = write!(
        page,
        "</dl>\n</section>\n<section class=\"sign\">\n<h2>{}</h2>\n<dl>\n",
        escape(title)
    );
    for field in fields {
        let _ = writeln!(page, "<div><dt>{}</dt><dd></dd></div>", escape(field));
    }
    let _ = write!(
        page,
        "</dl>\n</section>\n<p class=\"foot\">{}</p>\n</main>\n</body>\n</html>\n",
        escape(&report.footnote)
    );
    page
}

fn section(page: &mut String, table: &Table) {
    // A short table stays on one sheet of paper with its picture.
    let class = match table.rows.len() <= SHORT {
        true => " class=\"short\"",
        false => "",
    };
    let title = escape(&table.title);
    let _ = writeln!(
        page,
        "<section id=\"{}\"{class}>\n<h2>{title}</h2>",
        table.id
    );
    if let Some(picture) = svg(table) {
        let _ = writeln!(page, "<figure>{picture}</figure>");
    }
    // As many columns as no sheet of paper has room for are set smaller.
    let class = if table.columns.len() > 5 {
        " class=\"wide\""
    } else {
        ""
    };
    let _ = write!(
        page,
        "<table{class}>\n<caption>{title}</caption>\n<thead><tr>"
    );
    for column in &table.columns {
        let _ = write!(
            page,
            "<th scope=\"col\"{}>{}</th>",
            class_of(column),
            escape(&column.label)
        );
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        line(page, row, &table.columns);
    }
    page.push_str("</tbody>\n");
    if let Some(total) = &table.total {
        page.push_str("<tfoot>\n");
        line(page, total, &table.columns);
        page.push_str("</tfoot>\n");
    }
    page.push_str("</table>\n");
    if let Some(note) = &table.note {
        let _ = writeln!(page, "<p class=\"note\">{}</p>", escape(note));
    }
    page.push_str("</section>\n");
}

fn line(page: &mut String, row: &[Cell], columns: &[Column]) {
    page.push_str("<tr>");
    for (at, (cell, column)) in row.iter().zip(columns).enumerate() {
        let text = match cell {
            Cell::Nothing => String::new(),
            cell => escape(&cell.text(column.kind)),
        };
        let _ = match at {
            0 => write!(page, "<th scope=\"row\"{}>{text}</th>", class_of(column)),
            _ => write!(page, "<td{}>{text}</td>", class_of(column)),
        };
    }
    page.push_str("</tr>\n");
}

/// Numbers stand to the right.
fn class_of(column: &Column) -> &'static str {
    match column.kind {
        Kind::Count | Kind::Share => " class=\"n\"",
        Kind::Named | Kind::Coded | Kind::Text => "",
    }
}
