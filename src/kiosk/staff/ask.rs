//! Whoever is about to destroy something is asked, and asked again.

use bevy::prelude::*;

use super::area::{self, Area, Told};
use super::desk::{Desk, Restart};
use super::packs;
use super::parts::{self, View, button};
use crate::bank::Arg;
use crate::journal;
use crate::kiosk::store::Store;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, Look};

/// What is about to be done.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) deed: Deed,
    /// What it is done to, in words.
    pub(super) to: Vec<(&'static str, Arg)>,
    /// Whether the first question has been answered with yes.
    pub(super) again: bool,
}

/// Deeds that are asked about twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Installing a pack that nobody has signed.
    Unsigned,
    /// Going back to the version of a pack before.
    RollBack(String),
    /// Removing a pack.
    Remove(String),
    /// Starting the program again.
    Restart,
}

impl Deed {
    /// The first question, the second, and the word for yes.
    fn keys(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Unsigned => (
                "staff-ask-unsigned",
                "staff-ask-unsigned-again",
                "staff-packs-install",
            ),
            Self::RollBack(_) => (
                "staff-ask-back",
                "staff-ask-back-again",
                "staff-ask-back-yes",
            ),
            Self::Remove(_) => (
                "staff-ask-remove",
                "staff-ask-remove-again",
                "staff-packs-remove",
            ),
            Self::Restart => (
                "staff-ask-restart",
                "staff-ask-restart-again",
                "staff-health-restart",
            ),
        }
    }
}

/// Asks.
pub(super) fn ask(world: &mut World, deed: Deed, to: Vec<(&'static str, Arg)>) {
    let mut area = world.resource_mut::<Area>();
    area.told = None;
    area.ask = Some(Ask {
        deed,
        to,
        again: false,
    });
    area::redraw(world);
}

/// No.
pub(super) fn cancel(world: &mut World) {
    world.resource_mut::<Area>().ask = None;
    area::redraw(world);
}

/// Yes; the second yes does it.
fn agree(world: &mut World) {
    let mut area = world.resource_mut::<Area>();
    let Some(asked) = &mut area.ask else { return };
    if !asked.again {
        asked.again = true;
        return area::redraw(world);
    }
    let Some(asked) = area.ask.take() else { return };
    match asked.deed {
        Deed::Unsigned => packs::commit(world, true),
        Deed::RollBack(id) => packs::roll_back(world, id),
        Deed::Remove(id) => packs::remove(world, id),
        Deed::Restart => restart(world),
    }
}

/// The question in place of the tab. The two answers change places, so that no finger that taps
/// twice has said yes twice.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View, asked: &Ask) {
    let (first, second, yes) = asked.deed.keys();
    let key = if asked.again { second } else { first };
    let args = crate::locale::values(&asked.to);
    content
        .spawn(Node {
            justify_content: JustifyContent::Center,
            ..parts::column()
        })
        .with_children(|middle| {
            middle.spawn(text::symbol("warning", IconSize::Alone, palette::WRONG));
            middle.spawn(text::bold(
                view.say_with(key, &args),
                Size::Title,
                palette::INK,
            ));
            middle
                .spawn(Node {
                    flex_direction: if asked.again {
                        FlexDirection::RowReverse
                    } else {
                        FlexDirection::Row
                    },
                    justify_content: if asked.again {
                        JustifyContent::FlexEnd
                    } else {
                        JustifyContent::FlexStart
                    },
                    ..widget::stack(FlexDirection::Row)
                })
                .with_children(|row| {
                    let name = if asked.again { "yes-again" } else { "yes" };
                    button(row, name, Look::Wrong, "warning", view.say(yes), agree);
                    let no = view.say("staff-ask-no");
                    button(row, "no", Look::Action, "arrow-left", no, cancel);
                });
        });
}

fn restart(world: &mut World) {
    let journal =
        |desk: &Desk, _: &mut dyn FnMut(u64, u64)| (desk.journal)(journal::Deed::Restarted, "");
    area::wait_for(world, "staff-health-restarting", journal, |world, ()| {
        world.resource::<Restart>().wish();
        world.resource_mut::<Store>().close();
        world.write_message(AppExit::Success);
        // Should the program still be there, staff are told.
        world.resource_mut::<Area>().told = Some(Told::Failed);
    });
}
