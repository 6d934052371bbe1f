//! A question: the prompt, the options, and nothing that hurries.

use std::time::Duration;

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar, picture};
use crate::bank::narration::Part;
use crate::bank::{Kind, Question};
use crate::kiosk::access::{Means, ReadLate};
use crate::kiosk::input::{Beside, Tapped};
use crate::kiosk::narration::{self, Spoken};
use crate::kiosk::store::Store;
use crate::kiosk::theme::lettering::Words;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, LEAST_GAP, Look};
use crate::kiosk::theme::{Frame, icon, mark, palette};
use crate::kiosk::visit::{Scene, Visit};
use crate::kiosk::wake::Wake;
use crate::records::Ticket;
use crate::session::{Asked, Effect, Session};

/// How long feedback waits for the disk. It is durable long before on a sound one.
const DISK_PATIENCE: Duration = Duration::from_millis(50);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Question), spawn)
        .add_systems(OnExit(Screen::Question), forget_pending)
        .add_systems(
            Update,
            (mark_selected, show_feedback).run_if(in_state(Screen::Question)),
        );
}

/// An answer on its way to the disk.
#[derive(Resource)]
struct Pending {
    ticket: Option<Ticket>,
    since: Duration,
}

/// The option at a position of the question on screen.
#[derive(Component)]
struct OptionAt(usize);

/// The sign on an option that shows whether it is selected.
#[derive(Component)]
struct SignOf(usize);

/// The tick in it.
#[derive(Component)]
struct TickOf(usize);

/// The number on a step, when it has one.
#[derive(Component)]
struct NumberOf(usize);

/// The button that answers a question of which several options are chosen.
#[derive(Component)]
struct Confirm;

/// The icon on it.
#[derive(Component)]
struct ConfirmIcon;

/// What is written on it.
#[derive(Component)]
struct ConfirmWords;

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    let asked = play.session.current();
    commands
        .spawn((widget::page("Question"), DespawnOnExit(Screen::Question)))
        .with_children(|page| {
            bar::spawn(page, &scene, true);
            spawn_steps(page, &scene);
            page.spawn((widget::Fits, body(&frame)))
                .with_children(|body| {
                    let mut asking = part(&frame);
                    let many = asked.options().len() > 3;
                    let has_pictures = asked.question().images().next().is_some();
                    if frame.is_large() && !frame.portrait && many && !has_pictures {
                        // Large answers take fewer lines where they have more than half of the width.
                        asking.flex_grow = 0.8;
                    }
                    body.spawn(asking).with_children(|left| {
                        spawn_prompt(left, &scene, &frame, asked);
                        picture::spawn_above(left, asked.question(), &scene, &frame);
                        // Beside five answers a wide screen has no room for it below them.
                        if !frame.portrait {
                            spawn_confirm(left, &scene, asked);
                        }
                    });
                    body.spawn(part(&frame)).with_children(|right| {
                        spawn_options(right, &scene, &frame, asked);
                        if frame.portrait {
                            spawn_confirm(right, &scene, asked);
                        }
                    });
                });
        });
}

/// The room for a question and its answers: side by side when the screen is wide, and else one
/// above the other, in the middle where eyes and hands are.
pub(super) fn body(frame: &Frame) -> Node {
    if frame.portrait {
        Node {
            justify_content: JustifyContent::Center,
            row_gap: px(GAP * 2.0),
            ..widget::stretch(FlexDirection::Column)
        }
    } else {
        Node {
            align_items: AlignItems::Center,
            ..widget::stretch(FlexDirection::Row)
        }
    }
}

/// A half of the screen when it is wide, and else one of two parts in a column.
pub(super) fn part(frame: &Frame) -> Node {
    Node {
        flex_basis: if frame.portrait { auto() } else { px(0) },
        flex_grow: if frame.portrait { 0.0 } else { 1.0 },
        min_width: px(0),
        row_gap: px(if frame.portrait { GAP } else { LEAST_GAP }),
        ..widget::stack(FlexDirection::Column)
    }
}

/// The way through the round: "Question 2 of 6", and a step a question.
pub(super) fn spawn_steps(page: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    let accent = palette::accent(scene.visit.topic.as_deref().unwrap_or_default());
    let here = play.session.ordinal();
    let of = play.session.round().asked().len();
    page.spawn(Node {
        align_items: AlignItems::Center,
        column_gap: px(GAP),
        row_gap: px(8),
        flex_wrap: FlexWrap::Wrap,
        ..default()
    })
    .with_children(|row| {
        mark::tile(row, accent, 60.0);
        row.spawn((
            Name::new("progress"),
            Means::Progress,
            TextLayout::no_wrap(),
            text::plain(
                scene.say_with(
                    "question-progress",
                    &[("n", here.into()), ("of", of.into())],
                ),
                Size::Body,
                palette::INK_SOFT,
            ),
        ));
        for step in 1..=of {
            // What is still to come is hollow: not by colour alone.
            let (ground, line) = if step <= here {
                (accent.strong, accent.strong)
            } else {
                (Color::NONE, palette::LINE)
            };
            row.spawn((
                Node {
                    flex_grow: 1.0,
                    min_width: px(20),
                    height: px(if step == here { 18.0 } else { 12.0 }),
                    border: UiRect::all(px(3)),
                    border_radius: BorderRadius::all(px(9)),
                    ..default()
                },
                BackgroundColor(ground),
                BorderColor::all(line),
            ));
        }
        narration::spawn_controls(row, scene);
    });
}

fn spawn_prompt(left: &mut ChildSpawnerCommands<'_>, scene: &Scene, frame: &Frame, asked: &Asked) {
    let accent = palette::accent(scene.visit.topic.as_deref().unwrap_or_default());
    let question = asked.question();
    let hint = match question.kind() {
        Kind::Single => scene.say("question-choose-one"),
        Kind::TrueFalse if question.is_rumour() => scene.say("question-what-do-you-think"),
        Kind::TrueFalse => scene.say("question-true-or-false"),
        Kind::Multi => {
            let count = question.correct_count();
            scene.say_with("question-choose-several", &[("n", count.into())])
        }
        Kind::Order => scene.say("question-put-in-order"),
    };
    // Large text beside large answers: were the question much larger still, all would have to shrink.
    let sizes = if frame.is_large() && !frame.portrait {
        (Size::Title, Size::Prompt)
    } else {
        (Size::Prompt, Size::Display)
    };
    if question.is_rumour() {
        spawn_claim_label(left, scene);
        spawn_claim(left, scene, question, sizes);
    } else {
        left.spawn((
            Name::new("prompt"),
            Means::Heading,
            Spoken(Part::Prompt),
            text::bold(
                question.prompt().nearest(&scene.visit.language),
                sizes.0,
                palette::INK,
            ),
        ));
    }
    left.spawn(Node {
        align_items: AlignItems::Center,
        column_gap: px(16),
        ..default()
    })
    .with_children(|row| {
        row.spawn(text::symbol("hand-tap", IconSize::Usual, accent.strong));
        row.spawn(text::plain(hint, Size::Body, accent.strong));
    });
    if question.kind() == Kind::Order {
        let note = scene.say("question-take-back");
        left.spawn(text::plain(note, Size::Small, palette::INK_SOFT));
    }
    let first = scene
        .visit
        .play
        .as_ref()
        .filter(|play| play.session.ordinal() == 1);
    if let Some(play) = first
        && play.session.round().is_short()
    {
        let count = play.session.round().asked().len();
        let note = scene.say_with("question-short-round", &[("n", count.into())]);
        left.spawn(text::plain(note, Size::Small, palette::INK_SOFT));
    }
}

/// The question that a claim raises.
pub(super) fn spawn_claim_label(left: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let words = scene.say("question-fact-or-rumour");
    widget::sort_label(left, palette::CLAIM, words);
}

/// A claim that goes round, as somebody else's words.
pub(super) fn spawn_claim(
    left: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    question: &Question,
    (size, mark): (Size, Size),
) {
    let accent = palette::CLAIM;
    left.spawn(widget::quotation(accent)).with_children(|card| {
        card.spawn((
            Node {
                flex_shrink: 0.0,
                ..default()
            },
            TextLayout::no_wrap(),
            // In the form of Latin script: that of Han script has its ink at the far side.
            text::bold(
                Words::in_language("en", &scene.say("question-quoted")),
                mark,
                accent.strong,
            ),
        ));
        card.spawn((
            Name::new("prompt"),
            Means::Heading,
            Spoken(Part::Prompt),
            Node {
                flex_shrink: 1.0,
                align_self: AlignSelf::Center,
                ..default()
            },
            text::bold(
                question.prompt().nearest(&scene.visit.language),
                size,
                palette::INK,
            ),
        ));
    });
}

fn spawn_options(
    right: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
) {
    if picture::has_cards(asked.question()) {
        right
            .spawn(picture::grid(frame))
            .with_children(|grid| spawn_each_option(grid, scene, frame, asked));
    } else {
        spawn_each_option(right, scene, frame, asked);
    }
}

/// The button that answers where a tap on an option does not. It says how much is still to be
/// chosen, and comes after the options for whoever uses keys, wherever it stands.
fn spawn_confirm(part: &mut ChildSpawnerCommands<'_>, scene: &Scene, asked: &Asked) {
    if !matches!(asked.question().kind(), Kind::Multi | Kind::Order) {
        return;
    }
    let Some(play) = &scene.visit.play else {
        return;
    };
    let node = Node {
        flex_grow: 1.0,
        ..widget::control()
    };
    part.spawn((ReadLate, Node::default()))
        .with_children(|place| {
            place
                .spawn((
                    widget::button("confirm", Look::Waiting, node),
                    Confirm,
                    observe(confirm),
                ))
                .with_children(|button| {
                    let icon = confirm_icon(&play.session);
                    button.spawn((
                        ConfirmIcon,
                        text::symbol(icon, IconSize::Usual, Look::Waiting.ink()),
                    ));
                    button.spawn((
                        ConfirmWords,
                        TextLayout::no_wrap(),
                        text::bold(
                            confirm_words(scene, &play.session),
                            Size::Body,
                            Look::Waiting.ink(),
                        ),
                    ));
                });
        });
}

/// A tick would say that all is done.
fn confirm_icon(session: &Session) -> &'static str {
    if session.is_ready() {
        "check-fat"
    } else {
        "hand-tap"
    }
}

/// Whether that is all, or what is missing.
fn confirm_words(scene: &Scene, session: &Session) -> String {
    let question = session.current().question();
    let selected = session.selected().len();
    let wanted = match question.kind() {
        Kind::Order => question.options().len(),
        _ => question.correct_count(),
    };
    let say = |key, n: usize| scene.say_with(key, &[("n", n.into())]);
    match (question.kind(), selected) {
        (_, selected) if selected == wanted => scene.say("question-confirm"),
        (Kind::Order, _) => say("question-more-steps", wanted.saturating_sub(selected)),
        (_, selected) if selected < wanted => say("question-more", wanted - selected),
        (_, selected) => say("question-fewer", selected - wanted),
    }
}

fn spawn_each_option(
    parent: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
) {
    let question = asked.question();
    let means = match question.kind() {
        Kind::Single | Kind::TrueFalse => Means::OneOf,
        Kind::Multi | Kind::Order => Means::SomeOf,
    };
    for (position, option) in asked.options().enumerate() {
        let node = match option.image() {
            Some(_) => picture::card(question, scene, frame),
            None => answer_node(frame),
        };
        let label = |parent: &mut ChildSpawnerCommands<'_>| {
            if question.kind() == Kind::Order {
                parent
                    .spawn((widget::badge(Size::Body, false), SignOf(position)))
                    .with_child((widget::in_badge(Size::Body, ""), NumberOf(position)));
            } else {
                parent
                    .spawn((
                        widget::sign(question.kind() == Kind::Multi),
                        SignOf(position),
                    ))
                    .with_child((
                        TickOf(position),
                        Visibility::Hidden,
                        text::sign("check-fat", 30.0, palette::ON_STRONG),
                    ));
            }
            parent.spawn((
                Spoken(Part::Option(option.id().to_owned())),
                Node {
                    flex_shrink: 1.0,
                    ..default()
                },
                text::bold(
                    option.text().nearest(&scene.visit.language),
                    Size::Body,
                    palette::INK,
                ),
            ));
        };
        parent
            .spawn((
                widget::button(format!("option-{position}"), Look::Choice, node),
                OptionAt(position),
                means,
                Beside,
                observe(choose),
            ))
            .with_children(|button| match option.image() {
                Some(image) => {
                    picture::spawn_on_card(button, image, question, scene, frame);
                    button
                        .spawn((picture::words(), Pickable::IGNORE))
                        .with_children(label);
                }
                None => label(button),
            });
    }
}

/// The node of an answer: its sign and its text.
pub(super) fn answer_node(frame: &Frame) -> Node {
    Node {
        min_height: px(widget::answer_height(frame)),
        // Lines have air of their own, and low screens little room for large ones.
        padding: UiRect::axes(px(28), px(if frame.portrait { 14 } else { 6 })),
        align_items: AlignItems::Center,
        column_gap: px(24),
        ..default()
    }
}

fn choose(
    tap: On<Tapped>,
    options: Query<&OptionAt>,
    mut visit: ResMut<Visit>,
    store: Res<Store>,
    time: Res<Time<Real>>,
    mut commands: Commands,
) {
    if let (Ok(OptionAt(position)), Some(play)) = (options.get(tap.entity), &mut visit.play) {
        let now = time.elapsed();
        let effect = play.session.choose(*position, now);
        submit(effect, &visit, &store, now, &mut commands);
    }
}

fn confirm(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    store: Res<Store>,
    time: Res<Time<Real>>,
    mut commands: Commands,
) {
    if let Some(play) = &mut visit.play {
        let now = time.elapsed();
        let effect = play.session.confirm(now);
        submit(effect, &visit, &store, now, &mut commands);
    }
}

fn submit(effect: Effect, visit: &Visit, store: &Store, now: Duration, commands: &mut Commands) {
    if let (Effect::Answered, Some(play)) = (effect, &visit.play)
        && let Some(answer) = play.session.answers().last()
    {
        let ticket = store.answer(play, answer);
        commands.insert_resource(Pending { ticket, since: now });
    }
}

/// Shows what the session says is selected, and of steps in which order.
fn mark_selected(
    scene: Scene,
    mut options: Query<(&OptionAt, &mut Look), Without<Confirm>>,
    mut signs: Query<(&SignOf, &mut Node, &mut BackgroundColor, &mut BorderColor)>,
    mut ticks: Query<(&TickOf, &mut Visibility)>,
    mut numbers: Query<(&NumberOf, &mut Text), Without<ConfirmWords>>,
    mut confirm: Query<&mut Look, With<Confirm>>,
    mut words: Query<&mut Text, (With<ConfirmWords>, Without<ConfirmIcon>)>,
    mut icons: Query<&mut Text, (With<ConfirmIcon>, Without<NumberOf>)>,
) {
    let visit = &scene.visit;
    let Some(play) = visit.play.as_ref().filter(|_| visit.is_changed()) else {
        return;
    };
    let selected = play.session.selected();
    for (OptionAt(position), mut look) in &mut options {
        look.set_if_neq(if selected.contains(position) {
            Look::Selected
        } else {
            Look::Choice
        });
    }
    for (SignOf(position), mut node, mut ground, mut line) in &mut signs {
        let full = selected.contains(position);
        let (fill, edge) = widget::sign_colours(full);
        ground.set_if_neq(fill);
        line.set_if_neq(edge);
        let ring = widget::ring(full);
        if node.border != ring {
            node.border = ring;
        }
    }
    for (TickOf(position), mut tick) in &mut ticks {
        tick.set_if_neq(if selected.contains(position) {
            Visibility::Inherited
        } else {
            Visibility::Hidden
        });
    }
    for mut text in &mut words {
        text.set_if_neq(Text(confirm_words(&scene, &play.session)));
    }
    for mut text in &mut icons {
        text.set_if_neq(Text(icon::glyph(confirm_icon(&play.session))));
    }
    for (NumberOf(position), mut text) in &mut numbers {
        let place = selected.iter().position(|own| own == position);
        let number = place.map_or_else(String::new, |place| (place + 1).to_string());
        text.set_if_neq(Text(number));
    }
    for mut look in &mut confirm {
        look.set_if_neq(if play.session.is_ready() {
            Look::Action
        } else {
            Look::Waiting
        });
    }
}

/// Shows feedback once the answer is on disk, or when the disk takes too long to wait for.
fn show_feedback(
    pending: Option<Res<Pending>>,
    store: Res<Store>,
    time: Res<Time<Real>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    let Some(pending) = pending else { return };
    let waited = time.elapsed().saturating_sub(pending.since);
    if store.is_durable(pending.ticket) || pending.ticket.is_none() || waited >= DISK_PATIENCE {
        next.set(Screen::Feedback);
        wake.settle();
    } else {
        wake.within(DISK_PATIENCE - waited);
    }
}

fn forget_pending(mut commands: Commands, pending: Option<Res<Pending>>) {
    if let Some(pending) = pending {
        commands.insert_resource(LastAnswer(pending.ticket));
        commands.remove_resource::<Pending>();
    }
}

/// The ticket of the answer whose feedback is on screen.
#[derive(Resource)]
pub(in crate::kiosk) struct LastAnswer(pub(in crate::kiosk) Option<Ticket>);
