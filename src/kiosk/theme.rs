//! How things look. Screens say what there is; no screen sets a colour or a size of its own.

pub(super) mod icon;
pub(super) mod palette;
pub(super) mod text;
pub(super) mod widget;

use bevy::prelude::*;
use bevy::text::RemSize;
use bevy::ui::UiSystems;
use bevy::window::PrimaryWindow;

use super::screens::Screen;
use super::visit::{Profile, Visit};
use super::wake::Wake;

/// The shorter side of every screen in the units that screens are laid out in.
const SHORT_SIDE: f32 = 1080.0;

/// The size of body text in those units: 10 mm on a 21.5-inch panel, where 6 mm are asked for.
const BODY: f32 = 40.0;

/// How much larger everything written is in the large profile.
const LARGE: f32 = 1.25;

/// The least that text is set to: 6 mm on a 21.5-inch panel.
const LEAST_FIT: f32 = 0.6;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((text::plugin, widget::plugin))
        // The page is the colour of the cleared screen: one layer less to draw.
        .insert_resource(ClearColor(palette::PAPER))
        .init_resource::<Frame>()
        .add_systems(PreUpdate, fit_screen)
        .add_systems(Update, forget_fit)
        .add_systems(PostUpdate, fit_text.after(UiSystems::PostLayout));
}

/// The screen's shape.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Higher than wide.
    pub(super) portrait: bool,
    physical: UVec2,
    profile: Profile,
    /// How much smaller the text of this screen is set so that it fits.
    fit: f32,
}

impl Frame {
    /// How wide the screen is, in the units that screens are laid out in.
    pub(super) fn width(&self) -> f32 {
        let short = self.physical.min_element().max(1) as f32;
        self.physical.x as f32 / short * SHORT_SIDE
    }

    fn body_text(&self) -> f32 {
        let profile = match self.profile {
            Profile::Standard => 1.0,
            Profile::Large => LARGE,
        };
        BODY * profile * self.fit
    }
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            portrait: true,
            physical: UVec2::ZERO,
            profile: Profile::Standard,
            fit: 1.0,
        }
    }
}

/// Fits sizes to the window and the profile, and lays the screen out anew when they change.
fn fit_screen(
    window: Query<&Window, With<PrimaryWindow>>,
    visit: Res<Visit>,
    mut frame: ResMut<Frame>,
    mut scale: ResMut<UiScale>,
    mut rem: ResMut<RemSize>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    let Ok(window) = window.single() else { return };
    let physical = window.physical_size();
    let fitted = Frame {
        portrait: physical.y > physical.x,
        physical,
        profile: visit.profile,
        fit: 1.0,
    };
    let unchanged = Frame { fit: 1.0, ..*frame };
    if physical.x == 0 || physical.y == 0 || unchanged == fitted {
        return;
    }
    let turned = frame.portrait != fitted.portrait || frame.profile != fitted.profile;
    *frame = fitted;
    // The scale of the display is part of the window's own factor, which multiplies this one.
    scale.0 = physical.min_element() as f32 / SHORT_SIDE / window.scale_factor();
    rem.0 = frame.body_text();
    wake.settle();
    if turned {
        // The same screen again, from the same resources.
        next.set(*screen.get());
    }
}

/// A new screen begins with text of the full size.
fn forget_fit(
    mut changes: MessageReader<StateTransitionEvent<Screen>>,
    mut frame: ResMut<Frame>,
    mut rem: ResMut<RemSize>,
) {
    if changes.read().count() > 0 && frame.fit < 1.0 {
        frame.fit = 1.0;
        rem.0 = frame.body_text();
    }
}

/// Sets the text of a screen smaller while some of it does not fit: whatever a pack says in
/// whatever language, nothing is cut.
fn fit_text(
    bodies: Query<&ComputedNode, With<widget::Fits>>,
    mut frame: ResMut<Frame>,
    mut rem: ResMut<RemSize>,
    mut wake: ResMut<Wake>,
) {
    let overflows = bodies
        .iter()
        .any(|body| body.size().y > 0.0 && body.content_size().y > body.size().y + 1.0);
    if overflows && frame.fit > LEAST_FIT {
        frame.fit = (frame.fit * 0.95).max(LEAST_FIT);
        rem.0 = frame.body_text();
        wake.settle();
    }
}
