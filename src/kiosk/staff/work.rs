//! Work that would hold up a picture, done on threads. What comes of it is a change of the world,
//! made in the next frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use bevy::prelude::*;
use bevy::winit::{EventLoopProxy, EventLoopProxyWrapper, WinitUserEvent};

use super::area;
use crate::kiosk::wake::Wake;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, open)
        .add_systems(PreUpdate, deliver);
}

/// A change of the world.
type News = Box<dyn FnOnce(&mut World) + Send>;

/// Starts work, and is the work's way back.
#[derive(Resource, Clone)]
pub(super) struct Work {
    news: Sender<News>,
    /// Where there is no window, nobody need be woken.
    proxy: Option<EventLoopProxy<WinitUserEvent>>,
}

/// What has come back.
#[derive(Resource)]
struct Inbox(Mutex<Receiver<News>>);

fn open(proxy: Option<Res<EventLoopProxyWrapper>>, mut commands: Commands) {
    let (news, inbox) = mpsc::channel();
    let proxy = proxy.map(|proxy| (**proxy).clone());
    commands.insert_resource(Work { news, proxy });
    commands.insert_resource(Inbox(Mutex::new(inbox)));
}

impl Work {
    /// Does a job on a thread of its own.
    pub(super) fn start(&self, job: impl FnOnce(&Self) + Send + 'static) {
        let work = self.clone();
        let begun = thread::Builder::new()
            .name("staff".to_owned())
            .spawn(move || {
                // A mistake in the work must not leave the screen waiting for ever.
                if catch_unwind(AssertUnwindSafe(|| job(&work))).is_err() {
                    work.tell(area::give_up);
                }
            });
        if begun.is_err() {
            self.tell(area::give_up);
        }
    }

    /// Changes the world in the next frame, which is asked for.
    pub(super) fn tell(&self, news: impl FnOnce(&mut World) + Send + 'static) {
        // The loop may have ended: then nobody waits for the news.
        if self.news.send(Box::new(news)).is_ok()
            && let Some(proxy) = &self.proxy
        {
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    }
}

fn deliver(world: &mut World) {
    let Some(inbox) = world.get_resource::<Inbox>() else {
        return;
    };
    let news: Vec<News> = match inbox.0.lock() {
        Ok(inbox) => inbox.try_iter().collect(),
        Err(_) => return,
    };
    if !news.is_empty() {
        world.resource_mut::<Wake>().settle();
    }
    for change in news {
        change(world);
    }
}
