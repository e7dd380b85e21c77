//! Whether the findings of a lint can be repaired, as its own bad examples show.

use std::sync::Arc;

use super::{Judged, of};
use crate::check::Options;
use crate::examples::{Formats, try_examples};
use crate::finding::Applicability;
use crate::lint::Lint;
use crate::source::Source;

/// How daring the least daring fix is of a finding in the bad examples of `lint`; none where nothing repairs them. Examples
/// of several manifests are passed over.
pub fn of_lint(lint: &Lint, formats: Formats, options: &Options<'_>) -> Option<Applicability> {
    let page = Source::new("page", format!("---\n---\n{}", lint.page));
    let examples = try_examples(lint, &page, formats, options.lints, options.tables, options.today);
    let alone = std::slice::from_ref(lint);
    let options = Options { lints: if lint.cases.is_empty() { options.lints } else { alone }, ..options.clone() };
    let judge = |source: &Arc<Source>| Judged::alone(source, &options);
    let single = examples
        .iter()
        .filter(|example| !example.good && example.parts.files.len() == 1 && example.parts.workspace_config.is_none());
    let fixes = single.flat_map(|example| {
        let source = &example.parts.files[0];
        let judged = judge(source);
        let known = judged.known(source, options.lints);
        let own = judged.findings.iter().filter(|finding| finding.name == lint.name);
        own.flat_map(|finding| of(finding, &known, &judge)).map(|fix| fix.applicability).collect::<Vec<_>>()
    });
    fixes.min()
}
