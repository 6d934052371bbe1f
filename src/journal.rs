//! What staff did to a station: one line a deed, only ever appended.
