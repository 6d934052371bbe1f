//! The kiosk as somebody meets it who does not see it, or has four keys instead of a finger: the
//! real program on a virtual screen, read and pressed over AT-SPI by a real reader.
//!
//! Needs what `make test` installs: dbus-daemon, at-spi2-core and the system's Python with its
//! bindings.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod reader;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use kepu::bank::{self, Choice, Kind, PackFiles, Question};
use serde_json::Value;

use self::reader::{Bus, Page, Read, Reader};
use crate::kiosk::{Display, Kiosk, has, is_ready, key, rows, station};
use crate::support::until;

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kiosk_access/pack")
}

fn start(bus: &Bus, display: &Display, data: &Path, pictures: &Path, size: &str) -> Kiosk {
    let pack = pack();
    let arguments = [
        "--window",
        size,
        "--round",
        "4",
        "--packs",
        pack.to_str().unwrap(),
    ];
    Kiosk::start_under(&bus.environment(), display, data, pictures, &arguments)
}

fn say(language: &str, key: &str) -> String {
    let locales = kepu::locale::Locales::shipped().unwrap();
    locales.text(language, key)
}

fn say_with(language: &str, key: &str, n: usize) -> String {
    let locales = kepu::locale::Locales::shipped().unwrap();
    locales.format(language, key, &[("n", n.into()), ("of", 4.into())])
}

/// The question on the screen, and its options as they are read.
fn asked<'a>(
    page: &Page,
    language: &str,
    questions: &'a [Question],
) -> (&'a Question, Vec<&'a Choice>) {
    let on_screen = |question: &&Question| page.has("heading", question.prompt().get(language));
    let question = questions.iter().find(on_screen).unwrap();
    let mut options: Vec<&Choice> = question.options().iter().collect();
    options.sort_by_key(|option| page.place(option.text().get(language)));
    (question, options)
}

/// Plays a round by what is read only, and holds that everything is read.
fn play(reader: &mut Reader, language: &str, questions: &[Question], right: bool) {
    let text = |key: &str| say(language, key);
    let on = |role: &'static str, name: String| move |page: &Page| page.has(role, &name);
    let start: String = {
        let both = ["zh-CN", "en"].map(|tag| say(tag, "attract-start"));
        both.join(" ")
    };
    let page = reader.press(&start, on("heading", text("audience-title")));
    page.check();
    let page = reader.press(
        &text("audience-general"),
        on("heading", text("topic-title")),
    );
    page.check();
    let topic = if language == "en" {
        "Read aloud"
    } else {
        "读出来"
    };
    reader.press(
        topic,
        on("label", say_with(language, "question-progress", 1)),
    );
    for number in 1..=4 {
        let progress = say_with(language, "question-progress", number);
        let page = reader.wait_for("label", &progress);
        page.check();
        let (question, options) = asked(&page, language, questions);
        let prompt = question.prompt().get(language).to_owned();
        assert!(
            page.get("heading", &prompt).is("focused"),
            "{:#?}",
            page.told()
        );
        let heard = reader.heard();
        assert!(heard.contains(&(progress, 1)), "{heard:?}");
        let (role, hint) = match question.kind() {
            Kind::Single => ("radio button", text("question-choose-one")),
            Kind::TrueFalse => ("radio button", text("question-true-or-false")),
            Kind::Multi => (
                "check box",
                say_with(language, "question-choose-several", 2),
            ),
            Kind::Order => ("check box", text("question-put-in-order")),
        };
        page.get("label", &hint);
        for (at, option) in options.iter().enumerate() {
            let read = page.get(role, option.text().get(language));
            assert!(!read.is("checked") && read.is("checkable"), "{read:?}");
            let place = ((at + 1).to_string(), options.len().to_string());
            assert_eq!((&read.place, &read.of), (&place.0, &place.1), "{read:?}");
        }
        // First what is asked, then the answers, then the bar.
        let first = options[0].text().get(language);
        assert!(
            page.place(&prompt) < page.place(first),
            "{:#?}",
            page.told()
        );
        assert!(page.place(first) < page.place(&text("bar-leave")));
        let mut chosen: Vec<&Choice> = match question.kind() {
            Kind::Order if right => question.options().iter().collect(),
            Kind::Order => question.options().iter().rev().collect(),
            _ => {
                let options = options.iter().copied();
                options
                    .filter(|option| option.is_correct() == right)
                    .collect()
            }
        };
        if role == "radio button" {
            // The first one that is chosen answers.
            chosen.truncate(1);
        }
        let verdict = text(if right {
            "feedback-right"
        } else {
            "feedback-wrong"
        });
        let done = text("question-confirm");
        if role == "check box" {
            // The button says how much is missing.
            let missing = match question.kind() {
                Kind::Order => "question-more-steps",
                _ => "question-more",
            };
            let waiting = say_with(language, missing, chosen.len());
            let says = &page.get("push button", &waiting).says;
            assert_eq!(*says, text("access-waiting"));
            for (at, option) in chosen.iter().enumerate() {
                let name = option.text().get(language).to_owned();
                // A step is read with its number.
                let read = match question.kind() {
                    Kind::Order => format!("{} {name}", at + 1),
                    _ => name.clone(),
                };
                let is_checked = |page: &Page| {
                    page.has("check box", &read) && page.get("check box", &read).is("checked")
                };
                reader.press(&name, is_checked).check();
            }
            let page = reader.page().unwrap();
            assert_eq!(page.get("push button", &done).says, "");
            reader.press(&done, on("notification", verdict.clone()));
        } else {
            let name = chosen[0].text().get(language);
            reader.press(name, on("notification", verdict.clone()));
        }
        let page = reader.wait_for("notification", &verdict);
        page.check();
        assert!(
            page.get("notification", &verdict).is("focused"),
            "{:#?}",
            page.told()
        );
        page.get("heading", &prompt);
        let explanation = question.explanation().get(language);
        page.get("label", explanation);
        let items: Vec<&Read> = page
            .0
            .iter()
            .filter(|one| one.role == "list item")
            .collect();
        assert_eq!(items.len(), options.len(), "{:#?}", page.told());
        for option in &options {
            let name = option.text().get(language);
            assert!(
                items.iter().any(|item| item.name.contains(name)),
                "{items:?}"
            );
        }
        for option in &chosen {
            let name = option.text().get(language);
            let Some(feedback) = option.feedback() else {
                continue;
            };
            let item = items.iter().find(|item| item.name.contains(name)).unwrap();
            assert!(item.name.contains(feedback.get(language)), "{item:?}");
        }
        // Said by itself: the verdict at once, the reason when there is time.
        let heard = reader.heard();
        assert!(heard.contains(&(verdict, 2)), "{heard:?}");
        assert!(heard.contains(&(explanation.to_owned(), 1)), "{heard:?}");
        if number < 4 {
            let next = say_with(language, "question-progress", number + 1);
            reader.press(&text("feedback-next"), on("label", next));
        }
    }
    let page = reader.press(&text("feedback-results"), {
        let again = text("results-again");
        move |page| page.has("push button", &again)
    });
    page.check();
    reader.press(
        &text("results-finish"),
        on("heading", say("zh-CN", "attract-title")),
    );
}

fn questions() -> Vec<Question> {
    let (bank, problems) = bank::load([PackFiles::read(&pack())], "2126-12-01".parse().unwrap());
    assert_eq!(problems, []);
    bank.questions()
        .map(|question| (**question).clone())
        .collect()
}

#[test]
fn a_screen_reader_reads_and_plays_whole_rounds_in_both_languages() {
    let (bus, display) = (Bus::new(), Display::new(1080, 1920));
    let (_folder, data, pictures) = station();
    let mut kiosk = start(&bus, &display, &data, &pictures, "1080x1920");
    kiosk.wait_for(&["attract"]);
    // It begins to read when the screen is at rest already.
    let mut reader = Reader::new(&bus);
    let questions = questions();
    reader
        .wait_for("heading", &say("zh-CN", "attract-title"))
        .check();
    play(&mut reader, "zh-CN", &questions, true);
    // Now in English, and everything wrong.
    let change = "English，更换语言";
    let page = reader.press(change, |page| page.has("radio button", "English"));
    page.check();
    assert!(page.get("radio button", "中文").is("checked"));
    let english = say("en", "bar-larger");
    reader.press("English", move |page| page.has("push button", &english));
    play(&mut reader, "en", &questions, false);
    let told = "SELECT language, outcome, answered, correct FROM session ORDER BY language";
    let sessions = [
        ["en", "completed", "4", "0"],
        ["zh-CN", "completed", "4", "4"],
    ];
    assert_eq!(rows(&data, told), sessions);
    assert!(kiosk.is_running());
}

#[test]
fn a_screen_reader_moves_the_focus_and_staff_screens_are_read_too() {
    let (bus, display) = (Bus::new(), Display::new(1366, 768));
    let (_folder, data, pictures) = station();
    let mut kiosk = start(&bus, &display, &data, &pictures, "1366x768");
    kiosk.wait_for(&["attract"]);
    let mut reader = Reader::new(&bus);
    let larger = say("zh-CN", "bar-larger");
    reader.wait_for("push button", &larger);
    assert_eq!(reader.ask(&format!("focus {larger}")), Some(true));
    until("the focus", || {
        let page = reader.page()?;
        page.get("push button", &larger).is("focused").then_some(())
    });
    // And keys go on from there.
    let smaller = say("zh-CN", "bar-smaller");
    key(&display, "Return");
    reader.wait_for("push button", &smaller);
    display.xdotool(&["mousemove", "40", "40", "mousedown", "1"]);
    reader.wait_for("heading", &say("zh-CN", "pad-new")).check();
    display.xdotool(&["mouseup", "1"]);
    let pin = "493817";
    for heading in ["pad-new", "pad-again"] {
        let heading = say("zh-CN", heading);
        reader.wait_for("heading", &heading);
        // Only how many there are is read.
        for (count, digit) in (1..).zip(pin.chars()) {
            let entered = say_with("zh-CN", "access-digits", count);
            let page = reader.press(&digit.to_string(), |page| page.has("label", &entered));
            assert!(!page.0.iter().any(|one| one.name.contains(&pin[..2])));
        }
        let gone = move |page: &Page| !page.has("heading", &heading);
        reader.press(&say("zh-CN", "pad-ok"), gone);
    }
    for tab in ["today", "packs", "records", "station", "health"] {
        let name = say("zh-CN", &format!("staff-tab-{tab}"));
        let there = |page: &Page| {
            page.has("radio button", &name) && page.get("radio button", &name).is("checked")
        };
        reader.press(&name, there).check();
    }
}

#[test]
fn a_visit_in_another_language_and_in_large_text_takes_four_keys_only() {
    let (bus, display) = (Bus::new(), Display::new(1366, 768));
    let (_folder, data, pictures) = station();
    let mut kiosk = start(&bus, &display, &data, &pictures, "1366x768");
    // From nowhere to a control, by whichever way is shorter.
    let go = |screen: &Value, name: &str| {
        let names = screen["focus_order"].as_array().unwrap();
        let down = 1 + names.iter().position(|own| own == name).unwrap();
        let up = names.len() + 1 - down;
        let (arrow, steps) = if down <= up {
            ("Down", down)
        } else {
            ("Up", up)
        };
        for _ in 0..steps {
            display.xdotool(&["key", arrow]);
        }
    };
    let choose = || key(&display, "Return");
    let screen = kiosk.wait_for(&["attract"]);
    go(&screen, "language");
    let screen = kiosk.repeat("language", choose);
    go(&screen, "language-en");
    let screen = kiosk.repeat("attract", choose);
    go(&screen, "size");
    let screen = kiosk.repeat("attract", choose);
    assert_eq!(screen["profile"], "large");
    // The focus is where it was: behind it the language, and round the end the beginning.
    for _ in 0..2 {
        display.xdotool(&["key", "Down"]);
    }
    let screen = kiosk.repeat("audience", choose);
    go(&screen, "audience-general");
    let screen = kiosk.repeat("topic", choose);
    go(&screen, "topic-aloud");
    let mut screen = kiosk.repeat("question", choose);
    for number in 1..=4 {
        // Whatever is chosen, the first key leads to the first option.
        assert_eq!(screen["focus_order"][0], "option-0", "{screen}");
        display.xdotool(&["key", "Down"]);
        let feedback = if has(&screen, "confirm") {
            let names = screen["focus_order"].as_array().unwrap();
            let options = names.iter().position(|own| own == "confirm").unwrap();
            let mut ready = false;
            for _ in 0..options {
                ready = ready || is_ready(&kiosk.repeat("selection", choose));
                display.xdotool(&["key", "Down"]);
            }
            kiosk.repeat("feedback", choose)
        } else {
            kiosk.repeat("feedback", choose)
        };
        // In large type the reason has a screen of its own, from which one can go back.
        let why = |feedback: &Value, kiosk: &mut Kiosk| {
            assert_eq!(feedback["focus_order"][0], "why", "{feedback}");
            display.xdotool(&["key", "Down"]);
            let why = kiosk.repeat("why", choose);
            assert_eq!(why["focus_order"][0], "next", "{why}");
            why
        };
        let reason = why(&feedback, &mut kiosk);
        if number == 1 {
            go(&reason, "answer");
            let feedback = kiosk.repeat("feedback", choose);
            why(&feedback, &mut kiosk);
            let feedback = kiosk.repeat("feedback", || key(&display, "Escape"));
            why(&feedback, &mut kiosk);
        }
        display.xdotool(&["key", "Down"]);
        screen = kiosk.repeat(if number < 4 { "question" } else { "results" }, choose);
    }
    go(&screen, "again");
    let screen = kiosk.repeat("topic", choose);
    go(&screen, "topic-aloud");
    kiosk.repeat("question", choose);
    // Back asks; back again goes on; and then really.
    key(&display, "Escape");
    kiosk.wait_for(&["countdown"]);
    key(&display, "Escape");
    thread::sleep(Duration::from_millis(450));
    key(&display, "Escape");
    let screen = kiosk.wait_for(&["countdown"]);
    assert_eq!(
        screen["focus_order"].as_array().unwrap().len(),
        2,
        "{screen}"
    );
    go(&screen, "start-over");
    let screen = kiosk.repeat("attract", choose);
    assert_eq!(
        (&screen["language"], &screen["profile"]),
        (&"zh-CN".into(), &"standard".into())
    );
    let told = "SELECT language, profile, outcome, answered FROM session ORDER BY answered";
    let sessions = [
        ["en", "large", "abandoned", "0"],
        ["en", "large", "completed", "4"],
    ];
    assert_eq!(rows(&data, told), sessions);
}

#[test]
fn a_station_without_a_bus_and_with_one_that_knows_nothing_of_screen_readers_plays() {
    let display = Display::new(768, 1366);
    let nothing = tempfile::tempdir().unwrap();
    let config = nothing.path().join("bus.conf");
    // A bus on which nothing can be started.
    let text = format!(
        "<busconfig><type>session</type><listen>unix:dir={}</listen><policy context=\"default\">\
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
         <allow own=\"*\"/></policy></busconfig>",
        nothing.path().display()
    );
    fs::write(&config, text).unwrap();
    let mut daemon = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address=1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(daemon.stdout.take().unwrap())
        .read_line(&mut address)
        .unwrap();
    for address in ["unix:path=/nonexistent/bus", address.trim()] {
        let (_folder, data, pictures) = station();
        let environment = [
            "env".to_owned(),
            format!("DBUS_SESSION_BUS_ADDRESS={address}"),
        ];
        let arguments = ["--window", "768x1366", "--robot", "1", "--round", "3"];
        let kiosk = Kiosk::start_under(&environment, &display, &data, &pictures, &arguments);
        let (status, printed, errors) = kiosk.end();
        assert!(status.success(), "{errors}");
        // And perhaps what was missed, once more.
        assert!(printed.lines().count() >= 3, "{printed}");
    }
    drop(daemon.kill());
    drop(daemon.wait());
}
