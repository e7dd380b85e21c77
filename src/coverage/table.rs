//! The report for a terminal: a line or two for each clause, none longer than the screen is wide.

use std::io;

use super::{ClauseCoverage, ClauseStatus, Coverage, FrameworkCoverage, NOTICE, counts, said, score};
use crate::report::{Style, clean_line};

/// The cells of the column of standings.
const STANDING: usize = 16;

pub(super) fn write(coverage: &Coverage<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for system in &coverage.systems {
        writeln!(out, "{}\n", bold(style, system.name))?;
        if system.failed {
            writeln!(out, "  could not be read, so that nothing is known of it; `mlsystem check` says why\n")?;
        }
        if system.frameworks.len() > 1 {
            summary(&system.frameworks, style, out)?;
        }
        for framework in &system.frameworks {
            one(framework, style, out)?;
        }
    }
    for line in wrapped(NOTICE, style, "") {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// How each framework is covered, in a line or two: what a page of clauses is read for.
fn summary(frameworks: &[FrameworkCoverage<'_>], style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for covered in frameworks {
        for line in wrapped(
            &format!("{} (`{}`): {}", covered.framework.title, covered.framework.id, counts(covered)),
            style,
            "  ",
        ) {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "\n  `--framework NAME` shows one alone; the clauses of each follow\n")
}

fn one(covered: &FrameworkCoverage<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let framework = covered.framework;
    writeln!(out, "{}", bold(style, framework.title))?;
    let mut head = vec![framework.edition.to_owned(), format!("Certainty: {}.", framework.certainty), counts(covered)];
    head.extend(score(covered).into_iter().flatten());
    for text in head {
        for line in wrapped(&text, style, "  ") {
            writeln!(out, "{line}")?;
        }
    }
    for section in &covered.sections {
        writeln!(out, "\n  {}", bold(style, section.title))?;
        for one in &section.clauses {
            clause(one, style, out)?;
        }
    }
    writeln!(out)
}

fn clause(clause: &ClauseCoverage<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let indent = " ".repeat(STANDING + 2);
    let mut texts = vec![format!("{}  {}", clause.id, clause.title)];
    texts.extend(clause.none.map(|none| format!("none: {none}")));
    texts.extend(said(clause, ""));
    let word = clause.standing.word().replace('-', " ");
    let mut start = format!("  {}{}", paint(style, clause.standing, &word), " ".repeat(STANDING - word.len()));
    for text in texts {
        for line in wrapped(&text, style, &indent) {
            // The first line stands beside the word instead of below it.
            writeln!(out, "{start}{}", line.strip_prefix(&indent).unwrap_or(&line))?;
            start.clone_from(&indent);
        }
    }
    Ok(())
}

fn wrapped(text: &str, style: &Style, indent: &str) -> Vec<String> {
    let options = textwrap::Options::new(style.width.max(40)).initial_indent(indent).subsequent_indent(indent);
    let options = options
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&clean_line(text, style.unicode), options).into_iter().map(|line| line.into_owned()).collect()
}

fn bold(style: &Style, text: &str) -> String {
    let text = clean_line(text, style.unicode);
    if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.into_owned() }
}

fn paint(style: &Style, standing: ClauseStatus, text: &str) -> String {
    let code = match standing {
        _ if !style.color => return text.to_owned(),
        ClauseStatus::Proven | ClauseStatus::Declared => "32",
        ClauseStatus::Gap => "31",
        ClauseStatus::Waived | ClauseStatus::NotAssessable => "33",
        ClauseStatus::NotApplicable | ClauseStatus::None => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
