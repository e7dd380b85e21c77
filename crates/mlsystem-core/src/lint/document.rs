//! A lint file as text: the front matter, the page, and the examples with their places.

use std::sync::Arc;

use crate::source::{Source, Span};

/// A lint file, taken apart.
#[derive(Debug)]
pub struct Document {
    /// The whole file.
    pub source: Arc<Source>,
    /// The text from the start to the end of the front matter. Offsets in it are offsets in the file.
    pub front: Arc<Source>,
    /// The page: everything below the front matter, up to the mutations.
    pub page: Span,
    /// The first heading, without its mark.
    pub title: Option<Span>,
    /// The blocks of YAML under `## Bad` and `## Good`.
    pub examples: Vec<Example>,
    /// What follows the heading `## Mutations`, which ends a page: changes of whole manifests, and the finding that each
    /// brings. They are for the tests of the built-in lints, and no reader of the page sees them.
    pub mutations: Option<Span>,
    /// The first heading after that of the mutations.
    pub after_mutations: Option<Span>,
}

/// One example.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Whether it stands under `## Good`.
    pub good: bool,
    /// Its text in the file, without the fences.
    pub span: Span,
}

/// What is wrong with the outer form of a lint file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// The file does not begin with `---`.
    NoFrontMatter,
    /// The front matter has no closing `---`.
    Unclosed,
}

impl Document {
    /// Takes a lint file apart.
    pub fn read(source: &Arc<Source>) -> Result<Self, FormError> {
        // The examples of a page are texts of their own, and masked as such.
        let text = source.original();
        let body =
            text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")).ok_or(FormError::NoFrontMatter)?;
        let opened = text.len() - body.len();
        let mut offset = opened;
        let mut page = None;
        for line in body.split_inclusive('\n') {
            if line.trim_end() == "---" {
                page = Some((offset, offset + line.len()));
                break;
            }
            offset += line.len();
        }
        let (front_end, page_start) = page.ok_or(FormError::Unclosed)?;
        let front = Source::new(source.name(), &text[..front_end]);
        let Blocks { title, examples, mutations, after_mutations } = blocks(text, page_start);
        let page_end = mutations.map_or(text.len(), |(heading, _)| {
            let end = page_start + text[page_start..heading].trim_end().len();
            text[end..heading].find('\n').map_or(heading, |line_break| end + line_break + 1)
        });
        Ok(Self {
            source: Arc::clone(source),
            front,
            page: Span::new(page_start, page_end),
            title,
            examples,
            mutations: mutations.map(|(_, below)| Span::new(below, text.len())),
            after_mutations,
        })
    }
}

/// The examples of a page, each with whether it stands under `## Good`.
pub fn examples(page: &str) -> Vec<(bool, &str)> {
    blocks(page, 0)
        .examples
        .iter()
        .filter_map(|example| Some((example.good, page.get(example.span.range())?)))
        .collect()
}

/// What the headings and fences of a page divide it into.
#[derive(Default)]
struct Blocks {
    title: Option<Span>,
    examples: Vec<Example>,
    /// Where the heading of the mutations begins, and where the line below it does.
    mutations: Option<(usize, usize)>,
    after_mutations: Option<Span>,
}

fn blocks(text: &str, start: usize) -> Blocks {
    let mut blocks = Blocks::default();
    let mut good = None;
    let mut opened: Option<(usize, bool)> = None;
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        let next = offset + line.len();
        let trimmed = line.trim_end();
        match opened {
            Some((from, yaml)) if trimmed == "```" => {
                if let (true, Some(good)) = (yaml, good) {
                    blocks.examples.push(Example { good, span: Span::new(from, offset) });
                }
                opened = None;
            }
            Some(_) => {}
            None if trimmed.starts_with("```") => opened = Some((next, trimmed == "```yaml")),
            None => {
                if let Some(heading) = trimmed.strip_prefix("## ") {
                    let heading = heading.trim();
                    good = match heading {
                        "Bad" => Some(false),
                        "Good" => Some(true),
                        _ => None,
                    };
                    if blocks.mutations.is_some() {
                        blocks.after_mutations.get_or_insert(Span::new(offset, offset + trimmed.len()));
                    } else if heading == "Mutations" {
                        blocks.mutations = Some((offset, next));
                    }
                } else if blocks.title.is_none() && trimmed.starts_with("# ") {
                    blocks.title = Some(Span::new(offset + 2, offset + trimmed.len()));
                }
            }
        }
        offset = next;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_file_apart() {
        let text = "---\nkind: x\n---\n\n# A title\n\n## Bad\n\n```yaml\na: 1\n```\n\n```text\nnot this\n```\n\n## Good\n\n```yaml\nb: 2\n```\n";
        let source = Source::new("a.md", text);
        let document = Document::read(&source).unwrap();
        assert_eq!(document.front.text(), "---\nkind: x\n");
        assert_eq!(source.slice(document.title.unwrap()), "A title");
        let examples: Vec<_> = document.examples.iter().map(|one| (one.good, source.slice(one.span))).collect();
        assert_eq!(examples, [(false, "a: 1\n"), (true, "b: 2\n")]);
    }

    #[test]
    fn mutations_are_no_part_of_the_page() {
        let rows = "```yaml\n- at: nothing\n## no heading\n```\n";
        let text = format!("---\nkind: x\n---\n\n# A\n\n## Good\n\n```yaml\nb: 2\n```\n\n## Mutations\n\n{rows}");
        let source = Source::new("a.md", text);
        let document = Document::read(&source).unwrap();
        assert!(source.slice(document.page).ends_with("b: 2\n```\n"));
        assert_eq!(source.slice(document.mutations.unwrap()), format!("\n{rows}"));
        assert_eq!((document.examples.len(), document.after_mutations), (1, None));
    }

    #[test]
    fn a_heading_after_the_mutations_is_seen() {
        let source = Source::new("a.md", "---\n---\n# A\n## Mutations\n## Good\n");
        let document = Document::read(&source).unwrap();
        assert_eq!(source.slice(document.after_mutations.unwrap()), "## Good");
        assert_eq!(source.slice(document.page), "# A\n");
    }

    #[test]
    fn says_what_is_missing() {
        assert_eq!(Document::read(&Source::new("a", "# x")).unwrap_err(), FormError::NoFrontMatter);
        assert_eq!(Document::read(&Source::new("a", "---\na: 1\n")).unwrap_err(), FormError::Unclosed);
    }
}
