//! What an evaluation sees besides its expression.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use super::index::Indexes;
use super::memo::{Memo, MemoEntry};
use super::scope::{LintScope, LoopScope};
use super::trace::{Evidence, Trace};
use crate::expression::{Condition, ItemRef, Let, Table, Unknown, Value};
use crate::facts::{Facts, RepositoryView};
use crate::manifest::{self, Item, Manifest};
use crate::schema::Schema;
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
    facts: Option<&'m Facts>,
    /// What it sees of its repository, where that is known.
    view: Option<&'m RepositoryView<'m>>,
    /// The day of the check.
    pub today: Date,
    pub(in crate::expression) tables: &'m [Table<'m>],
    locals: Vec<Binding<'m>>,
    /// The top-level fields of the manifest, by their numbers: nearly every path begins with one.
    sections: Vec<Option<&'m Item>>,
    steps: Steps,
    pub(super) trace: Trace<'m>,
    /// Whether results are remembered, and found out ahead.
    cached: bool,
    memo: RefCell<Memo<'m>>,
    pub(super) indexes: Indexes<'m>,
}

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
            trace: Trace::default(),
            cached: true,
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
    pub fn within(mut self, facts: Option<&'m Facts>) -> Self {
        self.facts = facts;
        self
    }

    /// The same frame with what the manifest sees of its repository.
    #[must_use]
    pub fn seeing(mut self, view: Option<&'m RepositoryView<'m>>) -> Self {
        self.view = view;
        self
    }

    /// The same frame without memo and indexes: every expression is evaluated where it stands, over every item. What is
    /// found is the same; the caches are held to that.
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.cached = false;
        self.indexes = Indexes::none();
        self
    }

    /// The same frame, which also notes the places that were read and are not written.
    #[must_use]
    pub fn noting_missing_inputs(mut self) -> Self {
        self.trace.note_missing_inputs();
        self
    }

    /// The same frame, which also notes what was looked at last in a file of the repository. Nothing is remembered then,
    /// since what is remembered is not looked at again.
    #[must_use]
    pub fn noting_evidence(mut self) -> Self {
        self.trace.note_evidence();
        self.cached = false;
        self
    }

    /// The place in a file of the repository that was looked at last, since the last call.
    pub fn take_last_evidence(&self) -> Option<Evidence> {
        self.trace.take_last_evidence()
    }

    /// Notes a place as the one that was looked at last, where it stands in a file of the repository.
    pub(super) fn look_at(&self, item_ref: ItemRef<'m>) {
        if self.trace.notes_evidence() && self.is_evidence(item_ref.home) {
            self.trace.look_at(item_ref);
        }
    }

    /// Whether a document is what a file of the repository says.
    pub(super) fn is_evidence(&self, home: &Manifest) -> bool {
        self.view.is_some_and(|view| view.path_of(home).is_some())
    }

    /// A scope for the variables of one lint, which are forgotten at its end with all that was remembered for it.
    pub fn lint_scope(&mut self) -> LintScope<'_, 'm> {
        LintScope::new(self)
    }

    /// A scope for the variables of one round of a loop, which are forgotten at its end.
    pub fn loop_scope(&mut self) -> LoopScope<'_, 'm> {
        LoopScope::new(self)
    }

    /// Adds the value of the next loop variable.
    pub fn push(&mut self, local: Binding<'m>) {
        self.locals.push(local);
    }

    /// Forgets all loop variables but the first `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.locals.truncate(count);
        self.memo.get_mut().truncate(count);
    }

    /// Forgets all loop variables, and what else is of one lint alone.
    pub(super) fn clear(&mut self) {
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
    pub fn take_missing_inputs(&self) -> Vec<Cow<'m, str>> {
        let mut found = Vec::new();
        self.move_missing_inputs(&mut found);
        self.retain_places(&mut found);
        found
    }

    /// Moves the inputs that were missing since the last call to those that are known, each once. Some may be no places of
    /// the format ([`Frame::retain_places`]).
    pub fn move_missing_inputs(&self, known: &mut Vec<Cow<'m, str>>) {
        self.trace.move_missing_inputs(known);
    }

    /// Drops what is no place of the format: what a variable of a macro stands for has no path of its own in it.
    pub fn retain_places(&self, inputs: &mut Vec<Cow<'m, str>>) {
        let root = self.schema.record(Schema::ROOT);
        inputs.retain(|place| place.split(['.', '[']).next().is_some_and(|first| root.field(first).is_some()));
    }

    /// Whether evaluations since the last call asked for other systems or for files where no workspace and no repository
    /// is known.
    pub fn take_lacks_context(&self) -> bool {
        self.trace.take_lacks_context()
    }

    /// The workspace; where there is none, this is noted.
    pub(in crate::expression) fn facts(&self) -> Option<&'m Facts> {
        if self.facts.is_none() {
            self.trace.lacks_context();
        }
        self.facts
    }

    /// What the manifest sees of its repository; where that is not known, this is noted.
    pub(in crate::expression) fn view(&self) -> Option<&'m RepositoryView<'m>> {
        if self.view.is_none() {
            self.trace.lacks_context();
        }
        self.view
    }

    /// Runs a part of an evaluation. Where it comes to something, the places that it read in vain did not matter, and are
    /// taken back.
    pub(in crate::expression) fn attempt<T>(&self, part: impl FnOnce() -> Result<T, Unknown>) -> Result<T, Unknown> {
        let mark = self.trace.mark();
        let result = part();
        if result.is_ok() {
            self.trace.take_back(mark);
        }
        result
    }

    /// Finds out something that decides nothing, such as the words for a finding: the places that it reads in vain are
    /// taken back in any case.
    pub(in crate::expression) fn aside<T>(&self, part: impl FnOnce() -> T) -> T {
        let mark = self.trace.mark();
        let result = part();
        self.trace.take_back(mark);
        result
    }

    /// What a named expression comes to: `compute` is asked once as long as the loop variables hold that it reads.
    pub(super) fn named(
        &self,
        named: &'m Let<'m>,
        compute: impl FnOnce() -> Result<Value<'m>, Unknown>,
    ) -> Result<Value<'m>, Unknown> {
        self.remembered(compute, |memo| memo.named(named), |memo, entry, bytes| memo.keep_named(named, entry, bytes))
    }

    /// What a shared condition without a parameter comes to, which is computed once for each manifest.
    pub(super) fn condition(
        &self,
        condition: &'m Condition<'m>,
        compute: impl FnOnce() -> Result<Value<'m>, Unknown>,
    ) -> Result<Value<'m>, Unknown> {
        self.remembered(
            compute,
            |memo| memo.condition(condition),
            |memo, entry, bytes| memo.keep_condition(condition, entry, bytes),
        )
    }

    /// The entry of the memo that `find` gives, or what `compute` comes to, which `keep` is then given with the bytes that
    /// were made for it.
    fn remembered(
        &self,
        compute: impl FnOnce() -> Result<Value<'m>, Unknown>,
        find: impl for<'k> FnOnce(&'k Memo<'m>) -> Option<&'k MemoEntry<'m>>,
        keep: impl FnOnce(&mut Memo<'m>, MemoEntry<'m>, u64),
    ) -> Result<Value<'m>, Unknown> {
        if !self.cached {
            return compute();
        }
        if let Some(known) = find(&self.memo.borrow()) {
            self.trace.repeat(&known.missing_inputs, known.lacks_context);
            return known.value.clone();
        }
        let made = self.steps.made.get();
        let (value, missing_inputs, lacks_context) = self.trace.record(compute);
        if !matches!(value, Err(Unknown::TooLong)) {
            let entry = MemoEntry { value: value.clone(), missing_inputs, lacks_context };
            keep(&mut self.memo.borrow_mut(), entry, self.steps.made.get() - made);
        }
        value
    }

    /// What a shared condition comes to for an item, which is computed once for each item where it is true or false and
    /// rests on nothing else.
    pub(super) fn condition_of(
        &self,
        condition: &'m Condition<'m>,
        item_ref: ItemRef<'m>,
        compute: impl FnOnce() -> Result<Value<'m>, Unknown>,
    ) -> Result<Value<'m>, Unknown> {
        if !self.cached {
            return compute();
        }
        if let Some(truth) = self.memo.borrow().of_item(condition, item_ref) {
            return Ok(Value::Bool(truth));
        }
        let (value, missing_inputs, lacks_context) = self.trace.record(compute);
        if let Ok(Value::Bool(truth)) = &value
            && missing_inputs.is_empty()
            && !lacks_context
        {
            self.memo.borrow_mut().keep_of_item(condition, item_ref, *truth);
        }
        value
    }

    /// What is found out before its turn comes: nothing is noted of it. None where nothing is to be found out ahead, and
    /// where it asks for other systems and none are known.
    pub(super) fn in_advance<T>(&self, find_out: impl FnOnce() -> Option<T>) -> Option<T> {
        if !self.cached {
            return None;
        }
        let (found, lacked_context) = self.trace.in_advance(find_out);
        found.filter(|_| !lacked_context)
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
