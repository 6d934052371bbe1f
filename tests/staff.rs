//! Tests of `staff`.
