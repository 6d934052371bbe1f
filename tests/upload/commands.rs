//! `kepu upload` and `kepu collect`, on the real program.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use super::server::{Fault, Server, Speaks};
use super::*;

/// Runs the program in English, with nothing in the environment that lets it in anywhere.
fn kepu(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command.args(arguments).args(["--lang", "en"]);
    for name in [
        "KEPU_UPLOAD_USER",
        "KEPU_UPLOAD_PASSWORD",
        "KEPU_CREDENTIALS",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ] {
        command.env_remove(name);
    }
    command
}

/// Exit code, output and error stream.
fn run(mut command: Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

/// A data folder with settings and two whole days.
fn station(settings: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("station.ron"), settings).unwrap();
    keep(dir.path(), &["2026-03-12", "2026-03-13"], 3);
    dir
}

const EAST: &str = "(id: \"east-gate\", division: \"330102001001\", venue: \"museum\")";

#[test]
fn what_was_played_goes_to_a_folder_and_into_the_file_of_the_county() {
    let data = station(EAST);
    let to = place();
    let (data, to) = (data.path().to_str().unwrap(), to.path().to_str().unwrap());
    let upload = || run(kepu(&["upload", "--data", data, "--to", to]));
    let (code, out, err) = upload();
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "Sealed 6 sessions.\nSent 1 batch with 6 sessions; read back and found the same.\n"
    );
    let (code, out, _) = upload();
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "Nothing waits to be sent.\n")
    );

    let file = format!("{to}/county.sqlite");
    let (code, out, err) = run(kepu(&["collect", to, "--into", &file]));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "1 station: took in 1 new batch with 6 new sessions; 0 had come before.\n\
         In the file now: 6 sessions.\n"
    );
    // One file that can be copied.
    let county: Vec<_> = files(Path::new(to)).into_iter().collect();
    assert_eq!(county.len(), 2, "{county:?}");
}

#[test]
fn the_place_of_the_settings_is_used_unless_another_is_named() {
    let to = place();
    let url = format!("file://{}", to.path().display());
    let data = station(&format!("(id: \"east-gate\", upload: {url:?})"));
    let (code, ..) = run(kepu(&["upload", "--data", data.path().to_str().unwrap()]));
    assert_eq!(code, Some(0));
    assert_eq!(files(to.path()).len(), 1);
}

#[test]
fn a_demonstration_sends_nothing_and_says_so() {
    let data = station("()");
    let to = place();
    let (data, to_path) = (data.path().to_str().unwrap(), to.path().to_str().unwrap());
    let (code, out, err) = run(kepu(&["upload", "--data", data, "--to", to_path]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        err,
        "kepu: this is a demonstration, and its results are nobody’s\n\
         help: Give the station an id with kepu init, or write it into station.ron.\n"
    );
    assert!(files(to.path()).is_empty());
}

#[test]
fn each_trouble_has_its_sentence_and_what_to_do_and_nothing_is_marked() {
    let data = station(EAST);
    let data = data.path().to_str().unwrap();
    for (arguments, sentence) in [
        (&["--to", "/no/such/stick"][..], "there is no such place"),
        (
            &["--to", "ftp://office/"],
            "the address of the place is not understood",
        ),
        (
            &["--to", "https://ann:secret@office/"],
            "the address holds a name or a password",
        ),
        (&[], "it is not said where to send to"),
    ] {
        let mut command = kepu(&["upload", "--data", data]);
        command.args(arguments);
        let (code, _, err) = run(command);
        assert_eq!(code, Some(1), "{err}");
        let begins = format!("kepu: {sentence}\nhelp: ");
        assert!(err.starts_with(&begins), "{err}");
        assert!(!err.contains("secret"), "{err}");
    }
    let store = RecordStore::open_read_only(Path::new(data)).unwrap();
    assert_eq!(store.backlog().unwrap().batches, 1);
}

#[test]
fn while_a_kiosk_records_the_command_leaves_it_alone() {
    let data = station(EAST);
    let _kiosk = RecordStore::open(data.path()).unwrap();
    let to = place();
    let (data, to) = (data.path().to_str().unwrap(), to.path().to_str().unwrap());
    let (code, _, err) = run(kepu(&["upload", "--data", data, "--to", to]));
    assert_eq!(code, Some(1));
    assert!(
        err.contains("another program records in this folder"),
        "{err}"
    );
}

#[test]
fn a_file_with_passwords_that_others_can_read_is_refused_without_telling_them() {
    let data = station(EAST);
    let path = data.path().join("upload.credentials");
    let to = place();
    let (folder, to) = (data.path().to_str().unwrap(), to.path().to_str().unwrap());
    let with = |text: &str, mode: u32| {
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        run(kepu(&["upload", "--data", folder, "--to", to]))
    };
    for (text, mode, sentence) in [
        (
            "KEPU_UPLOAD_PASSWORD=sesame",
            0o640,
            "others can read the passwords in",
        ),
        (
            "KEPU_UPLOAD_PASSWORD=sesame",
            0o604,
            "others can read the passwords in",
        ),
        ("sesame", 0o600, "cannot be understood"),
        ("PASSWORD=sesame", 0o600, "cannot be understood"),
    ] {
        let (code, out, err) = with(text, mode);
        assert_eq!(code, Some(1));
        assert!(err.contains(sentence), "{err}");
        assert!(!err.contains("sesame") && !out.contains("sesame"), "{err}");
    }
    let (code, ..) = with("# ours\n\nKEPU_UPLOAD_PASSWORD = sesame\n", 0o600);
    assert_eq!(code, Some(0));
}

#[test]
fn what_is_set_aside_is_named_with_its_station_and_the_rest_is_taken_in() {
    let data = station(EAST);
    let to = place();
    let (data, folder) = (data.path().to_str().unwrap(), to.path().to_str().unwrap());
    run(kepu(&["upload", "--data", data, "--to", folder]));
    let bad = to.path().join("station=west-gate");
    fs::create_dir(&bad).unwrap();
    fs::write(bad.join("0000000001-0123456789abcdef.jsonl.gz"), "torn").unwrap();
    let file = format!("{folder}/county.sqlite");
    let (code, out, err) = run(kepu(&["collect", folder, "--into", &file]));
    assert_eq!(code, Some(1));
    assert!(out.contains("6 new sessions"), "{out}");
    assert_eq!(
        err,
        "kepu: station west-gate: station=west-gate/0000000001-0123456789abcdef.jsonl.gz is torn or damaged\n\
         kepu: station west-gate: 1 batch was set aside\n\
         help: The rest was taken in. Let the station send again, or look whether two have the same id; then collect again.\n"
    );
}

#[test]
fn a_password_goes_to_the_server_and_nowhere_else() {
    // The first request is let in, then the password is refused.
    let server = Server::start(Speaks::WebDav, |number| match number {
        0..=3 => Fault::None,
        _ => Fault::Status(403, None),
    });
    let data = station(EAST);
    let folder = data.path().to_str().unwrap();
    let mut command = kepu(&["upload", "--data", folder, "--to", &server.address]);
    command.env("KEPU_UPLOAD_USER", "ann");
    command.env("KEPU_UPLOAD_PASSWORD", "open sesame");
    let (code, out, err) = run(command);
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("kepu: the place refuses access\nhelp: "),
        "{err}"
    );
    let seen = server.inside.lock().unwrap().authorization.clone();
    assert_eq!(seen, "Basic YW5uOm9wZW4gc2VzYW1l");
    let mut told = vec![out.into_bytes(), err.into_bytes()];
    told.extend(server.objects().into_values());
    for name in files(data.path()) {
        told.push(fs::read(data.path().join(name)).unwrap());
    }
    for secret in [
        "open sesame",
        "YW5uOm9wZW4gc2VzYW1l",
        "secret page",
        "127.0.0.1",
    ] {
        let found = told.iter().any(|bytes| {
            let text = String::from_utf8_lossy(bytes);
            text.contains(secret)
        });
        assert!(!found, "{secret}");
    }
}

#[test]
fn a_server_that_cannot_prove_itself_is_not_trusted() {
    // It answers in the clear, as a server or a login page of a hotel does.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut some = [0; 64];
            drop(stream.read(&mut some));
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
        }
    });
    let data = station(EAST);
    let address = format!("https://127.0.0.1:{port}/dav/");
    let folder = data.path().to_str().unwrap();
    let (code, _, err) = run(kepu(&["upload", "--data", folder, "--to", &address]));
    assert_eq!(code, Some(1));
    assert!(
        err.contains("cannot prove that it is the right one"),
        "{err}"
    );
}
