//! What reports look like. Read each snapshot as a tired stranger would.
pub mod sample;

use mlsystem::address::Address;
use mlsystem::finding::{Kind, Label, Severity};
use mlsystem::report::{Format, OUTPUT_SCHEMA, Report, Style, write};
use mlsystem::source::{Source, Span};
use proptest::prelude::*;
use sample::terminal;
use serde_json::Value;

use crate::support::json::drawn;

fn text(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn pretty(report: &Report, style: &Style) -> String {
    text(report, Format::Pretty, style)
}

fn concise(report: &Report, style: &Style) -> String {
    text(report, Format::Concise, style)
}

/// The document, valid by the published schema.
fn json(report: &Report, style: &Style) -> Value {
    let document = serde_json::from_str(&text(report, Format::Json, style)).unwrap();
    let schema = serde_json::from_str(OUTPUT_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    document
}

fn everything() -> Style {
    Style { explain_skipped: true, show_waived: true, ..terminal(80) }
}

fn samples() -> [Report; 10] {
    [
        sample::ordinary(),
        sample::crowded(),
        sample::wide(),
        sample::crlf(),
        sample::ends(),
        sample::hostile(),
        sample::long(),
        sample::documents(),
        sample::unreadable(),
        sample::clean(),
    ]
}

/// Every way to write a report for people.
fn styles() -> Vec<Style> {
    let mut styles = Vec::new();
    for width in [20, 40, 80, 200] {
        for unicode in [true, false] {
            for (narrated, verbose, color) in [(false, false, true), (false, true, false), (true, false, false)] {
                styles.push(Style { unicode, narrated, verbose, color, links: color, width, ..everything() });
            }
        }
    }
    styles
}

/// Nothing that a terminal acts upon or hides, apart from line feeds and, where there are colours, our own sequences.
fn assert_inert(text: &str, style: &Style) {
    let mut rest = text.to_owned();
    if style.color {
        for code in ["0", "1", "2", "4", "31", "33", "36", "1;31", "1;33", "1;36", "36;1", "31;1", "33;1", "36;1;4"] {
            rest = rest.replace(&format!("\u{1b}[{code}m"), "");
        }
        rest = rest.replace("\u{1b}]8;;", "").replace("\u{1b}\\", "");
    }
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if let Some(at) = rest.find(hidden) {
        panic!("{:?} in\n{}", rest[at..].chars().next(), rest.escape_debug());
    }
}

#[test]
fn an_ordinary_file() {
    let report = sample::ordinary();
    insta::assert_snapshot!("ordinary", pretty(&report, &terminal(80)));
    insta::assert_snapshot!("ordinary_40", pretty(&report, &terminal(40)));
    insta::assert_snapshot!("ordinary_ascii", pretty(&report, &Style::default()));
    insta::assert_snapshot!("ordinary_everything", pretty(&report, &everything()));
    insta::assert_snapshot!("ordinary_verbose", pretty(&report, &Style { verbose: true, ..terminal(80) }));
    insta::assert_snapshot!("ordinary_narrated", pretty(&report, &Style { narrated: true, ..everything() }));
    insta::assert_snapshot!("ordinary_concise", concise(&report, &terminal(80)));
    insta::assert_snapshot!("ordinary_concise_everything", concise(&report, &Style { verbose: true, ..everything() }));
    insta::assert_snapshot!("ordinary_json", drawn(&json(&report, &everything())));
}

#[test]
fn colours() {
    let report = sample::ordinary();
    let style = Style { color: true, ..everything() };
    insta::assert_snapshot!("color", pretty(&report, &style).replace('\u{1b}', "ESC"));
    insta::assert_snapshot!("color_concise", concise(&report, &style).replace('\u{1b}', "ESC"));
}

#[test]
fn many_labels() {
    insta::assert_snapshot!("crowded", pretty(&sample::crowded(), &terminal(80)));
    insta::assert_snapshot!("crowded_40", pretty(&sample::crowded(), &terminal(40)));
}

#[test]
fn wide_characters_and_tabs() {
    insta::assert_snapshot!("wide", pretty(&sample::wide(), &terminal(80)));
    insta::assert_snapshot!("wide_40", pretty(&sample::wide(), &terminal(40)));
    insta::assert_snapshot!("wide_narrated", pretty(&sample::wide(), &Style { narrated: true, ..terminal(80) }));
    insta::assert_snapshot!("wide_json", drawn(&json(&sample::wide(), &terminal(80))));
}

#[test]
fn empty_places_and_line_ends() {
    insta::assert_snapshot!("crlf", pretty(&sample::crlf(), &terminal(80)));
    insta::assert_snapshot!("ends", pretty(&sample::ends(), &terminal(80)));
    insta::assert_snapshot!("ends_narrated", pretty(&sample::ends(), &Style { narrated: true, ..terminal(80) }));
}

#[test]
fn long_lines_show_a_window() {
    insta::assert_snapshot!("long", pretty(&sample::long(), &terminal(80)));
    insta::assert_snapshot!("long_40", pretty(&sample::long(), &terminal(40)));
    insta::assert_snapshot!("long_ascii", pretty(&sample::long(), &Style::default()));
}

#[test]
fn hostile_text_is_visible_and_inert() {
    let report = sample::hostile();
    insta::assert_snapshot!("hostile", pretty(&report, &everything()));
    insta::assert_snapshot!("hostile_concise", concise(&report, &Style { verbose: true, ..everything() }));
    insta::assert_snapshot!("hostile_json", text(&report, Format::Json, &everything()));
    for style in styles() {
        assert_inert(&pretty(&report, &style), &style);
        assert_inert(&concise(&report, &style), &style);
    }
    let plain = Style::default();
    assert_inert(&text(&report, Format::Json, &plain), &plain);
    let document = json(&report, &plain);
    assert_eq!(document["diagnostics"][0]["message"], report.files[0].findings[0].message, "JSON says it as it is");
}

#[test]
fn concise_has_one_line_for_each_finding() {
    for report in samples() {
        let style = Style { verbose: true, show_waived: true, quiet: true, ..Style::default() };
        let findings: usize = report.files.iter().map(|file| file.findings.len()).sum();
        assert_eq!(concise(&report, &style).lines().count(), findings);
    }
}

#[test]
fn every_document_is_valid() {
    let schema: Value = serde_json::from_str(OUTPUT_SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    for report in samples() {
        json(&report, &Style::default());
        json(&report, &everything());
    }
    json(&sample::report(Vec::new()), &Style::default());
}

#[test]
fn drawn_lines_keep_to_the_width() {
    for report in [sample::ordinary(), sample::crowded(), sample::wide(), sample::crlf(), sample::long()] {
        for style in styles().into_iter().filter(|style| !style.narrated && !style.color && style.width >= 40) {
            for line in pretty(&report, &style).lines() {
                let cells = textwrap::core::display_width(line);
                assert!(cells <= style.width, "{cells} cells of {}: {line}", style.width);
            }
        }
    }
}

#[test]
fn the_worst_come_first_when_the_screen_is_too_small() {
    let report = sample::ordinary();
    let heads = |screen| {
        let style = Style { screen, show_waived: true, ..terminal(80) };
        let drawn: Vec<String> = pretty(&report, &style)
            .lines()
            .filter(|line| line.contains("error") || line.contains("warning"))
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect();
        let lines = concise(&report, &style);
        (drawn, lines.lines().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect::<Vec<_>>())
    };
    let (drawn, _) = heads(Some(1000));
    assert_eq!(drawn[..3], ["error", "warning[disproved-name]", "error[no-fallback]"]);
    let (drawn, lines) = heads(Some(3));
    assert_eq!(drawn[..4], ["error", "error[no-fallback]", "error[late-answer]", "warning[disproved-name]"]);
    assert_eq!(drawn[4], "waived warning[no-alert]");
    assert!(lines[3].starts_with("warning") && lines[4] == "waived", "{lines:?}");
}

#[test]
fn waived_findings_are_counted_and_hidden() {
    let report = sample::ordinary();
    let hidden = pretty(&report, &terminal(80));
    assert!(!hidden.contains("no-alert") && hidden.contains("1 waived"));
    let document = json(&report, &Style::default());
    assert_eq!(document["summary"]["waived"], 1);
    let diagnostics = document["diagnostics"].as_array().unwrap();
    assert!(diagnostics.iter().any(|one| one["suppression"]["owner"] == "ads-ml"), "JSON has them always");
}

#[test]
fn missing_sections_are_one_for_each_document() {
    let source = Source::new("two.yaml", "system: a\n---\nsystem: b\n");
    let mut findings = sample::missing_section(&source);
    let mut second = sample::missing_section(&source);
    for finding in &mut second {
        finding.document = 1;
        finding.primary.span = Span::new(14, 20);
    }
    second.truncate(1);
    findings.extend(second);
    let report = sample::report(vec![sample::file(&source, findings)]);
    let lines = concise(&report, &Style::default());
    assert_eq!(
        lines,
        "two.yaml:1:1: error[no-rollback,no-rollout,no-approver,no-changelog] section `release` is missing\n\
         two.yaml:3:1: error[no-rollout] a new model reaches every user at once\n\
         1 file: 3 errors, 1 warning, 1 advice\n"
    );
}

#[test]
fn a_failed_file_is_never_free_of_findings() {
    let source = Source::new("bad.yaml", "");
    let mut file = sample::file(&source, Vec::new());
    file.failed = true;
    let report = sample::report(vec![file]);
    assert_eq!(concise(&report, &Style::default()), "1 file: 1 could not be read\n");
    let document = json(&report, &Style::default());
    assert_eq!(document["run"]["complete"], false);
    assert_eq!(document["run"]["failed_inputs"][0], "bad.yaml");
}

#[test]
fn quiet_leaves_the_summary_out() {
    let quiet = Style { quiet: true, ..terminal(80) };
    assert!(!pretty(&sample::ordinary(), &quiet).contains("2 files"));
    assert_eq!(pretty(&sample::report(Vec::new()), &quiet), "");
}

#[test]
fn links_are_written_only_where_they_are_followed() {
    let mut report = sample::ordinary();
    report.run.address = Address::new("https://forge.example/org/mlsystem", "1.2.3");
    assert!(!pretty(&report, &Style { color: true, ..everything() }).contains("]8;;"));
    let linked = pretty(&report, &Style { links: true, ..everything() });
    assert!(
        linked
            .contains("\u{1b}]8;;https://forge.example/org/mlsystem/blob/v1.2.3/lints/serving/no-fallback.md\u{1b}\\")
    );
    report.run.address = None;
    assert!(!pretty(&report, &Style { links: true, ..everything() }).contains("]8;;"));
}

const LETTERS: &[char] = &[
    'a', 'b', ' ', ' ', ':', '{', '\n', '\n', '\r', '\t', '\0', '\u{1b}', '\u{9b}', '\u{7f}', 'é', '이', '🚀',
    '\u{301}', '\u{200d}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{fe0f}', '\u{feff}', '`', '│', '-',
];

fn words(length: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LETTERS), 0..length).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn any_text_with_any_labels_is_drawn_and_inert(
        texts in prop::collection::vec(words(300), 1..3),
        labels in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), words(40)), 1..7),
        (message, help, name) in (words(60), words(60), words(10)),
        width in 0_usize..90,
        (unicode, narrated, color) in any::<(bool, bool, bool)>(),
    ) {
        let sources: Vec<_> = texts.iter().map(|text| Source::new(name.clone(), text.clone())).collect();
        let mut labels = labels.iter().map(|(source, start, end, words)| {
            let source = source.get(&sources);
            let text = source.text();
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (start, end) = (*start.get(&ends), *end.get(&ends));
            Label::new(source, Span::new(start.min(end), start.max(end)), words.clone())
        });
        let primary = labels.next().unwrap();
        let mut finding = sample::finding("any", Kind::Quantity, Severity::Error, &message, primary).with_help(help);
        finding.labels = labels.collect();
        let report = sample::one(finding);
        let style = Style { unicode, narrated, color, width, ..everything() };
        let drawn = pretty(&report, &style);
        assert_inert(&drawn, &style);
        if !narrated {
            prop_assert!(!drawn.contains("Failed to read contents"));
        }
        assert_inert(&concise(&report, &style), &style);
        assert_inert(&text(&report, Format::Json, &style), &Style::default());
        json(&report, &style);
    }
}
