//! Tests of `packs`.
