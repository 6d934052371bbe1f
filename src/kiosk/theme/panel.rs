//! What the panel's size in millimetres means for the picture on it: which part of it is within
//! reach, and how large text has to be.

use bevy::prelude::*;

use super::{BODY, LARGE, SHORT_SIDE};
use crate::config::Station;
use crate::kiosk::visit::Profile;

/// The highest that something to be tapped may be above the floor, in millimetres: what somebody
/// in a wheelchair reaches to (ADA Standards 2010, 308.2.1: 48 inches).
const REACH_MM: f32 = 1220.0;

/// The least height of the part that is used, as a share of its width: a screen as wide as a
/// letter box has no room for a question.
const LEAST_HEIGHT: f32 = 0.5;

/// The least size of Han body text, in millimetres, read from [`ASKED_DISTANCE_MM`].
const ASKED_MM: f32 = 6.0;

/// The same in the large profile.
const ASKED_LARGE_MM: f32 = 9.0;

/// The distance from which those sizes are enough.
const ASKED_DISTANCE_MM: f32 = 600.0;

/// The most that text is enlarged: more would leave no room for what it says.
const MOST_ENLARGED: f32 = 1.5;

/// The least height of an answer in the large profile, in millimetres.
const LARGE_ANSWER_MM: f32 = 25.0;

/// The least and the most height of an answer there on a wide screen, in units: 25 mm on panels of
/// 19.4 and 15.6 inches.
const LOW_ANSWER: (f32, f32) = (112.0, 140.0);

/// The least side of anything to be tapped, in millimetres.
const LEAST_TARGET_MM: f32 = 15.0;

/// The least side of anything to be tapped, in the units that screens are laid out in. A test
/// measures all of them.
const LEAST_TARGET: f32 = 78.0;

/// The part of the window that is used, in pixels: all of it, or what is within reach when the
/// station says how large its panel is and how high it hangs.
pub(super) fn within_reach(station: &Station, window: UVec2) -> URect {
    let whole = URect::from_corners(UVec2::ZERO, window);
    let (Some((_, height)), Some(edge)) = (station.panel_mm, station.lower_edge_mm) else {
        return whole;
    };
    let reached = (REACH_MM - edge as f32) / height as f32 * window.y as f32;
    let least = LEAST_HEIGHT * window.x as f32;
    let used = reached.max(least).min(window.y as f32).round() as u32;
    URect::from_corners(UVec2::new(0, window.y - used), window)
}

/// How much larger than usual text has to be so that it has the size that is asked for on this
/// panel and from this distance; 1 on a panel that nobody has measured.
pub(super) fn enlarged(station: &Station, profile: Profile, used: URect, window: UVec2) -> f32 {
    unit(station, used, window).map_or(1.0, |unit| {
        wanted(station, profile, unit).clamp(1.0, MOST_ENLARGED)
    })
}

/// The least height of an answer in the large profile on a wide screen, in the units that screens
/// are laid out in: five of them stand one below the other there, and what they do not need is left
/// to their text.
pub(super) fn low_answer(station: &Station, used: URect, window: UVec2) -> f32 {
    let (least, most) = LOW_ANSWER;
    unit(station, used, window).map_or(least, |unit| (LARGE_ANSWER_MM / unit).clamp(least, most))
}

/// How many millimetres one of those units has, on a panel that somebody has measured.
fn unit(station: &Station, used: URect, window: UVec2) -> Option<f32> {
    let (width, height) = station.panel_mm?;
    let panel = Vec2::new(width as f32, height as f32);
    let pixel = (panel / window.as_vec2().max(Vec2::ONE)).min_element();
    Some(pixel * used.size().min_element() as f32 / SHORT_SIDE)
}

/// Whether the panel is too small, or seen from too far away, for the sizes that are promised.
pub(in crate::kiosk) fn falls_short(station: &Station) -> bool {
    let Some(panel) = station.panel_mm else {
        return false;
    };
    // As if each of its pixels were a millimetre.
    let used = within_reach(station, panel.into());
    let unit = used.size().min_element() as f32 / SHORT_SIDE;
    LEAST_TARGET * unit < LEAST_TARGET_MM
        || [Profile::Standard, Profile::Large]
            .iter()
            .any(|profile| wanted(station, *profile, unit) > MOST_ENLARGED)
}

/// How many times the usual size text should have, where a unit of the layout is so many
/// millimetres.
fn wanted(station: &Station, profile: Profile, unit: f32) -> f32 {
    let (usual, asked) = match profile {
        Profile::Standard => (BODY, ASKED_MM),
        Profile::Large => (BODY * LARGE, ASKED_LARGE_MM),
    };
    let asked = asked * station.distance_mm as f32 / ASKED_DISTANCE_MM;
    asked / (usual * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station(panel: (u32, u32), distance: u32, edge: Option<u32>) -> Station {
        Station {
            panel_mm: Some(panel),
            distance_mm: distance,
            lower_edge_mm: edge,
            ..Station::default()
        }
    }

    #[test]
    fn low_answers_are_as_high_as_is_asked_for_on_a_small_panel_and_no_higher_on_a_large_one() {
        let window = UVec2::new(1366, 768);
        let low = |panel| {
            let station = station(panel, 600, None);
            low_answer(&station, within_reach(&station, window), window)
        };
        let least = low((476, 268));
        assert!(least * 268.0 / SHORT_SIDE > 25.0, "{least}");
        let small = low((345, 194));
        assert!((small * 194.0 / SHORT_SIDE - 25.0).abs() < 0.1, "{small}");
        assert!(least <= low((430, 242)) && low((430, 242)) < small);
        let whole = URect::from_corners(UVec2::ZERO, window);
        assert_eq!(low_answer(&Station::default(), whole, window), least);
    }

    #[test]
    fn on_a_tall_panel_only_what_is_below_1220_mm_is_used() {
        // 55 inches, upright, 500 mm above the floor: 720 mm of 1,209 are within reach.
        let used = within_reach(
            &station((680, 1209), 600, Some(500)),
            UVec2::new(1080, 1920),
        );
        assert_eq!(used.max, UVec2::new(1080, 1920));
        assert_eq!(used.height(), 1143);
        let low = within_reach(&station((268, 476), 600, Some(700)), UVec2::new(1080, 1920));
        assert_eq!(low.size(), UVec2::new(1080, 1920));
        let high = within_reach(
            &station((680, 1209), 600, Some(1000)),
            UVec2::new(1080, 1920),
        );
        assert_eq!(high.height(), 540);
        let unsaid = within_reach(&Station::default(), UVec2::new(1080, 1920));
        assert_eq!(unsaid.size(), UVec2::new(1080, 1920));
    }

    #[test]
    fn text_is_enlarged_on_a_small_panel_and_from_far_away_and_never_made_smaller() {
        let window = UVec2::new(1080, 1920);
        let whole = URect::from_corners(UVec2::ZERO, window);
        let of = |panel, distance, profile| {
            enlarged(&station(panel, distance, None), profile, whole, window)
        };
        assert_eq!(of((268, 476), 600, Profile::Standard), 1.0);
        assert_eq!(of((268, 476), 600, Profile::Large), 1.0);
        // 10 mm of text, where 12 are asked for from twice as far away.
        let far = of((268, 476), 1200, Profile::Standard);
        assert!((far - 12.0 / (40.0 * 268.0 / 1080.0)).abs() < 0.01, "{far}");
        // 13.3 inches: 6.1 mm in the standard profile, 7.7 of 9 in the large one.
        assert_eq!(of((166, 294), 600, Profile::Standard), 1.0);
        let small = of((166, 294), 600, Profile::Large);
        assert!(
            (small - 9.0 / (50.0 * 166.0 / 1080.0)).abs() < 0.01,
            "{small}"
        );
        assert_eq!(of((100, 178), 3000, Profile::Standard), MOST_ENLARGED);
        assert_eq!(
            enlarged(&Station::default(), Profile::Large, whole, window),
            1.0
        );
    }

    #[test]
    fn staff_are_told_of_a_panel_that_is_too_small_or_too_far_away() {
        let short = |panel, distance, edge| falls_short(&station(panel, distance, edge));
        assert!(!falls_short(&Station::default()));
        // 21.5 inches both ways, and from three times as far away.
        assert!(!short((268, 476), 600, None));
        assert!(!short((476, 268), 600, None));
        assert!(short((268, 476), 1800, None));
        // 15.6 inches: what is 78 units high is 14 mm high.
        assert!(short((194, 345), 600, None));
        // 55 inches, of which a strip of 20 mm is within reach, and half of the width is used.
        assert!(!short((680, 1209), 600, Some(1200)));
    }
}
