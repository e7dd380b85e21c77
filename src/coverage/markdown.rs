//! The report for a pull request: a table for each framework, folded away below its counts.

use std::io;

use super::{ClauseCoverage, Coverage, FrameworkCoverage, NOTICE, counts, said, score};
use crate::report::clean_block;

pub(super) fn write(coverage: &Coverage<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut text = format!("# Coverage of frameworks\n\n{NOTICE}\n");
    for system in &coverage.systems {
        text.push_str(&format!("\n## `{}`\n", system.name.replace(['`', '\n'], "'")));
        if system.failed {
            text.push_str("\nThe manifest could not be read, so that nothing is known of it.\n");
        }
        system.frameworks.iter().for_each(|framework| one(framework, &mut text));
    }
    let (today, version, digest) = (coverage.today, coverage.version, coverage.lints_digest);
    text.push_str(&format!("\n{today}, mlsystem {version}, lints `{digest:.12}`.\n"));
    out.write_all(clean_block(&text, true).as_bytes())
}

fn one(covered: &FrameworkCoverage<'_>, text: &mut String) {
    let framework = covered.framework;
    text.push_str(&format!("\n### {}\n\n{}.\n", framework.title, counts(covered)));
    if let Some([number, sums, limits]) = score(covered) {
        text.push_str(&format!("\n**{number}**\n{sums}\n{limits}\n"));
    }
    text.push_str(&format!("\nSource: {}.\nCertainty: {}.\n", framework.edition, framework.certainty));
    text.push_str("\n<details><summary>Clauses</summary>\n");
    for section in &covered.sections {
        text.push_str(&format!("\n#### {}\n\n| clause | design | lints |\n|---|---|---|\n", section.title));
        section.clauses.iter().for_each(|one| clause(one, text));
    }
    text.push_str("\n</details>\n");
}

fn clause(clause: &ClauseCoverage<'_>, text: &mut String) {
    let mut lints = said(clause, "`");
    lints.extend(clause.none.map(cell));
    let (id, title, word) = (cell(clause.id), cell(clause.title), clause.standing.word().replace('-', " "));
    text.push_str(&format!("| **{id}** {title} | {word} | {} |\n", lints.join("<br>")));
}

/// A text that ends no cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
