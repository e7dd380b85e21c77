//! Numbers as people write them where the format has another spelling: `1,200`, `.5`, `3 million`, `1e6`.

/// A number found at the start of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Handwritten<'a> {
    /// The number as the format writes it, before the power of ten.
    number: String,
    /// The other reading of a lone comma before three digits: the number is then in thousands.
    other: Option<String>,
    /// The power of ten of an exponent or of a word such as `million`.
    power: i32,
    /// Whether a minus stood before it.
    pub(super) negative: bool,
    /// What follows it, without blanks before it.
    pub(super) rest: &'a str,
}

const POWERS: [(&str, i32); 14] = [
    ("thousand", 3),
    ("mio", 6),
    ("mln", 6),
    ("mn", 6),
    ("million", 6),
    ("millions", 6),
    ("bn", 9),
    ("bln", 9),
    ("mrd", 9),
    ("billion", 9),
    ("billions", 9),
    ("tn", 12),
    ("trillion", 12),
    ("trillions", 12),
];

/// The number at the start of `text`, however it is written.
pub(super) fn take(text: &str) -> Option<Handwritten<'_>> {
    let negative = text.starts_with(['-', '−']);
    let unsigned = text.strip_prefix(['+', '-', '−']).unwrap_or(text).trim_start();
    let mut end = unsigned.find(|c: char| !c.is_ascii_digit() && !".,_'".contains(c)).unwrap_or(unsigned.len());
    end = unsigned[..end].find("..").unwrap_or(end);
    end += grouped_by_blanks(&unsigned[..end], &unsigned[end..]);
    while unsigned[..end].ends_with([',', '_', '\'']) {
        end -= 1;
    }
    let written: String = unsigned[..end].chars().filter(|c| !matches!(c, '_' | '\'') && !c.is_whitespace()).collect();
    let (number, other) = read_marks(&written)?;
    let (power, rest) = take_power(&unsigned[end..]);
    Some(Handwritten { number, other, power, negative, rest: rest.trim_start() })
}

/// How many bytes of `rest` go on with the number in groups of three: ` 200 000`.
fn grouped_by_blanks(first: &str, rest: &str) -> usize {
    let mut length = 0;
    if !(1..=3).contains(&first.len()) || !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    loop {
        let mut characters = rest[length..].chars();
        let Some(blank) = characters.next().filter(|c| c.is_whitespace() && *c != '\n') else {
            return length;
        };
        let group = characters.as_str();
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3 {
            return length;
        }
        length += blank.len_utf8() + 3;
    }
}

/// Reads points and commas: which of them is the decimal point, and the other reading if there is one.
fn read_marks(written: &str) -> Option<(String, Option<String>)> {
    let (commas, points) = (written.matches(',').count(), written.matches('.').count());
    let grouped = |mark: char| {
        let mut groups = written.split(mark);
        let first = groups.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
    };
    let (number, other) = match (commas, points) {
        (0, 0 | 1) => (written.to_owned(), None),
        (0, _) if grouped('.') => (written.replace('.', ""), None),
        (1, 0) if grouped(',') => (written.replace(',', ""), Some(written.replace(',', "."))),
        (1, 0) => (written.replace(',', "."), None),
        (_, 0) if grouped(',') => (written.replace(',', ""), None),
        (_, 1) if written.find(',') < written.find('.') && written.rfind(',') < written.find('.') => {
            (written.replace(',', ""), None)
        }
        (1, _) if written.rfind('.') < written.find(',') => (written.replace('.', "").replace(',', "."), None),
        _ => return None,
    };
    Some((normal(&number)?, other.and_then(|other| normal(&other))))
}

/// The number with one digit before the point at least, and no zeros before that.
fn normal(number: &str) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || number.len() > 40 {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// The power of ten that follows, as an exponent or a word, and the rest.
fn take_power(rest: &str) -> (i32, &str) {
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        let digits = exponent[sign..].bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&digits) {
            let (power, rest) = exponent.split_at(sign + digits);
            return (power.parse().unwrap_or(0), rest);
        }
    }
    let word = rest.trim_start();
    let length = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let known = POWERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&word[..length]));
    known.map_or((0, rest), |(_, power)| (*power, &word[length..]))
}

impl Handwritten<'_> {
    /// The number in full.
    pub(super) fn plain(&self) -> String {
        shifted(&self.number, self.power)
    }

    /// The other reading, in full.
    pub(super) fn other(&self) -> Option<String> {
        self.other.as_ref().map(|other| shifted(other, self.power))
    }

    /// The number with a suffix for thousands where a power of ten was written, `billion` being the suffix for 10⁹.
    pub(super) fn short(&self, billion: &str) -> String {
        if self.power == 0 {
            return self.number.clone();
        }
        for (suffix, power) in [("T", 12), (billion, 9), ("M", 6), ("k", 3)] {
            let number = shifted(&self.number, self.power - power);
            if !number.starts_with('0') && (suffix != "T" || billion == "B") {
                return number + suffix;
            }
        }
        self.plain()
    }
}

/// A number times a power of ten.
fn shifted(number: &str, power: i32) -> String {
    if power == 0 {
        return number.to_owned();
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let point = whole.len() as i32 + power;
    let mut digits = format!("{whole}{fraction}");
    if point <= 0 {
        digits.insert_str(0, &"0".repeat(1 + point.unsigned_abs() as usize));
    }
    let point = point.max(1) as usize;
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point);
    let text = format!("{whole}.{}", fraction.trim_end_matches('0'));
    normal(&text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<(String, Option<String>, String)> {
        take(text).map(|number| (number.plain(), number.other(), number.rest.to_owned()))
    }

    #[test]
    fn reads_what_people_write() {
        let one = |number: &str, rest: &str| Some((number.to_owned(), None, rest.to_owned()));
        assert_eq!(plain("1,200"), Some(("1200".to_owned(), Some("1.200".to_owned()), String::new())));
        assert_eq!(plain("1_200 USD"), one("1200", "USD"));
        assert_eq!(plain("1 200 000 KRW"), one("1200000", "KRW"));
        assert_eq!(plain("1,200.50"), one("1200.50", ""));
        assert_eq!(plain("1.200,50"), one("1200.50", ""));
        assert_eq!(plain("0,5"), one("0.5", ""));
        assert_eq!(plain("99,9 %"), one("99.9", "%"));
        assert_eq!(plain(".5"), one("0.5", ""));
        assert_eq!(plain("007"), one("7", ""));
        assert_eq!(plain("1e6"), one("1000000", ""));
        assert_eq!(plain("1.5e-3s"), one("0.0015", "s"));
        assert_eq!(plain("3 million tokens"), one("3000000", "tokens"));
        assert_eq!(plain("0..5"), one("0", "..5"));
        assert_eq!(plain("x"), None);
    }

    #[test]
    fn shortens_powers_of_ten() {
        let short = |text| take(text).map(|number| number.short("B"));
        assert_eq!(short("3 million").as_deref(), Some("3M"));
        assert_eq!(short("1e6").as_deref(), Some("1M"));
        assert_eq!(short("1.5e6").as_deref(), Some("1.5M"));
        assert_eq!(short("7 billion").as_deref(), Some("7B"));
        assert_eq!(short("1200").as_deref(), Some("1200"));
        assert_eq!(short("1e-2").as_deref(), Some("0.01"));
    }
}
