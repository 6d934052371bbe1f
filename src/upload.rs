//! Batches on their way: sealed at a station, sent to a place, collected in an office. And the other
//! way: question packs that are fetched from a server.
//!
//! A place is a folder, a stick, a `WebDAV` server or an S3-compatible store, named by a URL; no
//! server of ours exists. Sending is: put, read back and compare, then mark. Nothing a server says
//! is believed without reading back, because servers keep torsos and answer that all is well.
//!
//! Only this module touches a network. It runs no SQL and writes no file of its own.

mod batch;
mod collect;
mod credentials;
mod deliver;
mod folder;
mod http;
mod pace;
mod place;
mod seal;
mod shelf;
mod simulate;
mod store;
mod trouble;
mod uploader;

pub use batch::{
    Fault, MOST_BATCH_BYTES, MOST_LINE_BYTES, MOST_SESSIONS, MOST_TEXT_BYTES, Name, freeze, read,
};
pub use collect::{Aside, Collected, Error as CollectError, Progress, collect};
pub use credentials::{BadCredentials, Credentials};
pub use deliver::{Delivered, Sent, copy_all, deliver, send_all};
pub use folder::Folder;
pub use http::Patience;
pub use pace::{FIRST_WAIT, LONGEST_WAIT, Pace, REST};
pub use place::{BadUrl, Found, Place, Published, folder_of, place, remote};
pub use seal::{Keeper, Unsealed, believable, seal_all};
pub use shelf::{Fetching, Shelf, Shelved};
pub use simulate::{Plan, Simulated, simulate};
pub use trouble::Trouble;
pub use uploader::{Beside, UploadState, Uploader};

/// Where a station stands, as its batches say it.
pub use crate::records::Origin;
