//! The published files are those that the declaration gives; `UPDATE=1` writes them.

use std::collections::BTreeSet;

use mlsystem::address::Address;
use mlsystem::built_in::{MANIFEST, WORKSPACE};
use mlsystem::publish::{identified, json_schema, reference_page, workspace_page};
use mlsystem::report::OUTPUT_SCHEMA;
use serde_json::Value;

fn holds(path: &str, text: &str) {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == text, "{path} is not what the declaration gives: run this test with UPDATE=1");
}

#[test]
fn the_published_schema_is_fresh() {
    let declared = |format| serde_json::to_string_pretty(&json_schema(format)).unwrap() + "\n";
    for (name, text) in [
        ("manifest", declared(&MANIFEST)),
        ("workspace", declared(&WORKSPACE)),
        ("output", OUTPUT_SCHEMA.to_owned()),
        ("coverage", mlsystem::coverage::SCHEMA.to_owned()),
        ("evidence", mlsystem::claims::SCHEMA.to_owned()),
    ] {
        holds(&format!("docs/{name}.schema.json"), &identified(&text, name, Address::of_project().as_ref()));
    }
}

#[test]
fn the_reference_page_is_fresh() {
    holds("docs/manifest.md", &reference_page(&MANIFEST));
    holds("docs/workspace.md", &workspace_page(&WORKSPACE));
}

#[test]
fn each_schema_is_one_and_refers_to_itself_alone() {
    for format in [&MANIFEST, &WORKSPACE] {
        let schema = json_schema(format);
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        let defined: BTreeSet<&str> = schema["$defs"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut used = BTreeSet::new();
        references(&schema, &mut used);
        assert_eq!(used, defined);
    }
}

fn references<'v>(value: &'v Value, used: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                used.insert(reference.strip_prefix("#/$defs/").unwrap());
            }
            entries.values().for_each(|value| references(value, used));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, used)),
        _ => {}
    }
}

#[test]
fn every_link_of_the_page_leads_to_one_heading() {
    let page = reference_page(&MANIFEST);
    let anchors: Vec<String> = page.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
    let links = page.split("](#").skip(1).map(|rest| rest.split_once(')').unwrap().0);
    for link in links {
        assert_eq!(anchors.iter().filter(|anchor| *anchor == link).count(), 1, "{link}");
    }
}

/// The rule of forges: lower case, blanks as `-`, no other marks.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect()
}

#[test]
fn every_field_and_type_is_on_the_page() {
    let page = reference_page(&MANIFEST);
    for record in MANIFEST.records() {
        for field in record.fields {
            assert!(page.contains(&format!("| `{}` |", field.name)), "{}.{}", record.path, field.name);
            assert!(page.contains(&field.meaning[1..].replace('|', "\\|")), "{}.{}", record.path, field.name);
        }
    }
}
