//! Holds the mappings together: ideas to lints, clauses of frameworks to lints, lints to functions.
use std::collections::{BTreeMap, BTreeSet};

use mlsystem::built_in::{FRAMEWORKS, LINTS};
use mlsystem::expression::{Expr, Node, Path, Root, Step};
use mlsystem::framework::Framework;
use mlsystem::lint::{LabelForm, Lint, Loop, Part, Template};
use serde::Deserialize;

/// An idea of the text that the project grew from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Idea {
    idea: String,
    lints: Vec<String>,
    #[serde(default)]
    later: Vec<String>,
}

fn exists(name: &str) -> bool {
    LINTS.iter().any(|lint| lint.name == name)
}

fn framework(id: &str) -> &'static Framework<'static> {
    FRAMEWORKS.iter().find(|framework| framework.id == id).unwrap()
}

/// The lints that speak to each listed name of a framework.
fn spoken(framework: &'static Framework<'static>) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut spoken: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for lint in LINTS {
        for (_, cited) in lint.frameworks.iter().filter(|(id, _)| *id == framework.id) {
            for cited in *cited {
                spoken.entry(framework.listed(cited).unwrap()).or_default().push(lint.name);
            }
        }
    }
    spoken
}

#[test]
fn every_idea_is_held_by_a_lint() {
    let ideas: Vec<Idea> = serde_yaml::from_str(include_str!("../data/ideas.yaml")).unwrap();
    assert_eq!(ideas.len(), 41);
    let mut wrong = Vec::new();
    let mut there = Vec::new();
    for idea in &ideas {
        let known = idea.lints.iter().filter(|name| exists(name)).count();
        if known == 0 || known < idea.lints.len() {
            wrong.push(format!("{}: {:?}", idea.idea, idea.lints));
        }
        there.extend(idea.later.iter().filter(|name| exists(name)));
    }
    assert!(wrong.is_empty(), "no such lints: {wrong:#?}");
    assert!(there.is_empty(), "these exist now, and belong under `lints`: {there:?}");
}

#[test]
fn every_test_of_the_ml_test_score_is_spoken_to() {
    let score = framework("ml-test-score");
    assert_eq!(score.sections.iter().map(|section| section.clauses.len()).collect::<Vec<_>>(), [7; 4]);
    let spoken = spoken(score);
    let silent: Vec<&str> = score.ids().filter(|id| !spoken.contains_key(id)).collect();
    assert!(silent.is_empty(), "no lint speaks to {silent:?}");
}

/// How many clauses of each framework a lint speaks to, at least.
const SPOKEN: [(&str, usize); 9] = [
    ("eu-ai-act", 74),
    ("hidden-technical-debt", 17),
    ("mitre-atlas", 25),
    ("ml-test-score", 28),
    ("nist-ai-rmf", 55),
    ("owasp-llm", 10),
    ("owasp-ml", 10),
    ("rules-of-ml", 32),
    ("se4ml", 39),
];

#[test]
fn no_framework_loses_a_clause() {
    let reached = FRAMEWORKS.iter().map(|framework| {
        let spoken = spoken(framework);
        let clauses = framework.sections.iter().flat_map(|section| section.clauses);
        (framework.id, clauses.filter(|clause| spoken.contains_key(clause.id)).count())
    });
    let reached: BTreeMap<&str, usize> = reached.collect();
    assert_eq!(reached.len(), SPOKEN.len(), "{reached:?}");
    let fewer: Vec<_> = SPOKEN.iter().filter(|(id, floor)| reached[id] < *floor).collect();
    assert!(fewer.is_empty(), "fewer than {fewer:?}: {reached:?}");
}

#[test]
fn a_clause_that_no_lint_can_speak_to_has_none() {
    let mut stale = Vec::new();
    for framework in FRAMEWORKS {
        let spoken = spoken(framework);
        let clauses = framework.sections.iter().flat_map(|section| section.clauses);
        for clause in clauses.filter(|clause| clause.none.is_some()) {
            stale.extend(spoken.get(clause.id).map(|lints| format!("{} {}: {lints:?}", framework.id, clause.id)));
        }
    }
    assert!(stale.is_empty(), "delete the `none` of {stale:#?}");
}

/// Past one in five, lints as expressions have failed, and Rust is the better place for them.
#[test]
fn few_lints_need_a_function_of_their_own() {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for lint in LINTS {
        for function in functions(lint) {
            users.entry(function).or_default().insert(lint.name);
        }
    }
    let own: BTreeMap<&str, &str> = users
        .iter()
        .filter(|(_, lints)| lints.len() == 1)
        .flat_map(|(function, lints)| lints.iter().map(|lint| (*lint, *function)))
        .collect();
    let judging = LINTS.iter().filter(|lint| !lint.cases.is_empty()).count();
    let share = own.len() as f64 / judging as f64;
    assert!(share <= 0.2, "{own:#?}");
}

/// The functions that a lint calls, in its conditions and its words.
fn functions(lint: &Lint) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for case in lint.cases {
        loops(case.loops, &mut found);
        case.when.iter().chain([&case.require]).for_each(|expr| visit(expr, &mut found));
        for label in case.labels {
            of_label(label, &mut found);
        }
        case.notes.iter().chain([&case.message]).chain(&case.help).for_each(|template| words(template, &mut found));
    }
    found
}

fn of_label(label: &LabelForm, found: &mut BTreeSet<&'static str>) {
    loops(label.loops, found);
    label.when.iter().chain([&label.at]).for_each(|expr| visit(expr, found));
    label.text.iter().for_each(|template| words(template, found));
}

fn loops(loops: &[Loop], found: &mut BTreeSet<&'static str>) {
    for over in loops {
        let (Loop::Each(expr) | Loop::Pairs(expr)) = over;
        visit(expr, found);
    }
}

fn words(template: &Template, found: &mut BTreeSet<&'static str>) {
    for part in template.parts {
        if let Part::Value(expr, _) = part {
            visit(expr, found);
        }
    }
}

fn visit(expr: &Expr, found: &mut BTreeSet<&'static str>) {
    match expr.node {
        Node::List(parts) | Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| visit(part, found)),
        Node::Path(path) => of_path(path, found),
        Node::Column(of, _) | Node::Member(of, _) | Node::Not(of) | Node::Minus(of) => visit(of, found),
        Node::Binary(_, parts) | Node::Comprehension(_, parts) => parts.iter().for_each(|part| visit(part, found)),
        Node::Choice(parts) => parts.iter().for_each(|part| visit(part, found)),
        Node::Call(function, arguments) => {
            found.insert(function.function().name);
            arguments.iter().for_each(|argument| visit(argument, found));
        }
        Node::Says(saying) => {
            visit(&saying.place, found);
            saying.words.iter().for_each(|word| visit(word, found));
        }
        Node::Let(named) => visit(&named.body, found),
        Node::Condition(condition, argument) => {
            visit(&condition.body, found);
            argument.iter().for_each(|argument| visit(argument, found));
        }
        Node::Bool(_)
        | Node::Int(_)
        | Node::Double(_)
        | Node::Text(_)
        | Node::Duration(_)
        | Node::Today
        | Node::Table(_)
        | Node::Repository(_) => {}
    }
}

fn of_path(path: &Path, found: &mut BTreeSet<&'static str>) {
    if let Root::Computed(expr) = path.root {
        visit(expr, found);
    }
    for step in path.steps {
        if let Step::Item(expr, _) | Step::Pick(expr, _) = step {
            visit(expr, found);
        }
    }
}
