//! The questions for a terminal, none of their lines longer than the screen is wide.

use std::io;

use super::{Hint, Question, Questions};
use crate::report::{Style, clean_line};

/// The most names of lints on a line.
const MAX_NAMES: usize = 3;

pub(super) fn write(questions: &Questions, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for (index, system) in questions.systems.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let (shown, more) = questions.shown(system);
        let name = clean_line(&system.name, style.unicode);
        if system.failed {
            writeln!(out, "{name} could not be read, so that nothing is known of it; `mlsystem check` says why")?;
            continue;
        }
        let all = system.questions.len();
        match (all, more) {
            (0, _) => writeln!(out, "{}: no question is open", bold(style, &name))?,
            (1, _) => writeln!(out, "{}: 1 question", bold(style, &name))?,
            (_, 0) => writeln!(out, "{}: {all} questions, the most worth first", bold(style, &name))?,
            _ => writeln!(out, "{}: {all} questions, here the {} of most worth", bold(style, &name), shown.len())?,
        }
        for (index, question) in shown.iter().enumerate() {
            writeln!(out)?;
            one(index + 1, question, style, out)?;
        }
        if more > 0 {
            writeln!(out, "\n{more} more: `mlsystem questions --all`; answer here: `mlsystem questions --answer`")?;
        }
    }
    Ok(())
}

/// One question, a line for each thing that is said of it.
pub(super) fn one(number: usize, question: &Question, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let start = format!("{number:>2}  ");
    let head = format!("{} (line {}, {})", question.path(), question.line, question.state());
    writeln!(out, "{start}{}", bold(style, &clean_line(&head, style.unicode)))?;
    for (word, text) in lines(question, "`") {
        let lead = if word.is_empty() { "    ".to_owned() } else { format!("    {word}: ") };
        let options = textwrap::Options::new(style.width.max(40))
            .initial_indent(&lead)
            .subsequent_indent("      ")
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&clean_line(&text, style.unicode), options) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// What is said of a question: each with the word before it, names and values between `quote`s.
pub(super) fn lines(question: &Question, quote: &str) -> Vec<(&'static str, String)> {
    let mut lines = vec![("", format!("{}?", question.asked.trim_end_matches(['?', '.'])))];
    let example = question.example.as_ref();
    let example = example.map(|example| format!("; another system says {quote}{example}{quote}")).unwrap_or_default();
    lines.push(("answer", format!("{}{example}", question.accepts)));
    if !question.hints.is_empty() {
        let hints: Vec<String> = question.hints.iter().map(|hint| said(hint, quote)).collect();
        lines.push(("known", hints.join("; ")));
    }
    let people = question.ask.iter().map(|person| format!("{} ({})", person.who, person.because.replace('`', quote)));
    let people: Vec<String> = people.collect();
    lines.push((
        "ask",
        if people.is_empty() { "nobody is named: write `owner` first".to_owned() } else { people.join(", ") },
    ));
    if question.lints() > 0 {
        let names: Vec<&String> = question.reported.iter().chain(&question.waiting).collect();
        let more = names.len().saturating_sub(MAX_NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names: Vec<String> = names.iter().take(MAX_NAMES).map(|name| format!("{quote}{name}{quote}")).collect();
        lines.push(("unlocks", format!("{} ({}{more})", question.unlocks(), names.join(", "))));
    }
    lines
}

fn said(hint: &Hint, quote: &str) -> String {
    let inside = if hint.inside.is_empty() { String::new() } else { format!("{quote}{}{quote} ", hint.inside) };
    let from = if hint.from.is_empty() { String::new() } else { format!(" ({})", hint.from) };
    format!("{inside}{quote}{}{quote}{from}", hint.value)
}

fn bold(style: &Style, text: &str) -> String {
    if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}
