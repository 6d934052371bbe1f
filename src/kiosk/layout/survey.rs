//! What somebody meets on a screen, measured on a panel of a known size: how large targets and
//! letters are, how far apart, and how well everything stands out from what it lies on.

use std::fmt;

use bevy::prelude::*;
use bevy::text::{FontSize, LineHeight, RemSize};
use bevy::ui::UiGlobalTransform;
use bevy::ui_widgets::Button;

use super::{Case, HARMLESS, Page, Ruler};
use crate::bank::QuestionBank;
use crate::kiosk::idle::Pause;
use crate::kiosk::sights::Sight;
use crate::kiosk::theme::palette::contrast;
use crate::kiosk::theme::text;
use crate::kiosk::visit::{Profile, Questions, Rules, Visit};

/// How a screen is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Width and height of the screen in pixels.
    pub size: (u32, u32),
    /// Width and height of its picture in millimetres.
    pub panel_mm: (u32, u32),
    /// Whether the visitor asked for the large profile.
    pub large: bool,
    /// Whether the colours are those of high contrast.
    pub contrast: bool,
    /// The language's tag.
    pub language: &'a str,
}

/// The smallest of everything that was found on a screen. Lengths are in millimetres, contrasts
/// and line spacing are ratios; a number is infinite where there was nothing to measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The screen's name.
    pub screen: String,
    /// The shorter side of anything that can be tapped.
    pub target: f32,
    /// The height of an answer.
    pub answer: f32,
    /// Between two things that can be tapped.
    pub gap: f32,
    /// The size of running text: the square in which a Han character stands.
    pub body: f32,
    /// The size of any text, sources and notes included.
    pub note: f32,
    /// From line to line, as a multiple of the size of the text.
    pub line: f32,
    /// Text on what it lies on.
    pub text_contrast: f32,
    /// Icons, and borders of what can be tapped, on what they lie on.
    pub sign_contrast: f32,
    /// By how many pixels something sticks out of its box or of the screen.
    pub sticks_out: f32,
    /// What does so, if it is a text.
    pub sticking_out: String,
    /// Texts that lie on each other.
    pub overlaps: Vec<String>,
}

impl Survey {
    fn of(screen: String) -> Self {
        Self {
            screen,
            target: f32::INFINITY,
            answer: f32::INFINITY,
            gap: f32::INFINITY,
            body: f32::INFINITY,
            note: f32::INFINITY,
            line: f32::INFINITY,
            text_contrast: f32::INFINITY,
            sign_contrast: f32::INFINITY,
            sticks_out: 0.0,
            sticking_out: String::new(),
            overlaps: Vec::new(),
        }
    }

    /// Whether something is cut.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.sticks_out > HARMLESS
    }

    /// The smaller of everything in two of them.
    pub fn take_smaller(&mut self, other: &Self) {
        self.target = self.target.min(other.target);
        self.answer = self.answer.min(other.answer);
        self.gap = self.gap.min(other.gap);
        self.body = self.body.min(other.body);
        self.note = self.note.min(other.note);
        self.line = self.line.min(other.line);
        self.text_contrast = self.text_contrast.min(other.text_contrast);
        self.sign_contrast = self.sign_contrast.min(other.sign_contrast);
        self.sticks_out = self.sticks_out.max(other.sticks_out);
        self.overlaps.extend(other.overlaps.iter().cloned());
    }
}

impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "target {:.1} mm, answer {:.1}, gap {:.1}, body {:.2}, note {:.2}, line {:.2}, \
             text {:.1} : 1, signs {:.1} : 1",
            self.target,
            self.answer,
            self.gap,
            self.body,
            self.note,
            self.line,
            self.text_contrast,
            self.sign_contrast
        )
    }
}

impl Ruler {
    /// Surveys every screen on one panel: those that visitors see and, in the profile that staff
    /// have, theirs.
    pub fn survey(&mut self, bank: &QuestionBank, view: View<'_>) -> Vec<Survey> {
        self.look_from(bank, view);
        let seen_by = (view.language, Profile::of(view.large));
        let mut sights = Sight::of_visitors(bank, seen_by, super::alone);
        if !view.large {
            sights.extend(Sight::of_staff());
        }
        let surveys = sights.iter().map(|sight| {
            self.show(sight);
            self.read(sight.name(), view)
        });
        surveys.collect()
    }

    fn look_from(&mut self, bank: &QuestionBank, view: View<'_>) {
        let world = self.app.world_mut();
        world.resource_mut::<Questions>().0 = bank.clone();
        world.resource_mut::<Rules>().0.panel_mm = Some(view.panel_mm);
        let mut visit = world.resource_mut::<Visit>();
        view.language.clone_into(&mut visit.language);
        visit.contrast = Some(view.contrast);
        let case = Case {
            size: view.size,
            large: view.large,
            page: Page::Question,
        };
        self.turn_to(view.size, case.as_profile());
        self.app.update();
    }

    fn read(&mut self, screen: String, view: View<'_>) -> Survey {
        let pixels = view.size.0.min(view.size.1) as f32;
        let mm = view.panel_mm.0.min(view.panel_mm.1) as f32 / pixels;
        let world = self.app.world_mut();
        let mut survey = Survey::of(screen);
        let (sticks_out, most) = world.run_system(self.sticking_out).unwrap_or_default();
        survey.sticks_out = sticks_out;
        let most = most.and_then(|entity| world.get::<Text>(entity));
        survey.sticking_out = most.map(|text| text.0.clone()).unwrap_or_default();
        if let Err(error) = world.run_system_cached_with(measure_targets, (&mut survey, mm)) {
            survey.overlaps.push(error.to_string());
        }
        if let Err(error) = world.run_system_cached_with(measure_texts, (&mut survey, mm)) {
            survey.overlaps.push(error.to_string());
        }
        survey
    }
}

/// The box of a node on the screen, in pixels.
fn box_of(node: &ComputedNode, place: &UiGlobalTransform) -> Rect {
    Rect::from_center_size(place.translation, node.size())
}

fn measure_targets(
    (InMut(survey), In(mm)): (InMut<Survey>, In<f32>),
    pause: Res<State<Pause>>,
    buttons: Query<(Entity, &Name, &ComputedNode, &UiGlobalTransform), With<Button>>,
    parents: Query<&ChildOf>,
    names: Query<&Name>,
    grounds: Query<&BackgroundColor>,
    borders: Query<(&Node, &BorderColor)>,
    ground: Res<ClearColor>,
) {
    let under = |entity| on_top(entity, &parents, &names) == (*pause.get() == Pause::Asking);
    let targets: Vec<(Entity, &Name, Rect)> = buttons
        .iter()
        .filter(|(entity, ..)| under(*entity))
        .map(|(entity, name, node, place)| (entity, name, box_of(node, place)))
        // A page or a veil that can be tapped anywhere.
        .filter(|(_, name, _)| name.as_str() != "Attract" && name.as_str() != "veil")
        .collect();
    for (index, (entity, name, place)) in targets.iter().enumerate() {
        survey.target = survey.target.min(place.size().min_element() * mm);
        if name.starts_with("option-") {
            survey.answer = survey.answer.min(place.height() * mm);
        }
        for (_, _, other) in &targets[index + 1..] {
            let apart = (other.min - place.max).max(place.min - other.max);
            survey.gap = survey.gap.min(apart.max_element() * mm);
        }
        if let Ok((node, border)) = borders.get(*entity)
            && node.border != UiRect::ZERO
        {
            let behind = parents.iter_ancestors(*entity);
            let behind = behind.filter_map(|part| grounds.get(part).ok());
            let lies_on = behind
                .map(|ground| ground.0)
                .find(|colour| colour.alpha() == 1.0);
            let ratio = contrast(border.top, lies_on.unwrap_or(ground.0));
            survey.sign_contrast = survey.sign_contrast.min(ratio);
        }
    }
}

/// Whether something belongs to the question over the screen.
fn on_top(entity: Entity, parents: &Query<&ChildOf>, names: &Query<&Name>) -> bool {
    std::iter::once(entity)
        .chain(parents.iter_ancestors(entity))
        .any(|part| names.get(part).is_ok_and(|name| name.as_str() == "veil"))
}

fn measure_texts(
    (InMut(survey), In(mm)): (InMut<Survey>, In<f32>),
    pause: Res<State<Pause>>,
    rem: Res<RemSize>,
    texts: Query<(
        Entity,
        &Text,
        &TextFont,
        &LineHeight,
        &TextColor,
        &ComputedNode,
        &UiGlobalTransform,
        &Visibility,
    )>,
    parents: Query<&ChildOf>,
    names: Query<&Name>,
    grounds: Query<&BackgroundColor>,
    ground: Res<ClearColor>,
) {
    let mut seen: Vec<(&str, Rect)> = Vec::new();
    for (entity, written, font, line, colour, node, place, visible) in &texts {
        let asking = *pause.get() == Pause::Asking;
        if written.0.is_empty()
            || *visible == Visibility::Hidden
            || on_top(entity, &parents, &names) != asking
        {
            continue;
        }
        let behind = std::iter::once(entity).chain(parents.iter_ancestors(entity));
        let behind = behind.filter_map(|part| grounds.get(part).ok());
        let lies_on = behind
            .map(|ground| ground.0)
            .find(|colour| colour.alpha() == 1.0);
        let ratio = contrast(colour.0, lies_on.unwrap_or(ground.0));
        if text::is_symbol(font) {
            survey.sign_contrast = survey.sign_contrast.min(ratio);
            continue;
        }
        survey.text_contrast = survey.text_contrast.min(ratio);
        let size = font.font_size.eval(Vec2::ZERO, rem.0) / node.inverse_scale_factor() * mm;
        survey.note = survey.note.min(size);
        if matches!(font.font_size, FontSize::Rem(times) if times >= 1.0) {
            survey.body = survey.body.min(size);
        }
        if let LineHeight::RelativeToFont(times) = line {
            survey.line = survey.line.min(*times);
        }
        let place = box_of(node, place);
        for (other, taken) in &seen {
            let both = place.intersect(*taken);
            if both.size().min_element() > HARMLESS {
                survey
                    .overlaps
                    .push(format!("{}: {other} / {}", survey.screen, written.0));
            }
        }
        seen.push((&written.0, place));
    }
}
