//! Diagnostics on their way to the client: sent unasked, or given when it asks.

use std::collections::BTreeSet;

use lsp_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, MessageType, PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
};
use sha2::{Digest, Sha256};

use super::diagnostics::{file_name, of_report};
use super::documents::name_of;
use super::session::{Refusal, Session};
use crate::report::FileReport;

/// The result of a file: the diagnostics, and the version of the text where it is open.
type Diagnosed = (Option<i32>, Vec<Diagnostic>);

impl Session {
    /// Checks an open text, and sends what was found unless the client asks for it by itself.
    pub fn publish(&mut self, name: &str) {
        if self.client.pulls {
            return;
        }
        if let Some((version, diagnostics)) = self.diagnose(name) {
            self.send(name, version, diagnostics);
        }
    }

    /// Looks over all other files: tells of what is wrong in workspace files and lints, and takes back what no longer holds.
    pub fn publish_others(&mut self) {
        let mut told = BTreeSet::new();
        let mut reports: Vec<FileReport> = Vec::new();
        let mut trouble = None;
        let request = self.settings.request();
        for root in self.projects.roots(&self.documents) {
            let project = self.projects.at(root, &self.documents, &request);
            trouble = trouble.or(project.trouble());
            reports.extend(project.own_reports(&request));
            let (open, others): (Vec<_>, Vec<_>) =
                project.told().into_iter().partition(|name| self.documents.get(name).is_some());
            told.extend(open);
            project.judge(&others);
            for name in others {
                reports.extend(project.report(&name).cloned());
            }
        }
        if let Some(trouble) = trouble {
            self.tell(MessageType::ERROR, &trouble);
        }
        self.watch();
        if self.client.pulls {
            return;
        }
        for report in reports {
            let name = file_name(&report.name);
            let version = self.documents.get(&name).map(|document| document.version);
            let diagnostics = of_report(&report, &self.documents, &self.client);
            told.insert(name.clone());
            self.send(&name, version, diagnostics);
        }
        let gone: Vec<String> = self.sent.keys().filter(|name| !told.contains(*name)).cloned().collect();
        for name in gone {
            self.clear(&name);
        }
    }

    /// Sends that there is nothing to say of a file any more.
    pub fn clear(&mut self, name: &str) {
        let version = self.documents.get(name).map(|document| document.version);
        if self.sent.get(name).is_some_and(|(_, digest)| *digest != digest_of(&[])) {
            self.send(name, version, Vec::new());
        }
        self.sent.remove(name);
    }

    /// The same for a text that was just closed, at the address that the client has for it.
    pub fn clear_at(&mut self, name: &str, uri: Uri) {
        if self.sent.remove(name).is_some_and(|(_, digest)| digest != digest_of(&[])) {
            let params = PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None };
            self.notify("textDocument/publishDiagnostics", params);
        }
    }

    /// The diagnostics of an open text as it is now; none where it is nothing that is checked.
    fn diagnose(&mut self, name: &str) -> Option<Diagnosed> {
        let request = self.settings.request();
        let document = self.documents.get(name)?;
        let version = Some(document.version);
        let project = self.projects.of(name, &self.documents, &request);
        if let Some(report) = project.and_then(|project| project.report(name)) {
            return Some((version, of_report(report, &self.documents, &self.client)));
        }
        let root = self.projects.root_of(document);
        let project = self.projects.at(root, &self.documents, &request);
        let own = project.own_reports(&request).into_iter().find(|report| file_name(&report.name) == name);
        own.map(|report| (version, of_report(&report, &self.documents, &self.client)))
    }

    fn send(&mut self, name: &str, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let state = (version, digest_of(&diagnostics));
        if self.sent.get(name) == Some(&state) {
            return;
        }
        let Some(uri) = self.documents.uri(name) else { return };
        self.sent.insert(name.to_owned(), state);
        self.notify("textDocument/publishDiagnostics", PublishDiagnosticsParams { uri, diagnostics, version });
    }

    /// Tells clients that ask for diagnostics that it is time to ask again.
    pub fn refresh_client(&mut self) {
        if self.client.pulls && self.client.refreshes_diagnostics {
            self.ask("workspace/diagnostic/refresh", serde_json::Value::Null, |_, _| {});
        }
        if self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", serde_json::Value::Null, |_, _| {});
        }
    }
}

/// Diagnostics of one text, when the client asks.
pub fn document(
    session: &mut Session,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult, Refusal> {
    let name = name_of(&params.text_document.uri);
    let items = session.diagnose(&name).map(|(_, items)| items).unwrap_or_default();
    let result_id = digest_of(&items);
    let report = if params.previous_result_id.as_deref() == Some(&*result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
        })
    };
    Ok(report.into())
}

/// A digest of diagnostics: the same as long as they are the same.
pub fn digest_of(diagnostics: &[Diagnostic]) -> String {
    let text = serde_json::to_vec(diagnostics).unwrap_or_default();
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
