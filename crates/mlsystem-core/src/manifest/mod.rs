//! A manifest whose values are typed by the fields that they stand in.
//!
//! Every value keeps the node that it was read from, so that whoever judges it can point at it. Nothing is judged here
//! beyond what the format itself demands.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::schema::{Kind, RecordId, Schema};
use crate::source::{Source, Span};
use crate::tree::{NodeId, Tree};
use crate::units::{self, Scalar};

mod expansion;
pub mod expected;
pub mod keys;
pub mod leaf;
pub mod lookup;
mod metrics;
pub mod names;
mod placeholders;
pub mod read;
pub(crate) mod reporter;
pub(crate) mod resolve;
mod select;
mod settle;
pub mod undecided;

pub use metrics::Directions;
pub use read::read;
pub use select::{Route, Selected};
pub use undecided::{UndecidedPlace, Why, is_none_word};

/// One typed manifest.
#[derive(Debug)]
pub struct Manifest {
    /// The format that it was read by.
    pub schema: &'static Schema,
    /// The tree that it was read from.
    pub tree: Arc<Tree>,
    /// The document; always a [`Value::Record`].
    pub root: Item,
    /// What each kind of name is defined by; names of drafts among them.
    pub names: Names,
    /// Which values of each metric are better, as far as it says so.
    pub directions: Directions,
    /// The places at which something is written and nothing decided, in the order of the text.
    pub undecided: Vec<UndecidedPlace>,
    /// Named items that say nothing, each with the node of its map; they are no items for whoever judges.
    aside: Vec<(NodeId, NamedItem)>,
    /// The same with its drafts, where it has any.
    as_written: OnceLock<Option<Box<Manifest>>>,
}

/// A value and where it was written.
#[derive(Debug)]
pub struct Item {
    /// The node; for a short form or a list of one, the node that stands for it.
    pub node: NodeId,
    /// What it means.
    pub value: Value,
}

/// What a node means in its field.
#[derive(Debug)]
pub enum Value {
    /// Written, but undecided: empty, `null`, `[]`, `TODO`, a bare `none`.
    Undecided,
    /// Decided against: `none: reason` or `not_applicable: reason`. The node is that of the reason.
    Against(NodeId),
    /// Written, but not legible as the type of the field. Reported already; counts as written, and as unknown in arithmetic.
    Unreadable,
    /// A mapping with declared keys: those that are written, in the order of the text.
    Record(RecordId, Vec<Member>),
    /// A list, or one value that stands for a list of one.
    List(Vec<Item>),
    /// A mapping of named items, in the order of the text.
    Map(Vec<NamedItem>),
    /// A typed scalar. For [`Scalar::Text`] the text is that of the node.
    Scalar(Scalar),
    /// A word of an enumeration: the listed word that it is, or `None` for another label of an open one.
    Word(Option<&'static str>),
    /// The name of something else.
    Reference(Reference),
    /// Kept, not read.
    Any,
}

/// One written field of a record.
#[derive(Debug)]
pub struct Member {
    /// The index of the field in its record.
    pub field: u16,
    /// Where the key stands; for the field that a short form means, the key of the record.
    pub key: Span,
    /// The value.
    pub item: Item,
}

/// One named item of a map.
#[derive(Debug)]
pub struct NamedItem {
    /// The name.
    pub name: Box<str>,
    /// Where the name stands; for an item without a name, the key of the map.
    pub key: Span,
    /// The key as a typed scalar or reference where its type is not a plain name (`staleness`, `baselines`).
    pub typed_key: Option<Box<Value>>,
    /// The value.
    pub item: Item,
}

/// A reference, as written and as understood.
#[derive(Debug)]
pub struct Reference {
    /// Its number among the references of its manifest, by which its meaning is written into it.
    number: u32,
    /// Whether `name` is certainly what was meant where the text cannot be a name, for example because of a space.
    pub respelt: bool,
    /// The name alone, without kind and system.
    pub name: Box<str>,
    /// The system that it names, for a reference into another manifest.
    pub system: Option<Box<str>>,
    /// The kind that was written before the name, as in `dataset:clicks`.
    pub asked: Option<Kind>,
    /// What it means here; `None` for a soft reference that is plain text, a dangling one, and one into another system.
    pub kind: Option<Kind>,
    /// What the field lets it name, tried in this order.
    pub kinds: &'static [Kind],
    /// Whether it may be plain text.
    pub soft: bool,
}

/// The names that a manifest defines.
#[derive(Debug, Default)]
pub struct Names {
    defined: Vec<Name>,
    /// Their numbers in the order of the names.
    by_name: Vec<u32>,
}

/// One definition.
#[derive(Debug)]
pub struct Name {
    /// The kind of thing.
    pub kind: Kind,
    /// Its name.
    pub name: Cow<'static, str>,
    /// Where it is defined; `None` for names that the format itself gives.
    pub span: Option<Span>,
}

impl Manifest {
    fn new(schema: &'static Schema, tree: Arc<Tree>, root: Item, undecided: Vec<UndecidedPlace>) -> Self {
        let (names, directions) = (Names::default(), Directions::default());
        let as_written = OnceLock::new();
        Self { schema, tree, root, names, directions, undecided, aside: Vec::new(), as_written }
    }

    /// The manifest with its drafts and unsaid items as values, for whoever asks about the text and judges nothing.
    pub fn as_written(&self) -> &Self {
        let drafted = || self.undecided.iter().any(|place| place.why == Why::Draft) || !self.aside.is_empty();
        let read = || drafted().then(|| Box::new(read::as_written(&self.tree, self.schema)));
        self.as_written.get_or_init(read).as_deref().unwrap_or(self)
    }

    /// Why what is written at a node decides nothing, where that is so.
    pub fn undecided_at(&self, node: NodeId) -> Option<&UndecidedPlace> {
        self.undecided.iter().find(|place| place.node == node)
    }

    /// The item of this name in the map at a node, where it says nothing.
    pub fn unsaid(&self, map: NodeId, name: &str) -> Option<&NamedItem> {
        self.aside.iter().find(|(of, named)| *of == map && &*named.name == name).map(|(_, named)| named)
    }

    /// The text that it was read from.
    pub fn source(&self) -> &Arc<Source> {
        self.tree.source()
    }

    /// The version of the format that it says it is written in, where it says so: its first field.
    pub fn version(&self) -> Option<&Item> {
        self.root.member(0).map(|member| &member.item)
    }

    /// The name of the system that it describes.
    pub fn name(&self) -> Option<&str> {
        let name = self.names.defined.iter().rfind(|name| name.kind == Kind::System)?;
        Some(&*name.name).filter(|name| !name.is_empty())
    }

    /// Where the name of the system stands.
    pub fn name_span(&self) -> Option<Span> {
        self.names.defined.iter().rfind(|name| name.kind == Kind::System)?.span
    }

    /// The raw text of a scalar item; empty for collections.
    pub fn text(&self, item: &Item) -> &str {
        units::trimmed(self.tree.text(item.node).unwrap_or_default())
    }

    /// The raw text of a scalar node.
    pub fn text_of(&self, node: NodeId) -> &str {
        units::trimmed(self.tree.text(node).unwrap_or_default())
    }

    /// The reason of an item that was decided against.
    pub fn reason(&self, item: &Item) -> Option<&str> {
        match item.value {
            Value::Against(reason) => {
                let text = self.tree.text(reason)?.trim();
                Some(if reason == item.node {
                    undecided::reason_in_text(text, undecided::AFFECTS.text()).unwrap_or(text)
                } else {
                    text
                })
            }
            _ => None,
        }
    }
}

impl Reference {
    /// Whether it names a whole system, and not a thing in one.
    pub fn means_system(&self) -> bool {
        let asked = match self.asked.or(self.kind) {
            Some(kind) => kind == Kind::System,
            None => !self.soft && self.kinds.contains(&Kind::System),
        };
        asked && self.system.is_none()
    }

    /// The system that it names or names something in; none for a name of its own manifest.
    pub fn system(&self) -> Option<&str> {
        self.system.as_deref().or_else(|| self.means_system().then_some(&*self.name))
    }

    /// The kinds of thing that it may mean, tried in this order.
    pub fn asked_kinds(&self) -> &[Kind] {
        match &self.asked {
            Some(asked) => std::slice::from_ref(asked),
            None => self.kinds,
        }
    }
}

impl Item {
    /// The member of a record whose field has this index.
    pub fn member(&self, field: u16) -> Option<&Member> {
        match &self.value {
            Value::Record(_, members) => members.iter().find(|member| member.field == field),
            _ => None,
        }
    }

    /// The item of a map with this name.
    pub fn named(&self, name: &str) -> Option<&NamedItem> {
        match &self.value {
            Value::Map(items) => items.iter().find(|item| &*item.name == name),
            _ => None,
        }
    }

    /// Whether a value is written: neither undecided nor decided against. An unreadable one is written.
    pub fn decided(&self) -> bool {
        self.answered() && !matches!(self.value, Value::Against(_))
    }

    /// Whether the question is answered: by a value or by a reasoned "none". A mapping answers where something in it does.
    pub fn answered(&self) -> bool {
        match &self.value {
            Value::Undecided => false,
            // A mapping of nothing but notes and unknown keys has no member, and is written all the same.
            Value::Record(_, members) => members.is_empty() || members.iter().any(|member| member.item.answered()),
            Value::Map(named) => !named.is_empty(),
            _ => true,
        }
    }
}

impl Names {
    /// The definition of `name` as one of `kinds`, the first kind first.
    pub fn find(&self, name: &str, kinds: &[Kind]) -> Option<&Name> {
        let called = self.called(name);
        kinds.iter().find_map(|kind| called.clone().find(|found| found.kind == *kind))
    }

    /// The definitions of `name`, as whatever kind.
    pub fn called(&self, name: &str) -> impl Iterator<Item = &Name> + Clone {
        let of = |number: &u32| &self.defined[*number as usize];
        let first = self.by_name.partition_point(|number| *of(number).name < *name);
        self.by_name[first..].iter().map(of).take_while(move |found| *found.name == *name)
    }

    /// The names of these definitions. Of two definitions of one name as one kind, the first one counts.
    pub(crate) fn new(mut defined: Vec<Name>) -> Self {
        let by_name = |defined: &[Name]| {
            let mut numbers: Vec<u32> = (0..defined.len() as u32).collect();
            let key = |number: &u32| (&*defined[*number as usize].name, defined[*number as usize].kind, *number);
            numbers.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
            numbers
        };
        let sorted = by_name(&defined);
        let same = |pair: &&[u32]| {
            let [a, b] = [pair[0], pair[1]].map(|number| &defined[number as usize]);
            a.name == b.name && a.kind == b.kind
        };
        let again: HashSet<u32> = sorted.windows(2).filter(same).map(|pair| pair[1]).collect();
        if again.is_empty() {
            return Self { defined, by_name: sorted };
        }
        let mut number = 0..;
        defined.retain(|_| number.next().is_none_or(|number| !again.contains(&number)));
        Self { by_name: by_name(&defined), defined }
    }

    /// All definitions of a kind, in the order of the text.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Name> {
        self.defined.iter().filter(move |name| name.kind == kind)
    }
}
