//! When the next frame is due. A screen that does not move does not draw: between frames the loop
//! sleeps until input, a signal, a commit, or the earliest moment that some system asked for.
//!
//! The engine could be told how long to sleep, but every change of that setting costs a frame of
//! its own. So its setting stays "for ever", and a thread of ours wakes it.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::window::RequestRedraw;
use bevy::winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};

/// Frames drawn after something changed: the second one catches what the first prepared (glyph
/// pictures, pipelines that have just been compiled).
const SETTLE_FRAMES: u8 = 2;

/// Frames drawn at the start, until the engine's own files are loaded and its pipelines made.
const START_FRAMES: u8 = 12;

pub(super) fn plugin(app: &mut App) {
    // Low power: a mouse that moves outside every window is no reason to draw.
    let asleep = UpdateMode::reactive_low_power(Duration::MAX);
    app.init_resource::<Wake>()
        .insert_resource(WinitSettings {
            focused_mode: asleep,
            unfocused_mode: asleep,
        })
        .add_systems(Startup, start_clock)
        .add_systems(Last, sleep);
}

/// What systems ask of the loop, anew in every frame.
#[derive(Resource)]
pub(super) struct Wake {
    next: Option<Duration>,
    frames: u8,
}

impl Default for Wake {
    fn default() -> Self {
        Self {
            next: None,
            frames: START_FRAMES,
        }
    }
}

impl Wake {
    /// Asks for a frame after this time at the latest.
    pub(super) fn within(&mut self, wait: Duration) {
        self.next = Some(self.next.map_or(wait, |next| next.min(wait)));
    }

    /// Asks for the frames that a change of the picture needs.
    pub(super) fn settle(&mut self) {
        self.frames = self.frames.max(SETTLE_FRAMES);
    }

    /// Asks for one more frame.
    pub(super) fn once_more(&mut self) {
        self.frames = self.frames.max(1);
    }

    /// Whether the picture has come to rest.
    pub(super) fn is_settled(&self) -> bool {
        self.frames == 0
    }
}

/// The way to the thread that wakes the loop; it is told when next, or never.
#[derive(Resource)]
struct Clock(Sender<Option<Instant>>);

fn start_clock(proxy: Res<EventLoopProxyWrapper>, mut commands: Commands) -> Result {
    let proxy = (**proxy).clone();
    let (sender, moments) = mpsc::channel::<Option<Instant>>();
    thread::Builder::new()
        .name("clock".to_owned())
        .spawn(move || {
            let mut due: Option<Instant> = None;
            loop {
                let told = match due {
                    Some(due) => {
                        moments.recv_timeout(due.saturating_duration_since(Instant::now()))
                    }
                    None => moments.recv().map_err(|_| RecvTimeoutError::Disconnected),
                };
                due = match told {
                    Ok(next) => next,
                    Err(RecvTimeoutError::Timeout) => {
                        if proxy.send_event(WinitUserEvent::WakeUp).is_err() {
                            return;
                        }
                        None
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                };
            }
        })?;
    commands.insert_resource(Clock(sender));
    Ok(())
}

fn sleep(mut wake: ResMut<Wake>, clock: Res<Clock>, mut redraw: MessageWriter<RequestRedraw>) {
    if wake.frames > 0 {
        wake.frames -= 1;
        redraw.write(RequestRedraw);
    }
    // Whoever still needs a frame says so again in the next one.
    let next = wake
        .next
        .take()
        .and_then(|wait| Instant::now().checked_add(wait));
    // The thread ends with the program only.
    let _ = clock.0.send(next);
}
