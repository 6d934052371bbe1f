//! What only staff may do: the PIN that opens the staff area.

pub mod pin;
