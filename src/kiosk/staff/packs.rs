//! Packs: what is installed, what lies on sticks or a server, and what installing it would change.

use bevy::prelude::*;

use super::area::{self, Area, Told, rows_that_fit};
use super::ask::{self, Deed};
use super::desk::Desk;
use super::languages;
use super::packs_port::{Back, Find, FoundPack, Offer, Origin, PackAt, PackRow};
use super::parts::{self, View, button, does};
use super::work::Work;
use crate::bank::{Arg, Localised};
use crate::kiosk::screens::Screen;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, LEAST_GAP, Look};
use crate::kiosk::visit::{Questions, Visit};
use crate::packs::Refused;

/// What the tab shows.
#[derive(Default)]
pub(super) struct Packs {
    /// The packs in use; `None` while they are being read.
    pub(super) rows: Option<Vec<PackRow>>,
    /// What was found on sticks and on the server.
    pub(super) found: Find,
    pub(super) place: Place,
    /// The page of the list that is open, from 0.
    page: usize,
}

/// Where in the tab one is.
#[derive(Default)]
pub(super) enum Place {
    #[default]
    List,
    /// The pack of this id.
    One(String),
    Found,
    /// A pack that could be installed.
    Offer(Box<Offer>),
}

impl Packs {
    /// Whether one is anywhere but at the beginning.
    pub(super) fn is_inside(&self) -> bool {
        !matches!(self.place, Place::List)
    }
}

/// Reads which packs there are.
pub(super) fn list(world: &mut World) {
    area::read(
        world,
        |desk| desk.packs.list(),
        |area, rows| area.packs.rows = Some(rows),
    );
}

/// Goes back to the beginning of the tab.
pub(super) fn list_again(world: &mut World) {
    go_to(world, Place::List);
}

fn go_to(world: &mut World, place: Place) {
    let mut area = world.resource_mut::<Area>();
    area.told = None;
    area.packs.page = 0;
    let left = std::mem::replace(&mut area.packs.place, place);
    // An offer that is dropped takes its files with it, which is work for a thread.
    world.resource::<Work>().start(move |_| drop(left));
    area::redraw(world);
}

fn search(world: &mut World) {
    area::wait_for(
        world,
        "staff-packs-searching",
        |desk, _| desk.packs.find(),
        |world, found| {
            world.resource_mut::<Area>().packs.found = found;
            go_to(world, Place::Found);
        },
    );
}

fn prepare(world: &mut World, pack: FoundPack) {
    area::wait_for(
        world,
        "staff-packs-copying",
        move |desk, progress| desk.packs.prepare(&pack, progress),
        |world, prepared| match prepared {
            Ok(offer) => go_to(world, Place::Offer(Box::new(offer))),
            Err(refused) => world.resource_mut::<Area>().told = Some(Told::Refused(refused)),
        },
    );
}

/// Installs what is offered, or asks first.
fn install(world: &mut World) {
    let place = &world.resource::<Area>().packs.place;
    let Place::Offer(offer) = place else { return };
    if offer.signer.is_some() {
        return commit(world, false);
    }
    let title = title(world, &offer.title);
    ask::ask(world, Deed::Unsigned, vec![("title", title.into())]);
}

/// Installs what is offered.
pub(super) fn commit(world: &mut World, accept_unsigned: bool) {
    let mut area = world.resource_mut::<Area>();
    let Place::Offer(offer) = std::mem::take(&mut area.packs.place) else {
        return;
    };
    let said = vec![
        ("title", title(world, &offer.title).into()),
        ("version", number(offer.version)),
    ];
    change(
        world,
        "staff-packs-installing",
        Told::Done("staff-packs-installed", said),
        move |desk| desk.packs.commit(*offer, accept_unsigned),
    );
}

/// Goes back to the version before.
pub(super) fn roll_back(world: &mut World, id: String) {
    change(
        world,
        "staff-packs-going-back",
        Told::Done("staff-packs-gone-back", vec![("id", id.clone().into())]),
        move |desk| desk.packs.roll_back(&id),
    );
}

/// Removes a pack.
pub(super) fn remove(world: &mut World, id: String) {
    change(
        world,
        "staff-packs-removing",
        Told::Done("staff-packs-removed", vec![("id", id.clone().into())]),
        move |desk| desk.packs.remove(&id),
    );
}

/// Changes the packs, and then the questions to be asked from now on.
fn change(
    world: &mut World,
    key: &'static str,
    well: Told,
    deed: impl FnOnce(&Desk) -> Result<(), Refused> + Send + 'static,
) {
    area::wait_for(
        world,
        key,
        move |desk, _| {
            let done = deed(desk);
            // Even after a refusal: what is shown is what is there.
            (done, (desk.reload)(), desk.packs.list())
        },
        |world, (done, bank, rows)| {
            // Nobody plays while the staff area is open.
            world.resource_mut::<Questions>().0 = bank;
            let mut area = world.resource_mut::<Area>();
            area.packs = Packs {
                rows: Some(rows),
                ..default()
            };
            area.told = Some(match done {
                Ok(()) => well,
                Err(refused) => Told::Refused(refused),
            });
        },
    );
}

/// The packs as they were when the questions were loaded.
#[derive(Resource, Default)]
struct Loaded(Option<Vec<u8>>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Loaded>()
        .add_systems(OnEnter(Screen::Attract), follow_changes);
}

/// Loads the questions anew when somebody has changed the packs beside the running kiosk; only
/// here, where nobody plays.
fn follow_changes(work: Option<Res<Work>>, desk: Res<Desk>, loaded: Res<Loaded>) {
    // The very first time comes before there is any work.
    let Some(work) = work else { return };
    let (desk, before) = (desk.clone(), loaded.0.clone());
    work.start(move |work| {
        let stamp = desk.packs.stamp();
        let bank = before
            .is_some_and(|before| before != stamp)
            .then(|| (desk.reload)());
        work.tell(move |world| {
            if let Some(bank) = bank {
                if *world.resource::<State<Screen>>().get() != Screen::Attract {
                    return;
                }
                world.resource_mut::<Questions>().0 = bank;
            }
            world.resource_mut::<Loaded>().0 = Some(stamp);
        });
    });
}

fn title(world: &World, title: &Localised) -> String {
    title.get(&world.resource::<Visit>().language).to_owned()
}

fn number(number: u32) -> Arg {
    Arg::Number(i64::from(number))
}

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    let packs = &view.area.packs;
    match &packs.place {
        Place::List => spawn_list(content, view, packs),
        Place::One(id) => {
            let rows = packs.rows.iter().flatten();
            if let Some(row) = rows.into_iter().find(|row| row.id == *id) {
                spawn_one(content, view, row);
            }
        }
        Place::Found => spawn_found(content, view, packs),
        Place::Offer(offer) => spawn_offer(content, view, offer),
    }
}

fn spawn_list(content: &mut ChildSpawnerCommands<'_>, view: &View, packs: &Packs) {
    content.spawn(parts::controls()).with_children(|row| {
        let word = view.say("staff-packs-search");
        button(row, "search", Look::Action, "arrow-right", word, search);
    });
    let Some(rows) = &packs.rows else {
        return parts::line(content, view.say("staff-reading"));
    };
    spawn_page(content, view, rows, packs.page, |list, row| {
        let said = view.say_with(
            "staff-packs-row",
            &[
                ("id", row.id.as_str().into()),
                ("version", row.version.into()),
                ("n", row.questions.into()),
            ],
        );
        let mut marks = vec![said, origin(view, row)];
        if let Some(trial) = row.trial {
            let args = [("n", trial.done.into()), ("of", trial.of.into())];
            marks.push(view.say_with("staff-packs-trial", &args));
        }
        if row.past_review > 0 {
            let args = [("n", row.past_review.into())];
            marks.push(view.say_with("staff-packs-past", &args));
        }
        if row.without_line > 0 {
            let args = [("n", row.without_line.into())];
            marks.push(view.say_with("staff-packs-lineless", &args));
        }
        marks.extend(languages::lacking_in_pack(view, &row.id));
        let id = row.id.clone();
        spawn_row(
            list,
            format!("pack-{id}"),
            row.title.get(&view.scene.visit.language),
            &marks.join(&view.say("staff-between")),
            move |world| go_to(world, Place::One(id.clone())),
        );
    });
}

fn origin(view: &View, row: &PackRow) -> String {
    match row.origin {
        Origin::BuiltIn => view.say("staff-packs-built-in"),
        Origin::Installed => view.say("staff-packs-on-disk"),
    }
}

/// A page of a list, and the way to the other pages.
fn spawn_page<T>(
    content: &mut ChildSpawnerCommands<'_>,
    view: &View,
    rows: &[T],
    page: usize,
    spawn: impl Fn(&mut ChildSpawnerCommands<'_>, &T),
) {
    let room = rows_that_fit(view);
    let pages = rows.len().div_ceil(room).max(1);
    let page = page.min(pages - 1);
    content
        .spawn(Node {
            flex_grow: 1.0,
            flex_shrink: 0.0,
            row_gap: px(LEAST_GAP),
            ..widget::stack(FlexDirection::Column)
        })
        .with_children(|list| {
            for row in rows.iter().skip(page * room).take(room) {
                spawn(list, row);
            }
        });
    if pages == 1 {
        return;
    }
    content
        .spawn(Node {
            align_items: AlignItems::Center,
            ..parts::controls()
        })
        .with_children(|row| {
            if page > 0 {
                let word = view.say("staff-page-before");
                button(
                    row,
                    "page-before",
                    Look::Choice,
                    "caret-left",
                    word,
                    move |world| {
                        turn_to(world, page - 1);
                    },
                );
            }
            let args = [("n", (page + 1).into()), ("of", pages.into())];
            parts::line(row, view.say_with("staff-page", &args));
            if page + 1 < pages {
                let word = view.say("staff-page-next");
                button(
                    row,
                    "page-next",
                    Look::Choice,
                    "caret-right",
                    word,
                    move |world| {
                        turn_to(world, page + 1);
                    },
                );
            }
        });
}

fn turn_to(world: &mut World, page: usize) {
    world.resource_mut::<Area>().packs.page = page;
    area::redraw(world);
}

/// A row of a list: what it is, and below it more about it.
fn spawn_row(
    list: &mut ChildSpawnerCommands<'_>,
    name: String,
    title: &str,
    more: &str,
    deed: impl Fn(&mut World) + Clone + Send + Sync + 'static,
) {
    let node = Node {
        flex_direction: FlexDirection::Column,
        align_items: AlignItems::Start,
        row_gap: px(2),
        flex_shrink: 0.0,
        ..widget::control()
    };
    list.spawn((widget::button(name, Look::Choice, node), does(deed)))
        .with_children(|row| {
            row.spawn(text::bold(title, Size::Body, palette::INK));
            row.spawn(text::plain(more, Size::Small, palette::INK_SOFT));
        });
}

fn back_button(row: &mut ChildSpawnerCommands<'_>, view: &View) {
    let word = view.say("staff-back");
    button(row, "back", Look::Choice, "arrow-left", word, list_again);
}

fn spawn_one(content: &mut ChildSpawnerCommands<'_>, view: &View, row: &PackRow) {
    let title = row.title.get(&view.scene.visit.language).to_owned();
    parts::heading(content, title.clone());
    spawn_identity(content, view, &row.id, row.version, row.publisher.as_ref());
    parts::fact(content, view.say("staff-packs-from"), origin(view, row));
    parts::fact(
        content,
        view.say("staff-packs-questions"),
        row.questions.to_string(),
    );
    parts::fact(
        content,
        view.say("staff-packs-past-review"),
        row.past_review.to_string(),
    );
    if row.without_line > 0 {
        let named = row.without_line.to_string();
        parts::fact(content, view.say("staff-packs-without-line"), named);
    }
    for lacking in languages::lacking_in_pack(view, &row.id) {
        parts::note(content, lacking);
    }
    if let Some(trial) = row.trial {
        let args = [("n", trial.done.into()), ("of", trial.of.into())];
        parts::note(content, view.say_with("staff-packs-trial-what", &args));
    }
    content.spawn(parts::controls()).with_children(|controls| {
        back_button(controls, view);
        if let Some(back) = row.back {
            let (key, version) = match back {
                Back::Version(version) => ("staff-packs-back-to", version),
                Back::BuiltIn(version) => ("staff-packs-back-to-built-in", version),
            };
            let word = view.say_with(key, &[("version", version.into())]);
            let to = vec![
                ("title", title.clone().into()),
                ("version", number(version)),
            ];
            let id = row.id.clone();
            button(
                controls,
                "roll-back",
                Look::Choice,
                "arrow-counter-clockwise",
                word,
                move |world| {
                    ask::ask(world, Deed::RollBack(id.clone()), to.clone());
                },
            );
        }
        if row.origin == Origin::Installed {
            let to = vec![("title", title.clone().into())];
            let id = row.id.clone();
            let word = view.say("staff-packs-remove");
            button(controls, "remove", Look::Choice, "x", word, move |world| {
                ask::ask(world, Deed::Remove(id.clone()), to.clone());
            });
        }
    });
}

fn spawn_identity(
    content: &mut ChildSpawnerCommands<'_>,
    view: &View,
    id: &str,
    version: u32,
    publisher: Option<&Localised>,
) {
    parts::fact(content, view.say("staff-packs-id"), id);
    parts::fact(
        content,
        view.say("staff-packs-version"),
        version.to_string(),
    );
    if let Some(publisher) = publisher {
        let publisher = publisher.get(&view.scene.visit.language);
        parts::fact(content, view.say("staff-packs-publisher"), publisher);
    }
}

fn spawn_found(content: &mut ChildSpawnerCommands<'_>, view: &View, packs: &Packs) {
    let found = &packs.found;
    content.spawn(parts::controls()).with_children(|row| {
        back_button(row, view);
        let word = view.say("staff-packs-search-again");
        button(
            row,
            "search",
            Look::Choice,
            "arrow-counter-clockwise",
            word,
            search,
        );
    });
    if found.truncated {
        parts::note(content, view.say("staff-packs-truncated"));
    }
    if found.unreadable > 0 {
        let args = [("n", found.unreadable.into())];
        parts::note(content, view.say_with("staff-packs-unreadable", &args));
    }
    if let Some(unreached) = &found.unreached {
        let said = view.say_coded("pack", unreached.code, &unreached.args);
        parts::notice(content, "unreached", false, said);
    }
    if found.packs.is_empty() {
        return parts::line(content, view.say("staff-packs-none"));
    }
    spawn_page(content, view, &found.packs, packs.page, |list, pack| {
        spawn_found_pack(list, view, pack);
    });
}

fn spawn_found_pack(list: &mut ChildSpawnerCommands<'_>, view: &View, pack: &FoundPack) {
    let signed = if pack.signed {
        "staff-packs-signed"
    } else {
        "staff-packs-unsigned"
    };
    let (place, name) = match &pack.at {
        PackAt::Stick(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            ("staff-packs-on-stick", format!("stick-{name}"))
        }
        PackAt::Server(name) => ("staff-packs-on-server", format!("server-{name}")),
    };
    let more = [view.say(place), view.size(pack.size), view.say(signed)];
    let more = more.join(&view.say("staff-between"));
    let found = pack.clone();
    spawn_row(list, name, &pack.shown_name, &more, move |world| {
        prepare(world, found.clone());
    });
}

fn spawn_offer(content: &mut ChildSpawnerCommands<'_>, view: &View, offer: &Offer) {
    let title = offer.title.get(&view.scene.visit.language);
    parts::heading(content, title);
    spawn_identity(
        content,
        view,
        &offer.id,
        offer.version,
        offer.publisher.as_ref(),
    );
    if let Some(signer) = &offer.signer {
        parts::fact(content, view.say("staff-packs-signer"), signer);
    }
    match offer.replaces {
        Some(version) => parts::fact(
            content,
            view.say("staff-packs-replaces"),
            version.to_string(),
        ),
        None => parts::note(content, view.say("staff-packs-new")),
    }
    for (key, count) in [
        ("staff-packs-added", offer.added),
        ("staff-packs-changed", offer.changed),
        ("staff-packs-gone", offer.removed),
    ] {
        parts::fact(content, view.say(key), count.to_string());
    }
    if offer.signer.is_none() {
        let said = (
            view.say("staff-packs-unsigned-what"),
            view.say("staff-packs-unsigned-how"),
        );
        parts::notice(content, "unsigned", false, said);
    }
    content
        .spawn(Node {
            column_gap: px(GAP),
            ..parts::controls()
        })
        .with_children(|row| {
            back_button(row, view);
            let word = view.say("staff-packs-install");
            button(row, "install", Look::Action, "check-fat", word, install);
        });
}
