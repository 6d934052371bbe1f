//! What is on the screen as a tree for screen readers: every control with its role, its name and
//! its state, every text, and nothing that is there for the eye only.
//!
//! It is a picture like the one that is drawn: made whole, from what is there, and never changed.

use accesskit::{Action, Live, Node, NodeId, Rect, Role, Toggled, Tree, TreeId, TreeUpdate};
use bevy::ecs::system::SystemParam;
use bevy::input_focus::InputFocus;
use bevy::input_focus::tab_navigation::TabGroup;
use bevy::prelude::{ComputedNode, Entity, ImageNode, Query, Res, Text, TextFont, Window, With};
use bevy::ui::UiGlobalTransform;
use bevy::window::PrimaryWindow;

use super::order::Reading;
use super::{Means, Spoken};
use crate::kiosk::theme::text;
use crate::kiosk::theme::widget::Look;
use crate::kiosk::visit::{Texts, Visit};

/// What the tree is made from.
#[derive(SystemParam)]
pub(in crate::kiosk) struct Told<'w, 's> {
    reading: Reading<'w, 's>,
    window: Query<'w, 's, (Entity, &'static Window), With<PrimaryWindow>>,
    pages: Query<'w, 's, &'static TabGroup>,
    texts: Query<'w, 's, (&'static Text, &'static TextFont)>,
    images: Query<'w, 's, (), With<ImageNode>>,
    means: Query<'w, 's, &'static Means>,
    spoken: Query<'w, 's, &'static Spoken>,
    looks: Query<'w, 's, &'static Look>,
    parents: Query<'w, 's, &'static bevy::prelude::ChildOf>,
    places: Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform)>,
    focus: Res<'w, InputFocus>,
    visit: Res<'w, Visit>,
    locales: Res<'w, Texts>,
}

/// Something on the screen, as it is read.
struct Said {
    entity: Entity,
    node: Node,
    /// Those next to each other that stand in the same one form a set.
    set: Option<(Entity, Role)>,
}

impl Told<'_, '_> {
    /// The whole tree; nothing while there is no window.
    pub(in crate::kiosk) fn tree(&self) -> Option<TreeUpdate> {
        let (window_entity, window) = self.window.single().ok()?;
        let root = id(window_entity);
        let mut window_node = Node::new(Role::Window);
        window_node.set_label(window.title.as_str());
        // Everything below inherits it.
        window_node.set_language(self.visit.language.as_str());
        let size = window.physical_size().as_dvec2();
        window_node.set_bounds(Rect::new(0.0, 0.0, size.x, size.y));
        let mut nodes = Vec::new();
        let mut focus = root;
        if let Some(page) = self.reading.page() {
            focus = self.add_page(page, &mut nodes).unwrap_or(root);
            window_node.push_child(id(page));
        }
        nodes.push((root, window_node));
        Some(TreeUpdate {
            nodes,
            tree: Some(Tree::new(root)),
            tree_id: TreeId::ROOT,
            focus,
        })
    }

    /// Adds a page and everything on it; returns what has the focus. Where keys have not been
    /// used yet that is what the screen is about, so that it is read first.
    fn add_page(&self, page: Entity, nodes: &mut Vec<(NodeId, Node)>) -> Option<NodeId> {
        let modal = self.pages.get(page).is_ok_and(|page| page.modal);
        let mut page_node = Node::new(if modal { Role::AlertDialog } else { Role::Main });
        if modal {
            page_node.set_modal();
        }
        self.set_place(page, &mut page_node);
        let mut said = Vec::new();
        self.reading.walk(page, &mut |entity| {
            let one = self.say(entity);
            let known = one.is_some();
            said.extend(one);
            // Controls and what belongs together are said as one.
            !known
        });
        // Where one is has been said with the question.
        if said.iter().any(|one| one.node.role() == Role::Alert) {
            for one in &mut said {
                if self.means.get(one.entity) == Ok(&Means::Progress) {
                    one.node.clear_live();
                }
            }
        }
        let headings = || said.iter().filter(|one| one.node.role() == Role::Heading);
        let verdict = said.iter().find(|one| one.node.role() == Role::Alert);
        let about = verdict.or_else(|| headings().next()).map(|one| one.entity);
        let title = headings().next().map(|one| id(one.entity));
        if let Some(title) = title {
            page_node.set_labelled_by([title]);
        }
        let focused = self.focus.get();
        let has_focus = |one: &&Said| Some(one.entity) == focused;
        let focus = said.iter().find(has_focus).map(|one| one.entity).or(about);
        for set in said.chunk_by_mut(|a, b| a.set.is_some() && a.set == b.set) {
            match set[0].set {
                Some((_, role)) => {
                    let mut group = Node::new(role);
                    group.set_size_of_set(set.len());
                    if let Some(title) = title {
                        group.set_labelled_by([title]);
                    }
                    for (place, one) in set.iter_mut().enumerate() {
                        one.node.set_position_in_set(place);
                        group.push_child(id(one.entity));
                    }
                    // Named after its first; no entity has such an id.
                    let group_id = NodeId(!set[0].entity.to_bits());
                    page_node.push_child(group_id);
                    nodes.push((group_id, group));
                }
                None => page_node.push_child(id(set[0].entity)),
            }
            let taken = |one: &mut Said| (id(one.entity), std::mem::take(&mut one.node));
            nodes.extend(set.iter_mut().map(taken));
        }
        nodes.push((id(page), page_node));
        focus.map(id)
    }

    /// What is said of something by itself; nothing of what only holds other things together.
    fn say(&self, entity: Entity) -> Option<Said> {
        let means = self.means.get(entity).copied().ok();
        let (mut node, set) = if self.reading.is_control(entity) {
            self.control(entity, means)
        } else if let (true, Ok(spoken)) = (self.images.contains(entity), self.spoken.get(entity)) {
            let mut node = Node::new(Role::Image);
            node.set_label(spoken.0.as_str());
            (node, None)
        } else {
            self.words_of(entity, means)?
        };
        self.set_place(entity, &mut node);
        Some(Said { entity, node, set })
    }

    fn control(&self, entity: Entity, means: Option<Means>) -> (Node, Option<(Entity, Role)>) {
        let look = self.looks.get(entity).copied().ok();
        let role = match means {
            Some(Means::OneOf) => Role::RadioButton,
            Some(Means::SomeOf) => Role::CheckBox,
            _ if self.is_beside_selected(entity) => Role::RadioButton,
            _ => Role::Button,
        };
        let mut node = Node::new(role);
        node.set_label(match self.spoken.get(entity) {
            Ok(spoken) => spoken.0.clone(),
            Err(_) => self.words(entity),
        });
        node.add_action(Action::Click);
        node.add_action(Action::Focus);
        if role != Role::Button {
            node.set_toggled(Toggled::from(look == Some(Look::Selected)));
        }
        if look == Some(Look::Waiting) {
            node.set_disabled();
            // AT-SPI is not told of it by the bridge, but descriptions are read.
            let words = self.locales.0.text(&self.visit.language, "access-waiting");
            node.set_description(words);
        }
        let set = match role {
            Role::RadioButton => Some(Role::RadioGroup),
            Role::CheckBox => Some(Role::Group),
            _ => None,
        };
        (node, set.and_then(|role| self.among(entity, role)))
    }

    /// A text, or several that are read as one.
    fn words_of(
        &self,
        entity: Entity,
        means: Option<Means>,
    ) -> Option<(Node, Option<(Entity, Role)>)> {
        let font = self.texts.get(entity).ok().map(|(_, font)| font);
        if means.is_none() && font.is_none() {
            return None;
        }
        let words = match means {
            Some(Means::Secret) => self.count_of(entity),
            _ => self.words(entity),
        };
        if words.is_empty() {
            return None;
        }
        let role = match means {
            Some(Means::Verdict) => Role::Alert,
            Some(Means::Item) => Role::ListItem,
            Some(Means::Heading) => Role::Heading,
            Some(Means::Progress | Means::News | Means::Secret) => Role::Label,
            _ if font.is_some_and(text::is_heading) => Role::Heading,
            _ => Role::Label,
        };
        let mut node = Node::new(role);
        // The name of a label is its value.
        if role == Role::Label {
            node.set_value(words);
        } else {
            node.set_label(words);
        }
        if role == Role::Heading {
            node.set_level(1);
        }
        match means {
            Some(Means::Verdict) => node.set_live(Live::Assertive),
            Some(Means::Progress | Means::News | Means::Secret) => node.set_live(Live::Polite),
            _ => {}
        }
        let list = (role == Role::ListItem).then_some(Role::List);
        Some((node, list.and_then(|role| self.among(entity, role))))
    }

    fn among(&self, entity: Entity, role: Role) -> Option<(Entity, Role)> {
        let parent = self.parents.get(entity).ok()?;
        Some((parent.parent(), role))
    }

    /// Whether it is selected, or is one of those beside it of which one is.
    fn is_beside_selected(&self, entity: Entity) -> bool {
        let is_choice = |entity: Entity| {
            let look = self.looks.get(entity);
            self.reading.is_control(entity)
                && look.is_ok_and(|look| matches!(look, Look::Choice | Look::Selected))
        };
        let is_selected = |entity: Entity| self.looks.get(entity) == Ok(&Look::Selected);
        let Ok(parent) = self.parents.get(entity) else {
            return false;
        };
        let mut found = false;
        self.reading.walk(parent.parent(), &mut |sibling| {
            found |= is_choice(sibling) && is_selected(sibling);
            false
        });
        found && is_choice(entity)
    }

    /// Everything that is written on something. Icons and quotation marks are not read.
    fn words(&self, entity: Entity) -> String {
        let mut words: Vec<&str> = Vec::new();
        let mut add = |entity: Entity| {
            if let Ok((text, font)) = self.texts.get(entity)
                && !text::is_symbol(font)
                && text.chars().any(char::is_alphanumeric)
            {
                words.push(text.trim());
            }
        };
        add(entity);
        self.reading.walk(entity, &mut |child| {
            add(child);
            true
        });
        text::read(&words.join(" "))
    }

    /// How many digits have been typed.
    fn count_of(&self, entity: Entity) -> String {
        let dots = self.texts.get(entity).map_or("", |(text, _)| text.as_str());
        let count = dots.split_whitespace().count();
        let count = [("n", count.into())];
        let language = &self.visit.language;
        self.locales.0.format(language, "access-digits", &count)
    }

    fn set_place(&self, entity: Entity, node: &mut Node) {
        if let Ok((size, at)) = self.places.get(entity) {
            let place = bevy::math::Rect::from_center_size(at.translation, size.size());
            let (min, max) = (place.min.as_dvec2(), place.max.as_dvec2());
            node.set_bounds(Rect::new(min.x, min.y, max.x, max.y));
        }
    }
}

fn id(entity: Entity) -> NodeId {
    NodeId(entity.to_bits())
}
