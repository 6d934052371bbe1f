//! The PIN: never stored, only its Argon2id hash; wrong tries are counted before they are checked.
