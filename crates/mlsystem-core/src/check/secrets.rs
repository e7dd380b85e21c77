//! What is said of the secrets of a manifest. They are masked in its source already, see [`crate::secret`].

use std::sync::Arc;

use super::Pointer;
use crate::finding::{Finding, Kind, Label, Severity};
use crate::source::{Source, Span};
use crate::tree::Tree;

/// More of them are counted, not kept.
const MAX_FINDINGS: usize = 100;

/// A finding for each secret of a text, with its place in the document where the text could be parsed. `file` is what holds
/// it: `the manifest`.
pub fn findings(source: &Arc<Source>, tree: Option<&Tree>, file: &str) -> Vec<Finding> {
    let secrets = source.secrets();
    let mut findings: Vec<Finding> = Vec::new();
    for secret in secrets {
        let own = Span::new(secret.range.start, secret.range.end);
        let holds = |span: &Span| span.start <= own.start && own.end <= span.end;
        let scalar = tree.and_then(|tree| tree.scalars().map(|(span, _)| span).find(holds));
        let span = scalar.unwrap_or(own);
        if findings.last().is_some_and(|last| last.primary.span == span) {
            continue;
        }
        if findings.len() == MAX_FINDINGS {
            let more = secrets.iter().filter(|secret| secret.range.start >= own.start as usize).count();
            if let Some(last) = findings.last_mut() {
                last.notes.push(format!("{more} more of these are not shown"));
            }
            break;
        }
        let way = tree.map(|tree| tree.way_to(span.start)).unwrap_or_default();
        let pointer = way.iter().fold(Pointer::default(), |pointer, step| pointer.child(step));
        let label = Label::new(source, span, "masked here, but not in the file");
        let message = format!("{} stands in {file}", secret.what);
        findings.push(
            Finding::new("secret-in-manifest", "security", Kind::MissingPiece, Severity::Error, message, label)
                .at(pointer)
                .with_help("revoke it, and name the place of the secret instead, never its value"),
        );
    }
    findings
}

/// Drops the fixes that would write what stands in place of a secret.
pub fn keep(findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| !finding.fixes.is_empty()) {
        finding.fixes.retain(|fix| !fix.overwrites_secrets());
    }
}
