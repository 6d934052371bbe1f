//! Records: how much is stored, and since when.

use bevy::prelude::*;

use super::parts::{self, View};
use super::today;

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    let Some(figures) = today::figures(content, view) else {
        return;
    };
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
    parts::note(content, view.say("staff-today-what"));
    parts::heading(content, view.say("staff-records-export"));
    parts::fact(
        content,
        view.say("staff-records-last"),
        view.say("staff-records-never"),
    );
    parts::note(content, view.say("staff-records-later"));
}
