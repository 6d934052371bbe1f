//! Pictures in a real window: there, whole, where they were measured to be, and words in the place
//! of one that is broken.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kepu::{
    kiosk::layout::{Case, Control, Page, Ruler},
    locale::Locales,
};
use png::{ColorType, Decoder, Transformations};
use serde_json::{Value, json};

use crate::{
    kiosk::{Display, Kiosk, go_on, station},
    pictures::{self, CUT, PICTURES},
};

/// A box on the screen, in pixels.
#[derive(Clone, Copy, Debug)]
struct Place {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Place {
    fn of(value: &Value) -> Self {
        let number = |key: &str| value[key].as_f64().unwrap();
        Self {
            left: number("left"),
            top: number("top"),
            width: number("width"),
            height: number("height"),
        }
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.left + other.width <= self.left + self.width
            && other.top + other.height <= self.top + self.height
    }

    fn apart(&self, other: &Self) -> bool {
        self.left + self.width <= other.left
            || other.left + other.width <= self.left
            || self.top + self.height <= other.top
            || other.top + other.height <= self.top
    }
}

/// Whether a picture is shown, and where, by the name of its file.
fn shown(screen: &Value, name: &str) -> Option<(bool, Place)> {
    let shown = screen["pictures"].as_array().unwrap();
    let alt = pictures::said(name);
    let picture = shown.iter().find(|picture| picture["alt"] == alt)?;
    Some((picture["shown"].as_bool().unwrap(), Place::of(picture)))
}

/// The options on a screen, in their order.
fn options(screen: &Value) -> Vec<Place> {
    let controls = screen["controls"].as_array().unwrap().iter();
    let named = controls.map(|control| (control["name"].as_str().unwrap(), Place::of(control)));
    let options = named.filter(|(name, _)| name.starts_with("option-"));
    let sorted: BTreeMap<&str, Place> = options.collect();
    sorted.into_values().collect()
}

/// Whether the options are as large and as far from each other as they were measured to be. They
/// may be higher or lower: of a short round there is a line more to say.
#[track_caller]
fn assert_measured(measured: &[Control], shown: &[Place]) {
    let measured = json!({ "controls": measured });
    let measured = options(&measured);
    assert_eq!(measured.len(), shown.len());
    let (Some(first), Some(first_shown)) = (measured.first(), shown.first()) else {
        panic!("no option");
    };
    for (one, other) in measured.iter().zip(shown) {
        for (measured, shown) in [
            (one.left, other.left),
            (one.width, other.width),
            (one.height, other.height),
            (one.top - first.top, other.top - first_shown.top),
        ] {
            assert!((measured - shown).abs() <= 1.0, "{one:?} and {other:?}");
        }
    }
}

/// Red, green and blue at a place of the newest picture of a screen.
fn pixel(pictures: &Path, screen: &str, (x, y): (f64, f64)) -> [u8; 3] {
    let files = fs::read_dir(pictures)
        .unwrap()
        .map(|file| file.unwrap().path());
    let name = format!("-{screen}-");
    let newest = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "png"))
        .filter(|path| path.to_string_lossy().contains(&name))
        .max();
    let file = fs::File::open(newest.unwrap()).unwrap();
    let mut decoder = Decoder::new(std::io::BufReader::new(file));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, ColorType::Rgb);
    let at = (y as usize * info.width as usize + x as usize) * 3;
    pixels[at..at + 3].try_into().unwrap()
}

/// A picture is there in its own shape and colour, as far as its middle tells.
#[track_caller]
fn is_whole(folder: &Path, on: &str, screen: &Value, name: &str) -> Place {
    let (there, place) = shown(screen, name).unwrap_or_else(|| panic!("no {name} on {screen}"));
    assert!(there, "{name} on {screen}");
    let (_, (width, height), colour) = PICTURES.iter().find(|(own, ..)| *own == name).unwrap();
    let shape = f64::from(*width) / f64::from(*height);
    let off = (place.width / place.height / shape - 1.0).abs();
    assert!(off < 0.03, "{name} is {place:?}");
    let whole = Place::of(&json!({
        "left": 0, "top": 0, "width": screen["width"], "height": screen["height"],
    }));
    assert!(whole.holds(&place), "{name} is {place:?}");
    for part in [0.1, 0.5, 0.9] {
        let at = (
            place.left + place.width * part,
            place.top + place.height * 0.5,
        );
        assert_eq!(pixel(folder, on, at), *colour, "{name} on {on}");
    }
    place
}

fn play(size: (u32, u32), large: bool) {
    let display = Display::new(size.0, size.1);
    let (_folder, data, shots) = station();
    let folder = pictures::write(&data);
    let pack = pictures::loaded(&folder);
    let window = format!("{}x{}", size.0, size.1);
    let arguments = [
        "--window",
        &window,
        "--round",
        "3",
        "--packs",
        folder.to_str().unwrap(),
    ];
    let mut kiosk = Kiosk::start(&display, &data, &shots, &arguments);
    let screen = kiosk.wait_for(&["attract"]);
    let mut screen = kiosk.tap_through(&display, &screen, "start", "audience");
    if large {
        screen = kiosk.tap_through(&display, &screen, "size", "audience");
    }
    let screen = kiosk.tap_through(&display, &screen, "audience-general", "topic");
    let mut screen = kiosk.tap_through(&display, &screen, "topic-sample", "question");
    let mut ruler = Ruler::new(Locales::shipped().unwrap());
    let mut met = Vec::new();
    for _ in 0..3 {
        let texts = screen["texts"].to_string();
        let question = pack
            .questions()
            .iter()
            .find(|question| texts.contains(question.prompt().get("zh-CN")));
        let question = question.unwrap();
        met.push(question.id());
        let options = options(&screen);
        assert_eq!(options.len(), 4);
        if question.id() != CUT {
            // Nothing has moved since the pictures came: nobody shows the ruler any.
            let page = Page::Question;
            let case = Case { size, large, page };
            assert_measured(&ruler.controls(question, "zh-CN", case), &options);
        }
        match question.id() {
            "own-picture" => {
                let place = is_whole(&shots, "question", &screen, "well");
                let tall = f64::from(size.1);
                assert!(
                    place.height > tall * 0.1 && place.height < tall * 0.5,
                    "{place:?}"
                );
                assert!(options.iter().all(|option| option.apart(&place)));
            }
            "option-pictures" => {
                for (name, card) in ["wide", "tall", "square", "small"].iter().zip(&options) {
                    let place = is_whole(&shots, "question", &screen, name);
                    assert!(card.holds(&place), "{name}: {place:?} in {card:?}");
                }
                let [first, second, third, _] = options[..] else {
                    panic!("four cards");
                };
                // Two side by side, and two below.
                assert_eq!(first.top, second.top);
                assert!(second.left >= first.left + first.width);
                assert!(third.top >= first.top + first.height);
            }
            other => {
                assert_eq!(other, CUT);
                let (there, _) = shown(&screen, "cut").unwrap();
                assert!(!there);
                assert!(
                    texts.contains(&format!("图中内容：{}", pictures::said("cut"))),
                    "{texts}"
                );
            }
        }
        let feedback = kiosk.tap_through(&display, &screen, "option-0", "feedback");
        if question.id() == "option-pictures" && !large {
            // Beside the words, and the right one is said to be right in words.
            is_whole(&shots, "feedback", &feedback, "tall");
            let said = feedback["texts"].to_string();
            assert!(said.contains("正确答案"), "{said}");
        }
        if question.id() == CUT {
            // The mark for staff in the corner.
            let scale = f64::from(size.0.min(size.1)) / 1080.0;
            let corner = |side: u32| f64::from(side) - 24.0 * scale;
            let mark = pixel(&shots, "feedback", (corner(size.0), corner(size.1)));
            assert_eq!(mark, [0x93, 0x82, 0x6C]);
        }
        let next = if met.len() < 3 { "question" } else { "results" };
        screen = go_on(&display, &mut kiosk, &feedback, next);
    }
    met.sort_unstable();
    assert_eq!(met, [CUT, "option-pictures", "own-picture"]);
    assert!(kiosk.is_running());
}

#[test]
fn pictures_are_shown_whole_on_a_tall_screen_and_words_for_a_broken_one() {
    play((1080, 1920), false);
}

#[test]
fn pictures_are_shown_whole_on_a_wide_screen_in_large_type() {
    play((1366, 768), true);
}
