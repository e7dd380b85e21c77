//! Reads the file of a framework. Everything that is wrong with it is found here, with its place.

use std::sync::Arc;

use super::{Clause, Framework, Score, Section};
use crate::arena::Arena;
use crate::finding::{Finding, Kind, Label, Severity};
use crate::source::{Source, Span};
use crate::tree::{self, Entry, Limits, NodeId, Tree};

/// Reads `file`, whose name is that of the framework. `wrong` is the name of the findings.
pub fn read<'a>(arena: &'a Arena, file: &Arc<Source>, wrong: &'static str) -> Result<Framework<'a>, Vec<Finding>> {
    let parsed = tree::parse(file, &Limits::default());
    let mut findings = parsed.findings;
    let Some(tree) = parsed.tree.filter(|_| findings.is_empty()) else { return Err(findings) };
    let mut reader = Reader { arena, tree: &tree, wrong, findings: Vec::new() };
    let framework = reader.framework();
    findings = reader.findings;
    match framework {
        Some(framework) if findings.is_empty() => Ok(framework),
        _ => Err(findings),
    }
}

struct Reader<'t, 'a> {
    arena: &'a Arena,
    tree: &'t Tree,
    wrong: &'static str,
    findings: Vec<Finding>,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn framework(&mut self) -> Option<Framework<'a>> {
        let root = self.tree.root();
        self.only(root, &["title", "edition", "certainty", "none", "score", "sections"]);
        let name = self.tree.source().name();
        let id = name.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).unwrap_or(name);
        let tree = self.tree;
        let score = tree.get(root, "score").and_then(|entry| self.score(entry));
        let sections = self.sections(root);
        let framework = Framework {
            id: self.arena.text(id),
            title: self.text(root, "title")?,
            edition: self.text(root, "edition")?,
            certainty: self.text(root, "certainty")?,
            none: self.text(root, "none")?,
            score,
            sections: self.arena.list(&sections),
        };
        let mut known = Vec::new();
        for id in framework.ids() {
            if known.contains(&id) {
                self.report(Span::at(0), format!("`{id}` stands twice"), "give each clause a name of its own");
            }
            known.push(id);
        }
        Some(framework)
    }

    fn score(&mut self, entry: &'t Entry) -> Option<Score<'a>> {
        let tree = self.tree;
        self.only(entry.value, &["declared", "proven", "means"]);
        let number = |reader: &mut Self, key: &str| {
            let part = tree.get(entry.value, key)?;
            let text = tree.text(part.value).unwrap_or_default().trim();
            let number = text.parse().ok();
            if number.is_none() {
                reader.report(tree.span(part.value), "no number of points".to_owned(), "write `0.5`");
            }
            number
        };
        let (declared, proven) = (number(self, "declared"), number(self, "proven"));
        let mut means: Vec<(f64, &'a str)> = Vec::new();
        let listed = tree.get(entry.value, "means").map(|means| tree.entries(means.value)).unwrap_or_default();
        for one in listed {
            match one.key.parse() {
                Ok(from) if means.last().is_none_or(|(last, _)| *last < from) => {
                    means.push((from, self.arena.text(tree.text(one.value).unwrap_or_default().trim())));
                }
                _ => self.report(one.key_span, "scores do not ascend".to_owned(), "write numbers, the least first"),
            }
        }
        if declared.is_none() || proven.is_none() || means.is_empty() {
            let help = "write `declared`, `proven` and `means`";
            self.report(entry.key_span, "the score is not said in full".to_owned(), help);
        }
        Some(Score { declared: declared?, proven: proven?, means: self.arena.list(&means) })
    }

    fn sections(&mut self, root: NodeId) -> Vec<Section<'a>> {
        let (tree, arena) = (self.tree, self.arena);
        let Some(entry) = tree.get(root, "sections") else {
            self.report(
                Span::at(0),
                "a framework has `sections`".to_owned(),
                "add `sections:` with `clauses:` in each",
            );
            return Vec::new();
        };
        let mut sections = Vec::new();
        for section in tree.entries(entry.value) {
            self.only(section.value, &["id", "clauses"]);
            let id = tree
                .get(section.value, "id")
                .and_then(|id| tree.text(id.value))
                .map(str::trim)
                .map(|text| arena.text(text));
            let clauses = tree.get(section.value, "clauses").map(|clauses| tree.entries(clauses.value));
            let clauses: Vec<Clause<'a>> =
                clauses.unwrap_or_default().iter().filter_map(|clause| self.clause(clause)).collect();
            if clauses.is_empty() {
                self.report(section.key_span, "the section has no clauses".to_owned(), "add `clauses:`");
            }
            sections.push(Section { title: self.arena.text(&section.key), id, clauses: self.arena.list(&clauses) });
        }
        sections
    }

    /// A clause is its title, or `title` with the reason why no lint speaks to it.
    fn clause(&mut self, entry: &'t Entry) -> Option<Clause<'a>> {
        let id = self.arena.text(&entry.key);
        if let Some(title) = self.tree.text(entry.value).map(str::trim).filter(|title| !title.is_empty()) {
            return Some(Clause { id, title: self.arena.text(title), none: None });
        }
        self.only(entry.value, &["title", "none"]);
        let (tree, arena) = (self.tree, self.arena);
        let part = |key: &str| {
            let part = tree.get(entry.value, key)?;
            tree.text(part.value).map(str::trim).filter(|text| !text.is_empty()).map(|text| arena.text(text))
        };
        let (title, none) = (part("title"), part("none"));
        if title.is_none() || none.is_none() {
            let help = "write its title, or `{title: …, none: …}` where no lint can speak to it";
            self.report(entry.key_span, format!("`{id}` is not said in full"), help);
        }
        Some(Clause { id, title: title?, none })
    }

    fn text(&mut self, node: NodeId, key: &str) -> Option<&'a str> {
        let arena = self.arena;
        let text = self.tree.get(node, key).and_then(|part| self.tree.text(part.value)).map(str::trim);
        if text.is_none_or(str::is_empty) {
            self.report(Span::at(0), format!("a framework has `{key}`"), "add it at the top of the file");
        }
        text.map(|text| arena.text(text))
    }

    fn only(&mut self, node: NodeId, keys: &[&str]) {
        let tree = self.tree;
        for entry in tree.entries(node) {
            if !keys.contains(&&*entry.key) {
                let help = format!("the keys here are `{}`", keys.join("`, `"));
                self.report(entry.key_span, format!("unknown key `{}`", entry.key), &help);
            }
        }
    }

    fn report(&mut self, span: Span, message: String, help: &str) {
        let label = Label::new(self.tree.source(), span, "");
        let finding = Finding::new(self.wrong, "format", Kind::Reference, Severity::Error, message, label);
        self.findings.push(finding.with_help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(arena: &'a Arena, text: &str) -> Result<Framework<'a>, Vec<Finding>> {
        read(arena, &Source::new("lints/frameworks/house.yaml", text), "invalid-lint")
    }

    #[test]
    fn reads_a_framework() {
        let arena = Arena::new();
        let framework = of(&arena, "title: House\nedition: 2\ncertainty: ours\nnone: not yet\nsections:\n  One:\n    id: H1\n    clauses:\n      H1.1: First\n      H1.2: {title: Second, none: craft}\n").unwrap();
        assert_eq!(framework.id, "house");
        assert_eq!(framework.ids().collect::<Vec<_>>(), ["H1", "H1.1", "H1.2"]);
        assert_eq!(framework.sections[0].clauses[1].none, Some("craft"));
    }

    #[test]
    fn says_everything_that_is_wrong_with_its_place() {
        let text = "title: House\nedition: 2\ncertainty: ours\nnone: not yet\nscore: {declared: half}\nsection: {}\nsections:\n  One:\n    clauses:\n      A:\n      B: {title: b}\n  Two: {}\n";
        let arena = Arena::new();
        let findings = of(&arena, text).unwrap_err();
        let said: Vec<_> = findings.iter().map(|one| (one.primary.span.start, one.message.as_str())).collect();
        assert_eq!(said.len(), 6, "{said:?}");
        assert!(said.contains(&(text.find("section:").unwrap() as u32, "unknown key `section`")));
        assert!(said.contains(&(text.find("A:").unwrap() as u32, "`A` is not said in full")));
    }
}
