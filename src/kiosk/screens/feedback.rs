//! Right or wrong by colour, icon and word, and what was wrong with the option that was chosen. The
//! reason stands beside it; in large type both together would have to shrink, and it has a screen of
//! its own.

use bevy::prelude::*;
use unicode_width::UnicodeWidthChar;

use super::question::{answer_node, body, part, spawn_claim, spawn_claim_label, spawn_steps};
use super::{Screen, bar, picture, why};
use crate::bank::narration::Part;
use crate::bank::{Choice, Kind, Question};
use crate::kiosk::access::Means;
use crate::kiosk::input::Tapped;
use crate::kiosk::narration::Spoken;
use crate::kiosk::theme::lettering::Words;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::Scene;
use crate::session::{Answer, Asked};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Feedback), spawn);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    let Some(answer) = play.session.answers().last() else {
        return;
    };
    let asked = play.session.current();
    // The reason is on the next screen.
    let apart = frame.is_large();
    commands
        .spawn((widget::page("Feedback"), DespawnOnExit(Screen::Feedback)))
        .with_children(|page| {
            bar::spawn(page, &scene, true);
            spawn_steps(page, &scene);
            let mut room = body(&frame);
            if !frame.portrait {
                // Both halves begin at one height, and lie in the middle together.
                room.flex_wrap = FlexWrap::Wrap;
                room.align_items = AlignItems::Start;
                room.align_content = AlignContent::Center;
            }
            page.spawn((widget::Fits, room)).with_children(|body| {
                body.spawn(part(&frame)).with_children(|left| {
                    let question = asked.question();
                    picture::spawn_beside(left, question, &scene, &frame, |left| {
                        if question.is_rumour() {
                            spawn_claim_label(left, &scene);
                        }
                        spawn_put(left, &scene, question);
                    });
                    if apart {
                        spawn_verdict(left, &scene, &frame, asked, answer);
                    } else {
                        spawn_marks(left, &scene, &frame, asked, answer);
                    }
                });
                body.spawn(part(&frame)).with_children(|right| {
                    if apart {
                        spawn_marks(right, &scene, &frame, asked, answer);
                        return;
                    }
                    spawn_verdict(right, &scene, &frame, asked, answer);
                    why::spawn_reason(right, &scene, &frame, asked);
                });
            });
            let beside = |place: &mut ChildSpawnerCommands<'_>| {
                // On an upright screen it stands below the reason.
                if !apart && !frame.portrait {
                    why::spawn_source(place, &scene, asked);
                }
            };
            why::spawn_way_on(page, &frame, beside, |place| {
                if apart {
                    why::spawn_button(place, "why", scene.say("feedback-see-why")).observe(see_why);
                } else {
                    why::spawn_next(place, &scene, play);
                }
            });
        });
}

fn see_why(_: On<Tapped>, mut next: ResMut<NextState<Screen>>) {
    next.set(Screen::Why);
}

/// What was asked, once it has been answered.
pub(super) fn spawn_put(left: &mut ChildSpawnerCommands<'_>, scene: &Scene, question: &Question) {
    if question.is_rumour() {
        spawn_claim(left, scene, question, (Size::Body, Size::Prompt));
    } else {
        left.spawn((
            Means::Heading,
            text::bold(
                question.prompt().nearest(&scene.visit.language),
                Size::Body,
                palette::INK,
            ),
        ));
    }
}

/// Right or wrong and, on a wide screen, where there is more room for it than among the options,
/// what was wrong.
fn spawn_verdict(
    part: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
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
    part.spawn(widget::pane("verdict", look, widget::control()))
        .insert(Means::Verdict)
        .with_children(|verdict| {
            verdict.spawn(text::symbol(icon, IconSize::Large, colour));
            verdict.spawn(text::bold(scene.say(key), Size::Title, colour));
        });
    if !frame.portrait {
        spawn_what_was_wrong(part, scene, asked, answer);
    }
}

/// How an option or a step was answered.
struct Mark {
    look: Look,
    icon: &'static str,
    colour: Color,
    /// Nothing where there is nothing to be said; then the icon's place stays empty, too.
    words: String,
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

/// What was right, and what was chosen.
fn spawn_marks(
    part: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
    answer: &Answer,
) {
    if asked.question().kind() == Kind::Order {
        spawn_marked_steps(part, scene, frame, asked, answer);
    } else {
        spawn_marked_options(part, scene, frame, asked, answer);
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
    let is_silent = mark.words.is_empty();
    let says_why = frame.portrait && mark.look == Look::Wrong;
    let icon = Some((
        if is_silent {
            Visibility::Hidden
        } else {
            Visibility::Inherited
        },
        text::symbol(mark.icon, IconSize::Usual, mark.colour),
    ));
    let (before, after) = if is_step { (None, icon) } else { (icon, None) };
    let mut row = left.spawn(widget::pane(format!("marked-{place}"), mark.look, node));
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
            column.spawn((
                Spoken(Part::Option(option.id().to_owned())),
                text::plain(words, Size::Body, palette::INK),
            ));
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
        if !is_silent {
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
    part: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
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
        // Of several it would not be clear which is meant.
        let words = if wrong.len() == 1 {
            Words::from(said)
        } else {
            let about = beginning(option.text().nearest(said.language).text);
            let args = [("option", about.into()), ("said", said.text.into())];
            let words = scene.say_in_with(said.language, "feedback-about", &args);
            Words::in_language(said.language, &words)
        };
        part.spawn((
            Spoken(Part::Feedback(option.id().to_owned())),
            Means::News,
            text::plain(words, Size::Body, palette::WRONG),
        ));
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
