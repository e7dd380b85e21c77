//! The keys that are missing at the cursor.

use super::{Completion, CompletionKind, CompletionRequest, Insertion};
use crate::editor::cursor::Declared;
use crate::editor::describe::{field, type_in_short};
use crate::editor::lint_names;
use crate::manifest::keys::FREE;
use crate::manifest::read::may_be_decided_against;
use crate::manifest::undecided::none_words;
use crate::publish::sentence;
use crate::schema::{Field, Record, RecordId, Type};
use crate::tree::{NodeId, Shape};

impl CompletionRequest<'_, '_> {
    /// The declared keys that the mapping at `node` does not have: those that must be written first, then those that are
    /// asked for, each in the order of the declaration.
    pub(super) fn keys(&self, node: NodeId, record: &'static Record, dash: &str) -> Vec<Completion> {
        let written = self.written_keys(node);
        let mut missing: Vec<&Field> = record.fields.iter().filter(|one| !written.contains(&one.name)).collect();
        missing.sort_by_key(|one| (!one.demanded, !one.wanted));
        let mut found: Vec<Completion> =
            missing.into_iter().filter_map(|one| self.key(record, one, dash, self.place_of_key(node))).collect();
        let free = FREE.iter().filter(|(key, _)| !key.ends_with('-') && !written.contains(key));
        for (key, meaning) in free {
            let mut one = self.one(*key, CompletionKind::Field);
            one.documentation = sentence(meaning);
            found.extend(self.with_colon(one, Type::Any, dash, self.place_of_key(node)));
        }
        found
    }

    /// What decides against the whole, where the mapping holds nothing else.
    pub(super) fn none_key(&self, node: NodeId) -> Vec<Completion> {
        let cursor = &self.repaired.cursor;
        let alone = self.written_keys(node).is_empty();
        let way = &cursor.way[..cursor.way.len().saturating_sub(1)];
        let (Some(step), true) = (way.last(), alone) else { return Vec::new() };
        let (name, may) = match step.is {
            Declared::Field(record, field) => (field.name, self.may_be_none(record, field)),
            Declared::Named => (&*step.name, true),
            Declared::Item | Declared::Unknown => return Vec::new(),
        };
        if !may {
            return Vec::new();
        }
        let word = |word: &&'static str| {
            let mut one = self.one(*word, CompletionKind::Field);
            one.detail = "decided against".to_owned();
            one.documentation = format!("Decides against `{name}`, with the reason.");
            self.with_colon(one, Type::Any, "", self.place_of_key(node))
        };
        none_words(name).iter().filter_map(word).collect()
    }

    fn may_be_none(&self, record: &'static Record, field: &Field) -> bool {
        let number = self.schema.table.iter().position(|one| std::ptr::eq(one, record));
        number.is_some_and(|number| may_be_decided_against(RecordId(number as u16), field))
    }

    /// The names that a map may have, where the format knows them: names of something else, words, lints.
    pub(super) fn map_keys(&self, node: NodeId, key: Type, value: Type) -> Vec<Completion> {
        let written = self.written_keys(node);
        let way = &self.repaired.cursor.way;
        let above = crate::editor::cursor::place(&way[..way.len().saturating_sub(1)]);
        let mut found = match key {
            Type::Reference { kinds, .. } => self.names(kinds),
            Type::Words { words, .. } => words.iter().map(|word| self.one(*word, CompletionKind::Word)).collect(),
            _ if lint_names::name_lints(&above) => self.lints(),
            _ => Vec::new(),
        };
        found.retain(|one| !written.contains(&one.label.as_str()));
        let place = self.place_of_key(node);
        found.into_iter().filter_map(|one| self.with_colon(one, value, "", place)).collect()
    }

    /// The keys that stand beside the cursor.
    fn written_keys(&self, node: NodeId) -> Vec<&str> {
        let tree = &self.repaired.tree;
        let own = self.repaired.cursor.way.last().and_then(|step| step.key);
        let entries = tree.entries(node).iter().filter(|entry| Some(entry.key_span) != own);
        entries.filter(|entry| entry.merged_by.is_none()).map(|entry| &*entry.key).collect()
    }

    fn place_of_key(&self, node: NodeId) -> FileSpan {
        let flow = matches!(&self.repaired.tree.node(node).shape, Shape::Mapping(map) if map.flow);
        if flow { FileSpan::Flow } else { FileSpan::Block(self.column(self.repaired.span.start as usize)) }
    }

    fn key(&self, record: &'static Record, one: &Field, dash: &str, place: FileSpan) -> Option<Completion> {
        let section = matches!(one.of, Type::Record(_) | Type::Map(..) | Type::List(Type::Record(_)));
        let kind = if section { CompletionKind::Section } else { CompletionKind::Field };
        let mut made = self.one(one.name, kind);
        let mark = match (one.demanded, one.wanted) {
            (true, _) => ", must be written",
            (_, true) => ", asked for in production",
            _ => "",
        };
        made.detail = format!("{}{mark}", type_in_short(one.of));
        made.documentation = field(self.schema, record, one, &[]);
        self.with_colon(made, one.of, dash, place)
    }

    /// The key with what stands behind it until its value: a blank, or a line and deeper blanks.
    fn with_colon(&self, one: Completion, of: Type, dash: &str, place: FileSpan) -> Option<Completion> {
        let label = one.label.clone();
        let mut made = self.as_value(one, &label, dash)?;
        made.again = true;
        if self.has_colon() {
            return Some(made);
        }
        // A quoted key that is being typed has its second quote behind the cursor, where a colon cannot be put.
        if self.repaired.style != crate::tree::Style::Plain {
            return Some(made);
        }
        let (before, after) = self.value_place(of, place.deeper(dash.len()));
        made.insert.push_str(&format!(":{before}"));
        made.caret = made.insert.len();
        made.insert.push_str(after);
        Some(made)
    }

    /// Whether a colon follows the key already.
    fn has_colon(&self) -> bool {
        let after = &self.text[self.repaired.span.end as usize..];
        after.trim_start_matches(['"', '\'']).trim_start_matches(' ').starts_with(':')
    }

    /// What stands between a colon and the cursor, and behind the cursor, for a value of this type.
    fn value_place(&self, of: Type, place: FileSpan) -> (String, &'static str) {
        let short = |id: RecordId| self.schema.record(id).short.is_some();
        let deeper = |column: usize, dash: &str| format!("{}{}{dash}", self.line_end(), " ".repeat(column + 2));
        match (of, place) {
            (Type::Record(id), _) if short(id) => (" ".to_owned(), ""),
            (Type::Record(_) | Type::Map(..), FileSpan::Block(column)) => (deeper(column, ""), ""),
            (Type::Record(_) | Type::Map(..), FileSpan::Flow) => (" {".to_owned(), "}"),
            (Type::List(Type::Record(id)), FileSpan::Block(column)) if !short(*id) => (deeper(column, "- "), ""),
            (Type::List(Type::Record(id)), FileSpan::Flow) if !short(*id) => (" [{".to_owned(), "}]"),
            _ => (" ".to_owned(), ""),
        }
    }

    /// The keys of the record that may stand below the cursor, each on a line of its own: for a cursor behind the colon of
    /// a section.
    pub(super) fn below(&self) -> Vec<Completion> {
        let repaired = self.repaired;
        let Some((step, key)) = repaired.cursor.way.iter().rev().find_map(|step| Some((step, step.key?))) else {
            return Vec::new();
        };
        let Declared::Field(_, field) = step.is else { return Vec::new() };
        let (record, dash) = match field.of {
            Type::Record(id) => (self.schema.record(id), ""),
            Type::List(Type::Record(id)) => (self.schema.record(*id), "- "),
            _ => return Vec::new(),
        };
        // Inside brackets, and where something stands behind the cursor already, there is no line to be had.
        let node = repaired.cursor.inside.map(|(node, _)| repaired.tree.node(node));
        let flow = !matches!(node.map(|node| &node.shape), Some(Shape::Mapping(map)) if !map.flow);
        let empty = repaired.typed.is_empty() && repaired.rest.is_empty();
        let behind = self.text[repaired.span.end as usize..].split(['\n', '\r']).next().unwrap_or_default();
        if flow || !empty || !behind.trim().is_empty() || repaired.form == Insertion::Key {
            return Vec::new();
        }
        let column = self.column(key.start as usize);
        let lead = format!("{}{}{dash}", self.line_end(), " ".repeat(column + 2));
        let place = FileSpan::Block(column + 2).deeper(dash.len());
        let made = record.fields.iter().map(|one| {
            let mut made = self.key(record, one, "", place)?;
            made.insert = made.insert.trim_start().to_owned();
            let blank = made.insert.len();
            made.insert = format!("{lead}{}", made.insert);
            made.caret = made.insert.len().min(made.caret.min(blank) + lead.len());
            Some(made)
        });
        made.flatten().collect()
    }
}

/// Where a key stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum FileSpan {
    /// In brackets.
    Flow,
    /// On a line of its own, so many bytes from its start.
    Block(usize),
}

impl FileSpan {
    fn deeper(self, by: usize) -> Self {
        match self {
            FileSpan::Flow => FileSpan::Flow,
            FileSpan::Block(column) => FileSpan::Block(column + by),
        }
    }
}
