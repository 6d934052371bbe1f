//! For whom the questions are to be: a help in choosing them, nothing more.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar};
use crate::bank::Audience;
use crate::kiosk::input::Tapped;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, icon, palette};
use crate::kiosk::visit::{Profile, Scene, Visit};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Audience), spawn);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    commands
        .spawn((widget::page("Audience"), DespawnOnExit(Screen::Audience)))
        .with_children(|page| {
            bar::spawn(page, &scene, true);
            page.spawn(text::bold(
                scene.say("audience-title"),
                Size::Title,
                palette::INK,
            ));
            page.spawn((
                widget::Fits,
                Node {
                    display: Display::Grid,
                    grid_template_columns: RepeatedGridTrack::flex(
                        if frame.portrait { 2 } else { 3 },
                        1.0,
                    ),
                    grid_auto_rows: GridTrack::flex(1.0),
                    row_gap: px(GAP),
                    column_gap: px(GAP),
                    ..widget::stretch(FlexDirection::Row)
                },
            ))
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
                row_gap: px(GAP),
                // As high as its words at least, so that they are set smaller when all have no room.
                min_height: auto(),
                ..widget::control()
            },
        ),
        observe(
            move |_: On<Tapped>, mut visit: ResMut<Visit>, mut next: ResMut<NextState<Screen>>| {
                visit.audience = Some(audience);
                // Most of them read it more easily, and one tap takes it back.
                if audience == Audience::Senior && !visit.profile_chosen {
                    visit.profile = Profile::Large;
                }
                next.set(Screen::Topic);
            },
        ),
    ))
    .with_children(|button| {
        button
            .spawn((
                Node {
                    width: px(170),
                    height: px(170),
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    border_radius: BorderRadius::MAX,
                    ..default()
                },
                BackgroundColor(palette::CARD_PRESSED),
                Pickable::IGNORE,
            ))
            .with_children(|round| {
                round.spawn(text::sign(
                    icon::of_audience(audience),
                    112.0,
                    palette::ACTION,
                ));
            });
        button.spawn((
            TextLayout::justify(Justify::Center),
            text::bold(
                scene.say(&format!("audience-{id}")),
                Size::Title,
                palette::INK,
            ),
        ));
    });
}
