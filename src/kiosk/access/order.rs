//! In which order a screen is read, and where a key leads from where one is.
//!
//! Tab, Left and Right go through the controls as they are read. Up and Down go through them, too,
//! but in a grid by columns, as one sees it; so two keys reach everything.

use std::collections::VecDeque;

use bevy::ecs::system::SystemParam;
use bevy::input_focus::tab_navigation::{TabGroup, TabIndex};
use bevy::prelude::*;
use bevy::ui::UiGlobalTransform;
use bevy::ui_widgets::Button;

use super::{ReadLast, ReadLate};

/// By how much the sizes of equal controls may differ, in pixels.
const ROUNDING: f32 = 2.0;

/// What is on the screen, to be walked through as it is read.
#[derive(SystemParam)]
pub(in crate::kiosk) struct Reading<'w, 's> {
    pages: Query<'w, 's, (Entity, &'static TabGroup)>,
    children: Query<'w, 's, &'static Children>,
    parents: Query<'w, 's, &'static ChildOf>,
    nodes: Query<'w, 's, &'static Node>,
    last: Query<'w, 's, (), With<ReadLast>>,
    late: Query<'w, 's, (), With<ReadLate>>,
    controls: Query<
        'w,
        's,
        (&'static ComputedNode, &'static UiGlobalTransform),
        (With<Button>, With<TabIndex>),
    >,
}

impl Reading<'_, '_> {
    /// The page that is on the screen, or what lies over it and must be answered first.
    pub(in crate::kiosk) fn page(&self) -> Option<Entity> {
        let pages = || self.pages.iter();
        let modal = pages().find(|(_, page)| page.modal);
        modal.or_else(|| pages().next()).map(|(page, _)| page)
    }

    /// Whether it is something that can be tapped and has a name of its own. A page that can be
    /// tapped anywhere is none.
    pub(in crate::kiosk) fn is_control(&self, entity: Entity) -> bool {
        self.controls.contains(entity)
    }

    /// Shows everything below an entity that is there to be seen, in order, to `look`, which says
    /// whether to look into it, too.
    pub(in crate::kiosk) fn walk(&self, from: Entity, look: &mut impl FnMut(Entity) -> bool) {
        let mut later = VecDeque::from([from]);
        while let Some(part) = later.pop_front() {
            self.walk_part(part, look, &mut later);
        }
    }

    fn walk_part(
        &self,
        part: Entity,
        look: &mut impl FnMut(Entity) -> bool,
        later: &mut VecDeque<Entity>,
    ) {
        for child in self.children.get(part).into_iter().flatten().copied() {
            let seen = self.nodes.get(child);
            if seen.is_ok_and(|node| node.display == Display::None) {
                continue;
            }
            if self.last.contains(child) {
                later.push_back(child);
            } else if self.late.contains(child) {
                later.push_front(child);
            } else if look(child) {
                self.walk_part(child, look, later);
            }
        }
    }

    /// The controls that keys can reach, as they are read.
    pub(in crate::kiosk) fn controls(&self) -> Vec<Entity> {
        let mut found = Vec::new();
        if let Some(page) = self.page() {
            self.walk(page, &mut |entity| {
                let control = self.is_control(entity);
                if control {
                    found.push(entity);
                }
                !control
            });
        }
        found
    }

    /// The same in the order in which Down reaches them.
    pub(in crate::kiosk) fn controls_downwards(&self) -> Vec<Entity> {
        let controls = self.controls();
        let places: Vec<Place> = controls
            .iter()
            .map(|control| self.place(*control))
            .collect();
        let order = downwards(&places).into_iter();
        order.map(|index| controls[index]).collect()
    }

    fn place(&self, control: Entity) -> Place {
        let among = self.parents.get(control).map(ChildOf::parent).ok();
        let size = self.controls.get(control);
        let rect = size.map(|(node, at)| Rect::from_center_size(at.translation, node.size()));
        Place {
            among,
            rect: rect.unwrap_or_default(),
        }
    }

    /// Where a step leads.
    pub(in crate::kiosk) fn step(&self, from: Option<Entity>, step: Step) -> Option<Entity> {
        let controls = match step {
            Step::Down | Step::Up => self.controls_downwards(),
            Step::Next | Step::Previous => self.controls(),
        };
        let count = controls.len();
        let here = from.and_then(|from| controls.iter().position(|control| *control == from));
        let there = match (here, step) {
            (None, Step::Down | Step::Next) => 0,
            (None, Step::Up | Step::Previous) => count.checked_sub(1)?,
            (Some(here), Step::Down | Step::Next) => (here + 1) % count,
            (Some(here), Step::Up | Step::Previous) => (here + count - 1) % count,
        };
        controls.get(there).copied()
    }
}

/// A step from one control to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kiosk) enum Step {
    /// To what is read next.
    Next,
    /// Back.
    Previous,
    /// The same, but in a grid down its columns.
    Down,
    /// Back.
    Up,
}

/// Where a control is.
struct Place {
    /// What it stands in.
    among: Option<Entity>,
    rect: Rect,
}

/// The order in which Down goes through controls that are read in this order: grids by columns,
/// everything else as it is read.
fn downwards(places: &[Place]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    let same = |a: &usize, b: &usize| places[*a].among == places[*b].among;
    for group in order.chunk_by_mut(same) {
        let rect = |index: usize| places[index].rect;
        let width = rect(group[0]).width();
        let is_grid = group.iter().all(|index| {
            let other = rect(*index).width();
            other > 0.0 && (other - width).abs() <= ROUNDING
        });
        if is_grid {
            // Equal widths stand in columns; what is left is rounding.
            let first = rect(group[0]).min.x;
            let column = |index: usize| ((rect(index).min.x - first) / width).round() as i32;
            group.sort_by_key(|index| (column(*index), rect(*index).min.y as i32));
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(among: u32, x: f32, y: f32, width: f32) -> Place {
        Place {
            among: Entity::from_raw_u32(among),
            rect: Rect::new(x, y, x + width, y + 80.0),
        }
    }

    #[test]
    fn down_goes_through_grids_by_columns_and_through_all_else_as_it_is_read() {
        let places = [
            // A grid of two columns, the second a hair off, and its last row not full.
            place(1, 0.0, 0.0, 100.0),
            place(1, 124.6, 0.3, 100.0),
            place(1, 0.0, 104.0, 100.4),
            place(1, 125.0, 104.0, 100.0),
            place(1, 0.0, 208.0, 100.0),
            // A row of unequal ones.
            place(2, 0.0, 400.0, 50.0),
            place(2, 70.0, 380.0, 90.0),
        ];
        assert_eq!(downwards(&places), [0, 2, 4, 1, 3, 5, 6]);
    }

    #[test]
    fn what_has_not_been_laid_out_is_left_as_it_is_read() {
        let places = [place(1, 0.0, 0.0, 0.0), place(1, 0.0, 0.0, 0.0)];
        assert_eq!(downwards(&places), [0, 1]);
        assert_eq!(downwards(&[]), [0; 0]);
    }
}
