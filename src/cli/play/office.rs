//! The packs of a station, as the staff screen needs them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::bank::{self, Pack, PackFiles, Problem, Question, QuestionBank};
use crate::cli::shelf::Shelf;
use crate::config::Station;
use crate::embedded;
use crate::files;
use crate::hotlines::Hotlines;
use crate::kiosk::{
    Alarm, Back, Find, FoundPack, Offer, Origin, PackAt, PackOffice, PackRow, Trial,
};
use crate::locale::Locales;
use crate::packs::signature::PublicKey;
use crate::packs::sticks;
use crate::packs::store::{Incoming, Installed, Prepared, Store, TRIAL_SESSIONS, Trust};
use crate::packs::{self, Refused};
use crate::upload::Shelved;

use super::log::StaffLog;

/// How long sticks are searched.
const SEARCH_LIMIT: Duration = Duration::from_secs(5);

/// The most bytes of the pointer that are compared.
const POINTER_LIMIT: u64 = 1024 * 1024;

/// Keeps the packs of one station.
#[derive(Clone)]
pub(super) struct Office {
    data: PathBuf,
    /// Folders with more packs, named when the program was started.
    more: Vec<PathBuf>,
    store: Store,
    /// The telephone numbers of the station.
    hotlines: Hotlines,
}

impl Office {
    pub(super) fn new(data: &Path, more: &[PathBuf], store: &Store, station: &Station) -> Self {
        Self {
            data: data.to_owned(),
            more: more.to_owned(),
            store: store.clone(),
            hotlines: Hotlines::with_own(&station.hotlines),
        }
    }

    /// Loads every pack there is: those inside the program, those installed, those named. Of one
    /// id the highest version plays.
    pub(super) fn load(
        &self,
        locales: &Locales,
        log: &mut StaffLog,
    ) -> (QuestionBank, Vec<Problem>) {
        let (installed, alarms) = self.store.active_packs();
        log.of_packs(alarms, locales);
        let mut packs: Vec<PackFiles> = embedded::packs().chain(installed).collect();
        for folder in &self.more {
            let shown = folder.display().to_string();
            let unread = Alarm::new("packs-unread").with("folder", shown.as_str());
            if let Some(found) = log.keep(bank::find_packs(folder), unread) {
                if found.is_empty() {
                    let none = Alarm::new("packs-none").with("folder", shown.as_str());
                    log.say(&format!("there is no pack in `{shown}`"), none);
                }
                packs.extend(found);
            }
        }
        let (bank, problems) = bank::load(packs, jiff::Zoned::now().date());
        (bank.with_hotlines(&self.hotlines), problems)
    }

    /// The same later on, when what is wrong has been said before.
    pub(super) fn load_again(&self) -> QuestionBank {
        let (installed, _) = self.store.active_packs();
        let more = self.more.iter();
        let named = more.flat_map(|folder| bank::find_packs(folder).unwrap_or_default());
        let packs = embedded::packs().chain(installed).chain(named);
        let (bank, _) = bank::load(packs, jiff::Zoned::now().date());
        bank.with_hotlines(&self.hotlines)
    }

    /// Whose packs the station takes. Settings that cannot be read let nobody in.
    fn trust(&self) -> Trust {
        let Ok(station) = Station::read(&self.data) else {
            return Trust::default();
        };
        let keys = station.keys.iter();
        Trust {
            keys: keys.filter_map(|key| PublicKey::parse(key).ok()).collect(),
            unsigned_allowed: station.unsigned_allowed(),
        }
    }
}

impl PackOffice for Office {
    fn list(&self) -> Vec<PackRow> {
        let today = jiff::Zoned::now().date();
        let installed = self.store.installed().unwrap_or_default();
        let row = |pack: &Pack| {
            let info = pack.info();
            let own = installed
                .iter()
                .find(|own| own.id == info.id() && own.version == info.version());
            let count = |wanted: &dyn Fn(&Question) -> bool| {
                let questions = pack.questions().iter();
                questions.filter(|question| wanted(question)).count()
            };
            PackRow {
                id: info.id().to_owned(),
                version: info.version(),
                title: info.title().clone(),
                publisher: Some(info.publisher().clone()),
                origin: own.map_or(Origin::BuiltIn, |_| Origin::Installed),
                trial: own.and_then(|own| own.trial_left).map(|left| Trial {
                    done: TRIAL_SESSIONS.saturating_sub(left),
                    of: TRIAL_SESSIONS,
                }),
                questions: pack.questions().len(),
                past_review: count(&|question| question.review_by() < today),
                without_line: count(&Question::lacks_line),
                back: own.and_then(back),
            }
        };
        let mut rows: Vec<PackRow> = self.load_again().packs().iter().map(row).collect();
        rows.sort_by(|one, other| one.id.cmp(&other.id));
        rows
    }

    fn find(&self) -> Find {
        let station = Station::read(&self.data).unwrap_or_default();
        let begun = Instant::now();
        let found = sticks::find(&station.sticks, &|| begun.elapsed() > SEARCH_LIMIT);
        let on_sticks = found.packs.into_iter().map(|pack| FoundPack {
            at: PackAt::Stick(pack.path),
            shown_name: pack.shown_name,
            size: pack.size,
            signed: pack.signed,
        });
        let mut packs: Vec<FoundPack> = on_sticks.collect();
        let mut unreached = None;
        if let Some(address) = &station.packs_from {
            let shelved = Shelf::open(address, &self.data).and_then(|shelf| shelf.newest());
            match shelved {
                Ok(shelved) => packs.extend(shelved.into_iter().map(|pack| FoundPack {
                    shown_name: packs::shown(&pack.name),
                    at: PackAt::Server(pack.name),
                    size: pack.size,
                    signed: pack.signed,
                })),
                Err(refused) => unreached = Some(refused),
            }
        }
        Find {
            packs,
            truncated: found.truncated,
            unreadable: found.unreadable.len(),
            unreached,
        }
    }

    fn prepare(
        &self,
        pack: &FoundPack,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Offer, Refused> {
        let shelf;
        let incoming = match &pack.at {
            PackAt::Stick(path) => Incoming::from_file(path)?,
            PackAt::Server(name) => {
                let station = Station::read(&self.data).unwrap_or_default();
                let address = station.packs_from.unwrap_or_default();
                shelf = Shelf::open(&address, &self.data)?;
                shelf.incoming(&Shelved {
                    name: name.clone(),
                    size: pack.size,
                    signed: pack.signed,
                })?
            }
        };
        let today = jiff::Zoned::now().date();
        // Whether an unsigned one is wanted is asked afterwards, and looked at when committing.
        let prepared =
            self.store
                .prepare(incoming, &self.trust(), true, today, &mut |_, done, all| {
                    progress(done, all);
                })?;
        let (info, changes) = (prepared.pack().info(), prepared.changes());
        Ok(Offer {
            id: info.id().to_owned(),
            version: info.version(),
            title: info.title().clone(),
            publisher: Some(info.publisher().clone()),
            signer: prepared.signer().map(|signer| signer.key_id.clone()),
            replaces: prepared.in_use(),
            added: changes.added.len(),
            changed: changes.changed.len(),
            removed: changes.removed.len(),
            prepared: Box::new(prepared),
        })
    }

    fn commit(&self, offer: Offer, accept_unsigned: bool) -> Result<(), Refused> {
        if offer.signer.is_none() && !accept_unsigned {
            return Err(Refused::new("unsigned-needs-consent"));
        }
        let prepared = offer.prepared.downcast::<Prepared>();
        // Nobody else makes offers.
        let prepared = prepared.map_err(|_| Refused::new("not-a-pack"))?;
        self.store.commit(*prepared, jiff::Timestamp::now())?;
        Ok(())
    }

    fn roll_back(&self, id: &str) -> Result<(), Refused> {
        self.store.roll_back(id, jiff::Timestamp::now())?;
        Ok(())
    }

    fn remove(&self, id: &str) -> Result<(), Refused> {
        self.store.remove(id, jiff::Timestamp::now())
    }

    fn stamp(&self) -> Vec<u8> {
        let pointer = self.data.join("packs/active.json");
        files::read(&pointer, POINTER_LIMIT).unwrap_or_default()
    }
}

fn back(own: &Installed) -> Option<Back> {
    match (own.before, own.built_in) {
        (Some(version), _) => Some(Back::Version(version)),
        (None, built_in) => built_in.map(Back::BuiltIn),
    }
}
