//! Characters that only look like the marks of YAML where it wants its own: blanks before a line or after a colon, wide
//! colons, dashes of word processors. YAML takes them for letters.

use std::ops::Range;
use std::sync::Arc;

use super::line_scan::{line_end, line_start, next_line, quote_end, quotes};
use super::parse::{Limits, brief, parse};
use crate::finding::{Applicability, Edit, Fix};
use crate::lookalike;
use crate::source::{Source, Span};

/// The words and the edit for one of them.
#[derive(Debug, Clone)]
pub struct Disguise {
    /// What is wrong.
    pub message: String,
    /// The characters.
    pub span: Span,
    /// What to write instead.
    pub help: String,
    /// Writes plain characters, in the whole text where that makes YAML of it.
    pub fix: Fix,
}

/// One run of characters in the place of a mark.
#[derive(Clone)]
struct Found {
    at: Range<usize>,
    plain: String,
    place: Position,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Indentation,
    AfterColon,
    Colon,
    AfterDash,
    Dash,
}

/// More of them than this are not written anew at once.
const MAX_EDITS: usize = 1_000;

/// A longer text is not read again to see whether an edit of all its lines makes YAML of it.
const MAX_TRIED_BYTES: usize = 1_000_000;

/// The first disguised mark on the lines that `range` touches.
pub fn disguise(source: &Arc<Source>, range: Range<usize>) -> Option<Disguise> {
    let text = source.text();
    let lines = line_start(text, range.start)..line_end(text, range.end);
    if text[lines.clone()].is_ascii() {
        return None;
    }
    let (all, found) = all(text, &lines);
    let found = found?;
    let character = text[found.at.clone()].chars().find(|c| !c.is_ascii())?;
    let named = lookalike::named(character);
    let message = match found.place {
        Position::Indentation => format!("the line is indented by {named}"),
        Position::AfterColon => format!("after the colon stands {named}"),
        Position::Colon => format!("the key ends with {named}"),
        Position::AfterDash => format!("after the dash stands {named}"),
        Position::Dash => format!("the item begins with {named}"),
    };
    let (line, end) = (line_start(text, found.at.start), line_end(text, found.at.start));
    let written = format!("{}{}{}", &text[line..found.at.start], found.plain, &text[found.at.end..end]);
    let help = match found.place {
        Position::Indentation => format!("indent with plain spaces: `{}`", brief(&written)),
        Position::AfterColon | Position::AfterDash => {
            format!("write `{}` with a plain space", brief(written.trim_start()))
        }
        Position::Colon => format!("write `{}` with a plain colon", brief(written.trim_start())),
        Position::Dash => format!("write `{}` with a plain dash", brief(written.trim_start())),
    };
    let edit = |found: &Found| Edit {
        source: Arc::clone(source),
        span: Span::new(found.at.start, found.at.end),
        text: found.plain.clone(),
    };
    let everywhere: Vec<Edit> = all.iter().map(edit).collect();
    let edits = if is_yaml_after(text, &everywhere) { everywhere } else { vec![edit(&found)] };
    let fix = Fix { title: "write plain characters".to_owned(), applicability: Applicability::Safe, edits };
    Some(Disguise { message, span: Span::new(found.at.start, found.at.end), help, fix })
}

/// Whether the edits make a text of the whole that can be read.
fn is_yaml_after(text: &str, edits: &[Edit]) -> bool {
    if text.len() > MAX_TRIED_BYTES || edits.len() >= MAX_EDITS {
        return false;
    }
    let mut edited = text.to_owned();
    for edit in edits.iter().rev() {
        edited.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    parse(&Source::new("", edited), &Limits::default()).tree.is_some()
}

/// The disguised marks of the text, in order, and the first one within `lines`. Blocks of text and what stands between
/// quotes are left out.
fn all(text: &str, lines: &Range<usize>) -> (Vec<Found>, Option<Found>) {
    let (mut all, mut first) = (Vec::new(), None);
    let (mut at, mut block, mut quoted_until) = (0, None, 0);
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_blank = line.trim().is_empty();
        block = block.filter(|outer| is_blank || indent > *outer);
        if block.is_none() && !is_blank && at >= quoted_until {
            for found in marks(text, at..end) {
                if first.is_none() && lines.start <= found.at.start && found.at.end <= lines.end {
                    first = Some(found.clone());
                }
                if all.len() < MAX_EDITS {
                    all.push(found);
                }
            }
            if begins_block(line) {
                block = Some(indent);
            }
            if let (_, Some(open)) = quotes(text, at, end) {
                quoted_until = quote_end(text.as_bytes(), open).unwrap_or(text.len());
            }
        }
        at = next_line(text, at);
    }
    (all, first)
}

/// Whether the line ends with the `|` or `>` of a block of text.
fn begins_block(line: &str) -> bool {
    let line = line.find(" #").map_or(line, |comment| &line[..comment]).trim_end();
    let header = line.trim_end_matches(|c: char| matches!(c, '+' | '-' | '0'..='9'));
    let before = header.strip_suffix(['|', '>']);
    before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

fn marks(text: &str, line: Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    let start = if line.start == 0 && text.starts_with('\u{feff}') { 3 } else { line.start };
    let rest = |at: usize| &text[at..line.end];
    let mut at = start + blanks(rest(start));
    if rest(at).starts_with('#') {
        return found;
    }
    push(&mut found, text, start..at, Position::Indentation, "");
    // Items of a list, which may stand inside each other.
    while let Some(dash) = rest(at).chars().next().filter(|c| *c == '-' || lookalike::looks_like(*c, '-')) {
        let after = at + dash.len_utf8();
        let next = after + blanks(rest(after));
        if next == after && after < line.end {
            break;
        }
        match dash {
            '-' => push(&mut found, text, after..next, Position::AfterDash, ""),
            _ => push(&mut found, text, at..next, Position::Dash, if next == line.end { "-" } else { "- " }),
        }
        at = next;
    }
    let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
    let key = rest(at).find(|c| !is_of_key(c)).unwrap_or(line.end - at);
    let Some(colon) = rest(at + key).chars().next().filter(|_| key > 0) else { return found };
    let after = at + key + colon.len_utf8();
    let next = after + blanks(rest(after));
    if colon == ':' {
        push(&mut found, text, after..next, Position::AfterColon, "");
    } else if lookalike::looks_like(colon, ':') && (text[at..at + key].is_ascii() || next == line.end) {
        push(&mut found, text, at + key..next, Position::Colon, if next == line.end { ":" } else { ": " });
    }
    found
}

/// The length of the blanks and unseen characters that a text begins with.
fn blanks(text: &str) -> usize {
    let is_blank = |c: char| c == ' ' || lookalike::is_blank(c) || lookalike::is_unseen(c);
    text.len() - text.trim_start_matches(is_blank).len()
}

/// Adds a run of characters that are not all plain. Blanks become as many plain ones, a wide one two.
fn push(found: &mut Vec<Found>, text: &str, at: Range<usize>, place: Position, plain: &str) {
    let written = &text[at.clone()];
    if written.is_ascii() {
        return;
    }
    let blank = |c: char| match c {
        '\u{3000}' => "  ",
        c if lookalike::is_unseen(c) => "",
        _ => " ",
    };
    let plain = match (plain, place) {
        ("", Position::Indentation) => written.chars().map(blank).collect(),
        ("", _) => " ".to_owned(),
        (plain, _) => plain.to_owned(),
    };
    found.push(Found { at, plain, place });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(String, String)> {
        let source = Source::new("", text.to_owned());
        let disguise = disguise(&source, 0..text.len())?;
        let mut edited = text.to_owned();
        for edit in disguise.fix.edits.iter().rev() {
            edited.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        Some((disguise.message, edited))
    }

    #[test]
    fn marks_become_plain() {
        for (text, message, edited) in [
            (
                "a:\n\u{a0}\u{a0}b: 1\n\u{a0}\u{a0}c: 2\n",
                "the line is indented by U+00A0 (no-break space)",
                "a:\n  b: 1\n  c: 2\n",
            ),
            ("a:\n\u{3000}b: 1\n", "the line is indented by U+3000 (ideographic space)", "a:\n  b: 1\n"),
            ("a:\u{a0}b\n", "after the colon stands U+00A0 (no-break space)", "a: b\n"),
            ("a：\n  b：1\n", "the key ends with U+FF1A (fullwidth colon)", "a:\n  b: 1\n"),
            ("a:\n  – b\n  – c\n", "the item begins with U+2013 (en dash)", "a:\n  - b\n  - c\n"),
            ("a:\n  -\u{a0}b\n", "after the dash stands U+00A0 (no-break space)", "a:\n  - b\n"),
            ("a:\n  -\u{a0}b:\u{a0}c\n", "after the dash stands U+00A0 (no-break space)", "a:\n  - b: c\n"),
        ] {
            assert_eq!(found(text), Some((message.to_owned(), edited.to_owned())), "{text}");
        }
    }

    #[test]
    fn prose_is_left_alone() {
        for text in [
            "a: |\n  \u{3000}prose\n  – more\nb: 1\n",
            "a: \"x\n  – more\"\n",
            "a: >-\n  \u{a0}prose\n",
            "# \u{a0}x\n\u{a0}# y\n",
            "a: x\u{a0}y – z\n",
            "a: 注意：见下\n",
            "\u{feff}a: é\n",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
