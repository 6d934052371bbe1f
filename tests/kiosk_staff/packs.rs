//! Packs: from an editor to the visitors and back, by taps.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::kiosk::answer;
use crate::upload::server::{Fault, Server, Speaks};

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

/// Turns the pages of a list until a pack is on one.
fn turn_to(display: &Display, kiosk: &mut Kiosk, mut screen: Value, pack: &str) -> Value {
    while !has(&screen, pack) {
        let before = screen["texts"].clone();
        // The list may still be read.
        if has(&screen, "page-next") {
            tap(display, &screen, "page-next");
        }
        while screen["texts"] == before {
            screen = kiosk.wait_for(&["staff"]);
        }
    }
    screen
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
    let packs = turn_to(&display, &mut kiosk, packs, "pack-health-basics");
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
    let installed = data.join("packs/health-basics-2");
    assert!(installed.exists());

    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "page-next");
    let packs = turn_to(&display, &mut kiosk, packs, "pack-health-basics");
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
    assert!(!installed.exists());
}

#[test]
fn a_pack_is_fetched_from_the_stations_server_by_taps_and_a_server_that_fails_is_told_of() {
    let display = Display::new(1080, 1920);
    let (folder, data, pictures) = station();
    let at = folder.path();
    let pack = edited(at);
    let kepu = env!("CARGO_BIN_EXE_kepu");
    run(kepu, &["pack", "build", pack.to_str().unwrap()], at);
    // Listed once; then it fails until it is looked at again.
    let failing = Arc::new(AtomicBool::new(false));
    let fails = Arc::clone(&failing);
    let server = Server::start(Speaks::WebDav, move |_| {
        match fails.load(Ordering::Relaxed) {
            true => Fault::Status(403, None),
            false => Fault::None,
        }
    });
    let built = fs::read(at.join("health-basics-2.kepu")).unwrap();
    let name = "/dav/kepu/health-basics-2.kepu".to_owned();
    server.inside.lock().unwrap().objects.insert(name, built);
    let (roots, address) = (at.join("media"), &server.address);
    fs::write(
        data.join("station.ron"),
        format!("(id: \"east-gate\", sticks: [{roots:?}], packs_from: {address:?})"),
    )
    .unwrap();

    let arguments = ["--window", "1080x1920", "--round", "3"];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "search");
    tap(&display, &packs, "search");
    let row = "server-health-basics-2.kepu";
    let found = wait_for_sign(&mut kiosk, row);
    assert!(says(&found, "在服务器上"), "{found}");
    failing.store(true, Ordering::Relaxed);
    tap(&display, &found, row);
    let refused = wait_for_sign(&mut kiosk, "题包服务器拒绝访问");
    tap(&display, &refused, "search");
    let refused = wait_for_sign(&mut kiosk, "没有找到题包");
    assert!(says(&refused, "题包服务器拒绝访问"), "{refused}");
    failing.store(false, Ordering::Relaxed);
    tap(&display, &refused, "search");
    let found = wait_for_sign(&mut kiosk, row);
    tap(&display, &found, row);
    let offer = wait_for_sign(&mut kiosk, "install");
    // Nobody has signed it: that is asked about.
    tap(&display, &offer, "install");
    let asked = wait_for_sign(&mut kiosk, "yes");
    tap(&display, &asked, "yes");
    let asked = wait_for_sign(&mut kiosk, "yes-again");
    tap(&display, &asked, "yes-again");
    let packs = wait_for_sign(&mut kiosk, "search");
    tap(&display, &packs, "lock");
    let played = play_one(&display, &mut kiosk, &data);
    assert_eq!(played, [["health-basics", "2"]]);
}

#[test]
fn staff_see_how_many_questions_wait_for_a_telephone_line() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let settings = "(hotlines: {\"antifraud\": None})";
    fs::write(data.join("station.ron"), settings).unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1080x1920"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "page-next");
    let packs = turn_to(&display, &mut kiosk, packs, "pack-antifraud-basics");
    assert!(says(&packs, "1 道题缺热线号码"), "{packs}");
    tap(&display, &packs, "pack-antifraud-basics");
    let one = wait_for_sign(&mut kiosk, "back");
    assert!(says(&one, "写到本站没有的热线，不出题"), "{one}");
}
