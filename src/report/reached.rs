//! The table of targets beside what was reached.

use super::disclosure::Shown;
use super::table::{Cell, Kind, Table};
use super::targets::Target;
use super::words::Words;

/// Each target with the number it is compared with, in the words of either edition.
pub(super) fn table(
    targets: &[Target],
    words: &Words<'_>,
    reached: &dyn Fn(&Target) -> Cell,
) -> Table {
    let rows = targets.iter().map(|target| {
        let reached = reached(target);
        let share = share(&reached, target.number);
        let number = match target.number {
            Some(number) => Cell::Count(number),
            None => Cell::Named {
                id: "not_set".to_owned(),
                name: words.say("report-not-set"),
            },
        };
        vec![what(target, words), number, reached, share]
    });
    let columns = [
        ("what", Kind::Named),
        ("target", Kind::Count),
        ("reached", Kind::Count),
        ("share_of_target", Kind::Share),
    ];
    Table {
        id: "targets",
        title: words.say("report-targets"),
        note: Some(words.say("report-targets-note")),
        columns: words.columns(&columns),
        rows: rows.collect(),
        total: None,
        chart: None,
    }
}

/// How much of a target was reached: of the number as it is shown, so that nothing more is said.
fn share(reached: &Cell, target: Option<u64>) -> Cell {
    let number = match reached {
        Cell::Shown(Shown::Few) => None,
        cell => cell.number(),
    };
    match (number, target) {
        (Some(number), Some(target)) if target > 0 => {
            let thousandths =
                (u128::from(number) * 2000 + u128::from(target)) / (u128::from(target) * 2);
            u64::try_from(thousandths).map_or(Cell::Nothing, Cell::PerMille)
        }
        _ => Cell::Nothing,
    }
}

fn what(target: &Target, words: &Words<'_>) -> Cell {
    let Some((part, id)) = target.part() else {
        return words.whole(&target.what);
    };
    let (label, named) = match part {
        "audience" => ("audience", words.audience(id)),
        "topic" => ("topic", words.topic(id)),
        "venue" => ("venue", words.venue(id)),
        "language" => ("language", words.language_name(id)),
        "division" => ("division", words.place(id)),
        _ => ("station", words.station(id)),
    };
    let label = words.column(label, Kind::Named).label;
    Cell::Named {
        id: target.what.clone(),
        name: words.say_with(
            "report-target-of",
            &[
                ("part", label.into()),
                ("name", named.text(Kind::Named).into()),
            ],
        ),
    }
}
