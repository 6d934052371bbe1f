//! Pictures of questions and options: what becomes of them in a bank, in a review, and at the gate
//! that hands them out. And the pack with pictures that other tests play.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kepu::{
    bank::{self, Choice, Pack, PackFiles, Question, likeness},
    embedded,
    packs::{
        media::{PROVEN_LIMIT, Prover},
        medium::Gate,
        review::{self, Heading, fingerprint},
        store::Store,
    },
};
use png::{BitDepth, ColorType, Encoder};
use tempfile::TempDir;

use crate::support::{PackText, TODAY};

/// The largest picture inside the program, in bytes: all of them are carried everywhere.
const LARGEST_SHIPPED: usize = 60_000;

/// A picture of one colour.
pub(crate) fn picture((width, height): (u32, u32), colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    let pixels = colour.repeat(width as usize * height as usize);
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The pictures of the pack: name, size and colour. One cannot be decoded: its end is missing.
pub(crate) const PICTURES: [(&str, (u32, u32), [u8; 3]); 6] = [
    ("well", (1200, 800), [200, 40, 90]),
    ("wide", (900, 500), [20, 120, 60]),
    ("tall", (500, 900), [120, 60, 160]),
    ("square", (4096, 4096), [230, 140, 20]),
    ("small", (300, 300), [20, 60, 200]),
    ("cut", (800, 600), [90, 90, 90]),
];

/// What is said of a picture in Chinese.
pub(crate) fn said(name: &str) -> String {
    let shown = match name {
        "well" => "一口水井",
        "wide" => "宽宽的山谷",
        "tall" => "高高的悬崖",
        "square" => "四方的石块",
        "small" => "小小的水塘",
        _ => "断开的木桥",
    };
    format!("画的是{shown}")
}

/// The question that shows a picture that cannot be decoded.
pub(crate) const CUT: &str = "cut-picture";

/// Writes a pack of three questions: one with a picture above its options, one with a picture on
/// each of its options, and one whose picture is broken.
pub(crate) fn write(folder: &Path) -> PathBuf {
    let folder = folder.join("pictured");
    let media = folder.join("media");
    fs::create_dir_all(&media).unwrap();
    for (name, size, colour) in PICTURES {
        let mut bytes = picture(size, colour);
        if name == "cut" {
            bytes.truncate(bytes.len() / 2);
        }
        fs::write(media.join(format!("{name}.png")), bytes).unwrap();
    }
    let image = |name: &str| {
        let chinese = said(name);
        format!(
            "image: (file: \"media/{name}.png\", alt: {{ \"zh-CN\": \"{chinese}\", \
             \"en\": \"It shows {name}\" }})"
        )
    };
    let options = |pictures: [Option<&str>; 4]| -> String {
        let texts = [
            ("long", "走很长的路", "A long way to go"),
            ("short", "走很短的路", "A short way to go"),
            ("steep", "走很陡的路", "A steep way to go"),
            ("level", "走平坦的路", "A level way to go"),
        ];
        let option = |((id, chinese, english), picture): ((&str, _, _), Option<&str>)| {
            let image = picture.map_or(String::new(), |name| format!("{}, ", image(name)));
            format!(
                "Option(id: \"{id}\", text: {{ \"zh-CN\": \"{chinese}\", \"en\": \"{english}\" }}, \
                 {image}correct: {}),",
                id == "steep"
            )
        };
        texts.into_iter().zip(pictures).map(option).collect()
    };
    let question = |id: &str, chinese: &str, english: &str, own: Option<&str>, options: &str| {
        let own = own.map_or(String::new(), |name| format!("{}, ", image(name)));
        format!(
            "Question(id: \"{id}\", kind: Single, audiences: [general], difficulty: 1, \
             ordered: true, prompt: {{ \"zh-CN\": \"{chinese}\", \"en\": \"{english}\" }}, {own}\
             options: [{options}], explanation: {{ \"zh-CN\": \"地图上这样写着。\", \
             \"en\": \"The plan says so.\" }}, source: Source(title: {{ \"zh-CN\": \"村里的地图\", \
             \"en\": \"Plan of the village\" }}, issuer: {{ \"zh-CN\": \"村委会\", \
             \"en\": \"Village office\" }}, number: \"1\"), checked_on: \"2026-11-01\", \
             review_by: \"2127-01-01\"),\n"
        )
    };
    let plain = options([None; 4]);
    let pictured = options(["wide", "tall", "square", "small"].map(Some));
    let questions = [
        question(
            "own-picture",
            "去井边取水怎么走？",
            "How does one get to the well?",
            Some("well"),
            &plain,
        ),
        question(
            "option-pictures",
            "哪条路通到山顶上？",
            "Which path leads up the mountain?",
            None,
            &pictured,
        ),
        question(
            CUT,
            "去年冬天的路怎么样？",
            "What was the road like last winter?",
            Some("cut"),
            &plain,
        ),
    ];
    fs::write(
        folder.join("questions.ron"),
        format!("[\n{}]\n", questions.concat()),
    )
    .unwrap();
    let pack = "Pack(format: 1, id: \"pictured\", version: 1, title: { \"zh-CN\": \"看图\", \
                \"en\": \"Seen\" }, topic: \"sample\", languages: [\"zh-CN\", \"en\"], \
                publisher: { \"zh-CN\": \"我们\", \"en\": \"We\" }, licence: \"CC0-1.0\", \
                reviewed_by: \"We\", reviewed_on: \"2026-11-01\")";
    fs::write(folder.join("pack.ron"), pack).unwrap();
    folder
}

/// The pack, which has nothing that refuses it.
#[track_caller]
pub(crate) fn loaded(folder: &Path) -> Pack {
    let (bank, problems) = bank::load([PackFiles::read(folder)], TODAY);
    let errors = problems
        .iter()
        .filter(|one| one.severity == bank::Severity::Error);
    assert_eq!(errors.count(), 0, "{problems:?}");
    bank.packs()[0].clone()
}

fn prover() -> Prover {
    Prover {
        program: env!("CARGO_BIN_EXE_kepu").into(),
        deadline: Duration::from_secs(60),
    }
}

#[test]
fn the_pictures_of_options_are_in_the_bank_with_their_sizes_and_words() {
    let dir = TempDir::new().unwrap();
    let pack = loaded(&write(dir.path()));
    let [own, options, _] = pack.questions() else {
        panic!("three questions");
    };
    assert!(own.options().iter().all(|option| option.image().is_none()));
    let seen = |image: &bank::Image| {
        let size = image.size();
        (
            image.file().to_owned(),
            (size.width, size.height),
            image.alt().get("en").to_owned(),
        )
    };
    let expected = |index: usize| {
        let (name, size, _) = PICTURES[index];
        (
            format!("media/{name}.png"),
            size,
            format!("It shows {name}"),
        )
    };
    assert_eq!(own.images().map(seen).collect::<Vec<_>>(), [expected(0)]);
    let all: Vec<_> = options.images().map(seen).collect();
    assert_eq!(all, [1, 2, 3, 4].map(expected));
    assert!(options.image().is_none());
}

#[test]
fn another_picture_or_other_words_for_it_make_another_question() {
    let dir = TempDir::new().unwrap();
    let folder = write(dir.path());
    let changed = |from: &str, to: &str| {
        let path = folder.join("questions.ron");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        fs::write(&path, text.replace(from, to)).unwrap();
        let pack = loaded(&folder);
        fs::write(&path, text).unwrap();
        pack
    };
    let before = loaded(&folder);
    let of = |pack: &Pack, index: usize| fingerprint(pack, &pack.questions()[index]);
    for (index, from, to) in [
        (0, "画的是一口水井", "画的是一口枯井"),
        (1, "It shows tall", "It shows a tall one"),
        (1, "media/tall.png", "media/wide.png"),
    ] {
        // The picture that is named no more is a warning only.
        let after = changed(from, to);
        let (one, other) = (&before.questions()[index], &after.questions()[index]);
        assert!(!one.says_the_same(other), "{to}");
        assert_ne!(of(&before, index), of(&after, index), "{to}");
        assert!(before.questions()[2].says_the_same(&after.questions()[2]));
        assert_eq!(of(&before, 2), of(&after, 2));
    }
}

#[test]
fn what_a_picture_shows_is_on_the_sheet_for_reviewers() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    let dir = TempDir::new().unwrap();
    let pack = loaded(&write(dir.path()));
    let say =
        |heading: Heading<'_>| format!("{heading:?}").replace(|c: char| !c.is_alphanumeric(), "");
    let say = |heading: Heading<'_>| say(heading).chars().take(30).collect::<String>();
    let bytes = review::sheet(&pack, &[], &say).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let page = book.worksheet_range_at(0).unwrap().unwrap();
    let cells: Vec<String> = page
        .used_cells()
        .map(|(_, _, cell): (_, _, &Data)| cell.to_string())
        .collect();
    let has = |wanted: &str| cells.iter().any(|cell| cell.contains(wanted));
    assert!(
        has("去井边取水怎么走？\n▣ 画的是一口水井 [media/well.png]"),
        "{cells:?}"
    );
    assert!(
        has("✔ A steep way to go\n    ▣ It shows square [media/square.png]"),
        "{cells:?}"
    );
}

#[test]
fn one_prompt_for_many_pictures_is_no_repetition() {
    let dir = TempDir::new().unwrap();
    let folder = write(dir.path());
    let path = folder.join("questions.ron");
    let text = fs::read_to_string(&path).unwrap();
    let question = text.lines().nth(1).unwrap();
    let twice = |to: &str| {
        let other = question
            .replace("own-picture", "other")
            .replace("画的是一口水井", to);
        let other = other.replace("It shows well", "It shows another");
        fs::write(&path, format!("[\n{question}\n{other}\n]")).unwrap();
        let pack = loaded(&folder);
        let [one, other] = [0, 1].map(|index| pack.questions()[index].clone());
        likeness::likeness(&one, &other, "zh-CN").unwrap()
    };
    assert_eq!(twice("画的是一口水井"), 100);
    assert!(twice("一座石拱桥横跨在结了冰的小河上面，桥边有三棵柳树") < likeness::ALIKE);
}

#[test]
fn the_gate_proves_what_no_station_has_installed_and_trusts_what_is_its_own() {
    let dir = TempDir::new().unwrap();
    let folder = write(dir.path());
    let data = dir.path().join("data");
    let gate = Gate::new(Store::at(&data), prover());
    // A photograph comes out as the one form that is shown.
    let photo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/media/photo.jpg");
    fs::copy(photo, folder.join("media/photo.jpg")).unwrap();
    let proven = gate.open(&folder, "media/photo.jpg").unwrap();
    assert!(proven.starts_with(b"\x89PNG"));
    // What comes is not what was in the folder, though both are PNG.
    let made = fs::read(folder.join("media/well.png")).unwrap();
    let proven = gate.open(&folder, "media/well.png").unwrap();
    assert!(proven.starts_with(b"\x89PNG") && proven != made);
    for (name, code) in [
        ("media/cut.png", "media-damaged"),
        ("media/none.png", "media-io"),
        ("questions.ron", "media-unknown"),
    ] {
        assert_eq!(gate.open(&folder, name).unwrap_err().code, code, "{name}");
    }
    // A pipe would be waited for without end.
    let pipe = folder.join("media/pipe.png");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    assert_eq!(
        gate.open(&folder, "media/pipe.png").unwrap_err().code,
        "media-unknown"
    );

    // What is installed was proven then, and is read as it is.
    let installed = data.join("packs/pictured-1");
    fs::create_dir_all(installed.join("media")).unwrap();
    fs::write(installed.join("media/well.png"), b"as it is").unwrap();
    assert_eq!(
        gate.open(&installed, "media/well.png").unwrap(),
        b"as it is"
    );
    // Nothing else becomes trusted by where it lies or what it is called.
    for near in [
        data.join("packs/.staging"),
        data.join("packs/pictured-1/media"),
        dir.path().join("pictured-1"),
    ] {
        fs::create_dir_all(near.join("media")).unwrap();
        fs::write(near.join("media/well.png"), b"as it is").unwrap();
        let refused = gate.open(&near, "media/well.png").unwrap_err();
        assert_eq!(refused.code, "media-format", "{near:?}");
    }
}

fn shipped_images(question: &Question) -> Vec<&bank::Image> {
    question.images().collect()
}

#[test]
fn every_shipped_picture_is_sound_and_light() {
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    let dir = TempDir::new().unwrap();
    let (mut own, mut of_options) = (0, 0);
    for question in bank.questions() {
        own += usize::from(question.image().is_some());
        of_options += usize::from(
            question
                .options()
                .iter()
                .any(|one: &Choice| one.image().is_some()),
        );
        for image in shipped_images(question) {
            let bytes = embedded::pack_file(question.pack().folder(), image.file()).unwrap();
            assert!(
                bytes.len() <= LARGEST_SHIPPED,
                "{}: {}",
                image.file(),
                bytes.len()
            );
            // The kiosk shows it as it is, row by row.
            let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
            assert!(
                !decoder.read_info().unwrap().info().interlaced,
                "{}",
                image.file()
            );
            let path = dir.path().join("picture.png");
            fs::write(&path, bytes).unwrap();
            let proven = prover().prove_file(&path).unwrap();
            assert!(proven.len() as u64 <= PROVEN_LIMIT);
        }
    }
    assert!(own >= 1 && of_options >= 2, "{own} and {of_options}");
}

#[test]
fn a_pack_text_without_pictures_has_none() {
    let (bank, problems) = bank::load([PackText::sound().files()], TODAY);
    assert_eq!(problems, []);
    assert!(
        bank.questions()
            .all(|question| question.images().next().is_none())
    );
}
