//! Disks that are full, read-only, failing or slow: visitors play on, nothing that can be kept is
//! lost, and staff read what is wrong.
//!
//! Faults come from a small disk in memory, or from `strace`, which makes system calls on the
//! records fail or take their time.

use kepu::records::RecordStore;

use super::*;
use crate::support::SmallDisk;

/// Plays whole rounds of three questions about health.
fn play(display: &Display, kiosk: &mut Kiosk, rounds: usize) {
    for _ in 0..rounds {
        play_round(display, kiosk);
        kiosk.wait_for(&["attract"]);
    }
}

fn play_round(display: &Display, kiosk: &mut Kiosk) {
    tap_anywhere(display);
    let screen = kiosk.wait_for(&["audience"]);
    tap(display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(display, &screen, "topic-health");
    for _ in 0..3 {
        let screen = kiosk.wait_for(&["question"]);
        let screen = crate::kiosk::answer(display, kiosk, &screen);
        tap(display, &screen, "next");
    }
    let screen = kiosk.wait_for(&["results"]);
    tap(display, &screen, "finish");
}

/// The attract screen begins wherever it is touched.
fn tap_anywhere(display: &Display) {
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["mousemove", "640", "700", "click", "1"]);
}

/// Sets the PIN, so that nothing has to be written for it later, and goes back to the visitors.
fn set_up(display: &Display, kiosk: &mut Kiosk) {
    kiosk.wait_for(&["attract"]);
    let area = first_use(display, kiosk);
    tap(display, &area, "lock");
    kiosk.wait_for(&["attract"]);
}

/// Opens the staff area and its health, and waits for a sentence.
fn staff_read(display: &Display, kiosk: &mut Kiosk, sentence: &str) {
    let pad = open_pad(display, kiosk, "请输入密码");
    type_pin(display, &pad, PIN);
    let area = kiosk.wait_for(&["staff"]);
    let health = open_tab(display, kiosk, &area, "tab-health", "restart");
    let mut shown = health;
    while !says(&shown, sentence) {
        shown = kiosk.wait_for(&["staff"]);
    }
    tap(display, &shown, "lock");
    kiosk.wait_for(&["attract"]);
}

/// How many sessions have ended, and how many answers there are.
fn stored(data: &Path) -> (u64, u64) {
    let counted = rows(
        data,
        "SELECT (SELECT count(*) FROM session WHERE outcome = 'completed'), (SELECT count(*) FROM answer)",
    );
    (
        counted[0][0].parse().unwrap(),
        counted[0][1].parse().unwrap(),
    )
}

/// `strace` around the program, with a fault for calls on the log of the records. They have been
/// begun before, so that the first calls on the log are those of the first session.
fn faulty(data: &Path, fault: &str) -> Vec<String> {
    drop(RecordStore::open(data).unwrap());
    let log = data.join("records.sqlite-wal");
    [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-o",
        "/dev/null",
        "-P",
        log.to_str().unwrap(),
        "-e",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([fault.to_owned()])
    .collect()
}

const WINDOW: [&str; 4] = ["--window", "1280x800", "--round", "3"];

#[test]
fn on_a_full_disk_visitors_play_on_everything_is_kept_and_staff_are_told_to_make_room() {
    let Some(disk) = SmallDisk::new(96) else {
        return;
    };
    let display = Display::new(1280, 800);
    let (_folder, _, pictures) = station();
    let data = disk.path().join("data");
    fs::create_dir(&data).unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &WINDOW);
    set_up(&display, &mut kiosk);
    until("the reserve", || {
        data.join("reserve").exists().then_some(())
    });
    disk.fill();
    play(&display, &mut kiosk, 1);
    staff_read(&display, &mut kiosk, "磁盘已满，答题仍在统计");
    play(&display, &mut kiosk, 1);
    until("everything to be stored", || {
        (stored(&data) == (2, 6)).then_some(())
    });
    assert!(kiosk.is_running());
}

#[test]
fn on_a_disk_that_cannot_be_written_visitors_play_and_the_pad_says_why_it_stays_closed() {
    let Some(disk) = SmallDisk::new(96) else {
        return;
    };
    let display = Display::new(1280, 800);
    let (_folder, _, pictures) = station();
    let data = disk.path().join("data");
    fs::create_dir(&data).unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &WINDOW);
    set_up(&display, &mut kiosk);
    kiosk.signal("-TERM");
    kiosk.end();
    disk.write_protect(true);
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &WINDOW);
    kiosk.wait_for(&["attract"]);
    play(&display, &mut kiosk, 2);
    // No try that is not counted: the pad itself says what is wrong.
    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    type_pin(&display, &pad, PIN);
    let mut pad = kiosk.wait_for(&["pad"]);
    while !says(&pad, "磁盘可能已满或有故障") {
        pad = kiosk.wait_for(&["pad"]);
    }
    assert!(kiosk.is_running());
    kiosk.signal("-TERM");
    let (status, _, errors) = kiosk.end();
    assert!(status.success() && errors.contains("cannot"), "{errors}");
}

#[test]
fn an_error_of_the_disk_that_comes_once_is_tried_again_and_nothing_is_lost() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let fault = "inject=pwrite64,fdatasync,fsync:error=EIO:when=12";
    let mut kiosk = Kiosk::start_under(&faulty(&data, fault), &display, &data, &pictures, &WINDOW);
    set_up(&display, &mut kiosk);
    play(&display, &mut kiosk, 2);
    until("everything to be stored", || {
        (stored(&data) == (2, 6)).then_some(())
    });
    staff_read(&display, &mut kiosk, "正常保存");
}

#[test]
fn with_a_disk_that_fails_for_ever_visitors_play_on_and_staff_read_that_records_wait() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let fault = "inject=pwrite64,fdatasync,fsync:error=EIO:when=12+";
    let mut kiosk = Kiosk::start_under(&faulty(&data, fault), &display, &data, &pictures, &WINDOW);
    set_up(&display, &mut kiosk);
    play(&display, &mut kiosk, 2);
    staff_read(&display, &mut kiosk, "条记录在等待写入磁盘");
    play(&display, &mut kiosk, 1);
    assert!(
        stored(&data).1 < 9,
        "the disk did not fail: {:?}",
        stored(&data)
    );
    assert!(kiosk.is_running());
}

/// Three seconds are what a worn-out card takes; it is more here, so that a slow machine that tests
/// cannot hide whether somebody waited.
#[test]
fn a_disk_that_takes_seconds_for_everything_holds_up_no_feedback() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let fault = "inject=fdatasync,fsync:delay_enter=15000000";
    let mut kiosk = Kiosk::start_under(&faulty(&data, fault), &display, &data, &pictures, &WINDOW);
    set_up(&display, &mut kiosk);
    play_round(&display, &mut kiosk);
    // The round is over, and the disk is still at its first records: nobody waited for it.
    let (sessions, answers) = stored(&data);
    assert!(sessions == 0 && answers < 3, "{answers} answers are stored");
    kiosk.wait_for(&["attract"]);
    until("everything to be stored", || {
        (stored(&data) == (1, 3)).then_some(())
    });
}
