//! The formats for programs, each held to its schema or grammar over the same findings.

use crate::report::sample;

mod address;
mod github;
mod gitlab;
mod jsonl;
mod junit;
mod markdown;
mod rdjson;
mod sarif;
mod xml;

use mlsystem::finding::{Finding, Kind, Label, Severity};
use mlsystem::report::{Checkout, Format, LintPage, Report, Style, write};
use mlsystem::source::{Source, Span};
use proptest::prelude::*;
use serde_json::Value;

/// Everything that a format has to hold, by name.
fn samples() -> Vec<(&'static str, Report)> {
    let mut samples = vec![
        ("clean", sample::clean()),
        ("no files", sample::report(Vec::new())),
        ("ordinary", sample::ordinary()),
        ("crowded", sample::crowded()),
        ("wide", sample::wide()),
        ("crlf", sample::crlf()),
        ("ends", sample::ends()),
        ("documents", sample::documents()),
        ("unreadable", sample::unreadable()),
        ("long", sample::long()),
        ("hostile", sample::hostile()),
    ];
    let mut elsewhere = sample::ordinary();
    elsewhere.run.checkout = Checkout { root: "/work".into(), folder: "services/shop".into() };
    elsewhere.run.lints = vec![page()];
    samples.push(("elsewhere", elsewhere));
    samples
}

/// The page of a lint of the samples.
fn page() -> LintPage {
    LintPage {
        formerly: vec![],
        name: "no-fallback".into(),
        category: "serving".into(),
        kind: Kind::MissingPiece,
        severity: Severity::Error,
        title: "Nothing answers when the model cannot".into(),
        page: "# Nothing answers when the model cannot\n\nModels fail, and requests go on.\n\n## Bad\n\n```yaml\nserving: {pattern: online}\n```\n".into(),
        sources: vec!["Huyen, *Designing Machine Learning Systems*, chapter 7".into()],
        tags: ["eu-ai-act", "ml-test-score", "serving"].map(str::to_owned).into(),
    }
}

/// The styles that differ for programs.
fn styles() -> [Style; 3] {
    let plain = Style::default();
    let everything = Style { show_waived: true, explain_skipped: true, all: true, ..plain.clone() };
    [plain.clone(), Style { quiet: true, ..plain }, everything]
}

fn text(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The findings of a report in its order, without the waived ones unless they are asked for.
fn findings<'r>(report: &'r Report, style: &Style) -> Vec<&'r Finding> {
    let all = report.files.iter().flat_map(|file| &file.findings);
    all.filter(|finding| style.show_waived || finding.suppression.is_none()).collect()
}

fn assert_valid(schema: &Value, document: &Value, what: &str) {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn schema(path: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What a column counts, as the tests see it.
#[derive(Clone, Copy)]
enum Unit {
    Byte,
    CodePoint,
    Utf16,
}

/// The offset of a line and a column, found by going there.
fn offset(source: &Source, line: u64, column: u64, unit: Unit) -> usize {
    let text = source.text();
    let mut at = 0;
    for _ in 1..line {
        let rest = &text[at..];
        let cut = rest.find(['\n', '\r']).unwrap();
        at += cut + if rest[cut..].starts_with("\r\n") { 2 } else { 1 };
    }
    if at == 0 && text.starts_with('\u{feff}') {
        at = 3;
    }
    let mut left = column - 1;
    while left > 0 {
        let letter = text[at..].chars().next().unwrap();
        left -= match unit {
            Unit::Byte => letter.len_utf8(),
            Unit::CodePoint => 1,
            Unit::Utf16 => letter.len_utf16(),
        } as u64;
        at += letter.len_utf8();
    }
    at
}

/// Holds a region, given as start and end of line and column, to the label that it is for.
fn assert_place(label: &Label, [line, column, end_line, end_column]: [u64; 4], unit: Unit) {
    let text = label.source.text();
    let start = offset(&label.source, line, column, unit);
    let end = offset(&label.source, end_line, end_column, unit);
    assert_eq!(&text[start..end], marked(label));
    assert!(start == label.span.start as usize || start == 3 && text.starts_with('\u{feff}'));
}

/// The text of a label. A byte-order mark takes no column, so that no place holds it.
fn marked(label: &Label) -> &str {
    let text = label.source.slice(label.span);
    if label.span.start == 0 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text }
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Holds a report to every format.
fn hold(report: &Report, style: &Style, what: &str) {
    sarif::hold(report, style, what);
    github::hold(report, style, what);
    gitlab::hold(report, style, what);
    junit::hold(report, style, what);
    rdjson::hold(report, style, what);
    jsonl::hold(report, style, what);
    markdown::hold(report, style, what);
}

#[test]
fn every_report_is_valid_in_every_format() {
    for (name, report) in samples() {
        for style in styles() {
            hold(&report, &style, name);
        }
    }
}

const LETTERS: &[char] = &[
    'a', ' ', ':', ',', '%', '{', '}', '\n', '\r', '\t', '\0', '\u{1b}', '\u{7f}', '\u{85}', 'é', '이', '🚀',
    '\u{202e}', '\u{2028}', '\u{feff}', '\u{fffe}', '\u{ffff}', '`', '<', '>', '&', '"', '\'', '[', ']', '(', ')', '@',
    '#', '1', '!', '*', '_', '\\', '|', '/', '.', '-', '~', '$',
];

fn words(length: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LETTERS), 1..length).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_with_any_labels_is_valid(
        texts in prop::collection::vec(words(200), 1..3),
        labels in prop::collection::vec((any::<prop::sample::Index>(), any::<[prop::sample::Index; 2]>(), words(30)), 1..6),
        (message, help, note, name) in (words(60), words(60), words(30), words(12)),
    ) {
        let sources: Vec<_> = texts.iter().map(|text| Source::new(format!("d/{name}"), text.clone())).collect();
        let mut labels = labels.iter().map(|(source, ends, words)| {
            let source = source.get(&sources);
            let text = source.text();
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let [a, b] = ends.map(|end| *end.get(&places));
            Label::new(source, Span::new(a.min(b), a.max(b)), words.clone())
        });
        let primary = labels.next().unwrap();
        let mut finding = sample::finding("any", Kind::Quantity, Severity::Error, &message, primary).with_help(help).with_note(note);
        finding.labels = labels.collect();
        let report = sample::one(finding);
        for style in styles() {
            hold(&report, &style, "any");
        }
    }
}
