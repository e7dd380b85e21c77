//! What an editor asks of a text, and what comes of it when it is done.

use std::path::Path;

use serde_json::{Value, json};

use crate::lsp::client::{Client, ordinary, place, uri};
use crate::lsp::folder::Folder;

const ETA: &str = "\
mlsystem: 1
name: eta
stage: production
owner: logistics-ml
models: {eta: {family: tree}}
consumers: [{ref: system:ranker}]
serving:
  pattern: online
  latency: {p99: 90ms}
";

const RANKER: &str =
    "mlsystem: 1\nname: ranker\nstage: production\nowner: ads-ml\ndepends_on: [{ref: model:eta/eta}]\n";

fn workspace() -> Folder {
    let folder = Folder::new();
    folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: [\"*.mlsystem.yaml\"]\n");
    folder.write("eta.mlsystem.yaml", ETA);
    folder.write("ranker.mlsystem.yaml", RANKER);
    folder
}

/// The place of the first letter of `what` in a text of plain letters.
fn at(text: &str, what: &str) -> Value {
    let offset = text.find(what).unwrap_or_else(|| panic!("no {what}"));
    let line = text[..offset].matches('\n').count();
    place(line, offset - text[..offset].rfind('\n').map_or(0, |at| at + 1))
}

/// A text after edits of the protocol, which count bytes here.
fn edited(text: &str, edits: &Value) -> String {
    let offset = |place: &Value| {
        let line = place["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + place["character"].as_u64().unwrap() as usize
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

/// The edits of one file in a change of a workspace, and the version that they are for.
fn edits_of(change: &Value, uri: &str) -> (Value, Value) {
    let all = change["documentChanges"].as_array().unwrap();
    let one = all.iter().find(|one| one["textDocument"]["uri"] == uri).unwrap_or_else(|| panic!("{uri}: {change}"));
    (one["edits"].clone(), one["textDocument"]["version"].clone())
}

fn opened(folder: &Path, name: &str, text: &str) -> (Client, String) {
    let mut client = Client::start(Some(folder), ordinary("utf-8"));
    let uri = uri(&folder.join(name));
    client.open(&uri, "yaml", text);
    client.diagnostics(&uri, 1);
    (client, uri)
}

#[test]
fn hover_says_what_a_field_means() {
    let folder = workspace();
    let (mut client, uri) = opened(&folder.0, "eta.mlsystem.yaml", ETA);
    let hover =
        client.ask("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": at(ETA, "pattern") }));
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("`online`"), "{hover}");
    assert_eq!(hover["range"]["start"], at(ETA, "pattern"));
}

#[test]
fn completion_offers_what_is_missing_and_is_accepted() {
    let text = format!("{ETA}  fall");
    let folder = workspace();
    let (mut client, uri) = opened(&folder.0, "eta.mlsystem.yaml", &text);
    let end = place(text.matches('\n').count(), 6);
    let list = client.ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": end }));
    let items = list["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["label"] == "fallback").unwrap_or_else(|| panic!("{list}"));
    let accepted = edited(&text, &json!([item["textEdit"]]));
    assert!(accepted.contains("\n  fallback:"), "{accepted}");
    let enumerated = client
        .ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": at(&text, "online") }));
    let labels: Vec<_> = enumerated["items"].as_array().unwrap().iter().map(|item| item["label"].as_str()).collect();
    assert!(labels.contains(&Some("batch")), "{labels:?}");
}

#[test]
fn a_rename_changes_every_manifest() {
    let folder = workspace();
    let (mut client, uri_of_eta) = opened(&folder.0, "eta.mlsystem.yaml", ETA);
    let uri_of_ranker = uri(&folder.path("ranker.mlsystem.yaml"));
    let here = json!({ "textDocument": { "uri": uri_of_eta }, "position": at(ETA, "ranker") });
    let prepared = client.ask("textDocument/prepareRename", here.clone());
    assert_eq!(prepared["placeholder"], "ranker", "{prepared}");
    let mut asked = here.clone();
    asked["newName"] = json!("sorter");
    let change = client.ask("textDocument/rename", asked.clone());
    let (edits, version) = edits_of(&change, &uri_of_eta);
    assert_eq!(version, 1, "an edit is for the version that it was made from");
    assert_eq!(edited(ETA, &edits), ETA.replace("ranker", "sorter"));
    let (edits, version) = edits_of(&change, &uri_of_ranker);
    assert!(version.is_null(), "the file is not open");
    assert_eq!(edited(RANKER, &edits), RANKER.replace("ranker", "sorter"));
    asked["newName"] = json!("eta");
    let refused = client.answer("textDocument/rename", asked);
    assert_eq!(refused["error"]["code"], -32803, "{refused}");
    let mut all = here.clone();
    all["context"] = json!({ "includeDeclaration": true });
    let places = client.ask("textDocument/references", all);
    assert_eq!(places.as_array().unwrap().len(), 2, "{places}");
    let definition = client.ask("textDocument/definition", here);
    assert_eq!(definition[0]["uri"], uri_of_ranker);
    assert_eq!(definition[0]["range"]["start"], at(RANKER, "ranker"));
}

#[test]
fn an_action_repairs_what_it_says() {
    let text = ETA.replace("serving:", "servin:");
    let folder = workspace();
    let mut client = Client::start(Some(&folder.0), ordinary("utf-8"));
    let uri = uri(&folder.path("eta.mlsystem.yaml"));
    client.open(&uri, "yaml", &text);
    let found = client.diagnostics(&uri, 1);
    let wrong = found.iter().find(|one| one["code"] == "unknown-key").unwrap_or_else(|| panic!("{found:#?}"));
    assert!(wrong["data"]["fingerprint"].as_str().unwrap().starts_with("v1:"));
    let asked = |only: Value| json!({ "textDocument": { "uri": uri }, "range": wrong["range"], "context": { "diagnostics": [wrong], "only": only } });
    let actions = client.ask("textDocument/codeAction", asked(json!(["quickfix"])));
    let fix = &actions[0];
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)), "{actions:#}");
    let (edits, _) = edits_of(&fix["edit"], &uri);
    assert_eq!(edited(&text, &edits), ETA);
    let all = client.ask("textDocument/codeAction", asked(json!(["source.fixAll"])));
    assert_eq!(all.as_array().unwrap().len(), 1, "{all:#}");
    assert_eq!(all[0]["kind"], "source.fixAll.mlsystem");
    let (edits, _) = edits_of(&all[0]["edit"], &uri);
    assert_eq!(edited(&text, &edits), ETA);
    // Made in the editor, the finding is gone.
    client.change(&uri, 2, json!([{ "text": edited(&text, &edits) }]));
    assert!(!client.diagnostics(&uri, 2).iter().any(|one| one["code"] == "unknown-key"));
}

#[test]
fn an_outline_is_offered_as_what_it_is() {
    let folder = workspace();
    let (mut client, uri) = opened(&folder.0, "eta.mlsystem.yaml", ETA);
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "mlsystem": { "for": "auditor" } } }));
    let at = at(ETA, "serving:");
    let asked = |only: Value| json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [], "only": only } });
    let actions = client.ask("textDocument/codeAction", asked(json!(["refactor"])));
    let outline = actions.as_array().unwrap().iter().find(|one| one["title"] == "outline `serving.fallback`");
    let outline = outline.unwrap_or_else(|| panic!("{actions:#}")).clone();
    assert_eq!(outline["kind"], "refactor.outline.mlsystem");
    let (edits, _) = edits_of(&outline["edit"], &uri);
    let outlined = edited(ETA, &edits);
    assert!(outlined.contains("\n  fallback:\n    to: ") && outlined.contains("# ? "), "{outlined}");
    // It decides nothing, so that the finding stays.
    client.change(&uri, 2, json!([{ "text": outlined }]));
    assert!(client.diagnostics(&uri, 2).iter().any(|one| one["code"] == "no-fallback"));
    let fixes = client.ask("textDocument/codeAction", asked(json!(["quickfix"])));
    assert!(
        fixes.as_array().unwrap().iter().all(|one| !one["title"].as_str().unwrap().starts_with("add ")),
        "{fixes:#}"
    );
}

/// Inside a draft, hovers say what its fields mean, and that it counts as not written.
#[test]
fn a_draft_is_said_to_be_one() {
    let draft = ETA.replace("serving:", "serving:  # draft");
    let folder = workspace();
    let (mut client, uri) = opened(&folder.0, "eta.mlsystem.yaml", &draft);
    let at = at(&draft, "pattern");
    let hover = client.ask("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": at }));
    let words = hover["contents"]["value"].as_str().unwrap();
    assert!(words.contains("A draft: it counts as not written") && words.contains("serving.pattern"), "{words}");
}

#[test]
fn a_waiver_is_written_and_wants_its_reason() {
    let folder = workspace();
    let (mut client, uri) = opened(&folder.0, "eta.mlsystem.yaml", ETA);
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "mlsystem": { "for": "auditor" } } }));
    let at = at(ETA, "serving:");
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } }),
    );
    let waive = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["title"].as_str().unwrap().starts_with("waive `no-fallback`"));
    let (edits, _) = edits_of(&waive.unwrap_or_else(|| panic!("{actions:#}"))["edit"], &uri);
    let waived = edited(ETA, &edits);
    assert!(waived.starts_with(ETA) && waived.contains("owner: logistics-ml\n    until: 2026-12-24"), "{waived}");
    client.change(&uri, 2, json!([{ "text": waived }]));
    let found = client.diagnostics(&uri, 2);
    assert!(found.iter().any(|one| one["code"] == "waiver-without-reason"), "{found:#?}");
    client.change(&uri, 3, json!([{ "text": waived.replace("TODO", "the page hides the box") }]));
    let found = client.diagnostics(&uri, 3);
    assert!(!found.iter().any(|one| one["code"] == "no-fallback" || one["code"] == "waiver-without-reason"));
}

#[test]
fn an_idle_waiver_is_shown_as_such() {
    let idle = format!(
        "{ETA}  fallback: most popular items\nwaivers:\n  - {{check: no-fallback, reason: the page hides it, owner: ads-ml, until: 2027-01-31}}\n"
    );
    let folder = workspace();
    let mut client = Client::start(Some(&folder.0), ordinary("utf-8"));
    let uri = uri(&folder.path("eta.mlsystem.yaml"));
    client.open(&uri, "yaml", &idle);
    let found = client.diagnostics(&uri, 1);
    let tagged: Vec<_> = found.iter().filter(|one| one["tags"] == json!([1])).map(|one| &one["code"]).collect();
    assert_eq!(tagged, ["waiver-matches-nothing"], "{found:#?}");
}

#[test]
fn the_outline_of_a_text() {
    let folder = workspace();
    let (mut client, uri) = opened(&folder.0, "eta.mlsystem.yaml", ETA);
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = client.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<_> = symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"serving") && names.contains(&"models"), "{names:?}");
    let folds = client.ask("textDocument/foldingRange", document);
    assert!(folds.as_array().unwrap().iter().any(|fold| fold["startLine"] == 6 && fold["endLine"] == 8), "{folds}");
    let around = client
        .ask("textDocument/selectionRange", json!({ "textDocument": { "uri": uri }, "positions": [at(ETA, "90ms")] }));
    assert_eq!(around[0]["range"]["start"], at(ETA, "90ms"));
    assert!(around[0]["parent"]["parent"].is_object());
    let whole = json!({ "start": place(0, 0), "end": place(99, 0) });
    let hints = client.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": whole }));
    assert!(hints.is_array());
    let links = client.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri } }));
    assert!(links.is_array());
}
