//! Tidy CSV: a row a thing, columns with stable English names, no sums among the rows.

use super::Error;
use super::table::{Cell, Column, Kind, Table};

/// So that spreadsheets read Chinese as UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A table as a file.
pub(super) fn bytes(table: &Table) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(BOM.to_vec());
    let header = table.columns.iter().flat_map(|column| {
        let name = is_named(column).then(|| format!("{}_name", column.id));
        [Some(column.id.to_owned()), name].into_iter().flatten()
    });
    let wrong = |error: csv::Error| Error::Table(error.to_string());
    writer.write_record(header).map_err(wrong)?;
    for row in &table.rows {
        let cells = row
            .iter()
            .zip(&table.columns)
            .flat_map(|(cell, column)| cells(cell, column));
        writer.write_record(cells).map_err(wrong)?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::Table(error.to_string()))
}

fn is_named(column: &Column) -> bool {
    matches!(column.kind, Kind::Named | Kind::Coded)
}

/// A cell as it is written: an id and its name where the column has both.
fn cells(cell: &Cell, column: &Column) -> impl Iterator<Item = String> + use<> {
    let (value, name) = match cell {
        Cell::Named { id, name } => (harmless(id), harmless(name)),
        Cell::PerMille(share) => (
            format!("{}.{:03}", share / 1000, share % 1000),
            String::new(),
        ),
        Cell::Text(text) => (harmless(text), String::new()),
        other => (other.text(column.kind), String::new()),
    };
    [Some(value), is_named(column).then_some(name)]
        .into_iter()
        .flatten()
}

/// A text that no spreadsheet takes for a formula: files come from many hands.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::disclosure::Shown;
    use super::*;

    #[test]
    fn cells_are_tidy_and_no_text_is_a_formula() {
        let column = |id, kind| Column {
            id,
            label: String::new(),
            kind,
        };
        let table = Table {
            id: "t",
            title: String::new(),
            note: None,
            columns: vec![
                column("what", Kind::Named),
                column("answered", Kind::Count),
                column("share", Kind::Share),
            ],
            rows: vec![
                vec![
                    Cell::Named {
                        id: "=1+1".to_owned(),
                        name: "一, \"二\"".to_owned(),
                    },
                    Cell::Shown(Shown::Few),
                    Cell::PerMille(5),
                ],
                vec![
                    Cell::Nothing,
                    Cell::Shown(Shown::About(15)),
                    Cell::PerMille(1000),
                ],
            ],
            total: Some(vec![Cell::Nothing, Cell::Count(1), Cell::Nothing]),
            chart: None,
        };
        let text = String::from_utf8(bytes(&table).unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}what,what_name,answered,share\n\
             '=1+1,\"一, \"\"二\"\"\",<10,0.005\n,,15,1.000\n"
        );
    }
}
