//! Addresses of the project in the formats for programs: all of them come from one value, and without it there is none.

use mlsystem::address::Address;
use mlsystem::report::{Format, Style};
use serde_json::Value;

use super::{sample, text};

const PAGE: &str = "https://forge.example/org/mlsystem/blob/v1.2.3/lints/serving/no-fallback.md";

/// The report of a built-in lint and of one that is not.
fn written(address: Option<Address>, format: Format) -> String {
    let mut report = sample::ordinary();
    report.run.address = address;
    text(&report, format, &Style { links: true, ..Style::default() })
}

/// What is said in each object that says `name` under `key`.
fn said<'v>(value: &'v Value, key: &str, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(object) => {
            if object.get(key).is_some_and(|said| said == name) {
                found.push(value);
            }
            object.values().for_each(|value| said(value, key, name, found));
        }
        Value::Array(list) => list.iter().for_each(|value| said(value, key, name, found)),
        _ => {}
    }
}

#[test]
fn a_built_in_lint_leads_to_its_page() {
    let address = Address::new("https://forge.example/org/mlsystem", "1.2.3");
    assert!(address.is_some());
    for (format, name, url) in [
        (Format::Json, "name", "url"),
        (Format::Jsonl, "name", "url"),
        (Format::Sarif, "id", "helpUri"),
        (Format::Rdjson, "value", "url"),
        (Format::Rdjsonl, "value", "url"),
    ] {
        let written = written(address, format);
        let documents: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |lint: &str| {
            let mut found = Vec::new();
            documents.iter().for_each(|document| said(document, name, lint, &mut found));
            assert!(!found.is_empty(), "{format:?}: {lint}");
            found.into_iter().map(|one| one.get(url).and_then(Value::as_str).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert!(of("no-fallback").iter().all(|url| url.as_deref() == Some(PAGE)), "{format:?}: {written}");
        // Nothing is published about a lint that is not built in.
        assert!(of("late-answer").iter().all(Option::is_none), "{format:?}: {written}");
    }
    let sarif: Value = serde_json::from_str(&written(address, Format::Sarif)).unwrap();
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["informationUri"], "https://forge.example/org/mlsystem");
    assert!(written(address, Format::Pretty).contains(&format!("]8;;{PAGE}\u{1b}")));
}

#[test]
fn without_an_address_nothing_is_offered() {
    for format in Format::ALL {
        let text = written(None, format);
        for dead in ["forge.example", "blob/", "]8;;", "helpUri", "informationUri", "\"url\":\""] {
            assert!(!text.contains(dead), "{format:?} offers {dead}");
        }
    }
}
