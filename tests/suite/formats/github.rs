//! Workflow commands, read as the runner of GitHub Actions reads them.

use std::collections::BTreeMap;

use mlsystem::finding::{Finding, Severity};
use mlsystem::report::{Format, Report, Style, write_job_summary};
use mlsystem::source::ColumnUnit;

use super::{Unit, findings, marked, offset, sample, text};

struct Command {
    word: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// One line, as `ActionCommand.TryParseV2` of the runner takes it; `None` for a line of the log.
fn command(line: &str) -> Option<Command> {
    let inside = line.trim_start().strip_prefix("::")?;
    let (head, message) = inside.split_once("::")?;
    let (word, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let mut known = BTreeMap::new();
    for property in properties.trim().split(',').filter(|property| !property.is_empty()) {
        let (key, value) = property.split_once('=').expect("a property has a value");
        assert!(["title", "file", "line", "endLine", "col", "endColumn"].contains(&key), "{key} in {line}");
        assert_escaped(value, &["25", "0D", "0A", "3A", "2C"]);
        let value = unescaped(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
        assert!(known.insert(key.to_owned(), value).is_none(), "{key} twice in {line}");
    }
    assert_escaped(message, &["25", "0D", "0A"]);
    Some(Command { word: word.to_owned(), properties: known, message: unescaped(message).replace("%25", "%") })
}

fn assert_escaped(text: &str, known: &[&str]) {
    for (at, _) in text.match_indices('%') {
        assert!(known.iter().any(|code| text[at + 1..].starts_with(code)), "a bare % in {text}");
    }
}

pub fn hold(report: &Report, style: &Style, what: &str) {
    let out = text(report, Format::Github, style);
    let commands: Vec<Command> = out.lines().filter_map(command).collect();
    let plain = out.lines().filter(|line| command(line).is_none()).count();
    assert_eq!(plain, usize::from(!style.quiet), "{what}: {out}");
    assert!(!out.contains('\r') && !out.contains('\u{1b}'), "{what}");
    for command in &commands {
        assert!(["error", "warning", "notice"].contains(&&*command.word) && !command.message.is_empty(), "{what}");
        let number = |key: &str| command.properties.get(key).map(|value| value.parse::<u64>().unwrap());
        let (line, end) = (number("line").unwrap(), number("endLine").unwrap());
        assert!(line >= 1 && end >= line, "{what}");
        assert_eq!(number("col").is_some(), line == end, "{what}: columns over several lines are dropped");
        assert_eq!(number("col").is_some(), number("endColumn").is_some(), "{what}");
        assert!(number("endColumn") >= number("col"), "{what}");
        assert!(command.properties.contains_key("file") && command.properties.contains_key("title"), "{what}");
    }
    if style.all {
        let findings = findings(report, style);
        assert_eq!(commands.len(), findings.len(), "{what}");
        for command in &commands {
            let number = |key: &str| command.properties.get(key).map(|value| value.parse::<u64>().unwrap());
            let (Some(column), Some(end)) = (number("col"), number("endColumn")) else { continue };
            let placed = |finding: &&&Finding| {
                let source = &finding.primary.source;
                let start = finding.primary.span.start as usize;
                source.position(start, ColumnUnit::CodePoints).line == u32::try_from(number("line").unwrap()).unwrap()
                    && {
                        let at = |column| offset(source, number("line").unwrap(), column, Unit::CodePoint);
                        let marked = marked(&finding.primary).trim_end_matches(['\n', '\r']);
                        at(column) == start && (source.text()[at(column)..at(end)] == *marked || marked.is_empty())
                    }
            };
            assert!(findings.iter().any(|finding| placed(&finding)), "{what}: no finding at {column} to {end}");
        }
    }
}

#[test]
fn a_report_in_full() {
    insta::assert_snapshot!(text(&sample::ordinary(), Format::Github, &Style::default()));
    insta::assert_snapshot!("hostile_github", text(&sample::hostile(), Format::Github, &Style::default()));
}

#[test]
fn the_worst_ten_come_first() {
    let mut report = sample::ordinary();
    let advice = report.files[0].findings[0].clone();
    let file = &mut report.files[0];
    file.findings = vec![advice; 40];
    for (index, finding) in file.findings.iter_mut().enumerate() {
        finding.missing_section = None;
        finding.name = format!("lint-{index}").into();
        finding.severity = if index < 30 { Severity::Advice } else { Severity::Error };
    }
    let out = text(&report, Format::Github, &Style::default());
    assert!(out.lines().take(10).all(|line| line.starts_with("::error ")), "{out}");
}

#[test]
fn the_summary_of_a_job_has_room_for_more_than_a_comment() {
    let mut report = sample::ordinary();
    let findings = report.files[0].findings.clone();
    report.files[0].findings = findings.iter().cycle().take(3_000).cloned().collect();
    let style = Style { all: true, ..Style::default() };
    let mut summary = Vec::new();
    write_job_summary(&report, &style, &mut summary).unwrap();
    assert!(summary.len() > 100_000 && summary.len() <= 1_000_000, "{}", summary.len());
    let comment = text(&report, Format::Markdown, &style);
    assert!(comment.len() <= 65_536 && comment.contains("more are not shown"), "{}", comment.len());
}
