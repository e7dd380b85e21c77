//! What a fix leaves alone: every line that it does not name, line ends, quotes, comments, what aliases bring in.

use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::finding::Applicability::{self, Safe, Unsafe};
use mlsystem::fix::{self, Fixed};
use mlsystem::source::Source;

use crate::fixes::support::{judge, options};

fn fixed(text: &str, most: Applicability, wanted: &[&str]) -> Fixed {
    let source = Source::new("mlsystem.yaml", text);
    options(built_in::LINTS, |options| {
        let again = |source: &Arc<Source>| judge(std::slice::from_ref(source), 0, source, None, options);
        fix::all(&source, most, options.lints, &|finding| wanted.contains(&&*finding.name), &again, &|| false)
    })
}

/// The repaired text, once each lint in `wanted` has nothing left to say that can be repaired.
fn text(text: &str, most: Applicability, wanted: &[&str]) -> String {
    fixed(text, most, wanted).source.text().to_owned()
}

const HEAD: &str = "mlsystem: 1\nname: example\nstage: production\n";

#[test]
fn spelling_is_repaired_in_the_quotes_of_the_document() {
    for (before, after, lint) in [
        ("servng: {pattern: online}\n", "serving: {pattern: online}\n", "unknown-key"),
        ("'servng': {pattern: online}\n", "'serving': {pattern: online}\n", "unknown-key"),
        ("\"servng\": {pattern: online} # x\n", "\"serving\": {pattern: online} # x\n", "unknown-key"),
        ("serving: {latency: {p99: '80 ms'}}\n", "serving: {latency: {p99: '80ms'}}\n", "bad-quantity"),
        ("serving: {latency: {p99: \"80 ms\"}}\n", "serving: {latency: {p99: \"80ms\"}}\n", "bad-quantity"),
        ("owner: {team: ads, contact: #ads}\n", "owner: {team: ads, contact: #ads}\n", "wrong-type"),
        ("owner:\n  team: ads\n  contact: #ads\n", "owner:\n  team: ads\n  contact: \"#ads\"\n", "wrong-type"),
        (
            "models: {ranker: {trained_on: clickz}}\ndata: {datasets: {clicks: {roles: [train]}}}\n",
            "models: {ranker: {trained_on: clicks}}\ndata: {datasets: {clicks: {roles: [train]}}}\n",
            "undefined-reference",
        ),
        ("serving:\n  pattern: online\n  pattern: online\n", "serving:\n  pattern: online\n", "duplicate-key"),
    ] {
        assert_eq!(text(&format!("{HEAD}{before}"), Safe, &[lint]), format!("{HEAD}{after}"));
    }
}

#[test]
fn what_is_not_certain_is_left_to_the_author() {
    for before in [
        // 80 what?
        "serving: {latency: {p99: 80}}\n",
        // Written already.
        "serving: {pattern: online}\nservng: {pattern: batch}\n",
        // Two values of one key.
        "serving:\n  pattern: online\n  pattern: batch\n",
        // Brought in from elsewhere.
        "x-base: &base {p99: 80 ms}\nserving: {latency: *base}\n",
    ] {
        let whole = format!("{HEAD}{before}");
        assert_eq!(text(&whole, Safe, &["unknown-key", "bad-quantity", "duplicate-key"]), whole);
    }
}

#[test]
fn an_alias_is_never_edited_through() {
    let whole = format!("{HEAD}x-base: &base {{pattern: online}}\nserving: *base\n");
    assert_eq!(text(&whole, Unsafe, &["no-fallback"]), whole);
    let merged = format!("{HEAD}x-base: &base {{p99: 80}}\nserving: {{latency: {{<<: *base}}}}\n");
    assert_eq!(text(&merged, Unsafe, &["bad-quantity"]), merged);
}

#[test]
fn an_outline_stands_where_the_format_has_it() {
    let question = "# decide: what is served when the model cannot answer in time";
    let named = "# decide `fallback`: what is served when the model cannot answer in time";
    for (before, after) in [
        (
            "serving:\n  pattern: online\n  # more\n  timeout: 1s # x\n\nmonitoring: {}\n",
            format!(
                "serving:\n  pattern: online\n  # more\n  timeout: 1s # x\n  {question}\n  fallback: {{to: popular-nearby}}\n\nmonitoring: {{}}\n"
            ),
        ),
        (
            "serving:\n    pattern: online\n    availability: 99%\n",
            format!(
                "serving:\n    pattern: online\n    availability: 99%\n    {question}\n    fallback: {{to: popular-nearby}}\n"
            ),
        ),
        (
            "serving: {pattern: online}\n",
            format!("{named}\nserving: {{pattern: online, fallback: {{to: popular-nearby}}}}\n"),
        ),
        (
            "serving: {pattern: online,\n  timeout: 1s\n  }\n",
            format!("{named}\nserving: {{pattern: online,\n  timeout: 1s, fallback: {{to: popular-nearby}}\n  }}\n"),
        ),
    ] {
        assert_eq!(text(&format!("{HEAD}{before}"), Unsafe, &["no-fallback"]), format!("{HEAD}{after}"));
    }
}

#[test]
fn comments_stay_with_their_key() {
    let before = "serving:\n  # how it answers\n  pattern: online\n  # how fast\n  latency: {p99: 80ms}\n";
    let after = text(&format!("{HEAD}{before}"), Unsafe, &["no-fallback", "no-availability-target"]);
    assert!(after.contains("  # how it answers\n  pattern: online\n"), "{after}");
    assert!(after.contains("  # how fast\n  latency: {p99: 80ms}\n"), "{after}");
    // What comes first in the format comes before the comments of what comes second.
    let before = "oversight:\n  # where to turn\n  appeal: {channel: partner support, within: 14d}\n";
    let after = text(&format!("{HEAD}risk: high\n{before}"), Unsafe, &["no-human-oversight"]);
    assert!(after.contains("  # where to turn\n  appeal:") && after.contains("  mode: human"), "{after}");
}

#[test]
fn json_stays_json() {
    let before = r#"{"mlsystem": 1, "name": "example", "stage": "production", "serving": {"pattern": "online"}}"#;
    let after = text(before, Unsafe, &["no-fallback"]);
    assert!(after.contains(r#""pattern": "online", "fallback": {"to": "popular-nearby"}}"#), "{after}");
    serde_json::from_str::<serde_json::Value>(&after).unwrap();
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let whole = format!("\u{feff}{HEAD}servng:\n  pattern: online # x\n").replace('\n', "\r\n");
    let after = text(&whole, Unsafe, &["unknown-key", "no-fallback", "no-owner"]);
    assert!(after.starts_with("\u{feff}mlsystem: 1\r\n") && after.contains("fallback") && after.contains("owner"));
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after}");
}

#[test]
fn a_text_that_is_no_yaml_becomes_some() {
    for (before, after) in [
        ("summary: Orders: the first screen.\n", "summary: \"Orders: the first screen.\"\n"),
        ("owner: @ads\n", "owner: \"@ads\"\n"),
        (
            "objectives: {relevance: {metric: ndcg, target: >= 0.3}}\n",
            "objectives: {relevance: {metric: ndcg, target: at least 0.3}}\n",
        ),
    ] {
        assert_eq!(text(&format!("{HEAD}{before}"), Safe, &["invalid-yaml"]), format!("{HEAD}{after}"));
    }
}

#[test]
fn a_waiver_goes_with_its_section() {
    let waiver = "check: no-fallback\n    reason: the box hides\n    owner: ads\n    until: 2026-01-01\n";
    let two = format!("{HEAD}waivers:\n  - {waiver}  - {waiver}");
    assert_eq!(text(&two, Unsafe, &["waiver-expired", "waiver-matches-nothing"]), HEAD);
}

#[test]
fn secrets_are_not_written_again() {
    let whole = format!("{HEAD}summary: the key AKIAIOSFODNN7EXAMPLE, note: old\n");
    let source = Source::new("mlsystem.yaml", &*whole);
    let found = options(built_in::LINTS, |options| judge(std::slice::from_ref(&source), 0, &source, None, options));
    assert!(found.findings.iter().all(|finding| finding.fixes.is_empty()), "{:?}", found.findings);
}

/// Lines that no edit touches stay byte for byte, whatever is repaired.
#[test]
fn other_lines_stay_as_they_are() {
    let mut made = 0;
    for path in
        ["fixtures/minimal/mlsystem.yaml", "fixtures/broken/first-draft.yaml", "fixtures/broken/every-shape.yaml"]
    {
        let before = std::fs::read_to_string(path).unwrap();
        let source = Source::new("mlsystem.yaml", &*before);
        options(built_in::LINTS, |options| {
            let again = |source: &Arc<Source>| judge(std::slice::from_ref(source), 0, source, None, options);
            let judged = again(&source);
            let known = judged.known(&source, options.lints);
            for finding in &judged.findings {
                for fix in fix::of(finding, &known, &again).iter().take(2) {
                    made += 1;
                    let after = fix::apply(&before, &[fix]);
                    let touched = |line: u32| {
                        let span = source.line(line);
                        fix.edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end)
                    };
                    let rest: Vec<&str> = (1..=source.line_count() as u32)
                        .filter(|line| !touched(*line))
                        .map(|line| source.slice(source.line(line)))
                        .collect();
                    // They are all still there, in their order.
                    let mut lines = after.lines().chain([""]);
                    let kept = rest.iter().all(|line| lines.any(|other| other == *line));
                    assert!(kept, "{path}: {}: {}\n{after}", finding.name, fix.title);
                }
            }
        });
    }
    println!("{made} fixes of whole manifests leave other lines alone");
    assert!(made > 100);
}

/// Trying fixes stops when there is no more time; what was made until then holds.
#[test]
fn what_takes_too_long_is_stopped() {
    let many: String = (0..30).map(|number| format!("servin{number}: 1\n")).collect();
    let source = Source::new("mlsystem.yaml", format!("{HEAD}{many}serving: {{latency: {{p99: 80}}}}\n"));
    let after = |most: usize| {
        options(built_in::LINTS, |options| {
            let tried = std::cell::Cell::new(0);
            let again = |source: &Arc<Source>| {
                tried.set(tried.get() + 1);
                judge(std::slice::from_ref(source), 0, source, None, options)
            };
            let late = || tried.get() >= most;
            let fixed = fix::all(&source, Unsafe, options.lints, &|_| true, &again, &late);
            (fixed, tried.get())
        })
    };
    let (whole, needed) = after(usize::MAX);
    assert!(!whole.stopped && whole.made.len() > 3 && needed > 20, "{} made, {needed} tried", whole.made.len());
    let (none, tried) = after(0);
    assert!(none.stopped && none.made.is_empty() && tried == 1);
    let (part, tried) = after(needed / 2);
    assert!(part.stopped && tried <= needed / 2 + 1, "{tried} tried");
    assert!(part.made.len() < whole.made.len() && whole.made.starts_with(&part.made));
}
