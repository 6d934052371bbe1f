//! Any bytes as a manifest. One that is taken is taken again in the form in which it is written.
#![no_main]

use kepu::packs::archive::Manifest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(manifest) = Manifest::parse(bytes) {
        assert_eq!(Manifest::parse(&manifest.to_bytes()), Ok(manifest));
    }
});
