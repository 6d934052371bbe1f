//! Pictures of a table: bars as SVG, plain enough for any printer, with every number beside its bar.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::table::{Cell, Chart, Kind, Table};

/// How wide a picture is, in its own units.
const WIDTH: u64 = 720;

/// The colours of the first and second series; their names stand below, so colour is never alone.
const COLOURS: [&str; 2] = ["#1f5f8b", "#c8702a"];

/// A picture of the table, hidden from readers that cannot see it: they have the table below.
pub(super) fn svg(table: &Table) -> Option<String> {
    let chart = table.chart.as_ref()?;
    let most = table.rows.iter().flat_map(|row| {
        chart
            .values
            .iter()
            .filter_map(|at| row.get(*at).and_then(Cell::number))
    });
    let most = most.max().filter(|most| *most > 0)?;
    Some(match chart.upright {
        true => upright(table, chart, most),
        false => lying(table, chart, most),
    })
}

fn name(table: &Table, chart: &Chart, row: &[Cell]) -> String {
    let kind = table
        .columns
        .get(chart.names)
        .map_or(Kind::Text, |column| column.kind);
    escape(
        &row.get(chart.names)
            .map_or(String::new(), |cell| cell.text(kind)),
    )
}

/// A number as it stands at its bar, and how long the bar is of `room`.
fn value(row: &[Cell], at: usize, most: u64, room: u64) -> (String, u64) {
    let cell = row.get(at).unwrap_or(&Cell::Nothing);
    let length = cell.number().unwrap_or(0) * room / most;
    (escape(&cell.text(Kind::Count)), length)
}

fn begin(height: u64) -> String {
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-hidden=\"true\" \
         xmlns=\"http://www.w3.org/2000/svg\">"
    )
}

fn legend(text: &mut String, table: &Table, chart: &Chart, y: u64) {
    if chart.values.len() < 2 {
        return;
    }
    let mut x = 0;
    for (at, colour) in chart.values.iter().zip(COLOURS) {
        let label = table
            .columns
            .get(*at)
            .map_or("", |column| column.label.as_str());
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<rect x=\"{x}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>\
             <text x=\"{}\" y=\"{y}\">{}</text>",
            y - 11,
            x + 18,
            escape(label)
        );
        x += 50 + 8 * label.width() as u64;
    }
}

/// Columns side by side, names below.
fn upright(table: &Table, chart: &Chart, most: u64) -> String {
    const ROOM: u64 = 180;
    const TOP: u64 = 20;
    let rows = table.rows.len().max(1) as u64;
    let step = WIDTH / rows;
    let series = chart.values.len().max(1) as u64;
    let bar = (step * 7 / 10 / series).clamp(1, 48);
    let foot = TOP + ROOM;
    let mut text = begin(foot + 50);
    for (row, at) in table.rows.iter().zip(0_u64..) {
        let middle = at * step + step / 2;
        let left = middle.saturating_sub(bar * series / 2);
        for ((column, colour), own) in chart.values.iter().zip(COLOURS).zip(0_u64..) {
            let (number, height) = value(row, *column, most, ROOM);
            let x = left + own * bar;
            let _ = write!(
                text,
                "<rect x=\"{x}\" y=\"{}\" width=\"{bar}\" height=\"{height}\" fill=\"{colour}\"/>",
                foot - height
            );
            if own == 0 {
                let _ = write!(
                    text,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" class=\"n\">{number}</text>",
                    x + bar / 2,
                    foot - height - 4
                );
            }
        }
        let _ = write!(
            text,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" class=\"n\">{}</text>",
            foot + 16,
            name(table, chart, row)
        );
    }
    let _ = write!(
        text,
        "<line x1=\"0\" y1=\"{foot}\" x2=\"{WIDTH}\" y2=\"{foot}\" stroke=\"#555\"/>"
    );
    legend(&mut text, table, chart, foot + 42);
    text + "</svg>"
}

/// Bars below one another, names to the left.
fn lying(table: &Table, chart: &Chart, most: u64) -> String {
    const LEFT: u64 = 240;
    const RIGHT: u64 = 70;
    const STEP: u64 = 26;
    let height = table.rows.len() as u64 * STEP + 6;
    let mut text = begin(height);
    let column = chart.values.first().copied().unwrap_or(0);
    for (row, at) in table.rows.iter().zip(0_u64..) {
        let y = at * STEP + 4;
        let (number, length) = value(row, column, most, WIDTH - LEFT - RIGHT);
        let _ = write!(
            text,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LEFT}\" y=\"{y}\" width=\"{length}\" height=\"18\" fill=\"{}\"/>\
             <text x=\"{}\" y=\"{}\">{number}</text>",
            LEFT - 8,
            y + 14,
            name(table, chart, row),
            COLOURS[0],
            LEFT + length + 6,
            y + 14
        );
    }
    let _ = write!(
        text,
        "<line x1=\"{LEFT}\" y1=\"0\" x2=\"{LEFT}\" y2=\"{height}\" stroke=\"#555\"/>"
    );
    text + "</svg>"
}

/// A text as it may stand in HTML and SVG.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
