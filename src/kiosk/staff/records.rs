//! Records: how much is stored, since when, and the way out on a stick.

use std::path::PathBuf;

use bevy::prelude::*;

use super::area::{self, Area, Told};
use super::export_port::ExportStick;
use super::parts::{self, View, button, does};
use super::today;
use crate::bank::Arg;
use crate::kiosk::store::Store;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, Look};
use crate::records::Figures;

/// Finds out where results can be taken to.
fn look_for_sticks(world: &mut World) {
    area::wait_for(
        world,
        "staff-packs-searching",
        |desk, _| desk.export.sticks(),
        |world, sticks| world.resource_mut::<Area>().sticks = Some(sticks),
    );
}

/// Leaves the list of sticks.
pub(super) fn leave_sticks(world: &mut World) {
    world.resource_mut::<Area>().sticks = None;
    area::redraw(world);
}

/// Takes everything to a stick.
fn export(world: &mut World, stick: PathBuf) {
    let records = world.resource::<Store>().submitter();
    area::wait_for(
        world,
        "staff-records-exporting",
        move |desk, progress| desk.export.export(&stick, records, progress),
        |world, done| {
            let mut area = world.resource_mut::<Area>();
            area.sticks = None;
            area.looked = None;
            area.told = Some(match done {
                Ok(exported) => {
                    let said = vec![
                        ("files", exported.files.into()),
                        ("sessions", Arg::Number(exported.sessions.cast_signed())),
                    ];
                    Told::Done("staff-records-exported", said)
                }
                Err(alarm) => Told::Wrong(alarm),
            });
            today::look(world);
        },
    );
}

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    if let Some(sticks) = &view.area.sticks {
        return spawn_sticks(content, view, sticks);
    }
    let Some(figures) = today::figures(content, view) else {
        return;
    };
    content
        .spawn(parts::halves(&view.frame))
        .with_children(|both| {
            both.spawn(parts::half(&view.frame))
                .with_children(|stored| spawn_stored(stored, view, figures));
            both.spawn(parts::half(&view.frame))
                .with_children(|way_out| spawn_way_out(way_out, view));
        });
    parts::note(content, view.say("staff-today-what"));
}

fn spawn_stored(content: &mut ChildSpawnerCommands<'_>, view: &View, figures: &Figures) {
    let all = figures.all;
    parts::heading(content, view.say("staff-records-stored"));
    let since = figures.since.clone();
    let since = since.unwrap_or_else(|| view.say("staff-records-nothing"));
    parts::fact(content, view.say("staff-records-since"), since);
    for (key, number) in [
        ("staff-today-started", all.started),
        ("staff-today-answered", all.answered),
        ("staff-today-completed", all.completed),
        ("staff-today-answers", all.answers),
    ] {
        parts::fact(content, view.say(key), number.to_string());
    }
    parts::fact(
        content,
        view.say("staff-records-size"),
        view.size(figures.bytes),
    );
}

fn spawn_way_out(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    let looked = view.area.looked.as_ref();
    if let Some(backlog) = looked.and_then(|looked| looked.backlog.as_ref()) {
        let waiting = (backlog.unsealed + backlog.sessions).to_string();
        parts::fact(content, view.say("staff-records-waiting"), waiting);
    }
    let last = looked.and_then(|looked| looked.last_export.clone());
    let last = last.unwrap_or_else(|| view.say("staff-records-never"));
    parts::fact(content, view.say("staff-records-last"), last);
    content.spawn(parts::controls()).with_children(|row| {
        let (look, word) = (Look::Action, view.say("staff-records-export"));
        button(row, "export", look, "arrow-right", word, look_for_sticks);
    });
}

fn spawn_sticks(content: &mut ChildSpawnerCommands<'_>, view: &View, sticks: &[ExportStick]) {
    content.spawn(parts::controls()).with_children(|row| {
        let word = view.say("staff-back");
        button(row, "back", Look::Choice, "arrow-left", word, leave_sticks);
        let (icon, word) = (
            "arrow-counter-clockwise",
            view.say("staff-packs-search-again"),
        );
        button(row, "search", Look::Choice, icon, word, look_for_sticks);
    });
    if sticks.is_empty() {
        return parts::line(content, view.say("staff-records-no-stick"));
    }
    parts::line(content, view.say("staff-records-which"));
    for (index, stick) in sticks.iter().take(area::rows_that_fit(view)).enumerate() {
        let (look, path) = (Look::Choice, stick.path.clone());
        let node = Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::FlexStart,
            row_gap: px(4),
            flex_shrink: 0.0,
            ..widget::control()
        };
        let name = format!("stick-{index}");
        content
            .spawn((
                widget::button(name, look, node),
                does(move |world| export(world, path.clone())),
            ))
            .with_children(|row| {
                row.spawn(text::bold(
                    stick.shown_label.clone(),
                    Size::Body,
                    look.ink(),
                ));
                if let Some(free) = stick.free {
                    let args = [("size", view.size(free).into())];
                    let free = view.say_with("staff-records-free", &args);
                    row.spawn(text::plain(free, Size::Small, palette::INK_SOFT));
                }
            });
    }
}
