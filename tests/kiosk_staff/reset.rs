//! A PIN that was forgotten: a line on the screen, a signature, a stick.

use super::*;

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
