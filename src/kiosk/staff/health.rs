//! Health: what runs, on how much disk, and what staff should see to.

use bevy::prelude::*;

use super::ask::{self, Deed};
use super::desk::Alarm;
use super::parts::{self, View, button};
use crate::kiosk::store::Trouble;
use crate::kiosk::theme::widget::Look;

/// Less free disk than this is worth an alarm.
const LITTLE: u64 = 500_000_000;

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    let looked = view.area.looked.as_ref();
    let free = looked.and_then(|looked| looked.free);
    let alarms = alarms(view, free);
    let room = if view.frame.portrait { 6 } else { 2 };
    for alarm in alarms.iter().take(room) {
        parts::notice(content, "alarm-notice", false, view.say_alarm(alarm));
    }
    if alarms.len() > room {
        let args = [("n", (alarms.len() - room).into())];
        parts::note(content, view.say_with("staff-health-more", &args));
    }
    if alarms.is_empty() && looked.is_some() {
        let said = (view.say("staff-health-good"), String::new());
        parts::notice(content, "good", true, said);
    }
    parts::fact(
        content,
        view.say("staff-health-version"),
        env!("CARGO_PKG_VERSION"),
    );
    let unknown = || view.say("staff-health-unknown");
    let free = free.map_or_else(unknown, |free| view.size(free));
    parts::fact(content, view.say("staff-health-disk"), free);
    let size = looked.and_then(|looked| looked.figures.as_ref());
    let size = size.map_or_else(unknown, |figures| view.size(figures.bytes));
    parts::fact(content, view.say("staff-records-size"), size);
    let recording = match view.store.trouble() {
        // Into the reserve, but recorded.
        None | Some(Trouble::DiskFull) => "staff-health-recording",
        Some(Trouble::Behind { .. }) => "staff-health-behind",
        Some(Trouble::Off) => "staff-health-off",
        Some(Trouble::Lost { .. }) => "staff-health-lost",
    };
    parts::fact(
        content,
        view.say("staff-health-records"),
        view.say(recording),
    );
    content.spawn(parts::controls()).with_children(|row| {
        let word = view.say("staff-health-restart");
        button(
            row,
            "restart",
            Look::Choice,
            "arrow-counter-clockwise",
            word,
            |world| {
                ask::ask(world, Deed::Restart, Vec::new());
            },
        );
    });
}

/// Everything that is wrong: what shows now, and what was found at the start.
fn alarms(view: &View, free: Option<u64>) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    match view.store.trouble() {
        None => {}
        Some(Trouble::Off) => alarms.push(Alarm::new("records-off")),
        Some(Trouble::Behind { waiting }) => {
            alarms.push(Alarm::new("records-behind").with("n", waiting));
        }
        Some(Trouble::DiskFull) => alarms.push(Alarm::new("disk-full")),
        Some(Trouble::Lost { lost }) => {
            let lost = usize::try_from(lost).unwrap_or(usize::MAX);
            alarms.push(Alarm::new("records-lost").with("n", lost));
        }
    }
    if free.is_some_and(|free| free < LITTLE) {
        alarms.push(Alarm::new("disk-low"));
    }
    let pictures = view.pictures.as_ref();
    if let Some((file, count)) = pictures.and_then(|pictures| pictures.missed()) {
        alarms.push(
            Alarm::new("pictures-missed")
                .with("file", file)
                .with("n", count),
        );
    }
    if view.narrator.is_mute() {
        alarms.push(Alarm::new("no-sound"));
    }
    alarms.extend((view.desk.troubles)());
    alarms.extend(view.desk.alarms.iter().cloned());
    alarms
}
