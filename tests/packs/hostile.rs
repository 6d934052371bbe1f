//! Archives made to do harm, or by the wrong program: each refused for its own reason.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use kepu::{
    locale::{Locales, values},
    packs::{
        archive::{Archive, FileEntry, Manifest},
        manifest,
    },
};
use sha2::{Digest, Sha256};

use super::{
    code, verified,
    zip::{Entry, Zip},
};

fn listed(path: &str, content: &[u8]) -> FileEntry {
    let hash = Sha256::digest(content);
    FileEntry {
        path: path.to_owned(),
        size: content.len() as u64,
        sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

const FILES: [(&str, &[u8]); 4] = [
    ("media/a.png", b"picture"),
    ("media/b.ogg", b"sound"),
    ("pack.ron", b"Pack()"),
    ("questions.ron", b"[]"),
];

/// An archive whose manifest lists just its files.
fn archive_of(files: &[(&str, &[u8])]) -> Zip {
    let manifest = Manifest {
        format: 1,
        id: "sound".to_owned(),
        version: 1,
        files: files
            .iter()
            .map(|(path, content)| listed(path, content))
            .collect(),
    };
    with_manifest(&manifest.to_bytes(), files)
}

fn with_manifest(manifest: &[u8], files: &[(&str, &[u8])]) -> Zip {
    let first = Entry::new("manifest.json", manifest);
    let files = files
        .iter()
        .map(|(path, content)| Entry::new(path, content));
    Zip {
        entries: std::iter::once(first).chain(files).collect(),
        ..Zip::default()
    }
}

fn sound() -> Zip {
    archive_of(&FILES)
}

/// The sound archive with one thing changed.
fn changed(change: impl FnOnce(&mut Zip)) -> Vec<u8> {
    let mut zip = sound();
    change(&mut zip);
    zip.bytes()
}

/// With one thing changed about the picture, the second file.
fn picture(change: impl FnOnce(&mut Entry)) -> Vec<u8> {
    changed(|zip| change(&mut zip.entries[1]))
}

/// With the picture under another name, in the manifest, too.
fn renamed(name: &str) -> Vec<u8> {
    let mut files = FILES;
    files[0].0 = name;
    archive_of(&files).bytes()
}

/// With the manifest's text changed in one place.
fn rewritten(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(sound().entries[0].content.clone()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    with_manifest(text.replace(from, to).as_bytes(), &FILES).bytes()
}

#[test]
fn what_the_writer_here_makes_is_taken_when_nothing_is_wrong() {
    let bytes = sound().bytes();
    let mut archive = verified(&bytes).unwrap_or_else(|refused| panic!("{refused:?}"));
    assert_eq!(archive.read("media/a.png").unwrap(), b"picture");
    assert_eq!(
        archive.read("manifest.json").unwrap_err().code,
        "missing-file"
    );
}

fn table() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let at_end = |name: &str| {
        let entry = Entry::new(name, b"more");
        changed(|zip| zip.entries.push(entry))
    };
    let long = format!("media/{}.png", "x".repeat(200));
    let deep = format!("media/{}x.png", "d/".repeat(7));
    let many: Vec<Entry> = (0..2001)
        .map(|n| Entry::new(format!("media/{n}.png"), b""))
        .collect();
    let sound_bytes = sound().bytes();
    let cut = sound_bytes.len() - 1;
    vec![
        // No pack at all.
        ("nothing", "not-a-pack", vec![]),
        (
            "a program",
            "not-a-pack",
            [b"\x7fELF".as_slice(), &[0; 100]].concat(),
        ),
        ("only an end", "not-a-pack", Zip::default().bytes()),
        (
            "only a beginning",
            "torn",
            [b"PK\x03\x04".as_slice(), &[0; 100]].concat(),
        ),
        ("no files", "not-a-pack", changed(|zip| zip.entries.clear())),
        (
            "no manifest",
            "no-manifest",
            changed(|zip| drop(zip.entries.remove(0))),
        ),
        (
            "a manifest that is not first",
            "no-manifest",
            changed(|zip| zip.entries.swap(0, 1)),
        ),
        // Something before, behind and between.
        (
            "a program in front",
            "not-a-pack",
            changed(|zip| zip.prefix = b"#!/bin/sh\n".to_vec()),
        ),
        (
            "an archive in front",
            "overlap manifest.json",
            changed(|zip| zip.prefix = sound().bytes()),
        ),
        (
            "an archive in front, offsets as before",
            "torn",
            changed(|zip| {
                zip.prefix = sound().bytes();
                zip.directory_offset = Some(10);
            }),
        ),
        ("cut by a byte", "torn", sound_bytes[..cut].to_vec()),
        ("cut in half", "torn", sound_bytes[..cut / 2].to_vec()),
        (
            "bytes behind",
            "torn",
            changed(|zip| zip.suffix = b"x".to_vec()),
        ),
        (
            "an archive behind",
            "torn",
            changed(|zip| zip.suffix = sound().bytes()),
        ),
        (
            "a comment",
            "torn",
            changed(|zip| zip.comment = b"hello".to_vec()),
        ),
        (
            "a comment that is an end",
            "torn",
            changed(|zip| zip.comment = Zip::default().bytes()),
        ),
        (
            "a gap before a file",
            "overlap media/a.png",
            picture(|file| file.gap = vec![0]),
        ),
        (
            "a gap before the directory",
            "structure",
            changed(|zip| zip.before_directory = vec![0]),
        ),
        (
            "a gap before the end",
            "torn",
            changed(|zip| zip.before_end = vec![0]),
        ),
        (
            "a file that the directory leaves out",
            "overlap media/b.ogg",
            picture(|file| file.unlisted = true),
        ),
        // The directory lies.
        (
            "fewer files than counted",
            "structure",
            changed(|zip| zip.count = Some(6)),
        ),
        (
            "more files than counted",
            "structure",
            changed(|zip| zip.count = Some(4)),
        ),
        (
            "more files than allowed",
            "too-many-files",
            changed(|zip| zip.entries.splice(1..1, many).for_each(drop)),
        ),
        (
            "as many files as can be told",
            "too-many-files",
            changed(|zip| zip.count = Some(u16::MAX)),
        ),
        (
            "a directory beyond the end",
            "torn",
            changed(|zip| zip.directory_size = Some(u32::MAX)),
        ),
        (
            "a directory elsewhere",
            "torn",
            changed(|zip| zip.directory_offset = Some(0)),
        ),
        (
            "a 64-bit directory",
            "torn",
            changed(|zip| {
                zip.directory_offset = Some(u32::MAX);
                zip.directory_size = Some(u32::MAX);
            }),
        ),
        (
            "a 64-bit end",
            "torn",
            changed(|zip| zip.before_end = [b"PK\x06\x06".as_slice(), &[0; 52]].concat()),
        ),
        ("another disk", "torn", changed(|zip| zip.disk = 1)),
        (
            "a file on another disk",
            "entry-form media/a.png",
            picture(|file| file.disk = 1),
        ),
        ("two files at one place", "overlap media/b.ogg", {
            let first = u32::try_from(sound().entries[0].content.len()).unwrap() + 43;
            changed(|zip| zip.entries[2].offset = Some(first))
        }),
        (
            "a file over the directory",
            "overlap media/b.ogg",
            picture(|file| file.sizes = (5000, 5000)),
        ),
        (
            "a file in itself",
            "overlap media/a.png",
            picture(|file| file.offset = Some(0)),
        ),
        (
            "a file beyond the end",
            "overlap media/a.png",
            picture(|file| file.offset = Some(u32::MAX)),
        ),
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

#[test]
fn each_hostile_archive_is_refused_for_its_own_reason() {
    let table = table();
    assert!(table.len() > 100, "{}", table.len());
    let mut wrong = vec![];
    for (what, expected, bytes) in table {
        let found = match verified(&bytes) {
            Ok(_) => "taken".to_owned(),
            // Some names are too long to be repeated here.
            Err(refused) if expected == refused.code => continue,
            Err(refused) => code(&refused),
        };
        if found != expected {
            wrong.push(format!("{what}: {found} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_refusal_is_a_sentence_with_all_its_values_in_every_language() {
    let locales = Locales::shipped().unwrap();
    for (what, _, bytes) in table() {
        let refused = verified(&bytes).err().unwrap();
        let args = values(&refused.args);
        for language in ["en", "zh-CN"] {
            for attribute in ["", ".hint"] {
                let key = format!("pack-{}{attribute}", refused.code);
                let said = locales.lookup(language, &key, &args).unwrap_or_default();
                assert!(
                    !said.is_empty() && !said.contains("{$"),
                    "{what}: {key}: {said}"
                );
                assert!(said.chars().count() < 300, "{what}: {said}");
                assert!(!said.contains(char::is_control), "{what}: {said:?}");
            }
        }
    }
}

/// A file of any length whose bytes are zero but for the first and the last few: what a stick full
/// of nothing looks like.
struct Sparse {
    length: u64,
    position: u64,
    /// The most bytes that were ever read.
    read: u64,
}

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.position);
        let count = usize::try_from(left.min(buffer.len() as u64)).unwrap();
        buffer[..count].fill(0);
        for (at, byte) in (self.position..).zip(&mut buffer[..count]) {
            if let Some(magic) = usize::try_from(at)
                .ok()
                .and_then(|at| b"PK\x03\x04".get(at))
            {
                *byte = *magic;
            }
        }
        self.position += count as u64;
        self.read += count as u64;
        Ok(count)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => self.length.saturating_add_signed(back),
            SeekFrom::Current(by) => self.position.saturating_add_signed(by),
        };
        Ok(self.position)
    }
}

#[test]
fn a_huge_file_is_refused_after_a_few_bytes() {
    for (length, expected) in [
        (512 << 20, "torn"),
        ((512 << 20) + 1, "too-large"),
        (u64::MAX, "too-large"),
    ] {
        let mut file = Sparse {
            length,
            position: 0,
            read: 0,
        };
        let refused = Archive::from_reader(&mut file).err().unwrap();
        assert_eq!(refused.code, expected, "{length}");
        assert!(
            file.read < 1000,
            "{} bytes were read of {length}",
            file.read
        );
    }
}

#[test]
fn a_manifest_at_its_limits_is_taken_and_one_beyond_is_not() {
    let file = |path: String| FileEntry {
        path,
        ..listed("", b"")
    };
    let mut manifest = Manifest {
        format: manifest::FORMAT,
        id: "i".repeat(64),
        version: u32::MAX,
        files: (0..1998)
            .map(|n| file(format!("media/{}/{n:04}.webp", "p".repeat(184))))
            .collect(),
    };
    manifest.files.push(file("pack.ron".to_owned()));
    manifest.files.push(file("questions.ron".to_owned()));
    let bytes = manifest.to_bytes();
    assert!(
        bytes.len() as u64 <= manifest::SIZE_LIMIT,
        "{}",
        bytes.len()
    );
    assert_eq!(Manifest::parse(&bytes), Ok(manifest.clone()));
    manifest.files.insert(0, file("media/a.png".to_owned()));
    assert_eq!(
        Manifest::parse(&manifest.to_bytes()).unwrap_err().code,
        "too-many-files"
    );
    let long = vec![b' '; 1024 * 1024 + 1];
    assert_eq!(
        Manifest::parse(&long).unwrap_err().code,
        "manifest-too-large"
    );
    let mut reader = Cursor::new(sound().bytes());
    assert!(Archive::from_reader(&mut reader).is_ok());
}
