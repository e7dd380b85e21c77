//! What stands where an answer has yet to come: words, marks, and gaps such as `<who answers>`.

use std::ops::Range;

use super::word::{is_one_of, trimmed};

/// Words that stand where an answer has yet to come, in any case.
pub const PLACEHOLDERS: [&str; 8] = ["todo", "tbd", "?", "…", "...", "xxx", "fixme", "unknown"];

/// What text begins with that only fills a place, in any case.
pub const FILLER: &str = "lorem ipsum";

/// The words that are placeholders inside of a text too, where they are written so.
const MARKERS: [&str; 4] = ["TODO", "TBD", "FIXME", "XXX"];

/// The brackets around words that say what is to be written.
const BRACKETS: [(char, char); 2] = [('<', '>'), ('‹', '›')];

/// The most words of a text in which a last `?` is no punctuation.
const MAX_SHORT: usize = 3;

/// Letters right before a bracket from which on it belongs to a type, as in `array<string>`.
const TYPE_LETTERS: usize = 3;

/// Whether a text stands where an answer has yet to come, or a part of it does: `TODO`, `?`, `lorem ipsum`,
/// `<who answers>`, `ask TBD first`.
pub fn is_placeholder(text: &str) -> bool {
    placeholder_in(text).is_some()
}

/// The bytes of a text that stand where an answer has yet to come; all of it where the whole text does.
///
/// Between brackets stand words: a comparison (`< 5%`), an address (`<a@b.example>`), a type (`array<string>`), a pair of
/// tags (`<b>so</b>`) and what stands in backticks are none of it. In a text a marker is written in capitals and stands
/// alone between blanks or punctuation.
pub fn placeholder_in(text: &str) -> Option<Range<usize>> {
    let whole = trimmed(text);
    let begin = text.len() - text.trim_start().len();
    if is_placeholder_alone(whole) {
        return Some(begin..begin + whole.len());
    }
    if !may_hold_one(whole) {
        return None;
    }
    let part = gap(whole).or_else(|| marker(whole))?;
    Some(begin + part.start..begin + part.end)
}

/// Whether the whole of a text is a word that stands where an answer has yet to come: where brackets and marks inside of
/// texts have a meaning, as in expressions.
pub fn is_placeholder_alone(text: &str) -> bool {
    let text = trimmed(text);
    let filler = text.get(..FILLER.len()).is_some_and(|start| start.eq_ignore_ascii_case(FILLER));
    filler || is_one_of(text, &PLACEHOLDERS) || !text.is_empty() && text.bytes().all(|byte| byte == b'?')
}

/// Whether a text has any of the bytes that a placeholder inside of it has. Nearly none has.
fn may_hold_one(text: &str) -> bool {
    let mut before = 0_u8;
    text.bytes().any(|byte| {
        let pair = byte.is_ascii_uppercase() && before.is_ascii_uppercase() || byte == b'.' && before == b'.';
        before = byte;
        pair || matches!(byte, b'<' | b'?' | 0xE2)
    })
}

/// Words between brackets, with the brackets.
fn gap(text: &str) -> Option<Range<usize>> {
    BRACKETS.iter().filter_map(|(open, close)| gap_between(text, *open, *close)).min_by_key(|found| found.start)
}

fn gap_between(text: &str, open: char, close: char) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = text[from..].find(open).map(|at| from + at) {
        let inside = start + open.len_utf8();
        let end = text[inside..].find([open, close]).map(|at| inside + at)?;
        from = end;
        if text[end..].starts_with(close) && are_words(&text[inside..end]) && !belongs(text, start, &text[inside..end])
        {
            return Some(start..end + close.len_utf8());
        }
    }
    None
}

/// Whether a text between brackets is words, and no address, attribute or end of a tag.
fn are_words(inside: &str) -> bool {
    let begins = inside.chars().next().is_some_and(char::is_alphabetic);
    let ends = inside.chars().next_back().is_some_and(|letter| !letter.is_whitespace() && letter != '/');
    begins && ends && !inside.contains('@') && !inside.contains("://") && !inside.contains("=\"")
}

/// Whether brackets belong to what is around them: a type, a comparison, a tag with its end, or code in backticks.
fn belongs(text: &str, start: usize, inside: &str) -> bool {
    let (before, after) = text.split_at(start);
    let letters = before.chars().rev().take_while(|letter| letter.is_alphanumeric()).count();
    let blank = inside.contains(char::is_whitespace);
    (letters >= TYPE_LETTERS && !blank)
        || (letters > 0 && blank)
        || after.contains(&format!("</{inside}>"))
        || before.matches('`').count() % 2 == 1
}

/// A marker that stands alone in a text.
fn marker(text: &str) -> Option<Range<usize>> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in text.split_whitespace() {
        let from = words.last().map_or(0, |(start, word)| start + word.len());
        words.push((from + text[from..].find(word)?, word));
    }
    words.iter().enumerate().find_map(|(index, (start, word))| {
        if word.contains('`') {
            return None;
        }
        let core = word.trim_matches(|letter: char| ",;:()[]\"'".contains(letter));
        let bare = core.trim_end_matches(['.', '!']);
        let offset = start + word.find(core)?;
        let name = bare.split(['(', '/', ':']).next().unwrap_or_default();
        if MARKERS.contains(&name) {
            return Some(offset..offset + name.len());
        }
        let before = index.checked_sub(1).and_then(|index| words.get(index)).map(|(_, word)| *word);
        let last = index + 1 == words.len();
        let opened = before.is_none_or(|word| word.ends_with([':', '=', '(', '[', ';', '/']));
        let listed = before.is_some_and(|word| word.ends_with(','));
        let asks = !core.is_empty() && core.bytes().all(|byte| byte == b'?');
        // After a comma an ellipsis says "and so on", and at the end of a sentence a mark of its own ends a question.
        let stands = match core {
            "…" | "..." => opened || !listed && !last,
            _ if asks => opened || listed || !last || words.len() <= MAX_SHORT,
            _ => false,
        };
        stands.then(|| offset..offset + core.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Option<&str> {
        placeholder_in(text).map(|part| &text[part])
    }

    #[test]
    fn words_that_wait_for_an_answer() {
        for text in ["TODO", "tbd", "?", "???", "…", "...", "XXX", "FixMe", "Unknown", "Lorem ipsum dolor", " TBD "] {
            assert_eq!(part(text), Some(text.trim()), "{text}");
        }
    }

    #[test]
    fn gaps_wait_for_an_answer() {
        for (text, found) in [
            ("<reason>", "<reason>"),
            ("‹who answers›", "‹who answers›"),
            ("see <what replaces it>, later", "<what replaces it>"),
            ("team-<name>", "<name>"),
            ("docs/<name>.md", "<name>"),
            ("v<N>", "<N>"),
            ("at most <n> and < 5%", "<n>"),
            ("a < b <c>", "<c>"),
            ("<a@b.example>, then <who>", "<who>"),
            ("<l'équipe>", "<l'équipe>"),
            ("<what\n it does>", "<what\n it does>"),
        ] {
            assert_eq!(part(text), Some(found), "{text}");
        }
    }

    #[test]
    fn other_brackets_say_something() {
        for text in [
            "< 5%",
            "<5%",
            "<= 100ms",
            "p50<p99 and p99>10",
            "a < b and c > d",
            "Ana <ana@example.com>",
            "<https://example.com/a>",
            "array<string>",
            "<b>bold</b> words",
            "<br/>",
            "<|endoftext|>",
            "text between `<user>` marks",
            "a -> b",
            "x <- y -> z",
            "5 > 3 < 4",
            "<",
            "<>",
            "‹",
        ] {
            assert_eq!(part(text), None, "{text}");
        }
    }

    #[test]
    fn a_marker_may_stand_in_a_text() {
        for (text, found) in [
            ("TODO: find out", "TODO"),
            ("ask the team (TBD)", "TBD"),
            ("by FIXME.", "FIXME"),
            ("TODO(ana) measure", "TODO"),
            ("at least ?", "?"),
            ("? then the lead", "?"),
            ("owner: ?, deputy: ana", "?"),
            ("from … to 2027", "…"),
            ("route: ...", "..."),
        ] {
            assert_eq!(part(text), Some(found), "{text}");
        }
    }

    #[test]
    fn a_text_may_end_as_texts_do() {
        for text in [
            "todo list",
            "a TODO-list app",
            "comments with `TODO` are left out",
            "clicks, views, …",
            "1, 2, ... n",
            "and so on…",
            "is it sure?",
            "que fait-on quand il pleut ?",
            "unknown callers",
            "the TODOS",
            "US and EU",
            "wait... what",
        ] {
            assert_eq!(part(text), None, "{text}");
        }
    }
}
