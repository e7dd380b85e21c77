//! Numbers as the format writes them, `(?:0|[1-9][0-9]*)(?:\.[0-9]+)?`, and numbers as people are shown them.

/// A number as it was written, so that scaling it rounds once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal<'a> {
    text: &'a str,
    /// All digits as one whole number, when they fit.
    digits: Option<u64>,
    /// How many of them stand after the point.
    places: u32,
}

/// The number at the start of `text`, and what follows it.
pub(super) fn take(text: &str) -> Option<(Decimal<'_>, &str)> {
    let bytes = text.as_bytes();
    let whole = if bytes.first() == Some(&b'0') { 1 } else { run_of_digits(bytes) };
    if whole == 0 {
        return None;
    }
    let mut end = whole;
    if bytes.get(whole) == Some(&b'.') {
        let places = run_of_digits(&bytes[whole + 1..]);
        if places > 0 {
            end = whole + 1 + places;
        }
    }
    let digits = bytes[..end]
        .iter()
        .filter(|byte| **byte != b'.')
        .try_fold(0u64, |total, digit| total.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
    let places = u32::try_from(end.saturating_sub(whole + 1)).unwrap_or(u32::MAX);
    Some((Decimal { text: &text[..end], digits, places }, &text[end..]))
}

/// The number that is all of `text`.
pub(super) fn all(text: &str) -> Option<Decimal<'_>> {
    take(text).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

fn run_of_digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

impl Decimal<'_> {
    /// The number times `factor` divided by `divisor`; not finite when too large.
    pub(super) fn scaled(self, factor: f64, divisor: f64) -> f64 {
        match self.digits {
            Some(digits) if self.places <= 22 => (digits as f64 * factor) / (10f64.powi(self.places as i32) * divisor),
            _ => self.text.parse::<f64>().unwrap_or(f64::INFINITY) * factor / divisor,
        }
    }

    /// Whether the number times `factor` is whole.
    pub(super) fn is_whole_times(self, factor: u64) -> bool {
        if self.places == 0 {
            return true;
        }
        match self.digits {
            Some(digits) if self.places <= 19 => {
                (u128::from(digits) * u128::from(factor)).is_multiple_of(10u128.pow(self.places))
            }
            _ => self.text.bytes().skip_while(|byte| *byte != b'.').skip(1).all(|digit| digit == b'0'),
        }
    }

    /// Whether it was written with a point.
    pub(super) fn has_point(self) -> bool {
        self.places > 0
    }
}

/// `value` rounded to so many significant digits.
pub(super) fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.saturating_sub(1)).parse().unwrap_or(value)
}

/// `value` rounded for people: to 6 significant digits when it was computed, though never coarser than whole numbers,
/// and free of the noise of floating point when it was written.
pub(super) fn for_people(value: f64, computed: bool) -> f64 {
    let value = rounded(value, 15);
    if !computed {
        return value;
    }
    if value.abs() >= 1e6 { value.round() } else { rounded(value, 6) }
}

/// The shortest decimal spelling, never with an exponent.
pub(super) fn plain(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_the_number() {
        let rest = |text| take(text).map(|(number, rest)| (number.scaled(1.0, 1.0), rest));
        assert_eq!(rest("0.2..0.4"), Some((0.2, "..0.4")));
        assert_eq!(rest("007"), Some((0.0, "07")));
        assert_eq!(rest("5."), Some((5.0, ".")));
        assert_eq!(rest("99.9%"), Some((99.9, "%")));
        assert!(take(".5").is_none() && take("-1").is_none() && take("").is_none() && take("٣").is_none());
    }

    #[test]
    fn scaling_rounds_once() {
        let scaled = |text, factor, divisor| all(text).map(|number| number.scaled(factor, divisor));
        assert_eq!(scaled("99.9", 1.0, 100.0), Some(0.999));
        assert_eq!(scaled("0.1", 1e9, 1.0), Some(1e8));
        assert_eq!(scaled("3.2", 1e6, 1.0), Some(3_200_000.0));
        assert_eq!(scaled("123456789012345678901234567890", 1.0, 1.0), Some(1.234_567_890_123_456_8e29));
    }

    #[test]
    fn wholeness_is_exact() {
        let whole = |text, factor| all(text).is_some_and(|number| number.is_whole_times(factor));
        assert!(whole("1.234", 1000) && !whole("1.2345", 1000) && whole("1.0", 1) && !whole("0.5", 1));
    }

    #[test]
    fn people_see_no_noise() {
        assert_eq!(plain(for_people(0.1 + 0.2, true)), "0.3");
        assert_eq!(plain(for_people(1.0 / 3.0, true)), "0.333333");
        assert_eq!(plain(for_people(12_345_678.25, true)), "12345678");
        assert_eq!(plain(for_people(12_345_678.25, false)), "12345678.25");
    }
}
