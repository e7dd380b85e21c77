//! What follows a dot or stands in brackets: every step must exist in the schema.

use std::ops::Range;

use super::{Checker, Draft, Part, Typed};
use crate::arena::Arena;
use crate::expression::compile::syntax::{Ast, AstKind, Word};
use crate::expression::compile::types::in_backticks;
use crate::expression::{Member, Node, Root, Step, Type};
use crate::schema::{self, Kind, RecordId, field_path};
use crate::units;

impl<'a> Checker<'_, 'a> {
    /// The path that a part is, or that begins with its value.
    fn followed(&mut self, part: Part<'a>) -> Draft<'a> {
        match part {
            Part::Path(draft) => draft,
            Part::Value(typed) => {
                let span = typed.expr.span.range();
                self.draft(&span, Root::Computed(self.arena.one(typed.expr)), "", typed.of)
            }
        }
    }

    /// `repo.word`: what the files of the repository say of one sort.
    pub(super) fn repository(&mut self, of: &Ast, word: &Word, span: &Range<usize>) -> Option<Typed<'a>> {
        let AstKind::Name(name) = &of.form else { return None };
        let variable = self.variables.iter().any(|(known, _)| known == name) || self.scope.find(name).is_some();
        if name != "repo" || variable {
            return None;
        }
        let record = self.schema.record(self.schema.document_with(field_path!(evidence: "reader"))?);
        let lists =
            || record.fields.iter().filter(|field| matches!(field.of, schema::Type::List(schema::Type::Record(_))));
        let Some(field) = lists().find(|field| field.name == word.text) else {
            let message = format!("files of a repository say nothing about `{}`", word.text);
            match units::nearest(&word.text, lists().map(|field| field.name)) {
                Some(near) => self.problem_with(&word.span, message, format!("write `{near}`")),
                None => {
                    let known: Vec<&str> = lists().map(|field| field.name).collect();
                    self.problem_with(&word.span, message, format!("it has {}", in_backticks(&known)));
                }
            }
            return Some(self.unknown(span));
        };
        let (number, _) = record.field(field.name)?;
        Some(self.typed(span, Node::Repository(number), Type::of(field.of)))
    }

    /// `of.word`
    pub(super) fn select(&mut self, of: Part<'a>, word: &Word, span: &Range<usize>) -> Part<'a> {
        let types = part_type(&of).each();
        let records: Vec<RecordId> =
            types.iter().filter_map(|of| if let Type::Record(id) = of { Some(*id) } else { None }).collect();
        match records.as_slice() {
            [id] => return self.field(of, *id, word, span),
            [_, _, ..] => {
                self.problem(&word.span, format!("`{}` may be in several records here", word.text));
                return Part::Value(self.unknown(span));
            }
            [] => {}
        }
        if let Some(part) = self.column(&of, &types, word, span) {
            return part;
        }
        if let Some((member, result)) = member(&types, &word.text, self.arena) {
            let inner = self.finish(of);
            return Part::Value(self.typed(span, Node::Member(self.arena.one(inner.expr), member), result));
        }
        if let Some(key) = types.iter().find_map(|of| listed_key(*of, &word.text)) {
            let key = self.expr(&word.span, Node::Text(key));
            let mut draft = self.followed(of);
            let item = types.iter().find_map(|of| of.item(self.arena)).unwrap_or(Type::Any);
            draft.follow(Step::Item(self.arena.one(key), None), ".*", item, span);
            return Part::Path(draft);
        }
        self.no_such_step(part_type(&of), word);
        Part::Value(self.unknown(span))
    }

    fn field(&mut self, of: Part<'a>, id: RecordId, word: &Word, span: &Range<usize>) -> Part<'a> {
        let record = self.schema.record(id);
        let Some((index, field)) = record.field(&word.text) else {
            let whole = if record.path.is_empty() { "the manifest".to_owned() } else { format!("`{}`", record.path) };
            let message = format!("{whole} has no field `{}`", word.text);
            match units::nearest(&word.text, record.fields.iter().map(|field| field.name)) {
                Some(near) => self.problem_with(&word.span, message, format!("write `{near}`")),
                None => {
                    let known: Vec<&str> = record.fields.iter().take(12).map(|field| field.name).collect();
                    let more = if record.fields.len() > known.len() { " and others" } else { "" };
                    let help = format!("it has {}{more}", in_backticks(&known));
                    self.problem_with(&word.span, message, help);
                }
            }
            return Part::Value(self.unknown(span));
        };
        let mut draft = self.followed(of);
        // The path of the record is the same for every way to it.
        draft.format = if record.path.is_empty() { String::new() } else { record.path.to_owned() };
        let dot = if draft.format.is_empty() { "" } else { "." };
        draft.follow(Step::Field(index, field.name), &format!("{dot}{}", field.name), Type::of(field.of), span);
        Part::Path(draft)
    }

    fn column(&mut self, of: &Part<'a>, types: &[Type<'a>], word: &Word, span: &Range<usize>) -> Option<Part<'a>> {
        let number = types.iter().find_map(|of| if let Type::Row(table) = of { Some(*table) } else { None })?;
        let table = self.scope.tables.get(usize::from(number))?;
        let Some(column) = table.column(&word.text) else {
            let message = format!("`{}` has no column `{}`", table.name, word.text);
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            let help = match units::nearest(&word.text, names.iter().copied()) {
                Some(near) => format!("write `{near}`"),
                None => format!("it has {}", in_backticks(&names)),
            };
            self.problem_with(&word.span, message, help);
            return Some(Part::Value(self.unknown(span)));
        };
        let result = table.columns[usize::from(column)].of;
        let row = match of {
            Part::Value(typed) => typed.expr,
            Part::Path(draft) => self.finish(Part::Path(draft.again())).expr,
        };
        Some(Part::Value(self.typed(span, Node::Column(self.arena.one(row), column), result)))
    }

    /// The words for a step that leads nowhere.
    fn no_such_step(&mut self, of: Type<'a>, word: &Word) {
        if of == Type::Any {
            if self.problems.is_empty() {
                self.problem(&word.span, format!("nothing is known of what `{}` is a part of", word.text));
            }
            return;
        }
        let message = format!("`{}` is no part of {}", word.text, self.words(of));
        let inside = of.item(self.arena).and_then(|item| match item {
            Type::Record(id) => self.schema.record(id).field(&word.text),
            _ => None,
        });
        let members: Vec<&str> = Member::ALL
            .into_iter()
            .filter(|(member, _)| of.each().iter().any(|of| of.member(*member).is_some()))
            .map(|(_, word)| word)
            .collect();
        if inside.is_some() {
            let help = format!("each item has it: `.exists(item, … item.{} …)`", word.text);
            self.problem_with(&word.span, message, help);
        } else if matches!(of, Type::Map(..)) {
            self.problem_with(&word.span, message, format!("a named item is `[\"{}\"]`", word.text));
        } else if !members.is_empty() {
            let help = format!("it has {}", in_backticks(&members));
            self.problem_with(&word.span, message, help);
        } else {
            self.problem(&word.span, message);
        }
    }

    /// `of[index]`
    pub(super) fn index(&mut self, of: Part<'a>, index: &Ast, span: &Range<usize>) -> Part<'a> {
        let index_span = index.span.clone();
        let index = self.value(index);
        let whole = part_type(&of);
        for one in whole.each() {
            let found = match one {
                Type::Record(id) => self.pick(id, &index, &index_span),
                Type::Map(key, value) => {
                    if let Type::Literal(words) = index.of {
                        words.iter().for_each(|word| self.word_fits(word, &index_span, &Type::of(*key).each()));
                    }
                    let named = index.of.may_be_text() || counts(index.of);
                    named.then(|| {
                        (Step::Item(self.arena.one(index.expr), self.defines(*value)), ".*".into(), Type::of(*value))
                    })
                }
                Type::Items(item) => {
                    let named = matches!(item, schema::Type::Record(id) if self.schema.record(*id).known_by.is_some());
                    let fits = counts(index.of) || named && index.of.may_be_text();
                    fits.then(|| (Step::Item(self.arena.one(index.expr), None), "[]".into(), Type::of(*item)))
                }
                Type::List(item) => {
                    let named = matches!(item, Type::Record(_)) && index.of.may_be_text();
                    let fits = named || counts(index.of) || !self.strict();
                    fits.then(|| (Step::Item(self.arena.one(index.expr), None), "[]".into(), *item))
                }
                Type::Table(table) => index
                    .of
                    .may_be_text()
                    .then(|| (Step::Item(self.arena.one(index.expr), None), String::new(), Type::Row(table))),
                Type::Any | Type::Nothing => {
                    Some((Step::Item(self.arena.one(index.expr), None), "[]".into(), Type::Any))
                }
                _ => None,
            };
            if let Some((step, format, result)) = found {
                let mut draft = self.followed(of);
                draft.follow(step, &format, result, span);
                return Part::Path(draft);
            }
        }
        if index.of != Type::Any && !matches!(whole, Type::Any | Type::Nothing) && self.strict() {
            let message = format!("{} has no item at {}", self.words(whole), self.words(index.of));
            self.problem(&index_span, message);
        }
        Part::Value(self.unknown(span))
    }

    /// `record[word]`, where the words stand in the expression.
    fn pick(&mut self, id: RecordId, index: &Typed<'a>, span: &Range<usize>) -> Option<(Step<'a>, String, Type<'a>)> {
        let Type::Literal(words) = index.of else { return None };
        let record = self.schema.record(id);
        let mut keys = Vec::new();
        let mut of = Type::Nothing;
        for word in words {
            let Some((number, field)) = record.field(word) else {
                let message = format!("`{}` has no field `{word}`", record.path);
                match units::nearest(word, record.fields.iter().map(|field| field.name)) {
                    Some(near) => self.problem_with(span, message, format!("write \"{near}\"")),
                    None => self.problem(span, message),
                }
                continue;
            };
            of = of.or(Type::of(field.of), self.arena);
            keys.push((field.name, number));
        }
        let format = if let [(only, _)] = keys.as_slice() { format!(".{only}") } else { ".*".into() };
        Some((Step::Pick(self.arena.one(index.expr), self.arena.list(&keys)), format, of))
    }

    /// The kind of name that the items of a map have.
    fn defines(&self, item: schema::Type) -> Option<Kind> {
        let schema::Type::Record(id) = item else { return None };
        self.schema.kind_of_items(id)
    }
}

impl<'a> Draft<'a> {
    fn follow(&mut self, step: Step<'a>, format: &str, of: Type<'a>, span: &Range<usize>) {
        self.steps.push(step);
        self.format.push_str(format);
        self.of = of;
        self.span = span.clone();
    }

    fn again(&self) -> Self {
        Self {
            span: self.span.clone(),
            root: self.root,
            steps: self.steps.clone(),
            format: self.format.clone(),
            of: self.of,
        }
    }
}

fn part_type<'a>(part: &Part<'a>) -> Type<'a> {
    match part {
        Part::Value(Typed { of, .. }) | Part::Path(Draft { of, .. }) => *of,
    }
}

/// Whether it may be the number of an item.
fn counts(of: Type<'_>) -> bool {
    of.each().iter().any(|of| matches!(of, Type::Int | Type::Any | Type::Nothing))
}

/// The part of a typed scalar that a word names.
fn member<'a>(types: &[Type<'a>], word: &str, arena: &'a Arena) -> Option<(Member, Type<'a>)> {
    let (member, _) = Member::ALL.into_iter().find(|(_, known)| *known == word)?;
    let results: Vec<Type<'a>> = types.iter().filter_map(|of| of.member(member)).collect();
    Some((member, results.into_iter().reduce(|one, other| one.or(other, arena))?))
}

/// The listed word that names an item of a map whose names are an enumeration.
fn listed_key(of: Type<'_>, word: &str) -> Option<&'static str> {
    let Type::Map(schema::Type::Words { words, .. }, _) = of else { return None };
    words.iter().copied().find(|known| *known == word)
}
