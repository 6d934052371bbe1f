//! Questions read aloud in a real window by real taps. The sound device is a file, so that what
//! would be heard is known to the last sample; it takes everything at once, so that whatever comes
//! late or early is the program's own doing.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use kepu::bank::narration::{self, Part, Spoken, fingerprint, parts};
use kepu::bank::{self, Pack, PackFiles};
use kepu::embedded;
use kepu::kiosk::layout::{Case, Fault, Page, Ruler, SIZES};
use kepu::locale::Locales;
use serde_json::Value;
use tempfile::TempDir;

use crate::kiosk::{Display, Kiosk, has, key, station, tap};
use crate::narration::{half, steady};
use crate::support::{PackText, TODAY, until};

/// Samples by which the texts are known: recordings by a person, and what a machine speaks.
const PROMPT: i16 = 1000;
const LONG: i16 = 2000;
const RINSE: i16 = 3000;
const NEVER: i16 = 4000;

/// How long the prompt is, in samples: far longer than any tap takes to be noticed.
const PROMPT_SAMPLES: usize = 55 * 8_000;

/// A station with a narrated pack and a sound device that is a file, or with none.
struct Room {
    _folder: TempDir,
    data: PathBuf,
    pictures: PathBuf,
    pack: PathBuf,
    device: PathBuf,
    heard: PathBuf,
}

impl Room {
    fn new(loud: bool) -> Self {
        let (folder, data, pictures) = station();
        fs::write(data.join("station.ron"), "(volume: 10)").unwrap();
        let pack = write_pack(folder.path());
        let (device, heard) = (folder.path().join("device"), folder.path().join("heard"));
        let file = format!(
            "pcm.none {{ type null }}\npcm.!default {{ type file file \"{}\" format raw slave.pcm none }}\n",
            heard.display()
        );
        fs::write(&device, if loud { file } else { String::new() }).unwrap();
        Self {
            _folder: folder,
            data,
            pictures,
            pack,
            device,
            heard,
        }
    }

    fn open(&self, display: &Display, size: &str) -> Kiosk {
        let device = format!("ALSA_CONFIG_PATH={}", self.device.display());
        let pack = self.pack.to_str().unwrap();
        let arguments = ["--window", size, "--round", "3", "--packs", pack];
        let under = ["env".to_owned(), device];
        Kiosk::start_under(&under, display, &self.data, &self.pictures, &arguments)
    }

    /// What the device has been given since it was opened last.
    fn samples(&self) -> Vec<i16> {
        let bytes = fs::read(&self.heard).unwrap_or_default();
        let samples = bytes.chunks_exact(2);
        samples
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect()
    }

    /// The sounds in it, one after the other, silence left out.
    fn sounds(&self) -> Vec<i16> {
        let mut sounds = self.samples();
        sounds.dedup();
        sounds.retain(|sample| *sample != 0);
        sounds
    }

    /// Waits until a sound can be heard.
    fn hears(&self, sample: i16) {
        until(&format!("{sample}"), || {
            self.samples().contains(&sample).then_some(())
        });
    }
}

/// A prompt, an option and some feedback by a person, an option by a machine, and nothing else.
fn write_pack(folder: &Path) -> PathBuf {
    // A topic of its own: no other pack has anything on it.
    let pack = half().with("topic: \"health\"", "topic: \"heard\"");
    let pack = pack.write(folder, "half");
    fs::create_dir(pack.join("media")).unwrap();
    for (name, sample, millis) in [
        ("prompt", PROMPT, PROMPT_SAMPLES / 8),
        ("long", LONG, 400),
        ("rinse", RINSE, 400),
        ("never", NEVER, 400),
    ] {
        let path = pack.join(format!("media/{name}.wav"));
        fs::write(path, steady(sample, millis)).unwrap();
    }
    let spoken = Spoken {
        question: "wash-hands".to_owned(),
        part: Part::Option("never".to_owned()),
        language: "zh-CN".to_owned(),
        of: fingerprint("不用洗"),
        file: "media/never.wav".to_owned(),
    };
    let text = narration::written(&[spoken]);
    fs::write(pack.join(narration::FILE), text).unwrap();
    pack
}

/// From the attract screen to the question that can be heard. The pack has one for everyone.
fn to_question(kiosk: &mut Kiosk, display: &Display) -> Value {
    let screen = kiosk.wait_for(&["attract"]);
    let screen = kiosk.tap_through(display, &screen, "start", "audience");
    let screen = kiosk.tap_through(display, &screen, "audience-general", "topic");
    kiosk.tap_through(display, &screen, "topic-heard", "question")
}

/// Waits for the picture on which a text is marked as being read, or none is.
fn reading(kiosk: &mut Kiosk, part: Option<&str>) -> Value {
    loop {
        let screen = kiosk.wait_for(&["reading"]);
        if screen["reading"].as_str() == part {
            return screen;
        }
    }
}

fn shows(screen: &Value, text: &str) -> bool {
    let texts = screen["texts"].as_array().unwrap();
    texts.iter().any(|own| own == text)
}

#[test]
fn a_tap_reads_the_question_any_other_makes_it_silent_and_the_explanation_has_its_own() {
    let display = Display::new(1080, 1920);
    let room = Room::new(true);
    let mut kiosk = room.open(&display, "1080x1920");
    let question = to_question(&mut kiosk, &display);
    assert!(
        shows(&question, "电脑朗读"),
        "one option is spoken by a machine"
    );
    tap(&display, &question, "hear");
    room.hears(PROMPT);
    let screen = reading(&mut kiosk, Some("Prompt"));
    assert!(shows(&screen, "停止"), "{screen}");
    // An answer stops it, at once, and is an answer.
    let feedback = kiosk.tap_through(&display, &question, "option-0", "feedback");
    let heard = room.samples();
    assert!(heard.len() < PROMPT_SAMPLES, "{} samples", heard.len());
    assert!(heard.contains(&PROMPT));
    // What can be heard of the feedback depends on the option that stood first.
    let chosen_wrong = has(&feedback, "hear");
    if chosen_wrong {
        tap(&display, &feedback, "hear");
        room.hears(RINSE);
        reading(&mut kiosk, Some("Feedback(\"moment\")"));
        let screen = reading(&mut kiosk, None);
        assert!(shows(&screen, "再听"), "{screen}");
        assert_eq!(room.sounds(), [RINSE]);
    }
    // Nothing more came of the prompt.
    assert!(chosen_wrong || room.samples().len() == heard.len());
    assert!(kiosk.is_running());
}

#[test]
fn a_second_tap_stops_it_and_a_third_begins_anew() {
    let display = Display::new(768, 1366);
    let room = Room::new(true);
    let mut kiosk = room.open(&display, "768x1366");
    let question = to_question(&mut kiosk, &display);
    tap(&display, &question, "hear");
    let screen = reading(&mut kiosk, Some("Prompt"));
    tap(&display, &screen, "hear");
    let screen = reading(&mut kiosk, None);
    assert!(shows(&screen, "再听"), "{screen}");
    let heard = room.samples().len();
    assert!(0 < heard && heard < PROMPT_SAMPLES, "{heard} samples");
    tap(&display, &screen, "hear");
    reading(&mut kiosk, Some("Prompt"));
    // A tap beside everything, too.
    display.xdotool(&["mousemove", "4", "1300", "click", "1"]);
    reading(&mut kiosk, None);
    // And what leads to the question whether to leave.
    tap(&display, &screen, "hear");
    reading(&mut kiosk, Some("Prompt"));
    key(&display, "Escape");
    kiosk.wait_for(&["countdown"]);
    let heard = room.samples().len();
    assert!(0 < heard && heard < PROMPT_SAMPLES, "{heard} samples");
}

#[test]
fn everything_that_is_there_is_read_in_the_order_in_which_it_stands() {
    let display = Display::new(768, 1366);
    let room = Room::new(true);
    // Short enough to be waited for.
    fs::write(room.pack.join("media/prompt.wav"), steady(PROMPT, 300)).unwrap();
    let mut kiosk = room.open(&display, "768x1366");
    let question = to_question(&mut kiosk, &display);
    tap(&display, &question, "hear");
    let mut marked = Vec::new();
    loop {
        let screen = kiosk.wait_for(&["reading"]);
        match screen["reading"].as_str() {
            Some(part) => marked.push(part.to_owned()),
            None => break,
        }
    }
    let sounds = room.sounds();
    assert_eq!(sounds[0], PROMPT);
    let mut options = sounds[1..].to_vec();
    options.sort_unstable();
    assert_eq!(options, [LONG, NEVER]);
    assert_eq!(marked.len(), 3, "{marked:?}");
    for (sound, part) in sounds.iter().zip(&marked) {
        let expected = match *sound {
            PROMPT => "Prompt",
            LONG => "Option(\"long\")",
            _ => "Option(\"never\")",
        };
        assert_eq!(part, expected);
    }
}

#[test]
fn in_the_large_profile_it_is_read_by_itself_and_the_next_visitor_finds_all_as_it_was() {
    let display = Display::new(1080, 1920);
    let room = Room::new(true);
    let mut kiosk = room.open(&display, "1080x1920");
    let question = to_question(&mut kiosk, &display);
    assert_eq!(room.sounds(), [0_i16; 0]);
    let large = kiosk.tap_through(&display, &question, "size", "question");
    room.hears(PROMPT);
    // Not louder than the loudest; then not at all, while it goes on; then half.
    for _ in 0..2 {
        tap(&display, &large, "volume");
    }
    let silent = |samples: &[i16]| samples.iter().rev().take(800).all(|sample| *sample == 0);
    until("silence", || silent(&room.samples()).then_some(()));
    tap(&display, &large, "volume");
    room.hears(PROMPT / 4);
    // Away, and back as somebody else.
    key(&display, "Escape");
    let screen = kiosk.wait_for(&["countdown"]);
    tap(&display, &screen, "start-over");
    let question = to_question(&mut kiosk, &display);
    assert_eq!(question["profile"], "standard");
    tap(&display, &question, "hear");
    room.hears(PROMPT);
    assert!(!room.samples().contains(&(PROMPT / 4)));
}

#[test]
fn in_the_large_profile_what_is_right_is_read_with_the_answer_and_the_reason_on_its_own_screen() {
    const REASON: i16 = 5000;
    let display = Display::new(1080, 1920);
    let room = Room::new(true);
    let (sound, _) = bank::load([PackText::sound().files()], TODAY);
    let question = sound.questions().next().unwrap();
    let (part, text) = parts(question).last().unwrap();
    assert_eq!(part, Part::Explanation);
    let reason = Spoken {
        question: question.id().to_owned(),
        part,
        language: "zh-CN".to_owned(),
        of: fingerprint(text.get("zh-CN")),
        file: "media/reason.wav".to_owned(),
    };
    fs::write(room.pack.join("media/reason.wav"), steady(REASON, 400)).unwrap();
    fs::write(
        room.pack.join(narration::FILE),
        narration::written(&[reason]),
    )
    .unwrap();
    let mut kiosk = room.open(&display, "1080x1920");
    let screen = kiosk.wait_for(&["attract"]);
    let screen = kiosk.tap_through(&display, &screen, "start", "audience");
    let screen = kiosk.tap_through(&display, &screen, "size", "audience");
    let screen = kiosk.tap_through(&display, &screen, "audience-general", "topic");
    let question = kiosk.tap_through(&display, &screen, "topic-heard", "question");
    let feedback = kiosk.tap_through(&display, &question, "option-0", "feedback");
    // First what is wrong with the choice, if it is and that has been recorded.
    reading(&mut kiosk, Some("Option(\"long\")"));
    reading(&mut kiosk, None);
    let sounds = room.sounds();
    assert!(
        [&[LONG][..], &[RINSE, LONG]].contains(&&sounds[..]),
        "{sounds:?}"
    );
    kiosk.tap_through(&display, &feedback, "why", "why");
    reading(&mut kiosk, Some("Explanation"));
    reading(&mut kiosk, None);
    assert_eq!(room.sounds(), [REASON]);
}

#[test]
fn without_a_device_the_screen_says_so_and_nothing_else_happens() {
    let display = Display::new(768, 1366);
    let room = Room::new(false);
    let mut kiosk = room.open(&display, "768x1366");
    let question = to_question(&mut kiosk, &display);
    assert!(shows(&question, "本机没有声音"), "{question}");
    assert!(!shows(&question, "电脑朗读"), "{question}");
    assert!(!has(&question, "volume"), "{question}");
    tap(&display, &question, "hear");
    let feedback = kiosk.tap_through(&display, &question, "option-0", "feedback");
    assert_eq!(feedback["reading"], Value::Null);
    kiosk.signal("-TERM");
    let (status, _, errors) = kiosk.end();
    assert!(status.success(), "{errors}");
    assert!(!errors.contains("ALSA"), "{errors}");
}

/// A pack in which a machine speaks every text.
fn spoken(files: PackFiles) -> Pack {
    const SOUND: &str = "media/a.wav";
    let PackFiles {
        folder,
        pack,
        questions,
        media,
        pictures,
        ..
    } = files;
    let files = |narration: Option<Vec<Spoken>>| PackFiles {
        folder: folder.clone(),
        pack: Ok(pack.as_ref().unwrap().clone()),
        questions: Ok(questions.as_ref().unwrap().clone()),
        media: narration
            .iter()
            .map(|_| SOUND.to_owned())
            .chain(media.iter().cloned())
            .collect(),
        pictures: pictures.clone(),
        narration: narration.map(|entries| Ok(narration::written(&entries).into_bytes())),
    };
    let load = |files| {
        let (bank, problems) = bank::load([files], TODAY);
        assert_eq!(problems, []);
        bank.packs()[0].clone()
    };
    let pack = load(files(None));
    let mut entries = Vec::new();
    for question in pack.questions() {
        for (part, text) in parts(question) {
            entries.extend(pack.info().languages().map(|language| Spoken {
                question: question.id().to_owned(),
                part: part.clone(),
                language: language.to_owned(),
                of: fingerprint(text.get(language)),
                file: SOUND.to_owned(),
            }));
        }
    }
    load(files(Some(entries)))
}

#[test]
fn the_controls_fit_beside_every_shipped_question_in_large_text() {
    let mut ruler = Ruler::new(Locales::shipped().unwrap());
    for files in embedded::packs() {
        let pack = spoken(files);
        for question in pack.questions() {
            for size in [(1080, 1920), (1366, 768)] {
                for page in [Page::Question, Page::Wrong, Page::Why] {
                    let case = Case {
                        size,
                        large: true,
                        page,
                    };
                    for language in ["zh-CN", "en"] {
                        let fault = ruler.fault(question, language, case);
                        assert_ne!(fault, Some(Fault::Cut), "{} {case:?}", question.id());
                    }
                }
            }
        }
    }
}

#[test]
fn the_controls_are_large_enough_for_fingers_and_on_every_screen() {
    let mut ruler = Ruler::new(Locales::shipped().unwrap());
    let pack = spoken(PackText::sound().files());
    let question = &pack.questions()[0];
    for size in SIZES {
        for (large, language) in [(false, "zh-CN"), (true, "zh-CN"), (true, "en")] {
            for page in [Page::Question, Page::Right, Page::Wrong, Page::Why] {
                let case = Case { size, large, page };
                let controls = ruler.controls(question, language, case);
                // A 21.5-inch panel has 1080 units on 268 mm.
                let millimetre = size.0.min(size.1) as f32 / 268.0;
                for name in ["hear", "volume"] {
                    let own = controls.iter().find(|own| own.name == name).unwrap();
                    let told = format!("{name} {case:?} {language}: {own:?}");
                    assert!(own.height.min(own.width) >= 15.0 * millimetre, "{told}");
                    assert!(own.left >= 0.0, "{told}");
                    assert!(own.left + own.width <= size.0 as f32, "{told}");
                    for other in controls.iter().filter(|other| other.name != name) {
                        let apart = |a: f32, a_size: f32, b: f32, b_size: f32| {
                            (b - (a + a_size)).max(a - (b + b_size))
                        };
                        let gap = apart(own.left, own.width, other.left, other.width).max(apart(
                            own.top,
                            own.height,
                            other.top,
                            other.height,
                        ));
                        assert!(gap >= 3.0 * millimetre, "{told} and {other:?}: {gap}");
                    }
                }
            }
        }
    }
}
