//! The focus of keys and screen readers: gone with the screen it was on, kept when the same screen
//! is made anew, and inside of what lies over the page as long as that does.

use bevy::input_focus::{FocusCause, InputFocus, InputFocusVisible};
use bevy::prelude::*;

use super::order::Reading;
use crate::kiosk::idle::Pause;
use crate::kiosk::screens::Screen;
use crate::kiosk::wake::Wake;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Kept>()
        .add_systems(Update, follow_screen)
        .add_systems(PostUpdate, keep);
}

/// The names of the controls that have the focus and that had it when the page was covered.
#[derive(Resource, Default)]
struct Kept {
    here: Option<String>,
    below: Option<String>,
}

/// Notes the name while there is still something that has it.
fn keep(focus: Res<InputFocus>, names: Query<&Name>, mut kept: ResMut<Kept>) {
    if focus.is_changed() {
        let name = focus.get().and_then(|focus| names.get(focus).ok());
        kept.here = name.map(ToString::to_string);
    }
}

fn follow_screen(
    mut screens: MessageReader<StateTransitionEvent<Screen>>,
    mut pauses: MessageReader<StateTransitionEvent<Pause>>,
    reading: Reading,
    names: Query<&Name>,
    visible: Res<InputFocusVisible>,
    mut focus: ResMut<InputFocus>,
    mut kept: ResMut<Kept>,
    mut wake: ResMut<Wake>,
) {
    let mut changed = false;
    for change in pauses.read() {
        changed = true;
        let here = kept.here.take();
        match change.entered {
            Some(Pause::Asking) => kept.below = here,
            _ => kept.here = kept.below.take(),
        }
    }
    for change in screens.read() {
        changed = true;
        if change.exited != change.entered {
            *kept = Kept::default();
        }
    }
    if !changed {
        return;
    }
    let again = kept.here.take().filter(|_| visible.0).and_then(|kept| {
        let named = |control: &Entity| names.get(*control).is_ok_and(|name| name.as_str() == kept);
        reading.controls().into_iter().find(named)
    });
    match again {
        Some(control) => focus.set(control, FocusCause::Navigated),
        None => focus.clear(),
    }
    wake.settle();
}
