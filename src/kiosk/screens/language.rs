//! The choice of languages, each in its own words. One taps, and is back where one was.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::bar::CameFrom;
use super::{Screen, bar};
use crate::kiosk::input::Tapped;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, Look};
use crate::kiosk::visit::{Scene, Visit};
use crate::texts::Spoken;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Language), spawn);
}

fn spawn(mut commands: Commands, scene: Scene) {
    commands
        .spawn((widget::page("Language"), DespawnOnExit(Screen::Language)))
        .with_children(|page| {
            bar::spawn(page, &scene, false);
            page.spawn(text::bold(
                scene.say("language-title"),
                Size::Title,
                palette::INK,
            ));
            page.spawn(Node {
                justify_content: JustifyContent::Center,
                align_items: AlignItems::Center,
                ..widget::stretch(FlexDirection::Column)
            })
            .with_children(|body| {
                for tag in &scene.languages.0 {
                    let look = if *tag == scene.visit.language {
                        Look::Selected
                    } else {
                        Look::Choice
                    };
                    let chosen = tag.clone();
                    body.spawn((
                        widget::button(
                            format!("language-{tag}"),
                            look,
                            Node {
                                width: px(720),
                                min_height: px(180),
                                ..widget::control()
                            },
                        ),
                        observe(
                            move |_: On<Tapped>,
                                  mut visit: ResMut<Visit>,
                                  came_from: Res<CameFrom>,
                                  mut next: ResMut<NextState<Screen>>| {
                                visit.language.clone_from(&chosen);
                                next.set(came_from.0);
                            },
                        ),
                    ))
                    .with_children(|button| {
                        let icon = if look == Look::Selected {
                            "check-circle"
                        } else {
                            ""
                        };
                        let name = scene.language_name(tag);
                        let name = Spoken {
                            language: tag,
                            text: &name,
                        };
                        widget::label(button, icon, name, look);
                    });
                }
            });
        });
}
