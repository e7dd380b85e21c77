//! A large workspace and a client that never stops talking: nothing waits for ever, and nothing is worked out in vain.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::lsp::client::{Client, ordinary, pulling, uri};
use crate::lsp::folder::Folder;

const HOUSE: &str = "mlsystem-workspace: 1\nsystems: [\"*/mlsystem.yaml\"]\n";

/// A workspace of so many manifests, each of which reads of the one before.
fn workspace(count: usize) -> Folder {
    let folder = Folder::new();
    folder.write("mlsystem-workspace.yaml", HOUSE);
    for number in 0..count {
        folder.write(&format!("s{number}/mlsystem.yaml"), &manifest(number));
    }
    folder
}

fn manifest(number: usize) -> String {
    let before = number.saturating_sub(1);
    format!(
        "mlsystem: 1\nname: s{number}\nstage: production\nmodels: {{m: {{family: tree}}}}\n\
         depends_on: [{{ref: model:s{before}/m}}]\n"
    )
}

fn everything() -> Value {
    json!({ "previousResultIds": [] })
}

#[test]
fn parts_are_sent_as_they_are_found_where_the_client_wants_that() {
    let folder = workspace(40);
    let mut client = Client::start(Some(&folder.0), pulling("utf-16"));
    let whole = client.ask("workspace/diagnostic", everything());
    let whole = whole["items"].as_array().unwrap().clone();
    assert_eq!(whole.len(), 40);
    let answer = client.ask("workspace/diagnostic", json!({ "previousResultIds": [], "partialResultToken": "t" }));
    assert_eq!(answer["items"], json!([]), "everything was sent before");
    let mut parts = Vec::new();
    let mut found = Vec::new();
    while found.len() < whole.len() {
        let part = client.wait(|message| message["method"] == "$/progress");
        assert_eq!(part["params"]["token"], "t");
        parts.push(part["params"]["value"]["items"].as_array().unwrap().len());
        found.extend(part["params"]["value"]["items"].as_array().unwrap().clone());
    }
    assert_eq!(found, whole);
    assert!(parts.len() > 2, "{parts:?}");
}

#[test]
fn other_questions_are_answered_between_two_parts_and_it_can_be_withdrawn() {
    let folder = workspace(200);
    let mut client = Client::start(Some(&folder.0), pulling("utf-16"));
    let one = uri(&folder.path("s7/mlsystem.yaml"));
    client.open(&one, "yaml", &manifest(7));
    client.begin("all", "workspace/diagnostic", everything());
    client.begin(
        "hover",
        "textDocument/hover",
        json!({ "textDocument": { "uri": one }, "position": { "line": 2, "character": 2 } }),
    );
    let first = client.wait(|message| message["id"].is_string());
    assert_eq!(first["id"], "hover", "{first}");
    client.tell("$/cancelRequest", json!({ "id": "all" }));
    let withdrawn = client.wait(|message| message["id"] == "all");
    assert_eq!(withdrawn["error"]["code"], -32800, "{withdrawn}");
    // Another one is answered as if nothing had been.
    let whole = client.ask("workspace/diagnostic", everything());
    assert_eq!(whole["items"].as_array().unwrap().len(), 200);
    client.begin("all again", "workspace/diagnostic", everything());
    assert_eq!(client.goodbye(), Some(0));
}

/// Messages without end, faster than they can be worked on.
#[test]
fn a_flood_of_messages_starves_no_check() {
    let folder = workspace(3);
    let mut capabilities = ordinary("utf-16");
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::start(Some(&folder.0), capabilities);
    let (one, other) = (uri(&folder.path("s1/mlsystem.yaml")), uri(&folder.path("s2/mlsystem.yaml")));
    client.open(&one, "yaml", &manifest(1));
    client.open(&other, "yaml", &manifest(2));
    client.diagnostics(&one, 1);
    client.diagnostics(&other, 1);
    // The metrics of a run, which evidence may lie in, are written all the time; one edit must be checked in spite of it.
    client.change(&other, 2, json!([{ "text": manifest(2).replace("s1/m", "s1/other") }]));
    let change = json!({ "uri": uri(&folder.path("s1/metrics.json")), "type": 2 });
    let flood =
        json!({ "jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": { "changes": [change] } });
    let flood = flood.to_string();
    let flood = format!("Content-Length: {}\r\n\r\n{flood}", flood.len()).repeat(50);
    let begun = Instant::now();
    while !client
        .arrived(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == 2)
    {
        assert!(begun.elapsed() < Duration::from_secs(60), "the edit was not checked");
        client.raw(flood.as_bytes());
    }
    let found = client.diagnostics(&other, 2);
    assert!(found.iter().any(|one| one["code"] == "undefined-reference"), "{found:#?}");
}

/// What is read is watched, and nothing else; and what a manifest names, as soon as it names it.
#[test]
fn what_is_read_is_watched() {
    let folder = workspace(2);
    let mut capabilities = ordinary("utf-16");
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::start(Some(&folder.0), capabilities);
    let registered = |message: &Value| -> Option<Vec<String>> {
        let registration = &message["params"]["registrations"][0];
        let watchers = registration["registerOptions"]["watchers"].as_array()?;
        Some(watchers.iter().map(|one| one["globPattern"].as_str().unwrap().to_owned()).collect())
    };
    let first = client.wait(|message| registered(message).is_some());
    let patterns = registered(&first).unwrap();
    assert!(!patterns.iter().any(|pattern| pattern == "**/*" || pattern == "**"), "{patterns:?}");
    for wanted in ["**/*.yaml", "**/*.yml", "**/.dvc/config", "**/.gitignore"] {
        assert!(patterns.iter().any(|pattern| pattern == wanted), "{wanted}: {patterns:?}");
    }
    let one = uri(&folder.path("s1/mlsystem.yaml"));
    let text =
        format!("{}code: src/train.py\n", manifest(1)).replace("family: tree", "family: tree, code: src/train.py");
    let text = text.replace("code: src/train.py\n", "");
    client.open(&one, "yaml", &text);
    let second = client.wait(|message| registered(message).is_some());
    let wanted = format!("{}/s1/src/train.py", folder.0.to_str().unwrap());
    assert!(registered(&second).unwrap().contains(&wanted), "{second}");
    let gone = client.wait(|message| message["method"] == "client/unregisterCapability");
    assert_eq!(gone["params"]["unregisterations"][0]["id"], first["params"]["registrations"][0]["id"]);
    assert!(!client.diagnostics(&one, 1).is_empty());
}
