//! Pictures of questions: read, proven and made as small as they are shown on a thread of their
//! own, kept for the question on screen and the one after it, and dropped with them.
//!
//! A screen spawns a [`Picture`] of the size that it will have, so that nothing moves when its
//! pixels come. When they cannot come, words take their place, the question is played all the same,
//! and staff are told.

mod scale;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};

use self::scale::Pixels;
use super::screens::Screen;
use super::store::Store;
use super::theme::text::{self, IconSize, Size};
use super::theme::{Frame, palette};
use super::visit::Scene;
use super::wake::Wake;
use crate::bank;
use crate::packs::media::Prover;
use crate::packs::medium::Gate;
use crate::packs::{self, Refused};

/// How round the corners of a picture are.
const RADIUS: f32 = 14.0;

/// The lowest place that has room for words.
const ROOM_FOR_WORDS: f32 = 100.0;

/// Starts the thread that loads, and keeps what it has loaded. Without this, places for pictures
/// stay empty.
pub(super) fn install(app: &mut App, packs: packs::store::Store) {
    let gate = Prover::this_program().map(|prover| Gate::new(packs, prover));
    let proxy = app
        .world()
        .get_resource::<EventLoopProxyWrapper>()
        .map(|proxy| (**proxy).clone());
    let wake = move || {
        if let Some(proxy) = &proxy {
            // The loop may have ended: then nobody waits for the news.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    };
    app.insert_resource(Pictures::new(move |want: &Want| load(&gate, want), wake))
        .add_systems(PreUpdate, receive)
        .add_systems(PostUpdate, (keep, show).chain());
}

/// A picture as it is to be shown; an error is a sentence for the log.
fn load(gate: &Result<Gate, Refused>, want: &Want) -> Result<Pixels, String> {
    let file = match gate {
        Ok(gate) => gate.open(&want.folder, &want.file),
        Err(refused) => Err(refused.clone()),
    };
    let file = file.map_err(|refused| format!("{refused:?}"))?;
    let most = bank::Size {
        width: want.width,
        height: want.height,
    };
    scale::decode(&file, most).ok_or_else(|| "it is no picture that was proven".to_owned())
}

/// A picture in a size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Want {
    /// The pack's folder.
    folder: PathBuf,
    file: String,
    /// In pixels of the screen.
    width: u32,
    height: u32,
}

impl Want {
    /// A picture of the pack in a folder, so large in the units that screens are laid out in.
    pub(super) fn new(folder: &Path, image: &bank::Image, size: Vec2, frame: &Frame) -> Self {
        let size = (size * frame.pixels()).round().as_uvec2();
        Self {
            folder: folder.to_owned(),
            file: image.file().to_owned(),
            width: size.x.max(1),
            height: size.y.max(1),
        }
    }
}

/// The place of a picture on a screen.
#[derive(Component)]
pub(super) struct Picture(Want);

/// What a picture shows, for whoever cannot see it.
#[derive(Component, Clone, Debug, PartialEq)]
pub(in crate::kiosk) struct Alt(pub(in crate::kiosk) String);

/// A picture that is neither shown yet nor given up.
#[derive(Component)]
pub(super) struct Awaited;

/// The place of a picture, so large in the units that screens are laid out in.
pub(super) fn place(want: Want, alt: &str, size: Vec2) -> impl Bundle + use<> {
    (
        Name::new(format!("picture {}", want.file)),
        Picture(want),
        Alt(alt.to_owned()),
        Awaited,
        Node {
            width: px(size.x),
            height: px(size.y),
            flex_shrink: 0.0,
            border_radius: BorderRadius::all(px(RADIUS)),
            ..default()
        },
        Pickable::IGNORE,
    )
}

/// What is loaded, what will be, and what could not be.
#[derive(Resource)]
pub(super) struct Pictures {
    /// The pictures that are on screen or soon will be.
    kept: BTreeMap<Want, Loaded>,
    /// Those of the round that are not on screen.
    ahead: Vec<Want>,
    /// What could not be shown since the start, by pack and file.
    missed: BTreeSet<(PathBuf, String)>,
    jobs: Sender<Want>,
    news: Mutex<Receiver<(Want, Result<Pixels, String>)>>,
    /// The same as `kept`, for the thread: what nobody waits for any more it passes over.
    wanted: Arc<Mutex<BTreeSet<Want>>>,
}

/// How far a picture is.
enum Loaded {
    /// The thread has not come to it yet.
    Coming,
    /// It is there.
    Here(Handle<Image>),
    /// It cannot be shown.
    Broken,
}

impl Pictures {
    /// `load` is called on a thread, and `wake` after each picture.
    fn new(
        load: impl Fn(&Want) -> Result<Pixels, String> + Send + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (jobs, queue) = mpsc::channel::<Want>();
        let (tell, news) = mpsc::channel();
        let wanted = Arc::new(Mutex::new(BTreeSet::new()));
        let still = wanted.clone();
        let begun = thread::Builder::new()
            .name("pictures".to_owned())
            .spawn(move || {
                for want in queue {
                    let known = still.lock().unwrap_or_else(PoisonError::into_inner);
                    let is_wanted = known.contains(&want);
                    drop(known);
                    if !is_wanted {
                        continue;
                    }
                    // A decoder that panics costs one picture, not all that come after it.
                    let loaded = catch_unwind(AssertUnwindSafe(|| load(&want)));
                    let loaded = loaded.unwrap_or_else(|_| Err("a panic".to_owned()));
                    if tell.send((want, loaded)).is_err() {
                        return;
                    }
                    wake();
                }
            });
        if let Err(error) = begun {
            // Nothing is loaded then, and every picture counts as broken.
            error!("pictures cannot be loaded: {error}");
        }
        Self {
            kept: BTreeMap::new(),
            ahead: Vec::new(),
            missed: BTreeSet::new(),
            jobs,
            news: Mutex::new(news),
            wanted,
        }
    }

    /// Says which pictures the round will show soon.
    pub(super) fn look_ahead(&mut self, ahead: Vec<Want>) {
        self.ahead = ahead;
    }

    /// A picture that could not be shown since the start, and how many there are.
    pub(super) fn missed(&self) -> Option<(String, usize)> {
        let (folder, file) = self.missed.first()?;
        let shown = folder.file_name().unwrap_or_default().to_string_lossy();
        Some((format!("{shown}/{file}"), self.missed.len()))
    }
}

/// Takes what the thread has loaded.
fn receive(
    mut pictures: ResMut<Pictures>,
    mut images: ResMut<Assets<Image>>,
    mut store: ResMut<Store>,
    mut wake: ResMut<Wake>,
) {
    let Pictures {
        kept, missed, news, ..
    } = &mut *pictures;
    let news = news.get_mut().unwrap_or_else(PoisonError::into_inner);
    for (want, loaded) in news.try_iter() {
        let Some(place) = kept.get_mut(&want) else {
            continue;
        };
        *place = match loaded {
            Ok(pixels) => Loaded::Here(images.add(image(pixels))),
            Err(reason) => {
                let (folder, file) = (want.folder.display(), &want.file);
                warn!("the picture {file} of {folder} cannot be shown: {reason}");
                missed.insert((want.folder.clone(), want.file.clone()));
                store.raise_alarm();
                Loaded::Broken
            }
        };
        wake.settle();
    }
}

fn image(Pixels { size, bytes }: Pixels) -> Image {
    Image::new(
        Extent3d {
            width: size.width,
            height: size.height,
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        bytes,
        TextureFormat::Rgba8UnormSrgb,
        // Once it is where it is drawn from, nobody else needs its pixels.
        RenderAssetUsages::RENDER_WORLD,
    )
}

/// Orders what is wanted and drops everything else.
fn keep(mut pictures: ResMut<Pictures>, places: Query<&Picture>, screen: Res<State<Screen>>) {
    // From everywhere else the round is left, or not begun.
    if !matches!(
        screen.get(),
        Screen::Question | Screen::Feedback | Screen::Why | Screen::Language
    ) {
        pictures.ahead.clear();
    }
    // First what is on screen.
    let shown = places.iter().map(|Picture(want)| want);
    let wanted: Vec<Want> = shown.chain(&pictures.ahead).cloned().collect();
    let all: BTreeSet<Want> = wanted.iter().cloned().collect();
    if all.len() == pictures.kept.len() && all.iter().all(|want| pictures.kept.contains_key(want)) {
        return;
    }
    pictures.kept.retain(|want, _| all.contains(want));
    *pictures
        .wanted
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = all;
    for want in wanted {
        if !pictures.kept.contains_key(&want) {
            // Nobody is there when the thread could not be started.
            let loaded = match pictures.jobs.send(want.clone()) {
                Ok(()) => Loaded::Coming,
                Err(_) => Loaded::Broken,
            };
            pictures.kept.insert(want, loaded);
        }
    }
}

/// Fills the places of pictures that have come, and of those that never will.
fn show(
    pictures: Res<Pictures>,
    mut places: Query<(Entity, &Picture, &Alt, &mut Node), With<Awaited>>,
    scene: Scene,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    for (entity, Picture(want), Alt(alt), mut node) in &mut places {
        match pictures.kept.get(want) {
            None | Some(Loaded::Coming) => continue,
            Some(Loaded::Here(image)) => {
                let image = ImageNode::new(image.clone()).with_mode(NodeImageMode::Stretch);
                commands.entity(entity).insert(image).remove::<Awaited>();
            }
            Some(Loaded::Broken) => {
                let height = node.height;
                let words = matches!(height, Val::Px(height) if height >= ROOM_FOR_WORDS);
                // As high as the words need, if that is more.
                node.min_height = height;
                node.height = auto();
                node.max_width = percent(100);
                node.flex_direction = FlexDirection::Column;
                node.align_items = AlignItems::Center;
                node.justify_content = JustifyContent::Center;
                node.padding = UiRect::all(px(8));
                let mut place = commands.entity(entity);
                place
                    .insert(BackgroundColor(palette::PAPER))
                    .remove::<Awaited>();
                place.with_children(|place| {
                    place.spawn(text::symbol("image", IconSize::Usual, palette::INK_SOFT));
                    if words {
                        let said = scene
                            .say_with("question-picture-shows", &[("alt", alt.as_str().into())]);
                        place.spawn(text::plain(said, Size::Small, palette::INK_SOFT));
                    }
                });
            }
        }
        wake.settle();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Mode;
    use bevy::asset::AssetPlugin;
    use bevy::state::app::StatesPlugin;
    use std::time::{Duration, Instant};

    fn want(name: &str) -> Want {
        Want {
            folder: PathBuf::from("pack"),
            file: name.to_owned(),
            width: 2,
            height: 1,
        }
    }

    /// A file whose name says so is broken; every other is two pixels.
    fn load(want: &Want) -> Result<Pixels, String> {
        if want.file.contains("panics") {
            panic!("as a decoder might");
        }
        if want.file.contains("broken") {
            return Err("broken".to_owned());
        }
        let (size, bytes) = (
            bank::Size {
                width: 2,
                height: 1,
            },
            vec![255; 8],
        );
        Ok(Pixels { size, bytes })
    }

    fn app() -> App {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, AssetPlugin::default(), StatesPlugin))
            .init_asset::<Image>()
            .init_state::<Screen>()
            .init_resource::<Wake>()
            .insert_resource(Pictures::new(load, || {}))
            .add_systems(PreUpdate, receive)
            .add_systems(PostUpdate, keep);
        super::super::store::install(&mut app, None, false, Mode::Robot, Box::new(|| {})).unwrap();
        app.world_mut()
            .resource_mut::<NextState<Screen>>()
            .set(Screen::Question);
        app.update();
        app
    }

    fn images(app: &App) -> usize {
        app.world().resource::<Assets<Image>>().len()
    }

    /// Lets frames pass until nothing is on its way.
    fn settle(app: &mut App) {
        let begun = Instant::now();
        loop {
            app.update();
            let pictures = app.world().resource::<Pictures>();
            if pictures
                .kept
                .values()
                .all(|one| !matches!(one, Loaded::Coming))
            {
                // Dropped handles are only seen in the next frame.
                app.update();
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "waited in vain");
            thread::yield_now();
        }
    }

    #[test]
    fn after_fifty_questions_there_are_as_many_pictures_as_before_the_first() {
        let mut app = app();
        let base = images(&app);
        for question in 0..50 {
            let names = (0..4).map(|option| format!("{question}-{option}"));
            let places: Vec<Entity> = names
                .map(|name| app.world_mut().spawn(Picture(want(&name))).id())
                .collect();
            let next = (0..4).map(|option| want(&format!("{}-{option}", question + 1)));
            app.world_mut()
                .resource_mut::<Pictures>()
                .look_ahead(next.collect());
            settle(&mut app);
            assert_eq!(images(&app), base + 8);
            for place in places {
                app.world_mut().despawn(place);
            }
        }
        // The round is left in its midst.
        app.world_mut()
            .resource_mut::<NextState<Screen>>()
            .set(Screen::Attract);
        settle(&mut app);
        assert_eq!(images(&app), base);
        let pictures = app.world().resource::<Pictures>();
        assert!(pictures.kept.is_empty() && pictures.ahead.is_empty());
        assert!(pictures.wanted.lock().unwrap().is_empty());
        assert_eq!(pictures.missed(), None);
    }

    #[test]
    fn a_broken_picture_and_one_that_breaks_its_decoder_are_alarms_and_the_next_one_comes() {
        let mut app = app();
        for name in ["broken", "panics", "sound"] {
            app.world_mut().spawn(Picture(want(name)));
        }
        settle(&mut app);
        let pictures = app.world().resource::<Pictures>();
        assert_eq!(pictures.missed(), Some(("pack/broken".to_owned(), 2)));
        assert!(matches!(
            pictures.kept.get(&want("sound")),
            Some(Loaded::Here(_))
        ));
        assert_eq!(images(&app), 1);
    }
}
