//! Outlines: keys without values, where the format has them, with a question for each.

use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::fix::{self, Outlined};
use mlsystem::source::Source;

use crate::fixes::support::{judge, options};

const HEAD: &str = "mlsystem: 1\nname: example\nstage: production\n";

fn outlined(text: &str, places: &[&str], wanted: &[&str]) -> Outlined {
    let source = Source::new("mlsystem.yaml", text);
    let places: Vec<Vec<String>> = places.iter().map(|place| place.split('.').map(str::to_owned).collect()).collect();
    options(built_in::LINTS, |options| {
        let again = |source: &Arc<Source>| judge(std::slice::from_ref(source), 0, source, None, options);
        let wanted = |finding: &mlsystem::finding::Finding| wanted.contains(&&*finding.name);
        fix::outline_all(&source, options.lints, &places, &wanted, &again)
    })
}

fn text(text: &str, places: &[&str], wanted: &[&str]) -> String {
    outlined(text, places, wanted).source.text().to_owned()
}

#[test]
fn an_outline_stands_where_the_format_has_it() {
    let asked = "# ? baseline, model or output served instead, or words for it";
    for (before, after) in [
        (
            "serving:\n  pattern: online\n  # more\n  timeout: 1s # x\n\nmonitoring: {}\n",
            format!(
                "serving:\n  pattern: online\n  # more\n  timeout: 1s # x\n  fallback:\n    to:                             {asked}\n\nmonitoring: {{}}\n"
            ),
        ),
        (
            "serving:\n    pattern: online\n    availability: 99%\n",
            format!(
                "serving:\n    pattern: online\n    availability: 99%\n    fallback:\n        to:                         {asked}\n"
            ),
        ),
    ] {
        assert_eq!(text(&format!("{HEAD}{before}"), &[], &["no-fallback"]), format!("{HEAD}{after}"));
    }
}

#[test]
fn in_brackets_a_quoted_mark_stands_for_the_value() {
    let after = text(&format!("{HEAD}serving: {{pattern: online}}\n"), &[], &["no-fallback"]);
    assert!(after.contains("serving: {pattern: online, fallback: "), "{after}");
    assert!(after.contains("\"?\"}"), "{after}");
    let before = r#"{"mlsystem": 1, "name": "example", "stage": "production", "serving": {"pattern": "online"}}"#;
    let after = text(before, &[], &["no-fallback"]);
    assert!(after.contains(r#""pattern": "online", "fallback": "#), "{after}");
    serde_json::from_str::<serde_json::Value>(&after).unwrap();
}

#[test]
fn a_section_is_outlined_by_its_name() {
    let whole = outlined(HEAD, &["fairness", "monitoring.logging"], &[]);
    assert_eq!(whole.added, ["fairness", "monitoring.logging"]);
    let text = whole.source.text();
    assert!(text.contains("\nfairness:") && text.contains("\nmonitoring:\n  logging:"), "{text}");
    // What is written already, or stands empty, is left as it is.
    let again = outlined(text, &["fairness", "monitoring.logging"], &[]);
    assert_eq!(again.source.text(), text);
}

#[test]
fn an_empty_key_is_filled_below() {
    let before = format!("{HEAD}purpose:                    # ? why\nsummary: a\n");
    let after = text(&before, &["purpose.problem"], &[]);
    assert!(after.contains("purpose:                    # ? why\n  problem:"), "{after}");
}

#[test]
fn every_key_of_an_outline_has_its_question() {
    let after = text(&format!("{HEAD}serving:\n  pattern: online\naffects: [diners]\n"), &[], &["no-incident-process"]);
    let lines: Vec<&str> = after.lines().skip_while(|line| !line.starts_with("governance:")).collect();
    assert!(lines.len() > 2, "{after}");
    for line in lines.iter().filter(|line| line.trim_end().ends_with(':') || line.contains("# ?")) {
        assert!(!line.contains(": ") || line.contains("# ?"), "{after}");
    }
}
