//! Source text with labels. This is the only file that knows miette.
//!
//! miette draws the snippets: lines, labels, underlines and arrows. It is given a [`Snippet`] instead of whole files, so
//! that labels may lie in several files, long lines are cut, and columns count characters. The headline above it and the
//! notes and help below it are written here; `docs/decisions.md` says why.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::io;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, NarratableReportHandler,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::entry::{self, Entry};
use super::snippet::Snippet;
use super::{Report, Run, Style, clean, plain_text, standing, statistics, summary};
use crate::finding::Severity;
use crate::source::Position;

/// The cells before the words of a note.
const INDENT: usize = 8;

/// An entry, worded for the page.
struct Page {
    severity: Severity,
    waived: bool,
    name: String,
    message: String,
    /// Where something is missing as a whole, so that there is nothing to draw.
    at: Option<String>,
    excerpt: Snippet,
    /// The other places.
    also: Vec<String>,
    notes: Vec<String>,
    help: Option<String>,
    link: Option<String>,
}

pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    if style.statistics {
        statistics::write(report, style, out)?;
    } else {
        write_entries(report, style, out)?;
    }
    if style.explain_skipped {
        write_skipped(report, style, out)?;
    }
    if !style.quiet {
        for line in summary::fixed(report, style) {
            writeln!(out, "{}", wrap(&line, "", "    ", style.width))?;
        }
        writeln!(out, "{}", wrap(&summary::line(report, style), "", "    ", style.width))?;
        if !style.statistics {
            for line in standing::lines(report, style) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

/// The worst entries in full, the others a line each, and the waived ones in full again, where they are shown at all.
fn write_entries(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let entries = entry::entries(report, style);
    let (waived, open): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.severity().is_none());
    let in_full = if style.all { open.len() } else { entry::IN_FULL.min(open.len()) };
    let mut told = BTreeSet::new();
    let full = |entry: &Entry<'_>, told: &mut BTreeSet<String>, out: &mut dyn io::Write| {
        let text = Page::new(entry, &report.run, style, told).render(style).map_err(io::Error::other)?;
        writeln!(out, "{text}")
    };
    for entry in &open[..in_full] {
        full(entry, &mut told, out)?;
    }
    let several = report.files.len() > 1;
    for (index, entry) in open[in_full..].iter().enumerate() {
        if index == 0 {
            writeln!(out, "{} more, a line each:", open.len() - in_full)?;
        }
        writeln!(out, "{}", row(entry, several, style))?;
    }
    if in_full < open.len() {
        writeln!(out)?;
    }
    waived.into_iter().try_for_each(|entry| full(entry, &mut told, out))
}

/// An entry in one line, which is cut where the screen ends.
fn row(entry: &Entry<'_>, several: bool, style: &Style) -> String {
    let first = entry.first;
    let place = if several { plain_text::place(&first.primary) } else { plain_text::position(&first.primary) };
    let more = match entry.others.len() {
        0 => String::new(),
        others => format!(" (and {others} more)"),
    };
    let severity = entry.severity().unwrap_or(first.severity);
    let (head, rest) = (format!("{severity}[{}]", first.name), format!("{place} {}{more}", first.message));
    let (head, rest) = (clean::line(&head, style.unicode), clean::line(&rest, style.unicode));
    let width = if style.narrated { usize::MAX } else { style.width };
    let line = clipped(&format!("  {head} {rest}"), width, style);
    match line.strip_prefix(&format!("  {head}")) {
        Some(rest) => format!("  {}{rest}", style.paint(severity, false, &head)),
        None => line,
    }
}

/// As much of `text` as has room in `width` cells.
pub(super) fn clipped(text: &str, width: usize, style: &Style) -> String {
    if textwrap::core::display_width(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(textwrap::core::display_width(style.ellipsis()));
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if textwrap::core::display_width(&kept) > room {
            kept.pop();
            break;
        }
    }
    format!("{}{}", kept.trim_end(), style.ellipsis())
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
    /// Words an entry. What `told` has was said on this page already, and is not said again.
    fn new(entry: &Entry<'_>, run: &Run, style: &Style, told: &mut BTreeSet<String>) -> Self {
        let line = |text: &str| clean::line(text, style.unicode).into_owned();
        let block = |text: &str| clean::block(text, style.unicode).into_owned();
        let finding = entry.first;
        let waiver = finding.suppression.iter().map(|waiver| line(&waiver.sentence()));
        let because = plain_text::because(finding).filter(|because| told.insert(because.clone()));
        let nowhere = finding.missing_section.is_some() && finding.labels.is_empty();
        let at = nowhere.then(|| match finding.primary.text.as_str() {
            "" => plain_text::place(&finding.primary),
            text => format!("{}: {text}", plain_text::place(&finding.primary)),
        });
        Self {
            severity: finding.severity,
            waived: finding.suppression.is_some(),
            name: line(&finding.name),
            message: line(&finding.message),
            excerpt: match at {
                Some(_) => Snippet::empty(style),
                None => Snippet::new(&finding.primary, &finding.labels, style),
            },
            at: at.as_deref().map(line),
            also: entry.elsewhere().iter().map(|place| line(place)).collect(),
            notes: waiver
                .chain(finding.notes.iter().map(|note| block(note)))
                .chain(because.map(|text| line(&text)))
                .collect(),
            help: plain_text::help_with_change(finding).as_deref().map(block),
            link: run.page(&finding.name).filter(|_| style.links),
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
        let severity = if self.waived { format!("waived {}", self.severity) } else { self.severity.to_string() };
        let head = format!("{severity}[{}]:", self.name);
        let wrapped = wrap(&format!("{head} {}", self.message), "", "   ", style.width);
        let Some(rest) = wrapped.strip_prefix(&head) else { return writeln!(text, "{wrapped}") };
        let linked = match &self.link {
            Some(link) => format!("{severity}[\u{1b}]8;;{link}\u{1b}\\{}\u{1b}]8;;\u{1b}\\]:", self.name),
            None => head,
        };
        writeln!(text, "{}{rest}", style.paint(self.severity, self.waived, &linked))
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
        if let Some(at) = &self.at {
            write_words(text, "at", at, style)?;
        }
        for place in &self.also {
            write_words(text, "also", place, style)?;
        }
        for note in &self.notes {
            write_words(text, "note", note, style)?;
        }
        self.help.iter().try_for_each(|help| write_words(text, "help", help, style))
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

pub(super) fn wrap(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
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
        self.excerpt.told.then(|| Box::new(&self.name) as Box<dyn fmt::Display>)
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
