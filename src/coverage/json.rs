//! The report as a JSON document: our own contract, described by the schema beside this file.

use std::io;

use serde::Serialize;

use super::{ClauseCoverage, ClauseStatus, Coverage, FrameworkCoverage, NOTICE, SectionCoverage, SystemCoverage};
use crate::framework::Score;
use crate::report;

/// The JSON Schema (2020-12) of the document.
pub const SCHEMA: &str = include_str!("coverage.schema.json");

/// The version of the document. It changes when a reader could break.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool<'a>,
    today: &'a str,
    notice: &'static str,
    systems: Vec<System<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
    lints_digest: &'a str,
}

#[derive(Serialize)]
struct System<'a> {
    path: &'a str,
    failed: bool,
    frameworks: Vec<OfFramework<'a>>,
}

#[derive(Serialize)]
struct OfFramework<'a> {
    id: &'a str,
    title: &'a str,
    edition: &'a str,
    certainty: &'a str,
    counts: Counts,
    score: Option<OfScore<'a>>,
    sections: Vec<OfSection<'a>>,
}

#[derive(Serialize)]
struct Counts {
    proven: usize,
    declared: usize,
    gap: usize,
    waived: usize,
    not_assessable: usize,
    not_applicable: usize,
    none: usize,
}

#[derive(Serialize)]
struct OfScore<'a> {
    points: f64,
    most: f64,
    most_declared: f64,
    meaning: Option<&'a str>,
}

#[derive(Serialize)]
struct OfSection<'a> {
    title: &'a str,
    points: Option<f64>,
    clauses: Vec<OfClause<'a>>,
}

#[derive(Serialize)]
struct OfClause<'a> {
    id: &'a str,
    title: &'a str,
    standing: &'static str,
    points: Option<f64>,
    none: Option<&'a str>,
    lints: Vec<OfLint<'a>>,
}

#[derive(Serialize)]
struct OfLint<'a> {
    name: &'a str,
    outcome: &'static str,
    waived: bool,
    wants: &'a [String],
}

pub(super) fn write(coverage: &Coverage<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        tool: Tool { name: "mlsystem", version: coverage.version, lints_digest: coverage.lints_digest },
        today: coverage.today,
        notice: NOTICE,
        systems: coverage.systems.iter().map(system).collect(),
    };
    report::write_value(&document, out)
}

fn system<'a>(system: &'a SystemCoverage<'a>) -> System<'a> {
    System { path: system.name, failed: system.failed, frameworks: system.frameworks.iter().map(framework).collect() }
}

fn framework<'a>(covered: &'a FrameworkCoverage<'a>) -> OfFramework<'a> {
    let framework = covered.framework;
    let score = || {
        let (points, (most, most_declared)) = (covered.score()?, covered.most()?);
        Some(OfScore { points, most, most_declared, meaning: covered.meaning() })
    };
    OfFramework {
        id: framework.id,
        title: framework.title,
        edition: framework.edition,
        certainty: framework.certainty,
        counts: Counts {
            proven: covered.count(ClauseStatus::Proven),
            declared: covered.count(ClauseStatus::Declared),
            gap: covered.count(ClauseStatus::Gap),
            waived: covered.count(ClauseStatus::Waived),
            not_assessable: covered.count(ClauseStatus::NotAssessable),
            not_applicable: covered.count(ClauseStatus::NotApplicable),
            none: covered.count(ClauseStatus::None),
        },
        score: score(),
        sections: covered.sections.iter().map(|one| section(one, framework.score)).collect(),
    }
}

fn section<'a>(section: &'a SectionCoverage<'a>, score: Option<Score<'_>>) -> OfSection<'a> {
    OfSection {
        title: section.title,
        points: score.map(|score| section.points(score)),
        clauses: section.clauses.iter().map(|one| clause(one, score)).collect(),
    }
}

fn clause<'a>(clause: &'a ClauseCoverage<'a>, score: Option<Score<'_>>) -> OfClause<'a> {
    let lint = |one: &&'a crate::check::Outcome| OfLint {
        name: &one.lint,
        outcome: one.verdict.word(),
        waived: one.waived,
        wants: &one.wants,
    };
    OfClause {
        id: clause.id,
        title: clause.title,
        standing: clause.standing.word(),
        points: score.map(|score| clause.points(score)),
        none: clause.none,
        lints: clause.lints.iter().map(lint).collect(),
    }
}
