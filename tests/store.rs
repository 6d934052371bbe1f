//! Tests of `packs::store`, `packs::sticks` and `journal`.
