//! Edits of block-style YAML by the place of a key, done on the text as a person would do them in an editor.
//!
//! A place is keys joined by points; an item of a list is its number: `requirements.0.must`. Keys that hold a point do not
//! occur in the fixtures. Nothing here parses YAML: a key is found by its indentation, and everything that is indented
//! deeper belongs to it. What stands in braces is edited as text, with [`Edit::Replace`].

/// One change of a text.
#[derive(Debug, Clone, Copy)]
pub enum Edit<'a> {
    /// Deletes a key and all that belongs to it.
    Cut(&'a str),
    /// Writes another value after a key, in place of all that belongs to it.
    Set(&'a str, &'a str),
    /// Writes lines at the end of what belongs to a key; at the end of the file for the place "".
    Add(&'a str, &'a str),
    /// Replaces a text that occurs once.
    Replace(&'a str, &'a str),
}

/// The lines of one key.
struct Block {
    first: usize,
    end: usize,
    indent: usize,
}

impl Edit<'_> {
    /// The edited text, or why the text has no such place.
    pub fn apply(self, text: &str) -> Result<String, String> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        match self {
            Self::Replace(old, new) => {
                return match text.matches(old).count() {
                    1 => Ok(text.replacen(old, new, 1)),
                    count => Err(format!("`{old}` occurs {count} times, and once is wanted")),
                };
            }
            Self::Cut(place) => {
                let block = find(&lines, place)?;
                let dash =
                    !place.ends_with(|c: char| c.is_ascii_digit()) && lines[block.first].trim_start().starts_with("- ");
                if dash {
                    return Err(format!("`{place}` is the first key of its item: set it, or cut the item"));
                }
                lines.drain(block.first..block.end);
            }
            Self::Set(place, value) => {
                let block = find(&lines, place)?;
                let line = &lines[block.first];
                let colon = line[block.indent..].find(':').ok_or_else(|| format!("`{place}` is an item, not a key"))?;
                let written = format!("{} {value}", &line[..=block.indent + colon]);
                lines.splice(block.first..block.end, [written]);
            }
            Self::Add("", added) => lines.extend(added.lines().map(str::to_owned)),
            Self::Add(place, added) => {
                let block = find(&lines, place)?;
                let indent = " ".repeat(block.indent + 2);
                let added: Vec<String> = added.lines().map(|line| format!("{indent}{line}")).collect();
                lines.splice(block.end..block.end, added);
            }
        }
        Ok(lines.join("\n") + "\n")
    }
}

/// The keys at the top of a text, in order.
pub fn sections(text: &str) -> Vec<&str> {
    let key = |line: &'_ str| {
        let key = line.split(':').next().unwrap_or_default();
        line.contains(':') && !key.is_empty() && !key.starts_with([' ', '#', '-'])
    };
    text.lines().filter(|line| key(line)).filter_map(|line| line.split(':').next()).collect()
}

/// The text with its top-level sections in the opposite order. Comments go with the section below them.
pub fn reversed(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut pending = String::new();
    for line in text.lines() {
        let top = !line.is_empty() && !line.starts_with([' ', '#']);
        let comment = line.is_empty() || line.starts_with('#');
        if top {
            parts.push(std::mem::take(&mut pending) + line + "\n");
        } else if comment || parts.is_empty() {
            pending += &format!("{line}\n");
        } else {
            let last = parts.last_mut().expect("a section");
            *last += &format!("{}{line}\n", std::mem::take(&mut pending));
        }
    }
    parts.reverse();
    parts.concat() + &pending
}

fn find(lines: &[String], place: &str) -> Result<Block, String> {
    let mut block = Block { first: 0, end: lines.len(), indent: 0 };
    for (depth, step) in place.split('.').enumerate() {
        block = match step.parse::<usize>() {
            Ok(number) => item(lines, &block, number),
            Err(_) => key(lines, &block, step, depth == 0),
        }
        .ok_or_else(|| format!("no key `{step}` on the way to `{place}`"))?;
    }
    Ok(block)
}

/// The item of a list: its dash stands deeper than the key of the list.
fn item(lines: &[String], list: &Block, number: usize) -> Option<Block> {
    let indent = list.indent + 2;
    let dash = |line: &String| indent_of(line) == Some(indent) && line[indent..].starts_with("- ");
    let first = (list.first + 1..list.end).filter(|&line| dash(&lines[line])).nth(number)?;
    Some(Block { first, end: end_of(lines, first, list.end, indent), indent })
}

/// A key inside a block, or at the top.
fn key(lines: &[String], within: &Block, key: &str, top: bool) -> Option<Block> {
    let dashed = lines[within.first].trim_start().starts_with("- ") && !top;
    let indent = if top { 0 } else { within.indent + 2 };
    let first = if top || dashed { within.first } else { within.first + 1 };
    let first = (first..within.end).find(|&number| {
        let line = lines[number].replacen("- ", "  ", usize::from(dashed && number == within.first));
        indent_of(&line) == Some(indent) && line[indent..].strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
    })?;
    Some(Block { first, end: end_of(lines, first, within.end, indent), indent })
}

/// The line after the last one that is indented deeper than `indent`; comments and empty lines at the end belong to what
/// follows.
fn end_of(lines: &[String], first: usize, limit: usize, indent: usize) -> usize {
    let inside = |line: &String| indent_of(line).is_none_or(|deep| deep > indent);
    let after = (first + 1..limit).find(|&line| !inside(&lines[line])).unwrap_or(limit);
    (first + 1..after).rev().find(|&line| indent_of(&lines[line]).is_some()).map_or(first + 1, |last| last + 1)
}

/// The blanks before the text of a line; none for an empty line or a comment.
fn indent_of(line: &str) -> Option<usize> {
    let text = line.trim_start();
    (!text.is_empty() && !text.starts_with('#')).then(|| line.len() - text.len())
}
