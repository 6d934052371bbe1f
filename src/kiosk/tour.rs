//! A walk past every screen that visitors see, in every size, language and profile, with a picture
//! of each: for people who want to see what there is. Nothing is played and nothing is stored.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy::window::PrimaryWindow;

use super::idle::Pause;
use super::input::Taps;
use super::layout::{Page, SIZES, answered, finished, longest};
use super::screens::{self, Screen};
use super::shots::Shots;
use super::theme::Frame;
use super::visit::{Languages, Play, Profile, Questions, Visit};
use super::wake::Wake;
use crate::bank::{Audience, Kind, Question, QuestionBank};
use crate::records::SessionId;
use crate::session::Round;

/// How often it is looked whether the next screen can be shown.
const GLANCE: Duration = Duration::from_millis(5);

/// How many glances a window is given to take on another size before that is given up.
const PATIENCE: u32 = 600;

/// Starts the walk; pictures go to a folder a size.
pub(super) fn install(app: &mut App, folder: PathBuf) {
    app.insert_resource(Tour {
        folder,
        stops: Vec::new(),
        next: 0,
        waited: 0,
        under_way: false,
    })
    .add_systems(Startup, plan.after(screens::rest_without_questions))
    .add_systems(PostStartup, take_alarm_away)
    .add_systems(Update, walk);
}

/// A screen as it is to be shown.
#[derive(Clone)]
struct Stop {
    size: (u32, u32),
    language: String,
    profile: Profile,
    contrast: bool,
    sight: Sight,
}

/// What there is to see.
#[derive(Clone)]
enum Sight {
    /// A screen that needs no question.
    Plain(Screen),
    /// A question, and what is said to its answers.
    Of(&'static str, Arc<Question>, Page),
    /// A screen after a round.
    After(Screen),
    /// The question whether anybody is still there.
    Countdown,
}

impl Sight {
    fn name(&self) -> String {
        match self {
            Self::Plain(screen) | Self::After(screen) => screen.name().to_owned(),
            Self::Of(sort, _, page) => format!("{}-{sort}", page.as_str()),
            Self::Countdown => "countdown".to_owned(),
        }
    }
}

#[derive(Resource)]
struct Tour {
    folder: PathBuf,
    stops: Vec<Stop>,
    next: usize,
    waited: u32,
    /// Whether the screen of the next stop has been asked for.
    under_way: bool,
}

fn plan(languages: Res<Languages>, questions: Res<Questions>, mut tour: ResMut<Tour>) {
    for size in SIZES {
        for language in &languages.0 {
            for (profile, contrast) in [
                (Profile::Standard, false),
                (Profile::Large, false),
                (Profile::Standard, true),
            ] {
                let mut sights: Vec<Sight> = [
                    Screen::Attract,
                    Screen::Language,
                    Screen::Audience,
                    Screen::Topic,
                ]
                .map(Sight::Plain)
                .into();
                for question in longest(&questions.0, language) {
                    for page in [Page::Question, Page::Right, Page::Wrong] {
                        sights.push(Sight::Of(sort(&question), question.clone(), page));
                    }
                }
                sights.extend([
                    Sight::After(Screen::Results),
                    Sight::After(Screen::Requests),
                    Sight::Countdown,
                    Sight::Plain(Screen::Resting),
                ]);
                tour.stops.extend(sights.into_iter().map(|sight| Stop {
                    size,
                    language: language.clone(),
                    profile,
                    contrast,
                    sight,
                }));
            }
        }
    }
}

/// There are no staff to look at anything.
fn take_alarm_away(names: Query<(Entity, &Name)>, mut commands: Commands) {
    for (entity, name) in &names {
        if name.as_str() == "alarm" {
            commands.entity(entity).despawn();
        }
    }
}

/// A round of the usual length that begins with a question.
fn round_with(bank: &QuestionBank, first: &Arc<Question>) -> Round {
    const LENGTH: usize = 6;
    let others = bank
        .questions()
        .filter(|other| other.pack().topic() == first.pack().topic() && !Arc::ptr_eq(other, first));
    let questions = std::iter::once(first).chain(others).take(LENGTH);
    Round::of(questions.cloned(), LENGTH)
}

fn sort(question: &Question) -> &'static str {
    match question.kind() {
        Kind::TrueFalse if question.is_rumour() => "claim",
        Kind::TrueFalse => "true-false",
        Kind::Single => "single",
        Kind::Multi => "multi",
        Kind::Order => "order",
    }
}

fn walk(
    mut tour: ResMut<Tour>,
    mut window: Single<&mut Window, With<PrimaryWindow>>,
    frame: Res<Frame>,
    questions: Res<Questions>,
    mut visit: ResMut<Visit>,
    mut shots: ResMut<Shots>,
    mut next: ResMut<NextState<Screen>>,
    mut pause: ResMut<NextState<Pause>>,
    mut taps: ResMut<Taps>,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
    mut exit: MessageWriter<AppExit>,
) {
    // Nobody has gone away: nobody came.
    taps.activity = time.elapsed();
    // Not a frame at once: a picture is taken of what has come to rest.
    wake.within(GLANCE);
    if shots.is_busy() || !wake.is_settled() {
        return;
    }
    if tour.under_way {
        tour.under_way = false;
        tour.next += 1;
    }
    let Some(stop) = tour.stops.get(tour.next).cloned() else {
        exit.write(AppExit::Success);
        return;
    };
    let size = UVec2::from(stop.size);
    if window.physical_size() != size || !frame.fills(size) {
        tour.waited += 1;
        if tour.waited > PATIENCE {
            error!("the window cannot be {} × {} pixels", size.x, size.y);
            exit.write(AppExit::error());
        }
        window.resolution.set_physical_resolution(size.x, size.y);
        return;
    }
    tour.waited = 0;
    pause.set(Pause::Playing);
    visit.language.clone_from(&stop.language);
    visit.profile = stop.profile;
    visit.contrast = Some(stop.contrast);
    visit.audience = Some(Audience::General);
    let is_large = stop.profile == Profile::Large;
    if frame.is_large() != is_large || frame.contrast != stop.contrast {
        // The theme makes the screen that is shown anew first.
        wake.settle();
        return;
    }
    let staged = |session, question: Option<&Question>| {
        let topic = question.map_or("health", |question| question.pack().topic());
        let play = Play {
            session,
            id: SessionId::from_bytes([0; 16]),
            began: Duration::ZERO,
            ended: true,
            again: false,
        };
        (topic.to_owned(), play)
    };
    let (screen, scene) = match &stop.sight {
        Sight::Plain(screen) => (*screen, None),
        Sight::Of(_, question, page) => {
            let screen = match page {
                Page::Question => Screen::Question,
                Page::Right | Page::Wrong => Screen::Feedback,
            };
            let session = answered(round_with(&questions.0, question), &stop.language, *page);
            (
                screen,
                session.map(|session| staged(session, Some(question))),
            )
        }
        Sight::After(screen) => (
            *screen,
            finished(&questions.0).map(|session| staged(session, None)),
        ),
        Sight::Countdown => {
            pause.set(Pause::Asking);
            (
                Screen::Results,
                finished(&questions.0).map(|session| staged(session, None)),
            )
        }
    };
    if let Some((topic, play)) = scene {
        visit.topic = Some(topic);
        visit.play = Some(play);
    }
    next.set(screen);
    let colours = if stop.contrast {
        "contrast"
    } else {
        stop.profile.as_str()
    };
    let (width, height) = stop.size;
    shots.expect(
        tour.folder.join(format!("{width}x{height}")),
        &format!("{}-{}-{colours}", stop.sight.name(), stop.language),
    );
    tour.under_way = true;
    wake.settle();
}
