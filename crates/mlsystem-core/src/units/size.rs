//! Sizes: `480MB`, `2GiB`.

use super::decimal::{self, for_people, plain};
use super::scalar_error::{Proposal, ScalarError, shown};
use super::unit::Notation;
use super::{Dimension, Quantity, lenient_number};

/// The units of either family, largest first, with their bytes.
pub(super) const DECIMAL: [(&str, u64); 5] =
    [("PB", 1_000_000_000_000_000), ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
pub(super) const BINARY: [(&str, u64); 5] =
    [("PiB", 1 << 50), ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    let (number, suffix) = decimal::take(raw)?;
    let (bytes, mark) = bytes_of(suffix)?;
    let whole = number.is_whole_times(bytes);
    whole.then(|| Quantity::written(number.scaled(bytes as f64, 1.0), Dimension::Size, mark)).flatten()
}

fn bytes_of(suffix: &str) -> Option<(u64, Notation)> {
    let find = |family: &[(&str, u64)]| family.iter().find(|(unit, _)| *unit == suffix).map(|(_, bytes)| *bytes);
    match suffix {
        "B" => Some((1, Notation::Base)),
        _ => find(&DECIMAL)
            .map(|bytes| (bytes, Notation::Base))
            .or_else(|| find(&BINARY).map(|bytes| (bytes, Notation::Binary))),
    }
}

/// The size in the largest unit of its family in which it needs no more than three places.
pub(super) fn display(bytes: f64, mark: &Notation, computed: bool) -> String {
    let family = if *mark == Notation::Binary { &BINARY } else { &DECIMAL };
    for (unit, length) in family {
        let amount = for_people(bytes / *length as f64, computed);
        let short = computed || (amount * 1000.0).fract() == 0.0;
        if amount.abs() >= 1.0 && short {
            return format!("{}{unit}", plain(amount));
        }
    }
    format!("{}B", plain(for_people(bytes, computed)))
}

pub(super) fn explain(raw: &str) -> ScalarError {
    if let Some((_, suffix)) = decimal::take(raw)
        && bytes_of(suffix).is_some()
    {
        return ScalarError::new(format!("{} is not a whole number of bytes", shown(raw)));
    }
    let scalar_error = match raw.trim_end_matches("ps").strip_suffix("b") {
        Some(number) if number.ends_with(['k', 'K', 'M', 'G', 'T']) => ScalarError::new("bits are not a size"),
        _ => ScalarError::not_a(raw, "a size"),
    };
    scalar_error.propose(proposals(raw))
}

/// The sizes that `raw` was probably meant to be.
pub(super) fn proposals(raw: &str) -> Vec<Proposal> {
    let Some(number) = lenient_number::take(raw).filter(|number| !number.negative) else {
        return Vec::new();
    };
    let sure = number.other().is_none();
    let text = number.plain();
    let possible = |unit: &str| Proposal::possible(format!("{text}{unit}"));
    let unit = |unit: &str, certain: bool| vec![Proposal::new(format!("{text}{unit}"), certain && sure)];
    let all = || DECIMAL.iter().chain(&BINARY).map(|(known, _)| *known).chain(["B"]);
    let word = number.rest;
    if word.is_empty() {
        return vec![possible("MB"), possible("GB")];
    }
    if let Some(known) = all().find(|known| *known == word) {
        return unit(known, true);
    }
    // `K` is a thousand to some and 1024 to others.
    if matches!(word, "K" | "KB" | "Kb") {
        return vec![possible("kB"), possible("KiB")];
    }
    if let Some(known) = all().find(|known| known.strip_suffix('B') == Some(word)) {
        return unit(known, true);
    }
    let named = [
        ("byte", "B"),
        ("kilobyte", "kB"),
        ("megabyte", "MB"),
        ("gigabyte", "GB"),
        ("terabyte", "TB"),
        ("petabyte", "PB"),
        ("kibibyte", "KiB"),
        ("mebibyte", "MiB"),
        ("gibibyte", "GiB"),
        ("tebibyte", "TiB"),
    ];
    let lower = word.to_lowercase();
    if let Some((_, known)) = named.iter().find(|(name, _)| *name == lower.strip_suffix('s').unwrap_or(&lower)) {
        return unit(known, true);
    }
    let spelled =
        |known: &&str| known.eq_ignore_ascii_case(word) || known[..known.len() - 1].eq_ignore_ascii_case(word);
    all().find(spelled).map_or(Vec::new(), |known| unit(known, known.contains('i')))
}
