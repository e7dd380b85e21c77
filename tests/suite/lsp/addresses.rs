//! Addresses as clients write them, whether RFC 3986 allows it or not, and notifications that make no sense.

use serde_json::{Value, json};

use crate::lsp::client::{Client, ordinary, pulling};
use crate::lsp::folder::Folder;

const TEXT: &str = "mlsystem: 1\nname: x\nstage: research\nregions: [xx]\n";
const HOUSE: &str = "mlsystem-workspace: 1\nsystems: [\"*/mlsystem.yaml\"]\n";
const GIVES: &str = "mlsystem: 1\nname: a-sys\nstage: research\ntask: {type: classification, output: score}\n";
const TAKES: &str = "mlsystem: 1\nname: b-sys\nstage: research\ndepends_on:\n  - {ref: output:a-sys/score}\n";

/// Parts of a path that clients are known to leave as they are.
const STRANGE: [&str; 9] = ["[id]", "a b", "日本", "{x}", "a^b", "a|b", "a`b", "a\\b", "%zz"];

/// The address of a file of the folder, not encoded.
fn raw(folder: &Folder, name: &str) -> String {
    format!("file://{}/{name}", folder.0.to_str().unwrap())
}

fn logged(client: &mut Client) -> String {
    let log = client.wait(|message| message["method"] == "window/logMessage");
    log["params"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_client_that_encodes_nothing_is_served_in_its_own_spelling() {
    let folder = Folder::new();
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    for part in STRANGE {
        let uri = raw(&folder, &format!("{part}/mlsystem.yaml"));
        client.open(&uri, "yaml", TEXT);
        let found = client.diagnostics(&uri, 1);
        assert!(!found.is_empty(), "{part}");
        let hover = json!({ "textDocument": { "uri": uri }, "position": { "line": 2, "character": 1 } });
        assert!(client.ask("textDocument/hover", hover)["contents"].is_object(), "{part}");
        let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 6 } });
        let definition = client.ask("textDocument/definition", place.clone());
        assert!(definition.as_array().unwrap().iter().all(|one| one["uri"] == uri.as_str()), "{definition}");
        let mut rename = place;
        rename["newName"] = json!("other");
        let renamed = client.ask("textDocument/rename", rename);
        assert_eq!(renamed["documentChanges"][0]["textDocument"]["uri"], uri.as_str(), "{renamed}");
        let strange = |found: &[Value]| found.iter().any(|one| one["message"].as_str().unwrap().contains("`xx`"));
        assert!(strange(&found), "{part}: {found:#?}");
        client.change(&uri, 2, json!([{ "text": TEXT.replace("xx", "eu-central-1") }]));
        assert!(!strange(&client.diagnostics(&uri, 2)), "{part}");
        client.close(&uri);
        client.diagnostics_when(&uri, |found| found.is_empty());
    }
    assert_eq!(client.goodbye(), Some(0));
}

#[test]
fn edits_by_address_have_the_spelling_of_the_client() {
    let folder = Folder::new();
    let mut capabilities = ordinary("utf-16");
    capabilities["workspace"]["workspaceEdit"] = json!({});
    let mut client = Client::start(Some(&folder.0), capabilities);
    let uri = raw(&folder, "[id]/mlsystem.yaml");
    client.open(&uri, "yaml", TEXT);
    let place = json!({ "line": 1, "character": 6 });
    let asked = json!({ "textDocument": { "uri": uri }, "position": place, "newName": "other" });
    let renamed = client.ask("textDocument/rename", asked);
    assert!(renamed["changes"][&uri].is_array(), "{renamed}");
}

#[test]
fn folders_are_understood_as_well() {
    let folder = Folder::new();
    folder.write("[client]/mlsystem.yaml", TEXT);
    let root = raw(&folder, "[client]");
    for params in [
        json!({ "rootUri": root, "capabilities": pulling("utf-16") }),
        json!({ "workspaceFolders": [{ "uri": root, "name": "a" }], "capabilities": pulling("utf-16") }),
    ] {
        let mut client = Client::silent();
        client.ask("initialize", params);
        let report = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
        let found = report["items"].as_array().unwrap();
        assert_eq!(found.len(), 1, "{report}");
        assert_eq!(found[0]["uri"], format!("{root}/mlsystem.yaml"));
        assert_eq!(client.goodbye(), Some(0));
    }
}

#[test]
fn a_folder_without_an_address_is_logged_and_left_aside() {
    let folder = Folder::new();
    folder.write("a/mlsystem.yaml", TEXT);
    let mut client = Client::silent();
    let folders = json!([{ "uri": "::: none", "name": "n" }, { "uri": raw(&folder, "a"), "name": "a" }]);
    client.ask("initialize", json!({ "workspaceFolders": folders, "capabilities": pulling("utf-16") }));
    assert!(logged(&mut client).contains("`::: none` is not an address"));
    let report = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(report["items"].as_array().unwrap().len(), 1, "{report}");
    client.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "removed": [], "added": [{ "uri": "::: b" }] } }),
    );
    assert!(logged(&mut client).starts_with("workspace/didChangeWorkspaceFolders: 1 of 1 items"));
}

#[test]
fn one_strange_address_does_not_hide_the_others_of_its_batch() {
    for strange in ["web/[slug]/page.tsx", "web/%zz", "\u{7}"] {
        let folder = Folder::new();
        folder.write("mlsystem-workspace.yaml", HOUSE);
        folder.write("a/mlsystem.yaml", GIVES);
        let takes = raw(&folder, "b/mlsystem.yaml");
        folder.write("b/mlsystem.yaml", TAKES);
        let mut capabilities = ordinary("utf-16");
        capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
        let mut client = Client::start(Some(&folder.0), capabilities);
        client.open(&takes, "yaml", TAKES);
        let undefined = |found: &[Value]| found.iter().any(|one| one["code"] == "undefined-reference");
        assert!(!undefined(&client.diagnostics(&takes, 1)));
        std::fs::remove_dir_all(folder.path("a")).unwrap();
        let changes = json!([
            { "uri": raw(&folder, strange), "type": 2 },
            { "uri": "::: none", "type": 3 },
            { "uri": raw(&folder, "a/mlsystem.yaml"), "type": 3 },
        ]);
        client.tell("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
        client.diagnostics_when(&takes, undefined);
        assert_eq!(
            logged(&mut client),
            "workspace/didChangeWatchedFiles: 1 of 3 items have no address that can be read"
        );
    }
}

#[test]
fn a_notification_that_cannot_be_read_is_logged() {
    let mut client = Client::start(None, ordinary("utf-16"));
    client.tell("textDocument/didChange", json!("x"));
    assert!(logged(&mut client).starts_with("textDocument/didChange cannot be read: "));
    let nowhere = json!({ "uri": "::: none", "languageId": "", "version": 1, "text": "" });
    client.tell("textDocument/didOpen", json!({ "textDocument": nowhere }));
    assert!(logged(&mut client).starts_with("textDocument/didOpen cannot be read: "));
    assert_eq!(client.goodbye(), Some(0));
}

#[test]
fn settings_of_the_same_name_are_no_manifest() {
    let folder = Folder::new();
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    let values = raw(&folder, "values.yaml");
    for text in ["mlsystem:\n  enabled: true\n", "image:\n  tag: 1\nmlsystem: {enabled: true}\n"] {
        client.open(&values, "yaml", text);
        let own = raw(&folder, "mlsystem.yaml");
        client.open(&own, "yaml", TEXT);
        client.diagnostics(&own, 1);
        // The other text was looked at before.
        client.change(&own, 2, json!([{ "text": format!("{TEXT}\n") }]));
        client.diagnostics(&own, 2);
        assert!(!client.has_sent(&values), "{text}");
        client.close(&own);
        client.close(&values);
    }
}
