//! Prose in Markdown: a README or a model card, as its title, its opening and what stands under each heading.
//!
//! Code, comments and pictures are left out, of a table all but its first column, and so is every sentence that only says that somebody still has to
//! write it. What the words mean for a system is not known here.

/// The longest statement that is taken over, in characters.
const MAX_STATEMENT_CHARS: usize = 220;

/// The most statements of one section.
const MAX_STATEMENTS: usize = 6;

/// Words that templates put where nothing was written yet, in lower case.
const UNWRITTEN: [&str; 5] =
    ["more information needed", "needs more information", "information needed", "to be added", "coming soon"];

/// A text with its headings.
#[derive(Debug, Default)]
pub struct Prose {
    /// The first heading.
    pub title: Option<String>,
    /// The sections, in order; what stands before the first heading has an empty one.
    pub sections: Vec<Section>,
}

/// What stands under one heading, down to the next of whatever level.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Its paragraphs and the items of its lists and tables, in order, each in one line.
    pub blocks: Vec<Block>,
}

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// An item of a list, or the first cell of a row.
    Item(String),
}

impl Prose {
    /// Reads Markdown. Front matter between `---` lines is passed over.
    pub fn read(text: &str) -> Self {
        let mut prose = Self::default();
        let mut section = Section::default();
        let mut open: Option<(bool, String)> = None;
        let mut fence: Option<&str> = None;
        for line in without_comments(after_front_matter(text)).lines() {
            let line = line.trim_end();
            let bare = line.trim_start();
            if let Some(mark) = fence {
                fence = Some(mark).filter(|mark| !bare.starts_with(mark));
                continue;
            }
            let heading = heading(bare).filter(|_| line.len() - bare.len() < 4);
            let row = bare.strip_prefix('|').map(|row| row.split('|').next().unwrap_or_default().trim());
            if row.is_some() && bare.chars().all(|letter| "|-: ".contains(letter)) {
                // What stood above the rule was the head of a table.
                section.close(&mut open);
                section.blocks.pop();
                continue;
            }
            let item = item(bare).or(row);
            fence = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
            if fence.is_some() || heading.is_some() || bare.is_empty() || item.is_some() || is_no_prose(bare) {
                section.close(&mut open);
            }
            if fence.is_some() || bare.is_empty() || is_no_prose(bare) {
                continue;
            }
            match (heading, item, &mut open) {
                (Some(heading), ..) => {
                    let heading = plain(heading);
                    prose.title.get_or_insert_with(|| heading.clone());
                    prose.sections.push(std::mem::replace(&mut section, Section { heading, ..Section::default() }));
                }
                (None, Some(item), _) => open = Some((true, item.to_owned())),
                (None, None, Some((_, words))) => {
                    words.push(' ');
                    words.push_str(bare);
                }
                (None, None, None) => open = Some((false, bare.to_owned())),
            }
        }
        section.close(&mut open);
        prose.sections.push(section);
        prose.title = prose.title.filter(|title| !title.is_empty());
        prose
    }

    /// The first paragraph of the text that is a sentence and no slogan.
    pub fn opening(&self) -> Option<String> {
        let blocks = self.sections.iter().take(3).flat_map(|section| &section.blocks);
        let paragraphs = blocks.filter_map(|block| match block {
            Block::Paragraph(text) => Some(text),
            Block::Item(_) => None,
        });
        paragraphs.filter(|text| is_sentence(text)).find_map(|text| statement(text))
    }
}

impl Section {
    /// What the section states: its paragraphs and the items of its lists, each shortened to whole sentences. What only
    /// leads to a list is left out; where a sentence begins one, the list goes on with that sentence.
    pub fn statements(&self) -> Vec<String> {
        let mut statements = Vec::new();
        let mut goes_on = false;
        for block in &self.blocks {
            match block {
                Block::Item(_) if goes_on => {}
                Block::Item(text) => statements.extend(statement(text).filter(|text| text.contains(' '))),
                Block::Paragraph(text) => {
                    let leads = text.ends_with(':');
                    let whole = if leads { text.rfind(". ").map_or("", |at| &text[..=at]) } else { text };
                    goes_on = leads && !whole.is_empty();
                    statements.extend(statement(whole));
                }
            }
        }
        statements.truncate(MAX_STATEMENTS);
        statements
    }

    /// The value of an item such as `**Developed by:** Example`, by the word before its colon.
    pub fn value(&self, word: &str) -> Option<String> {
        let of = |block: &Block| {
            let Block::Item(item) = block else { return None };
            let (key, value) = item.split_once(':')?;
            let value = value.trim();
            (key.trim().to_lowercase().starts_with(word) && is_written(value)).then(|| value.to_owned())
        };
        self.blocks.iter().find_map(of)
    }

    fn close(&mut self, open: &mut Option<(bool, String)>) {
        let Some((is_item, words)) = open.take() else { return };
        let words = plain(&words);
        if words.is_empty() {
            return;
        }
        self.blocks.push(if is_item { Block::Item(words) } else { Block::Paragraph(words) });
    }
}

/// Whether a text is a sentence at least.
fn is_sentence(text: &str) -> bool {
    let whole = text.ends_with('。') || text.ends_with(['.', ':']) && text.split(' ').count() > 4;
    whole && text.chars().count() > 15
}

/// Whether a text says more than that it is still to be written.
pub fn is_written(text: &str) -> bool {
    let lower = text.trim_matches(['[', ']', '.', '*', '_', ' ', '(', ')']).to_lowercase();
    !lower.is_empty()
        && !text.contains("{{")
        && !UNWRITTEN.iter().any(|words| lower.contains(words))
        && !crate::units::is_placeholder(&lower)
}

/// A text cut after the last sentence that fits; none where nothing is written.
fn statement(text: &str) -> Option<String> {
    if !is_written(text) {
        return None;
    }
    let whole: usize = text.char_indices().nth(MAX_STATEMENT_CHARS).map_or(text.len(), |(at, _)| at);
    let head = &text[..whole];
    if whole == text.len() {
        return Some(head.to_owned());
    }
    let end = head.rmatch_indices(['.', '!', '?', '。']).find(|(at, mark)| {
        let after = &text[at + mark.len()..];
        *at > 30 && (after.starts_with(' ') || *mark == "。")
    });
    Some(match end {
        Some((at, mark)) => head[..at + mark.len()].to_owned(),
        None => format!("{}…", head.rsplit_once(' ').map_or(head, |(head, _)| head).trim_end_matches([',', ';', ' '])),
    })
}

/// The text behind its front matter.
fn after_front_matter(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    let Some(rest) = text.trim_start().strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return text;
    };
    let end =
        rest.match_indices("\n---").find(|(at, _)| matches!(rest[at + 4..].bytes().next(), None | Some(b'\n' | b'\r')));
    end.map_or(text, |(at, _)| &rest[at + 4..])
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = inside.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim().trim_end_matches('#').trim_end())
}

fn item(line: &str) -> Option<&str> {
    if let Some(item) = ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(item.trim());
    }
    let (number, item) = line.split_once(". ")?;
    (number.len() < 3 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| item.trim())
}

/// Rules, quotes and lines of nothing but pictures or markup.
fn is_no_prose(line: &str) -> bool {
    line.starts_with(['>', '<'])
        || line.starts_with("[!") // a badge or the mark of a note
        || line.starts_with("![")
        || line.chars().all(|letter| "-=*_".contains(letter))
}

/// The words of Markdown: links as their text, without pictures, emphasis and tags.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '!', '*', '`', '<', '_']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mark = from.chars().next().unwrap_or_default();
        let after = &from[1..];
        rest = match mark {
            '!' if after.starts_with('[') => link(after).map_or(after, |(_, after)| after),
            '[' => match link(from) {
                Some((words, after)) => {
                    out.push_str(&plain(words));
                    after
                }
                None => keep(&mut out, mark, after),
            },
            '<' if after.starts_with(|next: char| next.is_ascii_alphabetic() || next == '/') && after.contains('>') => {
                after.split_once('>').map_or("", |(_, after)| after)
            }
            '*' | '`' => after,
            // An underscore inside a word is a part of it.
            '_' if !out.ends_with(char::is_alphanumeric) || !after.starts_with(char::is_alphanumeric) => after,
            _ => keep(&mut out, mark, after),
        };
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn keep<'t>(out: &mut String, mark: char, after: &'t str) -> &'t str {
    out.push(mark);
    after
}

/// The text of a link such as `[text](address)` at the start, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let mut depth = 1;
    let close = inside.char_indices().find(|(_, letter)| {
        depth += i32::from(*letter == '[') - i32::from(*letter == ']');
        depth == 0
    })?;
    let after = &inside[close.0 + 1..];
    let address = after.strip_prefix('(')?;
    let end = address.find(')')?;
    Some((&inside[..close.0], &address[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "---\nlicense: mit\n---\n\n# Model Card for eta\n\n<!-- Provide a quick summary. -->\n\n\
        [![badge](https://example.com/b.svg)](https://example.com)\n\nPredicts the *arrival* of a [rider](https://example.com/r), \
        in `minutes`.\n\n## Uses\n\n### Direct Use\n\n[More Information Needed]\n\n### Out-of-Scope Use\n\n- Billing of riders\n\
        - Ranking of\n  restaurants\n\n```python\n# Not a heading\n```\n\n## Model Details\n\n- **Developed by:** routing-ml\n\
        - **License:** [More Information Needed]\n";

    #[test]
    fn a_card_is_read_by_its_headings() {
        let prose = Prose::read(CARD);
        assert_eq!(prose.title.as_deref(), Some("Model Card for eta"));
        assert_eq!(prose.opening().as_deref(), Some("Predicts the arrival of a rider, in minutes."));
        let section = |heading: &str| prose.sections.iter().find(|section| section.heading == heading).unwrap();
        assert!(section("Direct Use").statements().is_empty());
        assert_eq!(section("Out-of-Scope Use").statements(), ["Billing of riders", "Ranking of restaurants"]);
        assert_eq!(section("Model Details").value("developed by").as_deref(), Some("routing-ml"));
        assert_eq!(section("Model Details").value("license"), None);
        assert!(!prose.sections.iter().any(|section| section.heading == "Not a heading"));
    }

    #[test]
    fn a_list_goes_on_with_its_sentence() {
        let of = |text: &str| Prose::read(text).sections.pop().unwrap().statements();
        assert_eq!(of("# Uses\nThis is for:\n- ranking of shops\n- display\n"), ["ranking of shops"]);
        assert_eq!(of("# Uses\nIt is a cook. Recipes contain:\n\n- a list of things\n"), ["It is a cook."]);
        let table = "# Limits\n| Use | Why |\n|---|---|\n| Blocking of mail | rare |\n| Other languages | unseen |\n";
        assert_eq!(of(table), ["Blocking of mail", "Other languages"]);
    }

    #[test]
    fn a_slogan_opens_nothing() {
        let opening = |text: &str| Prose::read(text).opening();
        assert_eq!(
            opening("# Eta\n\nDesign · Develop · Deploy · Iterate\n\nTells when a rider arrives.\n").as_deref(),
            Some("Tells when a rider arrives.")
        );
        assert_eq!(opening("# Eta\n\n[Train](a.md) - [Evaluation](b.md)\n"), None);
    }

    #[test]
    fn long_text_ends_with_a_sentence() {
        let text = format!("This is the first sentence of the paragraph. {}", "And so on ".repeat(40));
        assert_eq!(statement(&text).as_deref(), Some("This is the first sentence of the paragraph."));
        assert!(statement(&"word ".repeat(100)).unwrap().ends_with("word…"));
        assert_eq!(statement("TODO"), None);
    }

    #[test]
    fn broken_markdown_is_read_all_the_same() {
        for text in [
            "",
            "---",
            "---\n",
            "# ",
            "[",
            "![",
            "[a](",
            "<!--",
            "```",
            "_",
            "a_b _c_",
            "<b",
            "1. ",
            "\u{feff}---\n---",
        ] {
            Prose::read(text);
        }
    }
}
