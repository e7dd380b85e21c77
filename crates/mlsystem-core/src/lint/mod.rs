//! Lints: conditions over a manifest, with the words for what is wrong.
//!
//! A lint is one Markdown file. It is compiled once, the built-in ones when the program is built, and judges typed values
//! and never text. Nothing here names a single lint.

use crate::expression::{Expr, Node, Spec};
use crate::finding::{Kind, Reader, Severity};

mod claims;
mod compile;
mod constant;
mod document;
mod fix;
mod front_matter;
mod hints;
mod library;
mod name_conflicts;
mod option;
mod registry;
mod run;
mod severity;
mod subject;
mod template;
mod unless;

pub use claims::{Claim, Proof, claims};
pub use compile::compile;
pub use document::{Document, Example, examples};
pub use fix::{proposed, quoted};
pub use library::Library;
pub use registry::{Registry, Remark, Selection};
pub use run::{Outcome, SetOptions, SeverityContext, Verdict, run};
pub use severity::shifted;
pub use subject::Subject;

/// One lint.
#[derive(Debug, Clone, Copy)]
pub struct Lint<'a> {
    /// Its name in kebab-case: its identity.
    pub name: &'a str,
    /// The folder that it lies in.
    pub category: &'a str,
    /// The sort of defect.
    pub kind: Kind,
    /// How bad it is in production at limited risk.
    pub severity: Severity,
    /// Stages in which the one rule does not give the right severity.
    pub severity_in: &'a [(&'a str, Severity)],
    /// The release that brought it.
    pub since: &'a str,
    /// What it was called before.
    pub formerly: &'a [&'a str],
    /// Whether it is to be named.
    pub status: Status<'a>,
    /// The thresholds that a workspace may set.
    pub options: &'a [LintOption<'a>],
    /// The ways to be broken; none for a finding that the program itself raises.
    pub cases: &'a [Case<'a>],
    /// What it rests on.
    pub sources: &'a [&'a str],
    /// The clauses of frameworks that it supports evidence for.
    pub frameworks: &'a [(&'a str, &'a [&'a str])],
    /// Whether what its help has in backticks as `key: value` is offered as a fix.
    pub fix_in_help: bool,
    /// Whether its findings may be accepted by a waiver.
    pub waivable: bool,
    /// Why its examples cannot be run, where they cannot.
    pub untestable: Option<&'a str>,
    /// The heading of its page.
    pub title: &'a str,
    /// Its page: Markdown below the front matter.
    pub page: &'a str,
}

/// Whether a lint is to be named, and what to name instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status<'a> {
    /// It is.
    Current,
    /// It still judges, and will be removed; the lint that replaces it.
    Deprecated(Option<&'a str>),
    /// It judges nothing, and keeps its name from being given to another; the lint that replaces it.
    Removed(Option<&'a str>),
}

/// A threshold with a default.
#[derive(Debug, Clone, Copy)]
pub struct LintOption<'a> {
    /// The name by which the lint's expressions know it.
    pub name: &'a str,
    /// Its value unless another is set, as written: `180d`, `50`, `true`.
    pub default: &'a str,
    /// What it bounds.
    pub means: &'a str,
}

/// One way to be broken.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The severity, where it is not that of the lint.
    pub severity: Option<Severity>,
    /// For whom its findings speak.
    pub reader: Reader,
    /// The loops, the outermost first. Each binds one or two variables.
    pub loops: &'a [Loop<'a>],
    /// Where the lint applies.
    pub when: Option<Expr<'a>>,
    /// For each of the conditions that `when` joins by `&&`, how many loop variables it may read, the outermost first.
    pub reads: &'a [u8],
    /// What must hold there.
    pub require: Expr<'a>,
    /// Whether the first failing round alone is reported, and no later case either.
    pub first: bool,
    /// The lints that say it already: the case is silent about what one of them reports.
    pub unless: &'a [&'a str],
    /// The headline.
    pub message: Template<'a>,
    /// The places, the primary one first.
    pub labels: &'a [LabelForm<'a>],
    /// Facts that belong to no single place.
    pub notes: &'a [Template<'a>],
    /// What to write instead.
    pub help: Option<Template<'a>>,
}

/// What is looped over.
#[derive(Debug, Clone, Copy)]
pub enum Loop<'a> {
    /// Each item of a list or map.
    Each(Expr<'a>),
    /// Each unordered pair of items, in the order of the text.
    Pairs(Expr<'a>),
}

/// One label, or one for each item of a list.
#[derive(Debug, Clone, Copy)]
pub struct LabelForm<'a> {
    /// The loops.
    pub loops: &'a [Loop<'a>],
    /// Where it stands.
    pub when: Option<Expr<'a>>,
    /// The place.
    pub at: Expr<'a>,
    /// Its fact.
    pub text: Option<Template<'a>>,
}

/// A result that an editor shows beside the value that it is about.
#[derive(Debug, Clone, Copy)]
pub struct Hint<'a> {
    /// The place of the value.
    pub at: Expr<'a>,
    /// Where it is worth showing; everywhere where there is none.
    pub when: Option<Expr<'a>>,
    /// What is shown.
    pub text: Template<'a>,
    /// How it is computed, in Markdown.
    pub tooltip: Template<'a>,
}

/// A text with values in it.
#[derive(Debug, Clone, Copy)]
pub struct Template<'a> {
    /// Its parts, in order.
    pub parts: &'a [Part<'a>],
}

/// A part of a [`Template`].
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// A value, and how it is shown.
    Value(Expr<'a>, Spec),
}

impl<'a> Lint<'a> {
    /// Whether it is a page alone, of a lint that there was.
    pub fn is_removed(&self) -> bool {
        matches!(self.status, Status::Removed(_))
    }

    /// Calls `visit` with every expression of the lint but its named ones, which others lead to.
    pub fn expressions(&self, visit: &mut dyn FnMut(&Expr<'a>)) {
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

impl<'a> Case<'a> {
    /// The conditions that `when` joins by `&&`, which may be one or none.
    pub fn conditions(&self) -> &[Expr<'a>] {
        match &self.when {
            Some(Expr { node: Node::And(operands), .. }) => operands,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        }
    }
}

impl<'a> Loop<'a> {
    /// What is looped over.
    pub fn list(&self) -> &Expr<'a> {
        match self {
            Self::Each(list) | Self::Pairs(list) => list,
        }
    }
}
