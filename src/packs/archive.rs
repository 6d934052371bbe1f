//! Built packs: the archive, its manifest, what it holds.

/// A file of a pack as its manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it lies in the pack, parts separated by `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
}
