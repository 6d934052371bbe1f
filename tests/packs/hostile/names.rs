//! Archives with names that lead elsewhere, that a system takes for something else, or of files
//! that no pack has.

use super::{Case, at_end, picture, renamed};

pub(super) fn table() -> Vec<Case> {
    let long = format!("media/{}.png", "x".repeat(200));
    let deep = format!("media/{}x.png", "d/".repeat(7));
    vec![
        // Names.
        ("up", "unsafe-name ../a.png", renamed("../a.png")),
        (
            "up from inside",
            "unsafe-name media/../../a.png",
            renamed("media/../../a.png"),
        ),
        ("absolute", "unsafe-name /etc/a.png", renamed("/etc/a.png")),
        ("a drive", "unsafe-name C:/a.png", renamed("C:/a.png")),
        (
            "a stream",
            "unsafe-name media/a.png:b.png",
            renamed("media/a.png:b.png"),
        ),
        (
            "backslashes",
            r"unsafe-name media\a.png",
            renamed(r"media\a.png"),
        ),
        (
            "backslashes up",
            r"unsafe-name ..\..\a.png",
            renamed(r"..\..\a.png"),
        ),
        (
            "a network share",
            r"unsafe-name \\host\a.png",
            renamed(r"\\host\a.png"),
        ),
        ("no name", "unsafe-name ", renamed("")),
        (
            "an empty part",
            "unsafe-name media//a.png",
            renamed("media//a.png"),
        ),
        (
            "a dot",
            "unsafe-name media/./a.png",
            renamed("media/./a.png"),
        ),
        (
            "a hidden file",
            "unsafe-name media/.a.png",
            renamed("media/.a.png"),
        ),
        (
            "a dot at the end",
            "unsafe-name media/a.png.",
            renamed("media/a.png."),
        ),
        (
            "a space at the end",
            "unsafe-name media/a.png ",
            renamed("media/a.png "),
        ),
        (
            "a zero",
            r"unsafe-name media/a\u{0}.png",
            renamed("media/a\0.png"),
        ),
        (
            "a line break",
            r"unsafe-name media/a\u{a}.png",
            renamed("media/a\n.png"),
        ),
        (
            "an escape sequence",
            r"unsafe-name media/\u{1b}[2J.png",
            renamed("media/\x1b[2J.png"),
        ),
        (
            "right to left",
            r"unsafe-name media/\u{202e}gnp.png",
            renamed("media/\u{202e}gnp.png"),
        ),
        (
            "letters from elsewhere",
            "unsafe-name media/图.png",
            renamed("media/图.png"),
        ),
        (
            "no text",
            "unsafe-name media/\u{fffd}.png",
            picture(|file| file.name = b"media/\xff.png".to_vec()),
        ),
        (
            "a device of Windows",
            "unsafe-name media/aux.png",
            renamed("media/aux.png"),
        ),
        (
            "another",
            "unsafe-name media/COM1.png",
            renamed("media/COM1.png"),
        ),
        ("a long name", "unsafe-name", renamed(&long)),
        (
            "a deep name",
            "unsafe-name media/d/d/d/d/d/d/d/x.png",
            renamed(&deep),
        ),
        (
            "a name in capitals",
            "duplicate-name media/A.png",
            at_end("media/A.png"),
        ),
        (
            "a name twice",
            "duplicate-name media/a.png",
            at_end("media/a.png"),
        ),
        (
            "the manifest twice",
            "duplicate-name manifest.json",
            at_end("manifest.json"),
        ),
        (
            "a file that is a folder, too",
            "duplicate-name media/b.ogg/c.png",
            at_end("media/b.ogg/c.png"),
        ),
        // Kinds of files.
        ("a font", "file-kind media/a.ttf", renamed("media/a.ttf")),
        ("a program", "file-kind media/a.exe", renamed("media/a.exe")),
        ("a page", "file-kind media/a.html", renamed("media/a.html")),
        (
            "a drawing with scripts",
            "file-kind media/a.svg",
            renamed("media/a.svg"),
        ),
        ("no extension", "file-kind media/a", renamed("media/a")),
        (
            "a picture outside media",
            "file-kind a.png",
            renamed("a.png"),
        ),
        (
            "a pack in a pack",
            "file-kind media/pack.ron",
            renamed("media/pack.ron"),
        ),
        ("autorun", "file-kind autorun.inf", renamed("autorun.inf")),
    ]
}
