//! Archives whose manifest is wrong, or lists something else than there is.

use super::{Case, FILES, archive_of, at_end, changed, picture, rewritten, with_manifest};
use crate::{packs::zip::Entry, support::listed};

pub(super) fn table() -> Vec<Case> {
    vec![
        // Archive and manifest disagree.
        (
            "a file too many",
            "not-in-manifest media/z.png",
            at_end("media/z.png"),
        ),
        (
            "a file missing",
            "missing-file media/a.png",
            changed(|zip| drop(zip.entries.remove(1))),
        ),
        (
            "files in another order",
            "manifest-order",
            changed(|zip| zip.entries.swap(1, 2)),
        ),
        (
            "another file under the name",
            "content media/a.png",
            picture(|file| *file = Entry::new("media/a.png", b"PICTURE")),
        ),
        (
            "a longer file under the name",
            "content media/a.png",
            picture(|file| *file = Entry::new("media/a.png", b"a picture")),
        ),
        (
            "a wrong checksum",
            "content media/a.png",
            picture(|file| file.crc ^= 1),
        ),
        (
            "a wrong checksum of the manifest",
            "content manifest.json",
            changed(|zip| zip.entries[0].crc ^= 1),
        ),
        ("the manifest of another pack", "content media/b.ogg", {
            let other = archive_of(&[FILES[0], ("media/b.ogg", b"noise"), FILES[2], FILES[3]]);
            changed(|zip| zip.entries[0] = other.entries[0].clone())
        }),
        // The manifest itself.
        (
            "a newer form",
            "format-too-new",
            with_manifest(b"{\"format\":2,\"new\":true}", &FILES).bytes(),
        ),
        (
            "form 0",
            "manifest-id",
            rewritten("\"format\": 1", "\"format\": 0"),
        ),
        (
            "no JSON",
            "manifest-syntax",
            with_manifest(b"Pack()", &FILES).bytes(),
        ),
        (
            "no UTF-8",
            "manifest-syntax",
            with_manifest(b"\xff\xfe{\0}\0", &FILES).bytes(),
        ),
        (
            "an empty manifest",
            "manifest-syntax",
            with_manifest(b"", &FILES).bytes(),
        ),
        (
            "brackets without end",
            "manifest-syntax",
            with_manifest("[".repeat(100_000).as_bytes(), &FILES).bytes(),
        ),
        (
            "an unknown field",
            "manifest-syntax",
            rewritten("\"version\"", "\"x\": 1, \"version\""),
        ),
        (
            "a field twice",
            "manifest-syntax",
            rewritten("\"version\": 1", "\"version\": 1, \"version\": 2"),
        ),
        (
            "something behind",
            "manifest-syntax",
            rewritten("\n  ]\n}", "\n  ]\n}{}"),
        ),
        (
            "an id that leads out",
            "manifest-id",
            rewritten("\"sound\"", "\"../sound\""),
        ),
        (
            "an id in capitals",
            "manifest-id",
            rewritten("\"sound\"", "\"Sound\""),
        ),
        (
            "an id without end",
            "manifest-id",
            rewritten("sound", &"s".repeat(65)),
        ),
        ("no id", "manifest-id", rewritten("sound", "")),
        (
            "version 0",
            "manifest-id",
            rewritten("\"version\": 1", "\"version\": 0"),
        ),
        (
            "a version below 0",
            "manifest-syntax",
            rewritten("\"version\": 1", "\"version\": -1"),
        ),
        (
            "a size without end",
            "file-too-large media/a.png",
            rewritten("\"size\": 7", "\"size\": 18446744073709551615"),
        ),
        (
            "a size below 0",
            "manifest-syntax",
            rewritten("\"size\": 7", "\"size\": -7"),
        ),
        (
            "no hash",
            "manifest-hash media/a.png",
            rewritten(&listed("", b"picture").sha256, ""),
        ),
        (
            "a hash in capitals",
            "manifest-hash media/a.png",
            rewritten(
                &listed("", b"picture").sha256,
                &listed("", b"picture").sha256.to_uppercase(),
            ),
        ),
        (
            "a long manifest",
            "file-too-large manifest.json",
            with_manifest(&vec![b' '; 1024 * 1024 + 1], &FILES).bytes(),
        ),
        (
            "a long text",
            "file-too-large questions.ron",
            archive_of(&[
                FILES[2],
                ("questions.ron", &vec![b' '; 2 * 1024 * 1024 + 1]),
            ])
            .bytes(),
        ),
        (
            "no pack.ron",
            "missing-file pack.ron",
            archive_of(&FILES[3..]).bytes(),
        ),
        (
            "no questions.ron",
            "missing-file questions.ron",
            archive_of(&FILES[..3]).bytes(),
        ),
    ]
}
