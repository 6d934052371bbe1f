//! Where pictures stand on the screens of a question, and how large they are: never cut, never out
//! of shape, and never so large that the answers have no room.

use bevy::prelude::*;
use bevy::ui::UiSystems;

use super::Screen;
use crate::bank::{Image, Question};
use crate::kiosk::pictures::{self, Pictures, Want};
use crate::kiosk::theme::Frame;
use crate::kiosk::theme::widget::{GAP, LEAST_GAP, MARGIN};
use crate::kiosk::visit::{Profile, Scene, Visit};
use crate::kiosk::wake::Wake;
use crate::session::Phase;

/// How many cards stand side by side, on most screens.
const COLUMNS: usize = 2;

/// The height of a picture that lies before its text.
const LYING: f32 = 96.0;

/// From the border of a card to what is on it.
const PADDING: f32 = 18.0;

/// The border of a card.
const BORDER: f32 = 4.0;

/// The height of a picture beside its words in the feedback.
const THUMB: f32 = 104.0;

/// The same on a wide screen, where rows are no higher for it.
const THUMB_WIDE: f32 = 72.0;

/// The height of the picture beside the question there.
const BESIDE: f32 = 190.0;

/// How much of the screen's width the latter may take, at most.
const BESIDE_SHARE: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Question), look_ahead)
        .add_systems(OnEnter(Screen::Feedback), look_ahead)
        .add_systems(
            PostUpdate,
            make_room
                .run_if(in_state(Screen::Feedback))
                .before(UiSystems::Layout),
        );
}

/// A picture that goes when the text has no room beside it.
#[derive(Component)]
struct Thumb;

/// The largest size of this shape that a room has place for.
fn fitted(image: &Image, room: Vec2) -> Vec2 {
    let shape = Vec2::new(image.size().width as f32, image.size().height as f32);
    shape * (room / shape).min_element()
}

/// How wide one part of a question's screen is: all of it, or half when it is wide.
fn part_width(frame: &Frame) -> f32 {
    let width = frame.width() - 2.0 * MARGIN;
    if frame.portrait {
        width
    } else {
        (width - 2.0 * GAP) / 2.0
    }
}

/// What is left of a height when larger text needs its share.
fn beside_text(height: f32, profile: Profile) -> f32 {
    match profile {
        Profile::Standard => height,
        Profile::Large => height * 0.8,
    }
}

/// The size of a question's own picture.
fn above_options(image: &Image, question: &Question, profile: Profile, frame: &Frame) -> Vec2 {
    let share = match (frame.portrait, has_cards(question)) {
        (true, false) => 0.25,
        (true, true) => 0.14,
        (false, _) => 0.36,
    };
    let height = beside_text(frame.height() * share, profile);
    fitted(image, Vec2::new(part_width(frame), height))
}

/// Whether the options are cards with pictures.
pub(super) fn has_cards(question: &Question) -> bool {
    question
        .options()
        .iter()
        .any(|option| option.image().is_some())
}

/// How the options stand when they have pictures.
struct Cards {
    /// How wide each is.
    width: f32,
    /// The room for its picture.
    room: Vec2,
    /// Whether the picture is before the text, and else above it.
    lying: bool,
}

/// Side by side, with the picture above the text. On a wide screen five of them would be too narrow
/// for words, and lie one below the other.
fn cards(question: &Question, profile: Profile, frame: &Frame) -> Cards {
    let options = question.options().len();
    let whole = part_width(frame);
    if !frame.portrait && options > 2 * COLUMNS {
        let room = Vec2::new(1.5 * LYING, LYING);
        return Cards {
            width: whole,
            room,
            lying: true,
        };
    }
    let gaps = GAP * (COLUMNS - 1) as f32;
    // A little less: sides are rounded to pixels, and what does not fit by a hair goes below.
    let width = ((whole - gaps) / COLUMNS as f32).floor() - 2.0;
    let height = match (frame.portrait, options.div_ceil(COLUMNS)) {
        (true, 0..=2) => frame.height() * 0.15,
        (true, _) => frame.height() * 0.10,
        (false, _) => 180.0,
    };
    let inside = width - 2.0 * (PADDING + BORDER);
    Cards {
        width,
        room: Vec2::new(inside, beside_text(height, profile)),
        lying: false,
    }
}

/// The room of all cards. It never shrinks: to find out how far it could, the engine would break
/// the texts after every word.
pub(super) fn grid(frame: &Frame) -> Node {
    Node {
        flex_wrap: FlexWrap::Wrap,
        flex_shrink: 0.0,
        justify_content: JustifyContent::Center,
        // A wide screen is low.
        row_gap: px(if frame.portrait { GAP } else { LEAST_GAP }),
        column_gap: px(GAP),
        ..default()
    }
}

/// The node of a card.
pub(super) fn card(question: &Question, scene: &Scene, frame: &Frame) -> Node {
    let Cards { width, lying, .. } = cards(question, scene.visit.profile, frame);
    let (flex_direction, padding) = if lying {
        (FlexDirection::Row, UiRect::axes(px(PADDING), px(6)))
    } else {
        (FlexDirection::Column, UiRect::all(px(PADDING)))
    };
    Node {
        width: px(width),
        flex_shrink: 0.0,
        flex_direction,
        padding,
        row_gap: px(12),
        column_gap: px(GAP),
        ..default()
    }
}

/// The part of a card that has the sign and the text.
pub(super) fn words() -> Node {
    Node {
        flex_grow: 1.0,
        min_width: px(0),
        align_items: AlignItems::Center,
        column_gap: px(18),
        ..default()
    }
}

/// The question's own picture, if it has one, in the middle of its part.
pub(super) fn spawn_above(
    parent: &mut ChildSpawnerCommands<'_>,
    question: &Question,
    scene: &Scene,
    frame: &Frame,
) {
    let Some(image) = question.image() else {
        return;
    };
    let size = above_options(image, question, scene.visit.profile, frame);
    parent
        .spawn(centred(size.y))
        .with_child(picture(image, question, size, scene, frame));
}

/// The picture of an option, in the middle of its room on the card.
pub(super) fn spawn_on_card(
    card: &mut ChildSpawnerCommands<'_>,
    image: &Image,
    question: &Question,
    scene: &Scene,
    frame: &Frame,
) {
    let Cards { room, lying, .. } = cards(question, scene.visit.profile, frame);
    let size = fitted(image, room);
    let (mut place, ignored) = centred(room.y);
    if lying {
        // So that the texts begin one below the other.
        place.min_width = px(room.x);
    }
    card.spawn((place, ignored))
        .with_child(picture(image, question, size, scene, frame));
}

/// A row as high as the room for a picture; higher when words stand in the picture's place.
fn centred(height: f32) -> (Node, Pickable) {
    (
        Node {
            min_height: px(height),
            flex_shrink: 0.0,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        Pickable::IGNORE,
    )
}

fn picture(
    image: &Image,
    question: &Question,
    size: Vec2,
    scene: &Scene,
    frame: &Frame,
) -> impl Bundle {
    let want = Want::new(question.pack().folder(), image, size, frame);
    pictures::place(want, image.alt().get(&scene.visit.language), size)
}

/// The size of an option's picture in the feedback.
fn thumb(image: &Image, frame: &Frame) -> Vec2 {
    let height = if frame.portrait { THUMB } else { THUMB_WIDE };
    fitted(image, Vec2::new(height * 1.5, height))
}

/// The size of the question's picture in the feedback.
fn beside(image: &Image, frame: &Frame) -> Vec2 {
    fitted(image, Vec2::new(part_width(frame) * BESIDE_SHARE, BESIDE))
}

/// The picture of an option beside its words in the feedback, while there is room.
pub(super) fn spawn_thumb(
    row: &mut ChildSpawnerCommands<'_>,
    image: Option<&Image>,
    question: &Question,
    scene: &Scene,
    frame: &Frame,
) {
    if let Some(image) = image {
        row.spawn((
            Thumb,
            picture(image, question, thumb(image, frame), scene, frame),
        ));
    }
}

/// What `words` spawns, and beside it the question's picture while there is room.
pub(super) fn spawn_beside(
    parent: &mut ChildSpawnerCommands<'_>,
    question: &Question,
    scene: &Scene,
    frame: &Frame,
    words: impl FnOnce(&mut ChildSpawnerCommands<'_>),
) {
    let Some(image) = question.image() else {
        words(parent);
        return;
    };
    let row = Node {
        align_items: AlignItems::Center,
        column_gap: px(GAP),
        ..default()
    };
    parent.spawn(row).with_children(|row| {
        row.spawn(Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_basis: px(0),
            min_width: px(0),
            row_gap: px(16),
            ..default()
        })
        .with_children(words);
        row.spawn((
            Thumb,
            picture(image, question, beside(image, frame), scene, frame),
        ));
    });
}

/// Text that had to be set smaller has more use for the room than pictures that were seen before.
fn make_room(frame: Res<Frame>, mut thumbs: Query<&mut Node, With<Thumb>>, mut wake: ResMut<Wake>) {
    if frame.fit() >= 1.0 {
        return;
    }
    for mut node in &mut thumbs {
        if node.display != Display::None {
            node.display = Display::None;
            wake.settle();
        }
    }
}

/// Has the pictures of this question and the next one loaded before they are shown.
fn look_ahead(visit: Res<Visit>, frame: Res<Frame>, pictures: Option<ResMut<Pictures>>) {
    let (Some(mut pictures), Some(play)) = (pictures, &visit.play) else {
        return;
    };
    let session = &play.session;
    if session.phase() == Phase::Finished {
        return;
    }
    let want = |question: &Question, image: &Image, size| {
        Want::new(question.pack().folder(), image, size, &frame)
    };
    let asking = |question: &Question| {
        let own = question.image().map(|image| {
            let size = above_options(image, question, visit.profile, &frame);
            want(question, image, size)
        });
        let Cards { room, .. } = cards(question, visit.profile, &frame);
        let options = question
            .options()
            .iter()
            .filter_map(|option| option.image());
        let options = options.map(|image| want(question, image, fitted(image, room)));
        own.into_iter().chain(options).collect::<Vec<_>>()
    };
    let explaining = |question: &Question| {
        let own = question.image();
        let own = own.map(|image| want(question, image, beside(image, &frame)));
        let options = question
            .options()
            .iter()
            .filter_map(|option| option.image());
        let options = options.map(|image| want(question, image, thumb(image, &frame)));
        own.into_iter().chain(options).collect::<Vec<_>>()
    };
    let current = session.current().question();
    let next = session.round().asked().get(session.ordinal());
    let next = next.map(|asked| asking(asked.question()));
    let mut ahead = asking(current);
    ahead.extend(explaining(current));
    ahead.extend(next.into_iter().flatten());
    pictures.look_ahead(ahead);
}
