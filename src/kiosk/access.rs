//! For those who do not see the screen or cannot touch it: everything on it in the order in which
//! it is read, a way to all of it by keys, and the same as a tree for screen readers.
//!
//! All of it is derived from what a screen is made of, so that no screen says anything twice: what
//! is tapped is a `Button`, its name is what is written on it, its state is its `Look`. A screen
//! adds [`Means`] or [`Spoken`] only where that does not tell enough.

mod bridge;
mod focus;
mod keypad;
pub(super) mod order;
pub(super) mod tree;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((focus::plugin, keypad::plugin, bridge::plugin));
}

/// What something is to somebody who does not see it, where its looks do not say it.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// One of several answers of which one is chosen.
    OneOf,
    /// One of several answers of which more than one can be chosen.
    SomeOf,
    /// A text that a part of the screen is about.
    Heading,
    /// Where in the round one is. Said when it is new.
    Progress,
    /// Several texts in a row that belong together.
    Item,
    /// Right or wrong. Said before anything else.
    Verdict,
    /// What has just come about. Said when it is new.
    News,
    /// Digits that nobody may read: only how many there are is said.
    Secret,
}

/// What is said of a control on which nothing is written, or of a picture. A picture without it is
/// there for the eye only.
#[derive(Component, Clone, Debug)]
pub(super) struct Spoken(pub(super) String);

/// A part of a page that is read and reached by keys after everything else, wherever it stands:
/// the first key leads to what the screen is about.
#[derive(Component)]
pub(super) struct ReadLast;

/// What is in it is read in the same way, but before what is read last: what answers a question
/// comes after its options.
#[derive(Component)]
pub(super) struct ReadLate;

#[cfg(test)]
mod tests;
