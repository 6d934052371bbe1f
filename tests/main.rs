//! The one integration binary: it links the engine once. A module a feature.

mod architecture;
mod bank;
mod commands;
mod figures;
mod hotlines;
mod init;
mod journal;
mod kinds;
#[cfg(feature = "kiosk")]
mod kiosk;
#[cfg(feature = "kiosk")]
mod kiosk_access;
#[cfg(feature = "kiosk")]
mod kiosk_after;
#[cfg(feature = "kiosk")]
mod kiosk_kinds;
#[cfg(feature = "kiosk")]
mod kiosk_narration;
#[cfg(feature = "kiosk")]
mod kiosk_pictures;
#[cfg(feature = "kiosk")]
mod kiosk_shots;
#[cfg(feature = "kiosk")]
mod kiosk_staff;
mod languages;
#[cfg(feature = "kiosk")]
mod layout;
mod locale;
mod media;
mod narration;
mod pack_rules;
mod packs;
mod pictures;
mod records;
mod report;
mod rules;
mod session;
mod staff;
mod starter;
mod store;
mod support;
mod upload;
