//! Actions whose edits are worked out when they are chosen.

use serde_json::{Value, json};

use crate::lsp::client::{Client, ordinary, uri};
use crate::lsp::folder::Folder;

const TEXT: &str = "mlsystem: 1\nname: eta\nstage: production\nservin: {pattern: online}\n";

/// A client that asks for edits later.
fn later() -> Value {
    let mut capabilities = ordinary("utf-8");
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({ "properties": ["edit"] });
    capabilities
}

fn opened(capabilities: Value) -> (Folder, Client, String, Vec<Value>) {
    let folder = Folder::new();
    let uri = uri(&folder.write("mlsystem.yaml", TEXT));
    let mut client = Client::start(Some(&folder.0), capabilities);
    client.open(&uri, "yaml", TEXT);
    let found = client.diagnostics(&uri, 1);
    (folder, client, uri, found)
}

/// The actions for one finding, and those for the text as a whole.
fn actions(client: &mut Client, uri: &str, finding: &Value) -> Vec<Value> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let asked = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [finding] } });
    client.ask("textDocument/codeAction", asked).as_array().unwrap().clone()
}

/// Of an action, what does not depend on when its edit is worked out.
fn said(action: &Value) -> String {
    let finding = &action["diagnostics"][0]["data"]["fingerprint"];
    format!("{} {} {} {finding}", action["title"], action["kind"], action["isPreferred"])
}

#[test]
fn an_action_that_is_chosen_has_the_edit_that_it_would_have_had_at_once() {
    let (_one, mut eager, uri, found) = opened(ordinary("utf-8"));
    let (_other, mut lazy, lazy_uri, _) = opened(later());
    assert_eq!(lazy.offered["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    assert!(eager.offered["capabilities"]["codeActionProvider"]["resolveProvider"].is_null());
    // One finding at a time: of several, only the first is sure to be worked on to its end.
    let (mut at_once, mut offered) = (Vec::new(), Vec::new());
    for finding in found.iter().take(5) {
        at_once.extend(actions(&mut eager, &uri, finding));
        offered.extend(actions(&mut lazy, &lazy_uri, finding));
    }
    assert!(at_once.len() > 5, "{at_once:#?}");
    assert!(at_once.iter().all(|action| action["edit"].is_object() && action["data"].is_null()));
    assert!(offered.iter().all(|action| action["edit"].is_null()), "titles cost nothing");
    let mut given = 0;
    for action in &offered {
        let wanted = at_once.iter().find(|one| said(one) == said(action));
        let answer = lazy.answer("codeAction/resolve", action.clone());
        let Some(wanted) = wanted else {
            // Of what is offered untried, some would not do what it says: that is refused when it is chosen.
            assert_eq!(answer["error"]["code"], -32803, "{answer:#}");
            continue;
        };
        let edits = &answer["result"]["edit"]["documentChanges"][0];
        assert_eq!(edits["textDocument"], json!({ "uri": lazy_uri, "version": 1 }), "{answer:#}");
        assert_eq!(edits["edits"], wanted["edit"]["documentChanges"][0]["edits"], "{action:#}");
        given += 1;
    }
    assert!(given > 5, "{given}");
    let missing = at_once.iter().find(|one| !offered.iter().any(|action| said(action) == said(one)));
    assert_eq!(missing, None);
}

#[test]
fn an_action_of_an_earlier_text_is_not_made() {
    let (_folder, mut client, uri, found) = opened(later());
    let first = actions(&mut client, &uri, &found[0]).remove(0);
    client.change(&uri, 2, json!([{ "text": format!("\n{TEXT}") }]));
    assert_eq!(client.answer("codeAction/resolve", first)["error"]["code"], -32801);
    let strange = json!({ "title": "x", "data": { "uri": uri } });
    assert_eq!(client.answer("codeAction/resolve", strange)["error"]["code"], -32602);
    assert_eq!(client.ask("codeAction/resolve", json!({ "title": "x" }))["title"], "x");
}
