//! Places that labels point at: what to underline, and where it stands in the document.

use crate::expression::evaluate::Context;
use crate::expression::evaluate::targets::{Target, target};
use crate::expression::{Binding, Expr, Frame, FunctionId, ItemRef, Node, Path, Root, Step, Value};
use std::borrow::Cow;
use std::sync::Arc;

use crate::finding::{Pointer, PointerStep};
use crate::manifest::{self, Item, Manifest, Member, NamedItem, Why};
use crate::schema::RecordId;
use crate::source::{Source, Span};
use crate::tree::Shape;

/// A place of a manifest, written or not.
#[derive(Debug, Clone)]
pub struct Location {
    /// The text that the manifest was read from.
    pub source: Arc<Source>,
    /// What to underline: the value of a leaf; the key of a section, record, map or block list; of an item of a list of
    /// records the value that it is known by; where nothing is written, the key of what would contain it.
    pub span: Span,
    /// Where it stands.
    pub pointer: Pointer,
    /// The same for people: `serving.path.features.p99`.
    pub path: String,
    /// Whether anything is written there: a value, legible or not, or a reasoned "none".
    pub written: bool,
    /// The top-level section, if nothing of it is written.
    pub missing_section: Option<&'static str>,
    /// What is there in place of an answer, where something is: a placeholder, or the mark of a draft.
    pub undecided: Option<(Span, Why)>,
}

/// The place that a path names, or that is named by what stands there: the subject of a requirement or test and what a
/// reference means, with `at(…)`. None for what has no place, such as a sum.
pub fn location<'m>(expr: &'m Expr<'m>, frame: &Frame<'m>) -> Option<Location> {
    frame.begin();
    frame.aside(|| Context { frame, variables: None }.location(expr))
}

/// The place of the value of a variable. None for what has no place, such as a sum.
pub fn location_of<'m>(binding: &Binding<'m>, frame: &Frame<'m>) -> Option<Location> {
    let context = Context { frame, variables: None };
    let (item_ref, missing) = match binding {
        Binding::ItemRef(item_ref) => (*item_ref, Vec::new()),
        Binding::Value(value) => context.stands(value.clone())?,
        Binding::Unknown(_) => return None,
    };
    context.item_location(item_ref, missing)
}

/// Whether an expression may name a place, so that a label can point at it.
pub fn names_a_place(expr: &Expr) -> bool {
    match &expr.node {
        Node::Path(_) | Node::Member(..) => true,
        Node::Let(named) => names_a_place(&named.body),
        Node::Condition(condition, None) => names_a_place(&condition.body),
        Node::Choice([_, yes, no]) => names_a_place(yes) && names_a_place(no),
        Node::Call(id, _) => id.names_a_place(),
        _ => false,
    }
}

/// A written value, and the names of what is not written inside it.
type Anchor<'m> = (ItemRef<'m>, Vec<String>);

/// The way from the document to a value.
struct Trail<'m> {
    home: &'m Manifest,
    stops: Vec<Stop<'m>>,
    /// The names of what is not written.
    missing: Vec<String>,
}

/// One step of the way.
struct Stop<'m> {
    step: PointerStep,
    /// What is underlined for it and for what is missing inside it.
    key: Option<Span>,
    item: &'m Item,
}

/// What is directly inside a value.
enum Inside<'m> {
    Member(RecordId, &'m Member),
    NamedItem(&'m NamedItem),
    Item(usize, &'m Item),
}

impl<'m> Context<'_, 'm> {
    pub fn location(self, expr: &'m Expr<'m>) -> Option<Location> {
        let (item_ref, missing) = self.anchor(expr)?;
        self.item_location(item_ref, missing)
    }

    /// The name of the item that an expression leads to, whether or not the item has a value.
    pub fn named_anchor(self, expr: &'m Expr<'m>) -> Option<&'m str> {
        let (item_ref, missing) = self.anchor(expr)?;
        item_ref.named.filter(|_| missing.is_empty()).map(|named| &*named.name)
    }

    /// The deepest written value on the way to a place, and the names of what follows.
    fn anchor(self, expr: &'m Expr<'m>) -> Option<Anchor<'m>> {
        self.frame.step().ok()?;
        match &expr.node {
            Node::Path(path) => self.path_anchor(path),
            Node::Let(named) => self.alone().anchor(&named.body),
            Node::Condition(condition, None) => self.alone().anchor(&condition.body),
            Node::Member(of, _) => self.anchor(of),
            Node::Choice([condition, yes, no]) => self.anchor(if self.truth(condition).ok()? { yes } else { no }),
            Node::Call(id, [argument, ..]) if *id == FunctionId::AT => {
                let value = self.evaluate(argument).ok()?;
                if let Value::Item(item_ref) = value {
                    return Some((item_ref, Vec::new()));
                }
                let Target { item, missing, .. } = target(self, &value)?;
                Some((item.unwrap_or(ItemRef::whole(self.frame.manifest)), missing))
            }
            _ => self.stands(self.evaluate(expr).ok()?),
        }
    }

    fn path_anchor(self, path: &'m Path<'m>) -> Option<Anchor<'m>> {
        let mut missing = Vec::new();
        let mut here = match path.root {
            Root::Document => Binding::ItemRef(ItemRef::whole(self.frame.manifest)),
            Root::Binding(number) => self.frame.locals().get(usize::from(number))?.clone(),
            Root::Variable(outward) => self.variable(outward)?.clone(),
            Root::Computed(expr) => match self.evaluate(expr) {
                Ok(value) => Binding::Value(value),
                Err(_) => {
                    let (item_ref, names) = self.anchor(expr)?;
                    missing = names;
                    Binding::ItemRef(item_ref)
                }
            },
        };
        for step in path.steps {
            let next = match &here {
                _ if !missing.is_empty() => None,
                Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref)) => {
                    self.step(*item_ref, step).ok().flatten().map(Binding::ItemRef)
                }
                Binding::Value(value) => Some(self.value_step(value, step).ok()??),
                Binding::Unknown(_) => return None,
            };
            match next {
                Some(next) => here = next,
                None => missing.push(self.step_name(step)?),
            }
        }
        match here {
            Binding::ItemRef(item_ref) => Some((item_ref, missing)),
            Binding::Value(value) => self.stands(value).map(|(item_ref, _)| (item_ref, missing)),
            Binding::Unknown(_) => None,
        }
    }

    fn step_name(self, step: &Step<'m>) -> Option<String> {
        match step {
            Step::Field(_, name) => Some((*name).to_owned()),
            Step::Item(key, _) | Step::Pick(key, _) => match self.evaluate(key).ok()? {
                Value::Int(number) => Some(number.to_string()),
                value => value.as_text().map(str::to_owned),
            },
        }
    }

    fn item_location(self, item_ref: ItemRef<'m>, missing: Vec<String>) -> Option<Location> {
        let home = item_ref.home;
        let mut way = Vec::new();
        if !leads_to(&home.root, item_ref.item, &mut way) {
            return None;
        }
        let mut around = ItemRef::whole(home);
        let mut stops = Vec::new();
        for inside in way {
            let stop = self.stop(around, inside);
            around = around.inner(stop.item);
            stops.push(stop);
        }
        Some(self.describe(&Trail { home, stops, missing }))
    }

    fn stop(self, around: ItemRef<'m>, inside: Inside<'m>) -> Stop<'m> {
        match inside {
            Inside::Member(id, member) => {
                member_stop(around.home, self.frame.schema.record(id).at(member.field).name, member)
            }
            Inside::NamedItem(named) => named_stop(around.home, named),
            Inside::Item(index, item) => self.item_stop(around, index, item),
        }
    }

    fn item_stop(self, list: ItemRef<'m>, index: usize, item: &'m Item) -> Stop<'m> {
        let tree = &list.home.tree;
        if let manifest::Value::Record(id, _) = &item.value {
            let known_by = self.frame.schema.record(*id).known_by;
            if let Some(member) = known_by.and_then(|field| item.member(field)) {
                let step = PointerStep::Key(list.home.text(&member.item).into());
                return Stop { step, key: Some(tree.span(member.item.node)), item };
            }
        }
        // One value that stands for a list of one is underlined by its key.
        let key = (list.item.node != item.node).then(|| first_line(list.home, tree.span(item.node)));
        Stop { step: PointerStep::Index(index), key, item }
    }

    /// What has a place among values: an item, and what flows between systems, at the reference that says so.
    fn stands(self, value: Value<'m>) -> Option<Anchor<'m>> {
        match value {
            Value::Item(item_ref) => Some((item_ref, Vec::new())),
            Value::Edge(id) => {
                let edge = self.edge(id)?;
                Some((ItemRef { item: edge.item, named: None, home: edge.home }, Vec::new()))
            }
            _ => None,
        }
    }

    fn describe(self, trail: &Trail<'m>) -> Location {
        let missing = trail.missing.iter().map(|name| PointerStep::Key(name.as_str().into()));
        let pointer: Pointer = trail.stops.iter().map(|stop| stop.step.clone()).chain(missing).collect();
        let names: Vec<Cow<'_, str>> = pointer.steps().iter().map(PointerStep::text).collect();
        let end = trail.stops.last();
        let answered = end.is_none_or(|stop| stop.item.answered());
        let written = trail.missing.is_empty() && answered;
        // What is missing inside something that is decided against is as decided.
        let against = end.is_some_and(|stop| matches!(stop.item.value, manifest::Value::Against(_)));
        let section_written = trail.stops.first().is_some_and(|stop| stop.item.answered());
        let root = self.frame.schema.record(trail.home.schema.root);
        let section = names.first().filter(|_| !section_written).and_then(|name| root.field(name));
        let missing_section = section.map(|(_, field)| field.name);
        let path = dotted(&names);
        let span = match end {
            Some(stop) if written => own_span(trail, stop),
            Some(stop) => drafted_key(trail, stop).unwrap_or_else(|| key_span(trail)),
            None => document_span(trail.home),
        };
        let undecided = end.filter(|_| !written).and_then(|stop| trail.home.undecided_at(stop.item.node));
        let undecided = undecided.filter(|place| matches!(place.why, Why::Placeholder | Why::Draft));
        Location {
            source: Arc::clone(trail.home.source()),
            span,
            pointer,
            path,
            written: written || against,
            missing_section,
            undecided: undecided.map(|place| (place.part, place.why)),
        }
    }
}

/// The way to `wanted` from a value around it, if that holds it: the whole manifest may be searched for it, so that names
/// are left for later.
fn leads_to<'m>(around: &'m Item, wanted: &'m Item, way: &mut Vec<Inside<'m>>) -> bool {
    if std::ptr::eq(around, wanted) {
        return true;
    }
    let mut visit = |inside: Inside<'m>, item: &'m Item| {
        way.push(inside);
        let found = leads_to(item, wanted, way);
        if !found {
            way.pop();
        }
        found
    };
    match &around.value {
        manifest::Value::Record(id, members) => {
            members.iter().any(|member| visit(Inside::Member(*id, member), &member.item))
        }
        manifest::Value::Map(named) => named.iter().any(|named| visit(Inside::NamedItem(named), &named.item)),
        manifest::Value::List(items) => {
            items.iter().enumerate().any(|(index, item)| visit(Inside::Item(index, item), item))
        }
        _ => false,
    }
}

fn member_stop<'m>(home: &Manifest, name: &str, member: &'m Member) -> Stop<'m> {
    Stop { step: PointerStep::Key(name.into()), key: own_key(home, member.key, &member.item), item: &member.item }
}

fn named_stop<'m>(home: &Manifest, named: &'m NamedItem) -> Stop<'m> {
    Stop { step: PointerStep::Key(named.name.clone()), key: own_key(home, named.key, &named.item), item: &named.item }
}

/// The key, unless it is the value itself, as in short forms and items without a name.
fn own_key(home: &Manifest, key: Span, item: &Item) -> Option<Span> {
    (key != home.tree.span(item.node)).then_some(key)
}

/// What is underlined for something that is written.
fn own_span(trail: &Trail<'_>, stop: &Stop<'_>) -> Span {
    let tree = &trail.home.tree;
    let span = tree.span(stop.item.node);
    let block = match &tree.node(tree.resolve(stop.item.node)).shape {
        Shape::Sequence(list) => !list.flow,
        Shape::Mapping(_) => true,
        Shape::Scalar(_) | Shape::Alias(_) => false,
    };
    let whole = match &stop.item.value {
        manifest::Value::Record(..) | manifest::Value::Map(_) => true,
        // A reasoned "none" in a mapping is underlined by its reason.
        manifest::Value::Against(reason) => return first_line(trail.home, tree.span(*reason)),
        _ => block,
    };
    if whole { key_span(trail) } else { first_line(trail.home, span) }
}

/// The key of the last stop that has one.
fn key_span(trail: &Trail<'_>) -> Span {
    trail.stops.iter().rev().find_map(|stop| stop.key).unwrap_or_else(|| document_span(trail.home))
}

/// The key that a draft has at a place, where it has one: the answer goes there.
fn drafted_key(trail: &Trail<'_>, stop: &Stop<'_>) -> Option<Span> {
    let tree = &trail.home.tree;
    if !matches!(stop.item.value, manifest::Value::Undecided)
        || matches!(tree.node(stop.item.node).shape, Shape::Alias(_))
    {
        return None;
    }
    let mut here = stop.item.node;
    let mut key = None;
    for name in &trail.missing {
        let Some(entry) = tree.get(here, name).filter(|entry| entry.merged_by.is_none()) else { break };
        (here, key) = (entry.value, Some(entry.key_span));
    }
    key
}

/// What stands for the whole document: the value of `name`, else the first key.
fn document_span(home: &Manifest) -> Span {
    if let Some(name) = home.section(manifest::names::NAME).filter(|name| name.decided()) {
        return home.tree.span(name.node);
    }
    match home.tree.entries(home.tree.root()).first() {
        Some(entry) => entry.key_span,
        None => first_line(home, home.tree.span(home.tree.root())),
    }
}

/// The first line of a span, without the blanks at its end.
fn first_line(home: &Manifest, span: Span) -> Span {
    let text = home.source().slice(span);
    let line = text.lines().next().unwrap_or_default().trim_end();
    if text.is_empty() { span } else { span.part(0..line.len()) }
}

/// Names with dots between them; a name that holds a dot stands in brackets.
fn dotted(names: &[Cow<'_, str>]) -> String {
    let mut path = String::new();
    for name in names {
        if name.contains('.') {
            path.push_str(&format!("[{name}]"));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
    }
    path
}
