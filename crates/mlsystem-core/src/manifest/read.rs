//! Reads a tree by the declaration of the format: every value is typed, every error of shape is reported, and nothing
//! stops at the first.

use std::collections::HashMap;
use std::sync::Arc;

use super::expansion::Expansion;
use super::expected::wanted;
use super::leaf::{leaf, quantity, shortened, takes_list, takes_mapping};
use super::reporter::{PathStep, Reporter, first_line};
use super::undecided::Why;
use super::{Item, Manifest, Member, NamedItem, Value};
use super::{keys, metrics, names, placeholders, resolve, settle, undecided};
use crate::edit;
use crate::finding::{Applicability, Finding, Kind, Severity};
use crate::lookalike;
use crate::schema::{Field, FieldPath, RecordId, Schema, Type, field_path};
use crate::source::Span;
use crate::tree::{Entry, NodeId, Shape, Style, Tree, disguise};
use crate::units::{self, ScalarType};

/// The places whose mapping may stand for one item without a name, and how that item is then called.
pub const SINGLE: [(FieldPath, &str); 3] = [
    (field_path!(manifest: "models"), "model"),
    (field_path!(manifest: "data.sources"), "source"),
    (field_path!(manifest: "data.datasets"), "dataset"),
];

/// The section of what is accepted, in which nothing is decided against.
const WAIVERS: FieldPath = field_path!(manifest: "waivers");

/// Reads the manifest in `tree`. Everything that is wrong with its shape is in the findings, in no particular order; what
/// could not be read is [`Value::Unreadable`] at its place, and all else is typed.
pub fn read(tree: &Arc<Tree>, schema: &'static Schema) -> (Manifest, Vec<Finding>) {
    let (mut manifest, mut findings) = written(tree, schema);
    let drafts = if schema.is_versioned() { tree.drafts() } else { HashMap::new() };
    if !(drafts.is_empty() && manifest.undecided.is_empty()) {
        settle::settle(&mut manifest, schema, &drafts);
        findings.extend(placeholders::named(&manifest));
    }
    let dangling = resolve::references(&mut manifest, schema, &mut findings);
    findings.extend(dangling);
    findings.extend(metrics::settle(&mut manifest));
    one_for_each_place(&mut findings);
    (manifest, findings)
}

/// Reads a manifest with its drafts and unsaid items as values; nothing is reported.
pub fn as_written(tree: &Arc<Tree>, schema: &'static Schema) -> Manifest {
    let (mut manifest, _) = written(tree, schema);
    resolve::references(&mut manifest, schema, &mut Vec::new());
    metrics::settle(&mut manifest);
    manifest
}

/// Reads what is written, drafts among it, with the names that it defines and what is wrong with its shape.
fn written(tree: &Arc<Tree>, schema: &'static Schema) -> (Manifest, Vec<Finding>) {
    let mut reader = Reader { schema, reporter: Reporter::new(tree), references: 0 };
    let root = reader.document();
    let undecided = reader.reporter.take_undecided();
    let mut manifest = Manifest::new(schema, Arc::clone(tree), root, undecided);
    names::collect(&mut manifest, schema);
    (manifest, reader.reporter.finish())
}

/// What a merge key brings in several times is read as often, and reported once.
fn one_for_each_place(findings: &mut Vec<Finding>) {
    let mut seen = std::collections::HashSet::new();
    findings.retain(|finding| seen.insert((finding.name.clone(), finding.primary.span, finding.message.clone())));
}

struct Reader<'t> {
    schema: &'static Schema,
    reporter: Reporter<'t>,
    /// How many references were read.
    references: u32,
}

impl<'t> Reader<'t> {
    fn tree(&self) -> &'t Tree {
        self.reporter.tree
    }

    fn document(&mut self) -> Item {
        let tree = self.tree();
        let node = tree.root();
        if let Shape::Mapping(_) = tree.node(tree.resolve(node)).shape {
            let members = self.members(node, self.schema.root);
            return Item { node, value: Value::Record(self.schema.root, members) };
        }
        let text = tree.text(node).unwrap_or_default();
        let (message, help) = if text.trim().is_empty() && tree.items(node).is_empty() {
            (format!("the {} is empty", self.schema.document), keys::begin(self.schema))
        } else if let Some((key, value)) = slipped_colon(text) {
            ("a blank is missing after the colon".to_owned(), format!("write `{key}: {value}`"))
        } else {
            (format!("the {} is no mapping of keys to values", self.schema.document), keys::begin(self.schema))
        };
        let span = first_line(tree, tree.span(node));
        self.reporter.report("wrong-type", Kind::Reference, Severity::Error, message, span, "");
        self.reporter.help(help);
        Item { node, value: Value::Record(self.schema.root, Vec::new()) }
    }

    /// The written fields of a record, and what is wrong with its keys.
    fn members(&mut self, node: NodeId, id: RecordId) -> Vec<Member> {
        let tree = self.tree();
        let record = self.schema.record(id);
        let entries = tree.entries(node);
        let mut members = Vec::with_capacity(entries.len());
        let mut unknown = Vec::new();
        let mut next = 0;
        for (index, entry) in entries.iter().enumerate() {
            let Some((field, declared)) = record.field_from(next, &entry.key) else {
                // A "none" beside other keys was reported as a contradiction already.
                if !keys::free(&entry.key)
                    && (id == self.schema.root || !undecided::none_words(self.reporter.key()).contains(&&*entry.key))
                {
                    unknown.push(index);
                    members.extend(self.misspelt(entry, id, entries, &members));
                }
                continue;
            };
            next = field + 1;
            self.reporter.enter(PathStep::Key(declared.name));
            let value = self.value(entry.value, declared.of, may_be_decided_against(id, declared));
            self.reporter.leave();
            members.push(Member { field, key: entry.key_span, item: Item { node: entry.value, value } });
        }
        keys::report_unknown(&mut self.reporter, self.schema, record, node, &unknown, &members);
        keys::report_missing(&mut self.reporter, self.schema, record, node, &members);
        members
    }

    /// The field that an unknown key most likely means, so that a slip of the pen is one finding, and not also everything
    /// that is missing without the field. Where the value does not fit the field, it is written and cannot be read.
    fn misspelt(&mut self, entry: &Entry, id: RecordId, entries: &[Entry], members: &[Member]) -> Option<Member> {
        let record = self.schema.record(id);
        // Few fields are near, and only of those it is asked whether they are written: there may be very many keys.
        let (near, _) = units::meant(&keys::plain(&entry.key), record.fields.iter().map(|field| field.name));
        let near = near.into_iter().find(|name| entries.iter().all(|other| *other.key != **name))?;
        let (field, declared) = record.field(near)?;
        if members.iter().any(|member| member.field == field) {
            return None;
        }
        let before = self.reporter.count();
        self.reporter.enter(PathStep::Key(declared.name));
        let value = self.value(entry.value, declared.of, may_be_decided_against(id, declared));
        self.reporter.leave();
        if matches!(value, Value::Unreadable) {
            self.reporter.rollback_to(before);
        }
        Some(Member { field, key: entry.key_span, item: Item { node: entry.value, value } })
    }

    /// Reads one value as `of`. `against` says whether "none, because" may stand here.
    fn value(&mut self, node: NodeId, of: Type, against: bool) -> Value {
        let tree = self.tree();
        let resolved = tree.node(tree.resolve(node));
        match &resolved.shape {
            Shape::Scalar(scalar) => {
                let text = units::trimmed(tree.text(node).unwrap_or_default());
                if undecided::empty(text, scalar.style == Style::Plain) {
                    self.note_swallowed_channel(node, of);
                    return self.undecided(node, Why::Empty);
                }
                if let Some(value) = self.decided_against(node, text, of, against) {
                    return value;
                }
                self.read_scalar(node, text, of)
            }
            Shape::Mapping(_) => {
                if let Some(value) = self.against_mapping(node, of, against) {
                    return value;
                }
                match tree.entries(node).is_empty() {
                    true => self.undecided(node, Why::Empty),
                    false => self.read_mapping(node, of),
                }
            }
            Shape::Sequence(_) if tree.items(node).is_empty() => self.undecided(node, Why::Empty),
            Shape::Sequence(_) => self.read_sequence(node, of),
            Shape::Alias(_) => Value::Unreadable,
        }
    }

    /// What a scalar says when it is no value of its type: a bare "none", a placeholder, or a reasoned "none" in quotes.
    fn decided_against(&mut self, node: NodeId, text: &str, of: Type, against: bool) -> Option<Value> {
        if undecided::listed(of, text) {
            // A licence that is `unknown` is a word of the format, and no decision.
            return undecided::unknown_licence(of, text).then_some(Value::Undecided);
        }
        if units::is_bare_none(text) {
            return Some(self.undecided(node, Why::NoReason));
        }
        let reason = undecided::reason_in_text(text, self.reporter.key()).filter(|_| against);
        let said = reason.unwrap_or(text);
        // Front matter and what files say hold expressions, in which brackets and marks have a meaning of their own.
        let waits = match self.schema.is_versioned() {
            true => units::is_placeholder(said),
            false => units::is_placeholder_alone(said),
        };
        if waits {
            return Some(self.undecided(node, Why::Placeholder));
        }
        let reason = reason?;
        Some(match undecided::gives_reason(reason, self.reporter.key()) {
            true => Value::Against(node),
            false => self.undecided(node, Why::NoReason),
        })
    }

    /// Notes that the text at a node, or nothing, decides nothing.
    fn undecided(&mut self, node: NodeId, why: Why) -> Value {
        // A waiver without a reason is thin, and is reported as that.
        if self.reporter.inside(WAIVERS) {
            return Value::Undecided;
        }
        let tree = self.tree();
        let (span, target) = (tree.span(node), tree.span(tree.resolve(node)));
        // Of a long text the placeholder in it is shown, where it stands in the source as it is.
        let part = units::placeholder_in(tree.text(node).unwrap_or_default()).filter(|_| span == target);
        let part = part.and_then(|part| tree.text(node)?.get(part)).and_then(|part| {
            let at = tree.source().slice(span).find(part)?;
            Some(span.part(at..at + part.len()))
        });
        self.reporter.undecided(node, part.unwrap_or_else(|| first_line(tree, span)), why);
        Value::Undecided
    }

    /// `{none: reason}`, which may stand in place of nearly any value.
    fn against_mapping(&mut self, node: NodeId, of: Type, against: bool) -> Option<Value> {
        let tree = self.tree();
        let key = self.reporter.key();
        let said = tree.entries(node).iter().find(|entry| undecided::none_words(key).contains(&&*entry.key))?;
        if matches!(of, Type::Any) {
            return None;
        }
        if !against {
            let message = format!("`{}` cannot stand for `{key}`", said.key);
            self.reporter.report("wrong-type", Kind::Reference, Severity::Error, message, said.key_span, "");
            return Some(Value::Unreadable);
        }
        let rest: Vec<_> = tree
            .entries(node)
            .iter()
            .filter(|entry| !keys::free(&entry.key) && entry.key_span != said.key_span)
            .collect();
        if keys::report_comma_in(&mut self.reporter, node) {
            return Some(Value::Unreadable);
        }
        if let Some(other) = rest.first() {
            let message = format!("`{key}` is decided against, and described");
            let text = "decided against";
            self.reporter.report(
                "contradictory-duplicate",
                Kind::Contradiction,
                Severity::Error,
                message,
                said.key_span,
                text,
            );
            self.reporter.label(other.key_span, "but described here");
            self.reporter.help(format!("keep `{}: <reason>` alone, or leave it out", said.key));
            return None;
        }
        if !tree.entries(said.value).is_empty() || !tree.items(said.value).is_empty() {
            self.reporter.enter(PathStep::Key(&said.key));
            let value = self.mismatch(said.value, Type::Scalar(ScalarType::Text), "no text");
            self.reporter.leave();
            return Some(value);
        }
        let reason = units::trimmed(tree.text(said.value).unwrap_or_default());
        if undecided::gives_reason(reason, key) {
            return Some(Value::Against(said.value));
        }
        let why = if units::is_placeholder(reason) { Why::Placeholder } else { Why::NoReason };
        Some(self.undecided(said.value, why))
    }

    fn read_mapping(&mut self, node: NodeId, of: Type) -> Value {
        match of {
            Type::Record(id) => Value::Record(id, self.members(node, id)),
            Type::Map(key, item) => self.map(node, *key, *item),
            Type::List(item) => self.list(node, &[node], *item),
            Type::Either(types) => match types.iter().find(|of| takes_mapping(**of)) {
                Some(of) => self.read_mapping(node, *of),
                None => self.mismatch(node, of, "a mapping"),
            },
            Type::Any => Value::Any,
            _ => self.mismatch(node, of, "a mapping"),
        }
    }

    fn read_sequence(&mut self, node: NodeId, of: Type) -> Value {
        match of {
            Type::List(item) => self.list(node, self.tree().items(node), *item),
            Type::Record(id) => match self.short_form(node, id) {
                Some(value) => value,
                None => self.mismatch(node, of, "a list"),
            },
            Type::Either(types) => match types.iter().find(|of| matches!(of, Type::List(_))) {
                Some(of) => self.read_sequence(node, *of),
                None => self.mismatch(node, of, "a list"),
            },
            Type::Any => Value::Any,
            _ => self.mismatch(node, of, "a list"),
        }
    }

    fn read_scalar(&mut self, node: NodeId, text: &str, of: Type) -> Value {
        match of {
            Type::Record(id) => match self.short_form(node, id) {
                Some(value) => value,
                None => {
                    let value = self.mismatch(node, of, &format!("the text `{}`", shortened(text)));
                    self.help_with_fields(node, text, id);
                    value
                }
            },
            Type::Map(..) => self.mismatch(node, of, &format!("the text `{}`", shortened(text))),
            Type::List(_) if is_disguised_list(text) && self.report_disguise(node, of) => Value::Unreadable,
            Type::List(item) => self.list(node, &[node], *item),
            Type::Any => Value::Any,
            _ => match leaf(text, of) {
                Ok(value) => {
                    self.note_unknown_word(node, text, of, &value);
                    self.numbered(value)
                }
                Err(wrong) => {
                    self.reporter.wrong(node, quantity(of), &wrong);
                    let is_name = matches!(of, Type::Scalar(ScalarType::Name)) && units::meant_name(text).is_some();
                    if is_name { Value::Scalar(units::Scalar::Text) } else { Value::Unreadable }
                }
            },
        }
    }

    /// The value, with a number of its own where it is a reference.
    fn numbered(&mut self, mut value: Value) -> Value {
        if let Value::Reference(reference) = &mut value {
            reference.number = self.references;
            self.references += 1;
        }
        value
    }

    /// A scalar or list in place of a record: the field that the record's short form means.
    fn short_form(&mut self, node: NodeId, id: RecordId) -> Option<Value> {
        let record = self.schema.record(id);
        let field = record.short?;
        let declared = record.at(field);
        if matches!(self.tree().node(self.tree().resolve(node)).shape, Shape::Sequence(_)) && !takes_list(declared.of) {
            return None;
        }
        let value = self.value(node, declared.of, false);
        let key = self.tree().span(node);
        let members = vec![Member { field, key, item: Item { node, value } }];
        keys::report_missing(&mut self.reporter, self.schema, record, node, &members);
        Some(Value::Record(id, members))
    }

    fn list(&mut self, whole: NodeId, nodes: &[NodeId], of: Type) -> Value {
        let tree = self.tree();
        let record = match of {
            Type::Record(id) => Some(self.schema.record(id)),
            _ => None,
        };
        let mut items = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let written = nodes.len() > 1 || *node != whole;
            if written && matches!(tree.node(tree.resolve(*node)).shape, Shape::Sequence(_)) && !takes_list(of) {
                let message = "a list stands in a list".to_owned();
                let span = first_line(tree, tree.span(*node));
                self.reporter.report("wrong-type", Kind::Reference, Severity::Error, message, span, "");
                items.push(Item { node: *node, value: Value::Unreadable });
                continue;
            }
            let step = self.reporter.item_step(index, *node, record);
            if written {
                self.reporter.enter(step);
            }
            let value = self.value(*node, of, false);
            if written {
                self.reporter.leave();
            }
            if !matches!(value, Value::Undecided) {
                items.push(Item { node: *node, value });
            }
        }
        if items.is_empty() {
            return Value::Undecided;
        }
        keys::report_repeated(&mut self.reporter, &items, record);
        Value::List(items)
    }

    fn map(&mut self, node: NodeId, key: Type, of: Type) -> Value {
        let tree = self.tree();
        if let Some(name) = unnamed(tree, self.schema, node, of) {
            let value = self.read_mapping(node, of);
            let key = tree.span(node);
            return Value::Map(vec![NamedItem { name: name.into(), key, typed_key: None, item: Item { node, value } }]);
        }
        let mut items = Vec::new();
        for entry in tree.entries(node) {
            if keys::free(&entry.key) {
                continue;
            }
            let (name, typed_key) = match self.map_key(entry, key) {
                Ok(typed_key) => (entry.key.clone(), typed_key),
                Err(Some(meant)) if tree.get(node, &meant).is_none() => (meant, None),
                Err(_) => continue,
            };
            self.reporter.enter(PathStep::Key(&entry.key));
            let value = self.value(entry.value, of, true);
            self.reporter.leave();
            let item = Item { node: entry.value, value };
            items.push(NamedItem { name, key: entry.key_span, typed_key, item });
        }
        if items.is_empty() { Value::Undecided } else { Value::Map(items) }
    }

    /// The type of a map's key: a plain name needs no more than to be one; other keys are typed like values.
    /// Of a key that is wrong, the name that it was certainly meant as.
    fn map_key(&mut self, entry: &'t crate::tree::Entry, of: Type) -> Result<Option<Box<Value>>, Option<Box<str>>> {
        let read = leaf(&entry.key, of);
        match (read, of) {
            (Ok(_), Type::Scalar(ScalarType::Name)) => Ok(None),
            (Ok(value), _) => Ok(Some(Box::new(self.numbered(value)))),
            (Err(wrong), _) => {
                let (name, kind) =
                    if quantity(of) { ("bad-quantity", Kind::Quantity) } else { ("wrong-type", Kind::Reference) };
                self.reporter.enter(PathStep::Key(&entry.key));
                self.reporter.report(name, kind, Severity::Error, wrong.message.clone(), entry.key_span, "");
                if let Some(help) = super::reporter::help_for(&wrong) {
                    self.reporter.help(help);
                }
                if entry.merged_by.is_none() {
                    self.reporter.propose(entry.key_span, &wrong);
                }
                self.reporter.leave();
                let is_name = matches!(of, Type::Scalar(ScalarType::Name));
                Err(units::meant_name(&entry.key).filter(|_| is_name).map(|meant| (*meant).into()))
            }
        }
    }

    /// Marks of YAML that are other characters make text of what was meant as keys and items.
    fn report_disguise(&mut self, node: NodeId, of: Type) -> bool {
        let (tree, span) = (self.tree(), self.tree().span(node));
        let written = tree.source().slice(span);
        let plain = matches!(&tree.node(node).shape, Shape::Scalar(scalar) if scalar.style == Style::Plain);
        if !plain || written.is_ascii() {
            return false;
        }
        let Some(disguise) = disguise(tree.source(), span.start as usize..span.end as usize) else { return false };
        let label = format!("expected {}", wanted(of));
        self.reporter.report("wrong-type", Kind::Reference, Severity::Error, disguise.message, disguise.span, &label);
        self.reporter.help(disguise.help);
        self.reporter.add_fix(disguise.fix);
        true
    }

    fn mismatch(&mut self, node: NodeId, of: Type, found: &str) -> Value {
        if self.report_disguise(node, of) {
            return Value::Unreadable;
        }
        let key = self.reporter.key();
        let span = first_line(self.tree(), self.tree().span(node));
        let label = format!("expected {}", wanted(of));
        if let Some(expansion) = Expansion::at(self.tree(), node) {
            let message = expansion.message();
            self.reporter.report("wrong-type", Kind::Reference, Severity::Error, message, span, &label);
            self.reporter.help(expansion.help("section"));
            return Value::Unreadable;
        }
        let message = format!("`{key}` is {found}");
        self.reporter.report("wrong-type", Kind::Reference, Severity::Error, message, span, &label);
        Value::Unreadable
    }

    /// Says which fields of the record would take a scalar that stands in its place.
    fn help_with_fields(&mut self, node: NodeId, text: &str, id: RecordId) {
        let record = self.schema.record(id);
        let takes =
            |field: &&Field| matches!(field.of, Type::Scalar(of) if of.is_quantity()) && leaf(text, field.of).is_ok();
        let names: Vec<&str> = record.fields.iter().filter(takes).map(|field| field.name).collect();
        if let [first, others @ ..] = names.as_slice() {
            let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
            let or = match others.as_slice() {
                [] => String::new(),
                others => format!(", or {} in place of `{first}`", super::expected::alternatives(others, "or")),
            };
            self.reporter.help(format!("say which: `{}: {{{first}: {text}}}`{or}", self.reporter.key()));
            let (tree, span) = (self.tree(), self.tree().span(node));
            let written = tree.source().slice(span);
            if tree.resolve(node) == node && !written.starts_with(['|', '>']) {
                for name in names {
                    let title = format!("write `{{{name}: {text}}}`");
                    self.reporter.fix(title, Applicability::Unsafe, span, format!("{{{name}: {written}}}"));
                }
            }
        }
    }

    /// `contact: #ops`: an unquoted channel is a comment to YAML, and nothing is left of the value.
    fn note_swallowed_channel(&mut self, node: NodeId, of: Type) {
        let span = self.tree().span(node);
        let takes_team = |of: Type| matches!(of, Type::Scalar(ScalarType::Team));
        let team = takes_team(of)
            || matches!(of, Type::List(of) if takes_team(*of))
            || matches!(of, Type::Record(id) if {
                let record = self.schema.record(id);
                record.short.is_some_and(|short| takes_team(record.at(short).of))
            });
        if !team || !span.is_empty() {
            return;
        }
        let source = self.tree().source();
        let rest = source.text().get(span.end as usize..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let channel = line.split_whitespace().next().unwrap_or_default();
        if channel.len() > 1 && channel.starts_with('#') && !channel[1..].starts_with('#') {
            let start = span.end as usize + line.find('#').unwrap_or(0);
            let channel_span = Span::new(start, start + channel.len());
            let message = format!("`{}` is a comment to YAML", shortened(channel));
            self.reporter.report(
                "wrong-type",
                Kind::Reference,
                Severity::Error,
                message,
                channel_span,
                "no value is left",
            );
            self.reporter.help(format!("quote it: `\"{channel}\"`"));
            self.reporter.fix("quote it", Applicability::Safe, channel_span, edit::quoted(channel));
        }
    }

    /// A word that an open enumeration does not list is legal; one that is nearly a listed word is worth a word.
    fn note_unknown_word(&mut self, node: NodeId, text: &str, of: Type, value: &Value) {
        let (Type::Words { words, open: true }, Value::Word(None)) = (of, value) else { return };
        let folded = units::fold(text);
        let length = folded.chars().count();
        let far = if length >= 7 { 2 } else { 1 };
        // Folding may take a letter off the end of a word. What is too unlike in length is not compared.
        let may_be_near = |word: &&&str| word.chars().count().abs_diff(length) <= far + 1;
        let near =
            words.iter().filter(may_be_near).find(|word| strsim::osa_distance(&folded, &units::fold(word)) <= far);
        if let Some(word) = near {
            let message = format!("`{}` is no known word here", shortened(text));
            let span = self.tree().span(node);
            self.reporter.report(
                "unknown-word",
                Kind::Reference,
                Severity::Advice,
                message,
                span,
                "legal, but no lint knows it",
            );
            self.reporter.help(format!("write `{word}` if that is meant"));
            self.reporter.rewrite(span, &[(word, false)]);
        }
    }
}

/// Whether the mapping at `node`, which stands where named items of type `of` may, is one item without a name, and how
/// that is then called: one of its keys is a field of the item, and its value no mapping.
pub fn unnamed(tree: &Tree, schema: &'static Schema, node: NodeId, of: Type) -> Option<&'static str> {
    let Type::Record(id) = of else { return None };
    let record = schema.record(id);
    let (_, name) = SINGLE.iter().find(|(place, _)| place.holds_items_of(record.path))?;
    let plain = |value| !matches!(tree.node(tree.resolve(value)).shape, Shape::Mapping(_));
    let is_field = |entry: &crate::tree::Entry| record.field(&entry.key).is_some() && plain(entry.value);
    tree.entries(node).iter().any(is_field).then_some(*name)
}

/// Whether a field may be decided against: what the reader demands may not, nor may the waivers.
pub fn may_be_decided_against(record: RecordId, field: &Field) -> bool {
    !(field.demanded || record == Schema::ROOT && field.name == WAIVERS.text())
}

/// Whether a text begins like an item of a list, with another dash or blank: `– clicks`.
fn is_disguised_list(text: &str) -> bool {
    let mut letters = text.chars();
    let dash = letters.next().is_some_and(|c| c == '-' || lookalike::looks_like(c, '-'));
    dash && letters.next().is_some_and(|c| c == ' ' || lookalike::is_blank(c))
}

/// `key:value` at the start of a text that was meant as a mapping.
fn slipped_colon(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_whitespace().next()?.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    (is_key && !value.is_empty() && !value.starts_with('/')).then_some((key, value))
}
