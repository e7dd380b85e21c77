//! Diagnostics of everything below the open folders, and of the workspaces of open texts, when the client asks: worked on
//! in pieces, between which messages are taken in.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::PathBuf;
use std::time::Instant;

use lsp_server::RequestId;
use lsp_types::{
    FullDocumentDiagnosticReport, ProgressToken, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use serde_json::json;

use super::diagnostics::{file_name, of_report};
use super::publish::digest_of;
use super::session::{Refusal, Session};
use crate::report::FileReport;
use crate::workspace;

/// How many manifests are judged before messages are taken in.
const PIECE: usize = 16;

/// A question about everything that is being answered.
pub struct Survey {
    id: RequestId,
    /// The name under which the client wants each part as soon as it is found.
    partial: Option<ProgressToken>,
    /// What the client has already, by address.
    before: HashMap<String, String>,
    left: VecDeque<Part>,
    found: Vec<WorkspaceDocumentDiagnosticReport>,
    due: Instant,
}

/// A part of a survey, in the workspace at a root.
enum Part {
    /// The workspace file and the lints.
    Own(Option<PathBuf>),
    /// Some of its manifests.
    Members(Option<PathBuf>, Vec<String>),
    /// Manifests that do not belong to it.
    Others(Option<PathBuf>, Vec<PathBuf>),
}

impl Survey {
    /// When its next part is due.
    pub fn due(&self) -> Instant {
        self.due
    }

    /// The request that it answers.
    pub fn id(&self) -> &RequestId {
        &self.id
    }
}

impl Session {
    /// Begins to answer a question about everything.
    pub fn survey(&mut self, id: RequestId, params: WorkspaceDiagnosticParams) {
        let before = params.previous_result_ids.into_iter().map(|one| (one.uri.as_str().to_owned(), one.value));
        let left = self.parts();
        self.surveys.push_back(Survey {
            id,
            partial: params.partial_result_params.partial_result_token,
            before: before.collect(),
            left,
            found: Vec::new(),
            due: Instant::now(),
        });
    }

    /// Does the next part of the survey that came first, and answers where it was the last.
    pub fn go_on_with_survey(&mut self) {
        let Some(mut survey) = self.surveys.pop_front() else { return };
        if self.withdrawn.holds(&survey.id) {
            return self.reply(survey.id, Err(Refusal::withdrawn()));
        }
        let Some(part) = survey.left.pop_front() else { return self.conclude(survey) };
        let items = self.part(part, &mut survey.before);
        self.found_in(&mut survey, items);
        survey.due = Instant::now();
        self.surveys.push_front(survey);
    }

    /// Sends what was found at once, or keeps it for the answer.
    fn found_in(&mut self, survey: &mut Survey, items: Vec<WorkspaceDocumentDiagnosticReport>) {
        match &survey.partial {
            Some(_) if items.is_empty() => {}
            Some(token) => self.notify("$/progress", json!({ "token": token, "value": { "items": items } })),
            None => survey.found.extend(items),
        }
    }

    /// Leaves a request unanswered that was put off and that nobody waits for.
    pub fn withdraw(&mut self, id: &RequestId) {
        if let Some(at) = self.surveys.iter().position(|survey| survey.id() == id) {
            self.surveys.remove(at);
            self.reply(id.clone(), Err(Refusal::withdrawn()));
        }
        self.withdrawn.forget(id);
    }

    /// Leaves all requests unanswered that were put off.
    pub fn withdraw_all(&mut self) {
        for survey in std::mem::take(&mut self.surveys) {
            self.reply(survey.id, Err(Refusal::withdrawn()));
        }
    }

    fn conclude(&mut self, mut survey: Survey) {
        // What was reported before and is not there any more has no findings.
        let gone = std::mem::take(&mut survey.before).into_keys().filter_map(|uri| uri.parse().ok());
        let gone = gone.map(|uri| full(uri, None, FullDocumentDiagnosticReport::default())).collect();
        self.found_in(&mut survey, gone);
        let report = serde_json::to_value(WorkspaceDiagnosticReport { items: survey.found });
        self.reply(survey.id, report.map_err(|error| Refusal::failed(error.to_string())));
    }

    /// What there is to be looked at.
    fn parts(&mut self) -> VecDeque<Part> {
        let request = self.settings.request();
        let folders: Vec<String> = self.folders.iter().map(|folder| workspace::shown(folder)).collect();
        let look = || match folders.as_slice() {
            [] => Vec::new(),
            folders => workspace::discover(folders)
                .map(|found| found.files.into_iter().map(|file| file.path).collect())
                .unwrap_or_default(),
        };
        let found = self.found.get_or_insert_with(look).clone();
        let mut by_root: BTreeMap<Option<PathBuf>, Vec<PathBuf>> = BTreeMap::new();
        for root in self.projects.roots(&self.documents) {
            by_root.entry(root).or_default();
        }
        for folder in &self.folders {
            if let Some(root) = self.projects.root_at(folder) {
                by_root.entry(Some(root)).or_default();
            }
        }
        for path in found {
            by_root.entry(path.parent().and_then(|folder| self.projects.root_at(folder))).or_default().push(path);
        }
        let mut parts = VecDeque::new();
        for (root, paths) in by_root {
            let project = self.projects.at(root.clone(), &self.documents, &request);
            let paths = paths.into_iter().map(|path| workspace::absolute(&path));
            let others: Vec<PathBuf> = paths.filter(|path| !project.holds(&workspace::shown(path))).collect();
            parts.push_back(Part::Own(root.clone()));
            parts.extend(project.all().chunks(PIECE).map(|names| Part::Members(root.clone(), names.to_vec())));
            parts.extend(others.chunks(PIECE).map(|paths| Part::Others(root.clone(), paths.to_vec())));
        }
        parts
    }

    /// What is found in one part.
    fn part(&mut self, part: Part, before: &mut HashMap<String, String>) -> Vec<WorkspaceDocumentDiagnosticReport> {
        let request = self.settings.request();
        let reports: Vec<FileReport> = match part {
            Part::Own(root) => self.projects.at(root, &self.documents, &request).own_reports(&request),
            Part::Members(root, names) => {
                let project = self.projects.at(root, &self.documents, &request);
                project.judge(&names);
                names.iter().filter_map(|name| project.report(name).cloned()).collect()
            }
            Part::Others(root, paths) => {
                let project = self.projects.at(root, &self.documents, &request);
                project.lone_reports(&paths).into_iter().cloned().collect()
            }
        };
        let mut items = Vec::new();
        for report in reports {
            let name = file_name(&report.name);
            let Some(uri) = self.documents.uri(&name) else { continue };
            let version = self.documents.get(&name).map(|document| i64::from(document.version));
            let diagnostics = of_report(&report, &self.documents, &self.client);
            let result_id = digest_of(&diagnostics);
            items.push(if before.remove(uri.as_str()).as_ref() == Some(&result_id) {
                WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
                })
            } else {
                full(uri, version, FullDocumentDiagnosticReport { result_id: Some(result_id), items: diagnostics })
            });
        }
        items
    }
}

fn full(uri: Uri, version: Option<i64>, report: FullDocumentDiagnosticReport) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: report,
    })
}
