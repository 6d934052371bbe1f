//! Staff's screens with invented figures: for pictures of them and for measuring them. Nothing is
//! read and nothing is written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bevy::prelude::*;

use super::area::{Area, Busy, Tab, Told};
use super::ask::{Ask, Deed};
use super::desk::{Alarm, StaffDesk};
use super::export_port::{ExportOffice, ExportStick, Exported};
use super::packs::Place;
use super::packs_port::{Back, Find, FoundPack, Offer, Origin, PackAt, PackOffice, PackRow, Trial};
use super::pad::{Pad, Said, Step};
use super::reset::Reset;
use super::today::Looked;
use crate::bank::{Arg, QuestionBank};
use crate::config::Station;
use crate::kiosk::screens::Screen;
use crate::kiosk::visit::{Questions, Visit};
use crate::packs::Refused;
use crate::records::{Backlog, Figures, RequestRow, Span, Submitter};
use crate::staff::check_new;
use crate::upload::Trouble;

/// A screen of staff as it may be met.
pub(in crate::kiosk) struct Sample {
    /// The name of its picture.
    pub(in crate::kiosk) name: &'static str,
    /// Which screen it is.
    pub(in crate::kiosk) screen: Screen,
    /// Sets what the screen is made from.
    pub(in crate::kiosk) show: fn(&mut World),
}

impl Sample {
    const fn of(name: &'static str, screen: Screen, show: fn(&mut World)) -> Self {
        Self { name, screen, show }
    }
}

/// All of them.
pub(in crate::kiosk) const SAMPLES: &[Sample] = &[
    Sample::of("pad-new", Screen::Pad, |world| pad(world, Step::New, None)),
    Sample::of("pad-weak", Screen::Pad, |world| {
        pad(
            world,
            Step::New,
            check_new("121212").err().map(Said::Refused),
        );
    }),
    Sample::of("pad-wrong", Screen::Pad, |world| {
        pad(world, Step::Known, Some(Said::Wrong { tries: 2 }));
    }),
    Sample::of("pad-waiting", Screen::Pad, |world| {
        let now = world.resource::<Time<Real>>().elapsed();
        pad(world, Step::Waiting(now + Duration::from_secs(3600)), None);
    }),
    Sample::of("reset", Screen::Reset, |world| {
        let mut reset = world.resource_mut::<Reset>();
        reset.line = Some("kepu-pin-reset yongjia-shatou-03 k7rdq2mxw94htpe5".to_owned());
    }),
    Sample::of("staff-today", Screen::Staff, |world| {
        area(world, Tab::Today).looked = Some(looked());
    }),
    Sample::of("staff-today-nobody", Screen::Staff, |world| {
        area(world, Tab::Today).looked = Some(Looked {
            figures: Some(Figures::default()),
            ..looked()
        });
    }),
    Sample::of("staff-today-unread", Screen::Staff, |world| {
        area(world, Tab::Today).looked = Some(Looked {
            figures: None,
            ..looked()
        });
    }),
    Sample::of("staff-packs", Screen::Staff, |world| {
        packs(world, Place::List);
    }),
    Sample::of("staff-packs-refused", Screen::Staff, |world| {
        packs(world, Place::List).told = Some(Told::Refused(
            Refused::new("signature-wrong-key").with("key", "E7620F1842B4E81F"),
        ));
    }),
    Sample::of("staff-packs-one", Screen::Staff, |world| {
        let first = rows(world.resource::<Questions>()).into_iter().next();
        packs(
            world,
            Place::One(first.map(|row| row.id).unwrap_or_default()),
        );
    }),
    Sample::of("staff-packs-found", Screen::Staff, |world| {
        packs(world, Place::Found).packs.found = found();
    }),
    Sample::of("staff-packs-not-found", Screen::Staff, |world| {
        packs(world, Place::Found);
    }),
    Sample::of("staff-packs-offer", Screen::Staff, |world| {
        offer(world, Some("E7620F1842B4E81F"));
    }),
    Sample::of("staff-packs-unsigned", Screen::Staff, |world| {
        offer(world, None);
    }),
    Sample::of("staff-ask", Screen::Staff, |world| ask(world, false)),
    Sample::of("staff-ask-again", Screen::Staff, |world| ask(world, true)),
    Sample::of("staff-busy", Screen::Staff, |world| {
        area(world, Tab::Packs).busy = Some(Busy {
            key: "staff-packs-copying",
            progress: (13, 20),
        });
    }),
    Sample::of("staff-records", Screen::Staff, |world| {
        area(world, Tab::Records).looked = Some(looked());
    }),
    Sample::of("staff-records-exported", Screen::Staff, |world| {
        let mut area = area(world, Tab::Records);
        area.looked = Some(Looked {
            backlog: Some(Backlog::default()),
            ..looked()
        });
        let said = vec![("files", Arg::Number(14)), ("sessions", Arg::Number(1862))];
        area.told = Some(Told::Done("staff-records-exported", said));
    }),
    Sample::of("staff-records-sticks", Screen::Staff, |world| {
        area(world, Tab::Records).sticks = Some(
            [("KINGSTON", Some(14_200_000_000)), ("科普站 U盘", None)]
                .map(|(label, free)| ExportStick {
                    path: PathBuf::from(label),
                    shown_label: label.to_owned(),
                    free,
                })
                .into(),
        );
    }),
    Sample::of("staff-records-full", Screen::Staff, |world| {
        let mut area = area(world, Tab::Records);
        area.looked = Some(looked());
        let full = Alarm::new("stick-full").with("free", 3_usize);
        area.told = Some(Told::Wrong(full.with("needed", 41_usize)));
    }),
    Sample::of("staff-records-no-stick", Screen::Staff, |world| {
        area(world, Tab::Records).sticks = Some(Vec::new());
    }),
    Sample::of("staff-station", Screen::Staff, |world| {
        area(world, Tab::Station);
    }),
    Sample::of("staff-station-measured", Screen::Staff, |world| {
        area(world, Tab::Station).draft = Some(Station {
            panel_mm: Some((268, 476)),
            ..Station::default()
        });
    }),
    Sample::of("staff-station-small", Screen::Staff, |world| {
        area(world, Tab::Station).draft = Some(Station {
            panel_mm: Some((194, 345)),
            ..Station::default()
        });
    }),
    Sample::of("staff-health", Screen::Staff, |world| {
        area(world, Tab::Health).looked = Some(looked());
    }),
];

/// A desk with nothing behind it.
pub(in crate::kiosk) fn desk() -> StaffDesk {
    StaffDesk {
        data: PathBuf::new(),
        packs: Box::new(Nothing),
        export: Box::new(Nothing),
        reload: Box::new(QuestionBank::default),
        save_station: Box::new(|_| Err("this station is only shown".to_owned())),
        journal: Box::new(|_, _| {}),
        troubles: Box::new(|| vec![Alarm::of_upload(&Trouble::Network)]),
        alarms: vec![Alarm::new("copy-failed"), Alarm::new("station-file")],
    }
}

struct Nothing;

impl PackOffice for Nothing {
    fn list(&self) -> Vec<PackRow> {
        Vec::new()
    }

    fn find(&self) -> Find {
        Find::default()
    }

    fn prepare(&self, _: &FoundPack, _: &mut dyn FnMut(u64, u64)) -> Result<Offer, Refused> {
        Err(Refused::new("missing-file"))
    }

    fn commit(&self, _: Offer, _: bool) -> Result<(), Refused> {
        Ok(())
    }

    fn roll_back(&self, _: &str) -> Result<(), Refused> {
        Ok(())
    }

    fn remove(&self, _: &str) -> Result<(), Refused> {
        Ok(())
    }

    fn stamp(&self) -> Vec<u8> {
        Vec::new()
    }
}

impl ExportOffice for Nothing {
    fn sticks(&self) -> Vec<ExportStick> {
        Vec::new()
    }

    fn export(
        &self,
        _: &Path,
        _: Option<Submitter>,
        _: &mut dyn FnMut(u64, u64),
    ) -> Result<Exported, Alarm> {
        Ok(Exported::default())
    }

    fn last(&self) -> Option<String> {
        None
    }
}

fn pad(world: &mut World, step: Step, said: Option<Said>) {
    let mut pad = world.resource_mut::<Pad>();
    *pad = Pad::default();
    pad.step = step;
    pad.said = said;
    if matches!(step, Step::New | Step::Known) {
        pad.digits = "12345".to_owned();
    }
}

/// The area as it is when a tab has just been opened.
fn area(world: &mut World, tab: Tab) -> Mut<'_, Area> {
    let mut area = world.resource_mut::<Area>();
    *area = Area::default();
    area.tab = tab;
    area
}

fn packs(world: &mut World, place: Place) -> Mut<'_, Area> {
    let rows = rows(world.resource::<Questions>());
    let mut area = area(world, Tab::Packs);
    area.packs.rows = Some(rows);
    area.packs.place = place;
    area
}

/// The packs there are: the first installed and on trial, the second with much to see to.
fn rows(questions: &Questions) -> Vec<PackRow> {
    let packs = questions.0.packs().iter().enumerate();
    packs
        .map(|(index, pack)| PackRow {
            id: pack.info().id().to_owned(),
            version: pack.info().version() + 3,
            title: pack.info().title().clone(),
            publisher: Some(pack.info().publisher().clone()),
            origin: match index {
                0 | 1 => Origin::Installed,
                _ => Origin::BuiltIn,
            },
            trial: (index == 0).then_some(Trial { done: 7, of: 20 }),
            questions: pack.questions().len(),
            past_review: if index == 1 { 2 } else { 0 },
            without_line: usize::from(index < 2),
            back: (index == 0).then_some(Back::Version(3)),
        })
        .collect()
}

fn found() -> Find {
    let on_stick = |name: &str, size, signed| FoundPack {
        at: PackAt::Stick(PathBuf::from(name)),
        shown_name: name.to_owned(),
        size,
        signed,
    };
    let name = "emergency-flood-season-4.kepu";
    Find {
        packs: vec![
            on_stick("health-winter-2.kepu", 1_830_000, true),
            on_stick("our-village-1.kepu", 96_000, false),
            FoundPack {
                at: PackAt::Server(name.to_owned()),
                shown_name: name.to_owned(),
                size: 12_400_000,
                signed: true,
            },
        ],
        truncated: false,
        unreadable: 1,
        unreached: None,
    }
}

fn offer(world: &mut World, signer: Option<&str>) {
    let Some(row) = rows(world.resource::<Questions>()).into_iter().next() else {
        return;
    };
    packs(
        world,
        Place::Offer(Box::new(Offer {
            id: row.id,
            version: row.version + 1,
            title: row.title,
            publisher: row.publisher,
            signer: signer.map(str::to_owned),
            replaces: Some(row.version),
            added: 6,
            changed: 3,
            removed: 1,
            prepared: Box::new(()),
        })),
    );
}

fn ask(world: &mut World, again: bool) {
    offer(world, None);
    let title = match &world.resource::<Area>().packs.place {
        Place::Offer(offer) => offer
            .title
            .get(&world.resource::<Visit>().language)
            .to_owned(),
        _ => String::new(),
    };
    world.resource_mut::<Area>().ask = Some(Ask {
        deed: Deed::Unsigned,
        to: vec![("title", title.into())],
        again,
    });
}

/// A station that has been played at for some weeks, on a good day.
fn looked() -> Looked {
    let span = |started, answered, completed, answers| Span {
        started,
        answered,
        completed,
        answers,
    };
    let mut hours = [0; 24];
    for (hour, started) in (9..).zip([6, 14, 21, 3, 5, 18, 27, 12, 4]) {
        hours[hour] = started;
    }
    let topic = |(id, started): (&str, u64)| (id.to_owned(), started);
    let request = |(kind, choice, times): (&str, &str, u64)| RequestRow {
        kind: kind.to_owned(),
        choice: choice.to_owned(),
        times,
    };
    Looked {
        figures: Some(Figures {
            today: span(110, 104, 92, 587),
            week: span(403, 385, 341, 2_190),
            month: span(1_862, 1_790, 1_612, 10_244),
            all: span(12_480, 11_960, 10_733, 68_310),
            hours,
            topics: [
                ("health", 41),
                ("antifraud", 33),
                ("emergency", 21),
                ("agriculture", 15),
            ]
            .map(topic)
            .into(),
            requests: [
                ("topic", "phone-fraud", 312),
                ("topic", "first-aid", 204),
                ("form", "talk", 187),
            ]
            .map(request)
            .into(),
            since: Some("2026-03-02".to_owned()),
            bytes: 6_348_800,
        }),
        free: Some(18_600_000_000),
        backlog: Some(Backlog {
            unsealed: 37,
            batches: 2,
            sessions: 64,
            last_success: Some("2026-11-24".to_owned()),
        }),
        last_export: Some("2026-10-30".to_owned()),
    }
}
