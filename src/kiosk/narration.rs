//! Questions and explanations read aloud: on a tap, and by itself in the large profile. Any other
//! tap makes it silent at once.

mod controls;
mod voice;

use bevy::picking::events::{Pointer, Press};
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};

use self::voice::{Clip, News, Voice};
use super::idle::Pause;
use super::input::{Tapped, Taps};
use super::screens::Screen;
use super::visit::{Profile, Questions, Rules, Visit};
use super::wake::Wake;
use crate::bank::narration::{Part, Recording};
use crate::bank::{Choice, Kind};
use crate::config::VOLUMES;

pub(super) use self::controls::spawn_controls;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Narrator>()
        .add_observer(hush_on_press)
        .add_observer(hush_on_tap)
        .add_systems(PreUpdate, count_as_visitor)
        .add_systems(
            Update,
            (
                look_for_device.run_if(resource_changed::<Questions>),
                listen,
                controls::dress,
                controls::mark,
            )
                .chain(),
        )
        .add_systems(OnExit(Screen::Question), forget)
        .add_systems(OnExit(Screen::Feedback), forget)
        .add_systems(OnExit(Screen::Why), forget)
        .add_systems(OnEnter(Screen::Question), begin_by_itself)
        .add_systems(OnEnter(Screen::Feedback), begin_by_itself)
        .add_systems(OnEnter(Screen::Why), begin_by_itself)
        .add_systems(OnEnter(Pause::Asking), hush);
}

/// How loud a visitor wants it. It begins as the station has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    /// Not at all.
    Off,
    /// Softer than the station has it.
    Quiet,
    /// As the station has it.
    #[default]
    Normal,
    /// Louder than the station has it.
    Loud,
}

impl Level {
    /// What a tap makes of it: louder, and after the loudest nothing.
    fn next(self) -> Self {
        match self {
            Self::Off => Self::Quiet,
            Self::Quiet => Self::Normal,
            Self::Normal => Self::Loud,
            Self::Loud => Self::Off,
        }
    }

    /// Of three bars, how many are full.
    fn bars(self) -> usize {
        match self {
            Self::Off => 0,
            Self::Quiet => 1,
            Self::Normal => 2,
            Self::Loud => 3,
        }
    }

    /// By what samples are multiplied at a station's volume, one of [`VOLUMES`]. To the ear a step
    /// is a step when the power grows with the square.
    fn gain(self, station: u8) -> f32 {
        let own = match self {
            Self::Off => 0.0,
            Self::Quiet => 0.5,
            Self::Normal => 1.0,
            Self::Loud => 1.6,
        };
        let part = f32::from(station) * own / f32::from(*VOLUMES.end());
        part.min(1.0).powi(2)
    }
}

/// A text on the screen that may be read aloud.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken(pub(super) Part);

/// A control of the voice: a tap on it does not stop the reading.
#[derive(Component)]
struct Voiced;

/// What is being read.
#[derive(Resource, Default)]
pub(super) struct Narrator {
    voice: Option<Voice>,
    /// Whether there is a sound device; nothing before anybody looked.
    device: Option<bool>,
    /// The number of the last reading: news of an earlier one is no news.
    reading: u64,
    /// The texts of the reading that is going on, and which of them is heard.
    parts: Vec<Part>,
    at: Option<usize>,
    /// Whether something was heard on this screen.
    heard: bool,
}

impl Narrator {
    /// Whether staff should see to the sound: there is something to be heard, and no device.
    pub(super) fn is_mute(&self) -> bool {
        self.device == Some(false)
    }

    fn is_reading(&self) -> bool {
        !self.parts.is_empty()
    }

    /// The text that is heard.
    pub(super) fn part(&self) -> Option<&Part> {
        self.parts.get(self.at?)
    }

    fn read(&mut self, visit: &Visit, screen: Screen, rules: &Rules) {
        let Some(play) = &visit.play else { return };
        let folder = play.session.current().question().pack().folder();
        let (parts, clips): (Vec<_>, Vec<_>) = readable(visit, screen)
            .into_iter()
            .map(|(part, recording)| {
                let clip = Clip {
                    folder: folder.to_owned(),
                    file: recording.file().to_owned(),
                };
                (part, clip)
            })
            .unzip();
        let Some(voice) = &self.voice else { return };
        self.reading += 1;
        voice.read(self.reading, clips, visit.volume.gain(rules.0.volume));
        self.parts = parts;
        self.at = None;
        self.heard = true;
    }

    fn hush(&mut self) {
        if let Some(voice) = self.voice.as_ref().filter(|_| self.is_reading()) {
            voice.hush();
        }
        self.parts.clear();
        self.at = None;
    }
}

/// What can be heard on the screen of a question, of what is said to its answer, or of the reason, in
/// the order in which it is read.
fn readable(visit: &Visit, screen: Screen) -> Vec<(Part, &Recording)> {
    let Some(play) = &visit.play else {
        return Vec::new();
    };
    let asked = play.session.current();
    let question = asked.question();
    let option = |option: &Choice| Part::Option(option.id().to_owned());
    let parts: Vec<Part> = match screen {
        Screen::Question => std::iter::once(Part::Prompt)
            .chain(asked.options().map(option))
            .collect(),
        Screen::Feedback => {
            let answer = play.session.answers().last();
            let chosen =
                |option: &str| answer.is_some_and(|it| it.options.iter().any(|id| id == option));
            let wrong = asked
                .options()
                .filter(|option| !option.is_correct() && chosen(option.id()));
            let said = wrong.map(|option| Part::Feedback(option.id().to_owned()));
            if visit.profile == Profile::Standard {
                said.chain([Part::Explanation]).collect()
            } else if question.kind() == Kind::Order {
                said.chain(question.options().iter().map(option)).collect()
            } else {
                let right = asked.options().filter(|option| option.is_correct());
                said.chain(right.map(option)).collect()
            }
        }
        Screen::Why => vec![Part::Explanation],
        _ => return Vec::new(),
    };
    let narration = question.narration();
    let recording = |part: Part| {
        let recording = narration.of(&part, &visit.language)?;
        Some((part, recording))
    };
    parts.into_iter().filter_map(recording).collect()
}

/// Looks for a sound device as soon as there are questions that can be heard.
fn look_for_device(
    questions: Res<Questions>,
    rules: Res<Rules>,
    proxy: Res<EventLoopProxyWrapper>,
    mut narrator: ResMut<Narrator>,
) {
    let heard = questions
        .0
        .questions()
        .any(|question| !question.narration().is_empty());
    if !heard || rules.0.volume == 0 {
        return;
    }
    if narrator.voice.is_none() {
        let proxy = (**proxy).clone();
        let started = Voice::start(move || {
            // The loop may have ended: then nobody waits for the news.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        });
        match started {
            Ok(voice) => narrator.voice = Some(voice),
            Err(error) => warn!("nothing can be read aloud: {error}"),
        }
    }
    if let Some(voice) = &narrator.voice {
        voice.look();
    }
}

/// Hears from the loudspeaker.
fn listen(mut narrator: ResMut<Narrator>, mut wake: ResMut<Wake>) {
    let news = match &narrator.voice {
        Some(voice) => voice.news(),
        None => return,
    };
    for news in news {
        match news {
            News::Device(there) if narrator.device == Some(there) => continue,
            News::Device(there) => narrator.device = Some(there),
            News::Began { reading, clip } if reading == narrator.reading => {
                // One that was hushed meanwhile has no parts any more.
                narrator.at = Some(clip);
            }
            News::Ended { reading } if reading == narrator.reading => {
                narrator.parts.clear();
                narrator.at = None;
            }
            News::Began { .. } | News::Ended { .. } => continue,
        }
        wake.settle();
    }
}

/// Somebody who listens is there, though nothing is touched.
fn count_as_visitor(narrator: Res<Narrator>, time: Res<Time<Real>>, mut taps: ResMut<Taps>) {
    if narrator.is_reading() {
        taps.activity = time.elapsed();
    }
}

fn hear(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    screen: Res<State<Screen>>,
    rules: Res<Rules>,
    mut narrator: ResMut<Narrator>,
) {
    if narrator.is_reading() {
        narrator.hush();
    } else if narrator.device == Some(false) {
        // Perhaps it is there again.
        if let Some(voice) = &narrator.voice {
            voice.look();
        }
    } else {
        if visit.volume == Level::Off {
            visit.volume = Level::Normal;
        }
        narrator.read(&visit, *screen.get(), &rules);
    }
}

fn louder(_: On<Tapped>, mut visit: ResMut<Visit>, rules: Res<Rules>, narrator: Res<Narrator>) {
    visit.volume = visit.volume.next();
    if let Some(voice) = &narrator.voice {
        voice.set_gain(visit.volume.gain(rules.0.volume));
    }
}

/// A finger on anything else makes it silent, whether the tap counts or not.
fn hush_on_press(
    press: On<Pointer<Press>>,
    voiced: Query<(), With<Voiced>>,
    mut narrator: ResMut<Narrator>,
) {
    if narrator.is_reading() && !voiced.contains(press.original_event_target()) {
        narrator.hush();
    }
}

/// So does whatever is done by keyboard, where moving about is not yet doing anything.
fn hush_on_tap(tap: On<Tapped>, voiced: Query<(), With<Voiced>>, mut narrator: ResMut<Narrator>) {
    if narrator.is_reading() && !voiced.contains(tap.entity) {
        narrator.hush();
    }
}

fn hush(mut narrator: ResMut<Narrator>) {
    if narrator.is_reading() {
        narrator.hush();
    }
}

/// Nothing of one screen is heard on the next.
fn forget(mut narrator: ResMut<Narrator>) {
    narrator.hush();
    narrator.heard = false;
}

/// In the large profile everything is read by itself.
fn begin_by_itself(
    visit: Res<Visit>,
    screen: Res<State<Screen>>,
    rules: Res<Rules>,
    mut narrator: ResMut<Narrator>,
) {
    let wanted = visit.profile == Profile::Large && visit.volume != Level::Off;
    let can_be_heard = narrator.device == Some(true) && rules.0.volume > 0;
    if wanted && can_be_heard && !readable(&visit, *screen.get()).is_empty() {
        narrator.read(&visit, *screen.get(), &rules);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_taps_on_the_volume_lead_back_and_each_but_the_last_is_louder() {
        let mut level = Level::Off;
        let mut gains = Vec::new();
        for _ in 0..4 {
            gains.push(level.gain(5));
            level = level.next();
        }
        assert_eq!(level, Level::Off);
        assert_eq!(gains.first(), Some(&0.0));
        assert!(gains.is_sorted_by(|a, b| a < b), "{gains:?}");
    }

    #[test]
    fn nothing_is_louder_than_it_was_recorded_and_a_silent_station_is_silent() {
        for level in [Level::Off, Level::Quiet, Level::Normal, Level::Loud] {
            for station in VOLUMES {
                assert!((0.0..=1.0).contains(&level.gain(station)));
            }
            assert_eq!(level.gain(*VOLUMES.start()), 0.0);
        }
        assert_eq!(Level::Normal.gain(*VOLUMES.end()), 1.0);
    }
}
