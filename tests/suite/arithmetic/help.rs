//! Help that proposes a value, followed to the letter: its finding is gone, no other comes, and the manifest is a sane one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mlsystem::built_in::{EVIDENCE, LINTS, MANIFEST, TABLES, WORKSPACE};
use mlsystem::examples::{Formats, try_examples};
use mlsystem::finding::{Finding, Kind};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits, NodeId, Tree};
use mlsystem::units::Date;

use super::row::{Row, TODAY, found};

/// A proposal that was tried.
pub struct Followed {
    /// `LINT: key: value`, and where it was tried.
    pub what: String,
    /// What stands against it; none where it works.
    pub fault: Option<String>,
}

/// The proposals of all findings that the rows of the table raise anew.
pub fn of_rows() -> Vec<Followed> {
    let rows = Row::all();
    let single = rows.iter().filter(|row| row.base != "-");
    single
        .flat_map(|row| {
            let text = row.files().unwrap().remove("mlsystem.yaml").unwrap();
            follow(&row.case, &text, &row.findings().unwrap())
        })
        .collect()
}

/// The proposals of what the bad examples on the pages of lints raise.
pub fn of_examples() -> Vec<Followed> {
    let formats = Formats { manifest: &MANIFEST, workspace: &WORKSPACE, evidence: &EVIDENCE };
    let mut followed = Vec::new();
    for lint in LINTS.iter().filter(|lint| lint.kind == Kind::Quantity && !lint.cases.is_empty()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("lints/{}/{}.md", lint.category, lint.name));
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let file = Source::new(lint.name, text);
        let tried = try_examples(lint, &file, formats, LINTS, TABLES, Date::parse(TODAY).unwrap());
        for (number, example) in tried.iter().enumerate().filter(|(_, tried)| !tried.good) {
            let [source] = &example.parts.files[..] else { continue };
            if example.parts.beside.is_empty() {
                let place = format!("{} example {}", lint.name, number + 1);
                followed.extend(follow(&place, source.text(), &example.findings));
            }
        }
    }
    followed
}

fn follow(place: &str, text: &str, findings: &[Finding]) -> Vec<Followed> {
    let judged = findings.iter().filter(|finding| matches!(finding.kind, Kind::Quantity | Kind::Contradiction));
    let before = identities(text);
    let mut followed = Vec::new();
    for finding in judged {
        for (key, value) in proposals(finding.help.as_deref().unwrap_or_default()) {
            let tries = places(text, finding, &key, &value);
            let faults: Vec<String> = tries.iter().filter_map(|changed| fault(finding, &before, changed)).collect();
            let fault = match faults.first() {
                _ if tries.is_empty() => Some("no place was found to write it".to_owned()),
                // Of several places, what a wrong one brings is not the help's fault.
                Some(_) if faults.len() == tries.len() => {
                    faults.iter().find(|fault| *fault != STAYS).or(faults.first()).cloned()
                }
                _ => None,
            };
            followed.push(Followed { what: format!("{}: {key}: {value} ({place})", finding.name), fault });
        }
    }
    followed
}

const STAYS: &str = "the finding stays";

/// What a proposal may bring in a whole manifest: who asked for the old value has to be told.
const TOLD: &str = "requirement-not-met-by-design";

type Identity = (String, String);

fn identities(text: &str) -> Vec<Identity> {
    let files = BTreeMap::from([("mlsystem.yaml".to_owned(), text.to_owned())]);
    found(&files).iter().map(|finding| (finding.name.to_string(), finding.pointer.to_string())).collect()
}

/// Why a changed text is not what the help promised.
fn fault(finding: &Finding, before: &[Identity], changed: &str) -> Option<String> {
    let after = identities(changed);
    let own = (finding.name.to_string(), finding.pointer.to_string());
    let count = |all: &[Identity], one: &Identity| all.iter().filter(|other| *other == one).count();
    if count(&after, &own) >= count(before, &own) {
        return Some(STAYS.to_owned());
    }
    let new = after.iter().find(|finding| finding.0 != TOLD && !before.contains(finding));
    new.map(|(name, pointer)| format!("it brings {name} at {pointer}"))
}

/// What stands in backticks as `key: value` with a figure, and with no part left to fill in.
fn proposals(help: &str) -> Vec<(String, String)> {
    let quoted = help.split('`').skip(1).step_by(2);
    let pair = |text: &str| {
        let (key, value) = text.split_once(": ")?;
        let plain = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let figure = value.bytes().any(|byte| byte.is_ascii_digit());
        (plain && figure && !value.contains(['<', '…'])).then(|| (key.to_owned(), value.to_owned()))
    };
    quoted.filter_map(pair).collect()
}

/// The text with the value written at each place that the finding points at or around, nearest first.
fn places(text: &str, finding: &Finding, key: &str, value: &str) -> Vec<String> {
    let source = Source::new("mlsystem.yaml", text.to_owned());
    let Some(tree) = parsed(&source) else { return Vec::new() };
    let mut found = Vec::new();
    for label in std::iter::once(&finding.primary).chain(&finding.labels) {
        let way = tree.way_to(label.span.start);
        for depth in (0..=way.len()).rev() {
            let Some(node) = walk(&tree, &way[..depth]) else { continue };
            if depth > 0 && way[depth - 1] == key {
                found.push(replaced(text, &tree, node, value));
            }
            match tree.get(node, key) {
                Some(entry) => found.push(replaced(text, &tree, entry.value, value)),
                None => found.extend(added(text, &tree, node, key, value)),
            }
        }
    }
    found.dedup();
    found
}

fn parsed(source: &Arc<Source>) -> Option<Tree> {
    tree::parse(source, &Limits::default()).tree
}

fn walk(tree: &Tree, way: &[String]) -> Option<NodeId> {
    way.iter().try_fold(tree.root(), |node, part| match tree.get(node, part) {
        Some(entry) => Some(entry.value),
        None => tree.items(node).get(part.parse::<usize>().ok()?).copied(),
    })
}

fn replaced(text: &str, tree: &Tree, node: NodeId, value: &str) -> String {
    let span = tree.span(node);
    format!("{}{value}{}", &text[..span.start as usize], &text[span.end as usize..])
}

/// The text with a key before the first one of a mapping.
fn added(text: &str, tree: &Tree, node: NodeId, key: &str, value: &str) -> Option<String> {
    let first = tree.entries(node).first()?.key_span.start as usize;
    let line = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let flow = text[tree.span(node).start as usize..].starts_with('{');
    let after = if flow { ", ".to_owned() } else { format!("\n{}", " ".repeat(first - line)) };
    Some(format!("{}{key}: {value}{after}{}", &text[..first], &text[first..]))
}
