//! About what the round is to be. Only topics that have questions today are offered.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar};
use crate::bank::Audience;
use crate::kiosk::input::Tapped;
use crate::kiosk::store::Store;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::{Play, Requests, Scene, Seeds, Visit};
use crate::session::Session;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Topic), spawn);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    let audience = scene.visit.audience.unwrap_or(Audience::General);
    commands
        .spawn((widget::page("Topic"), DespawnOnExit(Screen::Topic)))
        .with_children(|page| {
            let chosen = scene.say(&format!("audience-{}", audience.as_str()));
            let title = scene.say_with("topic-chosen", &[("audience", chosen.into())]);
            bar::spawn(page, &scene, true);
            page.spawn(text::bold(
                scene.say("topic-title"),
                Size::Title,
                palette::INK,
            ));
            page.spawn((
                widget::Fits,
                Node {
                    display: Display::Grid,
                    grid_template_columns: RepeatedGridTrack::flex(
                        if frame.portrait { 1 } else { 2 },
                        1.0,
                    ),
                    grid_auto_rows: GridTrack::flex(1.0),
                    row_gap: px(GAP),
                    column_gap: px(GAP),
                    ..widget::stretch(FlexDirection::Row)
                },
            ))
            .with_children(|grid| {
                for topic in scene.topics(audience) {
                    spawn_choice(grid, &scene, &frame, topic);
                }
            });
            page.spawn(Node {
                align_items: AlignItems::Center,
                column_gap: px(GAP),
                ..default()
            })
            .with_children(|row| {
                row.spawn((
                    widget::button("back", Look::Choice, widget::control()),
                    observe(go_back),
                ))
                .with_children(|button| {
                    widget::label(button, "arrow-left", scene.say("topic-back"), Look::Choice);
                });
                // For whom: what the way back would change.
                row.spawn(text::plain(title, Size::Body, palette::INK_SOFT));
            });
        });
}

fn spawn_choice(grid: &mut ChildSpawnerCommands<'_>, scene: &Scene, frame: &Frame, topic: String) {
    let accent = palette::accent(&topic);
    let name = scene.topic_name(&topic);
    // In two columns large type needs the room for the name, and so does a screen that is nearly
    // square.
    let has_room = frame.portrait || (!frame.is_large() && frame.width() > 1500.0);
    let about = scene.say_if(&format!("topic-about-{topic}"));
    let about = about.filter(|_| has_room);
    grid.spawn((
        widget::button(
            format!("topic-{topic}"),
            Look::Topic(accent),
            Node {
                column_gap: px(GAP * 2.0),
                justify_content: JustifyContent::Start,
                // As high as its words at least, so that they are set smaller when all have no room.
                min_height: auto(),
                padding: UiRect::axes(px(GAP * 2.0), px(12)),
                ..widget::control()
            },
        ),
        observe(
            move |_: On<Tapped>,
                  scene: Scene,
                  mut seeds: ResMut<Seeds>,
                  mut commands: Commands,
                  time: Res<Time<Real>>| {
                let now = time.elapsed();
                let round = scene.draw(&topic, seeds.round());
                let session = Session::begin(round, now);
                let id = seeds.session_id();
                let topic = topic.clone();
                // The scene only reads the visit; it is changed when the scene is done with.
                commands.queue(move |world: &mut World| begin(world, session, topic, now, id));
            },
        ),
    ))
    .with_children(|button| {
        button.spawn(text::sign(accent.icon, 160.0, palette::ON_STRONG));
        button
            .spawn(Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.0,
                flex_basis: px(0),
                min_width: px(0),
                ..default()
            })
            .with_children(|words| {
                words.spawn(text::bold(name, Size::Prompt, palette::ON_STRONG));
                if let Some(about) = about {
                    words.spawn(text::plain(about, Size::Body, palette::ON_STRONG));
                }
            });
    });
}

/// Begins the round. Should the last question have gone out of date since the topic was offered,
/// the topics are offered anew.
fn begin(
    world: &mut World,
    session: Option<Session>,
    topic: String,
    now: std::time::Duration,
    id: crate::records::SessionId,
) {
    let screen = match session {
        Some(session) => {
            let mut visit = world.resource_mut::<Visit>();
            visit.topic = Some(topic);
            visit.requests = Some(Requests::after(id));
            visit.play = Some(Play {
                session,
                id,
                began: now,
                ended: false,
                again: false,
            });
            world.resource::<Store>().begin(world.resource::<Visit>());
            Screen::Question
        }
        None => Screen::Topic,
    };
    world.resource_mut::<NextState<Screen>>().set(screen);
}

fn go_back(_: On<Tapped>, mut next: ResMut<NextState<Screen>>) {
    next.set(Screen::Audience);
}
