//! The staff screen as staff meet it: a long press, a PIN, the tabs; by real taps on a virtual
//! screen.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::kiosk::{Display, Kiosk, answer, has, key, rows, station, tap};
use crate::support::until;

const PIN: &str = "493817";

/// A finger that stays on the top left corner until the pad is there.
fn press_corner(display: &Display, kiosk: &mut Kiosk) -> Value {
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["mousemove", "40", "40", "mousedown", "1"]);
    let pad = kiosk.wait_for(&["pad"]);
    display.xdotool(&["mouseup", "1"]);
    pad
}

/// Opens the pad and waits until it knows what to ask for.
fn open_pad(display: &Display, kiosk: &mut Kiosk, asked: &str) -> Value {
    let mut pad = press_corner(display, kiosk);
    while !says(&pad, asked) {
        pad = kiosk.wait_for(&["pad"]);
    }
    pad
}

fn type_pin(display: &Display, pad: &Value, pin: &str) {
    for digit in pin.chars() {
        tap(display, pad, &format!("key-{digit}"));
    }
    tap(display, pad, "key-ok");
}

fn says(screen: &Value, words: &str) -> bool {
    let texts = screen["texts"].as_array().unwrap();
    texts
        .iter()
        .any(|text| text.as_str().unwrap().contains(words))
}

/// Sets a PIN on a fresh station and returns what is on the first screen of the area.
fn first_use(display: &Display, kiosk: &mut Kiosk) -> Value {
    let pad = open_pad(display, kiosk, "请设置密码");
    type_pin(display, &pad, PIN);
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "请再输入一次"), "{pad}");
    type_pin(display, &pad, PIN);
    kiosk.wait_for(&["staff"])
}

/// Opens a tab and waits until a control that only it has is there.
fn open_tab(display: &Display, kiosk: &mut Kiosk, screen: &Value, tab: &str, sign: &str) -> Value {
    tap(display, screen, tab);
    loop {
        let screen = kiosk.wait_for(&["staff"]);
        if has(&screen, sign) || says(&screen, sign) {
            return screen;
        }
    }
}

#[test]
fn the_first_use_sets_a_pin_twice_and_a_weak_one_is_refused_with_the_reason() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1080x1920"]);
    kiosk.wait_for(&["attract"]);
    let pad = open_pad(&display, &mut kiosk, "请设置密码");
    type_pin(&display, &pad, "111111");
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "全是同一个数字"), "{pad}");
    type_pin(&display, &pad, PIN);
    let pad = kiosk.wait_for(&["pad"]);
    type_pin(&display, &pad, "493818");
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "两次输入不一样"), "{pad}");
    type_pin(&display, &pad, PIN);
    let pad = kiosk.wait_for(&["pad"]);
    type_pin(&display, &pad, PIN);
    let area = kiosk.wait_for(&["staff"]);
    assert!(has(&area, "tab-today") && has(&area, "lock"), "{area}");
    assert!(says(&area, "演示状态"), "{area}");
}

#[test]
fn a_wrong_pin_is_refused_with_the_tries_left_and_the_right_one_opens() {
    let display = Display::new(1366, 768);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    tap(&display, &area, "lock");
    kiosk.wait_for(&["attract"]);
    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    type_pin(&display, &pad, "493816");
    let mut pad = kiosk.wait_for(&["pad"]);
    while says(&pad, "请稍候") {
        pad = kiosk.wait_for(&["pad"]);
    }
    assert!(says(&pad, "还可以试 4 次"), "{pad}");
    assert!(!says(&pad, "493816"), "{pad}");
    type_pin(&display, &pad, PIN);
    kiosk.wait_for(&["staff"]);
    // A program that is killed inside comes back locked.
    kiosk.signal("-KILL");
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    let screen = kiosk.wait_for(&["attract", "staff"]);
    assert_eq!(screen["screen"], "attract");
}

#[test]
fn the_pad_shows_nothing_of_the_visit_closes_by_itself_and_the_visit_goes_on() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1280x800"]);
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-health");
    let question = kiosk.wait_for(&["question"]);
    // The corner lies on a button: held, it is the corner.
    let pad = press_corner(&display, &mut kiosk);
    let controls = pad["controls"].as_array().unwrap();
    for control in controls {
        let name = control["name"].as_str().unwrap();
        assert!(name.starts_with("key-") || name == "pad-close", "{name}");
    }
    for text in question["texts"].as_array().unwrap() {
        // Icons and numbers apart.
        let text = text.as_str().unwrap();
        if text.chars().count() > 2 {
            assert!(!says(&pad, text), "{text}");
        }
    }
    let again = kiosk.wait_for(&["question", "attract", "countdown"]);
    assert_eq!(again["screen"], "question");
    let sorted = |screen: &Value| {
        let mut texts: Vec<String> = screen["texts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| text.as_str().unwrap().to_owned())
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(sorted(&again), sorted(&question));
}

#[test]
fn a_short_press_on_the_corner_is_what_it_always_was() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1280x800"]);
    kiosk.wait_for(&["attract"]);
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["mousemove", "20", "20", "mousedown", "1"]);
    display.xdotool(&["mouseup", "1"]);
    let screen = kiosk.wait_for(&["audience", "pad"]);
    assert_eq!(screen["screen"], "audience");
}

#[test]
fn every_tab_opens_in_both_languages_and_what_is_set_is_saved_and_holds() {
    let display = Display::new(1920, 1080);
    let (_folder, data, pictures) = station();
    fs::write(data.join("station.ron"), "(round_length: 4)").unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1920x1080"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    tap(&display, &area, "language");
    let area = kiosk.wait_for(&["staff"]);
    let area = if says(&area, "Nobody has played yet") {
        area
    } else {
        kiosk.wait_for(&["staff"])
    };
    assert!(says(&area, "Nobody has played yet"), "{area}");
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "built in");
    assert!(has(&packs, "search"));
    let records = open_tab(&display, &mut kiosk, &packs, "tab-records", "Last export");
    let health = open_tab(&display, &mut kiosk, &records, "tab-health", "restart");
    let station = open_tab(&display, &mut kiosk, &health, "tab-station", "save");
    tap(&display, &station, "round+1");
    tap(&display, &station, "width+1");
    tap(&display, &station, "save");
    let mut saved = kiosk.wait_for(&["staff"]);
    while !has(&saved, "lock") {
        saved = kiosk.wait_for(&["staff"]);
    }
    assert!(says(&saved, "It holds from now on"), "{saved}");
    let written = kepu::config::Station::read(&data).unwrap();
    assert_eq!(written.round_length, 5);
    assert_eq!(written.panel_mm, Some((476, 268)));
    // Escape leaves, and the visitors' language is the station's again.
    key(&display, "Escape");
    let attract = kiosk.wait_for(&["attract"]);
    assert_eq!(attract["language"], "zh-CN");
    tap(&display, &attract, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-health");
    let question = kiosk.wait_for(&["question"]);
    assert!(says(&question, "共 5 题"), "{question}");
}

#[test]
fn a_restart_is_asked_about_twice_and_comes_back_to_the_visitors() {
    let display = Display::new(768, 1366);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "768x1366"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let health = open_tab(&display, &mut kiosk, &area, "tab-health", "restart");
    tap(&display, &health, "restart");
    let asked = kiosk.wait_for(&["staff"]);
    tap(&display, &asked, "no");
    let health = kiosk.wait_for(&["staff"]);
    tap(&display, &health, "restart");
    let asked = kiosk.wait_for(&["staff"]);
    tap(&display, &asked, "yes");
    let asked = kiosk.wait_for(&["staff"]);
    // The same process has begun anew: the first picture is written again.
    let first = pictures.join("001-attract-zh-CN-standard.json");
    fs::remove_file(&first).unwrap();
    tap(&display, &asked, "yes-again");
    until("the program to begin again", || {
        first.exists().then_some(())
    });
    kiosk.signal("-TERM");
    let (status, _, errors) = kiosk.end();
    assert!(status.success(), "{errors}");
}

#[test]
fn a_forgotten_pin_is_replaced_with_a_signed_line_on_a_stick_and_only_once() {
    let display = Display::new(1080, 1920);
    let (folder, data, pictures) = station();
    let at = folder.path();
    let stick = at.join("media/stick");
    fs::create_dir_all(&stick).unwrap();
    run(
        "minisign",
        &["-G", "-W", "-p", "county.pub", "-s", "county.key"],
        at,
    );
    let key = fs::read_to_string(at.join("county.pub")).unwrap();
    let key = key.lines().nth(1).unwrap();
    let roots = at.join("media");
    fs::write(
        data.join("station.ron"),
        format!("(id: \"east-gate\", admin_keys: [\"{key}\"], sticks: [{roots:?}])"),
    )
    .unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1080x1920"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    tap(&display, &area, "lock");
    kiosk.wait_for(&["attract"]);

    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    tap(&display, &pad, "pad-forgotten");
    let reset = wait_for_reset(&mut kiosk, "kepu-pin-reset east-gate");
    tap(&display, &reset, "reset-read");
    let reset = wait_for_reset(&mut kiosk, "没有找到文件 kepu-pin-reset.txt");
    // The county signs exactly what the screen shows.
    let line = reset["texts"].as_array().unwrap();
    let line = line.iter().map(|text| text.as_str().unwrap());
    let line: Vec<&str> = line
        .filter(|text| text.starts_with("kepu-pin-reset "))
        .collect();
    let file = stick.join("kepu-pin-reset.txt");
    fs::write(&file, format!("{}\n", line[0])).unwrap();
    let file = file.to_str().unwrap();
    run("minisign", &["-S", "-s", "county.key", "-m", file], at);
    tap(&display, &reset, "reset-read");
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "请设置密码"), "{pad}");
    type_pin(&display, &pad, "730562");
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "请再输入一次"), "{pad}");
    type_pin(&display, &pad, "730562");
    let area = kiosk.wait_for(&["staff"]);
    tap(&display, &area, "lock");
    kiosk.wait_for(&["attract"]);

    // The same stick does nothing more, and the old PIN neither.
    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    tap(&display, &pad, "pad-forgotten");
    let reset = wait_for_reset(&mut kiosk, "kepu-pin-reset east-gate");
    assert!(!says(&reset, line[0]), "{reset}");
    tap(&display, &reset, "reset-read");
    let reset = wait_for_reset(&mut kiosk, "以前的那行文字");
    tap(&display, &reset, "reset-close");
    kiosk.wait_for(&["attract"]);
    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    type_pin(&display, &pad, PIN);
    let mut pad = kiosk.wait_for(&["pad"]);
    while says(&pad, "请稍候") {
        pad = kiosk.wait_for(&["pad"]);
    }
    assert!(says(&pad, "密码不对"), "{pad}");
    type_pin(&display, &pad, "730562");
    kiosk.wait_for(&["staff"]);
    let journal = fs::read_to_string(data.join("staff/journal.jsonl")).unwrap();
    assert_eq!(journal.matches("pin-reset").count(), 1, "{journal}");
    assert_eq!(journal.matches("pin-changed").count(), 1, "{journal}");
}

/// Waits until the screen for a forgotten PIN says some words and nothing is being done.
fn wait_for_reset(kiosk: &mut Kiosk, sign: &str) -> Value {
    loop {
        let screen = kiosk.wait_for(&["reset"]);
        if says(&screen, sign) && has(&screen, "reset-read") {
            return screen;
        }
    }
}

#[test]
fn the_staff_area_locks_itself_when_nobody_touches_it_for_a_minute() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1280x800"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let begun = Instant::now();
    open_tab(&display, &mut kiosk, &area, "tab-packs", "search");
    kiosk.wait_for(&["attract"]);
    // Not at once: what it waits for is a minute without a touch.
    assert!(begun.elapsed() > Duration::from_secs(55));
    open_pad(&display, &mut kiosk, "请输入密码");
}

/// A pack as an editor makes it: a shipped one with one text changed, and its version raised.
fn edited(folder: &Path) -> PathBuf {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes/health-basics");
    let pack = folder.join("health-basics");
    fs::create_dir(&pack).unwrap();
    for name in ["pack.ron", "questions.ron"] {
        let text = fs::read_to_string(shipped.join(name)).unwrap();
        let text = text
            .replace("version: 1,", "version: 2,")
            .replace("\"中华人民共和国食品安全法\"", "\"食品安全法\"");
        fs::write(pack.join(name), text).unwrap();
    }
    pack
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let done = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{program} (make test installs it): {error}"));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// Waits for the next screen of the staff area that has a control or says some words.
fn wait_for_sign(kiosk: &mut Kiosk, sign: &str) -> Value {
    loop {
        let screen = kiosk.wait_for(&["staff"]);
        if has(&screen, sign) || says(&screen, sign) {
            return screen;
        }
    }
}

/// Plays one question of the health topic and says which version of which pack it came from.
fn play_one(display: &Display, kiosk: &mut Kiosk, data: &Path) -> Vec<Vec<String>> {
    let screen = kiosk.wait_for(&["attract"]);
    tap(display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(display, &screen, "topic-health");
    for _ in 0..3 {
        let screen = kiosk.wait_for(&["question"]);
        let screen = answer(display, kiosk, &screen);
        tap(display, &screen, "next");
    }
    let screen = kiosk.wait_for(&["results"]);
    tap(display, &screen, "finish");
    rows(
        data,
        "SELECT DISTINCT pack, pack_version FROM answer ORDER BY pack_version",
    )
}

#[test]
fn a_pack_signed_with_minisign_is_installed_from_a_stick_by_taps_played_and_taken_back() {
    let display = Display::new(1080, 1920);
    let (folder, data, pictures) = station();
    let at = folder.path();
    // The office: edit, build, sign with the ordinary tool.
    let kepu = env!("CARGO_BIN_EXE_kepu");
    let pack = edited(at);
    let stick = at.join("media/stick");
    fs::create_dir_all(&stick).unwrap();
    let out = ["--out", stick.to_str().unwrap()];
    run(
        kepu,
        &["pack", "build", pack.to_str().unwrap(), out[0], out[1]],
        at,
    );
    run(
        "minisign",
        &["-G", "-W", "-p", "office.pub", "-s", "office.key"],
        at,
    );
    let built = stick.join("health-basics-2.kepu");
    let built = built.to_str().unwrap();
    run("minisign", &["-S", "-s", "office.key", "-m", built], at);
    let key = fs::read_to_string(at.join("office.pub")).unwrap();
    let key = key.lines().nth(1).unwrap();
    // The station: knows that key, and looks for sticks where this one is.
    let roots = at.join("media");
    fs::write(
        data.join("station.ron"),
        format!("(id: \"east-gate\", keys: [\"{key}\"], sticks: [{roots:?}])"),
    )
    .unwrap();

    let arguments = ["--window", "1080x1920", "--round", "3"];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "search");
    tap(&display, &packs, "search");
    let found = wait_for_sign(&mut kiosk, "health-basics-2.kepu");
    tap(&display, &found, "stick-health-basics-2.kepu");
    let offer = wait_for_sign(&mut kiosk, "install");
    // Two questions cite the law by its short name now.
    let texts: Vec<&str> = offer["texts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(Value::as_str)
        .collect();
    let beside = texts.iter().position(|text| *text == "修改题目").unwrap();
    let around = [texts.get(beside.wrapping_sub(1)), texts.get(beside + 1)];
    assert!(around.contains(&Some(&"2")), "{texts:?}");
    tap(&display, &offer, "install");
    let packs = wait_for_sign(&mut kiosk, "search");
    tap(&display, &packs, "lock");
    let played = play_one(&display, &mut kiosk, &data);
    assert_eq!(played, [["health-basics", "2"]]);

    // Back: behind the PIN, asked twice.
    kiosk.wait_for(&["attract"]);
    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    type_pin(&display, &pad, PIN);
    let area = kiosk.wait_for(&["staff"]);
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "search");
    tap(&display, &packs, "pack-health-basics");
    let one = wait_for_sign(&mut kiosk, "roll-back");
    tap(&display, &one, "roll-back");
    let asked = wait_for_sign(&mut kiosk, "yes");
    tap(&display, &asked, "yes");
    let asked = wait_for_sign(&mut kiosk, "yes-again");
    tap(&display, &asked, "yes-again");
    let packs = wait_for_sign(&mut kiosk, "search");
    tap(&display, &packs, "lock");
    let played = play_one(&display, &mut kiosk, &data);
    assert_eq!(played, [["health-basics", "1"], ["health-basics", "2"]]);
    let journal = fs::read_to_string(data.join("staff/journal.jsonl")).unwrap();
    for deed in [
        "pin-set",
        "pack-installed",
        "staff-entered",
        "pack-rolled-back",
    ] {
        assert!(journal.contains(deed), "{deed}: {journal}");
    }
    assert!(!journal.contains(PIN));
}

#[test]
fn an_installed_pack_is_removed_by_taps_and_the_shipped_one_plays_again() {
    let display = Display::new(1366, 768);
    let (folder, data, pictures) = station();
    let at = folder.path();
    let kepu = env!("CARGO_BIN_EXE_kepu");
    let pack = edited(at);
    run(kepu, &["pack", "build", pack.to_str().unwrap()], at);
    let station = ["--data", data.to_str().unwrap()];
    let install = [
        "pack",
        "install",
        "health-basics-2.kepu",
        "--accept-unsigned",
    ];
    run(kepu, &[install.as_slice(), &station].concat(), at);
    let list = ["pack", "list", station[0], station[1]];
    assert!(run(kepu, &list, at).contains("health-basics"));

    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "page-next");
    tap(&display, &packs, "page-next");
    let packs = wait_for_sign(&mut kiosk, "pack-health-basics");
    tap(&display, &packs, "pack-health-basics");
    let one = wait_for_sign(&mut kiosk, "remove");
    tap(&display, &one, "remove");
    let asked = wait_for_sign(&mut kiosk, "yes");
    tap(&display, &asked, "yes");
    let asked = wait_for_sign(&mut kiosk, "yes-again");
    tap(&display, &asked, "yes-again");
    let packs = wait_for_sign(&mut kiosk, "search");
    tap(&display, &packs, "lock");
    assert!(!run(kepu, &list, at).contains("health-basics"));
    let journal = fs::read_to_string(data.join("staff/journal.jsonl")).unwrap();
    assert!(journal.contains("pack-removed"), "{journal}");
    kiosk.wait_for(&["attract"]);
    assert!(!data.join("packs/health-basics").exists());
}
