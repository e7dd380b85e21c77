//! Which lints read a field: their compiled expressions say so.

use crate::expression::{Expr, Node, Path, Root, Step};
use crate::lint::{Lint, Loop, Part, Template};

/// The lints that read `place`, in their order. A place is that of the declaration: `serving.path[].p99`,
/// `data.sources.*.owner`, `models`. What is read through a shared condition is read.
pub fn readers<'l>(lints: &'l [Lint<'l>], place: &str) -> Vec<&'l Lint<'l>> {
    lints.iter().filter(|lint| reads(lint, place)).collect()
}

fn reads(lint: &Lint, place: &str) -> bool {
    let mut search = Search { place, found: false };
    for case in lint.cases {
        search.loops(case.loops);
        case.when.iter().for_each(|when| search.expr(when));
        search.expr(&case.require);
        search.template(&case.message);
        for label in case.labels {
            search.loops(label.loops);
            label.when.iter().for_each(|when| search.expr(when));
            search.expr(&label.at);
            label.text.iter().for_each(|text| search.template(text));
        }
        case.notes.iter().chain(&case.help).for_each(|text| search.template(text));
        if search.found {
            break;
        }
    }
    search.found
}

struct Search<'p> {
    place: &'p str,
    found: bool,
}

impl Search<'_> {
    fn loops(&mut self, loops: &[Loop<'_>]) {
        for one in loops {
            match one {
                Loop::Each(expr) | Loop::Pairs(expr) => self.expr(expr),
            }
        }
    }

    fn template(&mut self, template: &Template) {
        for part in template.parts {
            if let Part::Value(expr, _) = part {
                self.expr(expr);
            }
        }
    }

    fn all(&mut self, exprs: &[Expr]) {
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        if self.found {
            return;
        }
        match &expr.node {
            Node::Bool(_) | Node::Int(_) | Node::Double(_) | Node::Text(_) | Node::Duration(_) => {}
            Node::Today | Node::Table(_) | Node::Repository(_) => {}
            Node::Path(path) => self.path(path),
            Node::Column(of, _) | Node::Member(of, _) | Node::Not(of) | Node::Minus(of) => self.expr(of),
            Node::Binary(_, pair) | Node::Comprehension(_, pair) => self.all(*pair),
            Node::List(exprs) | Node::And(exprs) | Node::Or(exprs) | Node::Call(_, exprs) => self.all(exprs),
            Node::Choice(three) => self.all(*three),
            Node::Says(saying) => {
                self.expr(&saying.place);
                self.all(saying.words);
            }
            Node::Let(named) => self.expr(&named.body),
            Node::Condition(condition, argument) => {
                self.expr(&condition.body);
                argument.iter().for_each(|argument| self.expr(argument));
            }
        }
    }

    fn path(&mut self, path: &Path) {
        if let Root::Computed(expr) = path.root {
            self.expr(expr);
        }
        for step in path.steps {
            match step {
                Step::Field(..) => {}
                Step::Item(expr, _) | Step::Pick(expr, _) => self.expr(expr),
            }
        }
        self.found |= self.is_here(path);
    }

    /// Whether the path ends at the place, or at an item of it.
    fn is_here(&self, path: &Path) -> bool {
        if let Some(Step::Pick(_, keys)) = path.steps.last()
            && let Some(record) = path.format.strip_suffix(".*")
        {
            let key = self.place.strip_prefix(record).and_then(|rest| rest.strip_prefix('.'));
            return key.is_some_and(|key| keys.iter().any(|(known, _)| *known == key));
        }
        let item = path.format.strip_prefix(self.place);
        item.is_some_and(|item| matches!(item, "" | "[]" | ".*"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;

    fn names(place: &str) -> Vec<&'static str> {
        readers(built_in::LINTS, place).into_iter().map(|lint| lint.name).collect()
    }

    #[test]
    fn readers_are_found_through_loops_picks_and_conditions() {
        assert!(names("serving.latency.p99").contains(&"latency-budget-exceeded"));
        assert!(names("serving.path[].retries").contains(&"latency-budget-exceeded"));
        assert!(names("serving.fallback").contains(&"no-fallback"));
        assert!(names("data.labels.delay").len() > 2, "{:?}", names("data.labels.delay"));
        assert!(names("infrastructure.environments.training").contains(&"environments-differ"));
        assert_eq!(names("serving.latency.p98"), [""; 0]);
    }
}
