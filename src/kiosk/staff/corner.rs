//! The way in: three seconds on the top left corner, whatever is on the screen there. Nothing shows
//! it, and a shorter press is what it always was.

use std::time::Duration;

use bevy::picking::pointer::{PointerAction, PointerButton, PointerId, PointerInput};
use bevy::prelude::*;

use super::pad;
use crate::kiosk::idle::Pause;
use crate::kiosk::screens::Screen;
use crate::kiosk::wake::Wake;

/// How far the corner reaches, right and down, in the units that screens are laid out in.
const REACH: f32 = 120.0;

/// How long it takes.
const LONG: Duration = Duration::from_secs(3);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Corner>().add_systems(Update, watch);
}

/// The finger on the corner, and since when.
#[derive(Resource, Default)]
struct Corner(Option<(PointerId, Duration)>);

impl Corner {
    /// Takes in what a pointer did at a place, in layout units.
    fn note(&mut self, pointer: PointerId, action: PointerAction, at: Vec2, now: Duration) {
        let inside = at.x < REACH && at.y < REACH;
        let own = self.0.is_some_and(|(own, _)| own == pointer);
        match action {
            PointerAction::Press(PointerButton::Primary) => {
                // A second finger is a hand on the screen, not somebody who wants in.
                self.0 = (inside && self.0.is_none()).then_some((pointer, now));
            }
            PointerAction::Release(_) | PointerAction::Cancel if own => self.0 = None,
            PointerAction::Move { .. } if own && !inside => self.0 = None,
            _ => {}
        }
    }
}

fn watch(
    mut inputs: MessageReader<PointerInput>,
    screen: Res<State<Screen>>,
    pause: Res<State<Pause>>,
    scale: Res<UiScale>,
    time: Res<Time<Real>>,
    mut corner: ResMut<Corner>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    let now = time.elapsed();
    for input in inputs.read() {
        let at = input.location.position / scale.0;
        corner.note(input.pointer_id, input.action, at, now);
    }
    if *pause.get() == Pause::Asking || matches!(screen.get(), Screen::Pad | Screen::Staff) {
        corner.0 = None;
    }
    let Some((_, since)) = corner.0 else { return };
    let held = now.saturating_sub(since);
    if held >= LONG {
        corner.0 = None;
        commands.queue(pad::open);
    } else {
        wake.within(LONG - held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_finger_that_stays_on_the_corner_is_a_long_press() {
        let press = PointerAction::Press(PointerButton::Primary);
        let release = PointerAction::Release(PointerButton::Primary);
        let slide = PointerAction::Move { delta: Vec2::ONE };
        let (one, two) = (PointerId::Touch(1), PointerId::Touch(2));
        let (inside, outside) = (Vec2::splat(119.0), Vec2::new(10.0, 121.0));
        let after = |deeds: &[(PointerId, PointerAction, Vec2)]| {
            let mut corner = Corner::default();
            for (pointer, action, at) in deeds {
                corner.note(*pointer, *action, *at, Duration::ZERO);
            }
            corner.0.is_some()
        };
        assert!(after(&[(one, press, inside)]));
        assert!(after(&[(one, press, inside), (one, slide, inside)]));
        assert!(after(&[(one, press, inside), (two, slide, outside)]));
        assert!(!after(&[(one, press, outside)]));
        assert!(!after(&[(one, press, outside), (one, slide, inside)]));
        assert!(!after(&[(one, press, inside), (one, slide, outside)]));
        assert!(!after(&[(one, press, inside), (one, release, inside)]));
        assert!(!after(&[
            (one, press, inside),
            (one, PointerAction::Cancel, inside)
        ]));
        assert!(!after(&[(one, press, inside), (two, press, inside)]));
    }
}
