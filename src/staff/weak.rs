//! PINs that others would try first.

use super::Refused;

/// How many digits a PIN may have.
pub(super) const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// Patterns on the pad, words in digits, numbers of fortune: what people choose most often, as far
/// as no rule below refuses it already.
const COMMON: &str = "\
    100200 112233 121314 123321 123654 124578 131452 142536 147258 \
    147852 159357 159753 258369 321654 332211 369258 456123 654123 \
    741852 789456 852456 951753 963852 1314520 1314521 5201314 5211314 \
    12344321 123456321 147258369 147852369 159357258 741852963 789456123 963852741 1357924680";

/// Whether a new PIN is good enough, or else why not.
pub fn check_new(pin: &str) -> Result<(), Refused> {
    if !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refused::new("pin-not-digits"));
    }
    if !DIGITS.contains(&pin.len()) {
        return Err(Refused::new("pin-length")
            .with("least", DIGITS.start())
            .with("most", DIGITS.end()));
    }
    let digits: Vec<u8> = pin.bytes().map(|byte| byte - b'0').collect();
    let code = match different(&digits) {
        1 => "pin-same-digit",
        _ if is_run(&digits) => "pin-run",
        _ if is_repeated(&digits) => "pin-repeated",
        2 => "pin-few-digits",
        _ if is_date(pin) => "pin-date",
        _ if COMMON.split(' ').any(|common| common == pin) => "pin-common",
        _ => return Ok(()),
    };
    Err(Refused::new(code))
}

fn different(digits: &[u8]) -> usize {
    (0..10).filter(|digit| digits.contains(digit)).count()
}

/// Each digit one more than the last, or each one less; 0 follows 9.
fn is_run(digits: &[u8]) -> bool {
    [1, 9].iter().any(|step| {
        digits
            .windows(2)
            .all(|pair| (pair[0] + step) % 10 == pair[1])
    })
}

/// A beginning of at most half the length, over and over: 121212, 123123, 1231231.
fn is_repeated(digits: &[u8]) -> bool {
    (1..=digits.len() / 2).any(|period| digits.iter().zip(&digits[period..]).all(|(a, b)| a == b))
}

/// A day or a month as it is written with the year first: YYMMDD, YYYYMM, YYYYMMDD.
fn is_date(pin: &str) -> bool {
    let number = |range: std::ops::Range<usize>| pin[range].parse::<u32>().unwrap_or(0);
    let month_and_day = |at: usize| {
        (1..=12).contains(&number(at..at + 2)) && (1..=31).contains(&number(at + 2..at + 4))
    };
    let century = || pin.starts_with("19") || pin.starts_with("20");
    match pin.len() {
        6 => month_and_day(2) || century() && (1..=12).contains(&number(4..6)),
        8 => century() && month_and_day(4),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_only_what_no_rule_refuses() {
        for pin in COMMON.split(' ') {
            let refused = check_new(pin).unwrap_err();
            assert_eq!(refused.code, "pin-common", "{pin}");
        }
    }
}
