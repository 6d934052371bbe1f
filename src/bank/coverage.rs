//! What is there for whom: how many questions each audience can be asked on each topic.

use jiff::civil::Date;

use super::{Audience, Kind, Question};

/// The questions of one topic that may be asked of one audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The topic's id.
    pub topic: String,
    /// The audience. What is written for everyone counts for each.
    pub audience: Audience,
    /// How many are easy, middle and hard.
    pub by_difficulty: [usize; 3],
    /// How many there are of each kind, as [`KINDS`] orders them.
    pub by_kind: [usize; 4],
}

/// The kinds as they are counted.
pub const KINDS: [Kind; 4] = [Kind::Single, Kind::TrueFalse, Kind::Multi, Kind::Order];

impl Row {
    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.by_difficulty.iter().sum()
    }
}

/// Counts the questions that may be asked on a day: a row for every topic with every audience, also
/// where there is nothing. Topics come in the order of the questions, audiences in their own.
#[must_use]
pub fn table<'a>(questions: impl IntoIterator<Item = &'a Question>, today: Date) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for question in questions {
        let topic = question.pack().topic();
        if rows.iter().all(|row| row.topic != topic) {
            rows.extend(Audience::ALL.map(|audience| Row {
                topic: topic.to_owned(),
                audience,
                by_difficulty: [0; 3],
                by_kind: [0; 4],
            }));
        }
        let fitting = rows
            .iter_mut()
            .filter(|row| row.topic == topic && question.suits(row.audience));
        for row in fitting.filter(|_| question.is_current(today)) {
            let stratum = usize::from(question.difficulty()).saturating_sub(1);
            if let Some(count) = row.by_difficulty.get_mut(stratum) {
                *count += 1;
            }
            let kinds = KINDS.iter().zip(&mut row.by_kind);
            for (_, count) in kinds.filter(|(kind, _)| **kind == question.kind()) {
                *count += 1;
            }
        }
    }
    rows
}
