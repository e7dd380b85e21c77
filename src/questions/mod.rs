//! What is undecided in manifests, as questions: what is asked, whom to ask, what files say already, and how much the answer
//! unlocks. Manifests, findings and facts come in, questions go out; one file per format.

mod gather;
mod json;
mod markdown;
mod pretty;
mod whom;

use std::io;

use crate::finding::Severity;
use crate::manifest::Why;
use crate::report::Style;

pub use gather::{Hint, Material, gather};
pub use json::SCHEMA;
pub use whom::{Owners, Person};

/// How many questions are shown at a time.
pub const AT_A_TIME: usize = 7;

/// The questions of several manifests.
#[derive(Debug)]
pub struct Questions {
    /// The day that dates were compared with.
    pub today: String,
    /// The version of this program.
    pub version: &'static str,
    /// One for each manifest, by name.
    pub systems: Vec<SystemQuestions>,
    /// How many questions of a system are shown; all where there is none.
    pub most: Option<usize>,
}

/// The questions of one manifest.
#[derive(Debug)]
pub struct SystemQuestions {
    /// The name of the manifest.
    pub name: String,
    /// Whether the manifest could not be read or parsed: nothing is known then.
    pub failed: bool,
    /// The questions, the most worth first.
    pub questions: Vec<Question>,
}

/// One undecided place.
#[derive(Debug, Clone)]
pub struct Question {
    /// The names on the way to it.
    pub place: Vec<String>,
    /// What is asked, in the words of the format.
    pub asked: String,
    /// What may be answered.
    pub accepts: String,
    /// An answer that another system could give.
    pub example: Option<String>,
    /// Why what is written decides nothing; nothing where not even the key is written.
    pub why: Option<Why>,
    /// The line at which the answer goes, or below which it goes.
    pub line: u32,
    /// Whom to ask, the nearest first.
    pub ask: Vec<Person>,
    /// What is known already.
    pub hints: Vec<Hint>,
    /// The worst that is found for want of an answer.
    pub worst: Option<Severity>,
    /// The lints that report for want of an answer.
    pub reported: Vec<String>,
    /// The lints that cannot judge for want of an answer.
    pub waiting: Vec<String>,
    /// The clauses that these lints speak to: frameworks, each with its clauses.
    pub clauses: Vec<(String, Vec<String>)>,
}

impl Question {
    /// The place as people write it.
    pub fn path(&self) -> String {
        self.place.join(".")
    }

    /// How many lints an answer unlocks.
    pub fn lints(&self) -> usize {
        self.reported.len() + self.waiting.len()
    }

    /// How many clauses an answer unlocks.
    pub fn clause_count(&self) -> usize {
        self.clauses.iter().map(|(_, clauses)| clauses.len()).sum()
    }

    /// What stands there now.
    pub fn state(&self) -> &'static str {
        match self.why {
            None => "not written",
            Some(Why::Empty) => "empty",
            Some(Why::NoReason) => "none without a reason",
            Some(Why::Placeholder) => "placeholder",
            Some(Why::Draft) => "draft",
        }
    }

    /// What an answer unlocks, as a sentence without its stop.
    fn unlocks(&self) -> String {
        let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        let mut parts = Vec::new();
        if !self.reported.is_empty() {
            parts.push(format!("{} that {}", count(self.reported.len(), "lint"), verb(self.reported.len(), "report")));
        }
        if !self.waiting.is_empty() {
            parts.push(format!("{} that cannot judge", count(self.waiting.len(), "lint")));
        }
        if self.clause_count() > 0 {
            parts.push(count(self.clause_count(), "clause"));
        }
        parts.join(", ")
    }
}

fn verb(number: usize, word: &str) -> String {
    if number == 1 { format!("{word}s") } else { word.to_owned() }
}

impl Questions {
    /// The questions of a system that are shown, and how many are not.
    fn shown<'q>(&self, system: &'q SystemQuestions) -> (&'q [Question], usize) {
        let most = self.most.unwrap_or(usize::MAX).min(system.questions.len());
        (&system.questions[..most], system.questions.len() - most)
    }
}

/// The form of the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines for a terminal.
    Pretty,
    /// A list to tick off, for an issue.
    Markdown,
    /// One JSON document, as [`SCHEMA`] describes it.
    Json,
}

/// Writes the questions to `out`. Colours and width come from `style`, for the terminal alone.
pub fn write(questions: &Questions, form: Form, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match form {
        Form::Pretty => pretty::write(questions, style, out),
        Form::Markdown => markdown::write(questions, out),
        Form::Json => json::write(questions, out),
    }
}

/// One question for a terminal.
pub fn write_one(number: usize, question: &Question, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    pretty::one(number, question, style, out)
}
