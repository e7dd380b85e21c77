//! What is said of text that is no YAML: `tests/data/not-yaml.txt` shows each slip with the words for it.

use std::fmt::Write as _;
use std::path::Path;

use mlsystem::finding::Label;

use super::read;

/// Between the slip and the words for it, and between one slip and the next.
const WORDS: &str = "\n----\n";
const NEXT: &str = "====\n";

/// Rewrite the file with `UPDATE_WORDS=1 cargo test tree::words`, then read what changed.
#[test]
fn every_slip_has_its_words_and_its_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/not-yaml.txt");
    let written = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for case in written.split(NEXT).filter(|case| !case.is_empty()) {
        let (slip, _) = case.split_once(WORDS).unwrap();
        let text = slip.replace("\\t", "\t").replace("\\0", "\0").replace("\\r", "\r").replace("\\uFEFF", "\u{feff}");
        write!(found, "{slip}{WORDS}{}{NEXT}", words(&text)).unwrap();
    }
    if std::env::var_os("UPDATE_WORDS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, written);
}

fn words(text: &str) -> String {
    let parsed = read(text);
    let [finding] = parsed.findings.as_slice() else { panic!("{text:?} has {} findings", parsed.findings.len()) };
    assert!(parsed.tree.is_none() && finding.name == "invalid-yaml", "{text:?} is YAML");
    let message = &finding.message;
    assert!(message.chars().count() < 60 && message.starts_with(|char: char| !char.is_uppercase()), "{message}");
    let place = |label: &Label| {
        let start = label.span.start as usize;
        let line = text[..start].matches(['\n', '\r']).count() + 1;
        format!("line {line}, {:?}: {}", label.source.slice(label.span), label.text)
    };
    let mut out = format!("{message}\nat {}\n", place(&finding.primary).trim_end_matches([':', ' ']));
    for label in &finding.labels {
        writeln!(out, "see {}", place(label)).unwrap();
    }
    writeln!(out, "help: {}", finding.help.as_deref().unwrap()).unwrap();
    out
}
