//! Edits: whatever is typed, in whichever encoding, the server checks the text that the client has.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::lsp::agreement::told;
use crate::lsp::client::{Client, ordinary, place};
use crate::lsp::folder::project;

const PLACE: &str = "untitled:one";

/// Line and column of a character, counted from the start.
fn place_of(text: &[char], at: usize, encoding: &str) -> Value {
    let before: String = text[..at].iter().collect();
    let line = before.rsplit('\n').next().unwrap();
    let column = match encoding {
        "utf-8" => line.len(),
        "utf-16" => line.encode_utf16().count(),
        _ => line.chars().count(),
    };
    place(before.matches('\n').count(), column)
}

/// An edit: from where to where, as parts of the text, and what stands there instead.
type Edit = (f64, f64, String);

/// Makes the edits in a copy of the text, and tells the server of them, several at a time.
fn type_it(client: &mut Client, uri: &str, text: &str, edits: &[Edit], encoding: &str) -> (String, i64) {
    let mut text: Vec<char> = text.chars().collect();
    let mut version = 1;
    for several in edits.chunks(3) {
        let mut changes = Vec::new();
        for (from, length, new) in several {
            let from = (text.len() as f64 * from) as usize;
            let to = (from + (20.0 * length) as usize).min(text.len());
            let range = json!({ "start": place_of(&text, from, encoding), "end": place_of(&text, to, encoding) });
            changes.push(json!({ "range": range, "text": new }));
            text.splice(from..to, new.chars());
        }
        version += 1;
        client.change(uri, version, Value::Array(changes));
    }
    (text.into_iter().collect(), version)
}

fn compare(client: &mut Client, text: &str, edits: &[Edit], encoding: &str) {
    // What was sent for versions of an earlier text is not to be taken for what is sent for this one.
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (typed, fresh) = (format!("untitled:typed-{number}"), format!("untitled:fresh-{number}"));
    client.open(&typed, "mlsystem", text);
    let (text, version) = type_it(client, &typed, text, edits, encoding);
    let edited = client.diagnostics(&typed, version);
    client.open(&fresh, "mlsystem", &text);
    let at_once = client.diagnostics(&fresh, 1);
    client.close(&typed);
    client.close(&fresh);
    assert_eq!(told(&edited), told(&at_once), "{encoding}\n{text}");
}

#[test]
fn any_edits_lead_to_the_same_text() {
    let begin = std::fs::read_to_string(project("fixtures/minimal/mlsystem.yaml")).unwrap();
    let begin = format!("# 이탈 😀 é\n{begin}summary: \"å😀 z\" # ende\n");
    let typed = prop_oneof![
        Just("\n".to_owned()),
        Just(": ".to_owned()),
        Just("😀é".to_owned()),
        Just("\nserving: {pattern: online}\n".to_owned()),
        "[a-z:\\- \\n{}é😀]{0,12}",
    ];
    let edits = proptest::collection::vec((0.0..1.0_f64, 0.0..1.0_f64, typed), 1..9);
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut client = Client::start(None, ordinary(encoding));
        let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
        let client = std::cell::RefCell::new(&mut client);
        let result = runner.run(&edits, |edits| {
            compare(&mut client.borrow_mut(), &begin, &edits, encoding);
            Ok(())
        });
        result.unwrap();
    }
}

/// A letter at a time, as people type, the last state counts, and what is sent for it is of it.
#[test]
fn only_the_newest_text_is_told_of() {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.open(PLACE, "mlsystem", "mlsystem: 1\nname: a\n");
    let typed = "stage: production\nserving: {pattern: online}\n";
    for (index, letter) in typed.char_indices() {
        let at = place_of(
            &format!("mlsystem: 1\nname: a\n{}", &typed[..index]).chars().collect::<Vec<_>>(),
            20 + index,
            "utf-16",
        );
        let change = json!([{ "range": { "start": at, "end": at }, "text": letter.to_string() }]);
        client.change(PLACE, index as i64 + 2, change);
    }
    let version = typed.len() as i64 + 1;
    let found = client.diagnostics(PLACE, version);
    assert!(found.iter().any(|one| one["code"] == "no-latency-target"), "{found:#?}");
    // Nothing older comes behind it.
    client.ask("textDocument/foldingRange", json!({ "textDocument": { "uri": PLACE } }));
    let late = client.answer("textDocument/unknown", json!({}));
    assert!(late["error"].is_object());
}

#[test]
fn many_edits_take_no_more_memory() {
    let Some(before) = memory_after(200) else { return };
    let after = memory_after(1_000).unwrap();
    assert!(after < before + 8_000, "{before} kB after 200 edits, {after} kB after 1,000");
}

/// The memory that the server has after so many edits, in kB, where the system tells.
fn memory_after(edits: usize) -> Option<u64> {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.open(PLACE, "mlsystem", "mlsystem: 1\nname: a\nserving: {pattern: online}\n");
    for index in 0..edits {
        let range = json!({ "start": place(1, 6), "end": place(1, 7) });
        let text = if index % 2 == 0 { "b" } else { "c" };
        client.change(PLACE, index as i64 + 2, json!([{ "range": range, "text": text }]));
        if index % 20 == 0 {
            client.diagnostics(PLACE, index as i64 + 2);
        }
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", client.process())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
