//! Any bytes as `station.ron`. What is refused is refused in words.
#![no_main]

use std::path::Path;

use kepu::config::Station;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = Station::parse(Path::new("station.ron"), bytes) {
        assert!(error.to_string().contains("station.ron"));
    }
});
