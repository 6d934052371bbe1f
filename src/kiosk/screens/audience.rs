//! For whom the questions are to be: a help in choosing them, nothing more.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar};
use crate::bank::Audience;
use crate::kiosk::input::Tapped;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, icon, palette};
use crate::kiosk::visit::{Scene, Visit};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Audience), spawn);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    commands
        .spawn((widget::page("Audience"), DespawnOnExit(Screen::Audience)))
        .with_children(|page| {
            bar::spawn(page, &scene, true, "");
            page.spawn(text::bold(
                scene.say("audience-title"),
                Size::Title,
                palette::INK,
            ));
            page.spawn(Node {
                display: Display::Grid,
                grid_template_columns: RepeatedGridTrack::flex(
                    if frame.portrait { 2 } else { 3 },
                    1.0,
                ),
                grid_auto_rows: GridTrack::flex(1.0),
                row_gap: px(GAP),
                column_gap: px(GAP),
                max_height: px(1080),
                ..widget::stretch(FlexDirection::Row)
            })
            .with_children(|grid| {
                for audience in Audience::ALL {
                    if !scene.topics(audience).is_empty() {
                        spawn_choice(grid, &scene, audience);
                    }
                }
            });
            page.spawn(text::plain(
                scene.say("audience-privacy"),
                Size::Small,
                palette::INK_SOFT,
            ));
        });
}

fn spawn_choice(grid: &mut ChildSpawnerCommands<'_>, scene: &Scene, audience: Audience) {
    let id = audience.as_str();
    grid.spawn((
        widget::button(
            format!("audience-{id}"),
            Look::Choice,
            Node {
                flex_direction: FlexDirection::Column,
                row_gap: px(8),
                ..widget::control()
            },
        ),
        observe(
            move |_: On<Tapped>, mut visit: ResMut<Visit>, mut next: ResMut<NextState<Screen>>| {
                visit.audience = Some(audience);
                next.set(Screen::Topic);
            },
        ),
    ))
    .with_children(|button| {
        button.spawn(text::symbol(
            icon::of_audience(audience),
            2.2,
            palette::ACTION,
        ));
        button.spawn(text::bold(
            scene.say(&format!("audience-{id}")),
            Size::Large,
            palette::INK,
        ));
    });
}
