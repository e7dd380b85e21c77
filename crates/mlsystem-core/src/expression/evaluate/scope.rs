//! How long variables hold: to the end of the round of a loop, or of a lint.

use std::ops::{Deref, DerefMut};

use super::Frame;

/// One round of a loop: the variables that are pushed in it are forgotten when it is dropped.
#[derive(Debug)]
pub struct LoopScope<'f, 'm> {
    frame: &'f mut Frame<'m>,
    depth: usize,
}

/// One lint: its variables are forgotten when it is dropped, and what its named expressions came to.
#[derive(Debug)]
pub struct LintScope<'f, 'm> {
    frame: &'f mut Frame<'m>,
}

impl<'f, 'm> LoopScope<'f, 'm> {
    pub(super) fn new(frame: &'f mut Frame<'m>) -> Self {
        let depth = frame.locals().len();
        Self { frame, depth }
    }
}

impl<'f, 'm> LintScope<'f, 'm> {
    pub(super) fn new(frame: &'f mut Frame<'m>) -> Self {
        Self { frame }
    }
}

impl<'m> Deref for LoopScope<'_, 'm> {
    type Target = Frame<'m>;

    fn deref(&self) -> &Frame<'m> {
        self.frame
    }
}

impl DerefMut for LoopScope<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.frame
    }
}

impl Drop for LoopScope<'_, '_> {
    fn drop(&mut self) {
        self.frame.truncate(self.depth);
    }
}

impl<'m> Deref for LintScope<'_, 'm> {
    type Target = Frame<'m>;

    fn deref(&self) -> &Frame<'m> {
        self.frame
    }
}

impl DerefMut for LintScope<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.frame
    }
}

impl Drop for LintScope<'_, '_> {
    fn drop(&mut self) {
        self.frame.clear();
    }
}
