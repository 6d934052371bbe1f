//! The keyboard, and keypads with four keys: up, down, choose, back.
//!
//! Keys are told by their place, so that a switched keyboard layout changes nothing. Enter and
//! Space are the button's own.

use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::input_focus::{FocusCause, InputFocus, InputFocusSystems, InputFocusVisible};
use bevy::prelude::*;
use bevy::ui_widgets::Activate;

use super::order::{Reading, Step};
use crate::kiosk::input::Back;
use crate::kiosk::screens::Screen;
use crate::kiosk::wake::Wake;

/// Together with the buttons, which read Enter before: what they do to the screen comes later.
pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, press.after(InputFocusSystems::Dispatch));
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Go(Step),
    /// What the button does not do by itself.
    Choose,
    /// The button's own key: for us only where there is no button to do it.
    Begin,
    Back,
}

fn deed(key: &KeyboardInput, shift: bool) -> Option<Deed> {
    if key.state != ButtonState::Pressed {
        return None;
    }
    let deed = match key.key_code {
        KeyCode::Tab if shift => Deed::Go(Step::Previous),
        KeyCode::Tab | KeyCode::ArrowRight => Deed::Go(Step::Next),
        KeyCode::ArrowLeft => Deed::Go(Step::Previous),
        KeyCode::ArrowDown => Deed::Go(Step::Down),
        KeyCode::ArrowUp => Deed::Go(Step::Up),
        KeyCode::Enter | KeyCode::Space => Deed::Begin,
        KeyCode::NumpadEnter => Deed::Choose,
        // Keypads have the one or the other.
        KeyCode::Escape | KeyCode::Home | KeyCode::BrowserBack => Deed::Back,
        _ => return None,
    };
    // Who holds an arrow wants to go far; nothing else is done twice.
    (!key.repeat || matches!(deed, Deed::Go(_))).then_some(deed)
}

fn press(
    mut keys: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    reading: Reading,
    screen: Res<State<Screen>>,
    mut focus: ResMut<InputFocus>,
    mut visible: ResMut<InputFocusVisible>,
    mut back: MessageWriter<Back>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    for key in keys.read() {
        let shift = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        let Some(deed) = deed(key, shift) else {
            continue;
        };
        let here = focus.get().filter(|focus| reading.is_control(*focus));
        let step = match (deed, here) {
            (Deed::Go(step), _) => step,
            (Deed::Choose, Some(entity)) => {
                commands.trigger(Activate { entity });
                continue;
            }
            (Deed::Begin, Some(_)) => continue,
            // The digits are typed, and Enter ends them.
            (Deed::Choose | Deed::Begin, None) if *screen.get() == Screen::Pad => continue,
            // Nothing could be meant: shows where one is.
            (Deed::Choose | Deed::Begin, None) => Step::Next,
            (Deed::Back, _) => {
                back.write(Back);
                wake.settle();
                continue;
            }
        };
        if let Some(control) = reading.step(here, step) {
            focus.set(control, FocusCause::Navigated);
            visible.0 = true;
            wake.settle();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::input::keyboard::Key;

    fn key(key_code: KeyCode, repeat: bool) -> KeyboardInput {
        KeyboardInput {
            key_code,
            logical_key: Key::Unidentified(bevy::input::keyboard::NativeKey::Unidentified),
            state: ButtonState::Pressed,
            text: None,
            repeat,
            window: Entity::PLACEHOLDER,
        }
    }

    #[test]
    fn a_key_that_is_held_moves_on_and_does_nothing_else_twice() {
        let down = Some(Deed::Go(Step::Down));
        assert_eq!(deed(&key(KeyCode::ArrowDown, false), false), down);
        assert_eq!(deed(&key(KeyCode::ArrowDown, true), false), down);
        for code in [
            KeyCode::Escape,
            KeyCode::Home,
            KeyCode::BrowserBack,
            KeyCode::Enter,
            KeyCode::NumpadEnter,
        ] {
            assert!(deed(&key(code, false), false).is_some(), "{code:?}");
            assert_eq!(deed(&key(code, true), false), None, "{code:?}");
        }
        let tab = key(KeyCode::Tab, false);
        assert_eq!(deed(&tab, true), Some(Deed::Go(Step::Previous)));
        assert_eq!(deed(&tab, false), Some(Deed::Go(Step::Next)));
        assert_eq!(deed(&key(KeyCode::KeyA, false), false), None);
    }
}
