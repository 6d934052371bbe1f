//! What comes in rises a little and comes to rest: it says that the screen is another one. Nothing
//! else moves: not what a station begins with, and nothing at all where the station or the profile
//! wants none.

use std::time::Duration;

use bevy::diagnostic::FrameCount;
use bevy::prelude::*;

use super::Frame;
use crate::kiosk::wake::Wake;

/// How long it takes to come to rest.
const TAKES: Duration = Duration::from_millis(180);

/// How many frames a station takes to show its first screen.
const FIRST_FRAMES: u32 = 3;

/// From how far below it comes, in layout units.
const RISE: f32 = 36.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, rise);
}

/// Something that has just come in.
#[derive(Component, Default)]
#[require(UiTransform)]
pub(super) struct Arriving {
    began: Option<Duration>,
}

fn rise(
    mut arriving: Query<(Entity, &mut Arriving, &mut UiTransform)>,
    frame: Res<Frame>,
    time: Res<Time<Real>>,
    count: Res<FrameCount>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    let now = time.elapsed();
    for (entity, mut arriving, mut transform) in &mut arriving {
        // Its first frame may have taken long to make; its way begins when it is there.
        let began = *arriving.began.get_or_insert(now);
        let is_first = count.0 < FIRST_FRAMES;
        let left = if frame.motion && !is_first {
            remaining(now.saturating_sub(began))
        } else {
            0.0
        };
        transform.translation = Val2::px(0.0, left * RISE);
        if left == 0.0 {
            commands.entity(entity).remove::<Arriving>();
        } else {
            wake.settle();
        }
    }
}

/// How much of the way is left: fast first, then slower (a cubic curve).
fn remaining(gone: Duration) -> f32 {
    let left = 1.0 - (gone.as_secs_f32() / TAKES.as_secs_f32()).min(1.0);
    left * left * left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_station_begins_with_is_at_rest_and_what_comes_later_is_not() {
        let mut app = App::new();
        app.add_plugins(MinimalPlugins)
            .init_resource::<Frame>()
            .init_resource::<Wake>()
            .add_plugins(plugin);
        let moves = |app: &mut App| {
            let new = app.world_mut().spawn(Arriving::default()).id();
            app.update();
            app.world().get::<Arriving>(new).is_some()
        };
        assert!(!moves(&mut app));
        for _ in 0..FIRST_FRAMES {
            app.update();
        }
        assert!(moves(&mut app));
        app.world_mut().resource_mut::<Frame>().motion = false;
        assert!(!moves(&mut app));
    }

    #[test]
    fn what_comes_in_is_at_rest_after_180_milliseconds_and_most_of_the_way_sooner() {
        assert_eq!(remaining(Duration::ZERO), 1.0);
        assert!(remaining(Duration::from_millis(90)) < 0.2);
        assert_eq!(remaining(TAKES), 0.0);
        assert_eq!(remaining(Duration::from_secs(9)), 0.0);
    }
}
