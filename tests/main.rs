//! The one integration binary: it links the engine once. A module a feature.

mod architecture;
mod bank;
mod commands;
#[cfg(feature = "kiosk")]
mod kiosk;
mod locale;
mod records;
mod session;
mod support;
