//! Tests of the child that decodes: how it is held, and those in its place that misbehave.

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use kepu::packs::{Refused, archive::FileEntry, media::Prover};

use super::{PHOTO, stage};
use crate::support::{self, PATIENCE};

/// A program in the place of the child, in the shell's language.
fn instead(script: &str, deadline: Duration) -> (Result<Vec<FileEntry>, Refused>, Vec<u8>) {
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let program = folder.path().join("child");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let result = Prover { program, deadline }.prove(folder.path(), &entries);
    assert!(!folder.path().join(".proving").exists());
    let kept = fs::read(folder.path().join("a.jpg.png")).unwrap_or_default();
    (result, kept)
}

#[test]
fn a_child_that_fails_in_any_way_is_a_refusal() {
    for (script, code) in [
        ("exit 1", "media-crashed"),
        ("exit 2", "media-crashed"),
        ("exit 101", "media-crashed"),
        ("exit 0", "media-crashed"),
        ("echo half; exit 11", "media-damaged"),
        ("kill -SEGV $$", "media-crashed"),
        ("kill -ABRT $$", "media-costly"),
        ("kill -KILL $$", "media-costly"),
        ("kill -XCPU $$", "media-costly"),
        ("exec yes", "media-output"),
        ("yes >&2 & echo pixels; exec >&-; wait", "media-costly"),
    ] {
        let (result, kept) = instead(script, PATIENCE);
        assert_eq!(result.unwrap_err().code, code, "{script}");
        assert_eq!(kept, b"", "{script}");
    }
    let missing = Prover {
        program: PathBuf::from("/nonexistent/kepu"),
        deadline: PATIENCE,
    };
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let refused = missing.prove(folder.path(), &entries).unwrap_err();
    assert_eq!(refused.code, "media-not-started");
}

#[test]
fn a_child_that_only_waits_is_ended_at_the_deadline() {
    let begin = Instant::now();
    let (result, _) = instead("exec sleep 600", Duration::from_millis(50));
    assert_eq!(result.unwrap_err().code, "media-costly");
    assert!(begin.elapsed() < Duration::from_secs(600));
}

#[test]
fn what_a_child_started_ends_with_it() {
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let program = folder.path().join("child");
    let script = "#!/bin/sh\nsleep 600 >&- &\necho $! > \"$0.pid\"\nexec sleep 600 >&-\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let pid = folder.path().join("child.pid");
    let prover = Prover {
        program,
        deadline: PATIENCE,
    };
    let refused = prover.prove(folder.path(), &entries);
    assert_eq!(refused.unwrap_err().code, "media-costly");
    let pid = fs::read_to_string(pid).unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", pid.trim()));
    // Dead, though perhaps nobody has asked how it died.
    support::until("what the child started to end", || {
        let status = fs::read_to_string(&status).unwrap_or_default();
        (status.is_empty() || status.contains("State:\tZ")).then_some(())
    });
}

#[test]
fn a_child_gets_one_file_an_empty_folder_a_kind_and_nothing_else() {
    let script = "echo \"$0 $*\"; ls -A | wc -l; env | cut -d= -f1 | sort | tr '\\n' ' '; \
                  echo; cat";
    let (result, kept) = instead(script, PATIENCE);
    result.unwrap();
    let end = kept.len() - PHOTO.len();
    assert_eq!(&kept[end..], PHOTO);
    let told = String::from_utf8(kept[..end].to_vec()).unwrap();
    let lines: Vec<_> = told.lines().collect();
    assert!(lines[0].ends_with("/child prove-media jpg"), "{told}");
    assert_eq!(lines[1].trim(), "0", "{told}");
    // Those that a shell makes by itself.
    let own = ["OLDPWD", "PATH", "PWD", "SHLVL", "_"];
    assert!(
        lines[2].split_whitespace().all(|name| own.contains(&name)),
        "{told}"
    );
}

#[test]
fn the_child_limits_itself_before_it_reads() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["prove-media", "png"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let begin = Instant::now();
    let last = |text: &str| {
        text.lines()
            .any(|line| line.starts_with("Max processes") && line.contains(" 0 "))
    };
    let text = loop {
        let text = fs::read_to_string(&limits).unwrap();
        if last(&text) {
            break text;
        }
        assert!(begin.elapsed() < PATIENCE, "{text}");
        std::thread::yield_now();
    };
    for (name, limit) in [
        ("Max cpu time", "10"),
        ("Max file size", "0"),
        ("Max data size", "234881024"),
        ("Max core file size", "0"),
        ("Max open files", "0"),
        ("Max address space", "1073741824"),
    ] {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        let values: Vec<_> = line[name.len()..].split_whitespace().take(2).collect();
        assert_eq!(values, [limit, limit], "{line}");
    }
    child.stdin.take().unwrap().write_all(b"<html>").unwrap();
    let status = child.wait().unwrap();
    assert!(status.code().unwrap() >= 10, "{status}");
}
