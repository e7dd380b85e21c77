//! Finds the undecided places of a manifest, each once, with what hangs on them.

use super::whom::{self, Owners};
use super::{Question, SystemQuestions};
use crate::check::Outcome;
use crate::finding::{Finding, Kind, Severity};
use crate::fix::{Place, place_of};
use crate::lint::{Lint, Verdict};
use crate::manifest::expected::wanted;
use crate::manifest::{Manifest, Why};
use crate::publish;
use crate::schema::Type;
use crate::secret::redacted;
use crate::source::ColumnUnit;

/// The most that is shown of what is known.
const MAX_HINTS: usize = 3;

/// The most keys of a mapping that are named.
const MAX_KEYS: usize = 4;

/// The most characters of a value that is known.
const MAX_HINT: usize = 80;

/// What is known of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The place inside of the one that is asked for; empty where it is that place.
    pub inside: String,
    /// The value.
    pub value: String,
    /// The file that says so, or what else; empty where it is not known.
    pub from: String,
}

/// What the questions of a manifest are made of.
#[derive(Debug)]
pub struct Material<'m> {
    /// The name of the manifest.
    pub name: &'m str,
    /// The manifest; none where it cannot be read.
    pub manifest: Option<&'m Manifest>,
    /// What was found in it.
    pub findings: &'m [Finding],
    /// What every lint came to.
    pub outcomes: &'m [Outcome],
    /// The lints.
    pub lints: &'m [Lint<'m>],
    /// What the files of the repository say, each with its place and where it comes from.
    pub said: &'m [(Vec<String>, String, String)],
    /// Who owns what in the repository.
    pub owners: &'m dyn Owners,
}

/// The questions of a manifest, the most worth first.
pub fn gather(material: &Material<'_>) -> SystemQuestions {
    let Some(manifest) = material.manifest else {
        return SystemQuestions { name: material.name.to_owned(), failed: true, questions: Vec::new() };
    };
    let places = places(material, manifest);
    let mut questions: Vec<Question> =
        places.into_iter().filter_map(|open| question(material, manifest, open)).collect();
    let errors = |question: &Question| question.worst == Some(Severity::Error);
    // An error that an answer takes away weighs most, then all that it lets judge; of equals the first in the text.
    questions.sort_by(|a, b| {
        let key = |one: &Question| (errors(one), one.reported.len(), one.lints(), one.clause_count());
        key(b).cmp(&key(a)).then(a.line.cmp(&b.line))
    });
    SystemQuestions { name: material.name.to_owned(), failed: false, questions }
}

/// A place without an answer.
struct OpenPlace {
    names: Vec<String>,
    why: Option<Why>,
    /// Where the answer goes: a place in the text.
    at: usize,
    draft: Option<String>,
    from: String,
}

fn places(material: &Material<'_>, manifest: &Manifest) -> Vec<OpenPlace> {
    let mut open: Vec<OpenPlace> = Vec::new();
    for place in &manifest.undecided {
        let mut names = whom::names(&place.pointer);
        // One open item makes an open list.
        while names.len() > 1 && names.last().is_some_and(|name| name.parse::<usize>().is_ok()) {
            names.pop();
        }
        // The reason of a "none" is asked for where the "none" stands.
        if names.last().is_some_and(|name| crate::manifest::is_none_word(name)) {
            names.pop();
        }
        let (draft, from) = match place.why {
            Why::Draft => (Some(shown(manifest.source().slice(place.span))), rest_of_comment(manifest, place.part.end)),
            _ => (None, String::new()),
        };
        let at = place.key.map_or(place.span.start, |key| key.start) as usize;
        open.push(OpenPlace { names, why: Some(place.why), at, draft, from });
    }
    for finding in material.findings {
        let asks = finding.kind == Kind::MissingPiece && finding.suppression.is_none();
        let names = whom::names(&finding.pointer);
        let here = finding.primary.source.name() == manifest.source().name();
        if asks && here && place_of(manifest, &names).is_some_and(|place| place.vacant) {
            open.push(OpenPlace {
                names,
                why: None,
                at: finding.primary.span.start as usize,
                draft: None,
                from: String::new(),
            });
        }
    }
    // Each place once, and what lies inside a place that is asked for as a whole with it.
    open.sort_by(|a, b| a.names.len().cmp(&b.names.len()).then(a.why.is_none().cmp(&b.why.is_none())));
    let mut once: Vec<OpenPlace> = Vec::new();
    for place in open {
        if !once.iter().any(|known| place.names.starts_with(&known.names)) {
            once.push(place);
        }
    }
    once
}

fn question(material: &Material<'_>, manifest: &Manifest, open: OpenPlace) -> Option<Question> {
    let Place { of, meaning, path, .. } = place_of(manifest, &open.names)?;
    let inside = |names: &[String]| names.starts_with(&open.names);
    let mut reported: Vec<&Finding> = Vec::new();
    for finding in material.findings.iter().filter(|finding| finding.suppression.is_none()) {
        let by_lint = material.lints.iter().any(|lint| lint.name == finding.name && !lint.cases.is_empty());
        let about = inside(&whom::names(&finding.pointer));
        if by_lint && about && !reported.iter().any(|known| known.name == finding.name) {
            reported.push(finding);
        }
    }
    let wants = |outcome: &&Outcome| {
        outcome.verdict == Verdict::NotAssessable && outcome.wants.iter().any(|want| covers(&path, want))
    };
    let waiting: Vec<String> = material.outcomes.iter().filter(wants).map(|outcome| outcome.lint.clone()).collect();
    let reported_names: Vec<String> = reported.iter().map(|finding| finding.name.to_string()).collect();
    let mut clauses: Vec<(String, Vec<String>)> = Vec::new();
    let names = || reported_names.iter().chain(&waiting);
    for lint in material.lints.iter().filter(|lint| names().any(|name| *name == lint.name)) {
        for (framework, cited) in lint.frameworks {
            let at = clauses.iter().position(|(known, _)| known == framework).unwrap_or_else(|| {
                clauses.push(((*framework).to_owned(), Vec::new()));
                clauses.len() - 1
            });
            for clause in cited.iter().filter(|_| *framework != "none") {
                if !clauses[at].1.iter().any(|known| known == clause) {
                    clauses[at].1.push((*clause).to_owned());
                }
            }
        }
    }
    clauses.retain(|(_, clauses)| !clauses.is_empty());
    let mut hints: Vec<Hint> = Vec::new();
    let mut hint = |inside: String, value: String, from: String| {
        let known = hints.iter().any(|known: &Hint| known.inside == inside && known.value == value);
        if !known && hints.len() < MAX_HINTS && !value.is_empty() {
            hints.push(Hint { inside, value, from });
        }
    };
    if let Some(draft) = open.draft {
        let from = if open.from.is_empty() { "the draft".to_owned() } else { format!("the draft, {}", open.from) };
        hint(String::new(), draft, from);
    }
    let mut files = Vec::new();
    for (place, value, from) in material.said.iter().filter(|(place, ..)| inside(place)) {
        hint(place[open.names.len()..].join("."), shown(value), from.clone());
        files.push(from.as_str());
    }
    Some(Question {
        asked: publish::question(meaning, of),
        accepts: accepts(manifest, of),
        example: publish::example(meaning).map(str::to_owned),
        why: open.why,
        line: manifest.source().position(open.at, ColumnUnit::CodePoints).line,
        ask: whom::to_ask(manifest, &open.names, &files, material.owners),
        hints,
        worst: reported.iter().map(|finding| finding.severity).max(),
        reported: reported_names,
        waiting,
        clauses,
        place: open.names,
    })
}

/// What may be answered; of a mapping, the keys that matter most.
fn accepts(manifest: &Manifest, of: Type) -> String {
    let inner = match of {
        Type::List(inner) | Type::Map(_, inner) => *inner,
        of => of,
    };
    let Type::Record(id) = inner else { return wanted(of) };
    let record = manifest.schema.record(id);
    let mut fields: Vec<&str> = Vec::new();
    let first =
        record.fields.iter().filter(|field| field.demanded).chain(record.fields.iter().filter(|field| field.wanted));
    for field in first.chain(record.fields) {
        if fields.len() < MAX_KEYS && !fields.contains(&field.name) {
            fields.push(field.name);
        }
    }
    let more = if record.fields.len() > fields.len() { ", …" } else { "" };
    let keys = format!("{}{more}", fields.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
    match (of, record.short.map(|short| record.at(short))) {
        (Type::Map(..), _) => format!("names, each with {keys}"),
        (Type::List(_), _) => format!("one or several, each with {keys}"),
        (_, Some(short)) => format!("{}, or a mapping with {keys}", wanted(short.of)),
        _ => format!("a mapping with {keys}"),
    }
}

/// Whether a place of the format lies at or below another: `models.*.family` below `models`.
fn covers(place: &[String], want: &str) -> bool {
    let mut steps = want.split('.');
    let same = |step: &str, name: &String| {
        let step = step.trim_end_matches("[]");
        step == name || matches!(step, "*" | "NAME")
    };
    place.iter().all(|name| steps.next().is_some_and(|step| same(step, name)))
}

/// A value as one line that may be shown.
fn shown(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = redacted(&line).into_owned();
    match line.char_indices().nth(MAX_HINT) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// What a comment says after its mark: the file that a draft comes from.
fn rest_of_comment(manifest: &Manifest, end: u32) -> String {
    let text = manifest.source().text().get(end as usize..).unwrap_or_default();
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    shown(line.trim_start_matches([':', ',', ';', ' ', '\t']))
}
