//! A text that is being typed, mended at the cursor so that the parser reads it.
//!
//! A letter that stands nowhere else is put at the cursor, and the same parser as ever reads the text. Where it refuses,
//! what is missing behind the letter is added (a colon, a blank, closing brackets), then lines that it refuses elsewhere
//! are left out, then what follows. The place of the letter in the tree is where the cursor is.

use std::sync::Arc;

use crate::editor::cursor::{Cursor, locate};
use crate::schema::Schema;
use crate::source::{Source, Span};
use crate::tree::{self, Limits, Shape, Style, Tree};

/// How many lines that the parser refuses are left out.
const LEFT_OUT: usize = 4;

/// A text that was mended.
#[derive(Debug)]
pub(super) struct Repaired {
    /// The tree of the mended text.
    pub tree: Arc<Tree>,
    /// Where the letter stands in it.
    pub cursor: Cursor,
    /// The bytes of the original text that are written anew: the key or scalar around the cursor, without quotes.
    pub span: Span,
    /// What of them stands before the cursor, and what behind.
    pub typed: String,
    pub rest: String,
    /// Whether the scalar stands in quotes.
    pub style: Style,
    /// How the letter was put in.
    pub form: Insertion,
}

/// How the letter was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Insertion {
    /// As it is.
    Word,
    /// With a colon behind its word: it is a key, or what else may stand at the start of a line.
    Key,
    /// With a blank before it: the cursor is right behind a colon or dash.
    Spaced,
}

/// The text mended around `offset`; none in a comment, and where no mending helps.
pub(super) fn repair(source: &Source, schema: &'static Schema, offset: usize) -> Option<Repaired> {
    let text = source.text();
    let mark = ('\u{e000}'..'\u{e100}').find(|letter| !text.contains(*letter))?;
    let line = Line::around(text, offset);
    let mut base = text.to_owned();
    for left_out in 0..=LEFT_OUT + 2 {
        match read_with(&base, &line, mark, offset) {
            Ok((tree, form)) => return found(text, tree, schema, offset, mark, form),
            // Nothing can be written here that leaves the text as good as it is.
            Err(_) if left_out == 0 && reads(text) => return None,
            // The line that the parser refuses, unless it is that of the cursor.
            Err(refused) if left_out < LEFT_OUT && !line.holds(refused) => blank(&mut base, refused),
            Err(_) if left_out < LEFT_OUT + 1 && base.len() > line.end => base.truncate(line.end),
            Err(_) => {
                let section = section_start(text, line.start);
                base.truncate(line.end);
                blank_until(&mut base, section);
            }
        }
    }
    None
}

fn reads(text: &str) -> bool {
    tree::parse(&Source::new("", text), &Limits::default()).tree.is_some()
}

/// The line of the cursor.
struct Line {
    start: usize,
    end: usize,
    /// Where the word around the cursor ends.
    word_end: usize,
    /// Whether nothing but dashes and a word stands before the cursor.
    begins: bool,
    /// Whether the cursor is right behind a colon or dash.
    behind_sign: bool,
    /// What closes the brackets and quotes that are open at the cursor.
    closing: String,
}

impl Line {
    fn around(text: &str, offset: usize) -> Self {
        let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = crate::editor::lines::end_of(text, offset);
        let before = &text[start..offset];
        let word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '@' | '.' | '%' | '+');
        let word_end = offset + text[offset..end].find(|letter| !word(letter)).unwrap_or(end - offset);
        let mut lead = before.trim_start_matches([' ', '\u{feff}']);
        while let Some(rest) = lead.strip_prefix("- ") {
            lead = rest.trim_start_matches(' ');
        }
        let closing = closing(&text[section_start(text, start)..offset]);
        Self {
            start,
            end,
            word_end,
            begins: lead.chars().all(word) && closing.is_empty(),
            behind_sign: before.ends_with(':') || lead == "-",
            closing,
        }
    }

    fn holds(&self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }
}

/// Where the top-level key begins that holds the line at `start`.
fn section_start(text: &str, start: usize) -> usize {
    let mut here = start;
    loop {
        let first = text[here..].chars().next();
        if here == 0 || here != start && first.is_some_and(|letter| !letter.is_whitespace() && letter != '#') {
            return here;
        }
        here = text[..here - 1].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    }
}

/// What closes the brackets and quotes that `text` leaves open. The parser has the last word.
fn closing(text: &str) -> String {
    let mut open: Vec<char> = Vec::new();
    let mut before = ' ';
    let mut comment = false;
    for letter in text.chars() {
        let quoted = open.last().filter(|last| matches!(last, '"' | '\'')).copied();
        match (letter, quoted) {
            ('\n' | '\r', _) => comment = false,
            _ if comment => {}
            ('"' | '\'', Some(quote)) if letter == quote && before != '\\' => {
                open.pop();
            }
            (_, Some(_)) => {}
            ('#', _) if before.is_whitespace() => comment = true,
            ('"' | '\'', _) if before.is_whitespace() || matches!(before, '[' | '{' | ',') => open.push(letter),
            ('{', _) if before.is_whitespace() || matches!(before, '[' | '{' | ',') => open.push('}'),
            ('[', _) if before.is_whitespace() || matches!(before, '[' | '{' | ',') => open.push(']'),
            ('}' | ']', _) if open.last() == Some(&letter) => {
                open.pop();
            }
            _ => {}
        }
        before = letter;
    }
    open.into_iter().rev().collect()
}

/// The tree of the text with the mark in it, or the place that the parser refuses.
fn read_with(base: &str, line: &Line, mark: char, offset: usize) -> Result<(Tree, Insertion), usize> {
    let rest = &base[line.word_end.min(base.len())..line.end.min(base.len())];
    let is_key_already = rest.trim_start().starts_with(':');
    let forms: &[Insertion] = match () {
        () if line.behind_sign => &[Insertion::Spaced, Insertion::Word],
        () if line.begins && !is_key_already => &[Insertion::Key, Insertion::Word],
        () => &[Insertion::Word, Insertion::Key],
    };
    let mut refused = None;
    for closing in [line.closing.as_str(), ""] {
        for form in forms {
            let text = fixed(base, line, mark, offset, *form, closing);
            let added = text.len() - base.len();
            let parsed = tree::parse(&Source::new("", text), &Limits::default());
            match parsed.tree {
                Some(tree) => return Ok((tree, *form)),
                None => {
                    let at = parsed.findings.first().map_or(offset, |finding| finding.primary.span.start as usize);
                    // What was put in has no place in the original text.
                    refused.get_or_insert(if at > offset { at.saturating_sub(added).max(offset) } else { at });
                }
            }
        }
        if line.closing.is_empty() {
            break;
        }
    }
    Err(refused.unwrap_or(offset))
}

fn fixed(base: &str, line: &Line, mark: char, offset: usize, form: Insertion, closing: &str) -> String {
    let (before, after) = base.split_at(offset);
    let (word, after) = after.split_at(line.word_end - offset);
    let (rest, below) = after.split_at(line.end - line.word_end);
    let blank = if form == Insertion::Spaced { " " } else { "" };
    let colon = if form == Insertion::Key { ":" } else { "" };
    format!("{before}{blank}{mark}{word}{colon}{rest}{closing}{below}")
}

/// Replaces the line at `offset` by blanks.
fn blank(text: &mut String, offset: usize) {
    let offset = floor(text, offset.min(text.len()));
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = crate::editor::lines::end_of(text, offset);
    text.replace_range(start..end, &" ".repeat(end - start));
}

/// Replaces what stands before `end` by blanks, line by line.
fn blank_until(text: &mut String, end: usize) {
    let blanks: String =
        text[..end].bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte as char } else { ' ' }).collect();
    text.replace_range(..end, &blanks);
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn found(
    text: &str,
    tree: Tree,
    schema: &'static Schema,
    offset: usize,
    mark: char,
    form: Insertion,
) -> Option<Repaired> {
    let at = offset + usize::from(form == Insertion::Spaced);
    let cursor = locate(&tree, schema, u32::try_from(at + 1).ok()?);
    let (whole, style) = if cursor.on_key {
        let key = cursor.way.last()?.key?;
        let style = match tree.source().slice(key).chars().next() {
            Some('"') => Style::DoubleQuoted,
            Some('\'') => Style::SingleQuoted,
            _ => Style::Plain,
        };
        (key, style)
    } else {
        let node = tree.node(cursor.node);
        let Shape::Scalar(scalar) = &node.shape else { return None };
        (node.span, scalar.style)
    };
    let quote = u32::from(matches!(style, Style::DoubleQuoted | Style::SingleQuoted));
    let inner = Span { start: whole.start + quote, end: whole.end.saturating_sub(quote) };
    let source = tree.source();
    let mark_span = Span::new(at, at + mark.len_utf8());
    // In a comment the mark is no part of a scalar, and a text over several lines is prose.
    let holds = inner.start <= mark_span.start && mark_span.end <= inner.end;
    if !holds || source.slice(inner).contains(['\n', '\r']) || matches!(style, Style::Literal | Style::Folded) {
        return None;
    }
    let typed = source.slice(Span { start: inner.start, end: mark_span.start }).to_owned();
    let rest = source.slice(Span { start: mark_span.end, end: inner.end }).to_owned();
    let start = if form == Insertion::Spaced { offset } else { inner.start as usize };
    let span = Span::new(start, start + typed.len() + rest.len());
    // What was put in behind the mark may have become a part of the scalar, as a colon does before a `#`.
    if !text[offset..].starts_with(&rest) || !text[..offset].ends_with(&typed) {
        return None;
    }
    Some(Repaired { tree: Arc::new(tree), cursor, span, typed, rest, style, form })
}
