//! Any text as a signature, as a public key, and as the signature of a pack by a trusted key.
#![no_main]

use std::io::Cursor;

use kepu::packs::signature::{self, PublicKey};
use libfuzzer_sys::fuzz_target;

/// Made for this; nobody has its secret half any more.
const KEY: &str = "RWRFmcILgyVyzmUxd3QgGNR494cOf/FsRi384Z7rBXfxWDgF6nuWL3mV";

fuzz_target!(|text: &str| {
    let claimed = signature::claimed(text);
    let key = PublicKey::parse(KEY).expect("the key is sound");
    let verified = signature::verify_reader(&mut Cursor::new("a pack"), text, &[key]);
    if let Ok(signer) = verified {
        assert_eq!(claimed, Ok(signer));
    }
    if let Ok(key) = PublicKey::parse(text) {
        assert_eq!(key.id().len(), 16);
    }
});
