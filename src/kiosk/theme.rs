//! How things look. Screens say what there is; no screen sets a colour or a size of its own.

mod atlas;
mod contrast;
mod fit;
pub(super) mod icon;
pub(super) mod lettering;
pub(super) mod mark;
mod motion;
pub(super) mod palette;
pub(super) mod panel;
pub(super) mod text;
pub(super) mod widget;
mod wrap;

use bevy::camera::Viewport;
use bevy::prelude::*;
use bevy::text::RemSize;
use bevy::window::PrimaryWindow;

use super::screens::Screen;
use super::visit::{Profile, Rules, Visit};
use super::wake::Wake;

/// The shorter side of every screen in the units that screens are laid out in.
const SHORT_SIDE: f32 = 1080.0;

/// The size of body text in those units: 10 mm on a 21.5-inch panel, where 6 mm are asked for.
pub(super) const BODY: f32 = 40.0;

/// How much larger everything written is in the large profile.
const LARGE: f32 = 1.25;

/// The least that body text is set to, in those units: 6 mm on a 21.5-inch panel, in the large
/// profile, too, because smaller text is better than text that is cut.
const LEAST: f32 = 24.3;

/// The least that is asked for in the large profile: 9 mm for Han characters. Letters have fewer
/// strokes, and three quarters of that will do.
const ASKED_LARGE_HAN: f32 = 36.4;
const ASKED_LARGE: f32 = 27.0;

/// How much higher than wide a screen is at least on which everything stands one below the other. A
/// part of a tall panel may be nearly square, and has no room for that.
const UPRIGHT: f32 = 1.3;

/// What rounding to whole pixels may make a text stick out by, in pixels.
pub(super) const ROUNDING: f32 = 1.0;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((
        text::plugin,
        fit::plugin,
        atlas::plugin,
        widget::plugin,
        contrast::plugin,
        motion::plugin,
    ))
    // The page is the colour of the cleared screen: one layer less to draw.
    .insert_resource(ClearColor(palette::PAPER))
    .init_resource::<Frame>()
    .add_systems(PreUpdate, fit_screen);
}

/// The screen's shape.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Higher than wide.
    pub(super) portrait: bool,
    /// The part of the window that is used.
    used: URect,
    profile: Profile,
    /// Whether the colours are those of high contrast.
    pub(super) contrast: bool,
    /// Whether what comes in may move for a moment.
    pub(super) motion: bool,
    /// How much larger text is set because of the panel's size and the distance to it.
    enlarged: f32,
    /// The least height of an answer in the large profile on a wide screen, in layout units.
    low_answer: f32,
    /// How much smaller the text of this screen is set so that it fits.
    fit: f32,
}

impl Frame {
    /// Body text when it need not be smaller.
    fn full_text(&self) -> f32 {
        let usual = match self.profile {
            Profile::Standard => BODY,
            Profile::Large => BODY * LARGE,
        };
        usual * self.enlarged
    }

    /// Whether everything is larger, targets included.
    pub(super) fn is_large(&self) -> bool {
        self.profile == Profile::Large
    }

    /// How wide the screen is, in the units that screens are laid out in.
    pub(super) fn width(&self) -> f32 {
        let short = self.used.size().min_element().max(1) as f32;
        self.used.width() as f32 / short * SHORT_SIDE
    }

    /// Whether screens are laid out for a window of this size.
    pub(super) fn fills(&self, window: UVec2) -> bool {
        self.used.max == window
    }

    /// Where what is laid out begins on the window, in pixels.
    pub(super) fn corner(&self) -> Vec2 {
        self.used.min.as_vec2()
    }

    /// How high the screen is, in those units.
    pub(super) fn height(&self) -> f32 {
        let short = self.used.size().min_element().max(1) as f32;
        self.used.height() as f32 / short * SHORT_SIDE
    }

    /// How many pixels of the screen one of those units has.
    pub(super) fn pixels(&self) -> f32 {
        self.used.size().min_element() as f32 / SHORT_SIDE
    }

    fn body_text(&self) -> f32 {
        self.full_text() * self.fit
    }

    fn least_fit(&self) -> f32 {
        LEAST / self.full_text()
    }

    /// How much smaller than usual the text of this screen is set so that it fits; 1 is not at all.
    pub(super) fn fit(&self) -> f32 {
        self.fit
    }

    /// Whether body text in a language had to be set smaller than is asked for.
    pub(super) fn is_too_small(&self, language: &str) -> bool {
        let asked = match self.profile {
            Profile::Standard => LEAST,
            Profile::Large if language.starts_with("zh") => ASKED_LARGE_HAN,
            Profile::Large => ASKED_LARGE,
        };
        // The least is what is asked for, but for the last bit.
        self.body_text() < asked - 0.01
    }
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            portrait: true,
            used: URect::default(),
            profile: Profile::Standard,
            contrast: false,
            motion: true,
            enlarged: 1.0,
            low_answer: 0.0,
            fit: 1.0,
        }
    }
}

/// Fits sizes to the window, the panel and the profile, and lays the screen out anew when they
/// change.
fn fit_screen(
    window: Query<&Window, With<PrimaryWindow>>,
    mut cameras: Query<&mut Camera>,
    visit: Res<Visit>,
    rules: Res<Rules>,
    mut frame: ResMut<Frame>,
    mut scale: ResMut<UiScale>,
    mut rem: ResMut<RemSize>,
    mut ground: ResMut<ClearColor>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    let Ok(window) = window.single() else { return };
    let physical = window.physical_size();
    let used = panel::within_reach(&rules.0, physical);
    let contrast = visit.contrast.unwrap_or(rules.0.high_contrast);
    let fitted = Frame {
        portrait: used.height() as f32 > UPRIGHT * used.width() as f32,
        used,
        profile: visit.profile,
        contrast,
        // Large type is for those who want to be left in peace while they read.
        motion: rules.0.motion && visit.profile == Profile::Standard,
        enlarged: panel::enlarged(&rules.0, visit.profile, used, physical),
        low_answer: panel::low_answer(&rules.0, used, physical),
        fit: 1.0,
    };
    let unchanged = Frame { fit: 1.0, ..*frame };
    if used.is_empty() || unchanged == fitted {
        return;
    }
    let anew = frame.portrait != fitted.portrait
        || frame.profile != fitted.profile
        || frame.contrast != fitted.contrast;
    *frame = fitted;
    ground.0 = contrast::shown(palette::PAPER, contrast);
    for mut camera in &mut cameras {
        camera.viewport = (used.size() != physical).then(|| Viewport {
            physical_position: used.min,
            physical_size: used.size(),
            ..default()
        });
    }
    // The scale of the display is part of the window's own factor, which multiplies this one.
    scale.0 = used.size().min_element() as f32 / SHORT_SIDE / window.scale_factor();
    rem.0 = frame.body_text();
    wake.settle();
    // A screen that is already on its way will be made for the new frame anyway.
    if anew && matches!(*next, NextState::Unchanged) {
        // The same screen again, from the same resources.
        next.set(*screen.get());
    }
}
