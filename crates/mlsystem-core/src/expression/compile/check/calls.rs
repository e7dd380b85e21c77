//! Calls: `has`, the macros, the functions of the table, and conditions with a parameter.

use std::ops::Range;

use super::{Checker, Typed};
use crate::arena::Arena;
use crate::expression::compile::syntax::{Ast, AstKind, Word};
use crate::expression::compile::types::in_backticks;
use crate::expression::evaluate::functions::{Function, FunctionId, Gives, PERCENTILES, Takes, functions};
use crate::expression::{BinaryOp, Expr, Macro, Node, Type, WordTest};
use crate::schema::{FieldPath, RecordId, field_path};
use crate::units::{self, Measure, Scalar, ScalarType};

impl<'a> Checker<'_, 'a> {
    pub(super) fn call(
        &mut self,
        span: &Range<usize>,
        receiver: Option<&Ast>,
        function: &Word,
        arguments: &[Ast],
    ) -> Typed<'a> {
        let Some(receiver) = receiver else { return self.global(span, function, arguments) };
        if let Some((what, _)) = Macro::ALL.into_iter().find(|(_, name)| *name == function.text) {
            return self.fold(what, receiver, function, arguments, span);
        }
        let mut all = vec![receiver];
        all.extend(arguments);
        match FunctionId::find(&function.text).filter(|id| id.function().method) {
            Some(id) => self.apply(id, &all, span, function),
            None => self.no_such_method(span, function, &all),
        }
    }

    fn no_such_method(&mut self, span: &Range<usize>, function: &Word, arguments: &[&Ast]) -> Typed<'a> {
        let name = &function.text;
        let message = format!("`.{name}(…)` is no function of a value");
        if FunctionId::find(name).is_some() {
            self.problem_with(&function.span, message, format!("write `{name}(…)`"));
        } else {
            let methods = functions().iter().filter(|known| known.method).map(|known| known.name);
            let known = methods.chain(Macro::ALL.into_iter().map(|(_, name)| name));
            match units::nearest(name, known) {
                Some(near) => self.problem_with(&function.span, message, format!("write `.{near}(…)`")),
                None => self.problem(&function.span, message),
            }
        }
        if let Some(receiver) = arguments.first() {
            self.value(receiver);
        }
        self.unknown(span)
    }

    fn global(&mut self, span: &Range<usize>, function: &Word, arguments: &[Ast]) -> Typed<'a> {
        let name = function.text.as_str();
        let all: Vec<&Ast> = arguments.iter().collect();
        match name {
            "duration" => return self.duration(span, function, arguments),
            "says" => return self.says(span, function, arguments),
            _ if self.scope.conditions.is_some_and(|conditions| conditions.find(name).is_some()) => {
                return self.shared_condition(span, function, arguments);
            }
            _ => {}
        }
        if let Some(id) = FunctionId::find(name) {
            if id.function().global {
                return self.apply(id, &all, span, function);
            }
            let message = format!("`{name}` is called on a value");
            self.problem_with(&function.span, message, format!("write `text.{name}(…)`"));
            return self.unknown(span);
        }
        if Macro::ALL.into_iter().any(|(_, known)| known == name) {
            let message = format!("`{name}` is called on a list");
            self.problem_with(&function.span, message, format!("write `list.{name}(item, …)`"));
            return self.unknown(span);
        }
        let message = format!("there is no function `{name}`");
        let known = functions().iter().filter(|known| known.global).map(|known| known.name);
        let conditions = self.scope.conditions.into_iter().flat_map(|all| all.names());
        match units::nearest(name, known.chain(conditions)).map(str::to_owned) {
            Some(near) => self.problem_with(&function.span, message, format!("write `{near}(…)`")),
            None => self.problem(&function.span, message),
        }
        for argument in all {
            self.value(argument);
        }
        self.unknown(span)
    }

    /// `duration("30d")` is read when the expression is compiled.
    fn duration(&mut self, span: &Range<usize>, function: &Word, arguments: &[Ast]) -> Typed<'a> {
        let of = Type::Measure(Measure::Duration);
        let [Ast { form: AstKind::Text(text), span: text_span, .. }] = arguments else {
            self.problem_with(&function.span, "`duration` takes one text", "write `duration(\"30d\")`");
            return self.typed(span, Node::Duration(0.0), of);
        };
        let nanoseconds = match units::read(ScalarType::Duration, text.trim()) {
            Ok(Scalar::Quantity(quantity)) => quantity.amount,
            Ok(_) => 0.0,
            Err(wrong) => {
                match wrong.proposals.first() {
                    Some(proposal) => {
                        let help = format!("write \"{}\"", proposal.text);
                        self.problem_with(text_span, wrong.message, help);
                    }
                    None => self.problem_with(text_span, wrong.message, "as in \"30d\", \"80ms\", \"1h30m\""),
                }
                0.0
            }
        };
        self.typed(span, Node::Duration(nanoseconds), of)
    }

    /// `says(place, word, …)` is `decided(place) && (place == word || …)`, and over a list `word in place`: what the
    /// manifest says, which is false and not unknown where it says nothing.
    fn says(&mut self, span: &Range<usize>, function: &Word, arguments: &[Ast]) -> Typed<'a> {
        let [place, words @ ..] = arguments else {
            self.problem_with(&function.span, "`says` takes a place and words", "write `says(task.type, \"ranking\")`");
            return self.unknown(span);
        };
        if words.is_empty() {
            self.problem_with(&function.span, "`says` takes a place and words", "write `says(task.type, \"ranking\")`");
            return self.unknown(span);
        }
        let before = self.problems.len();
        let of = self.value(place).of;
        self.problems.truncate(before);
        let listed = !of.is_text() && !of.items().is_empty();
        let test = |word: &Ast| {
            let (a, b) = if listed { (word, place) } else { (place, word) };
            let sign = if listed { BinaryOp::In } else { BinaryOp::Equal };
            Ast::within(span, AstKind::Binary(sign, Box::new(a.clone()), Box::new(b.clone())))
        };
        let tests: Vec<Ast> = words.iter().map(test).collect();
        let any = match <[Ast; 1]>::try_from(tests) {
            Ok([one]) => one,
            Err(tests) => Ast::within(span, AstKind::Or(tests)),
        };
        let name = Word { text: "decided".to_owned(), span: function.span.clone() };
        let decided = AstKind::Call { receiver: None, function: name, arguments: vec![place.clone()] };
        let meant = self.value(&Ast::within(span, AstKind::And(vec![Ast::within(span, decided), any])));
        match said(&meant.expr, listed, self.arena) {
            Some(saying) => self.typed(span, Node::Says(self.arena.one(saying)), meant.of),
            None => meant,
        }
    }

    fn shared_condition(&mut self, span: &Range<usize>, function: &Word, arguments: &[Ast]) -> Typed<'a> {
        let name = &function.text;
        let Some(found) = self.scope.conditions.and_then(|conditions| conditions.find(name)) else {
            return self.unknown(span);
        };
        self.inner = self.inner.max(found.height);
        let Some((parameter, wanted)) = found.condition.parameter.zip(found.parameter) else {
            self.problem_with(span, format!("`{name}` takes nothing"), format!("write `{name}`"));
            return self.unknown(span);
        };
        let [argument] = arguments else {
            self.problem_with(
                &function.span,
                format!("`{name}` takes one {parameter}"),
                format!("write `{name}({parameter})`"),
            );
            return self.unknown(span);
        };
        let typed = self.value(argument);
        if !typed.of.each().iter().any(|of| matches!(of, Type::Any) || *of == wanted) {
            let message = format!("`{name}` takes {}, and this is {}", self.words(wanted), self.words(typed.of));
            self.problem(&argument.span, message);
        }
        self.typed(span, Node::Condition(found.condition, Some(self.arena.one(typed.expr))), found.of)
    }

    fn apply(&mut self, id: FunctionId, arguments: &[&Ast], span: &Range<usize>, function: &Word) -> Typed<'a> {
        let declared = id.function();
        let typed: Vec<Typed<'a>> = arguments.iter().map(|argument| self.value(argument)).collect();
        let least = declared.parameters.iter().filter(|parameter| !parameter.optional).count();
        if typed.len() < least || typed.len() > declared.parameters.len() {
            let message = format!("`{}` takes {}, not {}", declared.name, arity(declared, least), typed.len());
            self.problem_with(&function.span, message, format!("write `{}`", declared.signature()));
            return self.unknown(span);
        }
        for ((parameter, argument), syntax) in declared.parameters.iter().zip(&typed).zip(arguments) {
            self.argument(declared, parameter.takes, parameter.name, argument, syntax);
        }
        let of = match declared.gives {
            Gives::Type(of) => of,
            Gives::Same => typed.first().map_or(Type::Any, |argument| argument.of),
            Gives::Item => typed.first().and_then(|argument| smallest(argument.of, self.arena)).unwrap_or(Type::Any),
            Gives::Value => typed.first().map_or(Type::Any, |argument| raised(argument.of)),
            Gives::Alike => Type::List(self.arena.one(typed.first().map_or(Type::Any, |argument| argument.of))),
            Gives::Manifest => Type::Record(self.schema.root),
            Gives::Manifests => Type::List(self.arena.one(Type::Record(self.schema.root))),
            Gives::External => self.external(),
            Gives::NamedItem => typed.first().map_or(Type::Any, |argument| self.named_thing(argument.of)),
        };
        let arguments: Vec<Expr<'a>> = typed.iter().map(|argument| argument.expr).collect();
        self.typed(span, Node::Call(id, self.arena.list(&arguments)), of)
    }

    fn argument(&mut self, function: &Function, takes: Takes, parameter: &str, argument: &Typed<'a>, syntax: &Ast) {
        let faulty = |span: &Range<usize>| span.start >= syntax.span.start && span.end <= syntax.span.end;
        if self.problems.iter().any(|problem| faulty(&problem.span)) {
            return;
        }
        if takes == Takes::Location && !is_place(&argument.expr) {
            let message = format!("`{}` asks about a place of the manifest", function.name);
            self.problem_with(&syntax.span, message, format!("write `{}`", function.example));
            return;
        }
        if !self.strict() {
            return;
        }
        if takes == Takes::Percentile
            && let Type::Literal(words) = argument.of
        {
            let known = PERCENTILES.map(FieldPath::key);
            for word in words.iter().filter(|word| !known.contains(*word)) {
                let help = format!("one of {}", in_backticks(&known));
                self.problem_with(&syntax.span, format!("`{word}` is no percentile of a step"), help);
            }
        }
        let fits = argument.of.each().into_iter().any(|of| takes.admits(of, self.schema));
        if !fits {
            let message = format!(
                "`{parameter}` of `{}` is {}, and this is {}",
                function.name,
                takes.words(),
                self.words(argument.of)
            );
            self.problem_with(&syntax.span, message, format!("write `{}`", function.example));
        }
    }

    /// What a workspace file says of an external.
    fn external(&self) -> Type<'a> {
        const EXTERNAL: FieldPath = field_path!(workspace: "externals.*");
        let record = self.schema.table.iter().position(|record| record.path == EXTERNAL.text());
        record.map_or(Type::Any, |index| Type::Record(RecordId(index as u16)))
    }

    /// What a reference names, where all its kinds have one type.
    fn named_thing(&self, of: Type<'a>) -> Type<'a> {
        let Type::Reference(kinds) = of else { return Type::Any };
        let mut result: Type<'a> = Type::Nothing;
        for kind in kinds {
            let Some(definition) = self.schema.definition(*kind) else { return Type::Any };
            for place in definition.places {
                match self.schema.type_at(*place) {
                    Some(crate::schema::Type::Map(_, item)) if definition.places.len() == 1 => {
                        result = result.or(Type::of(*item), self.arena);
                    }
                    _ => return Type::Any,
                }
            }
        }
        if matches!(result, Type::Record(_)) { result } else { Type::Any }
    }
}

/// The place and the words of what `says` means, so that the place is read once; none where something is wrong with it.
fn said<'a>(meant: &Expr<'a>, listed: bool, arena: &'a Arena) -> Option<WordTest<'a>> {
    let Node::And([Expr { node: Node::Call(_, [place]), .. }, any]) = meant.node else { return None };
    let tests = match &any.node {
        Node::Or(tests) => *tests,
        _ => std::slice::from_ref(any),
    };
    let word = |test: &Expr<'a>| match test.node {
        Node::Binary(BinaryOp::In, [word, _]) if listed => Some(*word),
        Node::Binary(BinaryOp::Equal, [_, word]) if !listed => Some(*word),
        _ => None,
    };
    let words: Vec<Expr<'a>> = tests.iter().map(word).collect::<Option<_>>()?;
    Some(WordTest { place: *place, words: arena.list(&words), listed })
}

fn arity(function: &Function, least: usize) -> String {
    let most = function.parameters.len();
    let count = |number: usize| if number == 1 { "1 argument".to_owned() } else { format!("{number} arguments") };
    if least == most { count(most) } else { format!("{least} to {}", count(most)) }
}

/// Whether an expression names a place, or stands for one under a name.
fn is_place<'a>(expr: &Expr<'a>) -> bool {
    match expr.node {
        Node::Path(_) | Node::Let(_) | Node::Condition(..) | Node::Member(..) | Node::Column(..) => true,
        Node::Call(id, _) => id.names_a_place(),
        _ => false,
    }
}

/// What the least or greatest of a list or of a range is.
fn smallest<'a>(of: Type<'a>, arena: &'a Arena) -> Option<Type<'a>> {
    let each: Vec<Type<'a>> = of
        .each()
        .into_iter()
        .filter_map(|of| match of {
            Type::Scalar(ScalarType::Range) => Some(Type::Quantity),
            Type::Scalar(ScalarType::Interval) | Type::Int | Type::Measure(_) | Type::Quantity => Some(of),
            _ => of.item(arena),
        })
        .collect();
    each.into_iter().reduce(|one, other| one.or(other, arena))
}

/// What a power of a number is.
fn raised(of: Type<'_>) -> Type<'static> {
    if of == Type::Int { Type::Int } else { Type::Measure(Measure::Number) }
}
