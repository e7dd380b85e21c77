//! How a conversation begins, goes wrong and ends.

use std::process::Command;

use serde_json::{Value, json};

use crate::lsp::client::{Client, ordinary};

const TEXT: &str = "mlsystem: 1\nname: a\nstage: production\nserving: {pattern: online}\n";

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap()
}

#[test]
fn nothing_is_answered_before_the_client_says_who_it_is() {
    let mut client = Client::silent();
    assert_eq!(code(&client.answer("textDocument/hover", json!({}))), -32002);
    client.open("untitled:a", "mlsystem", TEXT);
    client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(code(&client.answer("initialize", json!({ "capabilities": {} }))), -32600);
    assert_eq!(client.goodbye(), Some(0));
}

#[test]
fn utf_16_is_what_is_counted_unless_something_else_is_offered() {
    let mut client = Client::silent();
    let offered = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(offered["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(offered["serverInfo"]["name"], "mlsystem");
    let client = Client::start(None, ordinary("utf-8"));
    assert_eq!(client.offered["capabilities"]["positionEncoding"], "utf-8");
}

#[test]
fn after_goodbye_nothing_is_answered() {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.ask("shutdown", Value::Null);
    assert_eq!(code(&client.answer("textDocument/hover", json!({}))), -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.ended(), Some(0));
}

#[test]
fn going_without_goodbye_is_an_error() {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.tell("exit", Value::Null);
    assert_eq!(client.ended(), Some(1));
    assert_eq!(Client::start(None, ordinary("utf-16")).vanish(), Some(1));
    assert_eq!(Client::silent().vanish(), Some(1));
    let mut client = Client::start(None, ordinary("utf-16"));
    client.ask("shutdown", Value::Null);
    assert_eq!(client.vanish(), Some(0), "the client had said that it would go");
}

#[test]
fn what_is_malformed_is_answered_and_survived() {
    let mut client = Client::start(None, ordinary("utf-16"));
    for (bytes, wanted) in [
        ("Content-Length: 5\r\n\r\n{oops", -32700),
        ("Content-Length: 2\r\n\r\n[]", -32600),
        ("Content-Length: many\r\n\r\n", -32700),
        ("Hello: there\r\n\r\n", -32700),
        ("Content-Length: 1000000000000\r\n\r\n", -32600),
        ("Content-Length: 17\r\n\r\n{\"jsonrpc\":\"2.0\"}", -32600),
    ] {
        client.raw(bytes.as_bytes());
        let said = client.wait(|message| message["id"].is_null() && message["error"].is_object());
        assert_eq!(code(&said), wanted, "{bytes}");
    }
    assert_eq!(code(&client.answer("textDocument/dance", json!({}))), -32601);
    assert_eq!(code(&client.answer("textDocument/hover", json!({ "textDocument": 3 }))), -32602);
    assert_eq!(code(&client.answer("textDocument/codeAction", json!([1, 2]))), -32602);
    for (method, params) in [
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "untitled:nobody", "version": 3 }, "contentChanges": [] }),
        ),
        ("textDocument/didChange", json!("x")),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:nobody" } })),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "::: no address", "languageId": "", "version": 1, "text": "" } }),
        ),
        ("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": "untitled:x", "type": 9 }] })),
        ("$/whatever", json!(null)),
    ] {
        client.tell(method, params);
    }
    client.open("untitled:a", "mlsystem", TEXT);
    let far = json!([{ "range": { "start": { "line": 99, "character": 99 }, "end": { "line": 1, "character": 4 } }, "text": "b" }]);
    client.change("untitled:a", 2, far);
    client.diagnostics("untitled:a", 2);
    assert_eq!(client.goodbye(), Some(0));
}

#[test]
fn other_ways_to_speak_are_refused() {
    for argument in ["--node-ipc", "--socket=1", "--pipe=x"] {
        let run = Command::new(env!("CARGO_BIN_EXE_mlsystem")).args(["lsp", argument]).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{argument}");
        assert!(
            run.stdout.is_empty()
                && String::from_utf8(run.stderr).unwrap().contains(argument.split('=').next().unwrap()),
            "{argument}"
        );
    }
}

#[test]
fn wrong_settings_are_told_of_and_left_aside() {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.open("untitled:a", "mlsystem", TEXT);
    let found = client.diagnostics("untitled:a", 1);
    assert!(found.iter().any(|one| one["code"] == "no-latency-target"));
    client.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "mlsystem": { "level": { "no-latency-target": "bad" } } } }),
    );
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("`bad` is not a level"), "{said}");
    client.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "mlsystem": { "level": { "no-latency-target": "off" } } } }),
    );
    let found =
        client.diagnostics_when("untitled:a", |found| !found.iter().any(|one| one["code"] == "no-latency-target"));
    assert!(!found.is_empty());
}

#[test]
fn the_author_is_told_unless_the_settings_name_another_reader() {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.open("untitled:a", "mlsystem", TEXT);
    let has = |found: &[Value]| found.iter().any(|one| one["code"] == "no-fallback");
    assert!(!has(&client.diagnostics("untitled:a", 1)));
    for reader in ["auditor", "reviewer"] {
        let settings = json!({ "settings": { "mlsystem": { "for": reader } } });
        client.tell("workspace/didChangeConfiguration", settings);
        assert!(!client.diagnostics_when("untitled:a", |found| has(found)).is_empty());
    }
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "mlsystem": { "for": "everybody" } } }));
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("`everybody` is not a reader"), "{said}");
}
