//! Packs on sticks: found by a bounded search.
