//! The workbook: a sheet a table with its numbers as numbers and a native chart, then the
//! definitions and a sheet to be signed.

use rust_xlsxwriter::{
    Chart as XlsxChart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use super::Error;
use super::table::{Cell, Column, Kind, Report, Table};

/// The row that the columns are named in, from 0: the title and the note stand above.
const HEADER: u32 = 2;

/// The widest and the narrowest column, in characters.
const WIDTHS: (f64, f64) = (10.0, 48.0);

struct Formats {
    title: Format,
    note: Format,
    header: Format,
    header_right: Format,
    text: Format,
    count: Format,
    few: Format,
    share: Format,
    total: Format,
    total_count: Format,
    label: Format,
    blank: Format,
}

impl Formats {
    fn new() -> Self {
        let line = |format: Format| format.set_border_bottom(FormatBorder::Thin);
        let header = line(Format::new().set_bold().set_text_wrap())
            .set_align(FormatAlign::Top)
            .set_background_color(0x00E4_ECF2);
        let top = Format::new().set_align(FormatAlign::Top);
        let total = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            note: Format::new().set_italic().set_font_color(0x0044_4444),
            header_right: header.clone().set_align(FormatAlign::Right),
            header,
            text: top.clone().set_text_wrap(),
            count: top.clone().set_num_format("#,##0"),
            few: top.clone().set_align(FormatAlign::Right),
            share: top.clone().set_num_format("0.0%"),
            total_count: total.clone().set_num_format("#,##0"),
            total,
            label: top.set_bold(),
            blank: line(Format::new()),
        }
    }
}

/// The workbook as a file.
pub(super) fn bytes(report: &Report) -> Result<Vec<u8>, Error> {
    build(report).map_err(Error::Workbook)
}

fn build(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    // A fixed day, so that the same report is the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&report.title)
            .set_comment(&report.footnote)
            .set_creation_datetime(&made),
    );
    cover(workbook.add_worksheet(), report, &formats)?;
    let mut names = vec![sheet_name(&report.title, &[])];
    workbook.worksheet_from_index(0)?.set_name(&names[0])?;
    for table in &report.tables {
        let name = sheet_name(&table.title, &names);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        write(sheet, &name, table, &formats)?;
        names.push(name);
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&report.definitions_title, &names))?;
    definitions(sheet, report, &formats)?;
    names.push(sheet.name());
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&report.sign_off.0, &names))?;
    sign_off(sheet, report, &formats)?;
    workbook.save_to_buffer()
}

/// A title as the name of a sheet: at most 31 characters, some not allowed, none twice.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let allowed = |character: &char| !"[]:*?/\\'".contains(*character);
    let name: String = title.chars().filter(allowed).take(28).collect();
    let name = name.trim().to_owned();
    let is_taken = |name: &str| {
        taken
            .iter()
            .any(|own| own.to_lowercase() == name.to_lowercase())
    };
    let numbered = (2..).map(|n| format!("{name} {n}"));
    let free = std::iter::once(name.clone())
        .chain(numbered)
        .find(|name| !is_taken(name));
    free.unwrap_or(name)
}

fn paper(sheet: &mut Worksheet) {
    sheet.set_paper_size(9); // A4
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
}

fn cover(sheet: &mut Worksheet, report: &Report, formats: &Formats) -> Result<(), XlsxError> {
    paper(sheet);
    sheet.set_column_width(0, 22)?.set_column_width(1, 90)?;
    sheet.write_with_format(0, 0, &report.title, &formats.title)?;
    let mut row = 2;
    for (label, text) in &report.head {
        sheet.write_with_format(row, 0, label, &formats.label)?;
        sheet.write_with_format(row, 1, text, &formats.text)?;
        row += 1;
    }
    row += 1;
    sheet.write_with_format(row, 0, &report.notes_title, &formats.label)?;
    for text in std::iter::once(&report.footnote).chain(&report.notes) {
        sheet.write_with_format(row, 1, text, &formats.text)?;
        row += 1;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    name: &str,
    table: &Table,
    formats: &Formats,
) -> Result<(), XlsxError> {
    paper(sheet);
    sheet.write_with_format(0, 0, &table.title, &formats.title)?;
    if let Some(note) = &table.note {
        sheet.write_with_format(1, 0, note, &formats.note)?;
    }
    let mut at = 0;
    // Where each column of the table begins: a code has its name in the next column.
    let mut starts = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        starts.push(at);
        let format = match column.kind {
            Kind::Count | Kind::Share => &formats.header_right,
            _ => &formats.header,
        };
        sheet.write_with_format(HEADER, at, &column.label, format)?;
        sheet.set_column_width(at, width(table, index, column))?;
        at += 1;
    }
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    sheet.set_repeat_rows(HEADER, HEADER)?;
    let mut row = HEADER + 1;
    for cells in &table.rows {
        for ((cell, column), at) in cells.iter().zip(&table.columns).zip(&starts) {
            write_cell(sheet, (row, *at), cell, column, formats)?;
        }
        row += 1;
    }
    if row > HEADER + 1 {
        sheet.autofilter(HEADER, 0, row - 1, at.saturating_sub(1))?;
    }
    if let Some(total) = &table.total {
        for (cell, at) in total.iter().zip(&starts) {
            match cell.number() {
                #[expect(clippy::cast_precision_loss, reason = "a sheet has no larger numbers")]
                Some(number) => {
                    sheet.write_with_format(row, *at, number as f64, &formats.total_count)?
                }
                None => {
                    sheet.write_with_format(row, *at, cell.text(Kind::Count), &formats.total)?
                }
            };
        }
    }
    draw(sheet, name, table, &starts)
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    column: &Column,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => return Ok(()),
        #[expect(clippy::cast_precision_loss, reason = "thousandths are small numbers")]
        Cell::PerMille(share) => {
            sheet.write_with_format(row, at, *share as f64 / 1000.0, &formats.share)?
        }
        cell => match cell.number() {
            #[expect(clippy::cast_precision_loss, reason = "a sheet has no larger numbers")]
            Some(number) => sheet.write_with_format(row, at, number as f64, &formats.count)?,
            None if column.kind == Kind::Count => {
                sheet.write_with_format(row, at, cell.text(column.kind), &formats.few)?
            }
            None => sheet.write_with_format(row, at, cell.text(column.kind), &formats.text)?,
        },
    };
    Ok(())
}

/// Wide enough for most cells, Han characters counted twice.
fn width(table: &Table, index: usize, column: &Column) -> f64 {
    use unicode_width::UnicodeWidthStr;
    let cells = table.rows.iter().filter_map(|row| row.get(index));
    let longest = cells
        .map(|cell| cell.text(column.kind).width())
        .max()
        .unwrap_or(0);
    let longest = longest.max(column.label.width().min(16)).min(60);
    #[expect(clippy::cast_precision_loss, reason = "at most 60")]
    let longest = longest as f64 + 3.0;
    longest.clamp(WIDTHS.0, WIDTHS.1)
}

/// The chart to the right of the table.
fn draw(sheet: &mut Worksheet, name: &str, table: &Table, starts: &[u16]) -> Result<(), XlsxError> {
    let Some(chart) = table.chart.as_ref().filter(|_| !table.rows.is_empty()) else {
        return Ok(());
    };
    let rows = u32::try_from(table.rows.len()).unwrap_or(1);
    let (first, last) = (HEADER + 1, HEADER + rows);
    let start = |at: usize| starts.get(at).copied().unwrap_or(0);
    let mut drawn = XlsxChart::new(match chart.upright {
        true => ChartType::Column,
        false => ChartType::Bar,
    });
    for at in &chart.values {
        let at = start(*at);
        drawn
            .add_series()
            .set_name((name, HEADER, at))
            .set_categories((name, first, start(chart.names), last, start(chart.names)))
            .set_values((name, first, at, last, at));
    }
    drawn.title().set_name(&table.title);
    if chart.values.len() == 1 {
        drawn.legend().set_hidden();
    } else {
        drawn
            .legend()
            .set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    }
    if !chart.upright {
        // As in the table: the first row on top.
        drawn.x_axis().set_reverse();
    }
    drawn.set_width(640).set_height(240 + rows.min(40) * 14);
    let right = starts.last().copied().unwrap_or(0) + 2;
    sheet.insert_chart(HEADER, right, &drawn)?;
    Ok(())
}

fn definitions(sheet: &mut Worksheet, report: &Report, formats: &Formats) -> Result<(), XlsxError> {
    paper(sheet);
    sheet.set_column_width(0, 26)?.set_column_width(1, 100)?;
    sheet.write_with_format(0, 0, &report.definitions_title, &formats.title)?;
    let mut row = HEADER;
    for (term, text) in &report.definitions {
        sheet.write_with_format(row, 0, term, &formats.label)?;
        sheet.write_with_format(row, 1, text, &formats.text)?;
        row += 1;
    }
    sheet.write_with_format(row + 1, 1, &report.footnote, &formats.text)?;
    Ok(())
}

fn sign_off(sheet: &mut Worksheet, report: &Report, formats: &Formats) -> Result<(), XlsxError> {
    paper(sheet);
    sheet.set_column_width(0, 22)?.set_column_width(1, 60)?;
    let (title, fields) = &report.sign_off;
    sheet.write_with_format(0, 0, title, &formats.title)?;
    sheet.write_with_format(1, 0, &report.title, &formats.note)?;
    let mut row = HEADER + 1;
    for field in fields {
        sheet.set_row_height(row, 32)?;
        sheet.write_with_format(row, 0, field, &formats.label)?;
        sheet.write_blank(row, 1, &formats.blank)?;
        row += 1;
    }
    sheet.write_with_format(row + 1, 1, &report.footnote, &formats.text)?;
    Ok(())
}
