//! Repairs what was asked for, in memory: each manifest with the facts of its workspace.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::gather::Asked;
use super::{Group, Input, Read, Rulebook, Wishes, threads};
use crate::check::{self, Options, Selection};
use crate::finding::{Applicability, Finding};
use crate::fix::{self, Fixed, Judged};
use crate::source::Source;

/// For how long the fixes of one text are tried. Each is a whole check of it, and a hostile text asks for thousands.
pub const LONGEST: Duration = Duration::from_secs(5);

/// Says of each later moment whether that time has passed since now.
pub fn late() -> impl Fn() -> bool {
    let begun = Instant::now();
    move || begun.elapsed() > LONGEST
}

/// A text that was repaired, or for which not every fix could be tried.
#[derive(Debug)]
pub struct Mended {
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

impl Rulebook {
    /// Reads and judges `source` in place of the manifest at `path`, which counts from the root of the workspace: by every
    /// lint, wanted or not, since what a repair brings is looked for everywhere. `others` are the other manifests.
    pub fn trial(&self, path: &str, source: &Arc<Source>, others: &[(&str, &Read)], wishes: &Wishes<'_>) -> Judged {
        self.options_for(path, wishes, |options| {
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

    fn mend(
        &self,
        path: &str,
        source: &Arc<Source>,
        others: &[(&str, &Read)],
        most: Applicability,
        wishes: &Wishes<'_>,
    ) -> Fixed {
        self.options_for(path, wishes, |options| {
            let judge = |source: &Arc<Source>| self.trial(path, source, others, wishes);
            fix::all(source, most, options.lints, &|finding| wanted(finding, options), &judge, &late())
        })
    }
}

impl Group {
    /// Repairs every input in memory, one after the other, each with the facts of those that were repaired before it. What
    /// was given is kept as it was repaired; files are read again when somebody has written them.
    pub fn mend(&mut self, most: Applicability, wishes: &Wishes<'_>) -> Vec<Mended> {
        let mended = match self.rules.workspace() {
            Some(_) => self.mend_together(most, wishes),
            None => {
                let mend = |one: &Asked| {
                    let source = one.text().ok()?;
                    let fixed = self.rules.mend(&self.rules.path_of(&one.file), &source, &[], most, wishes);
                    Mended::of(one, source, &fixed)
                };
                threads::map(&self.asked, mend).into_iter().flatten().collect()
            }
        };
        for one in mended.iter().filter(|one| one.given) {
            for asked in self.asked.iter_mut().filter(|asked| asked.given.is_some() && asked.file.path == one.path) {
                asked.given = Some(Input::Text(Arc::clone(&one.after)));
            }
        }
        mended
    }

    fn mend_together(&self, most: Applicability, wishes: &Wishes<'_>) -> Vec<Mended> {
        let others = self.others();
        let all: Vec<&Asked> = self.asked.iter().chain(&others).collect();
        let paths: Vec<String> = all.iter().map(|one| self.rules.path_of(&one.file)).collect();
        let texts: Vec<Option<Arc<Source>>> = all.iter().map(|one| one.text().ok()).collect();
        let mut reads: Vec<Read> = threads::map(&all, |one| one.read(&self.rules, wishes));
        let mut mended = Vec::new();
        for (at, one) in self.asked.iter().enumerate() {
            let Some(source) = &texts[at] else { continue };
            let rest = paths.iter().map(String::as_str).zip(&reads).enumerate();
            let rest: Vec<(&str, &Read)> = rest.filter(|(index, _)| *index != at).map(|(_, pair)| pair).collect();
            let fixed = self.rules.mend(&paths[at], source, &rest, most, wishes);
            mended.extend(Mended::of(one, Arc::clone(source), &fixed));
            reads[at] = Ok(fixed.judged.reading);
        }
        mended
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

impl Mended {
    fn of(asked: &Asked, before: Arc<Source>, fixed: &Fixed) -> Option<Self> {
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
