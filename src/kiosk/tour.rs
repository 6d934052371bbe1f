//! A walk past every screen, in every size, language and profile, with a picture of each: for people
//! who want to see what there is. Nothing is played and nothing is stored.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy::window::PrimaryWindow;

use super::idle::Countdown;
use super::input::Taps;
use super::layout::SIZES;
use super::screens;
use super::shots::Shots;
use super::sights::Sight;
use super::theme::Frame;
use super::visit::{Languages, Profile, Questions, Rules, Visit};
use super::wake::Wake;
use crate::bank::{Question, QuestionBank};
use crate::session::Round;

/// How often it is looked whether the next screen can be shown.
const GLANCE: Duration = Duration::from_millis(5);

/// How many glances a window is given to take on another size before that is given up.
const PATIENCE: u32 = 600;

/// Starts the walk; pictures go to a folder a size. Only those are taken whose path there has
/// `only` in it.
pub(super) fn install(app: &mut App, folder: PathBuf, only: String) {
    app.world_mut().resource_mut::<Shots>().wait_to_be_asked();
    app.insert_resource(Tour {
        folder,
        only,
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

impl Stop {
    /// The folder of its picture.
    fn folder(&self) -> String {
        let (width, height) = self.size;
        format!("{width}x{height}")
    }

    /// The name of its picture.
    fn name(&self) -> String {
        let colours = if self.contrast {
            "contrast"
        } else {
            self.profile.as_str()
        };
        format!("{}-{}-{colours}", self.sight.name(), self.language)
    }
}

#[derive(Resource)]
struct Tour {
    folder: PathBuf,
    only: String,
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
                let round = |first: &Arc<Question>| round_with(&questions.0, first);
                let mut sights = Sight::of_visitors(&questions.0, (language, profile), round);
                if profile == Profile::Standard {
                    sights.extend(Sight::of_staff());
                }
                let stops = sights.into_iter().map(|sight| Stop {
                    size,
                    language: language.clone(),
                    profile,
                    contrast,
                    sight,
                });
                let wanted = stops.filter(|stop| {
                    let path = format!("{}/{}", stop.folder(), stop.name());
                    path.contains(&tour.only)
                });
                let wanted: Vec<Stop> = wanted.collect();
                tour.stops.extend(wanted);
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

fn walk(
    mut tour: ResMut<Tour>,
    mut window: Single<&mut Window, With<PrimaryWindow>>,
    frame: Res<Frame>,
    mut visit: ResMut<Visit>,
    mut shots: ResMut<Shots>,
    mut commands: Commands,
    mut taps: ResMut<Taps>,
    mut countdown: ResMut<Countdown>,
    rules: Res<Rules>,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
    mut exit: MessageWriter<AppExit>,
) {
    // Nobody has gone away: nobody came. And however slow the machine is, nothing runs out.
    taps.activity = time.elapsed();
    countdown.begin(time.elapsed(), &rules);
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
    visit.language.clone_from(&stop.language);
    visit.profile = stop.profile;
    visit.contrast = Some(stop.contrast);
    let sight = stop.sight.clone();
    commands.queue(move |world: &mut World| sight.show(world));
    shots.expect(tour.folder.join(stop.folder()), &stop.name());
    tour.under_way = true;
    wake.settle();
}
