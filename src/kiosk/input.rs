//! From fingers, mouse and keys to [`Tapped`]: guarded against double taps and against taps that
//! were meant for the screen before. Which key leads where is in `access`.

use std::time::Duration;

use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::input::touch::TouchPhase;
use bevy::input_focus::{InputFocus, InputFocusVisible};
use bevy::picking::events::{Pointer, Press};
use bevy::prelude::*;
use bevy::ui::Pressed;
use bevy::ui_widgets::Activate;

use super::screens::Screen;
use super::wake::Wake;

/// How long after a tap no other one counts.
const AFTER_TAP: Duration = Duration::from_millis(400);

/// How long after a change of screen no tap counts.
const AFTER_SCREEN: Duration = Duration::from_millis(300);

/// A touch that has not ended by then has been lost.
const TOUCH_EXPIRES: Duration = Duration::from_secs(5);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Taps>()
        .add_message::<Back>()
        .add_observer(guard)
        .add_observer(note_press)
        .add_systems(PreUpdate, (note_keys, note_touches))
        .add_systems(Update, (expire_presses, note_screen_change));
}

/// A control was tapped, and the tap counts.
#[derive(EntityEvent, Clone, Copy)]
pub(super) struct Tapped {
    /// The control.
    pub(super) entity: Entity,
}

/// A control that may be tapped again at once, like a digit: on a busy machine two taps may be
/// noticed at the same moment, and none of them may be lost.
#[derive(Component)]
pub(super) struct Quick;

/// One of several controls that are tapped one after the other, like steps: a tap counts at once
/// when the one before it was on another of them, and a second tap on the same one does not.
#[derive(Component)]
pub(super) struct Beside;

/// How soon a tap counts after another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Usual,
    Beside,
    Quick,
}

/// Somebody pressed Escape.
#[derive(Message)]
pub(super) struct Back;

/// When things were last done, since the program's start.
#[derive(Resource, Default)]
pub(super) struct Taps {
    /// The taps that counted and may still keep others from counting, the last one at the end.
    recent: Vec<Tap>,
    screen_changed: Duration,
    /// The last sign of a visitor.
    pub(super) activity: Duration,
}

/// A tap that counted.
#[derive(Clone, Copy, Debug)]
struct Tap {
    control: Entity,
    pace: Pace,
    at: Duration,
}

impl Taps {
    /// Whether a tap counts, and notes it if it does.
    fn take(&mut self, tap: Tap) -> bool {
        let now = tap.at;
        self.recent.retain(|before| now < before.at + AFTER_TAP);
        let free = match tap.pace {
            Pace::Usual => self.recent.is_empty(),
            Pace::Beside => {
                let apart = |before: &Tap| before.pace == Pace::Beside;
                let mut recent = self.recent.iter();
                recent.all(|before| apart(before) && before.control != tap.control)
            }
            Pace::Quick => true,
        };
        let counts = free && now >= self.screen_changed + AFTER_SCREEN;
        if counts {
            self.recent.push(tap);
        }
        counts
    }

    /// When the next tap will count.
    pub(super) fn open_from(&self) -> Duration {
        let last = self.recent.last();
        let after_tap = last.map_or(Duration::ZERO, |last| last.at + AFTER_TAP);
        after_tap.max(self.screen_changed + AFTER_SCREEN)
    }
}

fn guard(
    activate: On<Activate>,
    time: Res<Time<Real>>,
    paces: Query<(Has<Quick>, Has<Beside>)>,
    mut taps: ResMut<Taps>,
    mut commands: Commands,
) {
    let control = activate.entity;
    let pace = match paces.get(control) {
        Ok((true, _)) => Pace::Quick,
        Ok((false, true)) => Pace::Beside,
        _ => Pace::Usual,
    };
    let at = time.elapsed();
    if taps.take(Tap { control, pace, at }) {
        commands.trigger(Tapped { entity: control });
    }
}

fn note_screen_change(
    mut transitions: MessageReader<StateTransitionEvent<Screen>>,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
    mut wake: ResMut<Wake>,
) {
    if transitions.read().count() > 0 {
        taps.screen_changed = time.elapsed();
        wake.settle();
    }
}

fn note_press(
    press: On<Pointer<Press>>,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
    mut focus: ResMut<InputFocus>,
    mut visible: ResMut<InputFocusVisible>,
) {
    // The event climbs from the control to the window; once is enough.
    if press.entity == press.original_event_target() {
        taps.activity = time.elapsed();
        // A focus that is not seen must not be where Enter acts.
        if visible.0 {
            visible.0 = false;
            focus.clear();
        }
    }
}

fn note_keys(
    mut keys: MessageReader<KeyboardInput>,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
) {
    // A key that is stuck repeats itself: no sign of a visitor.
    if keys
        .read()
        .any(|key| key.state == ButtonState::Pressed && !key.repeat)
    {
        taps.activity = time.elapsed();
    }
}

fn note_touches(
    mut touches: MessageReader<TouchInput>,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
) {
    if touches
        .read()
        .any(|touch| touch.phase == TouchPhase::Started)
    {
        taps.activity = time.elapsed();
    }
}

/// When a button was pressed.
#[derive(Component)]
struct PressedAt(Duration);

fn expire_presses(
    pressed: Query<(Entity, Option<&PressedAt>), With<Pressed>>,
    released: Query<Entity, (With<PressedAt>, Without<Pressed>)>,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    let now = time.elapsed();
    for (button, at) in &pressed {
        match at {
            None => {
                commands.entity(button).insert(PressedAt(now));
                wake.within(TOUCH_EXPIRES);
            }
            Some(PressedAt(at)) if now >= *at + TOUCH_EXPIRES => {
                commands.entity(button).remove::<(Pressed, PressedAt)>();
            }
            Some(PressedAt(at)) => wake.within(*at + TOUCH_EXPIRES - now),
        }
    }
    for button in &released {
        commands.entity(button).remove::<PressedAt>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these taps count, on controls by number, at milliseconds since the start.
    fn counting(pace: Pace, screen_changed: u64, taps: &[(u32, u64)]) -> Vec<bool> {
        let mut all = Taps {
            screen_changed: Duration::from_millis(screen_changed),
            ..Taps::default()
        };
        let take = |(control, at): &(u32, u64)| {
            all.take(Tap {
                control: Entity::from_raw_u32(*control).unwrap_or(Entity::PLACEHOLDER),
                pace,
                at: Duration::from_millis(*at),
            })
        };
        taps.iter().map(take).collect()
    }

    #[test]
    fn a_second_tap_and_a_tap_just_after_a_change_of_screen_do_not_count() {
        let taps = [(1, 499), (1, 500), (1, 899), (2, 899), (2, 900)];
        let counted = [false, true, false, false, true];
        assert_eq!(counting(Pace::Usual, 200, &taps), counted);
        let taps = Taps {
            recent: vec![Tap {
                control: Entity::PLACEHOLDER,
                pace: Pace::Usual,
                at: Duration::from_millis(1000),
            }],
            screen_changed: Duration::from_millis(1200),
            activity: Duration::ZERO,
        };
        assert_eq!(taps.open_from(), Duration::from_millis(1500));
    }

    #[test]
    fn none_of_the_keys_tapped_one_after_the_other_is_lost() {
        let taps = [(1, 299), (1, 300), (1, 300), (2, 301)];
        assert_eq!(counting(Pace::Quick, 0, &taps), [false, true, true, true]);
    }

    #[test]
    fn quick_taps_on_different_steps_count_and_a_second_one_on_the_same_step_does_not() {
        let taps = [
            (1, 1000),
            (2, 1050),
            (1, 1100),
            (2, 1449),
            (3, 1449),
            (2, 1450),
        ];
        let counted = [true, true, false, false, true, true];
        assert_eq!(counting(Pace::Beside, 0, &taps), counted);
        // Not even then just after a change of screen, when they were meant for another one.
        let taps = [(1, 1299), (2, 1299), (3, 1300)];
        assert_eq!(counting(Pace::Beside, 1000, &taps), [false, false, true]);
    }

    #[test]
    fn a_step_that_is_tapped_just_after_something_else_does_not_count() {
        let mut taps = Taps::default();
        let mut take = |control: u32, pace, at| {
            let control = Entity::from_raw_u32(control).unwrap_or(Entity::PLACEHOLDER);
            let at = Duration::from_millis(at);
            taps.take(Tap { control, pace, at })
        };
        assert!(take(1, Pace::Usual, 1000));
        assert!(!take(2, Pace::Beside, 1399));
        assert!(take(2, Pace::Beside, 1400));
        // And what ends a question is not tapped by accident behind a step.
        assert!(!take(1, Pace::Usual, 1799));
        assert!(take(1, Pace::Usual, 1800));
    }
}
