//! What a metric measures: a number, share, count, duration, size, rate or money. The unit decides which.

use super::scalar_error::{Proposal, ScalarError};
use super::{Quantity, duration, lenient_number, money, number, rate, size};

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    match raw.as_bytes() {
        [.., b'%'] => number::parse_any_percentage(raw),
        [.., b'0'..=b'9'] if !raw.starts_with(|c: char| c.is_ascii_uppercase()) => number::parse_number(raw),
        [.., b'k' | b'M' | b'G' | b'T'] => number::parse_count(raw),
        _ => duration::parse(raw)
            .or_else(|| size::parse(raw))
            .or_else(|| rate::parse(raw))
            .or_else(|| money::parse_sum(raw))
            .or_else(|| money::parse_spend(raw))
            .or_else(|| money::parse_price(raw)),
    }
}

/// A value that may have a sign before it.
pub(super) fn parse_signed(raw: &str) -> Option<Quantity> {
    let unsigned = raw.strip_prefix(['+', '-']).unwrap_or(raw);
    if unsigned.starts_with(['+', '-']) {
        return None;
    }
    let value = parse(unsigned)?;
    Some(if raw.starts_with('-') { value.negated() } else { value })
}

pub(super) fn explain(raw: &str) -> ScalarError {
    ScalarError::not_a(raw, "a value").propose(proposals(raw))
}

/// The values that `raw` was probably meant to be. None is certain when it may be several things.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let bare = lenient_number::take(raw).is_some_and(|number| number.rest.is_empty());
    let spelled = raw.contains(|c: char| c.is_ascii_alphabetic());
    let mut kinds = vec![if bare && spelled { number::counts(raw, "G") } else { number::numbers(raw) }];
    if !bare {
        kinds.extend([
            number::percentages(raw),
            number::counts(raw, "G"),
            duration::proposals(raw),
            size::proposals(raw),
        ]);
        kinds.extend([rate::proposals(raw), money::sums(raw), money::spends(raw), money::prices(raw)]);
    }
    let mut found: Vec<Proposal> = Vec::new();
    for proposal in kinds.into_iter().flatten() {
        if parse(&proposal.text).is_some() && !found.iter().any(|known| known.text == proposal.text) {
            found.push(proposal);
        }
    }
    if found.len() > 1 {
        found.iter_mut().for_each(|proposal| proposal.certain = false);
    }
    found
}
