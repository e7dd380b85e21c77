//! What is reported: plain data, without formats and without I/O.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::source::{Source, Span};

mod name;
mod pointer;
pub mod raised;
mod reader;

pub use name::LintName;
pub use pointer::{Pointer, PointerStep};
pub use reader::Reader;

/// How bad a finding is. The order is that of gravity: `Advice < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Advice,
    /// A control that the stage asks for is not there.
    Warning,
    /// A contradiction, or an obligation that is not met.
    Error,
}

/// What sort of defect a lint looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A decision that the design ought to record is not there.
    MissingPiece,
    /// Two places cannot both be true.
    Contradiction,
    /// A name points at nothing, or a definition is used by nobody.
    Reference,
    /// Numbers that cannot hold.
    Quantity,
    /// A claim that the repository does not bear out.
    Evidence,
}

/// One span of one file, with one stated fact.
#[derive(Debug, Clone)]
pub struct Label {
    /// The file.
    pub source: Arc<Source>,
    /// The place in it.
    pub span: Span,
    /// The fact, in a few words; may be empty.
    pub text: String,
}

/// Whether an edit may be made without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// It says what the author meant, and decides nothing in their place.
    Safe,
    /// It decides something, or takes something away, that a person has to look at.
    Unsafe,
}

/// One change of one text.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The file.
    pub source: Arc<Source>,
    /// What is replaced; empty where something is only added.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// A way to repair what was found. Its edits are made together or not at all, and do not overlap.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What it does, as a command: `rename to `monitoring``.
    pub title: String,
    /// Whether it may be made without asking.
    pub applicability: Applicability,
    /// The edits, in the order of the text.
    pub edits: Vec<Edit>,
}

/// One reason why a lint applies to this system: a fact that the manifest states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The place of the fact.
    pub pointer: Pointer,
    /// The fact, as in "`serving.pattern` is `online`".
    pub text: String,
}

/// Why a finding is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// Where it comes from: [`Suppression::WAIVER`] or [`Suppression::BASELINE`].
    pub kind: &'static str,
    /// Why the risk is accepted; of a baseline, where the finding is known from.
    pub reason: String,
    /// Who carries it; nobody for a baseline.
    pub owner: String,
    /// The first day on which it no longer holds, `2027-01-31`; empty for a baseline.
    pub until: String,
}

/// Further findings of the same lint that are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truncated {
    /// So many are not shown.
    By(usize),
    /// The search ended with this finding, so that there may be more.
    Perhaps,
}

/// What a lint reports.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Kebab-case name of the lint: its identity.
    pub name: Cow<'static, str>,
    /// The lint's category: its folder.
    pub category: Cow<'static, str>,
    /// The sort of defect.
    pub kind: Kind,
    /// How bad it is for this system, after stage, risk and configured levels.
    pub severity: Severity,
    /// For whom it speaks.
    pub reader: Reader,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// The place to look at first.
    pub primary: Label,
    /// The other places that take part, in this file or another.
    pub labels: Vec<Label>,
    /// Facts that belong to no single place, such as the arithmetic.
    pub notes: Vec<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// Edits that repair it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Why the lint applies to this system.
    pub because: Vec<Because>,
    /// Which document of the file the finding is about, from 0.
    pub document: usize,
    /// The primary place in the document.
    pub pointer: Pointer,
    /// The top-level section that is wholly missing, when that is what the finding is about.
    pub missing_section: Option<String>,
    /// Set when a waiver accepts the finding.
    pub suppression: Option<Suppression>,
    /// Set on the last finding of a lint whose further findings are not shown.
    pub truncated: Option<Truncated>,
}

impl Finding {
    /// A finding with no more than a message and its place; the rest is filled in by field.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        category: impl Into<Cow<'static, str>>,
        kind: Kind,
        severity: Severity,
        message: impl Into<String>,
        primary: Label,
    ) -> Self {
        Self {
            name: name.into(),
            category: category.into(),
            kind,
            severity,
            reader: Reader::default(),
            message: message.into(),
            primary,
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            fixes: Vec::new(),
            because: Vec::new(),
            document: 0,
            pointer: Pointer::default(),
            missing_section: None,
            suppression: None,
            truncated: None,
        }
    }

    /// The same finding with help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with one more label.
    #[must_use]
    pub fn with_label(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }

    /// The same finding with one more fix, if there is one.
    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fixes.extend(fix);
        self
    }

    /// The same finding at `pointer`.
    #[must_use]
    pub fn at(mut self, pointer: Pointer) -> Self {
        self.pointer = pointer;
        self
    }

    /// Says on this finding, the last one of its lint that is shown, that there are more.
    pub fn truncate(&mut self, further: Truncated) {
        self.notes.push(match further {
            Truncated::By(count) => format!("{count} more of these are not shown"),
            Truncated::Perhaps => "if there are more of these, they are not shown".to_owned(),
        });
        self.truncated = Some(further);
    }

    /// The same finding with one more note.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

impl Fix {
    /// A fix that writes `text` over `span`.
    pub fn write(
        title: impl Into<String>,
        applicability: Applicability,
        source: &Arc<Source>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let edit = Edit { source: Arc::clone(source), span, text: text.into() };
        Self { title: title.into(), applicability, edits: vec![edit] }
    }

    /// Whether the fix would write what stands in place of a secret, see [`Source::is_masked`].
    pub fn overwrites_secrets(&self) -> bool {
        self.edits.iter().any(|edit| edit.source.is_masked(&edit.text))
    }
}

impl Applicability {
    /// The word for it: `safe` or `unsafe`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }

    /// Safe where something is certain.
    pub fn when(certain: bool) -> Self {
        if certain { Self::Safe } else { Self::Unsafe }
    }
}

impl Suppression {
    /// An entry of the manifest accepts the finding.
    pub const WAIVER: &'static str = "waiver";
    /// The finding was there before: it stands in a baseline, or at the revision that is compared with.
    pub const BASELINE: &'static str = "baseline";

    /// A finding that was there before; `whence` says where it is known from.
    pub fn known(whence: impl Into<String>) -> Self {
        Self { kind: Self::BASELINE, reason: whence.into(), owner: String::new(), until: String::new() }
    }

    /// Whether the finding was there before.
    pub fn is_baseline(&self) -> bool {
        self.kind == Self::BASELINE
    }

    /// The waiver in words: `waived until 2027-01-31 by ads-ml: the migration ends in January`.
    pub fn sentence(&self) -> String {
        if self.is_baseline() {
            return self.reason.clone();
        }
        format!("waived until {} by {}: {}", self.until, self.owner, self.reason)
    }
}

impl Label {
    /// A label on `span` of `source`.
    pub fn new(source: &Arc<Source>, span: Span, text: impl Into<String>) -> Self {
        Self { source: Arc::clone(source), span, text: text.into() }
    }
}

impl Severity {
    /// The word for it: `error`, `warning` or `advice`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }

    /// The severity so called.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Advice].into_iter().find(|severity| severity.word() == word)
    }

    /// One step worse; an error stays an error.
    #[must_use]
    pub fn up(self) -> Self {
        if self == Self::Advice { Self::Warning } else { Self::Error }
    }

    /// One step milder; advice stays advice.
    #[must_use]
    pub fn down(self) -> Self {
        if self == Self::Error { Self::Warning } else { Self::Advice }
    }
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 5] =
        [Self::MissingPiece, Self::Contradiction, Self::Reference, Self::Quantity, Self::Evidence];

    /// The word for it, as front matter and options have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::MissingPiece => "missing-piece",
            Self::Contradiction => "contradiction",
            Self::Reference => "reference",
            Self::Quantity => "quantity",
            Self::Evidence => "evidence",
        }
    }

    /// The kind so called.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
