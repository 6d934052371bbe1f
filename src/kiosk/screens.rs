//! The screens of a visit, one file each. A new screen is a variant here, a file, and its texts.
//! Those that only staff see are made in `staff`.

mod attract;
mod audience;
mod bar;
mod feedback;
mod language;
mod picture;
mod question;
mod requests;
mod resting;
mod results;
mod topic;
mod why;

use bevy::prelude::*;

use super::visit::{Questions, today};
use crate::bank::Audience;

pub(super) use question::LastAnswer;

/// What is on the screen.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Screen {
    /// Invites whoever passes by.
    #[default]
    Attract,
    /// The languages, each in its own words.
    Language,
    /// For whom.
    Audience,
    /// About what.
    Topic,
    /// A question.
    Question,
    /// Right or wrong and, if there is room, why.
    Feedback,
    /// Why, where there was none.
    Why,
    /// How the round went.
    Results,
    /// What the visitor would like to learn next.
    Requests,
    /// Nothing can be played: the station is being looked after.
    Resting,
    /// Asks staff for their PIN.
    Pad,
    /// What staff do when they have forgotten it.
    Reset,
    /// What staff may see and do.
    Staff,
}

impl Screen {
    /// The name of the screen's pictures and entities.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Attract => "attract",
            Self::Language => "language",
            Self::Audience => "audience",
            Self::Topic => "topic",
            Self::Question => "question",
            Self::Feedback => "feedback",
            Self::Why => "why",
            Self::Results => "results",
            Self::Requests => "requests",
            Self::Resting => "resting",
            Self::Pad => "pad",
            Self::Reset => "reset",
            Self::Staff => "staff",
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_state::<Screen>()
        .add_plugins((
            attract::plugin,
            language::plugin,
            audience::plugin,
            topic::plugin,
            question::plugin,
            picture::plugin,
            feedback::plugin,
            why::plugin,
            results::plugin,
            requests::plugin,
            resting::plugin,
            bar::plugin,
        ))
        .add_systems(Startup, rest_without_questions);
}

/// Where a station waits for visitors. Without a single question there is nothing to invite to.
pub(super) fn home(questions: &Questions) -> Screen {
    let today = today();
    let playable = Audience::ALL
        .iter()
        .any(|audience| !questions.0.topics(*audience, today).is_empty());
    if playable {
        Screen::Attract
    } else {
        Screen::Resting
    }
}

pub(super) fn rest_without_questions(
    questions: Res<Questions>,
    mut next: ResMut<NextState<Screen>>,
) {
    if home(&questions) == Screen::Resting {
        next.set(Screen::Resting);
    }
}
