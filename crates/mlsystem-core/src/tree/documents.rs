//! All documents of a text, and documents that are a part of one.

use std::ops::Range;
use std::sync::Arc;

use super::{Limits, Tree, parse};
use crate::source::{Source, Span};

/// The documents of a text in their order; none in place of one that is no YAML or goes past a limit. A line that begins
/// with `---` or `...` ends a document wherever it stands, so that one bad document spoils no other.
pub fn documents(source: &Arc<Source>, limits: &Limits) -> Vec<Option<Tree>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let mark = line.trim_end();
        let ends = mark == "---" || mark == "..." || mark.starts_with("--- ");
        if ends && at > start {
            parts.push(start..at);
            start = at;
        }
        at += line.len();
        if mark == "..." {
            start = at;
        }
    }
    parts.push(start..at);
    let written = |part: &Range<usize>| {
        let text = source.text().get(part.clone()).unwrap_or_default();
        text.lines().any(|line| !(line.trim().is_empty() || line.trim_start().starts_with('#') || line.trim() == "---"))
    };
    parts.into_iter().filter(written).map(|part| document(source, part, limits)).collect()
}

/// The document that stands in a part of a text, such as the front matter of a page; its places are those of the whole.
/// None where the part is no YAML or goes past a limit.
pub fn document(source: &Arc<Source>, part: Range<usize>, limits: &Limits) -> Option<Tree> {
    let text = source.text().get(part.clone())?;
    let tree = parse(&Source::new(source.name(), text), limits).tree?;
    Some(tree.placed(source, part.start))
}

impl Tree {
    /// The same tree over the whole text, of which its own text is the part at `offset`.
    fn placed(mut self, whole: &Arc<Source>, offset: usize) -> Self {
        let moved = |span: Span| Span::new(span.start as usize + offset, span.end as usize + offset);
        self.nodes.iter_mut().for_each(|node| node.span = moved(node.span));
        self.entries.iter_mut().for_each(|entry| entry.key_span = moved(entry.key_span));
        self.source = Arc::clone(whole);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Option<String>> {
        let source = Source::new("a", text);
        let root = |tree: Tree| {
            let entry = &tree.entries(tree.root())[0];
            assert_eq!(tree.source().slice(entry.key_span), &*entry.key);
            tree.text(entry.value).unwrap_or_default().to_owned()
        };
        documents(&source, &Limits::default()).into_iter().map(|tree| tree.map(root)).collect()
    }

    #[test]
    fn every_document_stands_in_the_whole_text() {
        let one = |text: &str| Some(text.to_owned());
        assert_eq!(texts("a: 1\n---\nb: 2\n---\n# nothing\n---\nc: 3\n...\n"), [one("1"), one("2"), one("3")]);
        assert_eq!(texts("---\na: 1\n--- # more\nb: [\n---\nc: \"3\"\n"), [one("1"), None, one("3")]);
        assert_eq!(texts("\n# only a comment\n"), Vec::<Option<String>>::new());
    }
}
