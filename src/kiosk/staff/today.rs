//! Today: how many played, when and about what, beside the week and the month.

use bevy::prelude::*;
use jiff::ToSpan;
use jiff::civil::Date;

use super::area;
use super::parts::{self, View};
use crate::files;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::GAP;
use crate::kiosk::visit;
use crate::records::{Backlog, Days, Error, Figures, RecordStore, RequestKind};

/// So many of the most wanted topics and forms are shown; a report has all.
const MOST_WANTED: usize = 3;

/// What the tabs that only show have read.
pub(super) struct Looked {
    /// The figures; `None` when they could not be read.
    pub(super) figures: Option<Figures>,
    /// Bytes free on the disk, if it tells.
    pub(super) free: Option<u64>,
    /// Results that have not left the station yet, if they could be counted.
    pub(super) backlog: Option<Backlog>,
    /// The day on which results were last taken out.
    pub(super) last_export: Option<String>,
}

/// Reads it.
pub(super) fn look(world: &mut World) {
    let days = days(visit::today());
    area::read(
        world,
        move |desk| {
            let found = RecordStore::open_read_only(&desk.data);
            let backlog = found.as_ref().ok().and_then(|store| store.backlog().ok());
            let figures = match found.and_then(|store| store.figures(&days)) {
                Ok(figures) => Some(figures),
                // Before the first visitor there is nothing to count.
                Err(Error::Missing { .. }) => Some(Figures::default()),
                Err(error) => {
                    warn!("{error}");
                    None
                }
            };
            let free = files::free_bytes(&desk.data).ok();
            Looked {
                figures,
                free,
                backlog,
                last_export: desk.export.last(),
            }
        },
        |area, looked| area.looked = Some(looked),
    );
}

/// Today, the Monday before it and the first of its month.
fn days(today: Date) -> Days {
    let past_monday = today.weekday().to_monday_zero_offset();
    let week = today.checked_sub(i64::from(past_monday).days());
    Days {
        today: today.to_string(),
        week: week.unwrap_or(today).to_string(),
        month: today.first_of_month().to_string(),
    }
}

/// The figures, or else why there are none.
pub(super) fn figures<'a>(
    content: &mut ChildSpawnerCommands<'_>,
    view: &'a View,
) -> Option<&'a Figures> {
    match &view.area.looked {
        None => {
            parts::line(content, view.say("staff-reading"));
            None
        }
        Some(looked) => {
            if looked.figures.is_none() {
                let said = (view.say("staff-unread"), view.say("staff-unread-hint"));
                parts::notice(content, "unread", false, said);
            }
            looked.figures.as_ref()
        }
    }
}

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    let Some(figures) = figures(content, view) else {
        return;
    };
    spawn_table(content, view, figures);
    parts::note(content, view.say("staff-today-what"));
    spawn_requests(content, view, figures);
    if figures.today.started == 0 {
        parts::line(content, view.say("staff-today-none"));
        return;
    }
    content
        .spawn(Node {
            flex_grow: 1.0,
            ..parts::halves(&view.frame)
        })
        .with_children(|halves| {
            halves
                .spawn(parts::half(&view.frame))
                .with_children(|half| {
                    parts::heading(half, view.say("staff-today-hours"));
                    spawn_hours(half, view, figures);
                });
            halves
                .spawn(parts::half(&view.frame))
                .with_children(|half| {
                    parts::heading(half, view.say("staff-today-topics"));
                    spawn_topics(half, view, figures);
                });
        });
}

/// The three counters for today, the week and the month.
fn spawn_table(content: &mut ChildSpawnerCommands<'_>, view: &View, figures: &Figures) {
    let spans = [figures.today, figures.week, figures.month];
    let started = spans.map(|span| span.started);
    let answered = spans.map(|span| span.answered);
    let completed = spans.map(|span| span.completed);
    let answers = spans.map(|span| span.answers);
    content
        .spawn(Node {
            display: Display::Grid,
            grid_template_columns: vec![
                RepeatedGridTrack::flex(1, 1.6),
                RepeatedGridTrack::flex(3, 1.0),
            ],
            column_gap: px(GAP),
            row_gap: px(4),
            ..default()
        })
        .with_children(|table| {
            table.spawn(Node::default());
            for key in ["staff-today-today", "staff-today-week", "staff-today-month"] {
                table.spawn((
                    TextLayout::justify(Justify::Right),
                    text::plain(view.say(key), Size::Small, palette::INK_SOFT),
                ));
            }
            for (key, numbers) in [
                ("staff-today-started", started),
                ("staff-today-answered", answered),
                ("staff-today-completed", completed),
                ("staff-today-answers", answers),
            ] {
                table.spawn(text::plain(view.say(key), Size::Body, palette::INK));
                for number in numbers {
                    table.spawn((
                        TextLayout::justify(Justify::Right),
                        text::bold(number.to_string(), Size::Body, palette::INK),
                    ));
                }
            }
        });
}

/// What visitors would like to learn next, of all that is stored: the most wanted.
fn spawn_requests(content: &mut ChildSpawnerCommands<'_>, view: &View, figures: &Figures) {
    for kind in RequestKind::ALL.map(RequestKind::as_str) {
        let wanted = figures.requests.iter().filter(|row| row.kind == kind);
        let said: Vec<String> = wanted
            .take(MOST_WANTED)
            .map(|row| {
                let name = view.say(&format!("request-{kind}-{}", row.choice));
                format!("{name} {}", row.times)
            })
            .collect();
        if !said.is_empty() {
            let what = view.say(&format!("staff-today-requests-{kind}"));
            parts::fact(content, what, said.join(&view.say("feedback-and")));
        }
    }
}

/// A bar an hour, over the hours of an opening day and those that somebody came in.
fn spawn_hours(half: &mut ChildSpawnerCommands<'_>, view: &View, figures: &Figures) {
    let hours = shown_hours(&figures.hours);
    let most = figures.hours.iter().copied().max().unwrap_or_default();
    let height = if view.frame.portrait { 300.0 } else { 190.0 };
    half.spawn(Node {
        column_gap: px(6),
        align_items: AlignItems::End,
        ..default()
    })
    .with_children(|bars| {
        for hour in hours {
            let number = figures.hours.get(hour).copied().unwrap_or_default();
            bars.spawn(Node {
                flex_grow: 1.0,
                flex_basis: px(0),
                min_width: px(0),
                flex_direction: FlexDirection::Column,
                align_items: AlignItems::Center,
                ..default()
            })
            .with_children(|column| {
                let shown = if number > 0 {
                    number.to_string()
                } else {
                    String::new()
                };
                column.spawn((
                    TextLayout::no_wrap(),
                    text::bold(shown, Size::Small, palette::INK),
                ));
                column.spawn((
                    Name::new(format!("hour-{hour}")),
                    Node {
                        width: percent(100),
                        height: px((height * part(number, most)).max(4.0)),
                        ..default()
                    },
                    BackgroundColor(if number > 0 {
                        palette::ACTION
                    } else {
                        palette::LINE
                    }),
                ));
                column.spawn((
                    TextLayout::no_wrap(),
                    text::plain(hour.to_string(), Size::Small, palette::INK_SOFT),
                ));
            });
        }
    });
}

fn shown_hours(hours: &[u64; 24]) -> std::ops::RangeInclusive<usize> {
    let first = hours.iter().position(|number| *number > 0).unwrap_or(8);
    let last = hours.iter().rposition(|number| *number > 0).unwrap_or(8);
    first.min(8)..=last.max(17)
}

/// A bar a topic, the most played first.
fn spawn_topics(half: &mut ChildSpawnerCommands<'_>, view: &View, figures: &Figures) {
    let most = figures.topics.first().map_or(0, |(_, number)| *number);
    let room = if view.frame.portrait { 8 } else { 5 };
    for (topic, number) in figures.topics.iter().take(room) {
        let name = match view.scene.topic_name(topic) {
            // A topic whose packs are gone.
            name if name.is_empty() => topic.clone(),
            name => name,
        };
        half.spawn(Node {
            align_items: AlignItems::Center,
            column_gap: px(16),
            ..default()
        })
        .with_children(|row| {
            row.spawn(Node {
                width: percent(50),
                ..default()
            })
            .with_children(|cell| {
                cell.spawn(text::plain(name, Size::Body, palette::INK_SOFT));
            });
            row.spawn(Node {
                flex_grow: 1.0,
                flex_basis: px(0),
                ..default()
            })
            .with_children(|cell| {
                cell.spawn((
                    Name::new(format!("topic-bar-{topic}")),
                    Node {
                        width: percent(100.0 * part(*number, most)),
                        height: px(28),
                        border_radius: BorderRadius::all(px(6)),
                        ..default()
                    },
                    BackgroundColor(palette::accent(topic).strong),
                ));
            });
            row.spawn((
                Node {
                    width: px(96),
                    ..default()
                },
                TextLayout::justify(Justify::Right),
                text::bold(number.to_string(), Size::Body, palette::INK),
            ));
        });
    }
    let more = figures.topics.len().saturating_sub(room);
    if more > 0 {
        let args = [("n", more.into())];
        parts::note(half, view.say_with("staff-today-more", &args));
    }
}

fn part(number: u64, most: u64) -> f32 {
    if most == 0 {
        0.0
    } else {
        number as f32 / most as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_begins_on_monday_and_the_month_on_its_first() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (today, week, month) in [
            ("2026-11-22", "2026-11-16", "2026-11-01"),
            ("2026-11-23", "2026-11-23", "2026-11-01"),
            ("2026-12-01", "2026-11-30", "2026-12-01"),
        ] {
            let found = days(day(today));
            assert_eq!((found.week.as_str(), found.month.as_str()), (week, month));
        }
    }

    #[test]
    fn the_hours_of_a_day_are_shown_with_those_outside_it_that_somebody_came_in() {
        let mut hours = [0; 24];
        assert_eq!(shown_hours(&hours), 8..=17);
        hours[20] = 1;
        assert_eq!(shown_hours(&hours), 8..=20);
        hours[6] = 2;
        assert_eq!(shown_hours(&hours), 6..=20);
    }
}
