//! What the lints of a system say about the clauses of frameworks: which clauses its design supports evidence for, and
//! where it leaves a gap.
//!
//! A lint judges a design and not a system, so that nothing here says that a clause is met. Nothing is read and nothing
//! is checked here: outcomes come in, a report goes out, one file per format.

mod json;
mod markdown;
mod table;

use std::io;

use crate::check::Outcome;
use crate::framework::{Clause, Framework, Score, Section};
use crate::lint::{Lint, Verdict};
use crate::report::{FileReport, Style};

pub use json::SCHEMA;

/// What every form of the report says.
pub const NOTICE: &str = "A lint reads a design. Where it passes, the design supports evidence for the clause, and no \
                          more is said: not that the system meets it. This is no legal advice.";

/// The clauses of frameworks over several systems.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// The day that dates were compared with.
    pub today: &'a str,
    /// The version of this program.
    pub version: &'a str,
    /// The digest of the lints.
    pub lints_digest: &'a str,
    /// One system for each manifest, by name.
    pub systems: Vec<SystemCoverage<'a>>,
}

/// The clauses of frameworks over one system.
#[derive(Debug)]
pub struct SystemCoverage<'a> {
    /// The name of its manifest.
    pub name: &'a str,
    /// Whether the manifest could not be read or parsed: nothing is known then.
    pub failed: bool,
    /// The frameworks.
    pub frameworks: Vec<FrameworkCoverage<'a>>,
}

/// One framework over one system.
#[derive(Debug)]
pub struct FrameworkCoverage<'a> {
    /// The framework.
    pub framework: &'a Framework<'a>,
    /// Its sections.
    pub sections: Vec<SectionCoverage<'a>>,
}

/// One section over one system.
#[derive(Debug)]
pub struct SectionCoverage<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its clauses, and itself before them where a lint speaks to it as a whole.
    pub clauses: Vec<ClauseCoverage<'a>>,
}

/// One clause over one system.
#[derive(Debug)]
pub struct ClauseCoverage<'a> {
    /// Its name.
    pub id: &'a str,
    /// What it asks for.
    pub title: &'a str,
    /// What the lints say of it.
    pub standing: ClauseStatus,
    /// Why no lint speaks to it, where none does.
    pub none: Option<&'a str>,
    /// The lints that speak to it, failures first.
    pub lints: Vec<&'a Outcome>,
}

/// What the lints of a clause say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClauseStatus {
    /// Every lint that applies passes, and files of the repository bear it out.
    Proven,
    /// Some lint applies, and every one that applies passes: the design declares it.
    Declared,
    /// A lint fails.
    Gap,
    /// Lints fail, and waivers accept all that they found.
    Waived,
    /// No lint fails, and one could not judge.
    NotAssessable,
    /// No lint applies to this system.
    NotApplicable,
    /// No lint speaks to the clause.
    None,
}

impl ClauseStatus {
    /// Every standing, in the order in which they are counted.
    pub const ALL: [Self; 7] =
        [Self::Proven, Self::Declared, Self::Gap, Self::Waived, Self::NotAssessable, Self::NotApplicable, Self::None];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Declared => "declared",
            Self::Gap => "gap",
            Self::Waived => "waived",
            Self::NotAssessable => "not-assessable",
            Self::NotApplicable => "not-applicable",
            Self::None => "none",
        }
    }

    /// What the outcomes say together. Of lints of evidence, one that could not compare leaves a declaration what it is.
    fn of(lints: &[&Outcome]) -> Self {
        let (evidence, design): (Vec<&Outcome>, Vec<&Outcome>) = lints.iter().partition(|lint| lint.evidence);
        let shown = |verdict: Verdict| evidence.iter().any(|lint| lint.verdict == verdict);
        let alone = design.iter().all(|lint| lint.verdict == Verdict::NotApplicable);
        let counted = if alone || shown(Verdict::Fail) { lints } else { &design };
        match Self::declared(counted) {
            Self::Declared if shown(Verdict::Pass) && !shown(Verdict::NotAssessable) => Self::Proven,
            standing => standing,
        }
    }

    fn declared(lints: &[&Outcome]) -> Self {
        let any = |verdict: Verdict| lints.iter().any(|lint| lint.verdict == verdict);
        if lints.is_empty() {
            Self::None
        } else if lints.iter().any(|lint| lint.verdict == Verdict::Fail && !lint.waived) {
            Self::Gap
        } else if any(Verdict::Fail) {
            Self::Waived
        } else if any(Verdict::NotAssessable) {
            Self::NotAssessable
        } else if any(Verdict::Pass) {
            Self::Declared
        } else {
            Self::NotApplicable
        }
    }
}

impl<'a> SystemCoverage<'a> {
    /// What the outcomes of `file` say about the clauses of `frameworks`.
    pub fn of(file: &'a FileReport, frameworks: &[&'a Framework<'a>], lints: &[Lint<'_>]) -> Self {
        let covered = |framework: &&'a Framework<'a>| FrameworkCoverage::of(framework, lints, &file.outcomes);
        let frameworks = if file.failed { Vec::new() } else { frameworks.iter().map(covered).collect() };
        Self { name: &file.name, failed: file.failed, frameworks }
    }
}

impl<'a> FrameworkCoverage<'a> {
    fn of(framework: &'a Framework<'a>, lints: &[Lint<'_>], outcomes: &'a [Outcome]) -> Self {
        // The listed name that each lint speaks to, once for each of them.
        let mut spoken: Vec<(&'a str, &'a Outcome)> = Vec::new();
        for lint in lints {
            let Some(outcome) = outcomes.iter().find(|outcome| outcome.lint == lint.name) else { continue };
            for (_, cited) in lint.frameworks.iter().filter(|(id, _)| *id == framework.id) {
                for id in cited.iter().filter_map(|cited| framework.listed(cited)) {
                    if !spoken.iter().any(|(known, of)| *known == id && of.lint == outcome.lint) {
                        spoken.push((id, outcome));
                    }
                }
            }
        }
        let clause = |clause: &Clause<'a>| ClauseCoverage::of(clause, framework.none, &spoken);
        let section = |section: &Section<'a>| {
            let whole = section.id.map(|id| clause(&Clause { id, title: "as a whole", none: None }));
            let whole = whole.filter(|whole| !whole.lints.is_empty());
            let clauses = whole.into_iter().chain(section.clauses.iter().map(clause)).collect();
            SectionCoverage { title: section.title, clauses }
        };
        Self { framework, sections: framework.sections.iter().map(section).collect() }
    }

    /// How many clauses have this standing.
    pub fn count(&self, standing: ClauseStatus) -> usize {
        self.sections.iter().flat_map(|section| &section.clauses).filter(|one| one.standing == standing).count()
    }

    /// The score, where the framework has one: the least of the points of the sections.
    pub fn score(&self) -> Option<f64> {
        let score = self.framework.score?;
        self.sections.iter().map(|section| section.points(score)).reduce(f64::min)
    }

    /// The most that can be had in the framework's own count, and the most that a design alone can have.
    fn most(&self) -> Option<(f64, f64)> {
        let score = self.framework.score?;
        let least = self.framework.sections.iter().map(|section| section.clauses.len()).min()? as f64;
        Some((least * score.proven, least * score.declared))
    }

    /// What the score means in the words of the framework.
    fn meaning(&self) -> Option<&'a str> {
        let (score, means) = (self.score()?, self.framework.score?.means);
        means.iter().rev().find(|(from, _)| *from <= score).map(|(_, meaning)| *meaning)
    }
}

impl SectionCoverage<'_> {
    /// The points of the section.
    fn points(&self, score: Score<'_>) -> f64 {
        self.clauses.iter().map(|clause| clause.points(score)).sum()
    }
}

impl<'a> ClauseCoverage<'a> {
    fn of(clause: &Clause<'a>, otherwise: &'a str, spoken: &[(&'a str, &'a Outcome)]) -> Self {
        let mut lints: Vec<&'a Outcome> =
            spoken.iter().filter(|(id, _)| *id == clause.id).map(|(_, outcome)| *outcome).collect();
        lints.sort_by(|a, b| (a.verdict, a.waived, &a.lint).cmp(&(b.verdict, b.waived, &b.lint)));
        let none = lints.is_empty().then(|| clause.none.unwrap_or(otherwise));
        Self { id: clause.id, title: clause.title, standing: ClauseStatus::of(&lints), none, lints }
    }

    fn points(&self, score: Score<'_>) -> f64 {
        match self.standing {
            ClauseStatus::Proven => score.proven,
            ClauseStatus::Declared => score.declared,
            _ => 0.0,
        }
    }
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines for a terminal.
    Table,
    /// Tables for a pull request.
    Markdown,
    /// One JSON document, as [`SCHEMA`] describes it.
    Json,
}

/// Writes `coverage` to `out`. Colours and width come from `style`, for the table alone.
pub fn write(coverage: &Coverage<'_>, form: Form, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match form {
        Form::Table => table::write(coverage, style, out),
        Form::Markdown => markdown::write(coverage, out),
        Form::Json => json::write(coverage, out),
    }
}

/// The lints of a clause by what they came to: `pass no-fallback, no-rollback`. Of those that could not judge each says
/// what it wants.
fn said(clause: &ClauseCoverage<'_>, quote: &str) -> Vec<String> {
    let mut said: Vec<(String, String)> = Vec::new();
    for lint in &clause.lints {
        let (word, detail) = match lint.verdict {
            Verdict::Fail if lint.waived => ("waived".to_owned(), String::new()),
            Verdict::NotAssessable if !lint.wants.is_empty() => {
                let wants: Vec<String> = lint.wants.iter().map(|want| format!("{quote}{want}{quote}")).collect();
                ("not assessable".to_owned(), format!(" (wants {})", wants.join(", ")))
            }
            verdict => (verdict.word().replace('-', " "), String::new()),
        };
        let name = format!("{quote}{}{quote}{detail}", lint.lint);
        match said.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push_str(&format!(", {name}")),
            None => said.push((word, name)),
        }
    }
    said.into_iter().map(|(word, names)| format!("{word}: {names}")).collect()
}

/// The counts as a sentence: `12 declared, 3 gaps`.
fn counts(framework: &FrameworkCoverage<'_>) -> String {
    let words = |standing: ClauseStatus| {
        let count = framework.count(standing);
        let word = match standing {
            ClauseStatus::Gap if count != 1 => "gaps".to_owned(),
            standing => standing.word().replace('-', " "),
        };
        (count > 0).then(|| format!("{count} {word}"))
    };
    ClauseStatus::ALL.into_iter().filter_map(words).collect::<Vec<_>>().join(", ")
}

/// The score as sentences: the number, how it came about, and what it counts.
fn score(covered: &FrameworkCoverage<'_>) -> Option<[String; 3]> {
    let (score, (most, most_declared)) = (covered.framework.score?, covered.most()?);
    let meaning = covered.meaning().map(|meaning| format!(": {meaning}")).unwrap_or_default();
    let sums: Vec<String> =
        covered.sections.iter().map(|section| format!("{} {:.1}", section.title, section.points(score))).collect();
    Some([
        format!("Score {:.1} of {most:.1}{meaning}.", covered.score()?),
        format!("The least of the sums of the sections counts: {}.", sums.join(", ")),
        format!(
            "What the design declares counts {:.1}, and what files of the repository bear out counts {:.1}; a design alone \
             has at most {most_declared:.1}. What does not apply counts nothing.",
            score.declared, score.proven
        ),
    ])
}
