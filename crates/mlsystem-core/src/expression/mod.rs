//! Expressions over a typed manifest: a subset of CEL, the Common Expression Language, with its syntax and meaning.
//!
//! What is there: `bool`, `int` (64 bits, overflow is an error), `double`, `string`, lists; the operators
//! `! - + * / % == != < <= > >= && || ?: in`; selection, indexing, calls; the macros `has`, `exists`, `all`, `exists_one`,
//! `filter` and `map`; the text functions `startsWith`, `endsWith`, `contains`, `split` and `size`. Words that CEL reserves
//! are names after a dot (`signal.for`). What is left out: unsigned numbers, bytes, `null`, maps and messages as literals,
//! `matches`, `dyn`, conversions, timestamps.
//!
//! What is other than in CEL: the typed quantities of the format take part in arithmetic and comparison; whole numbers
//! and doubles may be added and multiplied with each other; over a map of named items a macro binds the item and not the
//! key (`name(item)` gives the key); a section is never absent, only a leaf is. An absent leaf makes what reads it
//! *unknown*, which `&&`, `||`, `exists` and `all` treat as CEL treats an error: `false && unknown` is false.
//!
//! An interval counts as its longest gap. `never`, and a retention that is `forever`, are longer than every duration.
//! What stands inside a section that is decided against is decided against. A list may hold items that are not written;
//! `written` drops them, and every other function of such a list is unknown.
//!
//! [`compile`] checks a text against the schema; what it returns is plain data that may stand in a program as a constant.

use std::ops::Range;

use crate::schema::Kind;
use crate::source::Span;

mod binary_op;
mod compile;
#[cfg(test)]
mod conformance;
mod constant;
mod evaluate;
mod explain;
#[cfg(test)]
mod properties;
mod table;
mod value;

pub use binary_op::BinaryOp;
pub use compile::{
    CheckedCondition, Compiled, Condition, ConditionProblem, ConditionText, Conditions, Scope, Type, compile,
    compile_conditions,
};
pub use evaluate::functions::{self, FORMS, Function, FunctionId, functions};
pub use evaluate::{
    Binding, Evidence, Frame, LintScope, LoopScope, all_hold, candidates, evaluate, foreseen, holds, items,
};
pub use explain::{Location, Spec, location, location_of, names_a_place, placeholder, reasons, show};
pub use table::{Cell, Column, Row, Table};
pub use value::{Amount, ItemRef, List, Text, Unknown, Value};

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the expression's text to underline.
    pub span: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Problem {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// One part of a checked expression.
#[derive(Debug, Clone, Copy)]
pub struct Expr<'a> {
    /// Its bytes in the text that it was compiled from.
    pub span: Span,
    /// What it is.
    pub node: Node<'a>,
}

/// What a part of a checked expression is. Every name is resolved.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a point or an exponent.
    Double(f64),
    /// A text.
    Text(&'a str),
    /// `duration("30d")`, in nanoseconds.
    Duration(f64),
    /// `[a, b]`
    List(&'a [Expr<'a>]),
    /// The day of the check.
    Today,
    /// A place of the manifest, or a variable and what is inside it.
    Path(&'a Path<'a>),
    /// A table, by its number.
    Table(u16),
    /// What the files of the repository say of one sort, by the number of its list in their documents.
    Repository(u16),
    /// A column of a row of a table.
    Column(&'a Expr<'a>, u16),
    /// A part of a typed scalar, as in `target.value`.
    Member(&'a Expr<'a>, Member),
    /// `!a`
    Not(&'a Expr<'a>),
    /// `-a`
    Minus(&'a Expr<'a>),
    /// `a + b` and the others.
    Binary(BinaryOp, &'a [Expr<'a>; 2]),
    /// `a && b && …`
    And(&'a [Expr<'a>]),
    /// `a || b || …`
    Or(&'a [Expr<'a>]),
    /// `a ? b : c`
    Choice(&'a [Expr<'a>; 3]),
    /// A macro over a list: the list, and the expression for each item.
    Comprehension(Macro, &'a [Expr<'a>; 2]),
    /// A call of a function.
    Call(FunctionId, &'a [Expr<'a>]),
    /// `says(place, word, …)`
    Says(&'a WordTest<'a>),
    /// A `let` name of the lint.
    Let(&'a Let<'a>),
    /// A shared condition, with its argument if it has a parameter.
    Condition(&'a Condition<'a>, Option<&'a Expr<'a>>),
}

/// A named expression, which sees the same loop variables as its user.
#[derive(Debug, Clone, Copy)]
pub struct Let<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it stands for.
    pub body: Expr<'a>,
    /// How many of the loop variables it may read, the outermost first: what it comes to holds as long as they do.
    pub reads: u8,
}

/// What `says(place, word, …)` asks: `decided(place)`, and that it is one of the words or its list holds one.
#[derive(Debug, Clone, Copy)]
pub struct WordTest<'a> {
    /// The place.
    pub place: Expr<'a>,
    /// The words.
    pub words: &'a [Expr<'a>],
    /// Whether the place is a list or a map.
    pub listed: bool,
}

/// The macros that visit the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Macro {
    /// Whether some item meets the condition.
    Exists,
    /// Whether each item does.
    All,
    /// Whether exactly one does.
    ExistsOne,
    /// The items that do.
    Filter,
    /// The expression's value for each item.
    Map,
}

/// A way through the manifest.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    /// Where it begins.
    pub root: Root<'a>,
    /// What is followed from there.
    pub steps: &'a [Step<'a>],
    /// The place in the format, as in `serving.path[].p99`.
    pub format: &'a str,
    /// What stands at its end when nothing is written there.
    pub ends: Ends,
}

/// Where a path begins.
#[derive(Debug, Clone, Copy)]
pub enum Root<'a> {
    /// The document.
    Document,
    /// A loop variable of the lint, by its number.
    Binding(u8),
    /// A variable of a macro or the parameter of a condition: so many macros further out.
    Variable(u8),
    /// What an expression gives.
    Computed(&'a Expr<'a>),
}

/// One step of a path.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// A declared key: its number in the record, and its name.
    Field(u16, &'a str),
    /// An item of a map or of a list of records by its name, or of any list by its number; and the kind of name that the
    /// map defines.
    Item(&'a Expr<'a>, Option<Kind>),
    /// A declared key that a word names, as in `latency[q]`: the words and their keys.
    Pick(&'a Expr<'a>, &'a [(&'a str, u16)]),
}

/// What an unwritten place gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Nothing: it is unknown.
    Leaf,
    /// No items.
    Items,
}

/// Parts of typed scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// The first day of a period, or the lower end of a range.
    Start,
    /// The last day of a period, or the upper end of a range.
    End,
    /// The bound of a comparison, as in `at most`.
    Bound,
    /// The value that a comparison compares with.
    Value,
    /// What a requirement or test is about, as written.
    Subject,
    /// The system that something flows out of.
    From,
    /// The system that it flows into.
    To,
    /// The way it takes: it `reads`, or it `affects`.
    How,
}

impl Member {
    pub(crate) const ALL: [(Self, &'static str); 8] = [
        (Self::Start, "start"),
        (Self::End, "end"),
        (Self::Bound, "bound"),
        (Self::Value, "value"),
        (Self::Subject, "subject"),
        (Self::From, "from"),
        (Self::To, "to"),
        (Self::How, "how"),
    ];

    /// How it is written.
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(member, _)| *member == self).map_or("", |(_, word)| word)
    }
}

impl Macro {
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::Exists, "exists"),
        (Self::All, "all"),
        (Self::ExistsOne, "exists_one"),
        (Self::Filter, "filter"),
        (Self::Map, "map"),
    ];
}
