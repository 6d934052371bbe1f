//! What a pack brings against the one in use.

use std::collections::BTreeMap;

use crate::bank::{Pack, Question};

/// Ids of questions, each in the order of its pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Only in the new pack.
    pub added: Vec<String>,
    /// In both, not the same.
    pub changed: Vec<String>,
    /// Only in the old pack.
    pub removed: Vec<String>,
}

impl Changes {
    /// Compares two versions of a pack; without an old one every question is added.
    #[must_use]
    pub fn between(old: Option<&Pack>, new: &Pack) -> Self {
        let old = old.map(Pack::questions).unwrap_or_default();
        let by_id = |questions: &'_ [_]| -> BTreeMap<String, _> {
            let questions = questions.iter();
            questions
                .map(|question: &std::sync::Arc<Question>| {
                    (question.id().to_owned(), question.clone())
                })
                .collect()
        };
        let (before, after) = (by_id(old), by_id(new.questions()));
        let mut changes = Self::default();
        for question in new.questions() {
            let id = question.id().to_owned();
            match before.get(&id) {
                None => changes.added.push(id),
                Some(other) if !question.says_the_same(other) => changes.changed.push(id),
                Some(_) => {}
            }
        }
        let ids = old.iter().map(|question| question.id().to_owned());
        changes.removed = ids.filter(|id| !after.contains_key(id)).collect();
        changes
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}
