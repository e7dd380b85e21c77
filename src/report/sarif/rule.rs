//! A rule: what a viewer shows about a lint.

use serde::Serialize;

use super::result::{Message, level};
use crate::finding::{Finding, Severity};
use crate::report::Run;
use crate::report::lint_page::LintPage;

/// The most tags that GitHub takes for a rule.
const TAGS: usize = 20;
/// The longest description that GitHub takes, in characters.
const MAX_DESCRIPTION_CHARS: usize = 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    deprecated_ids: &'a [String],
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deprecated_names: Vec<String>,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: Vec<&'a str>,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

impl<'a> Rule<'a> {
    /// The rule of a finding, with its page where there is one.
    pub(super) fn of(finding: &'a Finding, page: Option<&'a LintPage>, run: &Run) -> Self {
        let severity = page.map_or(finding.severity, |page| page.severity);
        let mut tags = vec!["ml-system", &*finding.category, finding.kind.word()];
        tags.extend(page.iter().flat_map(|page| &page.tags).map(String::as_str));
        let mut seen = std::collections::HashSet::new();
        tags.retain(|tag| seen.insert(*tag));
        tags.truncate(TAGS);
        let formerly = page.map(|page| &*page.formerly).unwrap_or_default();
        let more = format!("Run `mlsystem explain {}`.", finding.name);
        let help = match page {
            Some(page) => Help { text: page.plain_text(), markdown: page.markdown() },
            None => Help { text: more.clone(), markdown: more },
        };
        Self {
            id: &finding.name,
            deprecated_ids: formerly,
            name: joined(&finding.name),
            deprecated_names: formerly.iter().map(|name| joined(name)).collect(),
            short_description: Message::new(sentence(page.map_or(&*finding.name, |page| &page.title))),
            full_description: Message::new(sentence(&page.map_or(finding.name.to_string(), LintPage::summary))),
            help,
            help_uri: run.page(&finding.name),
            default_configuration: Configuration { level: level(severity) },
            properties: Properties {
                tags,
                severity: match severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Advice => "recommendation",
                },
            },
        }
    }
}

/// `no-fallback` as `NoFallback`, the form that viewers expect of a name.
fn joined(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    words.collect()
}

/// `text` with a full stop, cut where it is too long for GitHub.
fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    match text.char_indices().nth(MAX_DESCRIPTION_CHARS - 2) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None if text.ends_with(['?', '!']) => text.to_owned(),
        None => format!("{text}."),
    }
}
