//! Checked expressions as constants of the program.

use super::{
    Cell, Column, Condition, Ends, Expr, FunctionId, Known, Let, Macro, Member, Node, Path, Root, Row, Saying, Sign,
    Spec, Step, Table, Type,
};
use crate::constant::Constant;
use crate::units::Measure;

/// Writes a call of a constructor: its path and its parts.
macro_rules! made {
    ($out:expr, $path:expr $(, $part:expr)*) => {{
        $out.push_str("crate::expression::");
        $out.push_str($path);
        $out.push('(');
        $(
            Constant::constant($part, $out);
            $out.push_str(", ");
        )*
        $out.push(')');
    }};
}

/// Enumerations without parts, which Rust prints as they are written.
macro_rules! words {
    ($($type:ident),*) => {$(
        impl Constant for $type {
            fn constant(&self, out: &mut String) {
                out.push_str(&format!(concat!("crate::expression::", stringify!($type), "::{:?}"), self));
            }
        }
    )*};
}

words!(Sign, Macro, Member, Ends, Spec);

/// A reference to a constant.
struct Borrowed<'a, T>(&'a T);

impl<T: Constant> Constant for Borrowed<'_, T> {
    fn constant(&self, out: &mut String) {
        out.push('&');
        self.0.constant(out);
    }
}

/// A reference to an array, whose length is part of its type.
struct Array<'a, T>(&'a [T]);

impl<T: Constant> Constant for Array<'_, T> {
    fn constant(&self, out: &mut String) {
        self.0.constant(out);
    }
}

/// A reference to a shared condition, which the program has once; [`Condition::declared`] declares it.
struct Shared<'a>(&'a Condition<'a>);

impl Constant for Shared<'_> {
    fn constant(&self, out: &mut String) {
        out.push('&');
        out.push_str(&self.0.constant_name());
    }
}

impl Condition<'_> {
    fn constant_name(&self) -> String {
        format!("CONDITION_{}", self.name.to_uppercase())
    }

    /// The item that declares this condition as a constant of the program, beside which its users have to stand.
    pub fn declared(&self) -> String {
        format!(
            "#[allow(dead_code)]\nstatic {}: crate::expression::Condition = {};\n",
            self.constant_name(),
            self.to_constant()
        )
    }
}

impl Constant for Expr<'_> {
    fn constant(&self, out: &mut String) {
        let span = self.span;
        out.push_str("crate::expression::Expr { span: crate::source::Span { start: ");
        out.push_str(&format!("{}, end: {} }}, node: ", span.start, span.end));
        self.node.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Node<'_> {
    fn constant(&self, out: &mut String) {
        match self {
            Self::Bool(value) => made!(out, "Node::Bool", value),
            Self::Int(value) => made!(out, "Node::Int", value),
            Self::Double(value) => made!(out, "Node::Double", value),
            Self::Text(text) => made!(out, "Node::Text", *text),
            Self::Duration(nanoseconds) => made!(out, "Node::Duration", nanoseconds),
            Self::List(items) => made!(out, "Node::List", *items),
            Self::Today => out.push_str("crate::expression::Node::Today"),
            Self::Path(path) => made!(out, "Node::Path", &Borrowed(*path)),
            Self::Table(number) => made!(out, "Node::Table", number),
            Self::Repository(list) => made!(out, "Node::Repository", list),
            Self::Column(row, column) => made!(out, "Node::Column", &Borrowed(*row), column),
            Self::Member(of, member) => made!(out, "Node::Member", &Borrowed(*of), member),
            Self::Not(of) => made!(out, "Node::Not", &Borrowed(*of)),
            Self::Minus(of) => made!(out, "Node::Minus", &Borrowed(*of)),
            Self::Binary(sign, operands) => made!(out, "Node::Binary", sign, &Array(*operands)),
            Self::And(operands) => made!(out, "Node::And", *operands),
            Self::Or(operands) => made!(out, "Node::Or", *operands),
            Self::Choice(parts) => made!(out, "Node::Choice", &Array(*parts)),
            Self::Fold(what, parts) => made!(out, "Node::Fold", what, &Array(*parts)),
            Self::Call(function, arguments) => made!(out, "Node::Call", function, *arguments),
            Self::Says(saying) => made!(out, "Node::Says", &Borrowed(*saying)),
            Self::Let(named) => made!(out, "Node::Let", &NamedOnce(named)),
            Self::Condition(condition, argument) => {
                made!(out, "Node::Condition", &Shared(condition), &argument.map(Borrowed))
            }
        }
    }
}

/// A function is known by its name, so that the number is that of the program which the constant becomes a part of.
impl Constant for FunctionId {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::expression::FunctionId::named({:?})", self.function().name));
    }
}

impl Constant for Path<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Path { root: ");
        self.root.constant(out);
        out.push_str(", steps: ");
        self.steps.constant(out);
        out.push_str(", format: ");
        self.format.constant(out);
        out.push_str(", ends: ");
        self.ends.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Root<'_> {
    fn constant(&self, out: &mut String) {
        match self {
            Self::Document => out.push_str("crate::expression::Root::Document"),
            Self::Local(number) => made!(out, "Root::Local", number),
            Self::Variable(outward) => made!(out, "Root::Variable", outward),
            Self::Computed(expr) => made!(out, "Root::Computed", &Borrowed(*expr)),
        }
    }
}

impl Constant for Step<'_> {
    fn constant(&self, out: &mut String) {
        match self {
            Self::Field(number, name) => made!(out, "Step::Field", number, *name),
            Self::Item(key, kind) => made!(out, "Step::Item", &Borrowed(*key), kind),
            Self::Pick(word, keys) => made!(out, "Step::Pick", &Borrowed(*word), *keys),
        }
    }
}

impl Constant for Saying<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Saying { place: ");
        self.place.constant(out);
        out.push_str(", words: ");
        self.words.constant(out);
        out.push_str(&format!(", listed: {} }}", self.listed));
    }
}

impl Constant for Let<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Let { name: ");
        self.name.constant(out);
        out.push_str(", body: ");
        self.body.constant(out);
        out.push_str(&format!(", reads: {} }}", self.reads));
    }
}

/// A reference to a named expression, which the program has once, however often it is used; [`Let::declared`] declares
/// it.
struct NamedOnce<'a>(&'a Let<'a>);

impl Constant for NamedOnce<'_> {
    fn constant(&self, out: &mut String) {
        out.push('&');
        out.push_str(&self.0.constant_name());
    }
}

impl Let<'_> {
    /// Named expressions of one name and meaning share a constant, so that its name is made of its text.
    fn constant_name(&self) -> String {
        let digest = self.to_constant().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        format!("LET_{}_{digest:X}", self.name.to_ascii_uppercase())
    }

    /// The declaration of its constant.
    pub fn declared(&self) -> String {
        format!("static {}: crate::expression::Let = {};\n", self.constant_name(), self.to_constant())
    }
}

impl Constant for Condition<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Condition { name: ");
        self.name.constant(out);
        out.push_str(", parameter: ");
        self.parameter.constant(out);
        out.push_str(", body: ");
        self.body.constant(out);
        out.push_str(", meaning: ");
        self.meaning.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Table<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Table { name: ");
        self.name.constant(out);
        out.push_str(", meaning: ");
        self.meaning.constant(out);
        out.push_str(", columns: ");
        self.columns.constant(out);
        out.push_str(", rows: ");
        self.rows.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Column<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Column { name: ");
        self.name.constant(out);
        out.push_str(", of: ");
        self.of.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Row<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Row { word: ");
        self.word.constant(out);
        out.push_str(", cells: ");
        self.cells.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Cell<'_> {
    fn constant(&self, out: &mut String) {
        match self {
            Self::Empty => out.push_str("crate::expression::Cell::Empty"),
            Self::Bool(value) => made!(out, "Cell::Bool", value),
            Self::Int(value) => made!(out, "Cell::Int", value),
            Self::Double(value) => made!(out, "Cell::Double", value),
            Self::Text(text) => made!(out, "Cell::Text", *text),
            Self::Texts(texts) => made!(out, "Cell::Texts", *texts),
        }
    }
}

impl Constant for Measure {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::units::Measure::{self:?}"));
    }
}

impl Constant for Type<'_> {
    fn constant(&self, out: &mut String) {
        match self {
            Self::Any | Self::Nothing | Self::Bool | Self::Int | Self::Quantity | Self::Text | Self::Edge => {
                out.push_str(&format!("crate::expression::Type::{self:?}"));
            }
            Self::Measure(measure) => made!(out, "Type::Measure", measure),
            Self::Literal(words) => made!(out, "Type::Literal", *words),
            Self::Words { words, open } => {
                out.push_str("crate::expression::Type::Words { words: ");
                words.constant(out);
                out.push_str(&format!(", open: {open} }}"));
            }
            Self::Written(of) => made!(out, "Type::Written", of),
            Self::Reference(kinds) => made!(out, "Type::Reference", *kinds),
            Self::Scalar(of) => made!(out, "Type::Scalar", of),
            Self::Record(id) => made!(out, "Type::Record", id),
            Self::List(of) => made!(out, "Type::List", &Borrowed(*of)),
            Self::Items(of) => made!(out, "Type::Items", &Borrowed(*of)),
            Self::Map(key, of) => made!(out, "Type::Map", &Borrowed(*key), &Borrowed(*of)),
            Self::Either(types) => made!(out, "Type::Either", *types),
            Self::Union(types) => made!(out, "Type::Union", *types),
            Self::Table(number) => made!(out, "Type::Table", number),
            Self::Row(number) => made!(out, "Type::Row", number),
        }
    }
}

impl Constant for Known<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::Known { condition: ");
        Shared(self.condition).constant(out);
        out.push_str(", parameter: ");
        self.parameter.constant(out);
        out.push_str(", of: ");
        self.of.constant(out);
        out.push_str(&format!(", height: {} }}", self.height));
    }
}
