//! Packs from a server, of every kind and with every fault: installed, or refused with a sentence;
//! and what plays is always the old pack or the new one.

use std::{
    collections::BTreeSet,
    io::Read,
    sync::{Arc, Mutex, OnceLock},
    time::{Duration, Instant},
};

use kepu::upload::{Credentials, Patience, Shelf, Shelved, Trouble};

use super::*;
use crate::{
    store::commands::{kepu, lasting, run},
    upload::server::{Fault, Inside, Server, Speaks},
};

/// Builds a pack of more than one piece onto the stick: it has a minute of sound.
fn build_long(place: &Place, version: u32, step: u32) -> PathBuf {
    const SAMPLES: u32 = 60 * 24_000;
    let bytes = 2 * SAMPLES;
    let mut wav = Vec::new();
    for part in [
        b"RIFF".as_slice(),
        &(36 + bytes).to_le_bytes(),
        b"WAVEfmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &24_000_u32.to_le_bytes(),
        &48_000_u32.to_le_bytes(),
        &2_u16.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &bytes.to_le_bytes(),
    ] {
        wav.extend_from_slice(part);
    }
    // Not the same everywhere, so that pieces in a wrong order are found out.
    wav.extend((0..SAMPLES).flat_map(|at| ((at / step % 1000) as i16).to_le_bytes()));
    let folder = lasting(version).write(place.dir.path(), "source");
    fs::create_dir_all(folder.join("media")).unwrap();
    fs::write(folder.join("media/long.wav"), wav).unwrap();
    let built = archive::build(&folder, &place.stick()).unwrap();
    fs::remove_dir_all(folder).unwrap();
    built
}

/// Lays a built pack on a server, with its signature if it has one.
fn lay(server: &Server, pack: &Path) {
    let folder = if server.address.starts_with("s3") {
        "/bucket/results"
    } else {
        "/dav/kepu"
    };
    let mut inside = server.inside.lock().unwrap();
    for path in [pack.to_owned(), signature::path_for(pack)] {
        if let Ok(bytes) = fs::read(&path) {
            let name = path.file_name().unwrap().to_str().unwrap();
            inside.objects.insert(format!("{folder}/{name}"), bytes);
        }
    }
}

/// A station that trusts a key.
fn trust_at(place: &Place, pair: &KeyPair) {
    fs::create_dir_all(place.data()).unwrap();
    let station = format!("(keys: [\"{}\"])", pair.pk.to_base64());
    fs::write(place.data().join("station.ron"), station).unwrap();
}

/// The address of one pack in the server's folder.
fn address_of(server: &Server, name: &str) -> String {
    match server.address.split_once('?') {
        Some((folder, query)) => format!("{folder}/{name}?{query}"),
        None => format!("{}{name}", server.address),
    }
}

#[test]
fn from_a_folder_on_either_kind_of_server_the_newest_signed_packs_are_installed() {
    for speaks in [Speaks::WebDav, Speaks::S3] {
        let (place, pair) = (Place::new(), key());
        trust_at(&place, &pair);
        let server = Server::start(speaks, |_| Fault::None);
        for file in [
            place.build_text(&lasting(9)),
            build_long(&place, 10, 100),
            place.build_text(&lasting(2)),
        ] {
            sign(&file, &pair);
            lay(&server, &file);
        }
        let readme = place.stick().join("readme.txt");
        fs::write(&readme, "not a pack").unwrap();
        lay(&server, &readme);
        let said = (
            Some(0),
            "Installed sound, version 10.\n".to_owned(),
            String::new(),
        );
        assert_eq!(
            run(&place, &["install", &server.address]),
            said,
            "{speaks:?}"
        );
        place.assert_plays(Some(10));
        assert!(place.is_clean());
        let again = run(&place, &["install", &server.address]);
        assert_eq!(again.1, "version 10 of sound is in use already\n");
    }
}

#[test]
fn one_pack_comes_from_any_web_server_even_one_that_gives_no_parts_of_files() {
    for fault in [Fault::None, Fault::NoParts] {
        let place = Place::new();
        let server = Server::start(Speaks::WebDav, move |_| fault);
        lay(&server, &build_long(&place, 4, 100));
        let address = address_of(&server, "sound-4.kepu");
        let (code, out, err) = run(&place, &["install", "--accept-unsigned", &address]);
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (Some(0), "Installed sound, version 4.\n", ""),
            "{fault:?}"
        );
        place.assert_plays(Some(4));
    }
}

#[test]
fn whatever_fails_at_whichever_request_the_old_pack_plays_or_the_new_one() {
    let pair = key();
    let mut kinds = BTreeSet::new();
    for (fault, first_words) in [
        (
            Fault::Status(401, None),
            "the server with the packs refuses access",
        ),
        (Fault::Status(404, None), "there is nothing at this address"),
        (Fault::Status(301, None), "there is nothing at this address"),
        (
            Fault::Status(503, Some(9)),
            "the server with the packs is busy",
        ),
        (Fault::WrongBytes, "the signature "),
        (Fault::Endless, "the "),
        (
            Fault::DropAfter(0),
            "the server with the packs cannot be reached",
        ),
    ] {
        for at in 0..4 {
            let place = Place::new();
            trust_at(&place, &pair);
            let old = place.build_text(&lasting(3));
            sign(&old, &pair);
            let (code, ..) = run(&place, &["install", old.to_str().unwrap()]);
            assert_eq!(code, Some(0));
            let server = Server::start(Speaks::WebDav, move |number| {
                if number >= at { fault } else { Fault::None }
            });
            let file = place.build_text(&lasting(4));
            sign(&file, &pair);
            lay(&server, &file);
            let address = address_of(&server, "sound-4.kepu");
            let begun = Instant::now();
            let (code, out, err) = run(&place, &["install", &address]);
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "{fault:?} at {at}"
            );
            assert!(place.is_clean(), "{fault:?} at {at}");
            if code == Some(0) {
                assert_eq!(out, "Installed sound, version 4.\n");
                place.assert_plays(Some(4));
                continue;
            }
            kinds.insert(format!("{fault:?}"));
            place.assert_plays(Some(3));
            let sentence = err.split(".kepu: ").nth(1).unwrap();
            // A missing signature is one more way to find nothing there.
            let unsigned = "nobody known to this station has signed this pack";
            assert!(
                sentence.starts_with(first_words) || sentence.starts_with(unsigned),
                "{fault:?} at {at}: {err}"
            );
            assert!(!err.contains("secret page"), "{err}");
        }
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn a_line_that_breaks_now_and_then_costs_a_piece_and_not_the_pack() {
    let place = Place::new();
    let server = Server::start(Speaks::WebDav, |number| match number % 3 {
        2 => Fault::DropAfter(0),
        _ => Fault::None,
    });
    lay(&server, &build_long(&place, 4, 100));
    let shelf = shelf(&server);
    let packs = shelf.packs().unwrap();
    let mut bytes = Vec::new();
    shelf.fetch(&packs[0]).read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, fs::read(place.stick().join("sound-4.kepu")).unwrap());
}

/// The folder of a server, for who has little patience.
fn shelf(server: &Server) -> Shelf {
    let patience = Patience {
        pause: Duration::from_millis(300),
        bytes_a_second: 1_000_000,
    };
    Shelf::new(&server.address, &Credentials::default(), patience).unwrap()
}

#[test]
fn a_server_that_says_nothing_is_given_up_and_is_trouble_of_the_network() {
    let place = Place::new();
    let server = Server::start(Speaks::WebDav, |number| match number {
        0 => Fault::None,
        _ => Fault::Silent,
    });
    lay(&server, &place.build_text(&lasting(4)));
    let shelf = shelf(&server);
    let packs = shelf.packs().unwrap();
    let error = shelf.fetch(&packs[0]).read_to_end(&mut Vec::new());
    let trouble = error.unwrap_err().downcast::<Trouble>().unwrap();
    assert_eq!(trouble, Trouble::Network);
}

#[test]
fn a_pack_that_is_another_half_way_through_is_refused() {
    let (place, pair) = (Place::new(), key());
    trust_at(&place, &pair);
    let other = fs::read(build_long(&Place::new(), 4, 50)).unwrap();
    let first = build_long(&place, 4, 100);
    sign(&first, &pair);
    // The server's inside is known only when it has begun.
    let inside: Arc<OnceLock<Arc<Mutex<Inside>>>> = Arc::default();
    let theirs = Arc::clone(&inside);
    let server = Server::start(Speaks::WebDav, move |number| {
        // The size, the signature twice, two pieces; then the pack is swapped.
        if number == 5 {
            let name = "/dav/kepu/sound-4.kepu".to_owned();
            let mut inside = theirs.get().unwrap().lock().unwrap();
            inside.objects.insert(name, other.clone());
        }
        Fault::None
    });
    inside.set(Arc::clone(&server.inside)).ok().unwrap();
    lay(&server, &first);
    let address = address_of(&server, "sound-4.kepu");
    let (code, _, err) = run(&place, &["install", &address]);
    assert_eq!(code, Some(1));
    assert!(err.contains("the signature does not fit"), "{err}");
    assert!(place.is_clean());
    place.assert_plays(None);
}

#[test]
fn a_size_beyond_what_a_pack_may_have_is_refused_before_a_byte_is_fetched() {
    let server = Server::start(Speaks::WebDav, |_| Fault::None);
    let place = Place::new();
    lay(&server, &place.build_text(&lasting(4)));
    let shelf = shelf(&server);
    let pack = Shelved {
        size: archive::PACK_LIMIT + 1,
        ..shelf.packs().unwrap().remove(0)
    };
    let before = server.inside.lock().unwrap().requests;
    let refused = Incoming::new(pack.size, shelf.fetch(&pack), None)
        .err()
        .unwrap();
    assert_eq!(refused.code, "too-large");
    assert_eq!(server.inside.lock().unwrap().requests, before);
}

#[test]
fn a_server_with_packs_learns_its_own_password_and_never_that_of_the_results() {
    let place = Place::new();
    let server = Server::start(Speaks::WebDav, |_| Fault::None);
    lay(&server, &place.build_text(&lasting(4)));
    let ask = |names: [&str; 2]| {
        let mut command = kepu(&place, &["install", "--accept-unsigned", &server.address]);
        command.env(names[0], "ann").env(names[1], "open sesame");
        let output = command.output().unwrap();
        let seen = server.inside.lock().unwrap().authorization.clone();
        let told = [output.stdout, output.stderr].concat();
        (seen, String::from_utf8(told).unwrap())
    };
    let (seen, told) = ask(["KEPU_UPLOAD_USER", "KEPU_UPLOAD_PASSWORD"]);
    assert_eq!(
        (seen.as_str(), told.as_str()),
        ("", "Installed sound, version 4.\n")
    );
    let (seen, told) = ask(["KEPU_PACKS_USER", "KEPU_PACKS_PASSWORD"]);
    assert_eq!(seen, "Basic YW5uOm9wZW4gc2VzYW1l");
    assert!(!told.contains("sesame"), "{told}");
}

#[test]
fn an_address_that_cannot_be_one_and_an_empty_folder_are_said() {
    let place = Place::new();
    for address in [
        "ftp://office/packs/",
        "https://ann:secret@office/packs/",
        "https://office/packs/?page=2",
        "s3:///packs",
    ] {
        let (code, out, err) = run(&place, &["install", address]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(
            err.contains("the address of the packs is not understood"),
            "{address}: {err}"
        );
        assert!(!err.contains("secret"), "{err}");
    }
    let server = Server::start(Speaks::WebDav, |_| Fault::None);
    let (code, _, err) = run(&place, &["install", &server.address]);
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no built pack (.kepu) in"), "{err}");
}
