//! Source text with labels. This is the only file that knows miette.
//!
//! miette draws the snippets: lines, labels, underlines and arrows. It is given a [`Snippet`] instead of whole files, so
//! that labels may lie in several files, long lines are cut, and columns count characters. The headline above it and the
//! notes and help below it are written here; `docs/decisions.md` says why.

use std::fmt::{self, Write as _};
use std::io;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, NarratableReportHandler,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::group::{self, Group};
use super::snippet::Snippet;
use super::{Report, Run, Style, clean, plain_text, summary};
use crate::finding::{Finding, Label, Severity};
use crate::source::Position;

/// The cells before the words of a note.
const INDENT: usize = 8;

/// An entry, worded for the page.
struct Page {
    severity: Severity,
    waived: bool,
    /// The name of the lint, where it is not in the head.
    code: Option<String>,
    head: String,
    message: String,
    excerpt: Snippet,
    /// The findings of a missing section: head and message.
    parts: Vec<Part>,
    notes: Vec<String>,
    help: Option<String>,
    see: String,
    link: Option<String>,
}

/// A finding of a missing section, in short.
struct Part {
    severity: Severity,
    head: String,
    message: String,
    help: Option<String>,
}

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for file in &report.files {
        let mut shown: Vec<(Option<Severity>, String)> = group::entries(file, style)
            .iter()
            .map(|entry| {
                let page = Page::new(entry, &report.run, style);
                page.render(style).map(|text| (entry.severity(), text)).map_err(io::Error::other)
            })
            .collect::<io::Result<_>>()?;
        group::fit(&mut shown, style, |(_, text)| text.lines().count() + 1, |(severity, _)| *severity);
        for (_, text) in shown {
            writeln!(out, "{text}")?;
        }
    }
    if style.explain_skipped {
        write_skipped(report, style, out)?;
    }
    if !style.quiet {
        for line in summary::fixed(report, style) {
            writeln!(out, "{}", wrap(&line, "", "    ", style.width))?;
        }
        writeln!(out, "{}", wrap(&summary::line(report, style), "", "    ", style.width))?;
    }
    Ok(())
}

fn write_skipped(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for file in report.files.iter().filter(|file| !file.skipped.is_empty()) {
        let title = format!("not assessed in {}, for want of a field:", file.name);
        writeln!(out, "{}", wrap(&clean::line(&title, style.unicode), "", "    ", style.width))?;
        for skipped in &file.skipped {
            let wants: Vec<_> = skipped.wants.iter().map(|field| format!("`{field}`")).collect();
            let text = match wants.as_slice() {
                [] => format!("{}: two values cannot be compared", skipped.lint),
                wants => format!("{} wants {}", skipped.lint, wants.join(", ")),
            };
            writeln!(out, "{}", wrap(&clean::line(&text, style.unicode), "  ", "      ", style.width))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

impl Page {
    fn new(entry: &Group<'_>, run: &Run, style: &Style) -> Self {
        let line = |text: &str| clean::line(text, style.unicode).into_owned();
        let block = |text: &str| clean::block(text, style.unicode).into_owned();
        match entry {
            Group::One(finding) => {
                let waived = finding.suppression.is_some();
                let waiver = finding.suppression.iter().map(|waiver| line(&waiver.sentence()));
                Self {
                    severity: finding.severity,
                    waived,
                    code: style.narrated.then(|| line(&finding.name)),
                    head: line(&format!(
                        "{}{}[{}]:",
                        if waived { "waived " } else { "" },
                        finding.severity,
                        finding.name
                    )),
                    message: line(&finding.message),
                    excerpt: Snippet::new(&finding.primary, &finding.labels, style),
                    parts: Vec::new(),
                    notes: waiver
                        .chain(finding.notes.iter().map(|note| block(note)))
                        .chain(plain_text::because(&[finding]).map(|text| line(&text)))
                        .collect(),
                    help: plain_text::help_with_change(finding).as_deref().map(block),
                    see: line(&format!("mlsystem explain {}", finding.name)),
                    link: run.page(&finding.name).filter(|_| style.links),
                }
            }
            Group::Section { section, findings } => {
                let first = findings[0];
                let parts = findings
                    .iter()
                    .map(|finding| {
                        let head = line(&format!("{}[{}]:", finding.severity, finding.name));
                        let help = finding.help.as_deref().map(line);
                        Part { severity: finding.severity, head, message: line(&finding.message), help }
                    })
                    .collect();
                Self {
                    severity: first.severity,
                    waived: false,
                    code: None,
                    head: format!("{}:", first.severity),
                    message: line(&format!("section `{section}` is missing; {} lints ask for it", findings.len())),
                    excerpt: Snippet::new(&shared_label(section, findings), &[], style),
                    parts,
                    notes: plain_text::because(findings).map(|text| line(&text)).into_iter().collect(),
                    help: None,
                    see: line(&format!("mlsystem explain {}, or any name above; --verbose shows each", first.name)),
                    link: None,
                }
            }
        }
    }

    fn render(&self, style: &Style) -> Result<String, fmt::Error> {
        let mut text = String::new();
        if style.narrated {
            let mut told = String::new();
            NarratableReportHandler::new().with_context_lines(1).render_report(&mut told, self)?;
            told.lines().try_for_each(|line| writeln!(text, "{}", line.trim_end()))?;
        } else {
            let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
            let mut drawn = String::new();
            self.handler(characters, style).render_report(&mut drawn, self)?;
            self.write_headline(&mut text, style)?;
            // The first line is the icon of miette, and the message that it was not given.
            drawn.lines().skip(1).try_for_each(|line| writeln!(text, "{}", line.trim_end()))?;
        }
        self.write_footer(&mut text, style)?;
        Ok(text)
    }

    /// What is wrong, from the first column on: `error[no-fallback]: online serving has no fallback`.
    fn write_headline(&self, text: &mut String, style: &Style) -> fmt::Result {
        let wrapped = wrap(&format!("{} {}", self.head, self.message), "", "   ", style.width);
        match wrapped.strip_prefix(&self.head) {
            Some(rest) => writeln!(text, "{}{rest}", style.paint(self.severity, self.waived, &self.head)),
            None => writeln!(text, "{wrapped}"),
        }
    }

    fn handler(&self, characters: ThemeCharacters, style: &Style) -> GraphicalReportHandler {
        let mut styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        if style.color {
            (styles.error, styles.warning, styles.advice) =
                (styles.error.bold(), styles.warning.bold(), styles.advice.bold());
            let worst = match self.severity {
                _ if self.waived => styles.linum,
                Severity::Error => styles.error,
                Severity::Warning => styles.warning,
                Severity::Advice => styles.advice,
            };
            let other = ThemeStyles::ansi().help.bold();
            styles.highlights =
                self.excerpt.labels.iter().map(|label| if label.primary { worst } else { other }).collect();
        }
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(style.width + 4)
            .with_context_lines(1)
            .with_links(false)
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .without_syntax_highlighting()
    }

    fn write_footer(&self, text: &mut String, style: &Style) -> fmt::Result {
        if style.narrated {
            // The narrator's columns are cells of what it shows; these are the ones that every other form gives.
            let label = self.excerpt.labels.iter().find(|label| label.primary);
            let name = self.excerpt.lines.first().map_or("", |line| &line.name);
            if let Some(Position { line, column }) = label.map(|label| label.position) {
                writeln!(text, "place: {name}:{line}:{column}")?;
            }
        }
        for Part { severity, head, message, help } in &self.parts {
            let width = if style.narrated { usize::MAX } else { style.width };
            let wrapped = wrap(&format!("{head} {message}"), "  ", "      ", width);
            match wrapped.strip_prefix(&format!("  {head}")) {
                Some(rest) => writeln!(text, "  {}{rest}", style.paint(*severity, false, head))?,
                None => writeln!(text, "{wrapped}")?,
            }
            if let Some(help) = help {
                writeln!(text, "{}", wrap(help, "      ", "      ", width))?;
            }
        }
        for note in &self.notes {
            write_words(text, "note", note, style)?;
        }
        if let Some(help) = &self.help {
            write_words(text, "help", help, style)?;
        }
        match &self.link {
            Some(link) => {
                let see = format!("\u{1b}]8;;{link}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", self.see);
                writeln!(text, "{} {see}", key("see", style))
            }
            _ => write_words(text, "see", &self.see, style),
        }
    }
}

/// Writes `words` behind `name`. Lines that are indented, or stand between fences, are to be copied: they are not
/// broken.
fn write_words(text: &mut String, name: &str, words: &str, style: &Style) -> fmt::Result {
    let width = if style.narrated { usize::MAX } else { style.width };
    let indent = " ".repeat(INDENT);
    let mut fenced = false;
    let mut first = true;
    for line in words.trim_end().lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let literal = fenced || line.starts_with(' ');
        if first {
            write!(text, "{} ", key(name, style))?;
        }
        let wrapped = match literal {
            true => format!("{indent}{line}"),
            false => wrap(line, &indent, &indent, width),
        };
        writeln!(text, "{}", if first { wrapped.get(INDENT..).unwrap_or_default() } else { wrapped.trim_end() })?;
        first = false;
    }
    Ok(())
}

fn key(name: &str, style: &Style) -> String {
    let padded = if style.narrated { format!("{name}:") } else { format!("{name:>6}:") };
    if style.color { ThemeStyles::ansi().help.style(padded).to_string() } else { padded }
}

fn wrap(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// The primary label of findings about one section, with the words that all of them have there.
fn shared_label(section: &str, findings: &[&Finding]) -> Label {
    let mut label = findings[0].primary.clone();
    if findings.iter().any(|finding| finding.primary.text != label.text) || label.text.is_empty() {
        label.text = format!("no `{section}` here");
    }
    label
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The drawn form has a headline of its own.
        match self.excerpt.told {
            true if self.waived => write!(f, "waived: {}", self.message),
            true => f.write_str(&self.message),
            false => Ok(()),
        }
    }
}

impl std::error::Error for Page {}

impl miette::Diagnostic for Page {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = self.code.as_ref()?;
        Some(Box::new(code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels.iter().map(|label| {
            let text = Some(label.text.clone()).filter(|text| !text.is_empty());
            let span = SourceSpan::from(label.range.clone());
            match label.primary {
                true => LabeledSpan::new_primary_with_span(text, span),
                false => LabeledSpan::new_with_span(text, span),
            }
        })))
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let line_at = |offset: usize| self.lines.partition_point(|line| line.start <= offset).checked_sub(1);
        let (Some(first), Some(last)) = (line_at(span.offset()), line_at(span.offset() + span.len())) else {
            return Err(MietteError::OutOfBounds);
        };
        let hunk = self.lines[first].hunk;
        // miette asks whether the snippets of two labels can be one; those of two hunks cannot.
        if self.lines[last].hunk != hunk {
            return Err(MietteError::OutOfBounds);
        }
        let in_hunk = |line: &usize| self.lines[*line].hunk == hunk;
        let from = (first.saturating_sub(context_lines_before)..=first).find(in_hunk).unwrap_or(first);
        let to = (last..=(last + context_lines_after).min(self.lines.len() - 1)).rev().find(in_hunk).unwrap_or(last);
        let start = self.lines[from].start;
        let end = self.lines.get(to + 1).map_or(self.text.len(), |line| line.start);
        // The narrator takes a last line feed for the end of the file, and tells every later label there.
        let end = if self.told { end - 1 } else { end };

        // Without context miette wants to know where a label starts, for the header of a snippet.
        let label =
            self.labels.iter().find(|label| (label.range.start, label.range.len()) == (span.offset(), span.len()));
        let (line, column) = match label {
            Some(label) if context_lines_before == 0 => (label.position.line, label.position.column),
            _ => (self.lines[from].number, 1),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.lines[from].name.to_string(),
            &self.text.as_bytes()[start..end],
            SourceSpan::from(start..end),
            line.saturating_sub(1) as usize,
            column.saturating_sub(1) as usize,
            to - from + 1,
        )))
    }
}
