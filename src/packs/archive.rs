//! The built form of a pack: one zip file with a manifest.
