//! What holds of all scalars: reading never panics, certain proposals read, what is shown reads back, and the pattern of
//! a type admits what its reader admits.

use std::cmp::Ordering;
use std::sync::OnceLock;

use mlsystem::units::{Quantity, Scalar, ScalarType, read};
use proptest::prelude::*;
use regex::Regex;

/// Pieces from which well and badly written scalars are made.
const PIECES: [&str; 111] = [
    "0",
    "1",
    "5",
    "12",
    "60",
    "99.9",
    "0.31",
    "1.5",
    "100",
    "2026-11-01",
    "2025-01-01",
    "2026-02-30",
    "-",
    "+",
    "−",
    ".",
    "..",
    ",",
    " ",
    " ",
    " ",
    "/",
    "%",
    "e6",
    "E-3",
    "k",
    "K",
    "M",
    "G",
    "B",
    "T",
    "ms",
    "us",
    "µs",
    "s",
    "m",
    "h",
    "d",
    "w",
    "mo",
    "y",
    "MB",
    "MiB",
    "kB",
    "KB",
    "mb",
    "USD",
    "EUR",
    "KRW",
    "XYZ",
    "usd",
    "$",
    "€",
    "¥",
    "day",
    "month",
    "min",
    "tokens",
    "1k ",
    "1M ",
    "per ",
    "account",
    "at most ",
    "at least ",
    "above ",
    "below ",
    "outside ",
    "down ",
    "up ",
    " points",
    "<=",
    ">",
    "≥",
    "last ",
    "now",
    "to",
    "daily",
    "never",
    "every ",
    "*",
    "*/5",
    "MON-FRI",
    "JAN",
    "0 2 * * *",
    "?",
    "serving",
    ".latency",
    "[p99]",
    "ndcg@10",
    " is ",
    " is set",
    " includes ",
    "true",
    "yes",
    "none",
    "x-",
    "Café",
    "한국",
    "\n",
    "\t",
    "~",
    "\\",
    "https://",
    "MIT",
    " OR ",
    "Apache",
    "en",
    "-US",
    "EU",
    "`",
    "…",
];

fn written() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 1..7).prop_map(|pieces| pieces.concat());
    let examples: Vec<&str> = ScalarType::all().flat_map(|kind| kind.examples().iter().copied()).collect();
    let examples = prop::sample::select(examples).prop_map(str::to_owned);
    let spoiled = (examples.clone(), any::<prop::sample::Index>(), prop::sample::select(&PIECES[..])).prop_map(
        |(mut example, at, piece)| {
            let places: Vec<usize> = example.char_indices().map(|(at, _)| at).collect();
            example.insert_str(places[at.index(places.len())], piece);
            example
        },
    );
    prop_oneof![6 => pieces, 2 => examples, 4 => spoiled, 2 => ".*"]
}

fn trimmed(raw: &str) -> Option<&str> {
    Some(raw.trim()).filter(|raw| !raw.is_empty())
}

fn pattern(kind: ScalarType) -> Option<&'static Regex> {
    static PATTERNS: OnceLock<Vec<Option<Regex>>> = OnceLock::new();
    let compile = |kind: ScalarType| kind.pattern().map(|pattern| Regex::new(&pattern).unwrap());
    PATTERNS.get_or_init(|| ScalarType::all().map(compile).collect())[kind as usize].as_ref()
}

/// What readers alone know, so that a text may fit the pattern and still be refused.
fn is_beyond_patterns(kind: ScalarType) -> bool {
    !matches!(
        kind,
        ScalarType::Number | ScalarType::Bool | ScalarType::Label | ScalarType::Team | ScalarType::SystemName
    )
}

/// The quantities in a scalar, which are what can be lost when it is shown.
fn quantities(scalar: &Scalar) -> Vec<&Quantity> {
    use mlsystem::units::{Alert, Comparison, Interval, Period};
    match scalar {
        Scalar::Quantity(one) | Scalar::Interval(Interval::Every(one)) | Scalar::Period(Period::Last(one)) => vec![one],
        Scalar::Change(one) => vec![&one.by],
        Scalar::Limit(one) => vec![&one.amount],
        Scalar::Range(one) => vec![&one.low, &one.high],
        Scalar::Comparison(one) => match &**one {
            Comparison::Within(one) => vec![&one.low, &one.high],
            one => vec![one.value()],
        },
        Scalar::Alert(one) => match &**one {
            Alert::Bound { value, .. } => vec![value],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn certain_proposals_read_and_messages_are_short(raw in written()) {
        let Some(raw) = trimmed(&raw) else { return Ok(()) };
        for kind in ScalarType::all() {
            let Err(wrong) = read(kind, raw) else { continue };
            prop_assert!(wrong.message.chars().count() < 60, "{}", wrong.message);
            prop_assert!(!wrong.message.ends_with('.') && !wrong.message.contains('\n'), "{}", wrong.message);
            if let Some(part) = wrong.part {
                prop_assert!(raw.get(part.clone()).is_some_and(|part| !part.is_empty()), "{raw:?} {part:?}");
            }
            for proposal in wrong.proposals {
                let reads = read(kind, &proposal.text).is_ok();
                prop_assert!(reads || (!proposal.certain && proposal.text.contains('…')), "{} {raw:?} {proposal:?}", kind.word());
            }
        }
    }

    #[test]
    fn what_is_shown_reads_back(raw in written()) {
        let Some(raw) = trimmed(&raw) else { return Ok(()) };
        for kind in ScalarType::all() {
            let Ok(scalar) = read(kind, raw) else { continue };
            let Some(text) = scalar.normal_form() else { continue };
            let again = read(kind, &text);
            prop_assert!(again.is_ok(), "{} {raw:?} shows as {text:?}", kind.word());
            let again = again.unwrap();
            let (before, after) = (quantities(&scalar), quantities(&again));
            prop_assert_eq!(before.len(), after.len());
            for (before, after) in before.iter().zip(after) {
                prop_assert_eq!(before.compare(after), Some(Ordering::Equal), "{} {:?} {:?}", kind.word(), raw, text);
            }
        }
    }

    #[test]
    fn patterns_and_readers_agree(raw in written()) {
        let Some(raw) = trimmed(&raw) else { return Ok(()) };
        for kind in ScalarType::all() {
            let Some(pattern) = pattern(kind) else { continue };
            let (fits, reads) = (pattern.is_match(raw), read(kind, raw).is_ok());
            prop_assert!(fits || !reads, "{} reads {raw:?}, which its pattern refuses", kind.word());
            prop_assert!(reads || !fits || is_beyond_patterns(kind), "{} refuses {raw:?}, which fits", kind.word());
        }
    }
}

/// What fits a pattern and is refused all the same, one case per limit of patterns.
#[test]
fn limits_of_patterns() {
    let cases = [
        (ScalarType::Duration, "30m1h"),
        (ScalarType::Duration, "1.5h30m"),
        (ScalarType::Duration, "101y"),
        (ScalarType::Interval, "0s"),
        (ScalarType::Interval, "0 0 31 2 *"),
        (ScalarType::Percentage, "120%"),
        (ScalarType::Ratio, "1.2"),
        (ScalarType::Count, "1.2345k"),
        (ScalarType::Integer, "9223372036854775808"),
        (ScalarType::Number, "1e999"),
        (ScalarType::Size, "0.5B"),
        (ScalarType::Sum, "3 XYZ"),
        (ScalarType::Price, "3 USD/day"),
        (ScalarType::Limit, "30/hour"),
        (ScalarType::Date, "2026-02-30"),
        (ScalarType::Period, "2026-03-31..2025-01-01"),
        (ScalarType::Range, "4..2"),
        (ScalarType::Range, "50..100ms"),
        (ScalarType::Name, "none"),
        (ScalarType::Requirement, "serving.latency.p99 is at most 100ms"),
        (ScalarType::Path, "C:/abs"),
        (ScalarType::Licence, "MIT AND OR"),
        (ScalarType::Region, "UK"),
        (ScalarType::Language, "kr"),
    ];
    for (kind, raw) in cases {
        assert!(pattern(kind).unwrap().is_match(raw), "{} {raw}", kind.word());
        assert!(read(kind, raw).is_err(), "{} {raw}", kind.word());
    }
}
