//! Taps that begin and end within one frame.
//!
//! The engine looks for what is under a finger that is lifted in the frame before. A finger that
//! came down in the same frame was nowhere then, and its tap would be lost: on slow graphics that
//! happens to quick fingers all the time. So a release that shares a frame with its press waits
//! for the next frame.

use bevy::ecs::message::MessageCursor;
use bevy::picking::PickingSystems;
use bevy::picking::pointer::{PointerAction, PointerId, PointerInput};
use bevy::prelude::*;

use super::wake::Wake;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Held>()
        .add_systems(First, hold_releases.after(PickingSystems::Input));
}

/// What waits for the next frame, in order.
#[derive(Resource, Default)]
struct Held(Vec<PointerInput>);

fn hold_releases(
    mut inputs: ResMut<Messages<PointerInput>>,
    mut seen: Local<MessageCursor<PointerInput>>,
    mut held: ResMut<Held>,
    mut wake: ResMut<Wake>,
) {
    let new: Vec<PointerInput> = seen.read(&inputs).cloned().collect();
    if new.is_empty() && held.0.is_empty() {
        return;
    }
    let (now, later) = split(held.0.drain(..).chain(new).collect());
    // What is cleared besides was read by everybody in the frame before.
    inputs.clear();
    inputs.write_batch(now);
    seen.clear(&inputs);
    if !later.is_empty() {
        wake.once_more();
    }
    held.0 = later;
}

/// What can be done in this frame, and what has to wait: everything of a pointer from the release
/// on that follows its press.
fn split(inputs: Vec<PointerInput>) -> (Vec<PointerInput>, Vec<PointerInput>) {
    let mut pressed: Vec<PointerId> = Vec::new();
    let mut waiting: Vec<PointerId> = Vec::new();
    inputs.into_iter().partition(|input| {
        let pointer = input.pointer_id;
        match input.action {
            PointerAction::Press(_) => pressed.push(pointer),
            PointerAction::Release(_) if pressed.contains(&pointer) => waiting.push(pointer),
            _ => {}
        }
        !waiting.contains(&pointer)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::camera::NormalizedRenderTarget;
    use bevy::picking::pointer::{Location, PointerButton};

    fn input(pointer_id: PointerId, action: PointerAction) -> PointerInput {
        let target = NormalizedRenderTarget::None {
            width: 1,
            height: 1,
        };
        let location = Location {
            target,
            position: Vec2::ZERO,
        };
        PointerInput::new(pointer_id, location, action)
    }

    #[test]
    fn a_release_waits_when_its_press_is_in_the_same_frame_and_else_does_not() {
        let press = PointerAction::Press(PointerButton::Primary);
        let release = PointerAction::Release(PointerButton::Primary);
        let (quick, slow) = (PointerId::Touch(1), PointerId::Touch(2));
        let (now, later) = split(vec![
            input(quick, press),
            input(slow, release),
            input(quick, release),
            input(quick, press),
        ]);
        let told = |inputs: &[PointerInput]| -> Vec<String> {
            let told = |input: &PointerInput| format!("{:?} {:?}", input.pointer_id, input.action);
            inputs.iter().map(told).collect()
        };
        assert_eq!(
            told(&now),
            ["Touch(1) Press(Primary)", "Touch(2) Release(Primary)"]
        );
        assert_eq!(
            told(&later),
            ["Touch(1) Release(Primary)", "Touch(1) Press(Primary)"]
        );
        let (now, later) = split(later);
        assert_eq!(
            told(&now),
            ["Touch(1) Release(Primary)", "Touch(1) Press(Primary)"]
        );
        assert!(later.is_empty());
    }
}
