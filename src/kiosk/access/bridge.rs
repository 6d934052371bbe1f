//! The way to screen readers: AT-SPI, over the session's D-Bus.
//!
//! The engine has a bridge of its own, but what a screen reader asks of it is noticed only with
//! the next frame, and a screen that does not move has none: this one wakes the loop. Where there
//! is no D-Bus its thread ends at once, and without a screen reader it sleeps; the tree is made
//! only while somebody reads it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use accesskit::{
    Action, ActionHandler, ActionRequest, ActivationHandler, DeactivationHandler, Rect, TreeUpdate,
};
use accesskit_unix::Adapter;
use bevy::input_focus::{FocusCause, InputFocus, InputFocusVisible};
use bevy::prelude::*;
use bevy::ui_widgets::Activate;
use bevy::window::PrimaryWindow;
use bevy::winit::{EventLoopProxy, EventLoopProxyWrapper, WinitUserEvent};

use super::order::Reading;
use super::tree::Told;
use crate::kiosk::input::Taps;
use crate::kiosk::wake::Wake;

/// More than any screen reader asks for between two frames.
const MOST_REQUESTS: usize = 64;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, open)
        .add_systems(PreUpdate, act)
        .add_systems(Last, tell);
}

/// The bridge, and what was told last.
#[derive(Resource)]
struct Bridge {
    /// Nothing, once it has failed.
    adapter: Option<Adapter>,
    told: Option<TreeUpdate>,
    reader: Reader,
}

/// What is known of the screen reader. Its side is called on a thread of the bridge.
#[derive(Clone)]
struct Reader {
    /// Somebody reads.
    reads: Arc<AtomicBool>,
    /// Somebody has begun to read, and has been told nothing yet.
    begins: Arc<AtomicBool>,
    requests: Arc<Mutex<Vec<ActionRequest>>>,
    proxy: EventLoopProxy<WinitUserEvent>,
}

impl Reader {
    fn wake(&self) {
        // The loop may have ended, and then there is nothing left to read.
        let _ = self.proxy.send_event(WinitUserEvent::WakeUp);
    }
}

impl ActivationHandler for Reader {
    fn request_initial_tree(&mut self) -> Option<TreeUpdate> {
        self.begins.store(true, Ordering::Release);
        self.reads.store(true, Ordering::Release);
        self.wake();
        // It is made on the thread of the loop, in the next frame.
        None
    }
}

impl DeactivationHandler for Reader {
    fn deactivate_accessibility(&mut self) {
        self.reads.store(false, Ordering::Release);
    }
}

impl ActionHandler for Reader {
    fn do_action(&mut self, request: ActionRequest) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() < MOST_REQUESTS {
            requests.push(request);
        }
        drop(requests);
        self.wake();
    }
}

fn open(proxy: Res<EventLoopProxyWrapper>, mut commands: Commands) {
    let reader = Reader {
        reads: Arc::default(),
        begins: Arc::default(),
        requests: Arc::default(),
        proxy: (**proxy).clone(),
    };
    commands.insert_resource(Bridge {
        adapter: Some(Adapter::new(reader.clone(), reader.clone(), reader.clone())),
        told: None,
        reader,
    });
}

/// Does what a screen reader asks for, as a finger or a key would: the same guards stand before it.
fn act(
    bridge: Res<Bridge>,
    reading: Reading,
    time: Res<Time<Real>>,
    mut taps: ResMut<Taps>,
    mut focus: ResMut<InputFocus>,
    mut visible: ResMut<InputFocusVisible>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    let requests = &bridge.reader.requests;
    let requests = std::mem::take(&mut *requests.lock().unwrap_or_else(PoisonError::into_inner));
    if requests.is_empty() {
        return;
    }
    let controls = reading.controls();
    for request in requests {
        // It may be gone, or covered, since it was read.
        let Some(entity) =
            Entity::try_from_bits(request.target_node.0).filter(|entity| controls.contains(entity))
        else {
            continue;
        };
        taps.activity = time.elapsed();
        match request.action {
            Action::Click => commands.trigger(Activate { entity }),
            Action::Focus => {
                focus.set(entity, FocusCause::Navigated);
                visible.0 = true;
            }
            _ => {}
        }
        wake.settle();
    }
}

/// Tells what has changed, while somebody reads.
fn tell(
    mut bridge: ResMut<Bridge>,
    tree: Told,
    window: Query<Ref<Window>, With<PrimaryWindow>>,
    mut focused: Local<Option<bool>>,
) {
    let Bridge {
        adapter,
        told,
        reader,
    } = &mut *bridge;
    let (Some(bridge), Ok(window)) = (adapter.as_mut(), window.single()) else {
        return;
    };
    let size = window.physical_size().as_dvec2();
    let now_focused = window.focused;
    let begins = reader.begins.swap(false, Ordering::AcqRel);
    let reads = reader.reads.load(Ordering::Acquire);
    let new_focus = *focused != Some(now_focused);
    let tree = reads.then(|| tree.tree()).flatten();
    let news = tree.filter(|tree| begins || told.as_ref() != Some(tree));
    if !new_focus && news.is_none() {
        return;
    }
    *focused = Some(now_focused);
    // A mistake in the bridge must end the bridge only.
    let sent = catch_unwind(AssertUnwindSafe(|| {
        if new_focus || begins {
            let whole = Rect::new(0.0, 0.0, size.x, size.y);
            bridge.set_root_window_bounds(whole, whole);
            bridge.update_window_focus_state(now_focused);
        }
        if let Some(news) = &news {
            bridge.update_if_active(|| news.clone());
        }
    }));
    match sent {
        Ok(()) if news.is_some() => *told = news,
        Ok(()) => {}
        Err(_) => {
            error!("the bridge to screen readers has failed and is gone until the next start");
            *adapter = None;
        }
    }
}
