//! What only staff see: a long press on a corner, a PIN, and behind it five large and plain tabs.
//!
//! Whoever is at the screen while it is open has given the PIN; it locks itself. What takes time
//! is done on threads, and the screen is made anew from [`area::Area`] when news comes.

mod area;
mod ask;
mod corner;
mod desk;
mod export_port;
mod health;
mod languages;
mod packs;
mod packs_port;
mod pad;
mod parts;
mod records;
mod reset;
mod sample;
mod station;
mod today;
mod work;

use std::time::Duration;

use bevy::prelude::*;

use super::screens::Screen;
use super::wake::Wake;
pub(super) use desk::Restart;
pub use desk::{Alarm, StaffDesk};
pub use export_port::{ExportOffice, ExportStick, Exported};
pub use packs_port::{Back, Find, FoundPack, Offer, Origin, PackAt, PackOffice, PackRow, Trial};
pub(super) use sample::{SAMPLES, Sample, desk as sample_desk};

/// Everything of this part, with the way to what staff may do.
pub(super) fn install(app: &mut App, desk: StaffDesk, restart: Restart) {
    app.insert_resource(desk::Desk::new(desk))
        .insert_resource(restart)
        .add_plugins((
            work::plugin,
            corner::plugin,
            pad::plugin,
            reset::plugin,
            area::plugin,
            packs::plugin,
            station::plugin,
        ));
}

/// Goes to a screen, or makes the one that is shown anew. Whoever asks may run when its change is
/// only seen in the next frame.
fn show_screen(world: &mut World, screen: Screen) {
    world.resource_mut::<NextState<Screen>>().set(screen);
    world.resource_mut::<Wake>().settle();
}

/// How long somebody who does nothing still has, or nothing if their time is over. What counts is
/// the later of two signs of them.
fn time_left(limit: Duration, now: Duration, tap: Duration, other: Duration) -> Option<Duration> {
    let left = limit.saturating_sub(now.saturating_sub(tap.max(other)));
    (!left.is_zero()).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_from_the_last_sign_and_ends_at_the_limit() {
        let at = Duration::from_secs;
        assert_eq!(time_left(at(60), at(100), at(70), at(50)), Some(at(30)));
        assert_eq!(time_left(at(60), at(100), at(50), at(70)), Some(at(30)));
        assert_eq!(time_left(at(60), at(130), at(70), at(50)), None);
        // A sign of this very frame.
        assert_eq!(time_left(at(15), at(9), at(10), at(0)), Some(at(15)));
    }
}
