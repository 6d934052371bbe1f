//! Pictures of every screen that is entered, for whoever works on the program.

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};

use super::idle::Pause;
use super::screens::Screen;
use super::visit::Visit;
use super::wake::Wake;
use crate::files;

/// Takes a picture of every screen from now on.
pub(super) fn install(app: &mut App, folder: PathBuf) {
    app.insert_resource(Shots {
        folder,
        taken: 0,
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
    taken: u32,
    /// The name of what is to be taken once it has come to rest.
    due: Option<&'static str>,
    busy: bool,
}

impl Shots {
    /// Whether a picture is still to be taken.
    pub(super) fn is_busy(&self) -> bool {
        self.busy || self.due.is_some()
    }
}

fn notice_change(
    mut screens: MessageReader<StateTransitionEvent<Screen>>,
    mut pauses: MessageReader<StateTransitionEvent<Pause>>,
    mut shots: ResMut<Shots>,
) {
    for change in screens.read() {
        shots.due = change.entered.map(Screen::name);
    }
    for change in pauses.read() {
        if change.entered == Some(Pause::Asking) {
            shots.due = Some("countdown");
        }
    }
}

fn take(
    mut shots: ResMut<Shots>,
    visit: Res<Visit>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    if !shots.is_busy() {
        return;
    }
    if shots.busy || !wake.is_settled() {
        // The picture comes back with one of the next frames.
        wake.once_more();
        return;
    }
    let Some(screen) = shots.due.take() else {
        return;
    };
    shots.taken += 1;
    shots.busy = true;
    let name = format!(
        "{:03}-{screen}-{}-{}.png",
        shots.taken,
        visit.language,
        visit.profile.as_str()
    );
    let path = shots.folder.join(name);
    commands.spawn(Screenshot::primary_window()).observe(
        move |captured: On<ScreenshotCaptured>, mut shots: ResMut<Shots>| {
            if let Err(reason) = save(&captured.image, &path) {
                error!("no picture: {reason}");
            }
            shots.busy = false;
        },
    );
    wake.once_more();
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
