//! Figures as tools write them, in the words of a manifest.

use crate::units::{self, ScalarType};

/// A share as a percentage: `0.999` is `99.9%`.
pub(super) fn percentage(share: f64) -> String {
    format!("{}%", short(share * 100.0))
}

/// A number without the traces of binary arithmetic.
pub(super) fn short(number: f64) -> f64 {
    let short = (number * 1e9).round() / 1e9;
    if short.is_finite() { short } else { number }
}

/// A duration: as a manifest writes it, or in ISO 8601 (`P1Y`, `PT15M`) or with its unit in words.
pub(super) fn duration(text: &str) -> Option<String> {
    match units::read(ScalarType::Duration, text) {
        Ok(_) => Some(text.to_owned()),
        Err(wrong) => wrong.proposals.into_iter().find(|one| one.certain).map(|one| one.text),
    }
}

/// A number of units of time, with the words that data contracts use for them. A lone `m` may be minutes or months.
pub(super) fn duration_of(number: f64, unit: &str) -> Option<String> {
    let suffix = match unit.to_ascii_lowercase().as_str() {
        "ms" | "millisecond" | "milliseconds" => "ms",
        "s" | "sec" | "second" | "seconds" => "s",
        "min" | "minute" | "minutes" => "m",
        "h" | "hr" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        "mo" | "mon" | "month" | "months" => "mo",
        "q" | "quarter" | "quarters" => return duration_of(number * 3.0, "mo"),
        "y" | "yr" | "year" | "years" => "y",
        _ => return None,
    };
    Some(format!("{}{suffix}", short(number)))
}

/// When something runs: a cron string of five parts, of six with seconds of zero before them, or a word such as
/// `@daily`. A time zone moves the times and not how often they come, and is left out.
pub(super) fn schedule(text: &str) -> Option<String> {
    let text = match text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        true => text.split_once(' ')?.1.trim(),
        false => text.trim(),
    };
    let every = match text {
        "@hourly" => "hourly".to_owned(),
        "@daily" | "@midnight" => "daily".to_owned(),
        "@weekly" => "weekly".to_owned(),
        "@monthly" => "monthly".to_owned(),
        "@yearly" | "@annually" => "yearly".to_owned(),
        _ => match text.strip_prefix("@every ") {
            Some(every) => every.to_owned(),
            None => {
                let parts: Vec<&str> = text.split_ascii_whitespace().collect();
                let parts = if let [seconds @ ("0" | "00"), five @ ..] = parts.as_slice()
                    && five.len() == 5
                    && !seconds.is_empty()
                {
                    five
                } else {
                    &parts
                };
                parts.iter().map(|part| part.replace('?', "*")).collect::<Vec<_>>().join(" ")
            }
        },
    };
    units::parse(ScalarType::Interval, &every).is_some().then_some(every)
}

/// A licence as manifests name it: by the identifier that its address or another spelling means, and as a reference where
/// SPDX does not list it.
pub(super) fn licence(text: &str) -> String {
    let text = identifier(text);
    let Err(wrong) = units::read(ScalarType::Licence, &text) else { return text };
    if let [meant] = &wrong.proposals[..]
        && meant.certain
    {
        return meant.text.clone();
    }
    let own = format!("LicenseRef-{text}");
    if units::parse(ScalarType::Licence, &own).is_some() { own } else { text }
}

/// The identifier of a licence: of the address of a well-known one, else as it is.
fn identifier(text: &str) -> String {
    let address = text.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let address = address.trim_end_matches('/').trim_end_matches("/legalcode").trim_end_matches("/deed.en");
    if let Some(identifier) = address.strip_prefix("spdx.org/licenses/") {
        return identifier.trim_end_matches(".html").trim_end_matches(".json").to_owned();
    }
    if let Some(identifier) =
        address.strip_prefix("opensource.org/licenses/").or(address.strip_prefix("opensource.org/license/"))
    {
        return identifier.to_owned();
    }
    if let Some((name, version)) =
        address.strip_prefix("creativecommons.org/licenses/").and_then(|rest| rest.split_once('/'))
    {
        let version = version.split('/').next().unwrap_or_default();
        return format!("CC-{}-{version}", name.to_ascii_uppercase());
    }
    if let Some(identifier) = address.strip_prefix("choosealicense.com/licenses/").filter(|word| *word != "undefined") {
        return identifier.to_owned();
    }
    // A bill of materials may put a choice in brackets.
    if let Some(choice) =
        text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|inner| !inner.contains('('))
    {
        return choice.to_owned();
    }
    match address {
        "creativecommons.org/publicdomain/zero/1.0" => "CC0-1.0".to_owned(),
        "apache.org/licenses/LICENSE-2.0" | "apache.org/licenses/LICENSE-2.0.html" => "Apache-2.0".to_owned(),
        "apache.org/licenses/LICENSE-2.0.txt" => "Apache-2.0".to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_a_manifest() {
        assert_eq!(percentage(0.07), "7%");
        assert_eq!(percentage(0.999), "99.9%");
        assert_eq!(duration("P1Y").as_deref(), Some("365d"));
        assert_eq!(duration("15m").as_deref(), Some("15m"));
        assert_eq!(duration("soon"), None);
        assert_eq!(duration_of(2.0, "years").as_deref(), Some("2y"));
        assert_eq!(duration_of(2.0, "m"), None);
    }

    #[test]
    fn schedules_are_intervals() {
        for (written, read) in [
            ("30 2 * * 1", Some("30 2 * * 1")),
            ("0 30 2 * * ?", Some("30 2 * * *")),
            ("@daily", Some("daily")),
            ("@every 6h", Some("6h")),
            ("CRON_TZ=Asia/Seoul 0 3 * * *", Some("0 3 * * *")),
            ("H 3 * * *", None),
            ("{{ .Values.schedule }}", None),
            ("@reboot", None),
        ] {
            assert_eq!(schedule(written).as_deref(), read, "{written}");
        }
    }

    #[test]
    fn addresses_of_licences_are_their_identifiers() {
        for (address, identifier) in [
            ("https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
            ("https://creativecommons.org/licenses/by/4.0/legalcode", "CC-BY-4.0"),
            ("https://spdx.org/licenses/MIT.html", "MIT"),
            ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
            ("https://opensource.org/licenses/MIT", "MIT"),
            ("https://choosealicense.com/licenses/cc0-1.0/", "CC0-1.0"),
            ("(MIT OR Apache-2.0)", "MIT OR Apache-2.0"),
            ("cc-by-4.0", "CC-BY-4.0"),
            ("llama3.1", "LicenseRef-llama3.1"),
        ] {
            assert_eq!(licence(address), identifier);
        }
    }
}
