//! What holds of findings, whatever they are about.

use mlsystem::finding::{Edit, Finding, Label};
use mlsystem::report::FileReport;

/// The places of all findings lie in their texts, at the borders of letters, and each finding says something.
pub fn lie_in_their_texts(findings: &[Finding]) {
    for finding in findings {
        assert!(!finding.message.is_empty() && !finding.name.is_empty(), "{finding:?}");
        for label in std::iter::once(&finding.primary).chain(&finding.labels) {
            let Label { source, span, .. } = label;
            assert!(source.text().get(span.range()).is_some(), "{finding:?}");
        }
        for fix in &finding.fixes {
            assert!(!fix.title.is_empty() && !fix.edits.is_empty(), "{finding:?}");
            for Edit { source, span, .. } in &fix.edits {
                assert!(source.text().get(span.range()).is_some(), "{finding:?}");
            }
            let overlap = fix.edits.windows(2).any(|pair| pair[0].span.end > pair[1].span.start);
            assert!(!overlap, "edits of one fix overlap or are out of order: {finding:?}");
        }
    }
}

/// A file that failed says why.
pub fn say_why_they_failed(files: &[FileReport]) {
    for file in files {
        assert!(!file.failed || !file.findings.is_empty(), "{} failed without a word", file.name);
    }
}
