//! The manifest format, declared once.
//!
//! The declaration is `format.outline`, a data file; beside it are `workspace.outline`, that of workspace files, and
//! `evidence.outline`, that of what the files of a repository say. From it come the reading and typing of manifests, the
//! JSON Schema, the reference page and the checking of lint files. Where the program knows a field by its name, it says so
//! with [`field_path!`](crate::field_path), which the compiler checks. This module knows nothing of values.

use crate::units::ScalarType;

mod constant;
#[doc(hidden)]
pub mod declaration;
mod field_path;
pub mod outline;
mod role;

pub use crate::field_path;
pub use field_path::{FieldPath, Step};
pub use role::Role;

/// The declarations of the formats, each with the name of its documents: manifests, workspace files, evidence.
pub const OUTLINES: [(&str, &str); 3] = [
    ("manifest", include_str!("format.outline")),
    ("workspace file", include_str!("workspace.outline")),
    ("evidence", include_str!("evidence.outline")),
];

/// A whole format: its records, the first of which is the document itself, and what defines names.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// The records of this format and of those that stand beside it; a [`RecordId`] is an index here. Formats that share
    /// a table can be spoken of in one expression.
    pub table: &'static [Record],
    /// The document itself: the first of the format's own records.
    pub root: RecordId,
    /// How many records are its own.
    pub own: u16,
    /// What a document of this format is called: `manifest`, `workspace file`.
    pub document: &'static str,
    /// What defines a name of each kind.
    pub kinds: &'static [Definition],
    /// The fields that have a role, in the order of the declaration; of maps and lists their values.
    pub roles: &'static [(Role, FieldPath)],
}

/// The index of a record in its [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub u16);

/// A mapping with declared keys.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Where it stands: `serving.path[]`, `data.sources.*`; empty for the document.
    pub path: &'static str,
    /// Its keys, in the order of the declaration.
    pub fields: &'static [Field],
    /// The field that a bare scalar or list in place of the record means (marked `=`).
    pub short: Option<u16>,
    /// The field by which an item of a list is known: its first demanded field, where that is a single word or name.
    pub known_by: Option<u16>,
    /// The numbers of the fields that the reader demands.
    pub demanded: &'static [u16],
}

/// One declared key of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub of: Type,
    /// What it means, for people: one sentence without a full stop; may be empty.
    pub meaning: &'static str,
    /// The reader demands it (marked `!`).
    pub demanded: bool,
    /// A first-wave lint asks for it in production (marked `*`).
    pub wanted: bool,
    /// What it is to the program beyond its type (marked `@`).
    pub role: Option<Role>,
}

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// A mapping with declared keys.
    Record(RecordId),
    /// A list, or one item that stands for a list of one.
    List(&'static Type),
    /// A mapping from names to values of one type. The first type is that of the keys.
    Map(&'static Type, &'static Type),
    /// One of several types, tried in order.
    Either(&'static [Type]),
    /// A scalar with a reader of its own.
    Scalar(ScalarType),
    /// An enumeration. An open one admits any other label.
    Words {
        /// The words listed.
        words: &'static [&'static str],
        /// Whether other words are legal.
        open: bool,
    },
    /// The name of something that is defined elsewhere.
    Reference {
        /// What it may name, tried in this order.
        kinds: &'static [Kind],
        /// A soft reference links where it resolves and is plain text where not.
        soft: bool,
    },
    /// Kept, not read.
    Any,
}

/// The kinds of thing that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the format's reference page")]
pub enum Kind {
    /// A place of the manifest itself, as in `serving.latency.p99`.
    Field,
    Stakeholder,
    Objective,
    Metric,
    Output,
    Source,
    Dataset,
    Feature,
    Model,
    Slice,
    Group,
    Baseline,
    Signal,
    Tool,
    System,
}

/// What defines the names of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// The kind.
    pub kind: Kind,
    /// The places whose keys, item names or values are the names: `data.sources`, `evaluation.slices[].name`.
    pub places: &'static [FieldPath],
    /// Names that the format itself defines, with the place that each stands for.
    pub given: &'static [(&'static str, FieldPath)],
}

impl Schema {
    /// A format without fields.
    pub const EMPTY: Self =
        Self { table: &[], root: RecordId(0), own: 0, document: "document", kinds: &[], roles: &[] };

    /// The document of the first format of a table, which is the manifest.
    pub const ROOT: RecordId = RecordId(0);

    /// The version that this program reads.
    pub const VERSION: i64 = 1;

    /// The record `id`.
    pub fn record(&self, id: RecordId) -> &'static Record {
        &self.table[id.0 as usize]
    }

    /// The document with this field, of the formats that share the table.
    pub fn document_with(&self, field: FieldPath) -> Option<RecordId> {
        let document = |record: &Record| record.path.is_empty() && record.field(field.key()).is_some();
        self.table.iter().position(document).map(|index| RecordId(index as u16))
    }

    /// The records of this format alone.
    pub fn records(&self) -> &'static [Record] {
        let first = usize::from(self.root.0);
        self.table.get(first..first + usize::from(self.own)).unwrap_or_default()
    }

    /// Whether its documents say by which version they are written. Front matter does not.
    pub fn is_versioned(&self) -> bool {
        let first = self.record(self.root).fields.first();
        first.is_some_and(|field| field.demanded && field.of == Type::Scalar(ScalarType::Integer))
    }

    /// The field of the document that says by which version of the format it is written: its first.
    pub fn version_field(&self) -> &'static str {
        self.record(self.root).fields.first().map_or("", |field| field.name)
    }

    /// What defines names of `kind`; nothing for [`Kind::Field`].
    pub fn definition(&self, kind: Kind) -> Option<&'static Definition> {
        self.kinds.iter().find(|definition| definition.kind == kind)
    }

    /// The kind whose names are defined at the place `path`.
    pub fn kind_defined_at(&self, path: &str) -> Option<Kind> {
        let defines = |definition: &&Definition| definition.places.iter().any(|place| place.text() == path);
        self.kinds.iter().find(defines).map(|definition| definition.kind)
    }

    /// The kind of name that the items of a map have, which are records.
    pub fn kind_of_items(&self, record: RecordId) -> Option<Kind> {
        self.kind_defined_at(self.record(record).path.strip_suffix(".*")?)
    }

    /// The places of the fields with this role, in the order of the declaration.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = FieldPath> + use<> {
        self.roles.iter().filter(move |(of, _)| *of == role).map(|(_, path)| *path)
    }

    /// The type of a place; none where this is not a format that has it.
    pub fn type_at(&self, path: FieldPath) -> Option<Type> {
        path.steps().try_fold(Type::Record(self.root), |here, step| match (here, step) {
            (Type::Record(id), Step::Key(key)) => Some(self.record(id).field(key)?.1.of),
            (Type::Map(_, of) | Type::List(of), Step::Each) => Some(*of),
            _ => None,
        })
    }
}

impl Record {
    /// The field called `name` and its index.
    pub fn field(&self, name: &str) -> Option<(u16, &'static Field)> {
        let fields: &'static [Field] = self.fields;
        let index = fields.iter().position(|field| field.name == name)?;
        Some((index as u16, &fields[index]))
    }

    /// As [`Self::field`], looked for from the field `next` on: manifests are mostly written in the order of the format.
    pub fn field_from(&self, next: u16, name: &str) -> Option<(u16, &'static Field)> {
        let fields: &'static [Field] = self.fields;
        let next = usize::from(next).min(fields.len());
        let (before, after) = fields.split_at(next);
        let index = match after.iter().position(|field| field.name == name) {
            Some(index) => next + index,
            None => before.iter().position(|field| field.name == name)?,
        };
        Some((index as u16, &fields[index]))
    }

    /// The field with this role and its index.
    pub fn with_role(&self, role: Role) -> Option<(u16, &'static Field)> {
        let fields: &'static [Field] = self.fields;
        let index = fields.iter().position(|field| field.role == Some(role))?;
        Some((index as u16, &fields[index]))
    }

    /// The field at `index`, which comes from this record.
    pub fn at(&self, index: u16) -> &'static Field {
        let fields: &'static [Field] = self.fields;
        &fields[index as usize]
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Field,
        Self::Stakeholder,
        Self::Objective,
        Self::Metric,
        Self::Output,
        Self::Source,
        Self::Dataset,
        Self::Feature,
        Self::Model,
        Self::Slice,
        Self::Group,
        Self::Baseline,
        Self::Signal,
        Self::Tool,
        Self::System,
    ];

    /// The word for it, as in `model:eta-forecast/eta`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Stakeholder => "stakeholder",
            Self::Objective => "objective",
            Self::Metric => "metric",
            Self::Output => "output",
            Self::Source => "source",
            Self::Dataset => "dataset",
            Self::Feature => "feature",
            Self::Model => "model",
            Self::Slice => "slice",
            Self::Group => "group",
            Self::Baseline => "baseline",
            Self::Signal => "signal",
            Self::Tool => "tool",
            Self::System => "system",
        }
    }

    /// The kind so called.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a name of this kind may be looked up in another system of the workspace.
    pub fn crosses_systems(self) -> bool {
        matches!(
            self,
            Self::System
                | Self::Source
                | Self::Dataset
                | Self::Feature
                | Self::Model
                | Self::Metric
                | Self::Signal
                | Self::Output
        )
    }
}
