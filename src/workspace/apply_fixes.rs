//! Repairs what was asked for, in memory: each manifest with the facts of its workspace.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::gather::CheckTarget;
use super::ruleset::read_workspace_file;
use super::{CheckRequest, Group, Input, Read, Ruleset, WORKSPACE_FILE, threads};
use crate::built_in;
use crate::check::{self, Options, Selection, WorkspaceConfig};
use crate::finding::{Applicability, Finding, Fix};
use crate::fix::{self, Fixed, Judged};
use crate::source::Source;

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
    /// Reads and judges `source` in place of the manifest at `path`, which counts from the root of the workspace: by every
    /// lint, wanted or not, since what a repair brings is looked for everywhere. `others` are the other manifests.
    pub fn trial(
        &self,
        path: &str,
        source: &Arc<Source>,
        others: &[(&str, &Read)],
        request: &CheckRequest<'_>,
    ) -> Judged {
        self.options_for(path, request, |options| {
            let all = Selection::default();
            let options = Options { selection: &all, ..options.clone() };
            let read: Read = Ok(check::read(source, &options));
            let manifests: Vec<(&str, &Read)> = others.iter().copied().chain([(path, &read)]).collect();
            let facts = self.facts(&manifests).filter(|_| self.has(path));
            let Ok(reading) = &read else { return Judged::alone(source, &options) };
            let (root, manifest) = (self.repository(source.name()), reading.manifest.as_ref());
            let judge = |options: &Options<'_>| check::judge(reading, facts.as_ref(), options).findings;
            let findings = self.repositories.seen(root.as_deref(), path, manifest, &options, judge);
            drop(facts);
            match read {
                Ok(reading) => Judged { reading, findings },
                Err(_) => Judged::alone(source, &options),
            }
        })
    }

    fn apply_fixes(
        &self,
        path: &str,
        source: &Arc<Source>,
        others: &[(&str, &Read)],
        most: Applicability,
        request: &CheckRequest<'_>,
    ) -> Fixed {
        self.options_for(path, request, |options| {
            let judge = |source: &Arc<Source>| self.trial(path, source, others, request);
            fix::all(source, most, options.lints, &|finding| wanted(finding, options), &judge, &late())
        })
    }
}

impl Ruleset {
    /// Repairs the workspace file in memory, where it can be used afterwards and less is found in it.
    fn apply_own(&self, most: Applicability, request: &CheckRequest<'_>) -> Option<FixedFile> {
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
    /// Reads the workspace file again, which was written.
    pub fn reopen(&mut self, request: &CheckRequest<'_>) {
        let Some(root) = self.rules.workspace().map(|(root, _)| root.to_owned()) else { return };
        if let Ok(rules) = Ruleset::reopen(&root, &read_workspace_file(&root), Some(&self.rules), request) {
            self.rules = rules;
        }
    }

    /// Repairs every input in memory, one after the other, each with the facts of those that were repaired before it. What
    /// was given is kept as it was repaired; files are read again when somebody has written them.
    pub fn apply_fixes(&mut self, most: Applicability, request: &CheckRequest<'_>) -> Vec<FixedFile> {
        let mut fixed = match self.rules.workspace() {
            Some(_) => self.apply_together(most, request),
            None => {
                let apply_fixes = |one: &CheckTarget| {
                    let source = one.text().ok()?;
                    let fixed = self.rules.apply_fixes(&self.rules.path_of(&one.file), &source, &[], most, request);
                    FixedFile::of(one, source, &fixed)
                };
                threads::map(&self.asked, apply_fixes).into_iter().flatten().collect()
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

    fn apply_together(&self, most: Applicability, request: &CheckRequest<'_>) -> Vec<FixedFile> {
        let others = self.others();
        let all: Vec<&CheckTarget> = self.asked.iter().chain(&others).collect();
        let paths: Vec<String> = all.iter().map(|one| self.rules.path_of(&one.file)).collect();
        let texts: Vec<Option<Arc<Source>>> = all.iter().map(|one| one.text().ok()).collect();
        let mut reads: Vec<Read> = threads::map(&all, |one| one.read(&self.rules, request));
        let mut fixed = Vec::new();
        for (at, one) in self.asked.iter().enumerate() {
            let Some(source) = &texts[at] else { continue };
            let rest = paths.iter().map(String::as_str).zip(&reads).enumerate();
            let rest: Vec<(&str, &Read)> = rest.filter(|(index, _)| *index != at).map(|(_, pair)| pair).collect();
            let result = self.rules.apply_fixes(&paths[at], source, &rest, most, request);
            fixed.extend(FixedFile::of(one, Arc::clone(source), &result));
            reads[at] = Ok(result.judged.reading);
        }
        fixed
    }

    /// Whether the content of an input was given, as on standard input.
    pub fn has_given(&self) -> bool {
        self.asked.iter().any(|one| one.given.is_some())
    }

    /// The text that was given, as it was read or repaired.
    pub fn given_text(&self) -> Option<Arc<Source>> {
        self.asked.iter().filter(|one| one.given.is_some()).find_map(|one| one.text().ok())
    }
}

impl FixedFile {
    fn of(asked: &CheckTarget, before: Arc<Source>, fixed: &Fixed) -> Option<Self> {
        (!fixed.made.is_empty() || fixed.stopped).then(|| Self {
            path: asked.file.path.clone(),
            given: asked.given.is_some(),
            before,
            after: Arc::clone(&fixed.source),
            made: fixed.made.clone(),
            stopped: fixed.stopped,
        })
    }
}

/// Whether a finding would be reported.
fn wanted(finding: &Finding, options: &Options<'_>) -> bool {
    let mut reported = vec![finding.clone()];
    check::settle(&mut reported, options);
    !reported.is_empty()
}
