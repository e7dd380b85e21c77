//! The schema and the reader accept and refuse the same shapes, in every field of the format.

use std::collections::BTreeSet;

use mlsystem::built_in::MANIFEST;
use mlsystem::finding::{Finding, Severity};
use mlsystem::schema::{RecordId, Schema, Type};
use serde_json::{Value, json};

use crate::schema::probes::{LONG, everywhere, fitting, whole};
use crate::schema::{VALIDATOR, findings};

/// Puts a value where a record stands into a whole manifest.
type Frame<'f> = &'f dyn Fn(Value) -> Value;

#[test]
fn in_every_field() {
    let mut seen = vec![false; MANIFEST.records().len()];
    let mut tally = Tally { probes: everywhere(), ..Tally::default() };
    visit(Schema::ROOT, &|value| value, &mut seen, &mut tally);
    assert!(seen.iter().all(|seen| *seen));
    assert!(tally.accepted > 4_000 && tally.refused > 9_000, "{} {}", tally.accepted, tally.refused);
    for (rule, _) in BEYOND_PATTERNS {
        assert!(tally.exceptions.contains(rule), "no field needs the exception: {rule}");
    }
    let shown: Vec<&String> = tally.disagreements.iter().take(40).collect();
    assert!(shown.is_empty(), "{} disagreements:\n{shown:#?}", tally.disagreements.len());
}

#[derive(Default)]
struct Tally {
    probes: Vec<Value>,
    tried: BTreeSet<String>,
    accepted: usize,
    refused: usize,
    exceptions: BTreeSet<&'static str>,
    disagreements: Vec<String>,
}

fn visit(id: RecordId, frame: Frame<'_>, seen: &mut [bool], tally: &mut Tally) {
    if std::mem::replace(&mut seen[id.0 as usize], true) {
        return;
    }
    let record = MANIFEST.record(id);
    let around = if id == Schema::ROOT { base() } else { whole(&MANIFEST, id) };
    for field in record.fields {
        let with = |value: Value| {
            let mut around = around.clone();
            around[field.name] = value;
            frame(around)
        };
        // What is no value of the field depends on its type and marks alone.
        let alike = format!("{:?} {} {}", field.of, field.demanded, record.path.is_empty());
        let probes = if tally.tried.insert(alike) { tally.probes.clone() } else { Vec::new() };
        for value in probes.into_iter().chain(fitting(&MANIFEST, field.of)) {
            compare(&format!("{}.{}", record.path, field.name), &value, &with(value.clone()), tally);
        }
        inside(&format!("{}.{}", record.path, field.name), field.of, &with, tally);
        descend(field.of, &with, seen, tally);
    }
}

/// Tries every value as the item of a list and of a map, once for each type of item.
fn inside(place: &str, of: Type, frame: Frame<'_>, tally: &mut Tally) {
    if !matches!(of, Type::List(_) | Type::Map(..)) || !tally.tried.insert(format!("inside {of:?}")) {
        return;
    }
    let key = match of {
        Type::Map(key, _) => Some(fitting(&MANIFEST, *key)[0].as_str().unwrap().to_owned()),
        _ => None,
    };
    for value in tally.probes.clone() {
        let whole = match &key {
            Some(key) => json!({key: value}),
            None => json!([value]),
        };
        compare(place, &value, &frame(whole), tally);
    }
}

fn descend(of: Type, frame: Frame<'_>, seen: &mut [bool], tally: &mut Tally) {
    match of {
        Type::Record(id) => visit(id, frame, seen, tally),
        Type::List(of) => descend(*of, &|value| frame(json!([value])), seen, tally),
        Type::Map(key, of) => {
            let key = fitting(&MANIFEST, *key)[0].as_str().unwrap().to_owned();
            descend(*of, &|value| frame(json!({&key: value})), seen, tally);
        }
        Type::Either(types) => types.iter().for_each(|of| descend(*of, frame, seen, tally)),
        _ => {}
    }
}

fn base() -> Value {
    json!({"mlsystem": 1, "name": "churn", "stage": "research"})
}

fn compare(place: &str, value: &Value, document: &Value, tally: &mut Tally) {
    let findings = findings(&document.to_string());
    let errors: Vec<&Finding> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let valid = VALIDATOR.is_valid(document);
    if errors.is_empty() == valid {
        *(if valid { &mut tally.accepted } else { &mut tally.refused }) += 1;
        return;
    }
    let rule =
        if valid { errors.iter().try_fold("", |_, error| inexpressible(error, value)) } else { too_strict(place) };
    match rule {
        Some(rule) => _ = tally.exceptions.insert(rule),
        None => {
            let told: Vec<String> =
                errors.iter().map(|error| format!("{} {} {}", error.name, error.pointer, error.message)).collect();
            let which = if valid { "only the reader refuses" } else { "only the schema refuses" };
            tally.disagreements.push(format!("{place}: {value}: {which} {told:?}"));
        }
    }
}

/// What the reader refuses and JSON Schema cannot say, by rule.
fn inexpressible(error: &Finding, value: &Value) -> Option<&'static str> {
    let says = |part: &str| error.message.contains(part);
    match &*error.name {
        "undefined-reference" => return Some("names are defined, and places exist"),
        "duplicate-key" => return Some("words are equal after folding"),
        "contradictory-duplicate" if says("two items are called") => return Some("items of a list differ in name"),
        "wrong-type" if says("not a licence") => return Some("licences are those that SPDX lists"),
        "wrong-type" if says("is not a language") => return Some("codes of currencies, countries and languages exist"),
        "bad-quantity" if says("neither a floor nor a ceiling") => return Some("a bare target needs a direction"),
        _ => {}
    }
    if value.is_number() && error.pointer.to_string().starts_with("/updating/staleness/") {
        return Some("a change has a sign, which YAML drops from a number");
    }
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(items) => items.first()?.as_str()?,
        _ => return None,
    };
    let rule = BEYOND_PATTERNS.iter().find(|(_, texts)| texts.contains(&text));
    rule.map(|(rule, _)| *rule)
}

/// Texts that fit a pattern and are no value all the same.
const BEYOND_PATTERNS: [(&str, &[&str]); 10] = [
    ("a day is one of the calendar", &["2026-02-30", "2026-02-01..2026-02-30"]),
    ("codes of currencies, countries and languages exist", &["3 QQQ", "3 QQQ/month", "QQ", "kr"]),
    ("units fall, and only the last part is broken", &["1s1h", "1.5h30m", "last 1s1h"]),
    ("the ends of a range are in order and of one dimension", &["0.4..0.2", "2026-03-31..2025-01-01", "3..5ms"]),
    ("numbers keep within their range", &["1e400", "200y", "0s", "150%", "101", "12000", "4", "99 99 * * *"]),
    ("a count is whole", &["0.02", "0.31", "0.95", "1.10", "1.2345k"]),
    ("a path has no drive", &["C:/x"]),
    ("money in time is no price", &["450 EUR/day", "4200 USD/month"]),
    (
        "a metric with a point is a place, or defined",
        &["a..b", "2025-01-01..2026-03-31", "2025-01-01..now", "0.2..0.4", "50ms..100ms", "3..5ms", "0.4..0.2"],
    ),
    ("steps of a place are names of at most 80 characters", &[LONG]),
];

/// What the schema refuses although the reader does not.
fn too_strict(place: &str) -> Option<&'static str> {
    (place == ".mlsystem").then_some("the version is one that the program knows: judged after reading")
}
