//! Checked expressions as constants of the program.

use super::{
    BinaryOp, Cell, CheckedCondition, Column, Condition, ConditionText, Ends, Expr, FunctionId, Let, Macro, Member,
    Node, Path, Root, Row, Spec, Step, Table, Type, WordTest,
};
use crate::constant::{Constant, constants};
use crate::source::Span;
use crate::units::Measure;

/// A shared condition stands in the program once, under a name; what uses it refers to that.
impl Constant for Condition<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("CONDITION_{}", self.name.to_uppercase()));
    }
}

impl Condition<'_> {
    /// The item that declares this condition as a constant of the program, beside which its users have to stand.
    pub fn declared(&self) -> String {
        let Self { name, parameter, body, meaning } = self;
        format!(
            "#[allow(dead_code)]\nstatic {}: crate::expression::Condition = crate::expression::Condition {{ name: {}, \
             parameter: {}, body: {}, meaning: {} }};\n",
            self.to_constant(),
            name.to_constant(),
            parameter.to_constant(),
            body.to_constant(),
            meaning.to_constant(),
        )
    }
}

/// A named expression stands in the program once, however often it is used.
impl Constant for Let<'_> {
    fn constant(&self, out: &mut String) {
        // Named expressions of one name and meaning share a constant, so that its name is made of its text.
        let digest = self.definition().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        out.push_str(&format!("LET_{}_{digest:X}", self.name.to_ascii_uppercase()));
    }
}

impl Let<'_> {
    fn definition(&self) -> String {
        let Self { name, body, reads } = self;
        format!(
            "crate::expression::Let {{ name: {}, body: {}, reads: {reads} }}",
            name.to_constant(),
            body.to_constant()
        )
    }

    /// The declaration of its constant.
    pub fn declared(&self) -> String {
        format!("static {}: crate::expression::Let = {};\n", self.to_constant(), self.definition())
    }
}

/// A function is known by its name, so that the number is that of the program which the constant becomes a part of.
impl Constant for FunctionId {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::expression::FunctionId::named({:?})", self.function().name));
    }
}

constants! { "crate::expression::":
    struct ConditionText<'_> { name, of, is, means }
    struct Expr<'_> { span, node }
    enum Node<'_> {
        Bool(value),
        Int(value),
        Double(value),
        Text(text),
        Duration(nanoseconds),
        List(items),
        Today,
        Path(path),
        Table(number),
        Repository(list),
        Column(row, column),
        Member(of, member),
        Not(of),
        Minus(of),
        Binary(sign, operands),
        And(operands),
        Or(operands),
        Choice(parts),
        Comprehension(what, parts),
        Call(function, arguments),
        Says(saying),
        Let(named),
        Condition(condition, argument),
    }
    struct Path<'_> { root, steps, format, ends }
    enum Root<'_> { Document, Binding(number), Variable(outward), Computed(expr) }
    enum Step<'_> { Field(number, name), Item(key, kind), Pick(word, keys) }
    struct CheckedCondition<'_> { condition, parameter, of, height }
    struct WordTest<'_> { place, words, listed }
    struct Table<'_> { name, meaning, columns, rows }
    struct Column<'_> { name, of }
    struct Row<'_> { word, cells }
    enum Cell<'_> { Empty, Bool(value), Int(value), Double(value), Text(text), Texts(texts) }
    enum Type<'_> {
        Any,
        Nothing,
        Bool,
        Int,
        Quantity,
        Text,
        Edge,
        Measure(measure),
        Literal(words),
        Words { words, open },
        Written(of),
        Reference(kinds),
        Scalar(of),
        Record(id),
        List(of),
        Items(of),
        Map(key, of),
        Either(types),
        Union(types),
        Table(number),
        Row(number),
    }
    words BinaryOp;
    words Macro;
    words Member;
    words Ends;
    words Spec;
}

constants! { "crate::units::": words Measure; }

constants! { "crate::source::": struct Span { start, end } }
