//! From fingers, mouse and keys to [`Tapped`]: guarded against double taps and against taps that
//! were meant for the screen before, and with a complete way by keyboard.

use std::time::Duration;

use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::input::touch::TouchPhase;
use bevy::input_focus::tab_navigation::{NavAction, TabNavigation};
use bevy::input_focus::{FocusCause, InputFocus, InputFocusVisible};
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
        .add_systems(
            Update,
            (navigate, expire_presses, start_over_on_screen_change),
        );
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

/// Somebody pressed Escape.
#[derive(Message)]
pub(super) struct Back;

/// When things were last done, since the program's start.
#[derive(Resource, Default)]
pub(super) struct Taps {
    last_tap: Option<Duration>,
    screen_changed: Duration,
    /// The last sign of a visitor.
    pub(super) activity: Duration,
}

impl Taps {
    /// Whether a tap counts at this moment.
    fn counts(&self, now: Duration, quick: bool) -> bool {
        now >= self.screen_changed + AFTER_SCREEN
            && (quick || self.last_tap.is_none_or(|last| now >= last + AFTER_TAP))
    }

    /// When the next tap will count.
    pub(super) fn open_from(&self) -> Duration {
        let after_tap = self
            .last_tap
            .map_or(Duration::ZERO, |last| last + AFTER_TAP);
        after_tap.max(self.screen_changed + AFTER_SCREEN)
    }
}

fn guard(
    activate: On<Activate>,
    time: Res<Time<Real>>,
    quick: Query<(), With<Quick>>,
    mut taps: ResMut<Taps>,
    mut commands: Commands,
) {
    let now = time.elapsed();
    if taps.counts(now, quick.contains(activate.entity)) {
        taps.last_tap = Some(now);
        commands.trigger(Tapped {
            entity: activate.entity,
        });
    }
}

fn start_over_on_screen_change(
    mut transitions: MessageReader<StateTransitionEvent<Screen>>,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
    mut focus: ResMut<InputFocus>,
    mut wake: ResMut<Wake>,
) {
    if transitions.read().count() > 0 {
        taps.screen_changed = time.elapsed();
        focus.clear();
        wake.settle();
    }
}

fn note_press(
    press: On<Pointer<Press>>,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
    mut visible: ResMut<InputFocusVisible>,
) {
    // The event climbs from the control to the window; once is enough.
    if press.entity == press.original_event_target() {
        taps.activity = time.elapsed();
        visible.0 = false;
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

/// Arrows and Tab move the focus, Escape goes back. Enter and Space are the button's own. Keys are
/// told by their place, so that a switched keyboard layout changes nothing.
fn navigate(
    mut keys: MessageReader<KeyboardInput>,
    navigation: TabNavigation,
    mut focus: ResMut<InputFocus>,
    mut visible: ResMut<InputFocusVisible>,
    mut back: MessageWriter<Back>,
    mut wake: ResMut<Wake>,
    held: Res<ButtonInput<KeyCode>>,
) {
    for key in keys.read() {
        if key.state != ButtonState::Pressed {
            continue;
        }
        let shift = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        let action = match key.key_code {
            KeyCode::Tab if shift => NavAction::Previous,
            KeyCode::ArrowDown | KeyCode::ArrowRight | KeyCode::Tab => NavAction::Next,
            KeyCode::ArrowUp | KeyCode::ArrowLeft => NavAction::Previous,
            KeyCode::Escape if !key.repeat => {
                back.write(Back);
                // Whoever reads it may run before this system, and so only in the next frame.
                wake.settle();
                continue;
            }
            _ => continue,
        };
        if let Ok(entity) = navigation.navigate(&focus, action) {
            focus.set(entity, FocusCause::Navigated);
            visible.0 = true;
            wake.settle();
        }
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

    #[test]
    fn a_second_tap_and_a_tap_just_after_a_change_of_screen_do_not_count() {
        let at = Duration::from_millis;
        let taps = Taps {
            last_tap: Some(at(1000)),
            screen_changed: at(1200),
            activity: at(1000),
        };
        assert!(!taps.counts(at(1399), false));
        assert!(!taps.counts(at(1499), true));
        assert!(taps.counts(at(1500), false));
        assert_eq!(taps.open_from(), at(1500));
    }

    #[test]
    fn none_of_the_keys_tapped_one_after_the_other_is_lost() {
        let at = Duration::from_millis;
        let taps = Taps {
            last_tap: Some(at(1000)),
            ..Taps::default()
        };
        assert!(taps.counts(at(1000), true));
        assert!(!taps.counts(at(1399), false));
        assert!(taps.counts(at(1400), false));
    }
}
