//! What a report says about a lint itself, beside its findings.

use crate::finding::{Kind, Severity};
use crate::secret::redacted;

/// A lint, as readers of a report meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintPage {
    /// Its name: its identity.
    pub name: String,
    /// Its category.
    pub category: String,
    /// The sort of defect.
    pub kind: Kind,
    /// How bad it is in production at limited risk.
    pub severity: Severity,
    /// The heading of its page.
    pub title: String,
    /// Its page: Markdown, the heading included.
    pub page: String,
    /// What it rests on.
    pub sources: Vec<String>,
    /// Words to filter by, such as the frameworks that it supports evidence for.
    pub tags: Vec<String>,
}

impl LintPage {
    /// The first paragraph of the page: why the lint is there.
    pub(super) fn summary(&self) -> String {
        let body = self.page.trim_start().split("\n\n").map(str::trim).find(|part| !part.starts_with('#'));
        body.unwrap_or(&self.title).replace('\n', " ")
    }

    /// The page with the sources below it.
    pub(super) fn markdown(&self) -> String {
        let mut text = redacted(self.page.trim()).into_owned();
        if !self.sources.is_empty() {
            text.push_str("\n\n## Sources\n");
            self.sources.iter().for_each(|source| text.push_str(&format!("\n- {source}")));
        }
        text
    }

    /// The same for readers who see no Markdown: headings stand alone, examples are indented.
    pub(super) fn plain_text(&self) -> String {
        let mut fenced = false;
        let mut lines = Vec::new();
        for line in self.markdown().lines() {
            if line.starts_with("```") {
                fenced = !fenced;
            } else if fenced {
                lines.push(if line.is_empty() { String::new() } else { format!("    {line}") });
            } else {
                lines.push(line.trim_start_matches('#').trim_start().replace("**", ""));
            }
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_as_text_and_as_markdown() {
        let page = LintPage {
            name: "no-fallback".into(),
            category: "serving".into(),
            kind: Kind::MissingPiece,
            severity: Severity::Error,
            title: "No fallback".into(),
            page: "\n# No fallback\n\nModels fail.\nThen nobody **answers**.\n\n## Bad\n\n```yaml\na: 1 # one\n```\n"
                .into(),
            sources: vec!["A book, page 3".into()],
            tags: vec![],
        };
        assert_eq!(page.summary(), "Models fail. Then nobody **answers**.");
        assert!(page.markdown().ends_with("```\n\n## Sources\n\n- A book, page 3"));
        assert_eq!(
            page.plain_text(),
            "No fallback\n\nModels fail.\nThen nobody answers.\n\nBad\n\n    a: 1 # one\n\nSources\n\n- A book, page 3"
        );
    }
}
