//! The static checker: names are resolved against the schema and the scope, and kinds are held to fit.

use std::ops::Range;

use super::scope::{Checked, ScopeEntry};
use super::syntax::{Ast, AstKind, Word};
use crate::arena::Arena;
use crate::expression::{Ends, Expr, Macro, Node, Path, Problem, Root, Scope, Step, Type};
use crate::schema::Schema;
use crate::source::Span;
use crate::units::{self, Scalar, ScalarType};

mod calls;
mod operators;
mod paths;

/// A checked part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    pub expr: Expr<'a>,
    pub of: Type<'a>,
}

/// A part that may still be followed further.
enum Part<'a> {
    Value(Typed<'a>),
    Path(Draft<'a>),
}

/// A path whose end is not yet reached.
struct Draft<'a> {
    span: Range<usize>,
    root: Root<'a>,
    steps: Vec<Step<'a>>,
    /// The place in the format.
    format: String,
    of: Type<'a>,
}

pub(super) struct Checker<'s, 'a> {
    schema: &'s Schema,
    arena: &'a Arena,
    scope: &'s Scope<'s, 'a>,
    /// Variables of macros and parameters, the innermost last.
    variables: Vec<(String, Type<'a>)>,
    /// How deep the named expressions nest that this one uses.
    inner: u16,
    pub problems: Vec<Problem>,
}

impl<'s, 'a> Checker<'s, 'a> {
    pub fn new(schema: &'s Schema, scope: &'s Scope<'s, 'a>, parameters: &[(String, Type<'a>)]) -> Self {
        Self { schema, arena: scope.arena, scope, variables: parameters.to_vec(), inner: 0, problems: Vec::new() }
    }

    /// Checks a whole expression.
    pub fn whole(&mut self, syntax: &Ast) -> Typed<'a> {
        self.value(syntax)
    }

    /// How deep evaluation nests.
    pub fn height(&self, syntax: &Ast) -> u16 {
        syntax.height().saturating_add(self.inner)
    }

    fn strict(&self) -> bool {
        self.scope.checked == Checked::Strictly
    }

    fn problem(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem::new(span.clone(), message));
    }

    fn problem_with(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::new(span.clone(), message).with_help(help));
    }

    /// Stands for a part that has a problem, so that the rest is checked without more noise.
    fn unknown(&self, span: &Range<usize>) -> Typed<'a> {
        Typed { expr: self.expr(span, Node::Bool(false)), of: Type::Any }
    }

    fn expr(&self, span: &Range<usize>, node: Node<'a>) -> Expr<'a> {
        Expr { span: Span::new(span.start, span.end), node }
    }

    fn typed(&self, span: &Range<usize>, node: Node<'a>, of: Type<'a>) -> Typed<'a> {
        Typed { expr: self.expr(span, node), of }
    }

    fn words(&self, of: Type<'a>) -> String {
        of.words(self.schema)
    }

    /// Checks a part as a value.
    fn value(&mut self, syntax: &Ast) -> Typed<'a> {
        let part = self.part(syntax);
        self.finish(part)
    }

    /// Checks a part that must be true or false.
    fn condition(&mut self, syntax: &Ast, wanted_by: &str) -> Typed<'a> {
        let typed = self.value(syntax);
        if self.strict() && !typed.of.may_be_bool() {
            let message = format!("{wanted_by} needs true or false, and this is {}", self.words(typed.of));
            let path = matches!(typed.expr.node, Node::Path(_));
            if path {
                self.problem_with(&syntax.span, message, "ask `has(…)` whether it is written");
            } else {
                self.problem(&syntax.span, message);
            }
        }
        typed
    }

    fn finish(&mut self, part: Part<'a>) -> Typed<'a> {
        match part {
            Part::Value(typed) => typed,
            Part::Path(draft) => {
                let ends = if draft.of.empty_when_unwritten() { Ends::Items } else { Ends::Leaf };
                let path = Path {
                    root: draft.root,
                    steps: self.arena.list(&draft.steps),
                    format: self.arena.text(&draft.format),
                    ends,
                };
                self.typed(&draft.span, Node::Path(self.arena.one(path)), draft.of)
            }
        }
    }

    fn part(&mut self, syntax: &Ast) -> Part<'a> {
        let span = &syntax.span;
        Part::Value(match &syntax.form {
            AstKind::Bool(value) => self.typed(span, Node::Bool(*value), Type::Bool),
            AstKind::Int(value) => self.typed(span, Node::Int(*value), Type::Int),
            AstKind::Double(value) => self.typed(span, Node::Double(*value), Type::Measure(units::Measure::Number)),
            AstKind::Text(text) => {
                let text = self.arena.text(text);
                self.typed(span, Node::Text(text), Type::Literal(self.arena.list(&[text])))
            }
            AstKind::List(items) => {
                let items: Vec<Typed<'a>> = items.iter().map(|item| self.value(item)).collect();
                let of = items.iter().map(|item| item.of).fold(Type::Nothing, |one, other| one.or(other, self.arena));
                let items: Vec<Expr<'a>> = items.iter().map(|item| item.expr).collect();
                self.typed(span, Node::List(self.arena.list(&items)), Type::List(self.arena.one(of)))
            }
            AstKind::Name(name) => return self.name(name, span),
            AstKind::Select(of, word) => {
                if let Some(list) = self.repository(of, word, span) {
                    return Part::Value(list);
                }
                let of = self.part(of);
                return self.select(of, word, span);
            }
            AstKind::Index(of, index) => {
                let of = self.part(of);
                return self.index(of, index, span);
            }
            AstKind::Call { receiver, function, arguments } => {
                self.call(span, receiver.as_deref(), function, arguments)
            }
            AstKind::Not(of) => {
                let of = self.condition(of, "`!`");
                self.typed(span, Node::Not(self.arena.one(of.expr)), Type::Bool)
            }
            AstKind::Minus(of) => self.minus(of, span),
            AstKind::Binary(sign, a, b) => self.binary(*sign, a, b, span),
            AstKind::And(operands) => {
                let operands: Vec<Expr<'a>> = operands.iter().map(|part| self.condition(part, "`&&`").expr).collect();
                self.typed(span, Node::And(self.arena.list(&operands)), Type::Bool)
            }
            AstKind::Or(operands) => {
                let operands: Vec<Expr<'a>> = operands.iter().map(|part| self.condition(part, "`||`").expr).collect();
                self.typed(span, Node::Or(self.arena.list(&operands)), Type::Bool)
            }
            AstKind::Choice(condition, yes, no) => {
                let condition = self.condition(condition, "`?`");
                let (yes, no) = (self.value(yes), self.value(no));
                let of = yes.of.or(no.of, self.arena);
                self.typed(span, Node::Choice(self.arena.one([condition.expr, yes.expr, no.expr])), of)
            }
        })
    }

    /// A macro over the items of a list.
    fn fold(
        &mut self,
        what: Macro,
        receiver: &Ast,
        function: &Word,
        arguments: &[Ast],
        span: &Range<usize>,
    ) -> Typed<'a> {
        let name = &function.text;
        let list = self.value(receiver);
        let item = list.of.item(self.arena).unwrap_or_else(|| {
            if self.strict() {
                let message = format!("`{name}` visits the items of a list, and this is {}", self.words(list.of));
                self.problem(&receiver.span, message);
            }
            Type::Any
        });
        let (variable, body) = match arguments {
            [Ast { form: AstKind::Name(variable), .. }, body] => (variable.clone(), body),
            [other, _] => {
                self.problem_with(&other.span, "a macro binds a plain name", format!("write `.{name}(item, …)`"));
                return self.unknown(span);
            }
            _ => {
                let message = format!("`{name}` takes a name and an expression");
                self.problem_with(&function.span, message, format!("write `.{name}(item, …)`"));
                return self.unknown(span);
            }
        };
        self.variables.push((variable, item));
        let body = if what == Macro::Map { self.value(body) } else { self.condition(body, &format!("`{name}`")) };
        self.variables.pop();
        let of = match what {
            Macro::Exists | Macro::All | Macro::ExistsOne => Type::Bool,
            Macro::Filter => Type::List(self.arena.one(item)),
            Macro::Map => Type::List(self.arena.one(body.of)),
        };
        self.typed(span, Node::Comprehension(what, self.arena.one([list.expr, body.expr])), of)
    }

    /// A name on its own.
    fn name(&mut self, name: &str, span: &Range<usize>) -> Part<'a> {
        if let Some(at) = self.variables.iter().rposition(|(known, _)| known == name) {
            let of = self.variables[at].1;
            let outward = self.variables.len() - 1 - at;
            let root = Root::Variable(u8::try_from(outward).unwrap_or(u8::MAX));
            return Part::Path(self.draft(span, root, name, of));
        }
        if let Some(meaning) = self.scope.find(name) {
            return match meaning {
                ScopeEntry::Binding(number, of) => Part::Path(self.draft(span, Root::Binding(number), name, of)),
                ScopeEntry::Let(named, compiled) => {
                    self.inner = self.inner.max(compiled.height);
                    Part::Value(self.typed(span, Node::Let(named), compiled.of))
                }
            };
        }
        if let Some((index, field)) = self.schema.record(self.schema.root).field(name) {
            return Part::Path(Draft {
                span: span.clone(),
                root: Root::Document,
                steps: vec![Step::Field(index, field.name)],
                format: name.to_owned(),
                of: Type::of(field.of),
            });
        }
        if name == "today" {
            return Part::Value(self.typed(span, Node::Today, Type::Scalar(ScalarType::Date)));
        }
        if let Some(found) = self.scope.conditions.and_then(|conditions| conditions.find(name)) {
            if let Some(parameter) = found.condition.parameter {
                let message = format!("`{name}` needs a {parameter}");
                self.problem_with(span, message, format!("write `{name}({parameter})`"));
                return Part::Value(self.unknown(span));
            }
            self.inner = self.inner.max(found.height);
            return Part::Value(self.typed(span, Node::Condition(found.condition, None), found.of));
        }
        if let Some(number) = self.scope.tables.iter().position(|table| table.name == name) {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            return Part::Value(self.typed(span, Node::Table(number), Type::Table(number)));
        }
        self.stranger(name, span);
        Part::Value(self.unknown(span))
    }

    /// The words for a name that nothing has.
    fn stranger(&mut self, name: &str, span: &Range<usize>) {
        let mut known: Vec<&str> = vec!["today"];
        known.extend(self.schema.record(self.schema.root).fields.iter().map(|field| field.name));
        known.extend(self.variables.iter().map(|(known, _)| known.as_str()));
        known.extend(self.scope.names.iter().map(|(known, _)| known.as_str()));
        if let Some(conditions) = self.scope.conditions {
            conditions.names().for_each(|name| known.push(name));
        }
        known.extend(self.scope.tables.iter().map(|table| table.name));
        let near = units::nearest(name, known.into_iter()).map(str::to_owned);
        let message = format!("`{name}` is no field of the format, and no name of this expression");
        match near.or_else(|| self.home_of(name)) {
            Some(near) => self.problem_with(span, message, format!("write `{near}`")),
            None => self.problem(span, message),
        }
    }

    /// The one place of the format that ends with this key.
    fn home_of(&self, key: &str) -> Option<String> {
        let mut homes = self.schema.records().iter().filter(|record| record.field(key).is_some());
        let home = homes.next()?;
        let plain = !home.path.is_empty() && !home.path.contains(['*', '[']);
        (plain && homes.next().is_none()).then(|| format!("{}.{key}", home.path))
    }

    fn draft(&self, span: &Range<usize>, root: Root<'a>, name: &str, of: Type<'a>) -> Draft<'a> {
        let format = match of {
            Type::Record(id) => self.schema.record(id).path.to_owned(),
            _ => name.to_owned(),
        };
        Draft { span: span.clone(), root, steps: Vec::new(), format, of }
    }

    /// Says so when the texts of an expression cannot be the words that stand opposite.
    fn words_fit(&mut self, literal: Type<'a>, span: &Range<usize>, other: Type<'a>) {
        let literals: Vec<&'a str> = literal
            .each()
            .into_iter()
            .flat_map(|of| if let Type::Literal(words) = of { words.to_vec() } else { Vec::new() })
            .collect();
        for word in literals {
            self.word_fits(word, span, &other.each());
        }
    }

    fn word_fits(&mut self, word: &str, span: &Range<usize>, others: &[Type<'a>]) {
        let mut listed: Vec<&'static str> = Vec::new();
        let mut wrong = None;
        for other in others {
            match other {
                Type::Words { words, .. } if words.contains(&word) => return,
                Type::Words { words, .. } => listed.extend(*words),
                Type::Written(of) | Type::Scalar(of @ ScalarType::Interval) => match units::read(*of, word) {
                    Ok(Scalar::Interval(_) | Scalar::Text) => return,
                    Ok(_) => {}
                    Err(error) => wrong = Some(error),
                },
                other if other.is_text() || matches!(other, Type::Any | Type::Nothing) => return,
                _ => {}
            }
        }
        if !listed.is_empty() {
            let message = format!("`{word}` is not a word of this field");
            let help = match units::nearest(word, listed.iter().copied()) {
                Some(near) => format!("write \"{near}\""),
                None => format!("the words are {}", crate::expression::compile::types::in_backticks(&listed)),
            };
            self.problem_with(span, message, help);
        } else if let Some(wrong) = wrong {
            match wrong.proposals.first() {
                Some(proposal) => {
                    let help = format!("write \"{}\"", proposal.text);
                    self.problem_with(span, wrong.message, help);
                }
                None => self.problem(span, wrong.message),
            }
        }
    }
}
