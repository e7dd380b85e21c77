//! The document as a tree of its sections and named items.

use super::lines::first_line;
use crate::manifest::lookup::item_name;
use crate::manifest::{Item, Manifest, Value};
use crate::source::Span;

/// One section, field or item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// The key, or the name of an item.
    pub name: String,
    /// The value on one line, where it is short; else what it is.
    pub detail: String,
    /// What sort of thing it is.
    pub kind: SymbolKind,
    /// The bytes of key and value.
    pub span: Span,
    /// The bytes of the key or name; they lie in `span`.
    pub name_span: Span,
    /// What stands inside it, in the order of the text.
    pub children: Vec<Symbol>,
}

/// The sorts of symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// A mapping with declared keys.
    Section,
    /// A map of named items, or a list.
    Collection,
    /// An item of a map or list.
    Item,
    /// A field with a value of its own.
    Field,
    /// A field or item that is decided against.
    Against,
}

/// The longest value that is shown beside its key, in characters.
const MAX_DETAIL_CHARS: usize = 60;

/// The symbols of a manifest, in the order of the text.
pub fn symbols(home: &Manifest) -> Vec<Symbol> {
    inside(home, &home.root)
}

fn inside(home: &Manifest, item: &Item) -> Vec<Symbol> {
    match &item.value {
        Value::Record(id, members) => {
            let record = home.schema.record(*id);
            let own = |span: Span| members.len() == 1 && span == home.tree.span(item.node);
            let keyed = members.iter().filter(|member| !own(member.key));
            keyed
                .map(|member| {
                    let kind = match member.item.value {
                        Value::Record(..) => SymbolKind::Section,
                        Value::Map(_) | Value::List(_) => SymbolKind::Collection,
                        Value::Against(_) => SymbolKind::Against,
                        _ => SymbolKind::Field,
                    };
                    symbol(home, record.at(member.field).name, kind, member.key, &member.item)
                })
                .collect()
        }
        Value::Map(named) => named
            .iter()
            .map(|named| {
                let against = matches!(named.item.value, Value::Against(_));
                let kind = if against { SymbolKind::Against } else { SymbolKind::Item };
                symbol(home, &named.name, kind, named.key, &named.item)
            })
            .collect(),
        Value::List(items) => {
            let apart = items.iter().filter(|one| one.node != item.node);
            let records = apart.filter(|one| matches!(one.value, Value::Record(..)));
            records.enumerate().map(|(index, one)| item_symbol(home, index, one)).collect()
        }
        _ => Vec::new(),
    }
}

/// An item of a list of records, by what it is known by.
fn item_symbol(home: &Manifest, index: usize, item: &Item) -> Symbol {
    let Value::Record(id, _) = &item.value else {
        return symbol(home, &index.to_string(), SymbolKind::Item, home.tree.span(item.node), item);
    };
    let record = home.schema.record(*id);
    let named = item_name(home, record, item);
    let member = record.known_by.and_then(|field| item.member(field));
    let span = home.tree.span(item.node);
    let name_span = member.map(|member| home.tree.span(member.item.node));
    let name_span = name_span.filter(|name| span.start <= name.start && name.end <= span.end);
    let mut made = symbol(home, named.unwrap_or(&index.to_string()), SymbolKind::Item, span, item);
    made.name_span = first_line(home.source(), name_span.unwrap_or(span));
    made
}

fn symbol(home: &Manifest, name: &str, kind: SymbolKind, key: Span, item: &Item) -> Symbol {
    let value = home.tree.span(item.node);
    // An alias and what a merge key brings in have their value elsewhere.
    let span = if value.end >= key.end { Span { start: key.start, end: value.end } } else { key };
    Symbol {
        name: if name.is_empty() { "?".to_owned() } else { name.to_owned() },
        detail: detail(home, item),
        kind,
        span,
        name_span: first_line(home.source(), key),
        children: inside(home, item),
    }
}

fn detail(home: &Manifest, item: &Item) -> String {
    match &item.value {
        Value::Record(..) => String::new(),
        Value::Map(named) => format!("{} items", named.len()).replace("1 items", "1 item"),
        Value::List(items) if items.iter().any(|one| matches!(one.value, Value::Record(..))) => {
            format!("{} items", items.len()).replace("1 items", "1 item")
        }
        Value::Against(_) => format!("none: {}", shortened(home.reason(item).unwrap_or_default())),
        _ => shortened(home.source().slice(home.tree.span(item.node))),
    }
}

/// A text on one line, cut where it is long.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_DETAIL_CHARS) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}
