//! Draws the interface straight into the window's picture.
//!
//! The engine's own graph for flat scenes clears a colour and a depth texture of the screen's
//! size, draws the interface into the first and copies that into the window. We have nothing but
//! an interface, and on a machine without a graphics card each of those passes over the whole
//! screen is paid for by the processor: with this one pass instead, a frame of 1080×1920 takes
//! about half the time.

use bevy::ecs::schedule::ScheduleLabel;
use bevy::prelude::*;
use bevy::render::camera::{CameraRenderGraph, ExtractedCamera};
use bevy::render::render_phase::ViewSortedRenderPhases;
use bevy::render::render_resource::RenderPassDescriptor;
use bevy::render::renderer::{RenderContext, ViewQuery};
use bevy::render::view::{ExtractedView, ExtractedWindows, Msaa, ViewTarget};
use bevy::render::{Render, RenderApp, RenderSystems};
use bevy::ui_render::{TransparentUi, UiCameraView};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, spawn_camera);
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render
        .init_schedule(Interface)
        .add_systems(Interface, draw)
        .add_systems(
            Render,
            match_window
                .after(RenderSystems::PrepareViews)
                .before(RenderSystems::Queue),
        );
}

/// What is done for our camera in every frame, instead of the engine's `Core2d`.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
struct Interface;

fn spawn_camera(mut commands: Commands) {
    commands.spawn((
        Name::new("Camera"),
        Camera2d,
        CameraRenderGraph::new(Interface),
        // Text has its own smoothing; four samples a pixel would only cost time and memory.
        Msaa::Off,
    ));
}

/// Makes the interface's pipelines for the format of the window, not of the texture in between
/// that we do without.
fn match_window(
    cameras: Query<&UiCameraView>,
    mut views: Query<&mut ExtractedView>,
    windows: Res<ExtractedWindows>,
) {
    let format = windows
        .windows
        .values()
        .find_map(|window| window.swap_chain_texture_view_format);
    let Some(format) = format else { return };
    for camera in &cameras {
        if let Ok(mut view) = views.get_mut(camera.0) {
            view.target_format = format;
        }
    }
}

fn draw(
    world: &World,
    camera: ViewQuery<(&ViewTarget, &UiCameraView, &ExtractedCamera)>,
    views: Query<&ExtractedView>,
    phases: Res<ViewSortedRenderPhases<TransparentUi>>,
    ground: Res<ClearColor>,
    mut context: RenderContext,
) {
    let (target, UiCameraView(view_entity), camera) = camera.into_inner();
    let Some(attachment) = target.out_texture_color_attachment(Some(ground.to_linear())) else {
        return;
    };
    let mut pass = context.begin_tracked_render_pass(RenderPassDescriptor {
        label: Some("interface"),
        color_attachments: &[Some(attachment)],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    let Ok(view) = views.get(*view_entity) else {
        return;
    };
    // Only in the first frame, before the window has told its format.
    if target.out_texture_view_format() != Some(view.target_format) {
        return;
    }
    // On a tall panel only what is within reach is used.
    if let Some(viewport) = &camera.viewport {
        pass.set_camera_viewport(viewport);
    }
    if let Some(phase) = phases.get(&view.retained_view_entity)
        && let Err(error) = phase.render(&mut pass, world, *view_entity)
    {
        error!("the interface could not be drawn: {error:?}");
    }
}
