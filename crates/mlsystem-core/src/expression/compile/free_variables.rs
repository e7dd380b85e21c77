//! How far an expression depends on the loop variables of its lint.

use crate::expression::{Expr, Node, Root, Step};

impl<'a> Expr<'a> {
    /// How many of the loop variables it may read, the outermost first.
    pub fn reads(&self) -> u8 {
        let mut reads = match &self.node {
            Node::Path(path) => match path.root {
                Root::Binding(number) => number.saturating_add(1),
                _ => 0,
            },
            Node::Let(named) => named.reads,
            _ => 0,
        };
        self.parts(&mut |part| reads = reads.max(part.reads()));
        reads
    }

    /// Calls `found` with every named expression of the lint inside it, those inside others too.
    pub fn lets(&self, found: &mut dyn FnMut(&'a crate::expression::Let<'a>)) {
        if let Node::Let(named) = self.node {
            named.body.lets(found);
            found(named);
        }
        self.parts(&mut |part| part.lets(found));
    }

    /// Calls `visit` with the parts directly inside it. Named expressions and shared conditions are no parts, what is
    /// handed to a condition is one.
    fn parts(&self, visit: &mut dyn FnMut(&Expr<'a>)) {
        match &self.node {
            Node::Bool(_) | Node::Int(_) | Node::Double(_) | Node::Text(_) | Node::Duration(_) => {}
            Node::Today | Node::Table(_) | Node::Repository(_) | Node::Let(_) => {}
            Node::List(parts) | Node::And(parts) | Node::Or(parts) | Node::Call(_, parts) => {
                parts.iter().for_each(visit);
            }
            Node::Path(path) => {
                if let Root::Computed(expr) = path.root {
                    visit(expr);
                }
                for step in path.steps {
                    match step {
                        Step::Item(key, _) | Step::Pick(key, _) => visit(key),
                        Step::Field(..) => {}
                    }
                }
            }
            Node::Column(of, _) | Node::Member(of, _) | Node::Not(of) | Node::Minus(of) => visit(of),
            Node::Binary(_, parts) | Node::Comprehension(_, parts) => parts.iter().for_each(visit),
            Node::Choice(parts) => parts.iter().for_each(visit),
            Node::Says(saying) => {
                visit(&saying.place);
                saying.words.iter().for_each(visit);
            }
            Node::Condition(_, argument) => argument.iter().for_each(|argument| visit(argument)),
        }
    }
}
