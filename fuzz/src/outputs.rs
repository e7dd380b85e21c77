//! What holds of reports: each format is what it claims to be, and acts upon no terminal and no runner.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use mlsystem::built_in;
use mlsystem::lint::Lint;
use mlsystem::report::{FileReport, Format, LintPage, OUTPUT_SCHEMA, Report, Run, Style, write};
use serde_json::Value;

use crate::token::hide_token;
use crate::turn;

/// Writes every format of what was found in the files of `input`.
pub fn hold(input: &str, files: Vec<FileReport>, lints: &[Lint<'_>]) {
    let named: BTreeSet<String> =
        files.iter().flat_map(|file| &file.findings).map(|finding| finding.name.to_string()).collect();
    let pages = lints.iter().filter(|lint| named.contains(lint.name)).map(page).collect();
    let run = Run {
        today: "2026-11-24".to_owned(),
        version: "1.2.3".to_owned(),
        lints_digest: built_in::DIGEST.to_owned(),
        inputs: files.len(),
        complete: true,
        lints: pages,
        ..Run::default()
    };
    let report = Report::new(files, run);
    let turn = turn(input);
    for format in Format::ALL {
        let output = written(&report, format, &Style { verbose: true, show_waived: true, ..Style::default() });
        is_well_formed(format, &output);
        is_harmless(format, &output);
        hide_token(input, format.word(), &output);
        if turn == 1 {
            let shorter = written(&report, format, &Style { explain_skipped: true, ..Style::default() });
            is_well_formed(format, &shorter);
        }
    }
    if turn != 2 {
        return;
    }
    let narrow = Style { unicode: true, width: 24, ..Style::default() };
    let narrated = Style { narrated: true, show_waived: true, ..Style::default() };
    for style in [narrow, narrated] {
        let output = written(&report, Format::Pretty, &style);
        is_harmless(Format::Pretty, &output);
        hide_token(input, "pretty", &output);
    }
}

/// The JSON of findings, to be compared.
pub fn json(files: Vec<FileReport>) -> String {
    written(&Report::new(files, Run::default()), Format::Json, &Style { outcomes: true, ..Style::default() })
}

fn written(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("a report is UTF-8")
}

fn page(lint: &Lint<'_>) -> LintPage {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    LintPage {
        name: lint.name.to_owned(),
        formerly: owned(lint.formerly),
        category: lint.category.to_owned(),
        kind: lint.kind,
        severity: lint.severity,
        title: lint.title.to_owned(),
        page: lint.page.to_owned(),
        sources: owned(lint.sources),
        tags: lint.frameworks.iter().map(|(framework, _)| (*framework).to_owned()).collect(),
    }
}

fn is_well_formed(format: Format, output: &str) {
    match format {
        Format::Json => {
            let value = parsed(output);
            static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
            let schema = SCHEMA.get_or_init(|| jsonschema::validator_for(&parsed(OUTPUT_SCHEMA)).expect("a schema"));
            if let Err(error) = schema.validate(&value) {
                panic!("not as the schema of the output says: {error} at {}\n{output}", error.instance_path);
            }
        }
        Format::Sarif => is_sarif(&parsed(output)),
        Format::Gitlab => {
            let value = parsed(output);
            let issues = value.as_array().expect("a list of issues");
            let prints: BTreeSet<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
            assert_eq!(prints.len(), issues.len(), "issues of one fingerprint: {output}");
        }
        Format::Rdjson => drop(parsed(output)),
        Format::Jsonl | Format::Rdjsonl => output.lines().for_each(|line| drop(parsed(line))),
        Format::Junit => {
            if let Err(error) = roxmltree::Document::parse(output) {
                panic!("no XML: {error}\n{output}");
            }
        }
        Format::Pretty | Format::Concise | Format::Github | Format::Markdown => {}
    }
}

fn is_sarif(value: &Value) {
    assert_eq!(value["version"], "2.1.0", "{value}");
    let rules = value["runs"][0]["tool"]["driver"]["rules"].as_array().map_or(0, Vec::len);
    for result in value["runs"][0]["results"].as_array().expect("a list of results") {
        if let Some(rule) = result["ruleIndex"].as_u64() {
            assert!((rule as usize) < rules, "a rule that is not listed: {result}");
        }
        for location in result["locations"].as_array().expect("a list of places") {
            let region = &location["physicalLocation"]["region"];
            let at = |key: &str| region[key].as_u64().unwrap_or(1);
            let (start, end) = ((at("startLine"), at("startColumn")), (at("endLine"), at("endColumn")));
            assert!(at("startLine") > 0 && at("startColumn") > 0 && start <= end, "{result}");
        }
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}\n{text}"))
}

/// Nothing that a terminal acts upon, that changes the order of what people see, or that a runner takes as a command.
fn is_harmless(format: Format, output: &str) {
    if let Some(letter) = output.chars().find(|letter| is_dangerous(*letter)) {
        panic!("{letter:?} in {}:\n{output:?}", format.word());
    }
    if format != Format::Github {
        let command = output.lines().find(|line| line.starts_with("::") || line.starts_with("##["));
        assert!(command.is_none(), "a command to a runner in {}: {command:?}\n{output}", format.word());
    }
}

fn is_dangerous(letter: char) -> bool {
    letter.is_control() && letter != '\n'
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
