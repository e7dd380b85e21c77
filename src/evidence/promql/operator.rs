//! The binary operators of PromQL.

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `unless`
    Unless,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`, `^` and `atan2`
    Other,
}

/// How strongly `^` binds, and a sign before a number.
pub const POWER: u32 = 6;

/// Spelling, meaning, and how strongly it binds; the longer of two that begin alike comes first.
pub const OPERATORS: [(&str, Operator, u32); 16] = [
    ("or", Operator::Or, 0),
    ("and", Operator::And, 1),
    ("unless", Operator::Unless, 1),
    (">=", Operator::AtLeast, 2),
    ("<=", Operator::AtMost, 2),
    ("==", Operator::Equal, 2),
    ("!=", Operator::Unequal, 2),
    (">", Operator::Above, 2),
    ("<", Operator::Below, 2),
    ("+", Operator::Plus, 3),
    ("-", Operator::Minus, 3),
    ("*", Operator::Times, 4),
    ("/", Operator::Over, 4),
    ("%", Operator::Other, 4),
    ("atan2", Operator::Other, 4),
    ("^", Operator::Other, POWER),
];
