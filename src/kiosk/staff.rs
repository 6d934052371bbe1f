//! What only staff see: a long press on a corner, a PIN, and behind it five large and plain tabs.
//!
//! Whoever is at the screen while it is open has given the PIN; it locks itself. What takes time
//! is done on threads, and the screen is made anew from [`area::Area`] when news comes.

mod area;
mod ask;
mod corner;
mod desk;
mod health;
mod packs;
mod packs_port;
mod pad;
mod parts;
mod records;
mod station;
mod today;
mod work;

use bevy::prelude::*;

use super::screens::Screen;
use super::wake::Wake;
pub(super) use desk::Restart;
pub use desk::{Alarm, StaffDesk};
pub use packs_port::{Back, Offer, Origin, PackOffice, PackRow, StickFind, StickPack, Trial};

/// Everything of this part, with the way to what staff may do.
pub(super) fn install(app: &mut App, desk: StaffDesk, restart: Restart) {
    app.insert_resource(desk::Desk::new(desk))
        .insert_resource(restart)
        .add_plugins((
            work::plugin,
            corner::plugin,
            pad::plugin,
            area::plugin,
            station::plugin,
        ));
}

/// Goes to a screen, or makes the one that is shown anew. Whoever asks may run when its change is
/// only seen in the next frame.
fn show_screen(world: &mut World, screen: Screen) {
    world.resource_mut::<NextState<Screen>>().set(screen);
    world.resource_mut::<Wake>().settle();
}
