//! The report as one JSON object for programs: the same tables, by their stable ids.

use serde_json::{Map, Value, json};

use super::Edition;
use super::disclosure::Shown;
use super::period::Period;
use super::table::{Cell, FEW, Kind, Report, Table};

/// The report.
pub(super) fn value(report: &Report, edition: Edition, period: Period) -> Value {
    let tables: Map<String, Value> = report
        .tables
        .iter()
        .map(|table| (table.id.to_owned(), rows(table)))
        .collect();
    json!({
        "period": period.to_string(),
        "edition": match edition {
            Edition::Internal => "internal",
            Edition::Public => "public",
        },
        "language": report.language,
        "footnote": report.footnote,
        "notes": report.notes,
        "definitions": report
            .definitions
            .iter()
            .map(|(term, text)| json!({ "term": term, "text": text }))
            .collect::<Vec<_>>(),
        "tables": tables,
    })
}

fn rows(table: &Table) -> Value {
    let rows = table.rows.iter().map(|row| {
        let mut object = Map::new();
        for (cell, column) in row.iter().zip(&table.columns) {
            object.insert(column.id.to_owned(), cell_value(cell));
            if let (Cell::Named { name, .. }, Kind::Named | Kind::Coded) = (cell, column.kind) {
                object.insert(format!("{}_name", column.id), name.as_str().into());
            }
        }
        Value::Object(object)
    });
    rows.collect()
}

fn cell_value(cell: &Cell) -> Value {
    match cell {
        Cell::Nothing => Value::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::Named { id, .. } => id.as_str().into(),
        Cell::Count(count) | Cell::Shown(Shown::About(count)) => (*count).into(),
        Cell::Shown(Shown::Few) => FEW.into(),
        #[expect(clippy::cast_precision_loss, reason = "thousandths are small numbers")]
        Cell::PerMille(share) => (*share as f64 / 1000.0).into(),
    }
}
