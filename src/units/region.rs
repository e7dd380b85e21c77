//! Regions of the world: countries, their parts, `EU`, `EEA` and `world`.

use super::country;
use super::wrong::Wrong;

pub(super) fn is_region(raw: &str) -> bool {
    if matches!(raw, "EU" | "EEA" | "world") {
        return true;
    }
    let (code, part) = raw.split_once('-').unwrap_or((raw, "A"));
    let fits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    fits && country::is_country(code)
}

/// Whether all of `inner` lies in `outer`: `EU` contains `DE`, `US` contains `US-CA`, `world` contains everything.
pub fn region_contains(outer: &str, inner: &str) -> bool {
    let country = inner.split_once('-').map_or(inner, |(code, _)| code);
    match outer {
        "world" => true,
        "EEA" => matches!(inner, "EEA" | "EU") || country::is_in_eea(country),
        "EU" => inner == "EU" || country::is_in_eu(country),
        _ => outer == inner || outer == country,
    }
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a region")
}
