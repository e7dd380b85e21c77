//! The operators.

use super::token::What;

/// The operators between two operands that both are always evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
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

impl Sign {
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
    pub(super) fn of(what: &What) -> Option<(Self, u8)> {
        Some(match what {
            What::Sign("+") => (Self::Plus, 2),
            What::Sign("-") => (Self::Minus, 2),
            What::Sign("*") => (Self::Times, 3),
            What::Sign("/") => (Self::Over, 3),
            What::Sign("%") => (Self::Modulo, 3),
            What::Sign("==") => (Self::Equal, 1),
            What::Sign("!=") => (Self::Unequal, 1),
            What::Sign("<") => (Self::Less, 1),
            What::Sign("<=") => (Self::AtMost, 1),
            What::Sign(">") => (Self::Greater, 1),
            What::Sign(">=") => (Self::AtLeast, 1),
            What::Name(name) if name == "in" => (Self::In, 1),
            _ => return None,
        })
    }
}
