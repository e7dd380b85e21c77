//! Comments that begin with `# draft`: which values they mark as likely and confirmed by nobody.

use std::collections::HashMap;

use super::{Entry, NodeId, Shape, Style, Tree};
use crate::source::Span;

/// How the comment begins, after its `#` and blanks, in any case.
pub const DRAFT: &str = "draft";

impl Tree {
    /// The values that a comment marks as drafts, each with the part of the comment that says so: `# draft`.
    ///
    /// The comment stands on the line of the value or of its key; on the line of the key of a mapping, or after the dash of
    /// an item, it marks all of it. A comment on a line of its own marks nothing.
    pub fn drafts(&self) -> HashMap<NodeId, Span> {
        let comments = self.draft_comments();
        let mut marked = HashMap::new();
        if comments.is_empty() {
            return marked;
        }
        let places = Places::of(self);
        for comment in comments {
            places.marked_by(comment, &mut |node| {
                marked.entry(node).or_insert(comment);
            });
        }
        // What a marked alias brings in by a merge key is as little confirmed.
        for entry in &self.entries {
            if let Some(mark) = entry.merged_by.and_then(|by| marked.get(&by)).copied() {
                marked.entry(entry.value).or_insert(mark);
            }
        }
        marked
    }

    /// The comments that begin so, up to the word.
    fn draft_comments(&self) -> Vec<Span> {
        let text = self.source.text();
        let begins = |(start, _): (usize, &str)| {
            let blanks = text[start + 1..].len() - text[start + 1..].trim_start_matches([' ', '\t']).len();
            let word = start + 1 + blanks;
            let end = word + DRAFT.len();
            let is_word = text.get(word..end).is_some_and(|word| word.eq_ignore_ascii_case(DRAFT));
            let after = text.get(end..).unwrap_or_default();
            let ends = !after.starts_with(|next: char| next.is_alphanumeric() || next == '_');
            let apart = text[..start].ends_with([' ', '\t']);
            (is_word && ends && apart).then(|| Span::new(start, end))
        };
        let found: Vec<Span> = text.match_indices('#').filter_map(begins).collect();
        if found.is_empty() {
            return found;
        }
        // A mark between quotes or inside a block of text is text.
        let mut texts: Vec<Span> = Vec::new();
        for node in &self.nodes {
            let Shape::Scalar(scalar) = &node.shape else { continue };
            let head = match scalar.style {
                Style::Literal | Style::Folded => self.source.slice(node.span).find('\n').unwrap_or(0),
                _ => 0,
            };
            texts.push(Span::new(node.span.start as usize + head, node.span.end as usize));
        }
        texts.extend(self.entries.iter().map(|entry| entry.key_span));
        texts.sort_unstable_by_key(|span| span.start);
        let in_text = |comment: &Span| {
            let after = texts.partition_point(|span| span.start <= comment.start);
            after.checked_sub(1).and_then(|index| texts.get(index)).is_some_and(|span| comment.start < span.end)
        };
        found.into_iter().filter(|comment| !in_text(comment)).collect()
    }
}

/// What begins and ends where in a text.
struct Places<'t> {
    tree: &'t Tree,
    /// Written entries by the beginning of their key.
    keys: Vec<(u32, &'t Entry)>,
    /// Items of lists by their beginning.
    items: Vec<(u32, NodeId)>,
    /// Values that end where they seem to, by their end.
    ends: Vec<(u32, NodeId)>,
}

impl<'t> Places<'t> {
    fn of(tree: &'t Tree) -> Self {
        let written = tree.entries.iter().filter(|entry| entry.merged_by.is_none());
        let mut keys: Vec<_> = written.map(|entry| (entry.key_span.start, entry)).collect();
        let mut items: Vec<_> = tree.items.iter().map(|item| (tree.span(*item).start, *item)).collect();
        let mut ends = Vec::new();
        for (index, node) in tree.nodes.iter().enumerate() {
            let block = matches!(&node.shape, Shape::Mapping(of) | Shape::Sequence(of) if !of.flow);
            if let Ok(index) = u32::try_from(index)
                && !block
                && !node.span.is_empty()
            {
                ends.push((node.span.end, NodeId(index)));
            }
        }
        keys.sort_unstable_by_key(|(start, _)| *start);
        items.sort_unstable();
        ends.sort_unstable();
        Self { tree, keys, items, ends }
    }

    /// The values that a comment is about.
    fn marked_by(&self, comment: Span, marks: &mut dyn FnMut(NodeId)) {
        let text = self.tree.source.text();
        let start = text[..comment.start as usize].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let line = &text[start..comment.start as usize];
        let content = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        let first = start + line.len() - content.len();
        let content = content.trim_end();
        if content.is_empty() {
            return;
        }
        for end in [content.len(), content.trim_end_matches([',', ' ', '\t']).len()] {
            same(&self.ends, (first + end) as u32).for_each(|node| marks(*node));
        }
        match content.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
            Some("") => {
                let next = self.items.partition_point(|(start, _)| *start < comment.end);
                self.items.get(next).into_iter().for_each(|(_, item)| marks(*item));
            }
            Some(rest) => {
                let begin = first + content.len() - rest.trim_start_matches([' ', '\t']).len();
                same(&self.items, begin as u32).for_each(|item| marks(*item));
            }
            None => same(&self.keys, first as u32).for_each(|entry| marks(entry.value)),
        }
    }
}

/// What stands at this place of a sorted list.
fn same<T>(sorted: &[(u32, T)], at: u32) -> impl Iterator<Item = &T> {
    let from = sorted.partition_point(|(place, _)| *place < at);
    sorted[from..].iter().take_while(move |(place, _)| *place == at).map(|(_, what)| what)
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::tree::{Limits, Shape, parse};

    /// The texts of what is marked, in the order of the document.
    fn marked(text: &str) -> Vec<String> {
        let parsed = parse(&Source::new("a", text), &Limits::default());
        let tree = parsed.tree.expect("the text parses");
        let mut nodes: Vec<_> = tree.drafts().into_keys().collect();
        nodes.sort_by_key(|node| (tree.span(*node).start, std::cmp::Reverse(tree.span(*node).end)));
        nodes.dedup_by_key(|node| tree.span(*node));
        let shown = |node| match tree.node(node).shape {
            Shape::Alias(_) => tree.source().slice(tree.span(node)).to_owned(),
            _ => tree.source().slice(tree.span(node)).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        nodes.into_iter().map(shown).collect()
    }

    #[test]
    fn a_comment_marks_the_value_of_its_line() {
        for (text, found) in [
            ("a: 1  # draft\nb: 2\n", vec!["1"]),
            ("a: 1  # Draft: from x.yaml\n", vec!["1"]),
            ("a: 1  #draft\n", vec!["1"]),
            ("a: \"x\"  # draft\n", vec!["\"x\""]),
            ("a: {b: 1, c: 2}  # draft\n", vec!["{b: 1, c: 2}"]),
            ("a: [x, y]  # draft, says dvc.yaml\n", vec!["[x, y]"]),
            ("a: |  # draft\n  one\n  two\nb: 1\n", vec!["| # draft one two"]),
            ("a: one\n  two  # draft\nb: 1\n", vec!["one two"]),
            ("a: \"one\n  two\"  # draft\nb: 1\n", vec!["\"one two\""]),
            ("a: &x 1  # draft\nb: *x\n", vec!["1"]),
            ("a: &x 1\nb: *x  # draft\n", vec!["*x"]),
        ] {
            assert_eq!(marked(text), found, "{text}");
        }
    }

    #[test]
    fn a_comment_on_the_line_of_a_key_marks_all_below() {
        for (text, found) in [
            ("a:  # draft\n  b: 1\n  c: 2\nd: 3\n", vec!["b: 1 c: 2"]),
            ("a:\n  b:  # draft\n    c: 1\n  d: 2\n", vec!["c: 1"]),
            ("a:  # draft\n  - x\n  - y\n", vec!["- x - y"]),
            ("a:\n  - x  # draft\n  - y\n", vec!["x"]),
            ("a:\n  - name: x  # draft\n    kind: k\n  - name: y\n", vec!["name: x # draft kind: k", "x"]),
            ("a:\n  - # draft\n    name: x\n    kind: k\n  - name: y\n", vec!["name: x kind: k"]),
            ("a: {b: 1,  # draft\n    c: 2}\n", vec!["{b: 1, # draft c: 2}", "1"]),
            ("a: {b: 1,\n    c: 2}  # draft\n", vec!["{b: 1, c: 2}", "2"]),
            ("x: &m {b: 1}\na:\n  <<: *m  # draft\n  c: 2\n", vec!["1", "*m"]),
        ] {
            assert_eq!(marked(text), found, "{text}");
        }
    }

    #[test]
    fn other_texts_mark_nothing() {
        for text in [
            "# draft\na: 1\n",
            "a: 1\n# draft\nb: 2\n",
            "  # draft of the design\na: 1\n",
            "a: 1  # drafted by the team\n",
            "a: 1  # a draft\n",
            "a: 1  # draft_2\n",
            "a: x# draft\n",
            "a: \"x # draft\"\nb: 1\n",
            "a: |\n  x  # draft\n  y\nb: 1\n",
            "a: 'x\n  y # draft'\n",
            "\"a # draft\": 1\n",
            "a: 1  # 음식점 추천\nb: 2  #é\nc: 3  #",
        ] {
            assert_eq!(marked(text), Vec::<String>::new(), "{text}");
        }
    }
}
