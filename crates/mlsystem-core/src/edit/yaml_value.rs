//! A value that is to be written, and how it looks in block and in flow style.

use super::scalar::{quoted, scalar};
use crate::tree::{NodeId, Shape, Tree};

/// A value without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlValue {
    /// A text, which is quoted where it has to be.
    Scalar(String),
    /// A list.
    List(Vec<YamlValue>),
    /// A mapping, in its order.
    Map(Vec<(String, YamlValue)>),
    /// A value that is asked for, with the question: a key without value and a comment, in brackets a quoted `?`.
    Open(String),
}

/// How the document writes what is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct YamlStyle {
    /// The blanks of one level.
    pub step: usize,
    /// The line break.
    pub end: &'static str,
    /// Whether keys and texts stand in double quotes, as in JSON.
    pub json: bool,
}

/// Lines longer than this are broken into blocks.
const WIDTH: usize = 100;

/// The column at which the comment of a short line begins.
const COLUMN: usize = 36;

impl YamlValue {
    /// The value at a node, aliases followed.
    pub fn of(tree: &Tree, node: NodeId) -> Self {
        match &tree.node(tree.resolve(node)).shape {
            Shape::Sequence(_) => Self::List(tree.items(node).iter().map(|item| Self::of(tree, *item)).collect()),
            Shape::Mapping(_) => Self::Map(
                tree.entries(node).iter().map(|entry| (entry.key.to_string(), Self::of(tree, entry.value))).collect(),
            ),
            _ => Self::Scalar(tree.text(node).unwrap_or_default().trim().to_owned()),
        }
    }

    /// The value inside mappings of these keys, the outermost first.
    #[must_use]
    pub fn within(self, keys: &[String]) -> Self {
        keys.iter().rev().fold(self, |value, key| Self::Map(vec![(key.clone(), value)]))
    }

    /// Whether something in it is asked for.
    fn asks(&self) -> bool {
        match self {
            Self::Scalar(_) => false,
            Self::List(items) => items.iter().any(Self::asks),
            Self::Map(entries) => entries.iter().any(|(_, value)| value.asks()),
            Self::Open(_) => true,
        }
    }

    /// The value on one line.
    pub(super) fn flow(&self, hand: YamlStyle) -> String {
        match self {
            Self::Scalar(text) => word(text, hand),
            Self::Open(_) => quoted("?"),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.flow(hand)).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let pair = |(key, value): &(String, Self)| format!("{}: {}", name(key, hand), value.flow(hand));
                format!("{{{}}}", entries.iter().map(pair).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// `key: value` on lines of their own, `indent` blanks deep, each with its end. Mappings of `open` levels stand on lines
    /// of their own; deeper ones where they would be too long.
    pub(super) fn block(&self, key: &str, indent: usize, open: usize, hand: YamlStyle) -> String {
        let head = format!("{}{}:", " ".repeat(indent), name(key, hand));
        let line = format!("{head} {}", self.flow(hand));
        let short = line.chars().count() <= WIDTH && !self.asks();
        match self {
            Self::Open(question) if !hand.json => asked(&head, question, indent, hand),
            Self::Map(entries) if !entries.is_empty() && (open > 0 || !short) => {
                let inner =
                    |(key, value): &(String, Self)| value.block(key, indent + hand.step, open.saturating_sub(1), hand);
                format!("{head}{}{}", hand.end, entries.iter().map(inner).collect::<String>())
            }
            Self::List(items) if !items.is_empty() && !short => {
                let deep = " ".repeat(indent + hand.step);
                let item = |item: &Self| format!("{deep}- {}{}", item.flow(hand), hand.end);
                format!("{head}{}{}", hand.end, items.iter().map(item).collect::<String>())
            }
            _ => line + hand.end,
        }
    }
}

/// A key without value, with the question after it, or above it where it is long.
fn asked(head: &str, question: &str, indent: usize, hand: YamlStyle) -> String {
    let gap = " ".repeat(COLUMN.saturating_sub(head.chars().count()).max(2));
    let line = format!("{head}{gap}# ? {question}");
    if line.chars().count() <= WIDTH {
        return line + hand.end;
    }
    let lead = format!("{}# ", " ".repeat(indent));
    let room = WIDTH.saturating_sub(lead.len()).max(40);
    let mut text = String::new();
    let mut part = "?".to_owned();
    for word in question.split_whitespace() {
        if part.chars().count() + 1 + word.chars().count() > room {
            text.push_str(&format!("{lead}{part}{}", hand.end));
            part.clear();
        }
        part.push_str(if part.is_empty() { "" } else { " " });
        part.push_str(word);
    }
    format!("{text}{lead}{part}{end}{head}{end}", end = hand.end)
}

fn word(text: &str, hand: YamlStyle) -> String {
    let literal = text.parse::<f64>().is_ok() || matches!(text, "true" | "false" | "null");
    match hand.json && !literal {
        true => quoted(text),
        // A truth is one only without quotes.
        false if matches!(text, "true" | "false") => text.to_owned(),
        false => scalar(text),
    }
}

pub(super) fn name(key: &str, hand: YamlStyle) -> String {
    if hand.json { quoted(key) } else { scalar(key) }
}
