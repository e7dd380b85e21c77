//! What evaluations leave behind besides their values: the inputs that were missing, whether a workspace or a repository
//! was, and the evidence that was looked at last.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::expression::ItemRef;
use crate::source::{Source, Span};

/// A place in a file of the repository: its text and the bytes.
pub type Evidence = (Arc<Source>, Span);

/// What evaluations noted.
#[derive(Debug, Default)]
pub(in crate::expression) struct Trace<'m> {
    /// The places of the format that were read and are not written, where that is noted.
    missing_inputs: Option<RefCell<Vec<Cow<'m, str>>>>,
    /// Whether other systems or files were asked for where none are known.
    lacks_context: Cell<bool>,
    /// What was looked at last in a file of the repository, where that is noted.
    last_evidence: Option<RefCell<Option<Evidence>>>,
}

/// How many missing inputs were noted at some time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize);

impl<'m> Trace<'m> {
    pub fn note_missing_inputs(&mut self) {
        self.missing_inputs = Some(RefCell::default());
    }

    pub fn note_evidence(&mut self) {
        self.last_evidence = Some(RefCell::default());
    }

    /// Notes a place of the format that was read and is not written.
    pub fn missing(&self, place: &'m str) {
        if let Some(noted) = &self.missing_inputs {
            noted.borrow_mut().push(Cow::Borrowed(place));
        }
    }

    /// The same of a place that the manifest itself names; `place` is asked where such places are noted.
    pub fn missing_named(&self, place: impl FnOnce() -> String) {
        if let Some(noted) = &self.missing_inputs {
            noted.borrow_mut().push(Cow::Owned(place()));
        }
    }

    /// Notes that something was asked that the manifest alone does not answer.
    pub fn lacks_context(&self) {
        self.lacks_context.set(true);
    }

    pub fn take_lacks_context(&self) -> bool {
        self.lacks_context.take()
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.missing_inputs.as_ref().map_or(0, |noted| noted.borrow().len()))
    }

    /// Takes back the missing inputs that were noted since the mark.
    pub(super) fn take_back(&self, Mark(count): Mark) {
        if let Some(noted) = &self.missing_inputs {
            noted.borrow_mut().truncate(count);
        }
    }

    /// Moves the missing inputs since the last call to those that are known, each once.
    pub fn move_missing_inputs(&self, known: &mut Vec<Cow<'m, str>>) {
        let Some(noted) = &self.missing_inputs else { return };
        for place in noted.borrow_mut().drain(..) {
            if !known.contains(&place) {
                known.push(place);
            }
        }
    }

    /// An evaluation with what it notes, which stays noted.
    pub fn record<T>(&self, evaluation: impl FnOnce() -> T) -> (T, Box<[Cow<'m, str>]>, bool) {
        let (Mark(count), before) = (self.mark(), self.lacks_context.take());
        let result = evaluation();
        let missing = self.missing_inputs.as_ref().and_then(|noted| noted.borrow().get(count..).map(Box::from));
        let lacks_context = self.lacks_context.get();
        self.lacks_context.set(before || lacks_context);
        (result, missing.unwrap_or_default(), lacks_context)
    }

    /// Notes again what an evaluation noted.
    pub fn repeat(&self, missing: &[Cow<'m, str>], lacks_context: bool) {
        if let Some(noted) = self.missing_inputs.as_ref().filter(|_| !missing.is_empty()) {
            noted.borrow_mut().extend_from_slice(missing);
        }
        if lacks_context {
            self.lacks_context.set(true);
        }
    }

    /// An evaluation of which nothing stays noted, and whether it lacked context.
    pub fn in_advance<T>(&self, evaluation: impl FnOnce() -> T) -> (T, bool) {
        let (mark, before) = (self.mark(), self.lacks_context.take());
        let result = evaluation();
        self.take_back(mark);
        (result, self.lacks_context.replace(before))
    }

    pub fn notes_evidence(&self) -> bool {
        self.last_evidence.is_some()
    }

    /// Notes the first line of a place as what was looked at last.
    pub fn look_at(&self, item_ref: ItemRef<'m>) {
        if let Some(noted) = &self.last_evidence {
            let span = item_ref.home.tree.span(item_ref.item.node);
            let line = item_ref.home.source().slice(span).lines().next().unwrap_or_default().len();
            noted.replace(Some((Arc::clone(item_ref.home.source()), span.part(0..line))));
        }
    }

    pub fn take_last_evidence(&self) -> Option<Evidence> {
        self.last_evidence.as_ref()?.take()
    }
}
