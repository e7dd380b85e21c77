//! The index of lints: one line for each, by category, with the counts at the top.

use std::collections::BTreeMap;

use super::judged;
use crate::finding::Kind;
use crate::lint::Lint;

const KINDS: [Kind; 5] = [Kind::MissingPiece, Kind::Contradiction, Kind::Reference, Kind::Quantity, Kind::Evidence];

/// The index of `lints` as Markdown, with links to their pages in folders beside it.
pub fn lint_index(lints: &[Lint]) -> String {
    let mut categories: BTreeMap<&str, Vec<&Lint>> = BTreeMap::new();
    let lints: Vec<&Lint> = lints.iter().filter(|lint| !lint.is_removed()).collect();
    for lint in &lints {
        categories.entry(lint.category).or_default().push(lint);
    }
    let mut text = format!(
        "# Lints\n\nThis page is generated: `UPDATE=1 cargo test lints::` writes it.\nA lint is one file in a folder \
         here; [CONTRIBUTING.md](../CONTRIBUTING.md) says how to add one.\n\n{} lints in {} categories.\n\n",
        lints.len(),
        categories.len()
    );
    text.push_str(
        "*Judged* says how many findings on [published systems](../fixtures/published/README.md) were judged, how many of \
         those are right, and how many of these worth it.\n\n",
    );
    let heads: Vec<&str> = KINDS.into_iter().map(Kind::word).collect();
    text.push_str(&format!("| category | {} | all |\n|---|{}--:|\n", heads.join(" | "), "--:|".repeat(KINDS.len())));
    for (category, lints) in &categories {
        text.push_str(&row(&format!("[{category}](#{category})"), lints));
    }
    text.push_str(&row("**all**", &lints));
    for (category, mut lints) in categories {
        lints.sort_by_key(|lint| lint.name);
        text.push_str(&format!(
            "\n## {category}\n\n| lint | kind | severity | what is wrong | judged |\n|---|---|---|---|---|\n"
        ));
        for lint in lints {
            let (name, kind, severity, title) = (lint.name, lint.kind.word(), lint.severity.word(), lint.title);
            let title = title.replace('|', "\\|");
            let judged = judged(name).map(|one| format!("{}, {}, {}", one.judged, one.right, one.worth_it));
            let judged = judged.unwrap_or_default();
            text.push_str(&format!(
                "| [`{name}`]({category}/{name}.md) | {kind} | {severity} | {title} | {judged} |\n"
            ));
        }
    }
    text
}

/// A line of the table at the top: how many lints there are of each kind.
fn row(head: &str, lints: &[&Lint]) -> String {
    let count = |kind: Kind| match lints.iter().filter(|lint| lint.kind == kind).count() {
        0 => String::new(),
        count => count.to_string(),
    };
    let counts: Vec<String> = KINDS.into_iter().map(count).collect();
    format!("| {head} | {} | {} |\n", counts.join(" | "), lints.len())
}
