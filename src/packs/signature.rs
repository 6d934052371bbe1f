//! Signatures in the format of `minisign`.
