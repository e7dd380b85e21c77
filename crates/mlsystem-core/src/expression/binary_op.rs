//! The operators.

use crate::expression::compile::token::TokenKind;

/// The operators between two operands that both are always evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Modulo,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `in`
    In,
}

impl BinaryOp {
    /// How it is written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
            Self::Modulo => "%",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
        }
    }

    /// Whether it makes a value, and does not compare two.
    pub(super) fn is_arithmetic(self) -> bool {
        matches!(self, Self::Plus | Self::Minus | Self::Times | Self::Over | Self::Modulo)
    }

    /// The operator so written, and how strongly it binds.
    pub(super) fn of(what: &TokenKind) -> Option<(Self, u8)> {
        Some(match what {
            TokenKind::Operator("+") => (Self::Plus, 2),
            TokenKind::Operator("-") => (Self::Minus, 2),
            TokenKind::Operator("*") => (Self::Times, 3),
            TokenKind::Operator("/") => (Self::Over, 3),
            TokenKind::Operator("%") => (Self::Modulo, 3),
            TokenKind::Operator("==") => (Self::Equal, 1),
            TokenKind::Operator("!=") => (Self::Unequal, 1),
            TokenKind::Operator("<") => (Self::Less, 1),
            TokenKind::Operator("<=") => (Self::AtMost, 1),
            TokenKind::Operator(">") => (Self::Greater, 1),
            TokenKind::Operator(">=") => (Self::AtLeast, 1),
            TokenKind::Name(name) if name == "in" => (Self::In, 1),
            _ => return None,
        })
    }
}
