//! Runs the examples of every built-in lint against that lint alone, and looks at what the bad ones report.

use std::path::Path;

use mlsystem::built_in;
use mlsystem::check::WorkspaceConfig;
use mlsystem::examples::{Fault, Formats, Tried, check_parts, try_examples};
use mlsystem::finding::{Finding, Kind, Reader, raised};
use mlsystem::lint::Lint;
use mlsystem::report::{self, FileReport, Format, Report, Run, Style};
use mlsystem::source::Source;
use mlsystem::units::Date;

/// The examples of a lint, tried on a fixed day.
fn tried(lint: &Lint) -> Vec<Tried> {
    let path = format!("lints/{}/{}.md", lint.category, lint.name);
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
    let today = Date::parse("2026-11-24").unwrap();
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    try_examples(lint, &Source::new(path, text), formats, built_in::LINTS, built_in::TABLES, today)
}

fn pretty(tried: &Tried) -> String {
    let files = tried.parts.files.iter().chain(&tried.parts.workspace_config).map(|file| {
        let own = |finding: &&Finding| std::sync::Arc::ptr_eq(&finding.primary.source, file);
        let findings = tried.findings.iter().filter(own).cloned().collect();
        let (path, name) = (file.name().to_owned(), file.name().to_owned());
        FileReport { path, name, findings, reader: Reader::Auditor, ..FileReport::default() }
    });
    let files = files.collect();
    let style = Style { unicode: true, quiet: true, all: true, ..Style::default() };
    let mut out = Vec::new();
    report::write(&Report::new(files, Run::default()), Format::Pretty, &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_bad_example_is_reported_and_every_good_one_is_clean() {
    let mut faults = Vec::new();
    for lint in built_in::LINTS {
        for (index, tried) in tried(lint).iter().enumerate() {
            let what = match &tried.fault {
                None => continue,
                Some(Fault::Missing) => "missing: silent on its bad example".to_owned(),
                Some(Fault::Noisy) => format!("noisy: reports on its good example\n{}", pretty(tried)),
                Some(Fault::Unfit(findings)) => {
                    let names: Vec<_> =
                        findings.iter().map(|finding| format!("{}: {}", finding.name, finding.message)).collect();
                    format!("unfit: the example is no right manifest: {}", names.join("; "))
                }
            };
            faults.push(format!("{}: example {}: {what}", lint.name, index + 1));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// For whom a gap matters is said, and not left to what holds when nothing is said.
#[test]
fn every_missing_piece_says_to_whom_it_speaks() {
    let text = |lint: &Lint| {
        let path = format!("lints/{}/{}.md", lint.category, lint.name);
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    };
    let silent = built_in::LINTS
        .iter()
        .filter(|lint| lint.kind == Kind::MissingPiece && !lint.cases.is_empty() && !text(lint).contains("\nreader: "));
    assert_eq!(silent.map(|lint| lint.name).collect::<Vec<_>>(), Vec::<&str>::new());
    // What cannot hold is the author's, in every case that says so and not that something is missing.
    let quantities = built_in::LINTS.iter().filter(|lint| lint.kind == Kind::Quantity && !lint.cases.is_empty());
    for lint in quantities {
        assert!(lint.cases.iter().any(|case| case.reader == Reader::Author), "{}", lint.name);
    }
}

#[test]
fn every_case_of_a_lint_is_shown_by_a_bad_example() {
    let mut silent = Vec::new();
    for lint in built_in::LINTS {
        let shown = tried(lint);
        for (index, case) in lint.cases.iter().enumerate() {
            let alone = Lint { cases: std::slice::from_ref(case), ..*lint };
            let speaks = shown.iter().filter(|one| !one.good).any(|one| {
                let options = mlsystem::check::Options {
                    schema: &built_in::MANIFEST,
                    lints: std::slice::from_ref(&alone),
                    tables: built_in::TABLES,
                    today: Date::parse("2026-11-24").unwrap(),
                    set: &Default::default(),
                    levels: &Default::default(),
                    selection: &Default::default(),
                    limits: Default::default(),
                    view: None,
                };
                let workspace_config = one
                    .parts
                    .workspace_config
                    .as_ref()
                    .map(|file| WorkspaceConfig::read(file, &built_in::WORKSPACE).unwrap());
                let found = check_parts(&one.parts, workspace_config.as_ref(), &built_in::EVIDENCE, &options);
                found.iter().any(|finding| finding.name == lint.name)
            });
            if !speaks {
                silent.push(format!("{} case {}", lint.name, index + 1));
            }
        }
    }
    assert!(silent.is_empty(), "no bad example raises: {silent:#?}");
}

#[test]
fn bad_examples_look_as_they_did() {
    for lint in built_in::LINTS {
        let drawn: Vec<String> = tried(lint).iter().filter(|one| !one.good).map(pretty).collect();
        if !drawn.is_empty() {
            insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/lints" }, {
                insta::assert_snapshot!(lint.name, drawn.join("\n"));
            });
        }
    }
}

#[test]
fn names_say_the_bad_thing() {
    let commands = |name: &str| ["check-", "disallow-", "must-"].iter().any(|start| name.starts_with(start));
    let wrong: Vec<&str> = built_in::LINTS.iter().map(|lint| lint.name).filter(|name| commands(name)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_lint_rests_on_something() {
    let without: Vec<&str> =
        built_in::LINTS.iter().filter(|lint| lint.sources.is_empty()).map(|lint| lint.name).collect();
    assert!(without.is_empty(), "no sources: {without:?}");
}

#[test]
fn the_reader_has_a_page_for_each_of_its_findings() {
    let raised = built_in::LINTS.iter().filter(|lint| lint.cases.is_empty() && !lint.is_removed());
    let mut pages: Vec<&str> = raised.map(|lint| lint.name).collect();
    pages.sort_unstable();
    let names: Vec<&str> = raised::ALL.iter().map(|name| name.as_str()).collect();
    assert_eq!(names, pages);
}

/// The index is generated; `UPDATE=1` writes it.
#[test]
fn the_index_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/README.md");
    let fresh = mlsystem::publish::lint_index(built_in::LINTS);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == fresh, "lints/README.md is stale: run `UPDATE=1 cargo test lints::`");
}
