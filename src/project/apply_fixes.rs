//! Repairs what was asked for, in memory: each manifest with the facts of its workspace.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::gather::CheckTarget;
use super::{CheckRequest, Group, Project, Ruleset};
use crate::built_in;
use crate::check::WorkspaceConfig;
use crate::finding::{Applicability, Finding, Fix};
use crate::fix;
use crate::source::Source;
use crate::workspace::{Input, WORKSPACE_FILE, in_parallel, shown};

/// For how long the fixes of one text are tried. Each is a whole check of it, and a hostile text asks for thousands.
pub const MAX_TRIAL_TIME: Duration = Duration::from_secs(5);

/// Says of each later moment whether that time has passed since now.
pub fn late() -> impl Fn() -> bool {
    let begun = Instant::now();
    move || begun.elapsed() > MAX_TRIAL_TIME
}

/// A text that was repaired, or for which not every fix could be tried.
#[derive(Debug)]
pub struct FixedFile {
    /// Where it was read.
    pub path: PathBuf,
    /// Whether it was given, and does not come from there.
    pub given: bool,
    /// The text as it was read.
    pub before: Arc<Source>,
    /// The repaired text.
    pub after: Arc<Source>,
    /// The name of each lint whose finding was repaired, and what was done.
    pub made: Vec<(String, String)>,
    /// Whether there was no time to try every fix.
    pub stopped: bool,
}

impl Ruleset {
    /// Repairs the workspace file in memory, where it can be used afterwards and less is found in it.
    fn apply_own(&self, most: Applicability, request: &CheckRequest) -> Option<FixedFile> {
        let (root, workspace_config) = self.workspace()?;
        let before = workspace_config.manifest.source();
        let findings = self.own_report(request)?.findings;
        let here = |fix: &&Fix| {
            let own = fix.edits.iter().all(|edit| Arc::ptr_eq(&edit.source, before));
            own && fix.applicability <= most && !fix.overwrites_secrets()
        };
        let chosen: Vec<(&Finding, &Fix)> =
            findings.iter().filter_map(|finding| Some((finding, finding.fixes.iter().find(here)?))).collect();
        let fixes: Vec<&Fix> = chosen.iter().map(|(_, fix)| *fix).collect();
        let after = Source::new(before.name(), fix::apply(before.original(), &fixes));
        let again = WorkspaceConfig::read(&after, &built_in::WORKSPACE)
            .and_then(|again| again.settle(self.lints.lints()))
            .ok()?;
        let left = self.findings_of(&again, request).len();
        let made = chosen.iter().map(|(finding, fix)| (finding.name.to_string(), fix.title.clone())).collect();
        (!chosen.is_empty() && left + chosen.len() <= findings.len()).then(|| FixedFile {
            path: root.join(WORKSPACE_FILE),
            given: false,
            before: Arc::clone(before),
            after,
            made,
            stopped: false,
        })
    }
}

impl Group {
    /// Repairs every input in memory, one after the other, each with the facts of those that were repaired before it. What
    /// was given is kept as it was repaired; files are read again when somebody has written them.
    pub fn apply_fixes(&mut self, most: Applicability, request: &CheckRequest) -> Vec<FixedFile> {
        let mut fixed: Vec<FixedFile> = match self.rules.workspace() {
            Some(_) => {
                let (mut project, ids) = self.project(&self.others(), request);
                let asked = self.asked.iter().zip(&ids);
                asked.filter_map(|(one, id)| FixedFile::of(one, &mut project, id, most)).collect()
            }
            None => {
                let apart = |one: &CheckTarget| {
                    FixedFile::of(one, &mut self.project_of(one, request), &shown(&one.file.path), most)
                };
                in_parallel(&self.asked, apart).into_iter().flatten().collect()
            }
        };
        if self.with_own {
            fixed.extend(self.rules.apply_own(most, request));
        }
        for one in fixed.iter().filter(|one| one.given) {
            for asked in self.asked.iter_mut().filter(|asked| asked.given.is_some() && asked.file.path == one.path) {
                asked.given = Some(Input::Text(Arc::clone(&one.after)));
            }
        }
        fixed
    }
}

impl FixedFile {
    /// Repairs the text `id` of a project, which is what was asked for.
    fn of(asked: &CheckTarget, project: &mut Project, id: &str, most: Applicability) -> Option<Self> {
        let before = Arc::clone(project.document(id)?.source()?);
        let fixed = project.apply_fixes(id, most)?;
        (!fixed.made.is_empty() || fixed.stopped).then(|| Self {
            path: asked.file.path.clone(),
            given: asked.given.is_some(),
            before,
            after: fixed.source,
            made: fixed.made,
            stopped: fixed.stopped,
        })
    }
}
