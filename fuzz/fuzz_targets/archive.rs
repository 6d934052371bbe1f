//! Any bytes as a built pack: opened and read to the end. One that is taken has only the bytes that
//! its manifest accounts for.
#![no_main]

use std::io::Cursor;

use kepu::packs::archive::Archive;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut archive) = Archive::from_reader(Cursor::new(bytes)) else {
        return;
    };
    if archive.verify(&mut |_, _| {}).is_ok() {
        let manifest = archive.manifest().clone();
        let names: usize = manifest.files.iter().map(|file| file.path.len()).sum();
        let headers =
            (30 + 46) * (manifest.files.len() + 1) + 2 * (names + "manifest.json".len()) + 22;
        let contents = bytes.len() - headers;
        assert!(contents as u64 > manifest.size());
        for file in &manifest.files {
            assert_eq!(
                archive.read(&file.path).map(|read| read.len() as u64),
                Ok(file.size)
            );
        }
    }
});
