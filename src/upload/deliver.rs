//! Sending: put, read back and compare, then mark.

use super::batch::{self, Name};
use super::{Found, Keeper, Place, Published, Trouble};
use crate::records::{Record, UnsentBatch};

/// How many copies may lie beside a file that has the name of a batch and is something else.
const MOST_COPIES: u8 = 9;

/// How a batch came to be at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It was put there now.
    New,
    /// It was there already, the same to the byte.
    There,
    /// Something else has its name. It lies beside, under this one.
    Beside(Name),
}

/// Puts a batch to a place and proves that it is there.
///
/// # Errors
///
/// When it is not proven to be there: then it is sent again, which changes nothing if it is.
pub fn deliver(place: &dyn Place, name: &Name, bytes: &[u8]) -> Result<Delivered, Trouble> {
    let mut own = name.clone();
    loop {
        let text = own.to_string();
        let published = place.publish(&text, bytes)?;
        let found = look(place, &text, bytes)?;
        match (published, found) {
            (_, Seen::Same) if own.copy > name.copy => return Ok(Delivered::Beside(own)),
            (Published::Written, Seen::Same) => return Ok(Delivered::New),
            (Published::There, Seen::Same) => return Ok(Delivered::There),
            // What was cut off, or what the place lost again, is put once more.
            (Published::There, Seen::Torso) => {
                place.replace(&text, bytes)?;
                return match look(place, &text, bytes)? {
                    Seen::Same => Ok(Delivered::New),
                    Seen::Torso | Seen::Other => Err(Trouble::Broken),
                };
            }
            (Published::There, Seen::Other) if own.copy < MOST_COPIES => {
                own = own.beside(own.copy + 1);
            }
            (Published::Written | Published::There, _) => return Err(Trouble::Broken),
        }
    }
}

/// What lies under the name of a batch.
enum Seen {
    Same,
    /// The beginning of the batch, or nothing.
    Torso,
    Other,
}

fn look(place: &dyn Place, name: &str, bytes: &[u8]) -> Result<Seen, Trouble> {
    let most = bytes.len() as u64;
    match place.read(name, most)? {
        Found::Bytes(found) if found == bytes => Ok(Seen::Same),
        Found::Bytes(found) if bytes.starts_with(&found) => Ok(Seen::Torso),
        Found::Nothing => Ok(Seen::Torso),
        found => {
            // Read once more: what differs from one time to the next is the way's fault.
            if place.read(name, most)? == found {
                Ok(Seen::Other)
            } else {
                Err(Trouble::Broken)
            }
        }
    }
}

/// What a run of sending did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Batches that are known to have arrived.
    pub batches: u64,
    /// The sessions in them.
    pub sessions: u64,
    /// What went wrong; the last of its kind stands.
    pub trouble: Option<Trouble>,
}

/// Sends every batch that is not known to have arrived, in the order in which they were sealed, and
/// marks each that has. Ends early when the trouble is not of one batch alone.
///
/// `told` hears how many batches are dealt with, of how many.
///
/// # Errors
///
/// [`Trouble::Records`] when the station's own records cannot be read or written.
pub fn send_all(
    keeper: &mut dyn Keeper,
    place: &dyn Place,
    today: Option<&str>,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Sent, Trouble> {
    each(keeper, place, told, |keeper, batch| {
        keeper.store(Record::Acknowledge {
            sequence: batch.sequence,
            on: today.map(str::to_owned),
        })
    })
}

/// As [`send_all`], without marking: a copy for a stick beside the way that is set up. What comes by
/// both counts once.
///
/// # Errors
///
/// As [`send_all`].
pub fn copy_all(
    keeper: &mut dyn Keeper,
    place: &dyn Place,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Sent, Trouble> {
    each(keeper, place, told, |_, _| Ok(()))
}

fn each(
    keeper: &mut dyn Keeper,
    place: &dyn Place,
    told: &mut dyn FnMut(usize, usize),
    arrived: impl Fn(&mut dyn Keeper, &UnsentBatch) -> Result<(), Trouble>,
) -> Result<Sent, Trouble> {
    let waiting = keeper.unsent()?;
    let mut sent = Sent::default();
    for (done, batch) in waiting.iter().enumerate() {
        told(done, waiting.len());
        // One batch that is damaged here must not hold up the others.
        let (name, bytes) = match frozen(keeper, batch) {
            Ok(frozen) => frozen,
            Err(trouble) => {
                sent.trouble = Some(trouble);
                continue;
            }
        };
        match deliver(place, &name, &bytes) {
            Ok(delivered) => {
                arrived(keeper, batch)?;
                sent.batches += 1;
                sent.sessions += batch.sessions;
                if let Delivered::Beside(_) = delivered {
                    sent.trouble = Some(Trouble::Conflict);
                }
            }
            Err(trouble) => {
                let goes_on = trouble.is_of_one_batch();
                sent.trouble = Some(trouble);
                if !goes_on {
                    break;
                }
            }
        }
    }
    told(waiting.len(), waiting.len());
    Ok(sent)
}

/// The name and the bytes of a batch, as they were sealed.
fn frozen(keeper: &dyn Keeper, batch: &UnsentBatch) -> Result<(Name, Vec<u8>), Trouble> {
    let damaged = || Trouble::Records(format!("batch {} is damaged", batch.name));
    let name: Name = batch.name.parse().map_err(|_| damaged())?;
    let bytes = keeper.batch_bytes(batch.sequence)?.ok_or_else(damaged)?;
    if batch::hash(&bytes) != batch.sha256 {
        return Err(damaged());
    }
    Ok((name, bytes))
}
