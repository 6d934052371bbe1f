//! Text that has no room is set smaller: whatever a pack says in whatever language, nothing is cut.
//!
//! How small it has to be is found out before anything is drawn. The screen is laid out again and
//! again within one frame, and only the size that is found gets pictures of glyphs: nobody sees
//! text shrink, and no memory goes to sizes that nobody sees.

use bevy::app::MainScheduleOrder;
use bevy::asset::AssetEventSystems;
use bevy::ecs::schedule::{ScheduleCleanupPolicy, ScheduleLabel};
use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, RemSize, load_font_assets_into_font_collection};
use bevy::ui::UiSystems;
use bevy::ui::widget::text_system;

use super::{Frame, ROUNDING, text, widget};
use crate::kiosk::screens::Screen;
use crate::kiosk::wake::Wake;

pub(super) fn plugin(app: &mut App) {
    // The engine's own does the same, but for sizes that are only tried, too.
    let removed = app.remove_systems_in_set(
        PostUpdate,
        text_system,
        ScheduleCleanupPolicy::RemoveSystemsOnly,
    );
    debug_assert!(removed.is_ok_and(|count| count == 1));
    app.init_resource::<Trying>()
        .init_schedule(TryAgain)
        .add_systems(Update, forget_fit)
        .add_systems(PostUpdate, fit_text.after(UiSystems::Layout))
        .add_systems(
            PostUpdate,
            text_system
                .in_set(UiSystems::PostLayout)
                .after(load_font_assets_into_font_collection)
                .after(fit_text)
                .before(AssetEventSystems)
                .run_if(is_found),
        )
        .add_systems(TryAgain, try_again);
    app.world_mut()
        .resource_mut::<MainScheduleOrder>()
        .insert_after(PostUpdate, TryAgain);
}

/// Comes after a screen has been laid out.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
struct TryAgain;

/// Whether the size of the text has just been changed and nothing is laid out for it yet.
#[derive(Resource, Default)]
pub(super) struct Trying(bool);

/// Whether the size has been found in which the text is drawn.
pub(super) fn is_found(trying: Res<Trying>) -> bool {
    !trying.0
}

/// A new screen begins with text of the full size.
fn forget_fit(
    mut changes: MessageReader<StateTransitionEvent<Screen>>,
    mut frame: ResMut<Frame>,
    mut rem: ResMut<RemSize>,
) {
    if changes.read().count() > 0 && frame.fit < 1.0 {
        frame.fit = 1.0;
        rem.0 = frame.body_text();
    }
}

/// Sets the text of a screen smaller while some of it does not fit.
pub(super) fn fit_text(
    bodies: Query<&ComputedNode, With<widget::Fits>>,
    texts: Query<(Entity, &ComputedNode, &ComputedTextBlock, &TextLayout)>,
    parents: Query<&ChildOf>,
    mut frame: ResMut<Frame>,
    mut rem: ResMut<RemSize>,
    mut trying: ResMut<Trying>,
    mut wake: ResMut<Wake>,
) {
    trying.0 = false;
    if frame.fit <= frame.least_fit() {
        return;
    }
    let body_overflows = |body: &ComputedNode| {
        body.size().y > 0.0 && body.content_size().y > body.size().y + ROUNDING
    };
    let text_overflows = |(entity, node, block, layout): (_, &ComputedNode, _, _)| {
        let room = node.content_box().size() + ROUNDING;
        node.size().y > 0.0
            && parents
                .iter_ancestors(entity)
                .any(|part| bodies.contains(part))
            && text::drawn_size(node, block, layout).cmpgt(room).any()
    };
    if bodies.iter().any(body_overflows) || texts.iter().any(text_overflows) {
        frame.fit = (frame.fit * 0.95).max(frame.least_fit());
        rem.0 = frame.body_text();
        trying.0 = true;
        wake.settle();
    }
}

/// Lays the screen out for the size that is tried.
fn try_again(world: &mut World) {
    while world.resource::<Trying>().0 {
        world.run_schedule(PostUpdate);
    }
}

#[cfg(test)]
mod tests {
    use bevy::text::FontAtlasSet;

    use super::*;
    use crate::bank::{self, Kind};
    use crate::embedded;
    use crate::kiosk::layout::{self, Page};
    use crate::kiosk::sights::Sight;
    use crate::kiosk::visit::Visit;
    use crate::locale::Locales;
    use crate::session::Round;

    #[test]
    fn text_has_found_its_size_in_the_first_frame_and_no_other_size_was_drawn() {
        let mut app = layout::outfit(Locales::shipped().unwrap(), true);
        layout::begin(&mut app);
        layout::turn(app.world_mut(), (1280, 800));
        app.world_mut().resource_mut::<Visit>().language = "en".to_owned();
        app.update();
        app.world_mut().resource_mut::<FontAtlasSet>().clear();
        let (bank, _) = bank::load(embedded::packs(), jiff::civil::date(2026, 1, 1));
        let question = bank
            .questions()
            .filter(|question| question.kind() == Kind::Multi)
            .max_by_key(|question| layout::characters(question, "en"))
            .unwrap();
        let sight = Sight::of(Round::of([question.clone()], 1), "en", Page::Wrong).unwrap();
        sight.show(app.world_mut());
        app.update();
        let fit = app.world().resource::<Frame>().fit();
        assert!(fit < 0.9, "{fit}");
        let mut blocks = app.world_mut().query::<&ComputedTextBlock>();
        let shown: Vec<u32> = blocks
            .iter(app.world())
            .flat_map(|block| block.buffer().lines().collect::<Vec<_>>())
            .flat_map(|line| {
                line.runs()
                    .map(|run| run.font_size().to_bits())
                    .collect::<Vec<_>>()
            })
            .collect();
        let atlases = app.world().resource::<FontAtlasSet>();
        assert!(!atlases.is_empty());
        for key in atlases.keys() {
            let size = f32::from_bits(key.font_size_bits);
            assert!(shown.contains(&key.font_size_bits), "{size} is not shown");
        }
        app.update();
        assert_eq!(app.world().resource::<Frame>().fit(), fit);
    }
}
