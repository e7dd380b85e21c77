//! Whole manifests: good ones are passed in silence however they are written, and broken ones read well.

use crate::support::edit::reversed;
use crate::support::{checked, findings, fixture, fixtures, identities, lines, printed, printed_in_full};
use mlsystem::finding::Finding;
use mlsystem::report::Format;

/// Everything that is written as it ought to be.
fn good() -> Vec<(String, String)> {
    let mut all = fixtures("systems/*/mlsystem.yaml");
    all.extend(fixtures("flow/*.mlsystem.yaml"));
    all
}

#[test]
fn good_manifests_are_passed_in_silence() {
    for (name, text) in good() {
        let found = findings(&text);
        assert!(found.is_empty(), "{name}\n{}", lines(&found));
    }
}

/// A manifest in block style says what the same manifest in flow style says.
#[test]
fn two_styles_say_the_same() {
    for (name, flow) in fixtures("flow/*.mlsystem.yaml") {
        let system = name.strip_prefix("flow/").unwrap().strip_suffix(".mlsystem.yaml").unwrap();
        let block = fixture(&format!("systems/{system}/mlsystem.yaml"));
        let (flow, block) = (checked(system, &flow), checked(system, &block));
        assert_eq!(identities(&flow.findings), identities(&block.findings), "{system}");
        assert_eq!(flow.skipped, block.skipped, "{system}");
        let values = |text: &str| -> serde_yaml::Value { serde_yaml::from_str(text).unwrap() };
        assert_eq!(values(&fixture(&name)), values(&fixture(&format!("systems/{system}/mlsystem.yaml"))), "{system}");
    }
}

/// What is found in whole manifests, a line each. How a finding is drawn is seen in the bad examples of its lint, in
/// `snapshots/lints`.
#[test]
fn broken_manifests_have_these_findings() {
    for (name, text) in
        ["broken/*.yaml", "broken/*/mlsystem.yaml", "minimal/*.yaml", "wide/*.yaml"].map(fixtures).concat()
    {
        concise(&name, &text);
        drawn_in_full(&name, &text);
    }
}

/// Each finding is drawn, and its place.
fn drawn_in_full(name: &str, text: &str) {
    let pretty = printed_in_full(name, text, Format::Pretty);
    for line in printed_in_full(name, text, Format::Concise).lines().filter(|line| line.starts_with(name)) {
        let (place, said) = line.split_once(": ").unwrap();
        let (_, lint) = said.split_once('[').unwrap();
        let (lint, _) = lint.split_once(']').unwrap();
        // What is missing as a whole has its place in words.
        let placed = pretty.contains(&format!("[{place}]")) || pretty.contains(&format!("at: {place}"));
        assert!(placed && pretty.contains(&format!("[{lint}]: ")), "{name}: `{lint}` is not drawn at {place}");
    }
}

#[test]
fn what_is_no_yaml_reads_well() {
    for (name, text) in fixtures("invalid/*.yaml") {
        assert!(!findings(&text).is_empty(), "{name} is no YAML or has a key twice");
        concise(&name, &text);
        snapshot(&called(&name), &printed(&name, &text, Format::Pretty));
    }
}

fn concise(name: &str, text: &str) {
    snapshot(&format!("{}.concise", called(name)), &printed(name, text, Format::Concise));
}

fn called(name: &str) -> String {
    name.trim_end_matches("/mlsystem.yaml").trim_end_matches(".yaml").replace('/', "_")
}

fn snapshot(called: &str, printed: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/fixtures", omit_expression => true }, {
        insta::assert_snapshot!(called, printed);
    });
}

/// Ways to write a text that change nothing of what it says.
type Rewriting = (&'static str, fn(&str) -> String);

const REWRITINGS: [Rewriting; 6] = [
    ("CRLF", |text| text.replace('\n', "\r\n")),
    ("a byte-order mark", |text| format!("\u{feff}{text}")),
    ("sections in the opposite order", reversed),
    ("a comment before every line", |text| text.lines().map(|line| format!("# {line}\n{line}\n")).collect()),
    ("an empty line after every line", |text| text.replace('\n', "\n\n")),
    ("blanks and a comment at the end of every line", |text| text.replace('\n', "   # so be it\n")),
];

/// The same findings, at the same places of the document and about the same words of it, however a text is written.
#[test]
fn findings_do_not_depend_on_how_a_text_is_written() {
    let mut texts = good();
    texts.extend(["broken/*.yaml", "broken/*/mlsystem.yaml", "minimal/*.yaml"].map(fixtures).concat());
    for (name, text) in texts {
        let text = text.replace("\r\n", "\n");
        let plain = findings(&text);
        for (how, rewrite) in REWRITINGS {
            let rewritten = findings(&rewrite(&text));
            assert_eq!(places(&rewritten), places(&plain), "{name} with {how}");
        }
    }
}

/// Each finding with its place, the words it underlines and its message.
fn places(findings: &[Finding]) -> Vec<[String; 4]> {
    let written = |f: &Finding| f.primary.source.slice(f.primary.span).replace("\r\n", "\n");
    let mut all: Vec<_> =
        findings.iter().map(|f| [f.name.to_string(), f.pointer.to_string(), f.message.clone(), written(f)]).collect();
    all.sort();
    all
}
