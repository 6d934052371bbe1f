//! Questions with the telephone numbers of a station in them; see [`crate::hotlines`].

use std::sync::Arc;

use super::{Localised, Narration, Question, QuestionBank};
use crate::hotlines::{Hotlines, tokens};

impl Localised {
    /// The ids of the lines that it names.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let written = self.with_lines.values();
        written.flat_map(|text| tokens(text).filter_map(|token| token.id))
    }

    /// Puts the numbers of a station in; what cannot be filled stays as it was.
    fn fill(&mut self, hotlines: &Hotlines) {
        for (language, written) in &self.with_lines {
            if let Some(text) = hotlines.filled(written) {
                self.by_language.insert(language.clone(), text);
            }
        }
    }
}

impl Question {
    /// Whether it names a telephone line that the station does not have: it is not asked there.
    #[must_use]
    pub fn lacks_line(&self) -> bool {
        self.lacks_line
    }

    /// The ids of the telephone lines that it names, sorted, each once.
    #[must_use]
    pub fn lines(&self) -> Vec<&str> {
        let mut lines: Vec<_> = self
            .texts()
            .into_iter()
            .flat_map(Localised::lines)
            .collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// The same question with the telephone numbers of a station.
    #[must_use]
    pub(super) fn with_hotlines(mut self, hotlines: &Hotlines) -> Self {
        let lines = self.lines();
        let until = lines.iter().filter_map(|id| hotlines.good_until(id)).min();
        let lacks_line = lines.iter().any(|id| hotlines.number(id).is_none());
        let before: Vec<_> = self.texts().into_iter().cloned().collect();
        for text in self.texts_mut() {
            text.fill(hotlines);
        }
        if before.iter().ne(self.texts()) {
            // It was read aloud with other numbers.
            self.narration = Narration::default();
        }
        (self.numbers_until, self.lacks_line) = (until, lacks_line);
        self
    }

    /// Every text of it.
    fn texts(&self) -> Vec<&Localised> {
        let mut texts = vec![&self.prompt, &self.explanation];
        texts.extend(self.image.as_ref().map(|image| &image.alt));
        texts.extend([&self.source.title, &self.source.issuer]);
        for option in &self.options {
            texts.push(&option.text);
            texts.extend(&option.feedback);
        }
        texts
    }

    /// The same, to be changed.
    fn texts_mut(&mut self) -> Vec<&mut Localised> {
        let mut texts = vec![&mut self.prompt, &mut self.explanation];
        texts.extend(self.image.as_mut().map(|image| &mut image.alt));
        texts.extend([&mut self.source.title, &mut self.source.issuer]);
        for option in &mut self.options {
            texts.push(&mut option.text);
            texts.extend(&mut option.feedback);
        }
        texts
    }
}

impl QuestionBank {
    /// The same bank with the telephone numbers of a station. A question that names a line which
    /// the station does not have stays in it, and is not asked.
    #[must_use]
    pub fn with_hotlines(mut self, hotlines: &Hotlines) -> Self {
        for pack in &mut self.packs {
            for question in &mut pack.questions {
                if !question.lines().is_empty() {
                    let changed = Question::clone(question).with_hotlines(hotlines);
                    *question = Arc::new(changed);
                }
            }
        }
        self
    }
}
