//! The PIN pad: digits that are never shown, nothing else on the screen, and closed by itself.
//!
//! The PIN is checked on a thread: its hash is made to take long.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::input_focus::InputFocus;
use bevy::prelude::*;

use super::desk::Desk;
use super::parts::{self, button, capital, does};
use super::work::Work;
use super::{area, reset, show_screen, time_left};
use crate::journal::Deed;
use crate::kiosk::access::{Means, Spoken};
use crate::kiosk::input::{Back, Quick, Taps};
use crate::kiosk::screens::Screen;
use crate::kiosk::theme::lettering::Words;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::{Languages, Scene, Texts};
use crate::kiosk::wake::Wake;
use crate::session::Phase as Playing;
use crate::staff::pin::{PinLock, PinState, Verdict};
use crate::staff::{Moment, Permit, Refused, check_new};

/// How long the pad stays without a tap.
const CLOSES: Duration = Duration::from_secs(15);

/// The same after a reset, which is good for one time.
const CLOSES_LATE: Duration = Duration::from_secs(2 * 60);

/// More digits than any PIN has.
const MOST_DIGITS: usize = 12;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pad>()
        .init_resource::<Lock>()
        .add_systems(OnEnter(Screen::Pad), spawn)
        .add_systems(
            Update,
            (type_by_keys, close_when_left, count_down, show)
                .chain()
                .run_if(in_state(Screen::Pad)),
        );
}

/// What is being typed, and what for.
#[derive(Resource, Default)]
pub(super) struct Pad {
    /// The screen before, to go back to.
    came_from: Screen,
    opened: Duration,
    pub(super) step: Step,
    pub(super) digits: String,
    /// The new PIN, when it is to be typed once more.
    first: String,
    /// Allows another PIN in place of the one there is.
    permit: Option<Permit>,
    pub(super) said: Option<Said>,
}

/// The lock, for one thread at a time: a try is counted before the next one begins, whatever is
/// on the screen meanwhile.
#[derive(Resource, Default)]
struct Lock(Arc<Mutex<()>>);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Step {
    /// Something is being read, hashed or written.
    #[default]
    Busy,
    /// The PIN.
    Known,
    /// A new PIN.
    New,
    /// The new PIN once more.
    Again,
    /// Nothing before this moment since the program's start.
    Waiting(Duration),
    /// Nothing at all.
    Broken,
}

/// What the pad says besides what it asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    Wrong { tries: u32 },
    Refused(Refused),
    Differs,
    Failed,
}

/// The texts that change.
#[derive(Component, Clone, Copy, PartialEq)]
enum Part {
    Asked,
    Dots,
    Said,
}

/// Shows the pad instead of whatever is on the screen.
pub(super) fn open(world: &mut World) {
    let came_from = *world.resource::<State<Screen>>().get();
    let opened = world.resource::<Time<Real>>().elapsed();
    *world.resource_mut::<Pad>() = Pad {
        came_from,
        opened,
        ..default()
    };
    // As it is on the disk now: somebody may have set a PIN beside the running kiosk.
    let job = |desk: &Desk| {
        let now = Moment::now().map_err(|error| warn!("{error}"))?;
        Ok(PinLock::open(&desk.data, &now).state(&now))
    };
    with_lock(world, job, |world, state: Result<_, ()>| {
        let now = world.resource::<Time<Real>>().elapsed();
        let step = state.map_or(Step::Broken, |state| step_for(state, now));
        world.resource_mut::<Pad>().step = step;
    });
    show_screen(world, Screen::Pad);
}

/// Asks for another PIN, after a reset.
pub(super) fn choose_anew(world: &mut World, permit: Permit) {
    let opened = world.resource::<Time<Real>>().elapsed();
    let mut pad = world.resource_mut::<Pad>();
    *pad = Pad {
        came_from: pad.came_from,
        opened,
        step: Step::New,
        permit: Some(permit),
        ..default()
    };
    redraw(world);
}

/// What the pad is for, by what is on the disk.
fn step_for(state: PinState, now: Duration) -> Step {
    match state {
        PinState::NotSet => Step::New,
        PinState::Free { .. } => Step::Known,
        PinState::Locked { left } => Step::Waiting(now + left),
        PinState::Broken => Step::Broken,
    }
}

/// Goes back to where the press was.
pub(super) fn close(world: &mut World) {
    let pad = std::mem::take(&mut *world.resource_mut::<Pad>());
    let visit = world.resource::<crate::kiosk::visit::Visit>();
    let answered = visit
        .play
        .as_ref()
        .is_some_and(|play| play.session.phase() == Playing::Explaining);
    let back = match pad.came_from {
        // The answer was on its way to the disk when the pad opened.
        Screen::Question if answered => Screen::Feedback,
        screen => screen,
    };
    show_screen(world, back);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>, pad: Res<Pad>) {
    let language = scene.languages.0.first().cloned().unwrap_or_default();
    let is_set = matches!(pad.step, Step::Known | Step::Waiting(_) | Step::Broken);
    commands
        .spawn((widget::page("Pad"), DespawnOnExit(Screen::Pad)))
        .with_children(|page| {
            page.spawn((
                widget::Fits,
                Node {
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    ..widget::stretch(if frame.portrait {
                        FlexDirection::Column
                    } else {
                        FlexDirection::Row
                    })
                },
            ))
            .with_children(|body| {
                body.spawn(Node {
                    width: px(760),
                    align_items: AlignItems::Center,
                    ..widget::stack(FlexDirection::Column)
                })
                .with_children(|words| {
                    words.spawn(text::symbol(
                        "shield-check",
                        IconSize::Alone,
                        palette::ACTION,
                    ));
                    spawn_words(words, &language);
                    if !frame.portrait {
                        spawn_ways_out(words, &scene, &language, is_set);
                    }
                });
                spawn_keys(body, |key| scene.say_in(&language, key));
                if frame.portrait {
                    spawn_ways_out(body, &scene, &language, is_set);
                }
            });
        });
}

fn spawn_ways_out(
    parent: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    language: &str,
    is_set: bool,
) {
    parent.spawn(parts::controls()).with_children(|row| {
        let say = |key: &str| Words::in_language(language, &scene.say_in(language, key));
        button(row, "pad-close", Look::Choice, "x", say("pad-close"), close);
        if is_set {
            let word = say("pad-forgotten");
            let icon = "question";
            button(row, "pad-forgotten", Look::Choice, icon, word, reset::open);
        }
    });
}

fn spawn_words(words: &mut ChildSpawnerCommands<'_>, language: &str) {
    let unsaid = Words::in_language(language, "");
    let centred = || {
        let node = Node {
            max_width: percent(100),
            ..default()
        };
        (node, TextLayout::justify(Justify::Center))
    };
    words.spawn((
        Part::Asked,
        centred(),
        text::bold(unsaid.clone(), Size::Title, palette::INK),
    ));
    words
        .spawn(widget::pane(
            "dots",
            Look::Choice,
            Node {
                width: percent(100),
                height: px(104),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                ..default()
            },
        ))
        .with_children(|pane| {
            let dots = text::bold("", Size::Title, palette::INK);
            pane.spawn((Part::Dots, Means::Secret, dots));
        });
    words
        .spawn(Node {
            width: percent(100),
            min_height: px(150),
            justify_content: JustifyContent::Center,
            ..default()
        })
        .with_children(|room| {
            room.spawn((
                Part::Said,
                Means::News,
                centred(),
                text::plain(unsaid, Size::Body, palette::INK),
            ));
        });
}

fn spawn_keys(body: &mut ChildSpawnerCommands<'_>, say: impl Fn(&str) -> String) {
    body.spawn(Node {
        width: px(660),
        flex_wrap: FlexWrap::Wrap,
        ..widget::stack(FlexDirection::Row)
    })
    .with_children(|keys| {
        let node = || Node {
            width: px(204),
            min_height: px(132),
            ..widget::control()
        };
        let mut key =
            |name: String, look: Look, icon: &str, word: &str, deed: fn(&mut World, char)| {
                let digit = word.chars().next().unwrap_or_default();
                keys.spawn((
                    widget::button(name, look, node()),
                    Quick,
                    Spoken(word.to_owned()),
                    does(move |world| deed(world, digit)),
                ))
                .with_children(|key| {
                    if icon.is_empty() {
                        key.spawn(text::bold(word, Size::Prompt, look.ink()));
                    } else {
                        key.spawn(text::symbol(icon, IconSize::Large, look.ink()));
                    }
                });
            };
        for digit in ["1", "2", "3", "4", "5", "6", "7", "8", "9"] {
            key(format!("key-{digit}"), Look::Choice, "", digit, push);
        }
        let (delete, confirm) = (say("pad-delete"), say("pad-ok"));
        let (name, icon) = ("key-delete".to_owned(), "arrow-left");
        key(name, Look::Choice, icon, &delete, |world, _| pop(world));
        key("key-0".to_owned(), Look::Choice, "", "0", push);
        let name = "key-ok".to_owned();
        key(name, Look::Action, "", &confirm, |world, _| submit(world));
    });
}

fn push(world: &mut World, digit: char) {
    let mut pad = world.resource_mut::<Pad>();
    if matches!(pad.step, Step::Known | Step::New | Step::Again) && pad.digits.len() < MOST_DIGITS {
        pad.digits.push(digit);
        pad.said = None;
    }
}

fn pop(world: &mut World) {
    world.resource_mut::<Pad>().digits.pop();
}

/// Does with the digits what they were asked for.
fn submit(world: &mut World) {
    let mut pad = world.resource_mut::<Pad>();
    if pad.digits.is_empty() {
        return;
    }
    match pad.step {
        Step::Known => {
            let digits = std::mem::take(&mut pad.digits);
            try_pin(world, digits);
        }
        Step::New => {
            let digits = std::mem::take(&mut pad.digits);
            match check_new(&digits) {
                Err(refused) => pad.said = Some(Said::Refused(refused)),
                Ok(()) => {
                    pad.first = digits;
                    pad.step = Step::Again;
                }
            }
            redraw(world);
        }
        Step::Again => {
            let digits = std::mem::take(&mut pad.digits);
            if digits == std::mem::take(&mut pad.first) {
                set_pin(world, digits);
            } else {
                pad.step = Step::New;
                pad.said = Some(Said::Differs);
                redraw(world);
            }
        }
        Step::Busy | Step::Waiting(_) | Step::Broken => {}
    }
}

/// Uses the lock on a thread; what comes of it happens only while the same pad is still open.
fn with_lock<T: Send + 'static>(
    world: &mut World,
    job: impl FnOnce(&Desk) -> T + Send + 'static,
    then: impl FnOnce(&mut World, T) + Send + 'static,
) {
    let lock = Arc::clone(&world.resource::<Lock>().0);
    let mut pad = world.resource_mut::<Pad>();
    pad.step = Step::Busy;
    pad.said = None;
    let opened = pad.opened;
    let desk = world.resource::<Desk>().clone();
    world.resource::<Work>().clone().start(move |work| {
        let done = {
            let _held = lock.lock().unwrap_or_else(PoisonError::into_inner);
            job(&desk)
        };
        work.tell(move |world| {
            if world.resource::<Pad>().opened == opened {
                redraw(world);
                then(world, done);
            }
        });
    });
}

/// Shows the pad anew: what it asks for has changed.
fn redraw(world: &mut World) {
    show_screen(world, Screen::Pad);
}

fn try_pin(world: &mut World, digits: String) {
    let job = move |desk: &Desk| {
        // Why it could not be checked is in the log; the pad only says that it could not.
        let now = Moment::now().map_err(|error| warn!("{error}"))?;
        let tried = PinLock::open(&desk.data, &now).try_pin(&digits, &now);
        let tried = tried.map_err(|refused| warn!("the PIN: {refused:?}"))?;
        match tried {
            Verdict::Right(_) => (desk.journal)(Deed::StaffEntered, ""),
            Verdict::Wrong(PinState::Locked { .. }) => (desk.journal)(Deed::PinLocked, ""),
            _ => {}
        }
        Ok(tried)
    };
    with_lock(world, job, |world, verdict: Result<_, ()>| {
        let now = world.resource::<Time<Real>>().elapsed();
        let mut pad = world.resource_mut::<Pad>();
        (pad.step, pad.said) = match verdict {
            Ok(Verdict::Right(_)) => return area::enter(world),
            Ok(Verdict::Wrong(state) | Verdict::NotTried(state)) => {
                let said = match state {
                    PinState::Free { tries } => Some(Said::Wrong { tries }),
                    _ => None,
                };
                (step_for(state, now), said)
            }
            Err(()) => (Step::Known, Some(Said::Failed)),
        };
    });
}

fn set_pin(world: &mut World, digits: String) {
    let permit = world.resource_mut::<Pad>().permit.take();
    let job = move |desk: &Desk| {
        let now = Moment::now().map_err(|error| warn!("{error}")).ok();
        let lock = now.map(|now| PinLock::open(&desk.data, &now));
        let set = lock.map(|mut lock| match &permit {
            Some(permit) => lock.change(&digits, permit),
            None => lock.set_first(&digits),
        });
        if matches!(set, Some(Ok(()))) {
            let deed = permit.as_ref().map_or(Deed::PinSet, |_| Deed::PinChanged);
            (desk.journal)(deed, "");
        }
        (set, permit)
    };
    with_lock(world, job, |world, (set, permit)| {
        let mut pad = world.resource_mut::<Pad>();
        pad.step = Step::New;
        pad.permit = permit;
        pad.said = Some(match set {
            Some(Ok(())) => return area::enter(world),
            Some(Err(refused)) => Said::Refused(refused),
            None => Said::Failed,
        });
    });
}

/// A refusal as a sentence, and what to do about it.
pub(super) fn refusal(texts: &Texts, language: &str, refused: &Refused) -> (String, String) {
    let args = refused.args.iter();
    let args: Vec<_> = args
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    let key = format!("staff-{}", refused.code);
    let hint = texts.0.format(language, &format!("{key}.hint"), &args);
    (capital(&texts.0.format(language, &key, &args)), hint)
}

/// The digit of a key on either part of a keyboard.
fn digit_of(key: KeyCode) -> Option<char> {
    Some(match key {
        KeyCode::Digit0 | KeyCode::Numpad0 => '0',
        KeyCode::Digit1 | KeyCode::Numpad1 => '1',
        KeyCode::Digit2 | KeyCode::Numpad2 => '2',
        KeyCode::Digit3 | KeyCode::Numpad3 => '3',
        KeyCode::Digit4 | KeyCode::Numpad4 => '4',
        KeyCode::Digit5 | KeyCode::Numpad5 => '5',
        KeyCode::Digit6 | KeyCode::Numpad6 => '6',
        KeyCode::Digit7 | KeyCode::Numpad7 => '7',
        KeyCode::Digit8 | KeyCode::Numpad8 => '8',
        KeyCode::Digit9 | KeyCode::Numpad9 => '9',
        _ => return None,
    })
}

/// Digits and the keys around them. Enter belongs to the button that has the focus, if one has.
fn type_by_keys(
    mut keys: MessageReader<KeyboardInput>,
    mut backs: MessageReader<Back>,
    focus: Res<InputFocus>,
    mut commands: Commands,
) {
    for key in keys.read() {
        if key.state != ButtonState::Pressed || key.repeat {
            continue;
        }
        match key.key_code {
            KeyCode::Backspace => commands.queue(pop),
            KeyCode::Enter | KeyCode::NumpadEnter if focus.get().is_none() => {
                commands.queue(submit);
            }
            code => {
                if let Some(digit) = digit_of(code) {
                    commands.queue(move |world: &mut World| push(world, digit));
                }
            }
        }
    }
    if backs.read().count() > 0 {
        commands.queue(close);
    }
}

fn close_when_left(
    pad: Res<Pad>,
    taps: Res<Taps>,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    let closes = pad.permit.as_ref().map_or(CLOSES, |_| CLOSES_LATE);
    match time_left(closes, time.elapsed(), taps.activity, pad.opened) {
        Some(left) => wake.within(left),
        None => commands.queue(close),
    }
}

/// Ends a wait, or asks for the frame in which the next second of it is shown.
fn count_down(mut pad: ResMut<Pad>, time: Res<Time<Real>>, mut wake: ResMut<Wake>) {
    let Step::Waiting(until) = pad.step else {
        return;
    };
    let now = time.elapsed();
    if now >= until {
        pad.step = Step::Known;
        return;
    }
    // Marks the pad as changed, so that it is shown anew.
    pad.set_changed();
    let rest = (until - now).subsec_millis();
    wake.within(Duration::from_millis(u64::from(rest) + 5));
}

fn show(
    pad: Res<Pad>,
    texts: Res<Texts>,
    languages: Res<Languages>,
    time: Res<Time<Real>>,
    mut parts: Query<(&Part, &mut Text)>,
    mut wake: ResMut<Wake>,
) {
    let fresh = parts
        .iter()
        .any(|(part, text)| *part == Part::Asked && text.is_empty());
    if !pad.is_changed() && !fresh {
        return;
    }
    let language = languages.0.first().map_or("", String::as_str);
    let say = |key: &str| texts.0.text(language, key);
    for (part, mut text) in &mut parts {
        let words = match part {
            Part::Asked => say(match pad.step {
                Step::Busy => "pad-busy",
                Step::Known => "pad-known",
                Step::New => "pad-new",
                Step::Again => "pad-again",
                Step::Waiting(_) => "pad-waiting",
                Step::Broken => "pad-broken",
            }),
            // Dots, never digits.
            Part::Dots => vec!["●"; pad.digits.len()].join(" "),
            Part::Said => match (pad.step, &pad.said) {
                (Step::Waiting(until), _) => {
                    let left = until.saturating_sub(time.elapsed());
                    let left = u64::try_from(left.as_millis().div_ceil(1000)).unwrap_or_default();
                    let args = [("m", (left / 60).into()), ("s", (left % 60).into())];
                    let key = if left < 60 {
                        "pad-seconds"
                    } else {
                        "pad-minutes"
                    };
                    texts.0.format(language, key, &args)
                }
                (Step::Broken, _) => say("pad-broken-what"),
                (_, Some(Said::Wrong { tries })) => {
                    texts
                        .0
                        .format(language, "pad-wrong", &[("n", (*tries).into())])
                }
                (_, Some(Said::Refused(refused))) => {
                    let (sentence, hint) = refusal(&texts, language, refused);
                    format!("{sentence}\n{hint}")
                }
                (_, Some(Said::Differs)) => say("pad-differs"),
                (_, Some(Said::Failed)) => say("pad-failed"),
                (Step::New, None) => say("pad-new-how"),
                (_, None) => String::new(),
            },
        };
        let words = text::bound(&words);
        if text.0 != words {
            text.0 = words;
            wake.settle();
        }
    }
}
