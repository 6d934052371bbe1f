//! Tests of proving media.
