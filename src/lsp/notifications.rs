//! What the client tells unasked: edits, files, folders, settings.

use std::time::Duration;

use lsp_types::notification::{self as notes, Notification as Method};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileChangeType, MessageType, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::documents::name_of;
use super::session::Session;
use super::transport::withdrawn_by;
use super::uri;
use crate::workspace::{self, WORKSPACE_FILE};

/// How long to wait for more when files change: tools write many at once.
const FLOOD: Duration = Duration::from_millis(100);

/// Takes in one notification. What is not known is passed over; what makes no sense is logged.
pub fn take(session: &mut Session, method: &str, params: Value) {
    match method {
        notes::Initialized::METHOD => {
            session.initialized = true;
            session.watch();
            session.ask_for_settings();
        }
        notes::DidOpenTextDocument::METHOD => with(session, method, params, opened),
        notes::DidChangeTextDocument::METHOD => with(session, method, params, changed),
        notes::DidSaveTextDocument::METHOD => with(session, method, params, saved),
        notes::DidCloseTextDocument::METHOD => with(session, method, params, closed),
        notes::DidChangeWatchedFiles::METHOD => with(session, method, params, files_changed),
        notes::DidChangeWorkspaceFolders::METHOD => with(session, method, params, folders_changed),
        notes::DidChangeConfiguration::METHOD => settings_changed(session, &params),
        _ => {
            if let Some(id) = withdrawn_by(method, &params) {
                session.withdraw(&id);
            }
        }
    }
}

/// Lists whose items count one by one: one that makes no sense does not keep the others from being heeded.
const LISTS: [&str; 3] = ["/changes", "/event/added", "/event/removed"];

fn with<P: DeserializeOwned>(session: &mut Session, method: &str, mut params: Value, work: fn(&mut Session, P)) {
    for list in LISTS {
        if let Some(items) = params.pointer_mut(list).and_then(Value::as_array_mut) {
            let count = items.len();
            let address = |item: &Value| item["uri"].as_str().is_some_and(|uri| uri.parse::<Uri>().is_ok());
            items.retain(address);
            if items.len() < count {
                let why = format!("{} of {count} items have no address that can be read", count - items.len());
                session.log(MessageType::WARNING, format!("{method}: {why}"));
            }
        }
    }
    match serde_json::from_value(params) {
        Ok(params) => work(session, params),
        Err(error) => session.log(MessageType::WARNING, format!("{method} cannot be read: {error}")),
    }
}

fn opened(session: &mut Session, params: DidOpenTextDocumentParams) {
    rescan(session);
    let file = uri::path_of(&params.text_document.uri);
    let file = file.as_deref().and_then(std::path::Path::file_name).unwrap_or_default().to_string_lossy();
    if let Some(right) = workspace::meant(&file).filter(|right| right == WORKSPACE_FILE) {
        session.tell(lsp_types::MessageType::WARNING, &format!("`{file}` is not read: call it `{right}`"));
    }
    let name = session.documents.open(params.text_document);
    session.check_soon(&name);
}

fn changed(session: &mut Session, params: DidChangeTextDocumentParams) {
    let (id, changes) = (params.text_document, params.content_changes);
    let name = name_of(&id.uri);
    if session.documents.change(&name, id.version, changes, session.client.encoding) {
        session.check_soon(&name);
    }
}

fn saved(session: &mut Session, params: DidSaveTextDocumentParams) {
    rescan(session);
    let matters = uri::path_of(&params.text_document.uri).is_some_and(|path| {
        let open = session.documents.get(&name_of(&params.text_document.uri));
        // The text of an open manifest is known already; a lint is read when it is saved.
        open.is_none_or(|document| document.sort == super::documents::DocumentKind::Other)
            && session.projects.changed_on_disk(&path, false, &session.settings.request())
    });
    if matters || !session.client.watches {
        session.check_everything(Duration::ZERO);
        session.refresh_client();
    }
}

fn closed(session: &mut Session, params: DidCloseTextDocumentParams) {
    let name = name_of(&params.text_document.uri);
    if session.documents.close(&name).is_none() {
        return;
    }
    rescan(session);
    session.projects.retain_open(&session.documents);
    session.clear_at(&name, params.text_document.uri);
    session.check_everything(Duration::ZERO);
}

fn files_changed(session: &mut Session, params: DidChangeWatchedFilesParams) {
    let mut matters = false;
    for change in params.changes {
        let Some(path) = uri::path_of(&change.uri) else { continue };
        if change.typ != FileChangeType::CHANGED {
            session.found = None;
        }
        let gone = change.typ == FileChangeType::DELETED;
        matters |= session.projects.changed_on_disk(&path, gone, &session.settings.request());
    }
    if matters {
        session.check_everything(FLOOD);
        session.refresh_client();
    }
}

fn folders_changed(session: &mut Session, params: DidChangeWorkspaceFoldersParams) {
    let paths = |folders: Vec<lsp_types::WorkspaceFolder>| {
        folders.into_iter().filter_map(|folder| uri::path_of(&folder.uri)).collect::<Vec<_>>()
    };
    let gone = paths(params.event.removed);
    session.folders.retain(|folder| !gone.contains(folder));
    session.folders.extend(paths(params.event.added));
    session.found = None;
    session.refresh_client();
}

fn settings_changed(session: &mut Session, params: &Value) {
    match params.get("settings").and_then(|settings| settings.get("mlsystem")) {
        Some(settings) => session.set(settings),
        None => session.ask_for_settings(),
    }
    session.refresh_client();
}

/// Where the client tells of no files, they are looked at whenever it opens, saves or closes one.
fn rescan(session: &mut Session) {
    if !session.client.watches {
        session.projects.rescan();
        session.found = None;
    }
}
