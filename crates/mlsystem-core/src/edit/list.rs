//! Adds an item to a list, in the style in which the list is written.

use crate::source::Span;
use crate::tree::{NodeId, Shape, Tree};

/// A text to be put at a place, in the order of the places.
pub(super) type Insertion = (usize, String);

/// The keys and values of an item, values as they are to be written.
pub(super) type Item<'i> = [(&'static str, &'i str)];

/// What adds `item` to the list at `list`, which has items.
pub(super) fn add(tree: &Tree, list: NodeId, item: &Item<'_>) -> Vec<Insertion> {
    let Some(last) = tree.items(list).last() else { return Vec::new() };
    match &tree.node(list).shape {
        Shape::Sequence(sequence) if sequence.flow => to_flow(tree, tree.span(*last), item),
        _ => vec![to_block(tree, list, *last, item)],
    }
}

/// The item in braces.
pub(super) fn in_braces(item: &Item<'_>) -> String {
    let pairs: Vec<String> = item.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// The item behind a dash, `indent` blanks deep, each line with its end.
pub(super) fn behind_dash(item: &Item<'_>, indent: usize, gap: usize, end: &str) -> String {
    let mut text = String::new();
    for (index, (key, value)) in item.iter().enumerate() {
        let lead = if index == 0 { format!("-{}", " ".repeat(gap)) } else { " ".repeat(gap + 1) };
        text.push_str(&format!("{}{lead}{key}: {value}{end}", " ".repeat(indent)));
    }
    text
}

/// The line break of a text.
pub(super) fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where the line that holds `offset` begins.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// How many bytes of its line stand before `offset`, a byte-order mark aside.
pub(super) fn column(text: &str, offset: usize) -> usize {
    let before = &text[line_start(text, offset)..offset];
    before.strip_prefix('\u{feff}').unwrap_or(before).len()
}

/// Where the line after the one that holds `offset` begins; the end of the text for the last line.
pub(super) fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// Lines that are put at `at`; where the text before has no line break, they get one first.
pub(super) fn lines_at(text: &str, at: usize, lines: String) -> Insertion {
    if at == 0 || text[..at].ends_with('\n') {
        return (at, lines);
    }
    let end = line_end(text);
    // The last line of the text had no end, and its successor has none either.
    (at, format!("{end}{}", lines.strip_suffix(end).unwrap_or(&lines)))
}

fn to_block(tree: &Tree, list: NodeId, last: NodeId, item: &Item<'_>) -> Insertion {
    let text = tree.source().text();
    let start = tree.span(list).start as usize;
    let indent = column(text, start);
    let first = tree.span(last);
    let flow = matches!(&tree.node(last).shape, Shape::Mapping(mapping) if mapping.flow);
    // The blanks between dash and key, as the last item has them where its key stands behind the dash.
    let line = line_start(text, first.start as usize);
    let gap = (first.start as usize).checked_sub(line + indent + 1).filter(|gap| (1..8).contains(gap)).unwrap_or(1);
    let end = line_end(text);
    let lines = if flow {
        format!("{}-{}{}{end}", " ".repeat(indent), " ".repeat(gap), in_braces(item))
    } else {
        behind_dash(item, indent, gap, end)
    };
    lines_at(text, after(text, tree.span(list).end as usize, indent), lines)
}

/// The line after the last one that belongs to a list or entry which ends at `end`: comments that are indented deeper than
/// its dashes or its key belong to it.
pub(super) fn after(text: &str, end: usize, indent: usize) -> usize {
    let mut at = next_line(text, end);
    let mut looked_at = at;
    while looked_at < text.len() {
        let next = next_line(text, looked_at);
        let line = &text[looked_at..next];
        let content = line.trim_start();
        if content.starts_with('#') && line.len() - content.len() > indent {
            at = next;
        } else if !content.is_empty() {
            break;
        }
        looked_at = next;
    }
    at
}

fn to_flow(tree: &Tree, last: Span, item: &Item<'_>) -> Vec<Insertion> {
    let text = tree.source().text();
    let (start, end) = (last.start as usize, last.end as usize);
    let indent = &text[line_start(text, start)..start];
    let written = in_braces(item);
    if !indent.trim().is_empty() {
        return vec![(end, format!(", {written}"))];
    }
    // The items stand on lines of their own. The new one goes below whatever else stands on the line of the last one.
    let line = next_line(text, end);
    let rest = &text[end..line];
    let comma = rest.trim_start().starts_with(',');
    let comment = rest.trim_start_matches([',', ' ', '\t']);
    if !comment.trim().is_empty() && !comment.starts_with('#') {
        return vec![(end, format!(", {written}"))];
    }
    let line_break = line_end(text);
    let place = end + rest.trim_end_matches(['\r', '\n']).len();
    let added = format!("{line_break}{indent}{written}{}", if comma { "," } else { "" });
    if comma { vec![(place, added)] } else { vec![(end, ",".to_owned()), (place, added)] }
}
