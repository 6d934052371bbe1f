//! Right or wrong by colour, icon and word; the reason; the source; what was wrong with the option
//! that was chosen.

use bevy::prelude::*;
use bevy::ui_widgets::observe;
use unicode_width::UnicodeWidthChar;

use super::question::{answer_node, body, part, spawn_claim, spawn_steps};
use super::{Screen, bar, picture};
use crate::bank::narration::Part;
use crate::bank::{Choice, Kind, Question};
use crate::kiosk::access::Means;
use crate::kiosk::input::Tapped;
use crate::kiosk::narration::Spoken;
use crate::kiosk::store::Store;
use crate::kiosk::theme::lettering::Words;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, LEAST_GAP, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::{Scene, Visit};
use crate::kiosk::wake::Wake;
use crate::records::Outcome;
use crate::session::{Answer, Asked, Phase};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Feedback), spawn)
        .add_systems(Update, make_room.run_if(in_state(Screen::Feedback)));
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    let Some(answer) = play.session.answers().last() else {
        return;
    };
    let asked = play.session.current();
    let last = play.session.ordinal() == play.session.round().asked().len();
    commands
        .spawn((widget::page("Feedback"), DespawnOnExit(Screen::Feedback)))
        .with_children(|page| {
            bar::spawn(page, &scene, true);
            spawn_steps(page, &scene);
            page.spawn((widget::Fits, body(&frame)))
                .with_children(|body| {
                    body.spawn(close_part(&frame)).with_children(|left| {
                        let question = asked.question();
                        picture::spawn_beside(left, question, &scene, &frame, |left| {
                            if question.is_rumour() {
                                spawn_claim(left, &scene, question, (Size::Body, Size::Prompt));
                            } else {
                                left.spawn(text::bold(
                                    question.prompt().nearest(&scene.visit.language),
                                    Size::Body,
                                    palette::INK,
                                ))
                                .insert(Means::Heading);
                            }
                        });
                        if asked.question().kind() == Kind::Order {
                            spawn_marked_steps(left, &scene, &frame, asked, answer);
                        } else {
                            spawn_marked_options(left, &scene, &frame, asked, answer);
                        }
                    });
                    body.spawn(close_part(&frame)).with_children(|right| {
                        spawn_verdict(right, &scene, asked, answer);
                        if !frame.portrait {
                            spawn_what_was_wrong(right, &scene, &frame, asked, answer);
                        }
                        spawn_explanation(right, &scene, &frame, asked);
                    });
                });
            // Outside of what grows with the text: the way on is always in its place.
            if frame.portrait {
                spawn_next(page, &scene, last);
            } else {
                page.spawn(Node {
                    align_items: AlignItems::Center,
                    column_gap: px(GAP * 2.0),
                    ..default()
                })
                .with_children(|row| {
                    row.spawn((
                        widget::Fits,
                        Node {
                            flex_grow: 1.0,
                            flex_basis: px(0),
                            min_width: px(0),
                            ..default()
                        },
                    ))
                    .with_children(|note| {
                        let source = source(&scene, asked);
                        note.spawn(text::plain(source, Size::Small, palette::INK_SOFT));
                    });
                    spawn_next(row, &scene, last);
                });
            }
        });
}

/// Half of the screen. Large text has more use for the room than gaps.
fn close_part(frame: &Frame) -> Node {
    let mut node = part(frame);
    if frame.is_large() {
        node.row_gap = px(LEAST_GAP);
    }
    node
}

fn spawn_verdict(
    right: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    asked: &Asked,
    answer: &Answer,
) {
    let (look, icon, colour) = if answer.correct {
        (Look::Right, "check-circle", palette::RIGHT)
    } else {
        (Look::Wrong, "x-circle", palette::WRONG)
    };
    let question = asked.question();
    // The option `true` stands first.
    let is_fact = question.options().first().is_some_and(Choice::is_correct);
    let key = match (question.is_rumour(), answer.correct, is_fact) {
        (false, true, _) => "feedback-right",
        (false, false, _) => "feedback-wrong",
        (true, true, true) => "feedback-right-fact",
        (true, true, false) => "feedback-right-rumour",
        (true, false, true) => "feedback-wrong-fact",
        (true, false, false) => "feedback-wrong-rumour",
    };
    right
        .spawn(widget::pane("verdict", look, widget::control()))
        .insert(Means::Verdict)
        .with_children(|verdict| {
            verdict.spawn(text::symbol(icon, IconSize::Large, colour));
            verdict.spawn(text::bold(scene.say(key), Size::Title, colour));
        });
}

/// How an option or a step was answered.
struct Mark {
    look: Look,
    icon: &'static str,
    colour: Color,
    /// Nothing where there is nothing to be said; then the icon's place stays empty, too.
    words: String,
}

/// An option that was neither chosen nor right: large text has more use for its room.
#[derive(Component)]
struct Spare;

fn make_room(frame: Res<Frame>, mut spares: Query<&mut Node, With<Spare>>, mut wake: ResMut<Wake>) {
    if !frame.is_large() || frame.fit() >= 1.0 {
        return;
    }
    for mut node in &mut spares {
        if node.display != Display::None {
            node.display = Display::None;
            wake.settle();
        }
    }
}

impl Mark {
    fn right(words: String) -> Self {
        Self {
            look: Look::Right,
            icon: "check-circle",
            colour: palette::RIGHT,
            words,
        }
    }

    fn wrong(words: String) -> Self {
        Self {
            look: Look::Wrong,
            icon: "x-circle",
            colour: palette::WRONG,
            words,
        }
    }

    fn none() -> Self {
        Self {
            look: Look::Choice,
            icon: "circle",
            colour: palette::INK_SOFT,
            words: String::new(),
        }
    }

    /// A step that was put elsewhere: what stands here is the right order all the same.
    fn elsewhere(words: String) -> Self {
        Self {
            look: Look::Choice,
            ..Self::wrong(words)
        }
    }
}

fn spawn_marked_options(
    left: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
    answer: &Answer,
) {
    for (place, option) in asked.options().enumerate() {
        let chosen = answer.options.iter().any(|id| id == option.id());
        let mark = match (option.is_correct(), chosen) {
            (true, true) => Mark::right(scene.say("feedback-chosen-right")),
            (true, false) => Mark::right(scene.say("feedback-is-right")),
            (false, true) => Mark::wrong(scene.say("feedback-chosen-wrong")),
            (false, false) => Mark::none(),
        };
        spawn_marked(left, scene, frame, asked.question(), (place, option), mark);
    }
}

/// The steps in the right order, and which of them were put in their place.
fn spawn_marked_steps(
    left: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
    answer: &Answer,
) {
    left.spawn(text::bold(
        scene.say("feedback-right-order"),
        Size::Small,
        palette::INK_SOFT,
    ));
    for (place, step) in asked.question().options().iter().enumerate() {
        let put = answer.options.iter().position(|id| id == step.id());
        let mark = match put {
            Some(put) if put != place => {
                Mark::elsewhere(scene.say_with("feedback-put-at", &[("n", (put + 1).into())]))
            }
            _ => Mark::right(scene.say("feedback-in-its-place")),
        };
        spawn_marked(left, scene, frame, asked.question(), (place, step), mark);
    }
}

/// An option with its mark before its words, or a step with its number there and its mark after
/// them; below the words of a wrong choice what is wrong with it, as far as the pack says so.
fn spawn_marked(
    left: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    question: &Question,
    (place, option): (usize, &Choice),
    mark: Mark,
) {
    let is_step = question.kind() == Kind::Order;
    let node = Node {
        min_height: px(80),
        padding: UiRect::axes(px(if is_step { 20 } else { 28 }), px(6)),
        ..answer_node(frame)
    };
    let is_spare = mark.words.is_empty();
    // On a wide screen there is more room for it beside the options.
    let says_why = frame.portrait && mark.look == Look::Wrong;
    let icon = Some((
        if is_spare {
            Visibility::Hidden
        } else {
            Visibility::Inherited
        },
        text::symbol(mark.icon, IconSize::Usual, mark.colour),
    ));
    let (before, after) = if is_step { (None, icon) } else { (icon, None) };
    let mut row = left.spawn(widget::pane(format!("marked-{place}"), mark.look, node));
    if is_spare {
        row.insert(Spare);
    }
    row.insert(Means::Item).with_children(|row| {
        if is_step {
            row.spawn(widget::badge(Size::Small, true))
                .with_child(widget::in_badge(Size::Small, (place + 1).to_string()));
        }
        if let Some(icon) = before {
            row.spawn(icon);
        }
        picture::spawn_thumb(row, option.image(), question, scene, frame);
        row.spawn(Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_shrink: 1.0,
            flex_basis: px(0),
            min_width: px(0),
            ..default()
        })
        .with_children(|column| {
            let language = &scene.visit.language;
            let words = option.text().nearest(language);
            column.spawn(text::plain(words, Size::Body, palette::INK));
            if let Some(said) = option.feedback().filter(|_| says_why) {
                column.spawn((
                    Spoken(Part::Feedback(option.id().to_owned())),
                    text::plain(said.nearest(language), Size::Body, palette::WRONG),
                ));
            }
        });
        if let Some(icon) = after {
            row.spawn(icon);
        }
        if !is_spare {
            row.spawn((
                Node {
                    flex_shrink: 0.0,
                    ..default()
                },
                text::bold(mark.words, Size::Small, mark.colour),
            ));
        }
    });
}

/// How much of an option's text is said to tell it from others, in columns: a Han character has
/// two.
const BEGINNING: usize = 16;

/// The beginning of a text, with a sign that it is one.
fn beginning(text: &str) -> String {
    let mut columns = 0;
    let fits = |character: &char| {
        columns += character.width().unwrap_or_default();
        columns <= BEGINNING
    };
    let begun: String = text.chars().take_while(fits).collect();
    if begun == text {
        return begun;
    }
    // A word that was cut tells less than none.
    let words = begun
        .rsplit_once(' ')
        .map_or(begun.as_str(), |(whole, _)| whole);
    format!("{}…", words.trim_end())
}

/// What is wrong with the options that were chosen, as far as the pack says so.
fn spawn_what_was_wrong(
    right: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
    answer: &Answer,
) {
    let wrong = asked
        .options()
        .filter(|option| !option.is_correct() && answer.options.iter().any(|id| id == option.id()));
    let wrong: Vec<_> = wrong
        .filter_map(|option| Some((option, option.feedback()?)))
        .collect();
    for (option, said) in &wrong {
        let said = said.nearest(&scene.visit.language);
        // Of several it would not be clear which is meant; but large text has no room for more.
        let words = if wrong.len() == 1 || frame.is_large() {
            Words::from(said)
        } else {
            let about = beginning(option.text().nearest(said.language).text);
            let args = [("option", about.into()), ("said", said.text.into())];
            let words = scene.say_in_with(said.language, "feedback-about", &args);
            Words::in_language(said.language, &words)
        };
        right.spawn((
            Spoken(Part::Feedback(option.id().to_owned())),
            Means::News,
            text::plain(words, Size::Body, palette::WRONG),
        ));
    }
}

fn spawn_explanation(
    right: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
) {
    let language = &scene.visit.language;
    let question = asked.question();
    let air = if frame.is_large() { 16.0 } else { GAP * 1.25 };
    right
        .spawn(widget::pane(
            "explanation",
            Look::Choice,
            Node {
                padding: UiRect::all(px(air)),
                row_gap: px(air / 2.0),
                ..widget::stack(FlexDirection::Column)
            },
        ))
        .with_children(|card| {
            card.spawn(Node {
                column_gap: px(16),
                align_items: AlignItems::Center,
                ..default()
            })
            .with_children(|row| {
                row.spawn(text::symbol("lightbulb", IconSize::Usual, palette::ACTION));
                row.spawn(text::bold(
                    scene.say("feedback-why"),
                    Size::Body,
                    palette::ACTION,
                ));
            });
            card.spawn((
                Spoken(Part::Explanation),
                text::plain(
                    question.explanation().nearest(language),
                    Size::Body,
                    palette::INK,
                ),
            ))
            .insert(Means::News);
            // A wide screen has more room for it beside the way on.
            if frame.portrait {
                let source = source(scene, asked);
                card.spawn(text::plain(source, Size::Small, palette::INK_SOFT));
            }
        });
}

/// Where it is written: title, article, issuer.
fn source(scene: &Scene, asked: &Asked) -> String {
    let source = asked.question().source();
    let title = source.title().nearest(&scene.visit.language);
    let language = scene.language_around(title.language);
    let title = title.text;
    let issuer = source.issuer().get(language);
    match source.article() {
        Some(articles) => scene.say_in_with(
            language,
            "feedback-source-article",
            &[
                ("title", title.into()),
                (
                    "article",
                    articles
                        .replace(", ", &scene.say_in(language, "feedback-and"))
                        .into(),
                ),
                ("count", articles.split(", ").count().into()),
                ("issuer", issuer.into()),
            ],
        ),
        None => scene.say_in_with(
            language,
            "feedback-source",
            &[("title", title.into()), ("issuer", issuer.into())],
        ),
    }
}

fn spawn_next(parent: &mut ChildSpawnerCommands<'_>, scene: &Scene, last: bool) {
    let node = Node {
        min_width: px(560),
        flex_shrink: 0.0,
        ..widget::control()
    };
    parent
        .spawn((widget::button("next", Look::Action, node), observe(proceed)))
        .with_children(|button| {
            let key = if last {
                "feedback-results"
            } else {
                "feedback-next"
            };
            button.spawn(text::bold(scene.say(key), Size::Title, palette::ON_STRONG));
            button.spawn(text::symbol(
                "arrow-right",
                IconSize::Usual,
                palette::ON_STRONG,
            ));
        });
}

fn proceed(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    store: Res<Store>,
    time: Res<Time<Real>>,
    mut next: ResMut<NextState<Screen>>,
) {
    let Some(play) = &mut visit.play else { return };
    play.session.proceed(time.elapsed());
    if play.session.phase() == Phase::Finished {
        store.end(&mut visit, Outcome::Completed);
        next.set(Screen::Results);
    } else {
        next.set(Screen::Question);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_told_from_others_by_its_beginning() {
        assert_eq!(beginning("学校出证明"), "学校出证明");
        assert_eq!(beginning("游戏好友先经学校审核"), "游戏好友先经学校…");
        assert_eq!(
            beginning("Internet authorities open criminal investigations"),
            "Internet…"
        );
    }
}
