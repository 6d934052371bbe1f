//! Pictures of every screen that is entered, of every selection that is made on one and of every text
//! that is read aloud there, for whoever works on the program, each with a list of
//! the controls on it and where they are (the same name with `.json`; pixels from the top left) and
//! of what is written on it.

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::ui::UiGlobalTransform;
use bevy::ui_widgets::Button;
use bevy::window::PrimaryWindow;
use serde::Serialize;

use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::access::order::Reading;
use super::idle::Pause;
use super::narration::Narrator;
use super::pictures::{Alt, Awaited};
use super::screens::Screen;
use super::theme::{Frame, text};
use super::visit::{Requests, Visit};
use super::wake::Wake;
use crate::bank::narration::Part;
use crate::files;
use crate::session::{Phase, Session};

/// Takes a picture of every screen from now on.
pub(super) fn install(app: &mut App, folder: PathBuf) {
    app.insert_resource(Shots {
        folder,
        named: None,
        only_expected: false,
        taken: 0,
        selected: Vec::new(),
        requested: None,
        read: None,
        due: None,
        busy: false,
    })
    .add_systems(Update, notice_change)
    .add_systems(PostUpdate, take);
}

/// The pictures.
#[derive(Resource)]
pub(super) struct Shots {
    folder: PathBuf,
    /// Whether only those pictures are taken that somebody asks for.
    only_expected: bool,
    /// The name of the next picture, if it is not to be numbered.
    named: Option<PathBuf>,
    taken: u32,
    /// What was selected when it was looked at last.
    selected: Vec<usize>,
    /// What was requested when it was looked at last.
    requested: Option<Requests>,
    /// What was read aloud likewise.
    read: Option<Part>,
    /// The name of what is to be taken once it has come to rest.
    due: Option<&'static str>,
    busy: bool,
}

impl Shots {
    /// From now on only what is asked for is taken.
    pub(super) fn wait_to_be_asked(&mut self) {
        self.only_expected = true;
    }

    /// Takes a picture of what comes to rest next, under this name and in a folder of its own.
    pub(super) fn expect(&mut self, folder: PathBuf, name: &str) {
        self.named = Some(folder.join(name));
        self.due = Some("");
    }

    /// Whether a picture is still to be taken.
    pub(super) fn is_busy(&self) -> bool {
        self.busy || self.due.is_some()
    }
}

fn notice_change(
    mut screens: MessageReader<StateTransitionEvent<Screen>>,
    mut pauses: MessageReader<StateTransitionEvent<Pause>>,
    visit: Res<Visit>,
    narrator: Res<Narrator>,
    mut shots: ResMut<Shots>,
) {
    if shots.only_expected {
        return;
    }
    let asking = visit.play.as_ref().map(|play| &play.session);
    let asking = asking.filter(|session| session.phase() == Phase::Asking);
    let selected = asking.map_or(&[][..], Session::selected);
    if visit.is_changed() && shots.selected != selected {
        shots.selected = selected.to_vec();
        if asking.is_some() {
            shots.due = Some("selection");
        }
    }
    if visit.is_changed() && shots.requested != visit.requests {
        let both = shots.requested.as_ref().zip(visit.requests.as_ref());
        if both.is_some_and(|(before, now)| before.session == now.session) {
            shots.due = Some("selection");
        }
        shots.requested.clone_from(&visit.requests);
    }
    for change in screens.read() {
        shots.due = change.entered.map(Screen::name);
    }
    for change in pauses.read() {
        if change.entered == Some(Pause::Asking) {
            shots.due = Some("countdown");
        }
    }
    // After the picture of the screen on which it is read.
    if shots.due.is_none() && shots.read.as_ref() != narrator.part() {
        shots.read = narrator.part().cloned();
        shots.due = Some("reading");
    }
}

fn take(
    mut shots: ResMut<Shots>,
    visit: Res<Visit>,
    narrator: Res<Narrator>,
    window: Single<&Window, With<PrimaryWindow>>,
    controls: Query<(&Name, &ComputedNode, &UiGlobalTransform), With<Button>>,
    texts: Query<&Text>,
    frame: Res<Frame>,
    pictures: Query<(&Alt, &ComputedNode, &UiGlobalTransform, Has<ImageNode>)>,
    awaited: Query<(), With<Awaited>>,
    reading: Reading,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    if !shots.is_busy() {
        return;
    }
    if shots.busy || !wake.is_settled() || !awaited.is_empty() {
        // The picture comes back with one of the next frames.
        wake.once_more();
        return;
    }
    let Some(screen) = shots.due.take() else {
        return;
    };
    shots.taken += 1;
    shots.busy = true;
    let (language, profile) = (&visit.language, visit.profile.as_str());
    let name = format!("{:03}-{screen}-{language}-{profile}", shots.taken);
    let description = Description {
        screen,
        language,
        profile,
        width: window.physical_width(),
        height: window.physical_height(),
        controls: controls
            .iter()
            .map(|found| control(found, frame.corner()))
            .collect(),
        focus_order: focus_order(&reading, &controls),
        reading: narrator.part().map(|part| format!("{part:?}")),
        texts: texts.iter().map(|shown| text::read(&shown.0)).collect(),
        pictures: pictures
            .iter()
            .map(|found| picture(found, frame.corner()))
            .collect(),
    };
    let description = serde_json::to_vec_pretty(&description).unwrap_or_default();
    let path = shots.named.take().unwrap_or(shots.folder.join(name));
    commands.spawn(Screenshot::primary_window()).observe(
        move |captured: On<ScreenshotCaptured>, mut shots: ResMut<Shots>| {
            let folder = path.parent().map_or(Ok(()), files::create_folder);
            let saved = folder.map_err(|error| error.to_string());
            let saved =
                saved.and_then(|()| save(&captured.image, &path.with_added_extension("png")));
            let saved = saved.and_then(|()| {
                // Last: whoever waits for it finds the picture, too.
                files::write(&path.with_added_extension("json"), &description)
                    .map_err(|error| error.to_string())
            });
            if let Err(reason) = saved {
                error!("no picture: {reason}");
            }
            shots.busy = false;
        },
    );
    wake.once_more();
}

/// What is on a picture.
#[derive(Serialize)]
struct Description<'a> {
    screen: &'a str,
    language: &'a str,
    profile: &'a str,
    width: u32,
    height: u32,
    controls: Vec<Control>,
    /// The names of the controls in the order in which Down reaches them, from none.
    focus_order: Vec<String>,
    /// What is read aloud.
    reading: Option<String>,
    /// Everything written on it, icons included, in no order.
    texts: Vec<String>,
    /// The pictures on it, in no order.
    pictures: Vec<Picture<'a>>,
}

/// A picture of a question.
#[derive(Serialize)]
struct Picture<'a> {
    alt: &'a str,
    /// Whether it is there; else words stand in its place.
    shown: bool,
    left: f32,
    top: f32,
    width: f32,
    height: f32,
}

fn picture<'a>(
    (Alt(alt), node, transform, shown): (&'a Alt, &ComputedNode, &UiGlobalTransform, bool),
    corner: Vec2,
) -> Picture<'a> {
    let corner = corner + transform.translation - node.size() / 2.0;
    Picture {
        alt,
        shown,
        left: corner.x,
        top: corner.y,
        width: node.size().x,
        height: node.size().y,
    }
}

/// Where a control is, in pixels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// Its name, unique on its screen.
    pub name: String,
    /// From the left of the screen.
    pub left: f32,
    /// From the top of the screen.
    pub top: f32,
    /// From its own left to its right.
    pub width: f32,
    /// From its own top to its bottom.
    pub height: f32,
}

/// Where a control is on a window of which the part that is used begins at `corner`.
pub(super) fn control(
    (name, node, transform): (&Name, &ComputedNode, &UiGlobalTransform),
    corner: Vec2,
) -> Control {
    let corner = corner + transform.translation - node.size() / 2.0;
    Control {
        name: name.to_string(),
        left: corner.x,
        top: corner.y,
        width: node.size().x,
        height: node.size().y,
    }
}

/// The names of the controls as Down reaches them.
fn focus_order(
    reading: &Reading,
    controls: &Query<(&Name, &ComputedNode, &UiGlobalTransform), With<Button>>,
) -> Vec<String> {
    let name = |entity| controls.get(entity).map(|(name, ..)| name.to_string());
    let order = reading.controls_downwards().into_iter();
    order.filter_map(|entity| name(entity).ok()).collect()
}

fn save(image: &Image, path: &std::path::Path) -> Result<(), String> {
    let picture = image
        .clone()
        .try_into_dynamic()
        .map_err(|error| error.to_string())?;
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .to_rgb8()
        .write_to(&mut bytes, image::ImageFormat::Png)
        .map_err(|error| error.to_string())?;
    files::write(path, bytes.get_ref()).map_err(|error| error.to_string())
}
