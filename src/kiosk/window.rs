//! The one window: full screen with or without a window manager, ended by a signal and by nothing
//! that a visitor can do.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bevy::prelude::*;
use bevy::window::{
    CursorOptions, ExitCondition, Monitor, PresentMode, PrimaryMonitor, PrimaryWindow,
    RawHandleWrapper, WindowMode, WindowResolution,
};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use raw_window_handle::RawWindowHandle;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use x11rb::protocol::xproto::{ConnectionExt, InputFocus};

use super::store::Store;
use super::visit::Visit;
use super::wake::Wake;
use crate::records::Outcome;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Told>()
        .add_systems(Startup, (listen_for_signals, fill_screen))
        .add_systems(PreUpdate, stop_when_told)
        .add_systems(PostUpdate, ask_for_keyboard);
}

/// Whether there is a window system to talk to. The engine would only panic.
pub(super) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") || set("DISPLAY")
}

/// The window's settings: of a size in pixels, or the full screen.
pub(super) fn plugin_settings(size: Option<(u32, u32)>) -> WindowPlugin {
    let (resolution, mode) = match size {
        Some((width, height)) => {
            // Pixels are pixels: a display's scale must not change what was asked for.
            let size = WindowResolution::new(width, height).with_scale_factor_override(1.0);
            (size, WindowMode::Windowed)
        }
        None => (
            WindowResolution::default(),
            WindowMode::BorderlessFullscreen(MonitorSelection::Primary),
        ),
    };
    WindowPlugin {
        primary_window: Some(Window {
            title: "Kepu 科普".to_owned(),
            name: Some("kepu".to_owned()),
            resolution,
            mode,
            position: WindowPosition::At(IVec2::ZERO),
            decorations: false,
            resizable: size.is_none(),
            // A picture is shown when it is ready. Nothing here moves fast enough to tear, and a
            // queue of pictures would cost time after a tap, and memory.
            present_mode: PresentMode::AutoNoVsync,
            desired_maximum_frame_latency: std::num::NonZeroU32::new(1),
            ..default()
        }),
        primary_cursor_options: Some(CursorOptions {
            visible: size.is_some() || !Path::new("/dev/input").exists(),
            ..default()
        }),
        // A window manager's close request and Alt+F4 end nothing.
        exit_condition: ExitCondition::DontExit,
        close_when_requested: false,
    }
}

/// Without a window manager nobody carries out the wish for the full screen: the window itself
/// must be made as large as the monitor.
fn fill_screen(
    mut window: Single<&mut Window, With<PrimaryWindow>>,
    primary: Query<&Monitor, With<PrimaryMonitor>>,
    monitors: Query<&Monitor>,
) {
    if window.mode == WindowMode::Windowed {
        return;
    }
    let Some(monitor) = primary.iter().next().or_else(|| monitors.iter().next()) else {
        return;
    };
    let (width, height) = (monitor.physical_width, monitor.physical_height);
    if width > 0 && height > 0 {
        window.resolution.set_physical_resolution(width, height);
        window.position = WindowPosition::At(monitor.physical_position);
    }
}

/// How many frames are given a window manager to hand us the keyboard.
const MANAGER_PATIENCE: u8 = 8;

/// Without a window manager nobody hands out the keyboard either: the window asks the X server for
/// it, once, as soon as it is on the screen and only when nobody else has it.
fn ask_for_keyboard(
    window: Single<(&Window, &RawHandleWrapper), With<PrimaryWindow>>,
    mut frames: Local<u8>,
) {
    let (window, handle) = *window;
    if window.focused || *frames > MANAGER_PATIENCE {
        return;
    }
    *frames += 1;
    if *frames < MANAGER_PATIENCE {
        return;
    }
    let id = match handle.get_window_handle() {
        RawWindowHandle::Xlib(window) => u32::try_from(window.window).ok(),
        RawWindowHandle::Xcb(window) => Some(window.window.get()),
        // On Wayland the compositor always does.
        _ => None,
    };
    if let Some(id) = id
        && let Err(error) = take_free_keyboard(id)
    {
        warn!("no keyboard without a window manager: {error}");
    }
}

fn take_free_keyboard(window: u32) -> Result {
    let (server, _) = x11rb::connect(None)?;
    let holder = server.get_input_focus()?.reply()?.focus;
    // 0 is nobody, 1 is whatever the pointer is over.
    if holder <= 1 {
        server
            .set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)?
            .check()?;
    }
    Ok(())
}

/// Set once the operating system or whoever started the program wants it to end.
#[derive(Resource, Clone, Default)]
struct Told(Arc<AtomicBool>);

fn listen_for_signals(told: Res<Told>, proxy: Res<EventLoopProxyWrapper>) -> Result {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    let (told, proxy) = (told.0.clone(), (**proxy).clone());
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            if signals.forever().next().is_some() {
                told.store(true, Ordering::Release);
                // The loop may be gone already, and then there is nothing left to end.
                let _ = proxy.send_event(WinitUserEvent::WakeUp);
            }
        })?;
    Ok(())
}

fn stop_when_told(
    told: Res<Told>,
    mut visit: ResMut<Visit>,
    mut store: ResMut<Store>,
    mut exit: MessageWriter<AppExit>,
    mut wake: ResMut<Wake>,
) {
    if told.0.load(Ordering::Acquire) {
        store.end(&mut visit, Outcome::Interrupted);
        store.close();
        exit.write(AppExit::Success);
        wake.settle();
    }
}
