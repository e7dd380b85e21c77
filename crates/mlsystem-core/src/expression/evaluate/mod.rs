//! The evaluator. It has three values for a condition: true, false, and unknown.

mod candidates;
mod comprehension;
mod context;
mod frame;
pub mod functions;
mod index;
mod members;
mod membership;
mod memo;
mod operators;
pub(super) mod paths;
mod scope;
pub(super) mod targets;
mod trace;

use crate::expression::{Expr, List, Unknown, Value};

pub use candidates::candidates;
pub use frame::{Binding, Frame};
pub use scope::{LintScope, LoopScope};
pub use trace::Evidence;

pub(super) use context::{Context, Variables};

/// Evaluates `expr`. CEL's rules hold for what is unknown: `false && unknown` is false, `true || unknown` is true.
pub fn evaluate<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>) -> Result<Value<'m>, Unknown> {
    frame.begin();
    frame.attempt(|| Context { frame, variables: None }.evaluate(expr))
}

/// Whether `expr` is true, where it is true or false.
pub fn holds<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>) -> Option<bool> {
    frame.begin();
    frame.attempt(|| Context { frame, variables: None }.truth(expr)).ok()
}

/// As [`holds`], of a condition whose turn has not come: nothing is noted of what it read in vain, and one that asks for
/// other systems where none are known is left for its turn.
pub fn foreseen<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>) -> Option<bool> {
    frame.begin();
    frame.in_advance(|| Context { frame, variables: None }.truth(expr).ok())
}

/// Whether all of several conditions are true, by the rules of `&&`.
pub fn all_hold<'m>(conditions: impl Iterator<Item = &'m Expr<'m>>, frame: &Frame<'m>) -> Option<bool> {
    frame.begin();
    frame.attempt(|| Context { frame, variables: None }.fold_truth(conditions, false)).ok()
}

/// What a loop over what `expr` gives visits.
pub fn items<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>) -> Result<List<'m>, Unknown> {
    frame.begin();
    let context = Context { frame, variables: None };
    context.evaluate(expr).and_then(|value| context.list(value))
}
