//! The packs installed on a station: staged, verified, renamed, pointed at.
