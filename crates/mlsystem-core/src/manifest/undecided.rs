//! Decided, decided against, undecided: which words decide nothing, and which give a reason.

use crate::finding::Pointer;
use crate::schema::{FieldPath, Type, field_path};
use crate::source::Span;
use crate::tree::NodeId;
use crate::units::{self, ScalarType};

/// A place of a manifest at which something is written and nothing decided.
#[derive(Debug, Clone)]
pub struct UndecidedPlace {
    /// The node at the place.
    pub node: NodeId,
    /// The place.
    pub pointer: Pointer,
    /// Its key, where it is known and the place has one of its own.
    pub key: Option<Span>,
    /// What is written there; empty where nothing is.
    pub span: Span,
    /// The part that says so: the placeholder, or the mark of a draft in its comment.
    pub part: Span,
    /// Why it decides nothing.
    pub why: Why,
    /// Whether a finding of its own says so, because the reader demands the value.
    pub told: bool,
}

/// Why what is written decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A key without value: nothing, `null`, `{}`, `[]`.
    Empty,
    /// A "none" without a reason.
    NoReason,
    /// A word that stands where an answer has yet to come.
    Placeholder,
    /// A comment marks it as a draft.
    Draft,
}

/// Whether a scalar says nothing at all.
pub fn empty(text: &str, plain: bool) -> bool {
    text.is_empty() || plain && matches!(text, "~" | "null" | "Null" | "NULL")
}

/// Whether the type itself has this word, so that it is a value however empty it sounds.
pub fn listed(of: Type, text: &str) -> bool {
    match of {
        Type::Words { words, .. } => words.contains(&text),
        Type::Scalar(ScalarType::Bool) => matches!(text, "true" | "false"),
        Type::Scalar(ScalarType::Licence) => text.eq_ignore_ascii_case("unknown"),
        Type::Either(types) => types.iter().any(|of| listed(*of, text)),
        Type::List(of) => listed(*of, text),
        _ => false,
    }
}

/// Whether a licence is said to be unknown, which counts as absent.
pub fn unknown_licence(of: Type, text: &str) -> bool {
    matches!(of, Type::Scalar(ScalarType::Licence)) && text.eq_ignore_ascii_case("unknown")
}

/// The words that begin a reasoned "none" for the field `field`.
pub fn none_words(field: &str) -> &'static [&'static str] {
    if field == AFFECTS.text() { &NONE_WORDS } else { &NONE_WORDS[..2] }
}

/// Whether a key begins a reasoned "none", whatever the field.
pub fn is_none_word(key: &str) -> bool {
    NONE_WORDS.contains(&key)
}

/// The field that may also say that it concerns nobody.
pub const AFFECTS: FieldPath = field_path!(manifest: "affects");

const NONE_WORDS: [&str; 3] = ["none", "not_applicable", "nobody"];

/// The reason in a text such as `none: nothing is stored`, as people write who had to quote the colon.
pub fn reason_in_text<'t>(text: &'t str, field: &str) -> Option<&'t str> {
    if !text.starts_with('n') {
        return None;
    }
    let (word, reason) = text.split_once(':')?;
    none_words(field).contains(&word).then(|| reason.trim())
}

/// Whether a reason is one: not empty, no placeholder, not the field's own key.
pub fn gives_reason(reason: &str, field: &str) -> bool {
    !reason.is_empty() && !units::is_placeholder(reason) && !units::is_bare_none(reason) && reason != field
}
