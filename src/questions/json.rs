//! The questions as a JSON document: our own contract, described by the schema beside this file.

use std::io;

use serde::Serialize;

use super::{Question, Questions};
use crate::report;

/// The JSON Schema (2020-12) of the document.
pub const SCHEMA: &str = include_str!("questions.schema.json");

/// The version of the document. It changes when a reader could break.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    today: &'a str,
    systems: Vec<System<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct System<'a> {
    path: &'a str,
    failed: bool,
    total: usize,
    questions: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    place: String,
    line: u32,
    state: String,
    question: &'a str,
    accepts: &'a str,
    example: Option<&'a str>,
    known: Vec<Known<'a>>,
    ask: Vec<Ask<'a>>,
    severity: Option<String>,
    reported_by: &'a [String],
    awaited_by: &'a [String],
    clauses: Vec<Clauses<'a>>,
}

#[derive(Serialize)]
struct Known<'a> {
    inside: &'a str,
    value: &'a str,
    from: &'a str,
}

#[derive(Serialize)]
struct Ask<'a> {
    who: &'a str,
    because: String,
}

#[derive(Serialize)]
struct Clauses<'a> {
    framework: &'a str,
    clauses: &'a [String],
}

pub(super) fn write(questions: &Questions, out: &mut dyn io::Write) -> io::Result<()> {
    let system = |system| {
        let (shown, _) = questions.shown(system);
        System {
            path: &system.name,
            failed: system.failed,
            total: system.questions.len(),
            questions: shown.iter().map(one).collect(),
        }
    };
    let document = Document {
        version: VERSION,
        tool: Tool { name: "mlsystem", version: questions.version },
        today: &questions.today,
        systems: questions.systems.iter().map(system).collect(),
    };
    let text = serde_json::to_string_pretty(&document)?;
    out.write_all(report::clean_block(&text, true).as_bytes())?;
    out.write_all(b"\n")
}

fn one(question: &Question) -> One<'_> {
    One {
        place: question.path(),
        line: question.line,
        state: question.state().replace(' ', "-"),
        question: &question.asked,
        accepts: &question.accepts,
        example: question.example.as_deref(),
        known: question
            .hints
            .iter()
            .map(|hint| Known { inside: &hint.inside, value: &hint.value, from: &hint.from })
            .collect(),
        ask: question
            .ask
            .iter()
            .map(|person| Ask { who: &person.who, because: person.because.replace('`', "") })
            .collect(),
        severity: question.worst.map(|severity| severity.to_string()),
        reported_by: &question.reported,
        awaited_by: &question.waiting,
        clauses: question.clauses.iter().map(|(framework, clauses)| Clauses { framework, clauses }).collect(),
    }
}
