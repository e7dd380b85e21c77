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
    /// The page: everything below the front matter.
    pub page: Span,
    /// The first heading, without its mark.
    pub title: Option<Span>,
    /// The blocks of YAML under `## Bad` and `## Good`.
    pub examples: Vec<Example>,
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
        let page = Span::new(page_start, text.len());
        let (title, examples) = blocks(text, page_start);
        Ok(Self { source: Arc::clone(source), front, page, title, examples })
    }
}

/// The examples of a page, each with whether it stands under `## Good`.
pub fn examples(page: &str) -> Vec<(bool, &str)> {
    let (_, examples) = blocks(page, 0);
    examples.iter().filter_map(|example| Some((example.good, page.get(example.span.range())?))).collect()
}

/// The title and the examples of a page.
fn blocks(text: &str, start: usize) -> (Option<Span>, Vec<Example>) {
    let mut title = None;
    let mut examples = Vec::new();
    let mut good = None;
    let mut opened: Option<(usize, bool)> = None;
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        let next = offset + line.len();
        let trimmed = line.trim_end();
        match opened {
            Some((from, yaml)) if trimmed == "```" => {
                if let (true, Some(good)) = (yaml, good) {
                    examples.push(Example { good, span: Span::new(from, offset) });
                }
                opened = None;
            }
            Some(_) => {}
            None if trimmed.starts_with("```") => opened = Some((next, trimmed == "```yaml")),
            None => {
                if let Some(heading) = trimmed.strip_prefix("## ") {
                    good = match heading.trim() {
                        "Bad" => Some(false),
                        "Good" => Some(true),
                        _ => None,
                    };
                } else if title.is_none() && trimmed.starts_with("# ") {
                    title = Some(Span::new(offset + 2, offset + trimmed.len()));
                }
            }
        }
        offset = next;
    }
    (title, examples)
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
    fn says_what_is_missing() {
        assert_eq!(Document::read(&Source::new("a", "# x")).unwrap_err(), FormError::NoFrontMatter);
        assert_eq!(Document::read(&Source::new("a", "---\na: 1\n")).unwrap_err(), FormError::Unclosed);
    }
}
