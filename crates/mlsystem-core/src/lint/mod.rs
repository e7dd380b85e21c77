//! Lints: conditions over a manifest, with the words for what is wrong.
//!
//! A lint is one Markdown file. It is compiled once, the built-in ones when the program is built, and judges typed values
//! and never text. Nothing here names a single lint.

use crate::expression::{Expr, Let, Node, Spec};
use crate::finding::{Kind, Severity};

mod claims;
mod compile;
mod constant;
mod document;
mod form;
mod library;
mod option;
mod run;
mod severity;
mod template;

pub use claims::{Claim, Proof, claims};
pub use compile::compile;
pub use document::{Document, Example, examples};
pub use library::Library;
pub use run::{Outcome, SetOptions, Standing, Verdict, run};
pub use severity::shifted;

/// One lint.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// Its name in kebab-case: its identity.
    pub name: &'static str,
    /// The folder that it lies in.
    pub category: &'static str,
    /// The sort of defect.
    pub kind: Kind,
    /// How bad it is in production at limited risk.
    pub severity: Severity,
    /// Stages in which the one rule does not give the right severity.
    pub severity_in: &'static [(&'static str, Severity)],
    /// The release that brought it.
    pub since: &'static str,
    /// The thresholds that a workspace may set.
    pub options: &'static [LintOption],
    /// The ways to be broken; none for a finding that the program itself raises.
    pub cases: &'static [Case],
    /// What it rests on.
    pub sources: &'static [&'static str],
    /// The clauses of frameworks that it supports evidence for.
    pub frameworks: &'static [(&'static str, &'static [&'static str])],
    /// Whether its findings may be accepted by a waiver.
    pub waivable: bool,
    /// Why its examples cannot be run, where they cannot.
    pub untestable: Option<&'static str>,
    /// The heading of its page.
    pub title: &'static str,
    /// Its page: Markdown below the front matter.
    pub page: &'static str,
}

/// A threshold with a default.
#[derive(Debug, Clone, Copy)]
pub struct LintOption {
    /// The name by which the lint's expressions know it.
    pub name: &'static str,
    /// Its value unless another is set, as written: `180d`, `50`, `true`.
    pub default: &'static str,
    /// What it bounds.
    pub means: &'static str,
}

/// One way to be broken.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The severity, where it is not that of the lint.
    pub severity: Option<Severity>,
    /// The loops, the outermost first. Each binds one or two variables.
    pub loops: &'static [Loop],
    /// Where the lint applies.
    pub when: Option<Expr>,
    /// For each of the conditions that `when` joins by `&&`, how many loop variables it may read, the outermost first.
    pub reads: &'static [u8],
    /// What must hold there.
    pub require: Expr,
    /// Whether the first failing round alone is reported, and no later case either.
    pub first: bool,
    /// The headline.
    pub message: Template,
    /// The places, the primary one first.
    pub labels: &'static [LabelForm],
    /// Facts that belong to no single place.
    pub notes: &'static [Template],
    /// What to write instead.
    pub help: Option<Template>,
}

/// What is looped over.
#[derive(Debug, Clone, Copy)]
pub enum Loop {
    /// Each item of a list or map.
    Each(Expr),
    /// Each unordered pair of items, in the order of the text.
    Pairs(Expr),
}

/// One label, or one for each item of a list.
#[derive(Debug, Clone, Copy)]
pub struct LabelForm {
    /// The loops.
    pub loops: &'static [Loop],
    /// Where it stands.
    pub when: Option<Expr>,
    /// The place.
    pub at: Expr,
    /// Its fact.
    pub text: Option<Template>,
}

/// A text with values in it.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Its parts, in order.
    pub parts: &'static [Part],
}

/// A part of a [`Template`].
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// Words.
    Text(&'static str),
    /// A value, and how it is shown.
    Value(Expr, Spec),
}

impl Lint {
    /// Calls `visit` with every expression of the lint but its named ones, which others lead to.
    pub fn expressions(&self, visit: &mut dyn FnMut(&Expr)) {
        for case in self.cases {
            case.loops.iter().for_each(|over| visit(over.list()));
            case.when.iter().for_each(&mut *visit);
            visit(&case.require);
            for label in case.labels {
                label.loops.iter().for_each(|over| visit(over.list()));
                label.when.iter().for_each(&mut *visit);
                visit(&label.at);
            }
            let texts = case.labels.iter().filter_map(|label| label.text.as_ref());
            for template in texts.chain(case.notes).chain(&case.help).chain([&case.message]) {
                for part in template.parts {
                    if let Part::Value(expr, _) = part {
                        visit(expr);
                    }
                }
            }
        }
    }
}

impl Case {
    /// The conditions that `when` joins by `&&`, which may be one or none.
    pub fn conditions(&self) -> &[Expr] {
        match &self.when {
            Some(Expr { node: Node::And(operands), .. }) => operands,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        }
    }
}

impl Loop {
    /// What is looped over.
    pub fn list(&self) -> &Expr {
        match self {
            Self::Each(list) | Self::Pairs(list) => list,
        }
    }
}

/// A named expression of a lint, as the expressions see it.
pub type Named = Let;
