//! The icon font: names to glyphs, read from the list that is made together with the font.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static GLYPHS: LazyLock<BTreeMap<String, char>> = LazyLock::new(|| {
    // A test holds that the list can be read; without it there are no icons, but there is a quiz.
    ron::from_str(include_str!("../../../assets/fonts/icons.ron")).unwrap_or_default()
});

/// The glyph of an icon; nothing for a name that the font does not have.
pub(in crate::kiosk) fn glyph(name: &str) -> String {
    GLYPHS
        .get(name)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The icon of an audience.
pub(in crate::kiosk) fn of_audience(audience: crate::bank::Audience) -> &'static str {
    use crate::bank::Audience;
    match audience {
        Audience::Youth => "student",
        Audience::Farmer => "tractor",
        Audience::Worker => "hard-hat",
        Audience::Senior => "armchair",
        Audience::Cadre => "bank",
        Audience::General => "users-three",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Audience;
    use crate::kiosk::theme::palette;

    #[test]
    fn every_icon_of_an_audience_or_topic_is_in_the_font() {
        assert!(GLYPHS.len() > 20);
        let audiences = Audience::ALL.map(of_audience);
        let topics = ["health", "emergency", "antifraud", "agriculture", "another"];
        for name in audiences
            .into_iter()
            .chain(topics.map(|topic| palette::accent(topic).icon))
            .chain([palette::CLAIM.icon])
        {
            assert!(!glyph(name).is_empty(), "{name}");
        }
    }
}
