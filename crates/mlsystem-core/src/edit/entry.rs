//! Adds an entry to a mapping, in the style in which the mapping is written and at the place that its key has among others.

use super::list::{after, column, line_end, line_start};
use super::yaml_value::{YamlStyle, YamlValue, name};
use crate::source::Span;
use crate::tree::{Entry, NodeId, Shape, Style, Tree};

/// What is written over which bytes.
pub type Change = (Span, String);

/// An entry that is to be written.
#[derive(Debug)]
pub struct Addition<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its value.
    pub value: &'a YamlValue,
    /// What a comment asks about each key, outermost first; nothing for a key without a question.
    pub questions: &'a [Option<String>],
}

/// Adds an entry to the mapping at `node`. `rank` gives the place that a key has among others; where the mapping does not
/// keep that order, the entry comes last. None where the mapping stands elsewhere and is brought in by an alias.
pub fn add_entry(
    tree: &Tree,
    node: NodeId,
    added: &Addition<'_>,
    rank: &dyn Fn(&str) -> Option<usize>,
) -> Option<Vec<Change>> {
    let Shape::Mapping(mapping) = &tree.node(node).shape else { return None };
    let written: Vec<&Entry> = tree.entries(node).iter().filter(|entry| entry.merged_by.is_none()).collect();
    let place = place(&written, added.key, rank);
    let hand = hand(tree, &written);
    if mapping.flow {
        return Some(into_flow(tree, node, &written, place, added, hand));
    }
    into_block(tree, node, &written, place, added, hand).map(|change| vec![change])
}

/// Writes an entry below the key whose value at `node` is empty, or over a value that decides nothing.
pub fn set_value(
    tree: &Tree,
    key: Span,
    node: NodeId,
    value: &YamlValue,
    question: Option<&str>,
) -> Option<Vec<Change>> {
    let text = tree.source().text();
    let span = tree.span(node);
    let hand = hand(tree, &[]);
    match &tree.node(node).shape {
        Shape::Alias(_) => return None,
        Shape::Scalar(scalar) if matches!(scalar.style, Style::Literal | Style::Folded) => return None,
        Shape::Sequence(list) if !list.flow => return None,
        Shape::Mapping(map) if !map.flow => return None,
        _ => {}
    }
    let gap = if span.is_empty() && text[..span.start as usize].ends_with(':') { " " } else { "" };
    let mut changes = vec![(span, format!("{gap}{}", value.flow(hand)))];
    changes.splice(0..0, question.and_then(|question| above(tree, key, question, hand)));
    Some(changes)
}

/// Writes the entries of a mapping on lines of their own below a key that has no value. None in brackets and in JSON.
pub fn fill_below(tree: &Tree, key: Span, node: NodeId, value: &YamlValue) -> Option<Vec<Change>> {
    let YamlValue::Map(entries) = value else { return None };
    let text = tree.source().text();
    let hand = hand(tree, &[]);
    let line = line_start(text, key.start as usize);
    let indent = column(text, key.start as usize);
    let own_line = text[line..key.start as usize].trim_start_matches('\u{feff}').chars().all(|letter| letter == ' ');
    let rest = text.get(key.end as usize..)?.split(['\r', '\n']).next().unwrap_or_default();
    let after = rest.strip_prefix(':')?.trim_start();
    if !own_line || hand.json || !tree.span(node).is_empty() || !(after.is_empty() || after.starts_with('#')) {
        return None;
    }
    let lines: String = entries.iter().map(|(key, value)| value.block(key, indent + hand.step, 0, hand)).collect();
    let end = key.end as usize + rest.len();
    Some(match text[end..].find('\n') {
        Some(newline) => vec![(Span::at(end + newline + 1), lines)],
        None => vec![(Span::at(end), format!("{}{}", hand.end, lines.strip_suffix(hand.end).unwrap_or(&lines)))],
    })
}

/// Makes a mapping of the short form at `node`, which stands for its field `short`: the value stays as it is written.
pub fn widen(tree: &Tree, key: Option<Span>, node: NodeId, short: &str, added: &Addition<'_>) -> Option<Vec<Change>> {
    let span = tree.span(node);
    let written = tree.source().slice(span);
    let plain = match &tree.node(node).shape {
        Shape::Scalar(scalar) if scalar.style == Style::Plain => !written.contains([',', '[', ']', '{', '}', '\n']),
        Shape::Scalar(scalar) => matches!(scalar.style, Style::SingleQuoted | Style::DoubleQuoted),
        Shape::Sequence(list) => list.flow,
        _ => false,
    };
    if !plain || span.is_empty() {
        return None;
    }
    let hand = hand(tree, &[]);
    let pair = format!("{}: {}", name(added.key, hand), added.value.flow(hand));
    let mut changes = vec![
        (Span { start: span.start, end: span.start }, format!("{{{}: ", name(short, hand))),
        (Span { start: span.end, end: span.end }, format!(", {pair}}}")),
    ];
    if let (Some(key), Some(question)) = (key, asked(added)) {
        changes.splice(0..0, above(tree, key, &question, hand));
    }
    Some(changes)
}

/// How the document is written, as far as the entries around show it and the document as a whole.
fn hand(tree: &Tree, around: &[&Entry]) -> YamlStyle {
    let text = tree.source().text();
    let quoted = |entry: &&Entry| text[entry.key_span.range()].starts_with('"');
    let top: Vec<&Entry> = tree.entries(tree.root()).iter().filter(|entry| entry.merged_by.is_none()).collect();
    let around = if around.is_empty() { &top[..] } else { around };
    YamlStyle { step: step(tree, &top), end: line_end(text), json: !around.is_empty() && around.iter().all(quoted) }
}

/// The blanks of one level: those of the first mapping in block style inside the document, else two.
fn step(tree: &Tree, top: &[&Entry]) -> usize {
    let text = tree.source().text();
    let inner = top.iter().find_map(|entry| match &tree.node(entry.value).shape {
        Shape::Mapping(mapping) if !mapping.flow => {
            let start = tree.span(entry.value).start as usize;
            column(text, start).checked_sub(column(text, entry.key_span.start as usize))
        }
        _ => None,
    });
    inner.filter(|step| (1..=8).contains(step)).unwrap_or(2)
}

/// After which of the entries a key comes; before all of them for none.
fn place(written: &[&Entry], key: &str, rank: &dyn Fn(&str) -> Option<usize>) -> Option<usize> {
    let ranks: Vec<Option<usize>> = written.iter().map(|entry| rank(&entry.key)).collect();
    let known: Vec<usize> = ranks.iter().flatten().copied().collect();
    let own = rank(key).filter(|_| known.is_sorted());
    let last = written.len().checked_sub(1);
    let Some(own) = own else { return last };
    // Keys that the format does not know stay with the one before them.
    let next = ranks.iter().position(|rank| rank.is_some_and(|rank| rank > own));
    next.map_or(last, |next| next.checked_sub(1))
}

fn value_end(tree: &Tree, entry: &Entry) -> usize {
    tree.span(entry.value).end.max(entry.key_span.end) as usize
}

fn into_flow(
    tree: &Tree,
    node: NodeId,
    written: &[&Entry],
    place: Option<usize>,
    added: &Addition<'_>,
    hand: YamlStyle,
) -> Vec<Change> {
    let pair = format!("{}: {}", name(added.key, hand), added.value.flow(hand));
    let start = tree.span(node).start as usize;
    let (at, text) = match (place.and_then(|index| written.get(index)), written.first()) {
        // A key without a value would take what follows for it.
        (Some(before), _) if value_end(tree, before) == before.key_span.end as usize => {
            (value_end(tree, before), format!(": , {pair}"))
        }
        (Some(before), _) => (value_end(tree, before), format!(", {pair}")),
        (None, Some(first)) => (first.key_span.start as usize, format!("{pair}, ")),
        (None, None) => (start + 1, pair),
    };
    let mut changes = vec![(Span::at(at), text)];
    let question = asked(added);
    changes.splice(0..0, question.and_then(|question| above(tree, Span::at(start), &question, hand)));
    changes
}

/// The question of an entry in brackets, which stands above all of them and says which of them it is about.
fn asked(added: &Addition<'_>) -> Option<String> {
    let question = added.questions.iter().flatten().next_back()?;
    let mut key = added.key;
    let mut value = added.value;
    for _ in 1..added.questions.len() {
        let YamlValue::Map(entries) = value else { break };
        let Some((inner, of)) = entries.first() else { break };
        (key, value) = (inner, of);
    }
    Some(match question.strip_prefix("? ") {
        Some(about) => format!("? `{key}`: {about}"),
        None => question.clone(),
    })
}

/// A comment above the line of `at`, where comments may stand: nowhere in JSON, and not inside a text.
fn above(tree: &Tree, at: Span, question: &str, hand: YamlStyle) -> Option<Change> {
    if hand.json {
        return None;
    }
    let text = tree.source().text();
    let outermost = outermost_flow(tree, at.start).unwrap_or(at.start) as usize;
    let line = line_start(text, outermost);
    let content = text[line..].trim_start_matches(['\u{feff}', ' ']);
    let first = text.len() - content.len();
    // What begins a line that begins between quotes is no comment.
    let key = first == outermost || tree_has_key_at(tree, first, outermost);
    key.then(|| {
        let indent = " ".repeat(column(text, first));
        let begin = if text[line..first].starts_with('\u{feff}') { line + 3 } else { line };
        (Span::at(begin), comment(question, &indent, hand))
    })
}

/// Whether a key or a dash begins the line of a value in brackets.
fn tree_has_key_at(tree: &Tree, first: usize, value: usize) -> bool {
    let text = &tree.source().text()[first..value];
    !text.contains('\n') && (text.starts_with('-') || text.trim_end().ends_with(':'))
}

/// Where the outermost value in brackets around `offset` begins.
fn outermost_flow(tree: &Tree, offset: u32) -> Option<u32> {
    let mut here = tree.root();
    loop {
        let node = tree.node(here);
        match &node.shape {
            Shape::Mapping(collection) | Shape::Sequence(collection) if collection.flow => {
                return Some(node.span.start);
            }
            _ => {}
        }
        let holds = |span: Span| span.start <= offset && offset <= span.end && !span.is_empty();
        let inner = match &node.shape {
            Shape::Mapping(_) => {
                let written = tree.entries(here).iter().filter(|entry| entry.merged_by.is_none());
                written.map(|entry| entry.value).find(|value| holds(tree.span(*value)))
            }
            Shape::Sequence(_) => tree.items(here).iter().copied().find(|item| holds(tree.span(*item))),
            _ => None,
        };
        here = inner?;
    }
}

fn into_block(
    tree: &Tree,
    node: NodeId,
    written: &[&Entry],
    place: Option<usize>,
    added: &Addition<'_>,
    hand: YamlStyle,
) -> Option<Change> {
    let text = tree.source().text();
    let first = written.first()?.key_span.start as usize;
    let indent = column(text, tree.span(node).start as usize);
    let top = node == tree.root();
    let lines = lines(added, indent, usize::from(top), hand);
    let Some(before) = place.and_then(|index| written.get(index)) else {
        let line = line_start(text, first);
        // The first key may stand behind a dash, and nothing goes before it there.
        let begin = line + (text[line..].len() - text[line..].trim_start_matches('\u{feff}').len());
        let blank = text[begin..first].chars().all(|letter| letter == ' ');
        // Comments right above the first key are about it, those at the top of a file about the file.
        let begin = if top { begin } else { above_comments(text, begin, indent) };
        return blank.then(|| (Span::at(begin), lines));
    };
    let at = after(text, value_end(tree, before), indent);
    // Where an empty line stands between the sections there, one stands around the new one too.
    let index = place.unwrap_or(0);
    let pair =
        if index + 1 < written.len() { written.get(index..index + 2) } else { written.get(index.wrapping_sub(1)..) };
    let spaced = top && pair.is_some_and(|pair| pair.len() == 2 && blank_between(tree, pair[0], pair[1]));
    let lines = if spaced { format!("{}{lines}", hand.end) } else { lines };
    if at > 0 && !text[..at].ends_with('\n') {
        let lines = lines.strip_suffix(hand.end).unwrap_or(&lines);
        return Some((Span::at(at), format!("{}{lines}", hand.end)));
    }
    Some((Span::at(at), lines))
}

/// The beginning of the comments that stand right above the line at `line`, indented as it is.
fn above_comments(text: &str, line: usize, indent: usize) -> usize {
    let mut at = line;
    while at > 0 {
        let start = line_start(text, at - 1);
        let content = text[start..at].trim_start_matches(' ');
        if !content.starts_with('#') || text[start..at].len() - content.len() != indent {
            break;
        }
        at = start;
    }
    at
}

fn blank_between(tree: &Tree, one: &Entry, next: &Entry) -> bool {
    let between = tree.source().text().get(value_end(tree, one)..next.key_span.start as usize).unwrap_or_default();
    // The first line is the rest of the one that ends the entry before, the last the beginning of the next one's.
    let breaks = between.matches('\n').count();
    between.lines().take(breaks).skip(1).any(|line| line.trim().is_empty())
}

/// The entry on lines of its own, each question above its key.
fn lines(added: &Addition<'_>, indent: usize, open: usize, hand: YamlStyle) -> String {
    let mut text = String::new();
    let (mut key, mut value, mut indent, mut open) = (added.key, added.value, indent, open);
    for (depth, question) in added.questions.iter().enumerate() {
        if let Some(question) = question {
            text.push_str(&comment(question, &" ".repeat(indent), hand));
        }
        let YamlValue::Map(entries) = value else { break };
        let ([(inner, of)], true) = (entries.as_slice(), depth + 1 < added.questions.len()) else { break };
        text.push_str(&format!("{}{}:{}", " ".repeat(indent), name(key, hand), hand.end));
        (key, value, indent, open) = (inner, of, indent + hand.step, open.saturating_sub(1));
    }
    text + &value.block(key, indent, open, hand)
}

fn comment(question: &str, indent: &str, hand: YamlStyle) -> String {
    let width = 100usize.saturating_sub(indent.len() + 2).max(40);
    let mut text = String::new();
    let mut line = String::new();
    for word in question.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            text.push_str(&format!("{indent}# {line}{}", hand.end));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    text + &format!("{indent}# {line}{}", hand.end)
}
