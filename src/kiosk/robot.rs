//! A robot visitor: plays rounds through the same input path as a finger, for tests and pictures.
//! Its sessions are stored with the mode `robot` and never counted.

use std::io::Write;
use std::time::Duration;

use bevy::input::touch::TouchPhase;
use bevy::picking::PickingSystems;
use bevy::prelude::*;
use bevy::ui::UiGlobalTransform;
use bevy::window::{PrimaryWindow, RequestRedraw, WindowEvent};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::idle::Pause;
use super::input::Taps;
use super::screens::{LastAnswer, Screen};
use super::shots::Shots;
use super::store::Store;
use super::theme::Frame;
use super::visit::{Profile, Visit};
use super::wake::Wake;
use crate::bank::Kind;

/// How long the robot takes to think, after the station listens again.
const THINKS: Duration = Duration::from_millis(20);

/// Sends a robot to play so many rounds.
pub(super) fn install(app: &mut App, rounds: u32, seed: u64) {
    app.insert_resource(Robot {
        random: Pcg64Mcg::seed_from_u64(seed),
        rounds,
        finished: 0,
        finger: None,
        reported: 0,
        requested: 0,
        toured: Tour::default(),
    })
    .add_systems(First, act.before(PickingSystems::Input))
    .add_systems(Last, report);
}

#[derive(Resource)]
struct Robot {
    random: Pcg64Mcg,
    rounds: u32,
    finished: u32,
    /// Where the finger is down.
    finger: Option<Vec2>,
    /// The answer of the round that was reported last.
    reported: usize,
    /// How many steps towards a request were taken in this round.
    requested: u32,
    toured: Tour,
}

/// What the robot does once so that every screen is seen.
#[derive(Default)]
struct Tour {
    language: bool,
    countdown: bool,
    large: bool,
    rested: bool,
}

/// Taps: one frame down, the next one up.
fn act(
    mut robot: ResMut<Robot>,
    window: Single<(Entity, &Window), With<PrimaryWindow>>,
    buttons: Query<(&Name, &ComputedNode, &UiGlobalTransform)>,
    screen: Res<State<Screen>>,
    pause: Res<State<Pause>>,
    visit: Res<Visit>,
    store: Res<Store>,
    shots: Option<Res<Shots>>,
    taps: Res<Taps>,
    time: Res<Time<Real>>,
    frame: Res<Frame>,
    mut wake: ResMut<Wake>,
    mut touches: (MessageWriter<WindowEvent>, MessageWriter<TouchInput>),
    mut next: ResMut<NextState<Screen>>,
    mut exit: MessageWriter<AppExit>,
    mut commands: Commands,
) {
    let (window_entity, window) = *window;
    let mut touch = |phase, position| {
        let input = TouchInput {
            phase,
            position,
            window: window_entity,
            force: None,
            id: 1,
        };
        touches.0.write(WindowEvent::TouchInput(input));
        touches.1.write(input);
    };
    if let Some(position) = robot.finger.take() {
        touch(TouchPhase::Ended, position);
        return;
    }
    // Pictures and a picture that has not come to rest ask for their frames themselves, and what
    // is written wakes the loop.
    if shots.is_some_and(|shots| shots.is_busy()) || !wake.is_settled() {
        return;
    }
    let open = taps.open_from() + THINKS;
    if time.elapsed() < open {
        wake.within(open - time.elapsed());
        return;
    }
    if robot.finished >= robot.rounds && *screen.get() == Screen::Attract {
        if robot.toured.rested {
            commands.queue(|world: &mut World| world.resource_mut::<Store>().close());
            exit.write(AppExit::Success);
        } else {
            robot.toured.rested = true;
            next.set(Screen::Resting);
        }
        return;
    }
    if *screen.get() == Screen::Resting {
        commands.queue(|world: &mut World| world.resource_mut::<Store>().close());
        exit.write(AppExit::Success);
        return;
    }
    let Some(target) = robot.decide(*screen.get(), *pause.get(), &visit, &store, &buttons) else {
        return;
    };
    let found = buttons.iter().find(|(name, ..)| name.as_str() == target);
    if let Some((_, node, transform)) = found
        && node.size().min_element() > 0.0
    {
        let position = (frame.corner() + transform.translation) / window.scale_factor();
        touch(TouchPhase::Started, position);
        robot.finger = Some(position);
        wake.once_more();
    }
}

impl Robot {
    /// The name of the control to tap; nothing while there is something to wait for.
    fn decide(
        &mut self,
        screen: Screen,
        pause: Pause,
        visit: &Visit,
        store: &Store,
        buttons: &Query<(&Name, &ComputedNode, &UiGlobalTransform)>,
    ) -> Option<String> {
        let names = |prefix: &str| -> Vec<String> {
            let names = buttons.iter().map(|(name, ..)| name.as_str());
            let mut names: Vec<String> = names
                .filter(|name| name.starts_with(prefix))
                .map(str::to_owned)
                .collect();
            names.sort();
            names
        };
        if pause == Pause::Asking {
            return Some("keep-going".to_owned());
        }
        let english = self.finished % 2 == 1;
        Some(match screen {
            // Where there is another one.
            Screen::Attract
                if english && !self.toured.language && !names("language").is_empty() =>
            {
                self.toured.language = true;
                "language".to_owned()
            }
            Screen::Attract => "start".to_owned(),
            Screen::Language => {
                let offered = names("language-");
                let english = offered.iter().find(|name| *name == "language-en");
                english.or(offered.last())?.clone()
            }
            Screen::Audience => {
                self.reported = 0;
                names("audience-").choose(&mut self.random)?.clone()
            }
            Screen::Topic => names("topic-").choose(&mut self.random)?.clone(),
            Screen::Question if !self.toured.countdown => {
                self.toured.countdown = true;
                "leave".to_owned()
            }
            // The third round is played in large type.
            Screen::Question
                if self.finished == 2
                    && !self.toured.large
                    && visit.profile == Profile::Standard =>
            {
                self.toured.large = true;
                "size".to_owned()
            }
            Screen::Question => self.answer(visit, names("option-"))?,
            Screen::Feedback => {
                // A visitor reads; the robot waits until what it saw is safe.
                let answers = visit.play.as_ref()?.session.answers().len();
                if self.reported < answers && !store.has_alarm() {
                    return None;
                }
                names("why").pop().unwrap_or_else(|| "next".to_owned())
            }
            Screen::Why => "next".to_owned(),
            Screen::Results if !names("retry").is_empty() && self.is_curious() => {
                self.reported = 0;
                "retry".to_owned()
            }
            Screen::Results if self.requested == 0 && self.is_curious() => {
                self.requested = 1;
                "requests".to_owned()
            }
            Screen::Requests => {
                self.requested += 1;
                match self.requested {
                    2 => names("request-topic-").choose(&mut self.random)?.clone(),
                    3 => names("request-form-").choose(&mut self.random)?.clone(),
                    _ => "back".to_owned(),
                }
            }
            Screen::Results => {
                self.finished += 1;
                self.toured.language = false;
                self.requested = 0;
                "finish".to_owned()
            }
            Screen::Resting | Screen::Pad | Screen::Reset | Screen::Staff => return None,
        })
    }

    /// Whether the robot does what a round may end with: in the first two rounds, so that it is seen
    /// in both languages, and then now and then.
    fn is_curious(&mut self) -> bool {
        self.finished < 2 || self.random.random_bool(0.3)
    }

    /// Any option; where several are right, a few of them, and then the button that answers. Of
    /// steps most often the next one, now and then one back, until all of them have their place.
    fn answer(&mut self, visit: &Visit, options: Vec<String>) -> Option<String> {
        let session = &visit.play.as_ref()?.session;
        let asked = session.current();
        if asked.question().kind() == Kind::Order {
            let selected = session.selected();
            if session.is_ready() {
                return Some("confirm".to_owned());
            }
            let next = asked.question().options().get(selected.len())?.id();
            let next = asked.options().position(|option| option.id() == next);
            let at = match (next, selected.last()) {
                (_, Some(last)) if self.random.random_bool(0.1) => *last,
                (Some(next), _) if !selected.contains(&next) && self.random.random_bool(0.8) => {
                    next
                }
                _ => (0..options.len()).find(|position| !selected.contains(position))?,
            };
            return options.get(at).cloned();
        }
        if asked.question().kind() == Kind::Multi {
            let enough = session.selected().len() >= session.current().question().correct_count();
            if enough {
                return Some("confirm".to_owned());
            }
            let selected = session.selected();
            let open: Vec<&String> = options
                .iter()
                .enumerate()
                .filter(|(position, _)| !selected.contains(position))
                .map(|(_, name)| name)
                .collect();
            return open.choose(&mut self.random).map(ToString::to_string);
        }
        options.choose(&mut self.random).cloned()
    }
}

/// Says that an answer is safe, once its feedback is on the screen and its record on the disk.
fn report(
    mut robot: ResMut<Robot>,
    screen: Res<State<Screen>>,
    visit: Res<Visit>,
    store: Res<Store>,
    last: Option<Res<LastAnswer>>,
    wake: Res<Wake>,
    mut redraw: MessageWriter<RequestRedraw>,
) -> Result {
    let Some(play) = &visit.play else {
        return Ok(());
    };
    let answers = play.session.answers().len();
    let shown = *screen.get() == Screen::Feedback && wake.is_settled();
    let durable = last.is_some_and(|last| store.is_durable(last.0));
    if shown && durable && robot.reported < answers {
        robot.reported = answers;
        let mut out = std::io::stdout().lock();
        writeln!(out, "answered {} {answers}", play.id)?;
        out.flush()?;
        // The commit woke the loop for this frame only, and the robot acts in the next.
        redraw.write(RequestRedraw);
    }
    Ok(())
}
