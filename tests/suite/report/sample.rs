//! Findings made by hand, one for everything that a report has to draw.

use std::sync::Arc;

use mlsystem::finding::{Because, Finding, Kind, Label, Pointer, Severity, Suppression};
use mlsystem::report::{FileReport, Report, Run, Skipped, Style};
use mlsystem::source::{Source, Span};

/// A label on the first `needle` of `source`.
pub fn label(source: &Arc<Source>, needle: &str, text: &str) -> Label {
    let start = source.text().find(needle).unwrap_or_else(|| panic!("no `{needle}`"));
    Label::new(source, Span::new(start, start + needle.len()), text)
}

pub fn finding(name: &'static str, kind: Kind, severity: Severity, message: &str, primary: Label) -> Finding {
    Finding::new(name, "serving", kind, severity, message, primary)
}

fn because(finding: &mut Finding, pointer: &str, text: &str) {
    finding.because.push(Because { pointer: Pointer::read(pointer), text: text.into() });
}

const CHURN: &str = "\
system: churn
stage: production

serving:
  pattern: online
  deadline: 200ms
  path:
    - {name: features, p99: 80ms}
    - {name: model, p99: 150ms}

monitoring:
  alerts: []
";

fn plain(source: &Arc<Source>) -> Finding {
    let primary = label(source, "online", "requests wait for this model");
    let mut finding =
        finding("no-fallback", Kind::MissingPiece, Severity::Error, "online serving has no fallback", primary)
            .with_help(
                "add `serving.fallback`, such as the last good model or a rule of thumb\n    fallback: last-good-model",
            )
            .at(Pointer::read("/serving/fallback"));
    because(&mut finding, "/serving/pattern", "`serving.pattern` is `online`");
    finding
}

fn contradiction(source: &Arc<Source>) -> Finding {
    let primary = label(source, "200ms", "the whole answer is due after 200 ms");
    let mut finding = finding(
        "late-answer",
        Kind::Contradiction,
        Severity::Error,
        "the steps of the path take longer than the deadline",
        primary,
    )
    .with_label(label(source, "80ms", "this step takes 80 ms"))
    .with_label(label(source, "150ms", "and this one 150 ms"))
    .with_note("80 ms + 150 ms = 230 ms, which is 30 ms more than 200 ms")
    .with_help("shorten a step, or set `serving.deadline` to at least 230ms")
    .at(Pointer::read("/serving/deadline"));
    because(&mut finding, "/serving/pattern", "`serving.pattern` is `online`");
    because(&mut finding, "/stage", "`stage` is `production`");
    finding
}

fn waived(source: &Arc<Source>) -> Finding {
    let mut finding = finding(
        "no-alert",
        Kind::MissingPiece,
        Severity::Warning,
        "nobody is told when the model drifts",
        label(source, "alerts", "this list is empty"),
    )
    .at(Pointer::read("/monitoring/alerts"));
    finding.suppression = Some(Suppression {
        kind: "waiver",
        reason: "the on-call rota starts in February".into(),
        owner: "ads-ml".into(),
        until: "2027-01-31".into(),
    });
    finding
}

pub fn missing_section(source: &Arc<Source>) -> Vec<Finding> {
    let lints = [
        (
            "no-rollout",
            Severity::Error,
            "a new model reaches every user at once",
            "add `release.rollout`, such as a canary",
        ),
        ("no-rollback", Severity::Error, "nothing says how a release is undone", "add `release.rollback.trigger`"),
        (
            "no-approver",
            Severity::Warning,
            "nobody has to agree to a release",
            "name a person:\n  release:\n    approver: risk-office",
        ),
        ("no-changelog", Severity::Advice, "no record of what a release changes", "write one"),
    ];
    let make = |(name, severity, message, help): (&'static str, _, &str, &str)| {
        let primary = label(source, "system", "");
        let mut finding = finding(name, Kind::MissingPiece, severity, message, primary).with_help(help);
        finding.pointer = Pointer::read(&format!("/release/{}", &name[3..]));
        finding.missing_section = Some("release".into());
        because(&mut finding, "/stage", "`stage` is `production`");
        finding
    };
    lints.into_iter().map(make).collect()
}

fn evidence(source: &Arc<Source>) -> Finding {
    let card = Source::new("models/churn/CARD.md", "# Churn\n\n- owner: growth\n- licence: MIT\n");
    finding(
        "disproved-name",
        Kind::Evidence,
        Severity::Warning,
        "the model card is about another owner's system",
        label(source, "churn", "the manifest is about `churn`"),
    )
    .with_label(label(&card, "growth", "but its card names `growth`"))
    .at(Pointer::read("/system"))
}

/// Everything ordinary, in one file.
pub fn ordinary() -> Report {
    let source = Source::new("mlsystem.yaml", CHURN);
    let mut findings = vec![plain(&source), contradiction(&source), waived(&source), evidence(&source)];
    findings.extend(missing_section(&source));
    let skipped = vec![
        Skipped { lint: "stale-feature".into(), wants: vec!["features[].refresh".into()] },
        Skipped { lint: "small-holdout".into(), wants: vec!["evaluation.size".into(), "evaluation.effect".into()] },
    ];
    let file = FileReport { skipped, ..file(&source, findings) };
    let clean = FileReport {
        name: "search/mlsystem.yaml".into(),
        path: "search/mlsystem.yaml".into(),
        ..FileReport::default()
    };
    report(vec![clean, file])
}

/// One finding alone.
pub fn one(finding: Finding) -> Report {
    let source = Arc::clone(&finding.primary.source);
    report(vec![file(&source, vec![finding])])
}

pub fn file(source: &Arc<Source>, findings: Vec<Finding>) -> FileReport {
    let name = source.name().to_owned();
    FileReport { path: name.clone(), name, findings, ..FileReport::default() }
}

pub fn report(files: Vec<FileReport>) -> Report {
    let run = Run {
        today: "2026-11-24".into(),
        version: "0.1.0".into(),
        lints_digest: "sha256:00".into(),
        config: vec!["mlsystem-workspace.yaml".into()],
        inputs: files.len(),
        failed_inputs: Vec::new(),
        complete: true,
        comparison: None,
        ..Run::default()
    };
    Report::new(files, run)
}

/// Three labels on one line, one of them around another, and one label over several lines.
pub fn crowded() -> Report {
    let source = Source::new("a.yaml", "serving: {pattern: online, fallback: none}\nnote: |\n  one\n  two\nlast: 1\n");
    let whole = source.line(1);
    let finding = finding(
        "crowded",
        Kind::Contradiction,
        Severity::Warning,
        "three places of one line, and a block",
        label(&source, "online", "requests wait"),
    )
    .with_label(label(&source, "none", "but nothing else answers"))
    .with_label(Label::new(&source, whole, "all of this is one section"))
    .with_label(label(&source, "online", "and this says so twice"))
    .with_label(label(&source, "|\n  one\n  two\n", "this block says why"));
    one(finding)
}

/// Korean, emoji, and tabs before, in and after the places.
pub fn wide() -> Report {
    let text = "이름: 이탈 예측 모델 # 설명\n모델: {이름: 주모델, \t담당: \"데이터팀 🚀 ❤\u{fe0f}\",\tp99: 80ms}\n";
    let source = Source::new("시스템/mlsystem.yaml", text);
    let finding = finding(
        "wide",
        Kind::Quantity,
        Severity::Advice,
        "모델의 담당자가 두 명이다 🚀",
        label(&source, "데이터팀", "담당자가 여기에 있고"),
    )
    .with_label(label(&source, "🚀", "로켓이 있으며"))
    .with_label(label(&source, "80ms", "이 값이 너무 크다"))
    .with_help("`담당`을 한 명으로 줄인다");
    one(finding)
}

pub fn crlf() -> Report {
    let source = Source::new("crlf.yaml", "a: 1\r\nserving:\r\n  pattern: online\r\n  fallback:\r\n");
    let end = source.text().find("fallback:").unwrap() + "fallback:".len();
    let finding = finding(
        "empty-value",
        Kind::MissingPiece,
        Severity::Error,
        "the fallback has no value",
        Label::new(&source, Span::at(end), "nothing is written here"),
    )
    .with_label(label(&source, "online", "requests wait for this model"));
    one(finding)
}

/// An empty value at the end of a text without a line feed, and a place behind the last line feed.
pub fn ends() -> Report {
    let bare = Source::new("bare.yaml", "a:");
    let empty = Source::new("empty.yaml", "");
    let fed = Source::new("fed.yaml", "a: 1\n");
    let make = |source: &Arc<Source>| {
        let place = Label::new(source, Span::at(source.text().len()), "here it ends");
        file(source, vec![finding("no-end", Kind::MissingPiece, Severity::Error, "the text ends too early", place)])
    };
    report(vec![make(&bare), make(&empty), make(&fed)])
}

/// A promise and the parts of it, over two documents of one file.
pub fn documents() -> Report {
    let source = Source::new("two.yaml", "system: a\n---\nserving: {p99: 90ms,\n  path: [8ms, 18ms, 70ms]}\n");
    let first = finding(
        "no-owner",
        Kind::MissingPiece,
        Severity::Warning,
        "nobody owns this system",
        label(&source, "system", ""),
    );
    let mut second = finding(
        "late-answer",
        Kind::Quantity,
        Severity::Error,
        "the steps take 96ms, 90ms is promised",
        label(&source, "90ms", "90ms is promised"),
    )
    .with_label(label(&source, "8ms", "8ms"))
    .with_label(label(&source, "18ms", "18ms"))
    .with_label(label(&source, "70ms", "70ms, most of it"))
    .at(Pointer::read("/serving/p99"));
    second.document = 1;
    report(vec![file(&source, vec![first, second])])
}

/// A file that cannot be read beside one without findings.
pub fn unreadable() -> Report {
    let source = Source::new("broken.yaml", "");
    let finding = finding(
        "unreadable-file",
        Kind::Reference,
        Severity::Error,
        "the file cannot be read: there is no such file",
        Label::new(&source, Span::at(0), ""),
    );
    let clean = FileReport { name: "fine.yaml".into(), path: "fine.yaml".into(), ..FileReport::default() };
    report(vec![FileReport { failed: true, ..file(&source, vec![finding]) }, clean])
}

/// A file without findings.
pub fn clean() -> Report {
    report(vec![FileReport { name: "a.yaml".into(), path: "a.yaml".into(), ..FileReport::default() }])
}

/// Everything that a terminal would act upon, in every text that reaches it.
pub fn hostile() -> Report {
    const EVIL: &str = "\u{1b}[31m\u{1b}]8;;http://evil\u{7}\u{202e}\u{2066}\u{200d}\0\u{9b}\u{7f}";
    let source = Source::new(
        format!("dir{EVIL}\n::error::/a.yaml"),
        format!("\u{feff}key{EVIL}: value{EVIL} # note\rlone: 1\u{2028}\u{85}\n"),
    );
    let mut finding = Finding::new(
        format!("evil{EVIL}\n"),
        format!("cat{EVIL}"),
        Kind::Reference,
        Severity::Error,
        format!("message{EVIL}\r\n::set-output name=x::y\tz"),
        label(&source, &format!("key{EVIL}"), &format!("label{EVIL}\nmore")),
    )
    .with_label(label(&source, &format!("value{EVIL}"), "value"))
    .with_label(label(&source, "lone", "after a carriage return"))
    .with_help(format!("help{EVIL}\n  yaml: {EVIL}"))
    .with_note(format!("note{EVIL}"))
    .at(Pointer::read(&format!("/key{EVIL}")));
    because(&mut finding, &format!("/key{EVIL}"), &format!("because{EVIL}"));
    let mut accepted = finding.clone();
    accepted.suppression = Some(Suppression {
        kind: "waiver",
        reason: format!("reason{EVIL}\n"),
        owner: format!("owner{EVIL}"),
        until: format!("until{EVIL}"),
    });
    let mut missing = finding.clone();
    missing.kind = Kind::MissingPiece;
    missing.missing_section = Some(format!("section{EVIL}"));
    missing.help = Some(format!("add\n  section{EVIL}:\n    a{EVIL}: 1"));
    let mut file = file(&source, vec![finding, accepted, missing.clone(), missing]);
    file.skipped = vec![Skipped { lint: format!("skip{EVIL}"), wants: vec![format!("want{EVIL}")] }];
    report(vec![file])
}

/// A flow mapping of 400 columns with labels far apart, and the same for a label that is itself too long.
pub fn long() -> Report {
    let fields: Vec<String> = (0..30).map(|i| format!("feature_{i:02}: 1h")).collect();
    let text = format!("features: {{{}}}\nafter: {}\n", fields.join(", "), "x".repeat(300));
    let source = Source::new("long.yaml", text);
    let far = finding(
        "far-apart",
        Kind::Contradiction,
        Severity::Error,
        "two features disagree",
        label(&source, "feature_11", "this one is fresh"),
    )
    .with_label(label(
        &source,
        "feature_27",
        "but this one, far to the right, is not, as it comes from a nightly job",
    ));
    let all = finding(
        "all-of-it",
        Kind::Quantity,
        Severity::Warning,
        "there are thirty features",
        label(&source, &format!("{{{}}}", fields.join(", ")), "too many to read"),
    );
    report(vec![file(&source, vec![far, all])])
}

/// The style of a good terminal, without colour.
pub fn terminal(width: usize) -> Style {
    Style { unicode: true, width, ..Style::default() }
}
