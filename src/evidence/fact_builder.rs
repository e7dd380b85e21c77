//! What readers found in one file, until it becomes a document of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::evidence_file::is_template;
use super::{Reader, SkipReason, YamlCursor};
use crate::facts::File;
use crate::manifest::{self, Item, Manifest, Value};
use crate::schema::{FieldPath, Schema, field_path};
use crate::source::{Source, Span};
use crate::tree::{Made, Maker, NodeId};
use crate::units::Scalar;

/// The most items of one list that are kept of one file.
const MAX_ITEMS: usize = 5_000;

/// How a thing is called.
const NAME: FieldPath = field_path!(
    evidence: "deployments[].name", "remotes[].name", "stages[].name", "schedules[].name", "workflows[].name",
    "workflows[].jobs[].name", "suites[].name", "signatures[].name", "entries[].name", "environments[].name",
    "metrics[].name", "cards[].name", "trials[].name", "models[].name", "rollouts[].name", "objectives[].name"
);

/// The commands that a job runs.
const COMMANDS: FieldPath = fact!("workflows[].jobs[].runs");

/// What readers found in one file.
#[derive(Debug, Default)]
pub struct FactBuilder {
    lists: BTreeMap<&'static str, Vec<Fact>>,
    readers: Vec<&'static str>,
    shows: Vec<&'static str>,
    state: Option<(&'static str, String)>,
}

/// One thing that a file says: its members by the names of the outline.
#[derive(Debug, Clone)]
pub struct Fact {
    span: Span,
    members: Vec<(&'static str, FactValue)>,
}

#[derive(Debug, Clone)]
enum FactValue {
    Text(Box<str>, Span),
    Texts(Vec<(Box<str>, Span)>, Span),
    Facts(Vec<Fact>),
}

impl Fact {
    /// A fact that stands at `span`; its members follow.
    pub fn at(span: Span) -> Self {
        Self { span, members: Vec::new() }
    }

    /// A fact that is called `name`, which stands at `span`.
    pub fn named(name: impl Into<Box<str>>, span: Span) -> Self {
        let mut fact = Self::at(span);
        fact.say(NAME, name, span);
        fact
    }

    /// Adds a member with a text as a manifest would write it, and the place that bears it out.
    pub fn say(&mut self, member: FieldPath, text: impl Into<Box<str>>, span: Span) -> &mut Self {
        self.members.push((member.key(), FactValue::Text(text.into(), span)));
        self
    }

    /// The same, unless the member has a text already: of several, the first is kept.
    pub fn say_once(&mut self, member: FieldPath, text: impl Into<Box<str>>, span: Span) -> &mut Self {
        if self.members.iter().all(|(name, _)| *name != member.key()) {
            self.say(member, text, span);
        }
        self
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Adds a member whose text is that of a scalar, where there is one.
    pub fn part(&mut self, member: FieldPath, part: YamlCursor<'_>) -> &mut Self {
        if let Some(text) = part.text() {
            self.say(member, text, part.span());
        }
        self
    }

    /// Adds a number of a scalar with its unit, as in `60` and `s`; a scalar that is no number stays as it is.
    pub fn number(&mut self, member: FieldPath, part: YamlCursor<'_>, unit: &str) -> &mut Self {
        match part.number() {
            Some(number) => self.say(member, format!("{number}{unit}"), part.span()),
            None => self.part(member, part),
        }
    }

    /// Adds a list of texts, each with its place; nothing where there is none.
    pub fn texts(&mut self, member: FieldPath, texts: Vec<(String, Span)>) -> &mut Self {
        if let Some((_, span)) = texts.first() {
            let span = *span;
            let texts = texts.into_iter().map(|(text, span)| (text.into(), span)).collect();
            self.members.push((member.key(), FactValue::Texts(texts, span)));
        }
        self
    }

    /// Adds facts inside this one; nothing where there is none.
    pub fn inside(&mut self, member: FieldPath, facts: Vec<Fact>) -> &mut Self {
        if !facts.is_empty() {
            self.members.push((member.key(), FactValue::Facts(facts)));
        }
        self
    }

    fn make(self, maker: &mut Maker) -> NodeId {
        let mut entries: Vec<Made> = Vec::with_capacity(self.members.len());
        for (name, said) in self.members {
            let (node, span) = match said {
                FactValue::Text(text, span) => (maker.scalar(text, span), span),
                FactValue::Texts(texts, span) => {
                    let items = texts.into_iter().map(|(text, span)| maker.scalar(text, span)).collect();
                    (maker.sequence(items, span), span)
                }
                FactValue::Facts(facts) => {
                    let span = facts.first().map_or(self.span, |fact| fact.span);
                    let items = facts.into_iter().map(|fact| fact.make(maker)).collect();
                    (maker.sequence(items, span), span)
                }
            };
            entries.push((name, span, node));
        }
        maker.mapping(entries, self.span)
    }
}

impl FactBuilder {
    /// Adds a fact to a list of the outline.
    pub fn add(&mut self, list: FieldPath, fact: Fact) {
        let facts = self.lists.entry(list.key()).or_default();
        if facts.len() < MAX_ITEMS {
            facts.push(fact);
        } else {
            self.state.get_or_insert(("large", format!("it has more than {MAX_ITEMS} {}", list.key())));
        }
    }

    /// Says that something in the file is of this sort and could not be compared. What was found stands.
    pub fn not_compared(&mut self, unfit: &SkipReason) {
        let state = match unfit {
            SkipReason::Other => return,
            SkipReason::Template => ("templated", "it is a template".to_owned()),
            SkipReason::Unreadable(why) => ("unreadable", why.clone()),
        };
        self.state.get_or_insert(state);
    }

    pub(super) fn read_as(&mut self, reader: &'static Reader) {
        self.readers.push(reader.name);
        for list in reader.shows.iter().map(|list| list.key()) {
            if !self.shows.contains(&list) {
                self.shows.push(list);
            }
        }
    }

    /// The document that all of it makes; none where no reader took the file.
    pub(super) fn finish(self, source: &Arc<Source>, path: &str, schema: &'static Schema) -> Option<File> {
        let reader = *self.readers.first()?;
        let begin = Span::at(0);
        let mut maker = Maker::new(source);
        let mut entries: Vec<Made> = Vec::new();
        let (state, why) = self.state.unwrap_or(("compared", String::new()));
        for (name, text) in
            [(fact!("path"), path), (fact!("reader"), reader), (fact!("state"), state), (fact!("why"), &*why)]
        {
            let node = maker.scalar(text, begin);
            entries.push((name.key(), begin, node));
        }
        let shows = self.shows.into_iter().map(|list| maker.scalar(list, begin)).collect();
        let shows = maker.sequence(shows, begin);
        entries.push((fact!("shows").key(), begin, shows));
        for (list, facts) in self.lists {
            let span = facts.first().map_or(begin, |fact| fact.span);
            let facts = facts.into_iter().map(|fact| fact.make(&mut maker)).collect();
            let node = maker.sequence(facts, span);
            entries.push((list, span, node));
        }
        let root = maker.mapping(entries, begin);
        // What is wrong with a value makes it unreadable, and is nobody's finding: the file is not ours.
        let (mut home, wrong) = manifest::read(&Arc::new(maker.finish(root)), schema);
        debug_assert!(wrong.iter().all(|finding| finding.name != "unknown-key"), "the outline lacks a name: {wrong:?}");
        let mut root = std::mem::replace(&mut home.root, Item { node: home.tree.root(), value: Value::Any });
        literal_alone(&home, &mut root);
        home.root = root;
        Some(File { path: path.to_owned(), home })
    }
}

/// Makes every text unreadable that a program fills in before it means anything. Commands are never compared as a whole.
fn literal_alone(home: &Manifest, item: &mut Item) {
    match &mut item.value {
        Value::Record(id, members) => {
            let record = home.schema.record(*id);
            members
                .iter_mut()
                .filter(|member| record.at(member.field).name != COMMANDS.key())
                .for_each(|member| literal_alone(home, &mut member.item));
        }
        Value::List(items) => items.iter_mut().for_each(|item| literal_alone(home, item)),
        Value::Scalar(Scalar::Text) if is_template(home.text_of(item.node)) => item.value = Value::Unreadable,
        _ => {}
    }
}
