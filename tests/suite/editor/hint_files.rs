//! Hints are declared in `lints/hints.yaml`, and what is wrong there is said with its place.

use mlsystem::arena::Arena;
use mlsystem::built_in;
use mlsystem::expression::Conditions;
use mlsystem::lint::Library;
use mlsystem::source::{ColumnUnit, Source};

/// What is wrong with a file of hints: the line, what is written there, and the message.
fn wrong(text: &str) -> Vec<String> {
    let arena = Arena::new();
    let conditions = Conditions::given(built_in::COMPILED_CONDITIONS);
    let library = Library::read(&arena, &built_in::MANIFEST, conditions, built_in::TABLES, &[], &[]).unwrap();
    let findings = library.hints(&built_in::MANIFEST, &[Source::new("hints.yaml", text)]).err().unwrap_or_default();
    let line = |finding: &mlsystem::finding::Finding| {
        let (source, span) = (&finding.primary.source, finding.primary.span);
        let line = source.position(span.start as usize, ColumnUnit::CodePoints).line;
        format!("{line} {}: {}", source.slice(span), finding.message)
    };
    findings.iter().map(line).collect()
}

#[test]
fn those_of_the_program_are_right() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/lints/hints.yaml")).unwrap();
    assert_eq!(wrong(&text), [""; 0]);
    assert_eq!(built_in::HINTS.len(), 15);
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let whole = "{text: down, tooltip: x}";
    for (text, place) in [
        (format!("serving.availabilty: {whole}\n"), "1 availabilty"),
        (format!("1 + 2: {whole}\n"), "1 1 + 2"),
        ("serving.rows: {text: \"take {serving.rwos}\", tooltip: x}\n".to_owned(), "1 rwos"),
        ("serving.rows: {text: \"take {serving.rows\", tooltip: x}\n".to_owned(), "1 {serving.rows"),
        ("serving.rows:\n  when: serving.rows\n  text: x\n  tooltip: x\n".to_owned(), "2 serving.rows"),
        ("serving.rows:\n  let: {a: nothing}\n  text: x\n  tooltip: x\n".to_owned(), "2 nothing"),
        ("serving.rows:\n  words: [a]\n  text: x\n  tooltip: x\n".to_owned(), "2 words"),
        ("serving.rows: {text: x}\n".to_owned(), "1 {text: x}"),
        (format!("serving.latency.$: {whole}\n"), "1 serving.latency.$"),
        ("serving.rows: {each: [p50], text: x, tooltip: x}\n".to_owned(), "1 serving.rows"),
        ("serving.latency.$: {each: [p51], text: x, tooltip: x}\n".to_owned(), "1 serving.latency.$"),
        ("serving.rows: [\n".to_owned(), "1 "),
    ] {
        let found = wrong(&text);
        assert!(found.iter().any(|one| one.starts_with(place)), "{text}: {found:#?}");
    }
}
