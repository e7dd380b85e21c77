//! The report as a JSON document: our own contract, described by the schema beside this file.

use std::io;

use serde::Serialize;

use super::{ClaimReport, Claims, SystemClaims};
use crate::finding::Label;
use crate::lint::Proof;
use crate::report;
use crate::source::ColumnUnit;

/// The JSON Schema (2020-12) of the document.
pub const SCHEMA: &str = include_str!("evidence.schema.json");

/// The version of the document. It changes when a reader could break.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    today: &'a str,
    systems: Vec<System<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct System<'a> {
    path: &'a str,
    silent: Option<&'a str>,
    counts: Counts,
    claims: Vec<OneClaim<'a>>,
    present_not_compared: Vec<PassedOver<'a>>,
}

#[derive(Serialize)]
struct PassedOver<'a> {
    path: Option<&'a str>,
    why: &'a str,
}

#[derive(Serialize)]
struct Counts {
    proven: usize,
    exists: usize,
    not_compared: usize,
    unproven: usize,
    disproved: usize,
}

#[derive(Serialize)]
struct OneClaim<'a> {
    field: &'a str,
    outcome: &'static str,
    at: Location<'a>,
    lints: &'a [String],
    messages: &'a [String],
    evidence: Vec<Location<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    text: Option<&'a str>,
}

pub(super) fn write(claims: &Claims, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        tool: Tool { name: "mlsystem", version: claims.version },
        today: &claims.today,
        systems: claims.systems.iter().map(system).collect(),
    };
    report::write_value(&document, out)
}

fn system(system: &SystemClaims) -> System<'_> {
    System {
        path: &system.name,
        silent: system.silent,
        counts: Counts {
            proven: system.count(Proof::Proven),
            exists: system.count(Proof::Exists),
            not_compared: system.count(Proof::NotCompared),
            unproven: system.count(Proof::Unproven),
            disproved: system.count(Proof::Disproved),
        },
        claims: system.claims.iter().map(claim).collect(),
        present_not_compared: system
            .not_compared
            .iter()
            .map(|passed| PassedOver { path: Some(&*passed.path).filter(|path| !path.is_empty()), why: &passed.why })
            .collect(),
    }
}

fn claim(told: &ClaimReport) -> OneClaim<'_> {
    OneClaim {
        field: &told.path,
        outcome: told.proof.word(),
        at: place(&told.at),
        lints: &told.lints,
        messages: &told.messages,
        evidence: told.shown.iter().map(place).collect(),
    }
}

fn place(label: &Label) -> Location<'_> {
    let position = label.source.position(label.span.start as usize, ColumnUnit::CodePoints);
    let text = (!label.text.is_empty()).then_some(&*label.text);
    Location { path: label.source.name(), line: position.line, column: position.column, text }
}
