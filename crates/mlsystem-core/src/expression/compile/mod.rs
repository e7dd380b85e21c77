//! From a text to a checked expression.

mod check;
mod conditions;
mod free_variables;
mod scope;
mod syntax;
pub(super) mod token;
mod types;

use crate::expression::{Expr, Problem};
use crate::schema::Schema;
use check::Checker;

pub use conditions::{CheckedCondition, Condition, ConditionProblem, ConditionText, Conditions, compile_conditions};
pub use scope::Scope;
pub use types::Type;

/// A checked expression and what it gives.
#[derive(Debug, Clone, Copy)]
pub struct Compiled<'a> {
    /// The expression.
    pub expr: &'a Expr<'a>,
    /// What it gives.
    pub of: Type<'a>,
    /// How deep evaluation nests, named expressions included.
    pub(super) height: u16,
}

/// How deep an expression and the named ones inside it may nest together.
const HEIGHT: u16 = 240;

/// Checks `text`: names, kinds and functions must fit. All that is wrong is in the error, in the order of the text.
pub fn compile<'a>(text: &str, schema: &Schema, scope: &Scope<'_, 'a>) -> Result<Compiled<'a>, Vec<Problem>> {
    compile_with(text, schema, scope, &[])
}

impl Compiled<'_> {
    /// The same expression, which must be a condition; otherwise the problem says what it is.
    pub fn as_condition(self, schema: &Schema) -> Result<Self, Vec<Problem>> {
        if self.of.may_be_bool() {
            return Ok(self);
        }
        let message = format!("a condition is true or false, and this is {}", self.of.words(schema));
        Err(vec![Problem::new(self.expr.span.range(), message)])
    }
}

/// As [`compile`]; the innermost of `parameters` comes last.
pub(super) fn compile_with<'a>(
    text: &str,
    schema: &Schema,
    scope: &Scope<'_, 'a>,
    parameters: &[(String, Type<'a>)],
) -> Result<Compiled<'a>, Vec<Problem>> {
    let parsed = syntax::parse(text).map_err(|problem| vec![problem])?;
    let mut checker = Checker::new(schema, scope, parameters);
    let checked = checker.whole(&parsed);
    let height = checker.height(&parsed);
    let mut problems = checker.problems;
    if height > HEIGHT && problems.is_empty() {
        problems.push(Problem::new(0..text.len(), "the named expressions nest too deeply"));
    }
    if problems.is_empty() {
        return Ok(Compiled { expr: scope.arena.one(checked.expr), of: checked.of, height });
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    problems.dedup();
    Err(problems)
}
