//! The names that an expression may use besides the fields of the format.

use crate::arena::Arena;
use crate::expression::{Compiled, Conditions, Let, Table, Type};

/// The names that an expression may use besides the fields of the format: loop variables, `let` names, shared conditions
/// and tables.
#[derive(Debug, Clone)]
pub struct Scope<'s, 'a> {
    /// Where what is compiled in it lives.
    pub(in crate::expression) arena: &'a Arena,
    pub(in crate::expression) names: Vec<(String, ScopeEntry<'a>)>,
    pub(in crate::expression) conditions: Option<&'s Conditions<'a>>,
    pub(in crate::expression) tables: &'s [Table<'a>],
    pub(in crate::expression) checked: Checked,
    locals: u8,
}

/// Whether kinds are held to fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::expression) enum Checked {
    #[default]
    Strictly,
    /// CEL's own tests ask what ill-typed expressions evaluate to.
    #[cfg(test)]
    NamesAlone,
}

/// What a name of the lint means.
#[derive(Debug, Clone, Copy)]
pub(in crate::expression) enum ScopeEntry<'a> {
    Binding(u8, Type<'a>),
    Let(&'a Let<'a>, Compiled<'a>),
}

impl<'s, 'a> Scope<'s, 'a> {
    /// No names but the fields of the format. What is compiled in it lives in `arena`.
    pub fn new(arena: &'a Arena) -> Self {
        Self { arena, names: Vec::new(), conditions: None, tables: &[], checked: Checked::default(), locals: 0 }
    }

    /// The same names and the shared conditions.
    #[must_use]
    pub fn with_conditions(mut self, conditions: &'s Conditions<'a>) -> Self {
        self.conditions = Some(conditions);
        self
    }

    /// The same names and the tables, which must be those of the [`Frame`](crate::expression::Frame).
    #[must_use]
    pub fn with_tables(mut self, tables: &'s [Table<'a>]) -> Self {
        self.tables = tables;
        self
    }

    /// Adds a loop variable. The frame must hold its value at the same number: the first variable is local 0.
    pub fn variable(&mut self, name: impl Into<String>, of: Type<'a>) {
        self.names.push((name.into(), ScopeEntry::Binding(self.locals, of)));
        self.locals = self.locals.saturating_add(1);
    }

    /// Adds a named expression that was compiled in this scope.
    pub fn bind(&mut self, name: impl Into<String>, compiled: Compiled<'a>) {
        let name: String = name.into();
        let named = Let { name: self.arena.text(&name), body: *compiled.expr, reads: compiled.expr.reads() };
        self.names.push((name, ScopeEntry::Let(self.arena.one(named), compiled)));
    }

    /// How many loop variables there are.
    pub fn variables(&self) -> usize {
        usize::from(self.locals)
    }

    pub(in crate::expression) fn find(&self, name: &str) -> Option<ScopeEntry<'a>> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, meaning)| *meaning)
    }

    #[cfg(test)]
    pub(in crate::expression) fn names_alone(mut self) -> Self {
        self.checked = Checked::NamesAlone;
        self
    }
}
