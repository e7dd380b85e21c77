//! What reports look like. Read each snapshot as a tired stranger would.
pub mod sample;

use mlsystem::address::Address;
use mlsystem::finding::{Kind, Label, Reader, Severity};
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
            for (narrated, all, color) in [(false, false, true), (false, true, false), (true, false, false)] {
                styles.push(Style { unicode, narrated, all, color, links: color, width, ..everything() });
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
    insta::assert_snapshot!("ordinary_all", pretty(&report, &Style { all: true, ..terminal(80) }));
    insta::assert_snapshot!("ordinary_narrated", pretty(&report, &Style { narrated: true, ..everything() }));
    insta::assert_snapshot!("ordinary_concise", concise(&report, &terminal(80)));
    insta::assert_snapshot!("ordinary_concise_everything", concise(&report, &Style { all: true, ..everything() }));
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
    insta::assert_snapshot!("hostile_concise", concise(&report, &Style { all: true, ..everything() }));
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
        let style = Style { all: true, show_waived: true, quiet: true, ..Style::default() };
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
fn the_surest_and_worst_come_first_and_waived_ones_last() {
    let report = sample::ordinary();
    let style = Style { show_waived: true, ..terminal(80) };
    let drawn = pretty(&report, &style);
    let heads: Vec<&str> = drawn
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_once("]:"))
        .map(|(head, _)| head)
        .collect();
    insta::assert_snapshot!("order", heads.join("\n"));
    let lines = concise(&report, &style);
    let listed: Vec<&str> = lines.lines().filter_map(|line| line.split_once("] ")).map(|(head, _)| head).collect();
    assert_eq!(listed.len(), heads.len());
    for (head, line) in heads.iter().zip(listed) {
        assert!(line.ends_with(head), "{line} is not {head}");
    }
}

/// Findings of one lint, each at its own line.
fn repeated(count: usize) -> Report {
    let text: String = (0..count).map(|number| format!("line{number}: x\n")).collect();
    let source = Source::new("many.yaml", text.clone());
    let finding = |number: usize| {
        let start = text.find(&format!("line{number}:")).unwrap();
        let label = Label::new(&source, Span::new(start, start + 4), "here");
        let message = if number < 3 { "one thing".to_owned() } else { format!("thing {number}") };
        sample::finding("many", Kind::MissingPiece, Severity::Warning, &message, label)
    };
    sample::report(vec![sample::file(&source, (0..count).map(finding).collect())])
}

#[test]
fn a_lint_is_one_entry_with_all_its_places() {
    insta::assert_snapshot!("folded", pretty(&repeated(20), &terminal(80)));
    assert_eq!(
        concise(&repeated(3), &Style::default()).lines().next().unwrap(),
        "many.yaml:1:1: warning[many] one thing (also at 2:1, 3:1)"
    );
    let all = pretty(&repeated(20), &Style { all: true, ..terminal(80) });
    assert_eq!(all.lines().filter(|line| line.starts_with("warning[many]")).count(), 20);
}

#[test]
fn twelve_stand_in_full_and_the_rest_in_a_line_each() {
    let mut report = repeated(30);
    for (number, finding) in report.files[0].findings.iter_mut().enumerate() {
        finding.name = format!("lint-{number}").into();
        finding.message = "something with quite a few words that a line of a terminal has no room for".to_owned();
    }
    let drawn = pretty(&report, &terminal(80));
    assert_eq!(drawn.lines().filter(|line| line.starts_with("warning[lint-")).count(), 12);
    assert!(drawn.contains("\n18 more, a line each:\n"), "{drawn}");
    assert_eq!(drawn.lines().filter(|line| line.starts_with("  warning[lint-")).count(), 18);
    let standing = drawn.lines().skip_while(|line| !line.starts_with("1 file")).count();
    assert!(standing <= 12, "{standing} last lines");
}

#[test]
fn what_speaks_to_later_readers_is_counted_and_not_shown() {
    let mut report = repeated(6);
    for (number, finding) in report.files[0].findings.iter_mut().enumerate() {
        finding.name = format!("lint-{number}").into();
        finding.reader = Reader::ALL[number % 3];
    }
    let plain = Style::default();
    let count = |report: &Report| concise(report, &plain).lines().filter(|line| line.contains("warning[")).count();
    assert_eq!(count(&report), 2);
    assert!(concise(&report, &plain).contains("2 more for a reviewer and 2 for an auditor (`--for`)"));
    let document = json(&report, &plain);
    assert_eq!(document["diagnostics"].as_array().unwrap().len(), 6);
    assert_eq!(document["summary"]["shown"], 2);
    assert_eq!(document["summary"]["readers"]["auditor"], 2);
    report.files[0].reader = Reader::Reviewer;
    assert_eq!(count(&report), 4);
    report.files[0].reader = Reader::Auditor;
    assert_eq!(count(&report), 6);
    report.files[0].min_severity = Some(Severity::Error);
    assert_eq!(count(&report), 0);
    assert!(concise(&report, &plain).contains("6 milder"));
}

#[test]
fn statistics_count_what_each_lint_says() {
    let style = Style { statistics: true, ..terminal(80) };
    assert_eq!(pretty(&repeated(20), &style), "20  warning[many]\n\n1 file: 20 warnings\n");
    let document = json(&repeated(20), &style);
    assert_eq!(document["statistics"][0]["findings"], 20);
    assert_eq!(document["statistics"][0]["reader"], "author");
}

#[test]
fn an_agent_is_told_in_less_than_three_kilobytes() {
    for report in samples() {
        let told = text(&report, Format::Agent, &terminal(80));
        assert!(told.len() < 3000, "{}", told.len());
        assert!(told.lines().last().unwrap().starts_with("rest: "), "{told}");
        assert_inert(&told, &Style::default());
    }
    let mut report = repeated(40);
    for (number, finding) in report.files[0].findings.iter_mut().enumerate() {
        finding.name = format!("lint-{number}").into();
        finding.message = "가".repeat(500);
        finding.help = Some("words ".repeat(500));
    }
    let told = text(&report, Format::Agent, &terminal(80));
    assert!(told.len() < 3000 && told.lines().count() == 16, "{told}");
    insta::assert_snapshot!("agent", text(&sample::ordinary(), Format::Agent, &terminal(80)));
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
