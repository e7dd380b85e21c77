//! What may be written next: units behind a number, relations behind a subject, the codes and words of a type.

use super::size::{BINARY, DECIMAL};
use super::{Bound, Currency, ScalarType, TimeUnit, country, interval, language, licence};

/// A text that may be written, and what it means in a few words; may be empty.
pub type Suggestion = (String, String);

/// The units that a value of this type may have behind `number`, which follows `before`, as in `at most ` and `80`.
/// Money is suggested in `currencies`, as codes.
pub fn units_behind(kind: ScalarType, before: &str, number: &str, currencies: &[&str]) -> Vec<Suggestion> {
    let fits = |(unit, _): &Suggestion| kind.reads(&format!("{before}{number}{unit}"));
    all_units(kind, currencies).into_iter().filter(fits).collect()
}

fn all_units(kind: ScalarType, currencies: &[&str]) -> Vec<Suggestion> {
    let mut units: Vec<Suggestion> = Vec::new();
    let mut add = |unit: String, meaning: String| units.push((unit, meaning));
    let rare = |unit: &TimeUnit| *unit == TimeUnit::Microsecond;
    let (last, first): (Vec<_>, Vec<_>) = TimeUnit::DESCENDING.into_iter().rev().partition(rare);
    for unit in first.into_iter().chain(last) {
        add(unit.suffix().to_owned(), format!("{}s", unit.noun()));
    }
    add("%".to_owned(), "percent".to_owned());
    for (suffix, word) in [("k", "thousand"), ("M", "million"), ("G", "billion"), ("T", "trillion")] {
        add(suffix.to_owned(), word.to_owned());
    }
    let counts = matches!(kind, ScalarType::Count | ScalarType::Limit);
    add("B".to_owned(), if counts { "billion" } else { "bytes" }.to_owned());
    for (unit, bytes) in DECIMAL.iter().chain(&BINARY).rev() {
        add((*unit).to_owned(), format!("{bytes} bytes"));
    }
    let rates = || TimeUnit::DESCENDING.into_iter().rev().filter(|unit| *unit >= TimeUnit::Second);
    for unit in rates() {
        add(format!("/{}", unit.word()), format!("per {}", unit.noun()));
    }
    for code in currencies.iter().filter(|code| Currency::from_code(code).is_some()) {
        add(format!(" {code}"), String::new());
        for unit in rates() {
            add(format!(" {code}/{}", unit.word()), format!("{code} per {}", unit.noun()));
        }
    }
    units
}

/// What may stand before the value in a text of this type, each with its blank: `at most `, `above `. Of a test or
/// requirement, what may follow the subject.
pub fn relations(kind: ScalarType) -> Vec<Suggestion> {
    let bounds = [
        (Bound::AtMost, "not more; the value itself is met"),
        (Bound::AtLeast, "not less; the value itself is met"),
        (Bound::Above, "more"),
        (Bound::Below, "less"),
    ];
    let mut found: Vec<Suggestion> =
        bounds.iter().map(|(bound, meaning)| (format!("{} ", bound.words()), (*meaning).to_owned())).collect();
    let moves = [("up ", "the running figure grows by"), ("down ", "the running figure falls by")];
    let rest: &[(&str, &str)] = match kind {
        ScalarType::Comparison => &[],
        ScalarType::Alert => {
            found.retain(|(words, _)| kind.reads(&format!("{words}1")));
            found.push(("outside ".to_owned(), "out of a range".to_owned()));
            &moves
        }
        ScalarType::Test => &moves,
        ScalarType::Requirement => {
            &[("is ", "is this word"), ("includes ", "has this among its items"), ("is set", "is written at all")]
        }
        _ => return Vec::new(),
    };
    found.extend(rest.iter().map(|(words, meaning)| ((*words).to_owned(), (*meaning).to_owned())));
    found
}

/// The words and codes that a type knows by itself: `daily`, `KR`, `en`, `Apache-2.0`, `true`.
pub fn known_words(kind: ScalarType) -> Vec<Suggestion> {
    let own = |text: &str, meaning: &str| (text.to_owned(), meaning.to_owned());
    match kind {
        ScalarType::Bool => vec![own("true", "yes"), own("false", "no")],
        ScalarType::Interval => {
            let words = interval::WORDS.iter().map(|(word, _)| own(word, ""));
            words.chain([own("never", "not again")]).collect()
        }
        ScalarType::Region => {
            let wide = [("world", "everywhere"), ("EU", "European Union"), ("EEA", "European Economic Area")];
            wide.iter().map(|(code, name)| own(code, name)).chain(country::all()).collect()
        }
        ScalarType::Language => language::all().map(|code| own(code, "")).collect(),
        ScalarType::Licence => licence::all().into_iter().map(|licence| own(licence, "")).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_suggested_reads() {
        for kind in ScalarType::all() {
            for (text, _) in known_words(kind) {
                assert!(kind.reads(&text), "{} {text}", kind.word());
            }
        }
        let units = |kind, before: &str, number: &str| -> String {
            let found = units_behind(kind, before, number, &["EUR"]);
            found.into_iter().map(|(unit, _)| unit).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(units(ScalarType::Duration, "", "80"), "ms s m h d w mo y us");
        assert_eq!(units(ScalarType::Percentage, "", "99.9"), "%");
        assert_eq!(units(ScalarType::Count, "", "12"), "k M G T B");
        assert_eq!(units(ScalarType::Rate, "", "5"), "/s /min /h /day /week /month /year");
        assert_eq!(units(ScalarType::Spend, "", "5"), " EUR/h  EUR/day  EUR/week  EUR/month  EUR/year");
        assert_eq!(units(ScalarType::Sum, "", "5"), " EUR");
        assert_eq!(units(ScalarType::Alert, "down ", "3"), "%");
        assert!(units(ScalarType::Comparison, "at most ", "100").contains("ms"));
        assert!(!units(ScalarType::Duration, "", "101").contains(" y"), "no more than 100 years");
    }

    #[test]
    fn relations_read_with_a_value_behind_them() {
        for (kind, before) in [(ScalarType::Comparison, ""), (ScalarType::Alert, ""), (ScalarType::Test, "a ")] {
            for (words, _) in relations(kind) {
                let value = if words == "outside " { "1..2" } else { "1%" };
                assert!(kind.reads(&format!("{before}{words}{value}")), "{before}{words}{value}");
            }
        }
        for (words, _) in relations(ScalarType::Requirement) {
            let value = if words.ends_with(' ') { "1" } else { "" };
            assert!(ScalarType::Requirement.reads(&format!("a.b {words}{value}")), "{words}");
        }
    }
}
