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

/// How wide the column of running text is, in characters.
const COVER: f64 = 90.0;

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
            header: header.set_align(FormatAlign::Left).set_indent(1),
            text: top
                .clone()
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_indent(1),
            count: top.clone().set_num_format("#,##0"),
            few: top.clone().set_align(FormatAlign::Right),
            share: top.clone().set_num_format("0.0%"),
            total_count: total.clone().set_num_format("#,##0"),
            total,
            label: top
                .set_bold()
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_text_wrap(),
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
    sheet.set_column_width(0, 22)?.set_column_width(1, COVER)?;
    sheet.write_with_format(0, 0, &report.title, &formats.title)?;
    let mut row = 2;
    for (label, text) in &report.head {
        sheet.write_with_format(row, 0, label, &formats.label)?;
        sheet.write_with_format(row, 1, text, &formats.text)?;
        fit(sheet, row, [(text.as_str(), COVER)].into_iter())?;
        row += 1;
    }
    row += 1;
    sheet.write_with_format(row, 0, &report.notes_title, &formats.label)?;
    for text in std::iter::once(&report.footnote).chain(&report.notes) {
        sheet.write_with_format(row, 1, text, &formats.text)?;
        fit(sheet, row, [(text.as_str(), COVER)].into_iter())?;
        row += 1;
    }
    Ok(())
}

fn footnote(
    sheet: &mut Worksheet,
    row: u32,
    report: &Report,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_with_format(row, 1, &report.footnote, &formats.text)?;
    fit(sheet, row, [(report.footnote.as_str(), COVER)].into_iter())
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
    for ((index, column), at) in table.columns.iter().enumerate().zip(0..) {
        let format = match column.kind {
            Kind::Count | Kind::Share => &formats.header_right,
            _ => &formats.header,
        };
        sheet.write_with_format(HEADER, at, &column.label, format)?;
        sheet.set_column_width(at, width(table, index, column))?;
    }
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    sheet.set_repeat_rows(HEADER, HEADER)?;
    let mut row = HEADER + 1;
    let widths: Vec<f64> = (table.columns.iter().enumerate())
        .map(|(index, column)| width(table, index, column))
        .collect();
    for cells in &table.rows {
        for ((cell, column), at) in cells.iter().zip(&table.columns).zip(0..) {
            write_cell(sheet, (row, at), cell, column, formats)?;
        }
        let texts: Vec<String> = (cells.iter().zip(&table.columns))
            .map(|(cell, column)| cell.text(column.kind))
            .collect();
        fit(
            sheet,
            row,
            texts.iter().map(String::as_str).zip(widths.iter().copied()),
        )?;
        row += 1;
    }
    if row > HEADER + 1 {
        sheet.autofilter(HEADER, 0, row - 1, last_column(table))?;
    }
    if let Some(total) = &table.total {
        for (cell, at) in total.iter().zip(0..) {
            match cell.number() {
                #[expect(clippy::cast_precision_loss, reason = "a sheet has no larger numbers")]
                Some(number) => {
                    sheet.write_with_format(row, at, number as f64, &formats.total_count)?
                }
                None => sheet.write_with_format(row, at, cell.text(Kind::Count), &formats.total)?,
            };
        }
    }
    draw(sheet, name, table)
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

fn last_column(table: &Table) -> u16 {
    u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(0)
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

/// Gives a row the height of its longest text: not every program finds it by itself.
fn fit<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'a str, f64)>,
) -> Result<(), XlsxError> {
    use unicode_width::UnicodeWidthStr;
    #[expect(clippy::cast_precision_loss, reason = "a text has no more characters")]
    // A little is lost at the end of each line.
    let lines = cells.map(|(text, width)| (text.width() as f64 * 1.08 / width).ceil());
    let lines = lines.fold(1.0, f64::max);
    if lines > 1.0 {
        sheet.set_row_height(row, 15.0 * lines)?;
    }
    Ok(())
}

/// The chart to the right of the table.
fn draw(sheet: &mut Worksheet, name: &str, table: &Table) -> Result<(), XlsxError> {
    let Some(chart) = table.chart.as_ref().filter(|_| !table.rows.is_empty()) else {
        return Ok(());
    };
    let rows = u32::try_from(table.rows.len()).unwrap_or(1);
    let (first, last) = (HEADER + 1, HEADER + rows);
    let column = |at: usize| u16::try_from(at).unwrap_or(0);
    let mut drawn = XlsxChart::new(match chart.upright {
        true => ChartType::Column,
        false => ChartType::Bar,
    });
    for at in &chart.values {
        let at = column(*at);
        drawn
            .add_series()
            .set_name((name, HEADER, at))
            .set_categories((name, first, column(chart.names), last, column(chart.names)))
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
        drawn.y_axis().set_reverse();
    }
    // A bar that does not begin at nothing tells a lie about its length.
    if chart.upright {
        drawn.y_axis().set_min(0);
    } else {
        drawn.x_axis().set_min(0);
    }
    drawn.set_width(640).set_height(240 + rows.min(40) * 14);
    sheet.insert_chart(HEADER, last_column(table) + 2, &drawn)?;
    Ok(())
}

fn definitions(sheet: &mut Worksheet, report: &Report, formats: &Formats) -> Result<(), XlsxError> {
    paper(sheet);
    sheet.set_column_width(0, 26)?.set_column_width(1, COVER)?;
    sheet.write_with_format(0, 0, &report.definitions_title, &formats.title)?;
    let mut row = HEADER;
    for (term, text) in &report.definitions {
        sheet.write_with_format(row, 0, term, &formats.label)?;
        sheet.write_with_format(row, 1, text, &formats.text)?;
        fit(
            sheet,
            row,
            [(text.as_str(), COVER), (term.as_str(), 26.0)].into_iter(),
        )?;
        row += 1;
    }
    footnote(sheet, row + 1, report, formats)
}

fn sign_off(sheet: &mut Worksheet, report: &Report, formats: &Formats) -> Result<(), XlsxError> {
    paper(sheet);
    sheet.set_column_width(0, 22)?.set_column_width(1, COVER)?;
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
    footnote(sheet, row + 1, report, formats)
}
