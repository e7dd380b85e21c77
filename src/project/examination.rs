//! What one manifest is judged by: the options that hold for its path, and the files beside it.

use std::path::Path;

use super::ruleset::EffectiveOptions;
use super::{Ruleset, SeenRepository};
use crate::check::Options;
use crate::facts::RepositoryView;
use crate::finding::Kind;
use crate::lint::Lint;
use crate::manifest::Manifest;

/// What one manifest is judged by.
pub(super) struct Examination<'e> {
    options: EffectiveOptions<'e>,
    seen: Option<SeenRepository>,
    manifest: Option<&'e Manifest>,
    path: &'e str,
}

impl<'e> Examination<'e> {
    /// What `manifest` is judged by with `options`, which lies at `root` of its repository and at `path` from there. Files
    /// are not looked for where no lint asks for them, and without a repository nothing is known of them.
    pub(super) fn new(
        rules: &'e Ruleset,
        options: EffectiveOptions<'e>,
        root: Option<&Path>,
        path: &'e str,
        manifest: Option<&'e Manifest>,
    ) -> Self {
        let root = root.filter(|_| manifest.is_some() && asks_for_evidence(&options.options()));
        let seen = root.map(|root| rules.repositories.seen(root));
        Self { options, seen, manifest, path }
    }

    /// What the manifest sees of its repository, where that is known.
    pub(super) fn view(&self) -> Option<RepositoryView<'_>> {
        self.seen.as_ref()?.view(self.manifest?, self.path)
    }

    /// The options, with what the manifest sees.
    pub(super) fn options<'o>(&'o self, view: Option<&'o RepositoryView<'o>>) -> Options<'o> {
        Options { view, ..self.options.options() }
    }
}

fn asks_for_evidence(options: &Options<'_>) -> bool {
    let asks = |lint: &&Lint| lint.kind == Kind::Evidence;
    options.lints.iter().filter(asks).any(|lint| options.selection.admits(lint) && !options.levels.off(lint))
}
