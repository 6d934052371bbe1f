//! Whether questions fit the screens: every one is laid out as the kiosk does it, by the functions
//! that make its screens and with its fonts, but without a window, and nothing is drawn.

mod survey;

use std::sync::Arc;
use std::time::Duration;

use bevy::app::{PluginsState, TaskPoolPlugin};
use bevy::camera::RenderTargetInfo;
use bevy::diagnostic::FrameCountPlugin;
use bevy::ecs::schedule::ScheduleCleanupPolicy;
use bevy::ecs::system::SystemId;
use bevy::image::TextureAtlasPlugin;
use bevy::input::InputPlugin;
use bevy::input_focus::InputFocusPlugin;
use bevy::picking::{InteractionPlugin, PickingPlugin};
use bevy::prelude::*;
use bevy::state::app::StatesPlugin;
use bevy::text::{ComputedTextBlock, FontAtlasSet, TextPlugin};
use bevy::time::{TimePlugin, TimeUpdateStrategy};
use bevy::ui::widget::text_system;
use bevy::ui::{UiGlobalTransform, UiPlugin};
use bevy::ui_widgets::Button;
use bevy::window::PrimaryWindow;

use super::idle::Pause;
use super::input::{Back, Taps};
use super::narration::Narrator;
use super::pictures::Picture;
use super::screens::{self, Screen};
use super::sights::Sight;
use super::theme::{self, Frame, ROUNDING, text};
use super::visit::{self, Profile, Visit};
use super::wake::Wake;
use super::{idle, shots, staff, store, window};
use crate::bank::{Pack, Question, QuestionBank};
use crate::config::Station;
use crate::locale::Locales;
use crate::records::Mode;
use crate::session::Round;

pub use super::shots::Control;
pub use survey::{Survey, View};

/// The screens that everything has to fit, width and height in pixels.
pub const SIZES: [(u32, u32); 6] = [
    (1080, 1920),
    (1920, 1080),
    (768, 1366),
    (1366, 768),
    (1280, 800),
    (2160, 3840),
];

/// The most characters that all texts of a question together may have to be laid out at all. No
/// screen has room for half as many, and a text without an end would be measured without an end.
const MOST_TEXT: usize = 10_000;

/// What a text may stick out by, in pixels: less than the white above and below a line. A part of
/// a screen that sticks out evenly on two sides has one rounding here and one there.
const HARMLESS: f32 = 2.0 * ROUNDING;

/// A screen that a question is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The question and its options.
    Question,
    /// What is said to the right answer.
    Right,
    /// What is said to the wrong answer about which there is most to say.
    Wrong,
    /// The reason, on a screen of its own.
    Why,
}

impl Page {
    /// Those that a visitor comes to in a profile.
    pub(super) fn all(profile: Profile) -> impl Iterator<Item = Self> {
        let why = (profile == Profile::Large).then_some(Self::Why);
        [Self::Question, Self::Right, Self::Wrong]
            .into_iter()
            .chain(why)
    }

    /// The stable id, for messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Why => "why",
        }
    }

    pub(super) fn screen(self) -> Screen {
        match self {
            Self::Question => Screen::Question,
            Self::Right | Self::Wrong => Screen::Feedback,
            Self::Why => Screen::Why,
        }
    }
}

/// One way in which a question is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Width and height of the screen in pixels.
    pub size: (u32, u32),
    /// Whether the visitor asked for the large profile.
    pub large: bool,
    /// Which screen.
    pub page: Page,
}

impl Case {
    /// The stable id of the profile, for messages.
    #[must_use]
    pub fn profile(&self) -> &'static str {
        self.as_profile().as_str()
    }

    fn as_profile(self) -> Profile {
        Profile::of(self.large)
    }
}

/// What is wrong with how a question is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fits only with smaller text than is asked for.
    Small,
    /// Some of it is cut or covers something else, even with the smallest text.
    Cut,
}

/// A question that does not fit in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The question's id.
    pub question: String,
    /// The language's tag.
    pub language: String,
    /// The worse of the two, if there are both.
    pub fault: Fault,
    /// Where it is worst.
    pub worst: Case,
    /// In how many cases.
    pub failing: usize,
    /// Of how many.
    pub cases: usize,
}

/// Lays questions out. Making one takes longer than measuring a question: use it for all.
pub struct Ruler {
    app: App,
    languages: Vec<String>,
    sticking_out: SystemId<(), (f32, Option<Entity>)>,
    /// What the screen is laid out for now.
    size: (u32, u32),
}

impl Ruler {
    /// A ruler for questions in the languages of these texts.
    #[must_use]
    pub fn new(locales: Locales) -> Self {
        Self::make(windowless(locales))
    }

    /// The same, which makes the pictures of glyphs, too, as a kiosk does.
    #[must_use]
    pub fn with_glyphs(locales: Locales) -> Self {
        Self::make(outfit(locales, true))
    }

    fn make(mut app: App) -> Self {
        let languages = app.world().resource::<visit::Languages>().0.clone();
        app.add_plugins(idle::asking);
        let sticking_out = app.register_system(sticking_out);
        begin(&mut app);
        let mut ruler = Self {
            app,
            languages,
            sticking_out,
            size: (0, 0),
        };
        ruler.turn_to(SIZES[0], Profile::Standard);
        ruler
    }

    /// Lays out every question of a pack in every language that it and the interface have.
    /// `progress` is told, now and then, how many layouts of how many are done.
    pub fn measure(&mut self, pack: &Pack, progress: &mut dyn FnMut(usize, usize)) -> Vec<Misfit> {
        let languages: Vec<String> = pack
            .info()
            .languages()
            .filter(|tag| self.languages.iter().any(|own| own == tag))
            .map(str::to_owned)
            .collect();
        let mut found: Vec<Found> = pack
            .questions()
            .iter()
            .flat_map(|question| {
                let found = |language: &String| Found::new(question.clone(), language.clone());
                languages.iter().map(found).collect::<Vec<_>>()
            })
            .collect();
        let all = SIZES.len() * 2 * found.len();
        let mut done = 0;
        for size in SIZES {
            for large in [false, true] {
                for found in &mut found {
                    for page in Page::all(Profile::of(large)) {
                        let case = Case { size, large, page };
                        let result = self.lay_out(&found.question, &found.language, case);
                        found.note(case, &result);
                    }
                    done += 1;
                    progress(done, all);
                }
            }
        }
        found.into_iter().filter_map(Found::misfit).collect()
    }

    /// What is wrong with a question in one case.
    pub fn fault(&mut self, question: &Arc<Question>, language: &str, case: Case) -> Option<Fault> {
        self.lay_out(question, language, case).fault()
    }

    /// Where the controls of a screen are.
    pub fn controls(
        &mut self,
        question: &Arc<Question>,
        language: &str,
        case: Case,
    ) -> Vec<Control> {
        self.lay_out(question, language, case);
        let world = self.app.world_mut();
        let mut controls =
            world.query_filtered::<(&Name, &ComputedNode, &UiGlobalTransform), With<Button>>();
        controls
            .iter(world)
            .map(|found| shots::control(found, Vec2::ZERO))
            .collect()
    }

    /// Shows a question, and turns from one language and profile to the other, so many times, as
    /// visitors do. Returns after each turn the bytes of the pictures of glyphs and the number of
    /// entities.
    pub fn switch(&mut self, question: &Arc<Question>, times: usize) -> Vec<(u64, usize)> {
        let languages = self.languages.clone();
        let turns = languages
            .iter()
            .cycle()
            .zip([false, true, true, false].into_iter().cycle());
        let mut counts = Vec::new();
        for (language, large) in turns.take(times) {
            let case = Case {
                size: SIZES[0],
                large,
                page: Page::Question,
            };
            self.lay_out(question, language, case);
            let world = self.app.world();
            let images = world.resource::<Assets<Image>>();
            let bytes = world.resource::<FontAtlasSet>().total_bytes(images);
            counts.push((bytes, world.entities().count_spawned() as usize));
        }
        counts
    }

    /// Makes a screen and waits until its text has found its size.
    fn lay_out(&mut self, question: &Arc<Question>, language: &str, case: Case) -> Laid {
        if characters(question, language) > MOST_TEXT {
            return Laid {
                cut: true,
                sticks_out: f32::INFINITY,
                ..default()
            };
        }
        let Some(sight) = Sight::of(alone(question), language, case.page) else {
            return Laid::default();
        };
        let mut visit = self.app.world_mut().resource_mut::<Visit>();
        language.clone_into(&mut visit.language);
        self.turn_to(case.size, case.as_profile());
        self.show(&sight);
        let world = self.app.world_mut();
        let (sticks_out, _) = world.run_system(self.sticking_out).unwrap_or_default();
        let frame = world.resource::<Frame>();
        let shorter = case.size.0.min(case.size.1) as f32;
        Laid {
            cut: sticks_out > HARMLESS,
            sticks_out: sticks_out / shorter,
            too_small: frame.is_too_small(language),
            fit: frame.fit(),
        }
    }

    /// Turns to a screen of another size or to another profile.
    fn turn_to(&mut self, size: (u32, u32), profile: Profile) {
        let world = self.app.world_mut();
        if self.size == size && world.resource::<Visit>().profile == profile {
            return;
        }
        self.size = size;
        world.resource_mut::<Visit>().profile = profile;
        turn(world, size);
        self.app.update();
    }

    /// Shows something.
    fn show(&mut self, sight: &Sight) {
        sight.show(self.app.world_mut());
        self.app.update();
    }
}

/// The kiosk's screens, made and laid out as ever, but without a window and with nothing drawn.
pub(super) fn windowless(locales: Locales) -> App {
    outfit(locales, false)
}

/// The same; whether the pictures of glyphs are made, too, as a kiosk does, is `glyphs`.
pub(super) fn outfit(locales: Locales, glyphs: bool) -> App {
    // Every language that there is, offered unasked or not.
    let mut languages: Vec<String> = locales.tags().collect();
    languages.sort_by_key(|tag| tag != "zh-CN");
    let station = Station {
        languages: languages.clone(),
        // Everything is measured where it comes to rest.
        motion: false,
        ..Station::default()
    };
    let mut app = App::new();
    app.add_plugins((
        TaskPoolPlugin::default(),
        FrameCountPlugin,
        TimePlugin,
        InputPlugin,
        InputFocusPlugin,
        window::plugin_settings(Some(SIZES[0])),
        AssetPlugin::default(),
        ImagePlugin::default(),
        TextureAtlasPlugin,
        TextPlugin,
        PickingPlugin,
        InteractionPlugin,
        UiPlugin,
        StatesPlugin,
    ));
    app.insert_resource(visit::Texts(locales))
        // Without a question to play the screen rests, until it is given one.
        .insert_resource(visit::Questions(QuestionBank::default()))
        .insert_resource(visit::Seeds::new(Some(0)))
        .insert_resource(Visit::new(&languages))
        .insert_resource(visit::Languages(languages.clone()))
        .insert_resource(visit::Rules(station))
        .init_resource::<visit::RoundLength>()
        .init_resource::<Wake>()
        .init_state::<Pause>()
        .add_message::<Back>()
        .init_resource::<Taps>()
        .init_resource::<Narrator>()
        // Nobody waits here: no pad closes and no area locks while it is measured.
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO))
        .add_plugins((theme::plugin, screens::plugin));
    if !glyphs {
        // It only turns what has been laid out into pictures of glyphs.
        let removed = app.remove_systems_in_set(
            PostUpdate,
            text_system,
            ScheduleCleanupPolicy::RemoveSystemsOnly,
        );
        debug_assert!(removed.is_ok_and(|count| count == 1));
    }
    staff::install(&mut app, staff::sample_desk(), staff::Restart::default());
    // Without an opener there is no writer that could fail to start.
    drop(store::install(
        &mut app,
        None,
        false,
        Mode::Robot,
        Box::new(|| {}),
    ));
    app.world_mut().spawn(Camera2d);
    app
}

/// Ends the making of an app, which can be used from then on.
pub(super) fn begin(app: &mut App) {
    while app.plugins_state() == PluginsState::Adding {
        bevy::tasks::tick_global_task_pools_on_main_thread();
    }
    app.finish();
    app.cleanup();
}

/// Turns a screen that is not drawn to a size; the next frame is laid out for it.
pub(super) fn turn(world: &mut World, size: (u32, u32)) {
    let mut windows = world.query_filtered::<&mut Window, With<PrimaryWindow>>();
    for mut window in windows.iter_mut(world) {
        window.resolution.set_physical_resolution(size.0, size.1);
    }
    // Telling the camera of its window is the renderer's work.
    let mut cameras = world.query::<&mut Camera>();
    for mut camera in cameras.iter_mut(world) {
        camera.computed.target_info = Some(RenderTargetInfo {
            physical_size: size.into(),
            scale_factor: 1.0,
        });
    }
}

/// How a screen was laid out.
#[derive(Clone, Copy, Debug, Default)]
struct Laid {
    /// Whether something sticks out.
    cut: bool,
    /// By how much what sticks out most does so, as a part of the screen's shorter side.
    sticks_out: f32,
    /// Whether the text is smaller than is asked for.
    too_small: bool,
    /// How much smaller than usual it is.
    fit: f32,
}

impl Laid {
    fn fault(&self) -> Option<Fault> {
        if self.cut {
            Some(Fault::Cut)
        } else {
            self.too_small.then_some(Fault::Small)
        }
    }
}

/// What was found about a question in a language.
struct Found {
    question: Arc<Question>,
    language: String,
    cases: usize,
    cut: Worst,
    small: Worst,
}

/// The cases that have a fault, and the worst of them with how bad it is.
#[derive(Default)]
struct Worst {
    count: usize,
    case: Option<(f32, Case)>,
}

impl Worst {
    fn note(&mut self, badness: f32, case: Case) {
        self.count += 1;
        if self.case.is_none_or(|(worst, _)| badness > worst) {
            self.case = Some((badness, case));
        }
    }
}

impl Found {
    fn new(question: Arc<Question>, language: String) -> Self {
        Self {
            question,
            language,
            cases: 0,
            cut: Worst::default(),
            small: Worst::default(),
        }
    }

    fn note(&mut self, case: Case, laid: &Laid) {
        self.cases += 1;
        match laid.fault() {
            Some(Fault::Cut) => self.cut.note(laid.sticks_out, case),
            Some(Fault::Small) => self.small.note(-laid.fit, case),
            None => {}
        }
    }

    fn misfit(self) -> Option<Misfit> {
        let (fault, of_fault) = if self.cut.count > 0 {
            (Fault::Cut, self.cut)
        } else {
            (Fault::Small, self.small)
        };
        let (_, worst) = of_fault.case?;
        Some(Misfit {
            question: self.question.id().to_owned(),
            language: self.language,
            fault,
            worst,
            failing: of_fault.count,
            cases: self.cases,
        })
    }
}

/// A round with this question only. It is a short one, about which its first question has one line
/// more to say.
fn alone(question: &Arc<Question>) -> Round {
    Round::of([question.clone()], 2)
}

/// How many characters the texts of a question have.
pub(super) fn characters(question: &Question, language: &str) -> usize {
    let options = question.options().iter();
    let texts = options
        .flat_map(|option| [Some(option.text()), option.feedback()])
        .flatten()
        .chain([
            question.prompt(),
            question.explanation(),
            question.source().title(),
            question.source().issuer(),
        ]);
    let article = question.source().article().unwrap_or_default();
    let characters = texts.map(|text| text.get(language).chars().count());
    characters.sum::<usize>() + article.chars().count()
}

/// By how many pixels the text or picture that does so most sticks out of its box, of a box around
/// that one, or of the screen; and which one that is.
fn sticking_out(
    texts: Query<(Entity, &ComputedTextBlock, &TextLayout)>,
    pictures: Query<Entity, With<Picture>>,
    boxes: Query<(&ComputedNode, &UiGlobalTransform)>,
    nodes: Query<&Node>,
    parents: Query<&ChildOf>,
) -> (f32, Option<Entity>) {
    let is_left_out = |entity| {
        let around = std::iter::once(entity).chain(parents.iter_ancestors(entity));
        let mut nodes = around.filter_map(|part| nodes.get(part).ok());
        nodes.any(|node| node.display == Display::None)
    };
    let texts = texts.iter().filter(|(entity, ..)| !is_left_out(*entity));
    let written = texts.filter_map(|(entity, block, layout)| {
        let (node, place) = boxes.get(entity).ok()?;
        let corner = place.translation + node.content_box().min;
        let size = text::drawn_size(node, block, layout);
        Some((entity, Rect::from_corners(corner, corner + size)))
    });
    let drawn = pictures.iter().filter_map(|entity| {
        let (node, place) = boxes.get(entity).ok()?;
        Some((
            entity,
            Rect::from_center_size(place.translation, node.size()),
        ))
    });
    let mut most = (0.0, None);
    for (entity, written) in written.chain(drawn) {
        for around in std::iter::once(entity).chain(parents.iter_ancestors(entity)) {
            let Ok((node, place)) = boxes.get(around) else {
                continue;
            };
            let room = Rect::from_center_size(place.translation, node.size());
            let outside = (room.min - written.min).max(written.max - room.max);
            if outside.max_element() > most.0 {
                most = (outside.max_element(), Some(entity));
            }
        }
    }
    most
}
