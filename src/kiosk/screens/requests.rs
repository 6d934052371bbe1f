//! What the visitor would like to learn next: one tap on a topic, one on a form, both or none. A tap
//! on what is chosen takes it back; one of each counts, whatever is tapped.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar};
use crate::kiosk::idle;
use crate::kiosk::input::Tapped;
use crate::kiosk::store::Store;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, Look};
use crate::kiosk::theme::{Frame, icon, palette};
use crate::kiosk::visit::{Languages, Scene, Texts, Visit};
use crate::kiosk::wake::Wake;
use crate::records::RequestKind;
use crate::requests::{self, Entry};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Requests), spawn)
        .add_systems(Update, mark_chosen.run_if(in_state(Screen::Requests)));
}

/// Something that can be asked for.
#[derive(Component)]
struct Wish(RequestKind, &'static Entry);

/// Its icon, which is a tick while it is chosen: colour never stands alone.
#[derive(Component)]
struct IconOf(RequestKind, &'static Entry);

/// The line that says what may be done, and that something was noted.
#[derive(Component)]
struct Note;

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    commands
        .spawn((widget::page("Requests"), DespawnOnExit(Screen::Requests)))
        .with_children(|page| {
            bar::spawn(page, &scene, false);
            page.spawn((
                widget::Fits,
                Node {
                    justify_content: JustifyContent::Center,
                    ..widget::stretch(FlexDirection::Column)
                },
            ))
            .with_children(|body| {
                body.spawn(text::bold(
                    scene.say("requests-topics"),
                    Size::Title,
                    palette::INK,
                ));
                spawn_wishes(body, &scene, &frame, RequestKind::Topic);
                body.spawn(Node {
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::SpaceBetween,
                    ..widget::stack(FlexDirection::Row)
                })
                .with_children(|row| {
                    row.spawn(text::bold(
                        scene.say("requests-forms"),
                        Size::Title,
                        palette::INK,
                    ));
                    // A wide screen has room for it here, and none below.
                    if !frame.portrait {
                        spawn_note(row, &scene);
                    }
                });
                spawn_wishes(body, &scene, &frame, RequestKind::Form);
                if frame.portrait {
                    spawn_note(body, &scene);
                }
            });
            page.spawn(Node {
                display: Display::Grid,
                grid_template_columns: RepeatedGridTrack::flex(2, 1.0),
                ..widget::stack(FlexDirection::Row)
            })
            .with_children(|row| spawn_ways_on(row, &scene));
        });
}

/// The least height of a wish, on an upright screen and on a wide one, where all have to stand
/// one below the other, too.
const TALL: f32 = 128.0;
const LOW: f32 = 102.0;

fn spawn_note(parent: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let words = scene.say(note(&scene.visit));
    parent.spawn((
        Note,
        Name::new("note"),
        text::plain(words, Size::Body, palette::INK_SOFT),
    ));
}

fn spawn_wishes(
    body: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    kind: RequestKind,
) {
    let height = if frame.portrait { TALL } else { LOW };
    // There are fewer forms, and in narrow columns the icon stands above the word.
    let (columns, direction) = match (kind, frame.portrait) {
        (RequestKind::Topic, true) => (2, FlexDirection::Row),
        (RequestKind::Topic, false) => (4, FlexDirection::Row),
        (RequestKind::Form, true) => (3, FlexDirection::Column),
        (RequestKind::Form, false) => (6, FlexDirection::Column),
    };
    body.spawn(Node {
        display: Display::Grid,
        grid_template_columns: RepeatedGridTrack::flex(columns, 1.0),
        grid_auto_rows: GridTrack::auto(),
        ..widget::stack(FlexDirection::Row)
    })
    .with_children(|grid| {
        for entry in requests::list(kind.as_str()) {
            let look = look(is_chosen(&scene.visit, kind, entry));
            let node = Node {
                flex_direction: direction,
                min_height: px(height),
                padding: UiRect::all(px(12)),
                ..widget::control()
            };
            let id = format!("request-{}-{}", kind.as_str(), entry.id);
            grid.spawn((
                widget::button(id.as_str(), look, node),
                Wish(kind, entry),
                observe(choose),
            ))
            .with_children(|button| {
                // Not a child of the control, which would change its colour.
                button
                    .spawn((Node::default(), Pickable::IGNORE))
                    .with_child((
                        IconOf(kind, entry),
                        text::symbol(sign(look, entry), IconSize::Usual, palette::ACTION),
                    ));
                button.spawn((
                    TextLayout::justify(Justify::Center),
                    text::bold(scene.say(&id), Size::Body, palette::INK),
                ));
            });
        }
    });
}

fn spawn_ways_on(row: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    row.spawn((
        widget::button("back", Look::Choice, widget::control()),
        observe(go_back),
    ))
    .with_children(|button| {
        let word = scene.say("requests-back");
        widget::label(button, "arrow-left", word, Look::Choice);
    });
    row.spawn((
        widget::button("finish", Look::Action, widget::control()),
        observe(finish),
    ))
    .with_children(|button| {
        let word = scene.say("results-finish");
        widget::label(button, "house", word, Look::Action);
    });
}

fn is_chosen(visit: &Visit, kind: RequestKind, entry: &Entry) -> bool {
    let chosen = visit.requests.as_ref();
    chosen.is_some_and(|own| own.of(kind) == Some(entry.id.as_str()))
}

fn look(chosen: bool) -> Look {
    if chosen { Look::Selected } else { Look::Choice }
}

fn sign(look: Look, entry: &'static Entry) -> &'static str {
    match look {
        Look::Selected => "check-circle",
        _ => &entry.icon,
    }
}

/// The key of what the line says.
fn note(visit: &Visit) -> &'static str {
    let chosen = |kind| {
        let own = visit.requests.as_ref();
        own.is_some_and(|own| own.of(kind).is_some())
    };
    if RequestKind::ALL.into_iter().any(chosen) {
        "requests-thanks"
    } else {
        "requests-hint"
    }
}

fn choose(tap: On<Tapped>, wishes: Query<&Wish>, mut visit: ResMut<Visit>, store: Res<Store>) {
    let Ok(Wish(kind, entry)) = wishes.get(tap.entity) else {
        return;
    };
    let choice = (!is_chosen(&visit, *kind, entry)).then(|| entry.id.clone());
    if let Some(own) = &mut visit.requests {
        own.choose(*kind, choice.clone());
        store.request(own.session, *kind, choice);
    }
}

/// Shows what is chosen.
fn mark_chosen(
    visit: Res<Visit>,
    texts: Res<Texts>,
    mut wishes: Query<(&Wish, &mut Look)>,
    mut icons: Query<(&IconOf, &mut Text), Without<Note>>,
    mut note_line: Query<&mut Text, With<Note>>,
    mut wake: ResMut<Wake>,
) {
    if !visit.is_changed() {
        return;
    }
    for (Wish(kind, entry), mut own) in &mut wishes {
        own.set_if_neq(look(is_chosen(&visit, *kind, entry)));
    }
    for (IconOf(kind, entry), mut text) in &mut icons {
        let look = look(is_chosen(&visit, *kind, entry));
        text.set_if_neq(Text(icon::glyph(sign(look, entry))));
    }
    for mut text in &mut note_line {
        let words = texts.0.text(&visit.language, note(&visit));
        text.set_if_neq(Text(text::bound(&words)));
    }
    wake.settle();
}

fn go_back(_: On<Tapped>, mut next: ResMut<NextState<Screen>>) {
    next.set(Screen::Results);
}

fn finish(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    languages: Res<Languages>,
    store: Res<Store>,
    mut next: ResMut<NextState<Screen>>,
) {
    idle::start_over(&mut visit, &languages, &store, &mut next, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_of_a_request_is_in_the_font() {
        for kind in RequestKind::ALL {
            for entry in requests::list(kind.as_str()) {
                assert!(!icon::glyph(&entry.icon).is_empty(), "{}", entry.icon);
            }
        }
    }
}
