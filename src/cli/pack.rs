//! `kepu pack …`: everything about pack files.
