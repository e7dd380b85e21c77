//! Regions of the world: countries, their parts, `EU`, `EEA` and `world`.

use super::country;
use super::scalar_error::{Proposal, ScalarError};

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

pub(super) fn explain(raw: &str) -> ScalarError {
    let scalar_error = ScalarError::not_a(raw, "a region");
    let lower = raw.to_lowercase();
    let folded = lower.replace('_', "-");
    let capitals = folded.to_uppercase();
    let certain = match lower.as_str() {
        "uk" => Some("GB"),
        "global" | "worldwide" | "world" | "everywhere" => Some("world"),
        "eu" | "european union" => Some("EU"),
        "eea" | "european economic area" => Some("EEA"),
        "u.s." | "u.s.a." | "united states of america" => Some("US"),
        _ => country::named(raw),
    };
    if let Some(code) = certain {
        return scalar_error.certainly(code);
    }
    let cloud = cloud_region(&folded);
    if !cloud.is_empty() {
        return scalar_error.propose(cloud.into_iter().map(Proposal::possible));
    }
    match is_region(&capitals) {
        true => scalar_error.certainly(capitals),
        false if lower == "europe" => scalar_error.perhaps("EU").perhaps("EEA"),
        false => scalar_error.propose(from_three_letters(&capitals).map(Proposal::certain)),
    }
}

/// Regions of clouds, by their numbers or names, and the countries they stand in.
const CLOUD_REGIONS: [(&str, &str); 35] = [
    ("ap-northeast-1", "JP"),
    ("ap-northeast-2", "KR"),
    ("ap-northeast-3", "JP"),
    ("ap-south-1", "IN"),
    ("ap-southeast-1", "SG"),
    ("ap-southeast-2", "AU"),
    ("asia-northeast1", "JP"),
    ("asia-northeast3", "KR"),
    ("asia-southeast1", "SG"),
    ("ca-central-1", "CA"),
    ("eastus", "US"),
    ("eu-central-1", "DE"),
    ("eu-central-2", "CH"),
    ("eu-north-1", "SE"),
    ("eu-south-1", "IT"),
    ("eu-south-2", "ES"),
    ("eu-west-1", "IE"),
    ("eu-west-2", "GB"),
    ("eu-west-3", "FR"),
    ("europe-central2", "PL"),
    ("europe-north1", "FI"),
    ("europe-west1", "BE"),
    ("europe-west2", "GB"),
    ("europe-west3", "DE"),
    ("europe-west4", "NL"),
    ("europe-west6", "CH"),
    ("europe-west8", "IT"),
    ("europe-west9", "FR"),
    ("japaneast", "JP"),
    ("koreacentral", "KR"),
    ("northeurope", "IE"),
    ("sa-east-1", "BR"),
    ("uksouth", "GB"),
    ("westeurope", "NL"),
    ("westus", "US"),
];

/// The country of a cloud's region, where it is known, and `EU` where it lies there.
fn cloud_region(raw: &str) -> Vec<&'static str> {
    let country = CLOUD_REGIONS.iter().find(|(region, _)| *region == raw).map(|(_, code)| *code);
    let numbered = raw.ends_with(|c: char| c.is_ascii_digit());
    match country {
        Some(code) if country::is_in_eu(code) => vec![code, "EU"],
        Some(code) => vec![code],
        None if numbered && raw.starts_with("us-") => vec!["US"],
        None if numbered && (raw.starts_with("eu-") || raw.starts_with("europe-")) => vec!["EU"],
        None => Vec::new(),
    }
}

/// The code of two letters for the commoner ones of three, ISO 3166-1 alpha-3.
fn from_three_letters(code: &str) -> Option<&'static str> {
    const THREE_LETTERS: [(&str, &str); 15] = [
        ("AUS", "AU"),
        ("BRA", "BR"),
        ("CAN", "CA"),
        ("CHE", "CH"),
        ("CHN", "CN"),
        ("DEU", "DE"),
        ("ESP", "ES"),
        ("FRA", "FR"),
        ("GBR", "GB"),
        ("IND", "IN"),
        ("ITA", "IT"),
        ("JPN", "JP"),
        ("KOR", "KR"),
        ("NLD", "NL"),
        ("SWE", "SE"),
    ];
    THREE_LETTERS.iter().find(|(three, _)| *three == code).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_regions_contain_smaller_ones() {
        for (outer, inner) in [
            ("EU", "DE"),
            ("EU", "DE-BY"),
            ("EEA", "NO"),
            ("EEA", "EU"),
            ("world", "EU"),
            ("US", "US-CA"),
            ("KR", "KR"),
        ] {
            assert!(region_contains(outer, inner), "{outer} {inner}");
        }
        for (outer, inner) in [("EU", "NO"), ("EU", "GB"), ("EU", "EEA"), ("US-CA", "US"), ("US", "UM"), ("DE", "EU")] {
            assert!(!region_contains(outer, inner), "{outer} {inner}");
        }
    }
}
