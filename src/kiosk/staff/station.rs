//! Station: what this kiosk is, and what staff may set: the length of a round, how long it waits,
//! how loud it is, and how large its panel is, with a bar to hold a ruler to.

use std::time::Duration;

use bevy::prelude::*;

use super::area::{self, Area, Tab, Told};
use super::languages;
use super::parts::{self, View, does};
use crate::config::{IDLE_SECONDS, PANEL_MM, ROUND_LENGTHS, Station, VOLUMES};
use crate::journal::Deed;
use crate::kiosk::access::Spoken;
use crate::kiosk::input::Quick;
use crate::kiosk::screens::Screen;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, LEAST_GAP, Look};
use crate::kiosk::theme::{Frame, palette, panel};
use crate::kiosk::visit::{Rules, Scene};
use crate::kiosk::wake::Wake;
use crate::locale::FluentValue;

/// A panel that nobody has measured: 21.5 inches, the shorter and the longer side.
const USUAL_PANEL: (u32, u32) = (268, 476);

/// How high the bar for the ruler is.
const RULER: f32 = 36.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.run_if(in_state(Screen::Staff)));
}

/// What can be set.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Round,
    Idle,
    Patient,
    Volume,
    Width,
    Height,
}

impl Field {
    const ALL: [Self; 6] = [
        Self::Round,
        Self::Idle,
        Self::Patient,
        Self::Volume,
        Self::Width,
        Self::Height,
    ];

    /// The name of its controls, the key of its name and that of its value.
    fn dress(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Round => ("round", "staff-station-round", "staff-station-questions"),
            Self::Idle => ("idle", "staff-station-idle", "staff-station-seconds"),
            Self::Patient => ("patient", "staff-station-patient", "staff-station-seconds"),
            Self::Volume => ("volume", "staff-station-volume", "staff-station-plain"),
            Self::Width => ("width", "staff-station-width", "staff-station-mm"),
            Self::Height => ("height", "staff-station-height", "staff-station-mm"),
        }
    }

    fn value(self, station: &Station) -> Option<u64> {
        Some(match self {
            Self::Round => station.round_length as u64,
            Self::Idle => station.idle.as_secs(),
            Self::Patient => station.idle_patient.as_secs(),
            Self::Volume => u64::from(station.volume),
            Self::Width => u64::from(station.panel_mm?.0),
            Self::Height => u64::from(station.panel_mm?.1),
        })
    }

    /// The steps of its controls.
    fn steps(self) -> &'static [i64] {
        match self {
            Self::Round | Self::Volume => &[-1, 1],
            Self::Idle | Self::Patient => &[-5, 5],
            Self::Width | Self::Height => &[-10, -1, 1, 10],
        }
    }

    /// Changes the value by a step, as far as it may go.
    fn change(self, station: &mut Station, step: i64, portrait: bool) {
        let moved = |value: u64, least: u64, most: u64| {
            value.saturating_add_signed(step).clamp(least, most)
        };
        let seconds = |value: Duration| {
            let (least, most) = (*IDLE_SECONDS.start(), *IDLE_SECONDS.end());
            Duration::from_secs(moved(value.as_secs(), least, most))
        };
        match self {
            Self::Round => {
                let (least, most) = (*ROUND_LENGTHS.start() as u64, *ROUND_LENGTHS.end() as u64);
                let length = moved(station.round_length as u64, least, most);
                station.round_length = usize::try_from(length).unwrap_or(station.round_length);
            }
            Self::Idle => station.idle = seconds(station.idle),
            Self::Patient => station.idle_patient = seconds(station.idle_patient),
            Self::Volume => {
                let (least, most) = (u64::from(*VOLUMES.start()), u64::from(*VOLUMES.end()));
                let volume = moved(u64::from(station.volume), least, most);
                station.volume = u8::try_from(volume).unwrap_or(station.volume);
            }
            Self::Width | Self::Height => {
                let side = |value: u32| {
                    let (least, most) = (*PANEL_MM.start(), *PANEL_MM.end());
                    let side = moved(u64::from(value), u64::from(least), u64::from(most));
                    u32::try_from(side).unwrap_or(value)
                };
                station.panel_mm = Some(match (station.panel_mm, self) {
                    // The first tap only brings the usual size, to begin from.
                    (None, _) if portrait => USUAL_PANEL,
                    (None, _) => (USUAL_PANEL.1, USUAL_PANEL.0),
                    (Some((width, height)), Self::Width) => (side(width), height),
                    (Some((width, height)), _) => (width, side(height)),
                });
            }
        }
    }
}

/// What a field says.
fn words(
    field: Field,
    station: &Station,
    say: impl Fn(&str, &[(&str, FluentValue<'_>)]) -> String,
) -> String {
    match field.value(station) {
        Some(value) => say(field.dress().2, &[("n", value.into())]),
        None => say("staff-station-unmeasured", &[]),
    }
}

/// The bar for the ruler: how long it says that it is, and its length in layout units.
fn ruler(station: &Station, frame: &Frame, room: f32) -> Option<(u32, f32)> {
    let (width, _) = station.panel_mm?;
    let unit = frame.width() / width as f32;
    // On a very small panel 100 mm are more than there is.
    let long = if unit * 100.0 <= room { 100 } else { 50 };
    Some((long, unit * long as f32))
}

/// How much room there is for the ruler's bar, in layout units.
fn room(frame: &Frame) -> f32 {
    frame.width() - if frame.portrait { 100.0 } else { 460.0 }
}

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    let station = view.area.draft.as_ref().unwrap_or(&view.rules.0);
    let (panel, others): (Vec<Field>, Vec<Field>) = Field::ALL
        .into_iter()
        .partition(|field| matches!(field, Field::Width | Field::Height));
    content
        .spawn(parts::halves(&view.frame))
        .with_children(|halves| {
            halves
                .spawn(parts::half(&view.frame))
                .with_children(|half| {
                    spawn_facts(half, view, station);
                    for field in &panel {
                        spawn_stepper(half, view, station, *field);
                    }
                });
            halves
                .spawn(parts::half(&view.frame))
                .with_children(|half| {
                    for field in &others {
                        spawn_stepper(half, view, station, *field);
                    }
                    if !view.frame.portrait {
                        spawn_save(half, view);
                    }
                });
        });
    spawn_ruler(content, view, station);
    if view.frame.portrait {
        spawn_save(content, view);
    }
}

fn spawn_facts(half: &mut ChildSpawnerCommands<'_>, view: &View, station: &Station) {
    let none = || view.say("staff-station-not-set");
    let id = station.id.clone().unwrap_or_else(none);
    parts::fact(half, view.say("staff-station-id"), id);
    let language = &view.scene.visit.language;
    let named = station.name.iter().find(|(tag, _)| tag == language);
    let named = named.or(station.name.first());
    let name = named.map_or_else(none, |(_, name)| name.clone());
    parts::fact(half, view.say("staff-station-name"), name);
    let offered = view.scene.languages.0.iter();
    let offered: Vec<String> = offered.map(|tag| view.scene.language_name(tag)).collect();
    parts::fact(
        half,
        view.say("staff-station-languages"),
        offered.join(&view.say("feedback-and")),
    );
    for lacking in languages::lacking(view) {
        parts::note(half, lacking);
    }
    if station.id.is_none() {
        parts::note(half, view.say("staff-station-demonstration"));
    }
}

/// The button that saves; there is something to save once a value has changed.
#[derive(Component)]
struct Save;

fn spawn_save(parent: &mut ChildSpawnerCommands<'_>, view: &View) {
    let look = look_of_save(&view.area, &view.rules);
    parent.spawn(parts::controls()).with_children(|row| {
        row.spawn((
            Save,
            widget::button("save", look, widget::control()),
            does(save),
        ))
        .with_children(|button| {
            widget::label(button, "check-fat", view.say("staff-station-save"), look);
        });
    });
}

fn look_of_save(area: &Area, rules: &Rules) -> Look {
    match &area.draft {
        Some(draft) if *draft != rules.0 => Look::Action,
        _ => Look::Waiting,
    }
}

fn spawn_stepper(
    half: &mut ChildSpawnerCommands<'_>,
    view: &View,
    station: &Station,
    field: Field,
) {
    let (name, title, _) = field.dress();
    let said = words(field, station, |key, args| view.say_with(key, args));
    let spawn_steps = |row: &mut ChildSpawnerCommands<'_>, up: bool| {
        for step in field.steps().iter().filter(|step| (**step > 0) == up) {
            let (step, sign) = (*step, if up { "+" } else { "−" });
            let (word, size) = match step.unsigned_abs() {
                10 => (format!("{sign}10"), Size::Small),
                _ => (sign.to_owned(), Size::Body),
            };
            let node = Node {
                width: px(80),
                padding: UiRect::ZERO,
                ..widget::control()
            };
            row.spawn((
                Quick,
                Spoken(format!("{} {word}", view.say(title))),
                widget::button(format!("{name}{step:+}"), Look::Choice, node),
                does(move |world| change(world, field, step)),
            ))
            .with_children(|button| {
                button.spawn((TextLayout::no_wrap(), text::bold(word, size, palette::INK)));
            });
        }
    };
    let words = text::plain(view.say(title), Size::Small, palette::INK);
    // Half of a wide screen has no room for a word beside four steps.
    let (above, beside) = if !view.frame.portrait && field.steps().len() > 2 {
        (Some(words), None)
    } else {
        (None, Some(words))
    };
    if let Some(words) = above {
        half.spawn(words);
    }
    half.spawn(Node {
        align_items: AlignItems::Center,
        column_gap: px(LEAST_GAP),
        ..default()
    })
    .with_children(|row| {
        if let Some(words) = beside {
            row.spawn(Node {
                flex_grow: 1.0,
                flex_basis: px(0),
                min_width: px(0),
                ..default()
            })
            .with_children(|cell| {
                cell.spawn(words);
            });
        }
        spawn_steps(row, false);
        row.spawn(Node {
            width: px(160),
            justify_content: JustifyContent::Center,
            ..default()
        })
        .with_children(|cell| {
            cell.spawn((
                field,
                TextLayout::no_wrap(),
                text::bold(said, Size::Body, palette::INK),
            ));
        });
        spawn_steps(row, true);
    });
}

/// The bar for the ruler.
#[derive(Component)]
struct Ruler;

/// The sentence that says how long it is.
#[derive(Component)]
struct RulerWords;

fn spawn_ruler(content: &mut ChildSpawnerCommands<'_>, view: &View, station: &Station) {
    let found = ruler(station, &view.frame, room(&view.frame));
    content
        .spawn(Node {
            row_gap: px(8),
            margin: UiRect::top(px(GAP / 2.0)),
            ..widget::stack(FlexDirection::Column)
        })
        .with_children(|column| {
            column.spawn((
                RulerWords,
                text::plain(
                    ruler_words(station, found, |key, args| view.say_with(key, args)),
                    Size::Small,
                    palette::INK,
                ),
            ));
            column.spawn((
                Ruler,
                Name::new("ruler"),
                Node {
                    width: px(found.map_or(0.0, |(_, units)| units)),
                    height: px(RULER),
                    ..default()
                },
                BackgroundColor(palette::INK),
            ));
        });
}

/// What is said above the bar: how long it should be, and whether the panel is large enough.
fn ruler_words(
    station: &Station,
    found: Option<(u32, f32)>,
    say: impl Fn(&str, &[(&str, FluentValue<'_>)]) -> String,
) -> String {
    let words = match found {
        Some((long, _)) => say("staff-station-ruler", &[("n", long.into())]),
        None => say("staff-station-no-ruler", &[]),
    };
    if panel::falls_short(station) {
        format!("{words}\n{}", say("staff-station-small", &[]))
    } else {
        words
    }
}

fn change(world: &mut World, field: Field, step: i64) {
    let portrait = world.resource::<Frame>().portrait;
    let station = world.resource::<Rules>().0.clone();
    let mut area = world.resource_mut::<Area>();
    field.change(area.draft.get_or_insert(station), step, portrait);
}

fn save(world: &mut World) {
    let rules = world.resource::<Rules>().0.clone();
    let draft = world.resource::<Area>().draft.clone();
    let Some(draft) = draft.filter(|draft| *draft != rules) else {
        return;
    };
    let job = {
        let draft = draft.clone();
        move |desk: &super::desk::Desk, _: &mut dyn FnMut(u64, u64)| {
            let saved = (desk.save_station)(&draft);
            if saved.is_ok() {
                (desk.journal)(Deed::SettingChanged, "station.ron");
            }
            saved
        }
    };
    area::wait_for(world, "staff-station-saving", job, |world, saved| {
        let told = match saved {
            Ok(()) => {
                world.resource_mut::<Rules>().0 = draft;
                Told::Done("staff-station-saved", Vec::new())
            }
            Err(reason) => {
                warn!("{reason}");
                Told::Failed
            }
        };
        world.resource_mut::<Area>().told = Some(told);
    });
}

/// Shows what the taps have changed.
fn show(
    scene: Scene,
    area: Res<Area>,
    rules: Res<Rules>,
    frame: Res<Frame>,
    mut fields: Query<(&Field, &mut Text), Without<RulerWords>>,
    mut words_of_ruler: Query<&mut Text, With<RulerWords>>,
    mut rulers: Query<&mut Node, With<Ruler>>,
    mut saves: Query<&mut Look, With<Save>>,
    mut wake: ResMut<Wake>,
) {
    let Some(draft) = area.draft.as_ref().filter(|_| area.is_changed()) else {
        return;
    };
    if area.tab != Tab::Station {
        return;
    }
    for (field, mut text) in &mut fields {
        text.0 = words(*field, draft, |key, args| scene.say_with(key, args));
    }
    let found = ruler(draft, &frame, room(&frame));
    for mut text in &mut words_of_ruler {
        text.0 = ruler_words(draft, found, |key, args| scene.say_with(key, args));
    }
    for mut bar in &mut rulers {
        bar.width = px(found.map_or(0.0, |(_, units)| units));
    }
    for mut look in &mut saves {
        look.set_if_neq(look_of_save(&area, &rules));
    }
    wake.settle();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stops_at_the_ends_of_its_range() {
        let mut station = Station::default();
        for field in [Field::Round, Field::Idle, Field::Patient, Field::Volume] {
            for step in [-1000, 1000] {
                field.change(&mut station, step, true);
            }
        }
        assert_eq!(station.round_length, *ROUND_LENGTHS.end());
        assert_eq!(station.idle.as_secs(), *IDLE_SECONDS.end());
        assert_eq!(station.volume, *VOLUMES.end());
        Field::Volume.change(&mut station, i64::MIN, true);
        Field::Patient.change(&mut station, i64::MIN, true);
        assert_eq!(station.volume, 0);
        assert_eq!(station.idle_patient.as_secs(), *IDLE_SECONDS.start());
    }

    #[test]
    fn a_panel_that_was_never_measured_begins_with_the_usual_size_as_it_hangs() {
        let mut station = Station::default();
        Field::Width.change(&mut station, 1, true);
        assert_eq!(station.panel_mm, Some((268, 476)));
        Field::Height.change(&mut station, -10, true);
        assert_eq!(station.panel_mm, Some((268, 466)));
        let mut wide = Station::default();
        Field::Height.change(&mut wide, 10, false);
        assert_eq!(wide.panel_mm, Some((476, 268)));
    }
}
