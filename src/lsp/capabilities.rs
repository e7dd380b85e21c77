//! What the server can do, for a client of a given kind.

use lsp_types::*;

use super::actions::{FIX_ALL, OPEN_PAGE, OUTLINE};
use super::client::Client;
use super::diagnostics::SOURCE;

impl Client {
    /// What is offered to this client.
    pub fn capabilities(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        };
        let completion = CompletionOptions {
            // Behind a digit stands a unit; letters complete without being asked for.
            trigger_characters: Some(" :/[0123456789".chars().map(String::from).collect()),
            ..CompletionOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::new(OUTLINE),
                CodeActionKind::new(FIX_ALL),
            ]),
            resolve_provider: self.resolves.then_some(true),
            ..CodeActionOptions::default()
        };
        let diagnostics = DiagnosticOptions {
            identifier: Some(SOURCE.to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        let rename = RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        let folders =
            WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(OneOf::Left(true)) };
        let links = DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(completion),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            rename_provider: Some(if self.prepares_renames { OneOf::Right(rename) } else { OneOf::Left(true) }),
            document_symbol_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            inlay_hint_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(links),
            code_action_provider: self.actions.then_some(CodeActionProviderCapability::Options(actions)),
            execute_command_provider: self.address.filter(|_| self.shows_pages).map(|_| ExecuteCommandOptions {
                commands: vec![OPEN_PAGE.to_owned()],
                ..ExecuteCommandOptions::default()
            }),
            diagnostic_provider: self.pulls.then_some(DiagnosticServerCapabilities::Options(diagnostics)),
            workspace: Some(WorkspaceServerCapabilities { workspace_folders: Some(folders), file_operations: None }),
            ..ServerCapabilities::default()
        }
    }
}
