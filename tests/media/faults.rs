//! Tests of what is said of a fault: its exit code, and a sentence that names the file.

use std::collections::BTreeSet;

use kepu::{
    locale::Locales,
    packs::media::{CODES, Fault},
};

#[test]
fn exit_codes_of_faults_are_their_own() {
    let codes: BTreeSet<u8> = (0..=255)
        .filter(|code| Fault::from_exit_code(i32::from(*code)).is_some())
        .collect();
    assert_eq!(codes, (10..21).collect());
    for code in codes {
        let fault = Fault::from_exit_code(code.into()).unwrap();
        assert_eq!(fault.exit_code(), code);
    }
}

#[test]
fn every_refusal_names_its_file_in_both_languages_and_says_what_to_do() {
    let locales = Locales::shipped().unwrap();
    for language in ["en", "zh-CN"] {
        for code in CODES {
            let args = [
                ("file", "media/well.jpg".into()),
                ("reason", "(why)".into()),
                ("side", 4096.into()),
                ("seconds", 60.into()),
                ("limit", 32.into()),
            ];
            let sentence = locales.format(language, &format!("pack-{code}"), &args);
            let named = sentence.contains("media/well.jpg") || sentence.contains("(why)");
            assert!(named, "{language}: {sentence}");
            let hint = locales.format(language, &format!("pack-{code}.hint"), &args);
            assert_ne!(hint, format!("pack-{code}.hint"), "{language}");
            assert!(
                !format!("{sentence}{hint}").contains('{'),
                "{sentence} {hint}"
            );
        }
    }
}
