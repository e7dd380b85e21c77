//! What an evaluation sees besides its expression.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use super::index::Indexes;
use super::memo::{Memo, MemoEntry};
use crate::expression::{Condition, ItemRef, Let, Table, Unknown, Value};
use crate::facts::{Facts, RepositoryView};
use crate::manifest::{self, Item, Manifest};
use crate::schema::Schema;
use crate::source::{Source, Span};
use crate::units::Date;

/// How many steps one evaluation may take: a thousand times what a large lint takes on a large manifest.
const STEPS: u64 = 2_000_000;

/// How many steps all evaluations over one manifest may take together: some lints hold every item against every other,
/// and a manifest of 30,000 lines may reach it. A loop within a loop of a lint has its bound here.
const ALL_STEPS: u64 = 10_000_000;

/// How many bytes the texts and lists may take together that one evaluation makes: more than a large lint makes of a large
/// manifest.
const BYTES: u64 = 16_000_000;

/// What an evaluation sees besides its expression: the manifest, the day, the tables, and the values of loop variables.
#[derive(Debug)]
pub struct Frame<'m> {
    /// The format.
    pub schema: &'static Schema,
    /// The manifest that is judged.
    pub manifest: &'m Manifest,
    /// The workspace that it belongs to, where it belongs to one.
    facts: Option<&'m Facts<'m>>,
    /// What it sees of its repository, where that is known.
    view: Option<&'m RepositoryView<'m>>,
    /// The day of the check.
    pub today: Date,
    pub(in crate::expression) tables: &'m [Table<'m>],
    locals: Vec<Binding<'m>>,
    /// The top-level fields of the manifest, by their numbers: nearly every path begins with one.
    sections: Vec<Option<&'m Item>>,
    steps: Steps,
    blind: Cell<bool>,
    wants: Option<RefCell<Vec<Cow<'m, str>>>>,
    /// What was looked at last in a file of the repository, where that is kept.
    witness: Option<RefCell<Option<Witness>>>,
    memo: RefCell<Memo<'m>>,
    pub(super) indexes: Indexes<'m>,
}

/// A place in a file: its text and the bytes.
pub type Witness = (Arc<Source>, Span);

/// The steps that were taken over this manifest, and how many may have been before the present evaluation is too long; the
/// same of what was made.
#[derive(Debug, Default)]
struct Steps {
    taken: Cell<u64>,
    until: Cell<u64>,
    /// The bytes that were made, and how many may have been.
    made: Cell<u64>,
    made_until: Cell<u64>,
}

/// The value of a variable.
#[derive(Debug, Clone)]
pub enum Binding<'m> {
    /// A value of the manifest, with its place.
    ItemRef(ItemRef<'m>),
    /// A value that an expression made.
    Value(Value<'m>),
    /// No value.
    Unknown(Unknown),
}

impl<'m> Frame<'m> {
    /// A frame without loop variables and tables.
    pub fn new(schema: &'static Schema, manifest: &'m Manifest, today: Date) -> Self {
        let mut sections = vec![None; schema.record(manifest.schema.root).fields.len()];
        if let manifest::Value::Record(_, members) = &manifest.root.value {
            for member in members {
                if let Some(section) = sections.get_mut(usize::from(member.field)) {
                    section.get_or_insert(&member.item);
                }
            }
        }
        Self {
            schema,
            manifest,
            facts: None,
            view: None,
            today,
            tables: &[],
            locals: Vec::new(),
            sections,
            steps: Steps::default(),
            blind: Cell::new(false),
            wants: None,
            witness: None,
            memo: RefCell::default(),
            indexes: Indexes::default(),
        }
    }

    /// The same frame with the tables that expressions were compiled with.
    #[must_use]
    pub fn with_tables(mut self, tables: &'m [Table<'m>]) -> Self {
        self.tables = tables;
        self
    }

    /// The same frame with the workspace that the manifest belongs to.
    #[must_use]
    pub fn within(mut self, facts: Option<&'m Facts<'m>>) -> Self {
        self.facts = facts;
        self
    }

    /// The same frame with what the manifest sees of its repository.
    #[must_use]
    pub fn seeing(mut self, view: Option<&'m RepositoryView<'m>>) -> Self {
        self.view = view;
        self
    }

    /// The same frame, which also keeps the places that were read and are not written.
    #[must_use]
    pub fn keeping_wants(mut self) -> Self {
        self.wants = Some(RefCell::default());
        self
    }

    /// The same frame, which also keeps what was looked at last in a file of the repository.
    #[must_use]
    pub fn keeping_witnesses(mut self) -> Self {
        self.witness = Some(RefCell::default());
        self
    }

    /// The place in a file of the repository that was looked at last, since the last call.
    pub fn take_witness(&self) -> Option<Witness> {
        self.witness.as_ref()?.take()
    }

    /// Keeps a place as the one that was looked at last, where it stands in a file of the repository.
    pub(in crate::expression) fn look_at(&self, item_ref: ItemRef<'m>) {
        if let Some(witness) = &self.witness
            && self.is_evidence(item_ref.home)
        {
            let span = item_ref.home.tree.span(item_ref.item.node);
            let line = item_ref.home.source().slice(span).lines().next().unwrap_or_default().len();
            witness.replace(Some((Arc::clone(item_ref.home.source()), span.part(0..line))));
        }
    }

    /// Whether a document is what a file of the repository says.
    pub(in crate::expression) fn is_evidence(&self, home: &Manifest) -> bool {
        self.view.is_some_and(|view| view.path_of(home).is_some())
    }

    /// Adds the value of the next loop variable.
    pub fn push(&mut self, local: Binding<'m>) {
        self.locals.push(local);
    }

    /// Forgets all loop variables but the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.locals.truncate(count);
        self.memo.get_mut().truncate(count);
    }

    /// Forgets all loop variables, and what else is of one lint alone.
    pub fn clear(&mut self) {
        self.locals.clear();
        self.memo.get_mut().clear();
    }

    /// The values of the loop variables.
    pub fn locals(&self) -> &[Binding<'m>] {
        &self.locals
    }

    /// The top-level field of this number, where it is written.
    pub(in crate::expression) fn section(&self, number: u16) -> Option<&'m Item> {
        self.sections.get(usize::from(number)).copied().flatten()
    }

    /// The places of the format that evaluations since the last call read and found unwritten, each once.
    pub fn take_wants(&self) -> Vec<Cow<'m, str>> {
        let Some(wants) = &self.wants else { return Vec::new() };
        let mut found = std::mem::take(&mut *wants.borrow_mut());
        if found.is_empty() {
            return found;
        }
        let mut seen = HashSet::new();
        // What a variable of a macro stands for has no path of its own in the format.
        let root = self.schema.record(Schema::ROOT);
        found.retain(|want| want.split(['.', '[']).next().is_some_and(|first| root.field(first).is_some()));
        found.retain(|want| seen.insert(want.clone()));
        found
    }

    /// Whether evaluations since the last call asked for other systems or for files where no workspace and no repository
    /// is known.
    pub fn take_blind(&self) -> bool {
        self.blind.take()
    }

    pub(in crate::expression) fn facts(&self) -> Option<&'m Facts<'m>> {
        if self.facts.is_none() {
            self.blind.set(true);
        }
        self.facts
    }

    pub(in crate::expression) fn view(&self) -> Option<&'m RepositoryView<'m>> {
        if self.view.is_none() {
            self.blind.set(true);
        }
        self.view
    }

    pub(in crate::expression) fn want(&self, place: &'m str) {
        if let Some(wants) = &self.wants {
            wants.borrow_mut().push(Cow::Borrowed(place));
        }
    }

    /// As [`Frame::want`], for a place that the manifest itself names.
    pub(in crate::expression) fn want_named(&self, place: &str) {
        if let Some(wants) = &self.wants {
            wants.borrow_mut().push(Cow::Owned(place.to_owned()));
        }
    }

    /// How many places are kept; [`Frame::forget_wants`] goes back to it when an unknown turns out not to matter.
    pub(in crate::expression) fn wants(&self) -> usize {
        self.wants.as_ref().map_or(0, |wants| wants.borrow().len())
    }

    pub(in crate::expression) fn forget_wants(&self, count: usize) {
        if let Some(wants) = &self.wants {
            wants.borrow_mut().truncate(count);
        }
    }

    /// What a named expression comes to: `work_out` is asked once as long as the loop variables hold that it reads.
    pub(in crate::expression) fn named(
        &self,
        named: &'m Let<'m>,
        work_out: impl FnOnce() -> Result<Value<'m>, Unknown>,
    ) -> Result<Value<'m>, Unknown> {
        if self.witness.is_some() {
            return work_out();
        }
        if let Some(known) = self.memo.borrow().named(named) {
            return self.recall(known);
        }
        let made = self.steps.made.get();
        let answer = self.answer(work_out);
        let value = answer.value.clone();
        if !matches!(value, Err(Unknown::TooLong)) {
            self.memo.borrow_mut().keep_named(named, answer, self.steps.made.get() - made);
        }
        value
    }

    /// What a shared condition without a parameter comes to, which is worked out once for each manifest.
    pub(in crate::expression) fn condition(
        &self,
        condition: &'m Condition<'m>,
        work_out: impl FnOnce() -> Result<Value<'m>, Unknown>,
    ) -> Result<Value<'m>, Unknown> {
        if self.witness.is_some() {
            return work_out();
        }
        if let Some(known) = self.memo.borrow().condition(condition) {
            return self.recall(known);
        }
        let made = self.steps.made.get();
        let answer = self.answer(work_out);
        let value = answer.value.clone();
        if !matches!(value, Err(Unknown::TooLong)) {
            self.memo.borrow_mut().keep_condition(condition, answer, self.steps.made.get() - made);
        }
        value
    }

    /// What a shared condition comes to for an item, which is worked out once for each item where it is true or false and
    /// rests on nothing else.
    pub(in crate::expression) fn condition_of(
        &self,
        condition: &'m Condition<'m>,
        item_ref: ItemRef<'m>,
        work_out: impl FnOnce() -> Result<Value<'m>, Unknown>,
    ) -> Result<Value<'m>, Unknown> {
        if self.witness.is_some() {
            return work_out();
        }
        if let Some(truth) = self.memo.borrow().of_item(condition, item_ref) {
            return Ok(Value::Bool(truth));
        }
        let answer = self.answer(work_out);
        if let MemoEntry { value: Ok(Value::Bool(truth)), wants, blind: false } = &answer
            && wants.is_empty()
        {
            self.memo.borrow_mut().keep_of_item(condition, item_ref, *truth);
        }
        answer.value
    }

    /// An evaluation, with what it did besides.
    fn answer(&self, work_out: impl FnOnce() -> Result<Value<'m>, Unknown>) -> MemoEntry<'m> {
        let (wants, blind) = (self.wants(), self.blind.replace(false));
        let value = work_out();
        let wanted = self.wants.as_ref().and_then(|all| all.borrow().get(wants..).map(Box::from));
        let answer = MemoEntry { value, wants: wanted.unwrap_or_default(), blind: self.blind.get() };
        self.blind.set(blind || answer.blind);
        answer
    }

    /// What is found out before its turn comes: nothing is noted of it; none where it asks for other systems and none are
    /// known.
    pub(in crate::expression) fn in_advance<T>(&self, find_out: impl FnOnce() -> Option<T>) -> Option<T> {
        // What is looked at last would be another thing.
        if self.witness.is_some() {
            return None;
        }
        let (wants, blind) = (self.wants(), self.blind.replace(false));
        let found = find_out();
        self.forget_wants(wants);
        let asked = self.blind.replace(blind);
        found.filter(|_| !asked)
    }

    fn recall(&self, known: &MemoEntry<'m>) -> Result<Value<'m>, Unknown> {
        if let Some(wants) = self.wants.as_ref().filter(|_| !known.wants.is_empty()) {
            wants.borrow_mut().extend_from_slice(&known.wants);
        }
        if known.blind {
            self.blind.set(true);
        }
        known.value.clone()
    }

    pub(in crate::expression) fn begin(&self) {
        self.steps.until.set(self.steps.taken.get().saturating_add(STEPS));
        self.steps.made_until.set(self.steps.made.get().saturating_add(BYTES));
    }

    /// Whether all evaluations over this manifest have taken what they may take together. Nothing is refused then: it is
    /// for the caller to ask for no more.
    pub fn is_spent(&self) -> bool {
        self.steps.taken.get() > ALL_STEPS
    }

    pub(in crate::expression) fn step(&self) -> Result<(), Unknown> {
        self.steps_taken(1)
    }

    /// Counts the work of a function over so many items.
    pub(in crate::expression) fn steps_taken(&self, count: usize) -> Result<(), Unknown> {
        let taken = self.steps.taken.get().saturating_add(count as u64);
        self.steps.taken.set(taken);
        if taken > self.steps.until.get() { Err(Unknown::TooLong) } else { Ok(()) }
    }
    /// Counts the bytes of a text or list before it is made.
    pub(in crate::expression) fn makes(&self, bytes: usize) -> Result<(), Unknown> {
        let made = self.steps.made.get().saturating_add(bytes as u64);
        self.steps.made.set(made);
        self.steps_taken(bytes / 64)?;
        if made > self.steps.made_until.get() { Err(Unknown::TooLong) } else { Ok(()) }
    }
}
