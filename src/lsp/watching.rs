//! What the client tells unasked: edits, files, folders, settings.

use std::time::Duration;

use lsp_types::notification::{self as notes, Notification as Method};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileChangeType,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::address;
use super::documents::name_of;
use super::session::Session;
use crate::workspace::{self, WORKSPACE_FILE};

/// How long to wait for more when files change: tools write many at once.
const FLOOD: Duration = Duration::from_millis(100);

/// Takes in one notification. What is not known, or makes no sense, is passed over.
pub fn take(session: &mut Session, method: &str, params: Value) {
    match method {
        notes::Initialized::METHOD => {
            session.ask_for_watching();
            session.ask_for_settings();
        }
        notes::DidOpenTextDocument::METHOD => with(session, params, opened),
        notes::DidChangeTextDocument::METHOD => with(session, params, changed),
        notes::DidSaveTextDocument::METHOD => with(session, params, saved),
        notes::DidCloseTextDocument::METHOD => with(session, params, closed),
        notes::DidChangeWatchedFiles::METHOD => with(session, params, files_changed),
        notes::DidChangeWorkspaceFolders::METHOD => with(session, params, folders_changed),
        notes::DidChangeConfiguration::METHOD => settings_changed(session, &params),
        _ => {}
    }
}

fn with<P: DeserializeOwned>(session: &mut Session, params: Value, work: fn(&mut Session, P)) {
    if let Ok(params) = serde_json::from_value(params) {
        work(session, params);
    }
}

fn opened(session: &mut Session, params: DidOpenTextDocumentParams) {
    look_again(session);
    let file = address::path_of(&params.text_document.uri);
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
    look_again(session);
    let matters = address::path_of(&params.text_document.uri).is_some_and(|path| {
        let open = session.documents.get(&name_of(&params.text_document.uri));
        // The text of an open manifest is known already; a lint is read when it is saved.
        open.is_none_or(|document| document.sort == super::documents::Sort::Other)
            && session.projects.changed_on_disk(&path, &session.settings.wishes())
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
    look_again(session);
    session.projects.forget_others(&session.documents);
    session.take_back_at(&name, params.text_document.uri);
    session.check_everything(Duration::ZERO);
}

fn files_changed(session: &mut Session, params: DidChangeWatchedFilesParams) {
    let mut matters = false;
    for change in params.changes {
        let Some(path) = address::path_of(&change.uri) else { continue };
        if change.typ != FileChangeType::CHANGED {
            session.found = None;
        }
        matters |= session.projects.changed_on_disk(&path, &session.settings.wishes());
    }
    if matters {
        session.check_everything(FLOOD);
        session.refresh_client();
    }
}

fn folders_changed(session: &mut Session, params: DidChangeWorkspaceFoldersParams) {
    let paths = |folders: Vec<lsp_types::WorkspaceFolder>| {
        folders.into_iter().filter_map(|folder| address::path_of(&folder.uri)).collect::<Vec<_>>()
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
fn look_again(session: &mut Session) {
    if !session.client.watches {
        session.projects.look_again();
        session.found = None;
    }
}
