//! Archives with entries that are no plain files, or that say two things of themselves.

use super::{Case, at_end, picture};

pub(super) fn table() -> Vec<Case> {
    vec![
        // Entries of other kinds.
        (
            "encrypted",
            "encrypted media/a.png",
            picture(|file| file.flags = 1),
        ),
        (
            "strongly encrypted",
            "encrypted media/a.png",
            picture(|file| file.flags = 0x41),
        ),
        (
            "a masked header",
            "encrypted media/a.png",
            picture(|file| file.flags = 0x2000),
        ),
        (
            "sizes behind the file",
            "entry-form media/a.png",
            picture(|file| file.flags = 8),
        ),
        (
            "a name in UTF-8",
            "entry-form media/a.png",
            picture(|file| file.flags = 0x800),
        ),
        (
            "deflated",
            "not-stored media/a.png",
            picture(|file| file.method = 8),
        ),
        (
            "a bomb",
            "not-stored media/a.png",
            picture(|file| {
                file.method = 8;
                file.sizes = (7, 60 << 20);
            }),
        ),
        (
            "bzip2",
            "not-stored media/a.png",
            picture(|file| file.method = 12),
        ),
        (
            "an unknown method",
            "not-stored media/a.png",
            picture(|file| file.method = 99),
        ),
        (
            "a symbolic link",
            "not-a-file media/a.png",
            picture(|file| file.mode = 0o120_777 << 16),
        ),
        (
            "a folder by its mode",
            "not-a-file media/a.png",
            picture(|file| file.mode = 0o040_755 << 16),
        ),
        (
            "a folder by its name",
            "not-a-file media/",
            at_end("media/"),
        ),
        (
            "a device",
            "not-a-file media/a.png",
            picture(|file| file.mode = 0o060_644 << 16),
        ),
        (
            "a pipe",
            "not-a-file media/a.png",
            picture(|file| file.mode = 0o010_644 << 16),
        ),
        (
            "a program's rights",
            "entry-form media/a.png",
            picture(|file| file.mode = 0o104_755 << 16),
        ),
        (
            "a mode of DOS",
            "not-a-file media/a.png",
            picture(|file| file.mode = 0x20),
        ),
        (
            "made on DOS",
            "entry-form media/a.png",
            picture(|file| file.made_by = 20),
        ),
        (
            "a newer zip",
            "entry-form media/a.png",
            picture(|file| file.needed = 45),
        ),
        (
            "another day",
            "entry-form media/a.png",
            picture(|file| file.date = 34),
        ),
        (
            "another time",
            "entry-form media/a.png",
            picture(|file| file.time = 1),
        ),
        (
            "inner attributes",
            "entry-form media/a.png",
            picture(|file| file.inner = 1),
        ),
        (
            "a comment on a file",
            "entry-form media/a.png",
            picture(|file| file.comment = b"x".to_vec()),
        ),
        (
            "an extra field",
            "entry-form media/a.png",
            picture(|file| file.extra = vec![1, 0, 0, 0]),
        ),
        (
            "sizes in 64 bits",
            "file-too-large media/a.png",
            picture(|file| {
                file.sizes = (u32::MAX, u32::MAX);
                file.extra = [
                    [1, 0, 16, 0].as_slice(),
                    &[7, 0, 0, 0, 0, 0, 0, 0],
                    &[7, 0, 0, 0, 0, 0, 0, 0],
                ]
                .concat();
            }),
        ),
        (
            "packed larger than unpacked",
            "entry-form media/a.png",
            picture(|file| file.sizes = (8, 7)),
        ),
        // The two headers disagree.
        (
            "another name before the file",
            "headers-differ media/a.png",
            picture(|file| file.local_name = Some(b"media/c.png".to_vec())),
        ),
        (
            "another size before the file",
            "headers-differ media/a.png",
            picture(|file| file.local_sizes = Some((6, 6))),
        ),
        (
            "encrypted only before the file",
            "headers-differ media/a.png",
            picture(|file| file.local_flags = Some(1)),
        ),
        (
            "an extra field only before the file",
            "overlap media/b.ogg",
            picture(|file| file.local_extra = vec![1, 0, 0, 0]),
        ),
    ]
}
