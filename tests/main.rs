//! The one integration binary: it links the engine once. A module a feature.
