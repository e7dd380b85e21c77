//! The patterns of the scalar types, anchored, and legal both in Rust's `regex` and in ECMA-262 with the `u` flag.
//!
//! A pattern says what a reader can say of single characters. The readers alone know the calendar, ranges of numbers,
//! codes of currencies, countries and languages, reserved names, and that units fall and ends of ranges are in order.

use super::ScalarType;

/// A number without a sign: the part of the patterns that documents write as `N`.
pub const NUMBER_PATTERN: &str = N;

const N: &str = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?";
const DATE: &str = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
const TIME: &str = "(?:h|day|week|month|year)";
const THING: &str = "[a-z][a-z-]*";
const BOUND: &str = "(?:(?:at most|at least|above|below) |(?:<=|>=|<|>) ?)";
const NAME: &str = r"[\p{Alphabetic}\p{N}_][\p{Alphabetic}\p{M}\p{N}_.@+%-]{0,79}";
/// Steps of a place. That they are names of at most 80 characters is left to the reader: three bounded repetitions of
/// such classes are more than the default limits of Rust's `regex`, and so of validators built on it, allow.
const KEY: &str = r"[\p{Alphabetic}\p{N}_][\p{Alphabetic}\p{M}\p{N}_@+%-]*";
const BRACKETED: &str = r"\[[\p{Alphabetic}\p{N}_][\p{Alphabetic}\p{M}\p{N}_.@+%-]*\]";
/// Zero in any unit, which alone needs no sign.
const ZERO: &str = r"0(?:\.0+)?(?:[eE][+-]?[0-9]{1,3}|%| ?[A-Za-z]{1,3})?(?:/[^\n\r]+)?|[A-Z]{3} 0(?:\.0+)?";
const LINE: &str = r"[^\n\r]";

impl ScalarType {
    /// The pattern of well written values. None where any text is one.
    pub fn pattern(self) -> Option<String> {
        body(self).map(|body| format!("^(?:{body})$"))
    }
}

fn body(kind: ScalarType) -> Option<String> {
    Some(match kind {
        ScalarType::Duration => duration(),
        ScalarType::Interval => {
            format!("{}|continuous|hourly|daily|weekly|monthly|quarterly|yearly|never|{}", duration(), cron())
        }
        ScalarType::Percentage => format!("{N}%"),
        ScalarType::Ratio => format!("{N}%?"),
        ScalarType::Change => format!("[+-](?:{})|{ZERO}", value()),
        ScalarType::Count => format!("{N}[kMGTB]?"),
        ScalarType::Integer => "-?(?:0|[1-9][0-9]*)".to_owned(),
        ScalarType::Number => number(),
        ScalarType::Rate => rate(),
        ScalarType::Size => size(),
        ScalarType::Sum => sum(),
        ScalarType::Spend => format!("(?:{})/{TIME}", sum()),
        ScalarType::Price => format!("(?:{})(?:/(?:1k |1M )?{THING})?", sum()),
        ScalarType::Limit => format!("(?:{N}[kMGTB]?|{})(?:/{THING})?(?: per [a-z][a-z -]*)?", sum()),
        ScalarType::Value => format!("[+-]?{N}(?:[eE][+-]?[0-9]{{1,3}})?|{}", value()),
        ScalarType::Date => DATE.to_owned(),
        ScalarType::Period => format!(r"{DATE}\.\.(?:{DATE}|now)|last {}", duration()),
        ScalarType::Range => range(),
        ScalarType::Comparison => format!("{BOUND}?(?:{})|{}", signed_number_or_value(), range()),
        ScalarType::Alert => format!("{}|outside {}|{}", sided(), range(), moved()),
        ScalarType::Test => format!("{} (?:{}|{})", subject(), sided(), moved()),
        ScalarType::Requirement => {
            format!("{} (?:{})|{} (?:is {LINE}+|includes {LINE}+)", subject(), sided(), field())
        }
        ScalarType::Bool => "true|false".to_owned(),
        ScalarType::Text => return None,
        ScalarType::Label | ScalarType::Team => format!("{LINE}{{1,120}}"),
        ScalarType::Name => NAME.to_owned(),
        ScalarType::SystemName => "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?".to_owned(),
        ScalarType::Field => field(),
        // One word; several of which the last has a slash or an extension; an address.
        ScalarType::Path => concat!(
            r"[^\s\x00-\x1f\\/~$](?:[^\s\x00-\x1f\\]*|[^\x00-\x1f\\]*/[^\s\x00-\x1f\\]*",
            r"|(?:[^\x00-\x1f\\]*[^\s\x00-\x1f\\])?\.[A-Za-z0-9]{1,8}|[^\x00-\x1f\\]*://[^\x00-\x1f\\]*)",
        )
        .to_owned(),
        ScalarType::Version => r"[^\s]{1,120}".to_owned(),
        ScalarType::Licence => r"\(*[A-Za-z0-9.+:-]+\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9.+:-]+\)*)*".to_owned(),
        ScalarType::Region => "EU|EEA|world|[A-Z]{2}(?:-[A-Z0-9]{1,3})?".to_owned(),
        ScalarType::Language => concat!(
            "[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?",
            "(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
        )
        .to_owned(),
    })
}

fn duration() -> String {
    format!("(?:{N}(?:y|mo|w|d|h|m|s|ms|us))+")
}

fn cron() -> String {
    let unit = "(?:[0-9]{1,4}|[A-Za-z]{3})";
    let item = format!(r"(?:\*|{unit}(?:-{unit})?)(?:/[0-9]{{1,4}})?");
    let part = format!("{item}(?:,{item})*");
    format!("{part}(?: {part}){{4}}")
}

fn number() -> String {
    format!("[+-]?{N}(?:[eE][+-]?[0-9]{{1,3}})?")
}

fn rate() -> String {
    format!("{N}[kMG]?/(?:s|min|{TIME})")
}

fn size() -> String {
    format!("{N}(?:B|kB|MB|GB|TB|PB|KiB|MiB|GiB|TiB|PiB)")
}

fn sum() -> String {
    format!("{N}[kMG]? [A-Z]{{3}}|[A-Z]{{3}} {N}[kMG]?")
}

/// A value without a sign.
fn value() -> String {
    format!(
        "{N}(?:[eE][+-]?[0-9]{{1,3}})?|{N}%|{N}[kMGT]|{}|{}|{}|(?:{})(?:/(?:1k |1M )?{THING})?",
        duration(),
        size(),
        rate(),
        sum()
    )
}

fn signed_number_or_value() -> String {
    format!("{}|{}", number(), value())
}

fn range() -> String {
    format!(r"[+-]?(?:{0})\.\.[+-]?(?:{0})", value())
}

fn sided() -> String {
    format!("{BOUND}(?:{})|{}", signed_number_or_value(), range())
}

fn moved() -> String {
    format!("(?:up|down) (?:{N}%|{N} points)")
}

fn field() -> String {
    format!(r"{KEY}(?:\.{KEY}|{BRACKETED})*")
}

fn subject() -> String {
    format!("(?:{NAME}|{})", field())
}
