//! What the client can do, as far as it matters here.

use lsp_types::{ClientCapabilities, InitializeParams};

use super::position::Encoding;
use crate::address::Address;

/// What the client can do.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    /// What its columns count.
    pub encoding: Encoding,
    /// Whether it asks for diagnostics. They are then not sent unasked, since it would show them twice.
    pub pulls: bool,
    /// Whether it asks for diagnostics again when told to.
    pub refreshes_diagnostics: bool,
    /// Whether it asks for inlay hints again when told to.
    pub refreshes_hints: bool,
    /// Whether a diagnostic may point at several places.
    pub related: bool,
    /// Whether a diagnostic may have a link.
    pub links: bool,
    /// Where the pages are that it may be shown.
    pub address: Option<Address>,
    /// Whether code actions may be more than commands.
    pub actions: bool,
    /// Whether it asks for the edits of a code action when that is chosen.
    pub resolves: bool,
    /// Whether an edit may say which version of the text it is for.
    pub versions: bool,
    /// Whether it watches files when it is asked to.
    pub watches: bool,
    /// Whether it can be asked for settings.
    pub settings: bool,
    /// Whether symbols may lie in each other.
    pub nested_symbols: bool,
    /// Whether it opens pages of the web when asked to.
    pub shows_pages: bool,
    /// Whether it asks first whether something can be renamed.
    pub prepares_renames: bool,
    /// Whether it takes the command that asks it to complete again.
    pub suggests_again: bool,
    /// Whether text that is inserted may have a place for the cursor.
    pub snippets: bool,
}

impl Client {
    /// What a client says of itself. What it does not say, it cannot do.
    pub fn new(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, .. } = &params.capabilities;
        let (workspace, text) = (workspace.as_ref(), text_document.as_ref());
        let offered = general.as_ref().and_then(|general| general.position_encodings.clone()).unwrap_or_default();
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let action = text.and_then(|text| text.code_action.as_ref());
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watch = workspace.and_then(|workspace| workspace.did_change_watched_files);
        let symbol = text.and_then(|text| text.document_symbol.as_ref());
        let item = text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref());
        let rename = text.and_then(|text| text.rename.as_ref());
        let refresh = workspace.and_then(|workspace| workspace.diagnostic.as_ref());
        let hints = workspace.and_then(|workspace| workspace.inlay_hint.as_ref());
        Self {
            encoding: Encoding::negotiated(&offered),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes_diagnostics: refresh.and_then(|refresh| refresh.refresh_support).unwrap_or(false),
            refreshes_hints: hints.and_then(|hints| hints.refresh_support).unwrap_or(false),
            related: published.and_then(|published| published.related_information).unwrap_or(false),
            links: published.and_then(|published| published.code_description_support).unwrap_or(false),
            address: Address::of_project(),
            actions: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            resolves: action.is_some_and(|action| {
                let later =
                    action.resolve_support.as_ref().is_some_and(|later| later.properties.contains(&"edit".into()));
                later && action.data_support == Some(true)
            }),
            versions: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            watches: watch.and_then(|watch| watch.dynamic_registration).unwrap_or(false),
            settings: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            nested_symbols: symbol.and_then(|symbol| symbol.hierarchical_document_symbol_support).unwrap_or(false),
            shows_pages: window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            prepares_renames: rename.and_then(|rename| rename.prepare_support).unwrap_or(false),
            // There is no word for it in the protocol; the extension says so when it starts the server.
            suggests_again: params
                .initialization_options
                .as_ref()
                .is_some_and(|options| options["suggestsAgain"] == true),
            snippets: item.and_then(|item| item.snippet_support).unwrap_or(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use lsp_server::Message;
    use lsp_types::{CodeActionOrCommand, TextDocumentItem};
    use serde_json::{Value, json};

    use super::*;
    use crate::lsp::actions::{OPEN_PAGE, actions, execute};
    use crate::lsp::session::Session;
    use crate::lsp::transport::Withdrawn;

    const TEXT: &str = include_str!("../../fixtures/minimal/mlsystem.yaml");

    /// A session with a client that shows links and pages, in which a manifest was opened; and the diagnostics of that.
    fn session(address: Option<Address>) -> (Session, Vec<Value>) {
        let params = json!({ "capabilities": {
            "window": { "showDocument": { "support": true } },
            "textDocument": { "publishDiagnostics": { "codeDescriptionSupport": true } },
        }});
        let mut session = Session::new(&serde_json::from_value(params).unwrap(), Withdrawn::default());
        session.client.address = address;
        let uri = "untitled:mlsystem.yaml".parse().unwrap();
        let item = TextDocumentItem { uri, language_id: "mlsystem".into(), version: 1, text: TEXT.into() };
        let name = session.documents.open(item);
        session.publish(&name);
        let published = session.take_out().into_iter().find_map(|message| match message {
            Message::Notification(note) => note.params["diagnostics"].as_array().cloned(),
            _ => None,
        });
        (session, published.unwrap())
    }

    /// The commands that are offered for a diagnostic.
    fn commands(session: &mut Session, diagnostic: &Value) -> Vec<lsp_types::Command> {
        let params = json!({
            "textDocument": { "uri": "untitled:mlsystem.yaml" },
            "range": diagnostic["range"],
            "context": { "diagnostics": [diagnostic] },
        });
        let offered = actions(session, serde_json::from_value(params).unwrap()).unwrap();
        let command = |one| match one {
            CodeActionOrCommand::Command(command) => Some(command),
            CodeActionOrCommand::CodeAction(_) => None,
        };
        offered.into_iter().filter_map(command).collect()
    }

    #[test]
    fn pages_are_offered_where_the_project_has_an_address() {
        let page = "https://forge.example/org/mlsystem/blob/v1.2.3/lints/fairness/fairness-not-considered.md";
        let (mut session, diagnostics) = session(Address::new("https://forge.example/org/mlsystem", "1.2.3"));
        let found = diagnostics.iter().find(|one| one["code"] == "fairness-not-considered").unwrap();
        assert_eq!(found["codeDescription"]["href"], page);
        assert!(diagnostics.iter().all(|one| one["codeDescription"]["href"].is_string()), "{diagnostics:#?}");
        assert!(session.client.capabilities().execute_command_provider.is_some());

        let commands = commands(&mut session, found);
        let open = commands.into_iter().find(|one| one.title == "open the page of `fairness-not-considered`").unwrap();
        assert_eq!((&*open.command, &open.arguments), (OPEN_PAGE, &Some(vec![json!(page)])));
        let params = json!({ "command": open.command, "arguments": open.arguments });
        execute(&mut session, serde_json::from_value(params).unwrap()).unwrap();
        let Some(Message::Request(asked)) = session.take_out().pop() else { panic!("nothing was asked") };
        assert_eq!((&*asked.method, &asked.params["uri"]), ("window/showDocument", &json!(page)));
    }

    #[test]
    fn without_an_address_no_page_is_offered() {
        let (mut session, diagnostics) = session(None);
        assert!(!diagnostics.is_empty());
        assert!(diagnostics.iter().all(|one| one.get("codeDescription").is_none()), "{diagnostics:#?}");
        assert!(session.client.capabilities().execute_command_provider.is_none());
        assert_eq!(commands(&mut session, &diagnostics[0]), []);
    }
}
