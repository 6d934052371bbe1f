//! How things look. Screens say what there is; no screen sets a colour or a size of its own.

pub(super) mod icon;
pub(super) mod lettering;
pub(super) mod palette;
pub(super) mod text;
pub(super) mod widget;

use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, RemSize};
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

/// The least that body text is set to, in those units: 6 mm on a 21.5-inch panel, in the large
/// profile, too, because smaller text is better than text that is cut.
const LEAST: f32 = 24.0;

/// The least that is asked for in the large profile: 9 mm for Han characters. Letters have fewer
/// strokes, and three quarters of that will do.
const ASKED_LARGE_HAN: f32 = 36.0;
const ASKED_LARGE: f32 = 27.0;

/// What rounding to whole pixels may make a text stick out by, in pixels.
pub(super) const ROUNDING: f32 = 1.0;

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
    /// Body text when it need not be smaller.
    fn full_text(&self) -> f32 {
        match self.profile {
            Profile::Standard => BODY,
            Profile::Large => BODY * LARGE,
        }
    }

    /// How wide the screen is, in the units that screens are laid out in.
    pub(super) fn width(&self) -> f32 {
        let short = self.physical.min_element().max(1) as f32;
        self.physical.x as f32 / short * SHORT_SIDE
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
    texts: Query<(Entity, &ComputedNode, &ComputedTextBlock, &TextLayout)>,
    parents: Query<&ChildOf>,
    mut frame: ResMut<Frame>,
    mut rem: ResMut<RemSize>,
    mut wake: ResMut<Wake>,
) {
    if frame.fit <= frame.least_fit() {
        return;
    }
    let body_overflows = |body: &ComputedNode| {
        body.size().y > 0.0 && body.content_size().y > body.size().y + ROUNDING
    };
    let text_overflows = |(entity, node, block, layout): (_, &ComputedNode, _, _)| {
        let room = node.content_box().size() + ROUNDING;
        node.size().y > 0.0
            && parents
                .iter_ancestors(entity)
                .any(|part| bodies.contains(part))
            && text::drawn_size(node, block, layout).cmpgt(room).any()
    };
    if bodies.iter().any(body_overflows) || texts.iter().any(text_overflows) {
        frame.fit = (frame.fit * 0.95).max(frame.least_fit());
        rem.0 = frame.body_text();
        wake.settle();
    }
}
