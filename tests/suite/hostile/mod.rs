//! Hostile input: whatever a file holds, the program ends soon, with an exit code, and says what is wrong without
//! passing on what a terminal would act upon.

mod large;

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, LazyLock};

use mlsystem::built_in;
use mlsystem::check::{Checked, Levels, Options, Selection, check};
use mlsystem::lint::SetOptions;
use mlsystem::report::{FileReport, Format, Report, Run, Style, write};
use mlsystem::source::Source;
use mlsystem::tree::Limits;
use mlsystem::units::Date;
use proptest::prelude::*;
use regex::Regex;

const MANIFEST: &str = include_str!("../../../fixtures/flow/partner-helpdesk.mlsystem.yaml");

/// The inputs of the YAML test suite, one case on a line.
const SUITE: &str = include_str!("../../data/yaml-test-suite/cases.jsonl");

fn suite() -> impl Iterator<Item = String> {
    SUITE.lines().map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        case["yaml"].as_str().unwrap().to_owned()
    })
}

/// Of many like cases, a part is tried where each takes long.
const STRIDE: usize = if cfg!(debug_assertions) { 7 } else { 1 };

fn checked(text: &str) -> (Arc<Source>, Checked) {
    let source = Source::new("mlsystem.yaml", text);
    let options = Options {
        schema: &built_in::MANIFEST,
        lints: built_in::LINTS,
        tables: built_in::TABLES,
        today: Date::parse("2026-11-24").unwrap(),
        levels: &Levels::default(),
        selection: &Selection::default(),
        set: &SetOptions::default(),
        limits: Limits::default(),
        view: None,
    };
    let checked = check(&source, &options);
    (source, checked)
}

/// Checks a text, writes every report, and holds what is true of every text.
fn survive(text: &str) -> Vec<String> {
    let (source, checked) = checked(text);
    let names = checked.findings.iter().map(|finding| finding.name.to_string()).collect();
    for finding in &checked.findings {
        let labels = std::iter::once(&finding.primary).chain(&finding.labels);
        for label in labels {
            assert!(source.text().get(label.span.range()).is_some(), "{text:?}: {finding:?}");
        }
        assert!(!finding.message.is_empty(), "{text:?}: {finding:?}");
    }
    assert!(!checked.failed || !checked.findings.is_empty(), "{text:?}: failed without a word");
    let file = FileReport {
        name: "mlsystem.yaml".to_owned(),
        path: "mlsystem.yaml".to_owned(),
        findings: checked.findings,
        failed: checked.failed,
        ..FileReport::default()
    };
    let report = Report::new(vec![file], Run::default());
    for format in Format::ALL {
        let mut out = Vec::new();
        write(&report, format, &Style { all: true, ..Style::default() }, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(!dangerous(&out), "{text:?}: {out:?}");
    }
    names
}

/// Characters that a terminal acts upon, or that change the order of what people see.
static DANGEROUS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{Cc}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200e}\u{200f}--\n]").unwrap());

fn dangerous(text: &str) -> bool {
    DANGEROUS.is_match(text)
}

/// Runs the program over a text on standard input.
fn run(bytes: &[u8], format: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
        .args(["check", "-", "--verbose", "--today", "2026-11-24", "--format", format])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(bytes));
        child.wait_with_output().unwrap()
    });
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
    let code = output.status.code();
    assert!(code.is_some_and(|code| code <= 3), "{beginning:?}: {:?}", output);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{beginning:?}");
    let out = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(!dangerous(&out), "{beginning:?}: {out:?}");
    output
}

#[test]
fn the_yaml_test_suite_is_survived() {
    for (index, text) in suite().enumerate() {
        survive(&text);
        // The program itself does the same as the library, so that a part is enough.
        if index % 25 == 0 {
            run(text.as_bytes(), "pretty");
        }
    }
}

#[test]
fn the_yaml_test_suite_is_survived_in_a_manifest() {
    for text in suite() {
        survive(&format!("mlsystem: 1\nname: x\nstage: production\n{text}"));
    }
}

#[test]
fn the_yaml_test_suite_is_survived_in_a_field() {
    for text in suite() {
        survive(&format!("mlsystem: 1\nname: x\ndata:\n  datasets:\n    {}", text.replace('\n', "\n    ")));
    }
}

#[test]
fn a_manifest_may_end_anywhere() {
    for end in (0..=MANIFEST.len()).filter(|end| MANIFEST.is_char_boundary(*end)).step_by(STRIDE) {
        survive(&MANIFEST[..end]);
    }
}

#[test]
fn any_line_may_be_missing_or_written_twice() {
    let lines: Vec<&str> = MANIFEST.split_inclusive('\n').collect();
    for index in 0..lines.len() {
        let with = |middle: &[&str]| [&lines[..index], middle, &lines[index + 1..]].concat().concat();
        survive(&with(&[]));
        survive(&with(&[lines[index], lines[index]]));
    }
}

/// Pieces that mean something to YAML, to the format, or to a terminal.
const PIECES: [&str; 44] = [
    "",
    "",
    "\n",
    "\n  ",
    ": ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "|\n",
    "\"",
    "'",
    "#",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\u{85}",
    "é",
    "---\n",
    "none: ",
    "null",
    "~",
    "TODO",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    "100ms",
    "5%",
    "0 USD",
    "at least ",
    "last 0d",
    "..",
    "9999-12-31",
    "nan",
];

fn mutated() -> impl Strategy<Value = String> {
    let change = (0..MANIFEST.len(), prop_oneof![3 => 0..8usize, 1 => 0..200usize], prop::sample::select(&PIECES[..]));
    prop::collection::vec(change, 1..8).prop_map(|changes| {
        let mut text = MANIFEST.to_owned();
        for (at, length, piece) in changes {
            let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            text.replace_range(boundary(at)..boundary(at + length), piece);
        }
        text
    })
}

/// The manifest with values of its own in other places: legal YAML, odd designs.
fn shuffled() -> impl Strategy<Value = String> {
    let lines = MANIFEST.lines().count();
    prop::collection::vec((0..lines, 0..lines, prop::sample::select(&PIECES[..]), any::<bool>()), 1..8).prop_map(
        |changes| {
            let mut lines: Vec<String> = MANIFEST.lines().map(str::to_owned).collect();
            for (to, from, piece, copy) in changes {
                let value = match lines[from].split_once(": ") {
                    Some((_, value)) if copy => value.to_owned(),
                    _ => piece.replace('\n', " "),
                };
                if let Some((key, _)) = lines[to].split_once(": ") {
                    lines[to] = format!("{key}: {value}");
                }
            }
            lines.join("\n")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_manifest_is_survived(text in mutated()) {
        survive(&text);
    }

    #[test]
    fn a_manifest_with_odd_values_is_survived(text in shuffled()) {
        survive(&text);
    }
}

#[test]
fn every_scalar_may_be_anything() {
    for (index, line) in MANIFEST.lines().enumerate() {
        let Some((key, _)) = line.split_once(": ").filter(|(key, _)| !key.contains(['{', '['])) else { continue };
        for piece in PIECES.into_iter().skip(index % STRIDE).step_by(STRIDE) {
            let changed = |(number, line): (usize, &str)| {
                if number == index { format!("{key}: {piece:?}\n") } else { format!("{line}\n") }
            };
            survive(&MANIFEST.lines().enumerate().map(changed).collect::<String>());
        }
    }
}

/// The program's answer to a text: its exit code, and the name of the finding that it must give.
fn expect(bytes: &[u8], code: i32, name: &str) {
    for format in ["pretty", "concise", "json"] {
        let output = run(bytes, format);
        let out = String::from_utf8_lossy(&output.stdout);
        let shown: String = out.chars().take(2_000).collect();
        assert_eq!(output.status.code(), Some(code), "{name}: {shown}");
        assert!(out.contains(name), "{name}: {shown}");
        assert!(!out.contains("no findings"), "{shown}");
    }
}

#[test]
fn depth_and_aliases_are_bounded() {
    for open in ["[", "{a: ", "- ", "? "] {
        expect(open.repeat(100_000).as_bytes(), 3, "too-deep");
        expect(format!("mlsystem: 1\nname: {}", open.repeat(100_000)).as_bytes(), 3, "");
    }
    let laughs: String = (1..10)
        .map(|level| format!("l{level}: &l{level} [{}]\n", vec![format!("*l{}", level - 1); 9].join(", ")))
        .collect();
    expect(format!("l0: &l0 [{}]\n{laughs}", ["lol"; 9].join(", ")).as_bytes(), 3, "too-many-aliases");
    expect(b"mlsystem: 1\nname: &a [*a]\n", 1, "recursive-alias");
}

#[test]
fn bytes_that_are_no_text_are_named() {
    expect(b"mlsystem: 1\nname: caf\xe9\n", 3, "not-utf-8");
    expect(b"\xff\xfem\0l\0", 3, "UTF-16");
    expect(b"\xc0\x80", 3, "not-utf-8");
    expect(b"mlsystem: 1\nname: a\0b\n", 3, "invalid-yaml");
    expect(b"mlsystem: 1\nname: a\x1b[31mb\n", 3, "invalid-yaml");
    expect(b"mlsystem: 1\nna\x1b]0;x\x07me: a\n", 3, "invalid-yaml");
    expect(&std::iter::repeat_n(0, 1_000_000).collect::<Vec<u8>>(), 3, "invalid-yaml");
    let noise: Vec<u8> = (0..100_000u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    expect(&noise, 3, "not-utf-8");
}

#[test]
fn what_a_terminal_would_act_upon_is_shown_and_not_sent() {
    // Escapes bring in what may not stand in the text itself.
    for evil in ["\u{202e}", "\\e[31m", "\\0", "\\x9b2J", "\\x07", "\\r", "\u{2066}", "\\u202e", "\\n::error::x", "\\b"]
    {
        for text in [
            format!("mlsystem: 1\nname: x\n\"evil{evil}\": 1\n"),
            format!("mlsystem: 1\nname: \"evil{evil}\"\nstage: \"evil{evil}\"\n"),
            format!("mlsystem: 1\nname: x\nreviewed: \"{evil}2026\"\nserving: {{latency: {{p99: \"9{evil}9\"}}}}\n"),
            format!(
                "mlsystem: 1\nname: x\nfeatures:\n  list:\n    \"a{evil}\": {{from: \"b{evil}\", freshness: \"{evil}\"}}\n"
            ),
            format!(
                "mlsystem: 1\nname: x\nwaivers: [{{check: \"{evil}\", until: 2027-01-01, reason: \"{evil}\", owner: \"{evil}\"}}]\n"
            ),
            format!("mlsystem: \"1{evil}\"\n"),
            format!("x: &a{evil} 1\ny: *b{evil}\n"),
        ] {
            survive(&text);
        }
        run(format!("mlsystem: 1\nname: \"evil{evil}\"\nstage: \"evil{evil}\"\n").as_bytes(), "pretty");
    }
}

/// A text with a secret next to what is wrong, parsed or not: no report shows it.
#[test]
fn secrets_are_shown_by_no_report() {
    let secrets = ["AKIAQ7EXAMPLEABCDEFG", "postgres://ranker:swordfish@db.internal/clicks"];
    for secret in secrets {
        for text in
            [format!("mlsystem: 1\nname: a\nnote: {secret}\n\tb: [\n"), format!("mlsystem: 1\nnaame: {secret}\n")]
        {
            for format in ["pretty", "concise", "json", "sarif", "github", "rdjson", "markdown"] {
                let output = run(text.as_bytes(), format);
                let shown = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                assert!(!shown.concat().is_empty(), "{format}");
                assert!(!shown.concat().contains(secret), "{format} shows {secret}");
            }
        }
    }
}
