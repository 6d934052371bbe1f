//! "Being looked after": a calm screen in every language for when nothing can be played.

use bevy::prelude::*;

use super::Screen;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget;
use crate::kiosk::visit::Scene;
use crate::texts::Spoken;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Resting), spawn);
}

fn spawn(mut commands: Commands, scene: Scene) {
    commands
        .spawn((widget::page("Resting"), DespawnOnExit(Screen::Resting)))
        .with_children(|page| {
            page.spawn((
                widget::Fits,
                Node {
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    ..widget::stretch(FlexDirection::Column)
                },
            ))
            .with_children(|body| {
                body.spawn(text::symbol("wrench", IconSize::Alone, palette::INK_SOFT));
                for tag in &scene.languages.0 {
                    let said = scene.say_in(tag, "resting");
                    let said = Spoken {
                        language: tag,
                        text: &said,
                    };
                    body.spawn((
                        Node {
                            max_width: percent(100),
                            ..default()
                        },
                        TextLayout::justify(Justify::Center),
                        text::bold(said, Size::Title, palette::INK),
                    ));
                }
            });
        });
}
