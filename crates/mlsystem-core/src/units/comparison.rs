//! What must hold of a value: `at most 100ms`, `0.2..0.4`, or a bare value read with a metric's direction.

use std::cmp::Ordering;
use std::fmt::{Display, Formatter, Result as Written};

use super::scalar_error::{Proposal, ScalarError, repaired, shown};
use super::{Measure, Quantity, Range, range, value};

/// On which side of a value something has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Not more; the value itself is met.
    AtMost,
    /// Not less; the value itself is met.
    AtLeast,
    /// More; the value itself is not met.
    Above,
    /// Less; the value itself is not met.
    Below,
}

/// Which values of a metric are better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    /// Higher ones: a bare value means at least.
    Higher,
    /// Lower ones: a bare value means at most.
    Lower,
}

/// What must hold of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// A value and the side on which to be.
    Bound {
        /// The side.
        bound: Bound,
        /// The value.
        value: Quantity,
    },
    /// A range in which to be.
    Within(Range),
    /// A value whose side the metric's direction tells.
    Bare(Quantity),
}

/// One end of what a comparison lets pass.
#[derive(Clone, Copy)]
struct End<'a> {
    at: &'a Quantity,
    passes: bool,
}

impl Bound {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Bound::AtMost => "at most",
            Bound::AtLeast => "at least",
            Bound::Above => "above",
            Bound::Below => "below",
        }
    }

    /// The bound that holds exactly where this one does not.
    pub fn turned(self) -> Bound {
        match self {
            Bound::AtMost => Bound::Above,
            Bound::AtLeast => Bound::Below,
            Bound::Above => Bound::AtMost,
            Bound::Below => Bound::AtLeast,
        }
    }

    /// Whether `value` is on this side of `limit`; none across dimensions.
    pub fn holds(self, value: &Quantity, limit: &Quantity) -> Option<bool> {
        let order = value.compare(limit)?;
        Some(match self {
            Bound::AtMost => order != Ordering::Greater,
            Bound::AtLeast => order != Ordering::Less,
            Bound::Above => order == Ordering::Greater,
            Bound::Below => order == Ordering::Less,
        })
    }
}

impl Comparison {
    /// Whether it holds for `value`. None across dimensions, and for a bare value without a direction.
    pub fn holds(&self, value: &Quantity, better: Option<Better>) -> Option<bool> {
        match self {
            Comparison::Within(range) => range.contains(value),
            Comparison::Bound { bound, value: limit } => bound.holds(value, limit),
            Comparison::Bare(limit) => better?.bound().holds(value, limit),
        }
    }

    /// The value compared with; of a range, its lower end.
    pub fn value(&self) -> &Quantity {
        match self {
            Comparison::Bound { value, .. } | Comparison::Bare(value) => value,
            Comparison::Within(range) => &range.low,
        }
    }

    /// What it compares.
    pub fn measure(&self) -> Measure {
        self.value().dimension.measure()
    }

    /// The lower and the upper end of what passes.
    fn ends(&self, better: Option<Better>) -> Option<(Option<End<'_>>, Option<End<'_>>)> {
        let (bound, at) = match self {
            Comparison::Within(range) => {
                return Some((Some(End { at: &range.low, passes: true }), Some(End { at: &range.high, passes: true })));
            }
            Comparison::Bound { bound, value } => (*bound, value),
            Comparison::Bare(value) => (better?.bound(), value),
        };
        Some(match bound {
            Bound::AtMost => (None, Some(End { at, passes: true })),
            Bound::Below => (None, Some(End { at, passes: false })),
            Bound::AtLeast => (Some(End { at, passes: true }), None),
            Bound::Above => (Some(End { at, passes: false }), None),
        })
    }
}

impl Better {
    /// How a bare value is read.
    pub fn bound(self) -> Bound {
        match self {
            Better::Higher => Bound::AtLeast,
            Better::Lower => Bound::AtMost,
        }
    }
}

/// Whether some value passes `a` and breaks `b`. None across dimensions, and for a bare value without a direction.
pub fn looser(a: &Comparison, b: &Comparison, better: Option<Better>) -> Option<bool> {
    if a.value().dimension != b.value().dimension {
        return None;
    }
    let (a_low, a_high) = a.ends(better)?;
    let (b_low, b_high) = b.ends(better)?;
    let reaches_past = |a: Option<End<'_>>, b: Option<End<'_>>, outward: Ordering| match (a, b) {
        (_, None) => Some(false),
        (None, Some(_)) => Some(true),
        (Some(a), Some(b)) => Some(match a.at.compare(b.at)? {
            Ordering::Equal => a.passes && !b.passes,
            order => order == outward,
        }),
    };
    Some(reaches_past(a_low, b_low, Ordering::Less)? || reaches_past(a_high, b_high, Ordering::Greater)?)
}

pub(super) fn parse(raw: &str) -> Option<Comparison> {
    if let Some(comparison) = parse_bound(raw) {
        return Some(comparison);
    }
    if raw.contains("..") {
        return range::parse(raw).map(Comparison::Within);
    }
    value::parse(raw).map(Comparison::Bare)
}

/// A comparison that says its side.
pub(super) fn parse_sided(raw: &str) -> Option<Comparison> {
    parse_bound(raw).or_else(|| range::parse(raw).map(Comparison::Within))
}

fn parse_bound(raw: &str) -> Option<Comparison> {
    let (bound, rest) = take_bound(raw)?;
    Some(Comparison::Bound { bound, value: value::parse(rest)? })
}

/// The bound at the start, and what follows it and its blank.
pub(super) fn take_bound(raw: &str) -> Option<(Bound, &str)> {
    const WORDS: [(&str, Bound); 4] = [
        ("at most ", Bound::AtMost),
        ("at least ", Bound::AtLeast),
        ("above ", Bound::Above),
        ("below ", Bound::Below),
    ];
    const SYMBOLS: [(&str, Bound); 4] =
        [("<=", Bound::AtMost), (">=", Bound::AtLeast), ("<", Bound::Below), (">", Bound::Above)];
    let word = WORDS.iter().find_map(|(word, bound)| Some((*bound, raw.strip_prefix(word)?)));
    word.or_else(|| {
        let (bound, rest) = SYMBOLS.iter().find_map(|(symbol, bound)| Some((*bound, raw.strip_prefix(symbol)?)))?;
        Some((bound, rest.strip_prefix(' ').unwrap_or(rest)))
    })
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match self {
            Comparison::Bound { bound, value } => write!(f, "{} {value}", bound.words()),
            Comparison::Within(range) => range.fmt(f),
            Comparison::Bare(value) => value.fmt(f),
        }
    }
}

/// What is wrong with a bare value where nothing says which values are better.
pub fn without_side(raw: &str) -> ScalarError {
    ScalarError::new(format!("{} does not say on which side to be", shown(raw)))
        .perhaps(format!("at least {raw}"))
        .perhaps(format!("at most {raw}"))
        .advise("say `at least` or `at most`")
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if raw.contains("..") && take_bound(raw).is_none() {
        return range::explain(raw);
    }
    let found = proposals(raw);
    let bare = if found.is_empty() { value::proposals(raw) } else { Vec::new() };
    ScalarError::not_a(raw, "a comparison").propose(found).propose(bare)
}

/// The comparisons with a side, or ranges, that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let values = |text: &str| repaired(text, value::parse(text).is_some(), value::proposals);
    if let Some((bound, rest)) = take_loose_bound(raw) {
        let before = format!("{} ", bound.words());
        return values(rest).iter().map(|value| value.within(&before, "")).collect();
    }
    for (mark, bound) in [("+", Bound::AtLeast), (" or more", Bound::AtLeast), (" or less", Bound::AtMost)] {
        if let Some(rest) = raw.strip_suffix(mark) {
            let before = format!("{} ", bound.words());
            return values(rest.trim()).iter().map(|value| value.within(&before, "")).collect();
        }
    }
    if value::proposals(raw).iter().any(|value| value.certain) { Vec::new() } else { range::proposals(raw) }
}

/// The bound at the start, in any of the words people have for it, and what follows.
pub(super) fn take_loose_bound(raw: &str) -> Option<(Bound, &str)> {
    const LOOSE: [(&str, Bound); 34] = [
        ("at most ", Bound::AtMost),
        ("at least ", Bound::AtLeast),
        ("no less than ", Bound::AtLeast),
        ("not less than ", Bound::AtLeast),
        ("no fewer than ", Bound::AtLeast),
        ("no more than ", Bound::AtMost),
        ("not more than ", Bound::AtMost),
        ("greater than or equal to ", Bound::AtLeast),
        ("less than or equal to ", Bound::AtMost),
        ("greater than ", Bound::Above),
        ("higher than ", Bound::Above),
        ("more than ", Bound::Above),
        ("less than ", Bound::Below),
        ("lower than ", Bound::Below),
        ("fewer than ", Bound::Below),
        ("minimum ", Bound::AtLeast),
        ("maximum ", Bound::AtMost),
        ("min. ", Bound::AtLeast),
        ("max. ", Bound::AtMost),
        ("min ", Bound::AtLeast),
        ("max ", Bound::AtMost),
        ("up to ", Bound::AtMost),
        ("above ", Bound::Above),
        ("below ", Bound::Below),
        ("under ", Bound::Below),
        ("over ", Bound::Above),
        ("=>", Bound::AtLeast),
        ("=<", Bound::AtMost),
        (">=", Bound::AtLeast),
        ("<=", Bound::AtMost),
        ("≥", Bound::AtLeast),
        ("≤", Bound::AtMost),
        (">", Bound::Above),
        ("<", Bound::Below),
    ];
    let begins = |word: &str| raw.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let (word, bound) = LOOSE.iter().find(|(word, _)| begins(word))?;
    Some((*bound, raw[word.len()..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::alert;

    fn comparison(raw: &str) -> Comparison {
        parse(raw).unwrap_or_else(|| panic!("{raw}"))
    }

    #[test]
    fn bounds_hold() {
        let holds = |comparison_: &str, raw: &str, better| {
            comparison(comparison_).holds(&value::parse(raw).unwrap_or_else(|| panic!("{raw}")), better)
        };
        assert_eq!(holds("at most 100ms", "100ms", None), Some(true));
        assert_eq!(holds("below 100ms", "100ms", None), Some(false));
        assert_eq!(holds("at least 0.31", "31%", None), Some(true));
        assert_eq!(holds("0.2..0.4", "0.4", None), Some(true));
        assert_eq!(holds("0.2..0.4", "0.41", None), Some(false));
        assert_eq!(holds("0.31", "0.3", None), None);
        assert_eq!(holds("0.31", "0.3", Some(Better::Higher)), Some(false));
        assert_eq!(holds("0.31", "0.3", Some(Better::Lower)), Some(true));
        assert_eq!(holds("at most 100ms", "5", None), None);
    }

    #[test]
    fn looser_lets_pass_what_the_other_stops() {
        let looser = |a, b| looser(&comparison(a), &comparison(b), Some(Better::Higher));
        assert_eq!(looser("at most 150ms", "at most 100ms"), Some(true));
        assert_eq!(looser("at most 100ms", "at most 150ms"), Some(false));
        assert_eq!(looser("at most 100ms", "at most 100ms"), Some(false));
        assert_eq!(looser("at most 100ms", "below 100ms"), Some(true));
        assert_eq!(looser("below 100ms", "at most 100ms"), Some(false));
        assert_eq!(looser("at least 1", "at most 5"), Some(true));
        assert_eq!(looser("2..3", "at most 5"), Some(false));
        assert_eq!(looser("2..3", "1..3"), Some(false));
        assert_eq!(looser("0..3", "1..3"), Some(true));
        assert_eq!(looser("0.3", "at least 0.31"), Some(true));
        assert_eq!(looser("at most 1", "at most 1s"), None);
    }

    #[test]
    fn an_alert_turned_is_what_it_guards() {
        let turned = |raw| alert::parse(raw).and_then(|alert| alert.turned()).map(|guarded| guarded.to_string());
        assert_eq!(turned("above 150ms").as_deref(), Some("at most 150ms"));
        assert_eq!(turned("below 99.9%").as_deref(), Some("at least 99.9%"));
        assert_eq!(turned(">= 5").as_deref(), Some("below 5"));
        assert_eq!(turned("outside 0.2..0.4").as_deref(), Some("0.2..0.4"));
        assert_eq!(turned("down 3%"), None);
    }
}
