//! Words for text that is no YAML: what people meant, and what to write instead.

use std::sync::Arc;

use crate::finding::{Finding, Kind};
use crate::source::{Source, Span};

use super::events::Fault;
use super::parse::error;

/// What is open where the fault lies, outermost first.
pub(super) struct Surroundings {
    pub(super) open: Vec<Open>,
}

/// A collection whose end was not read.
pub(super) struct Open {
    pub(super) start: usize,
    pub(super) flow: bool,
    pub(super) mapping: bool,
}

/// The finding for a fault.
pub(super) fn describe(source: &Arc<Source>, fault: &Fault, _around: &Surroundings) -> Finding {
    error("invalid-yaml", Kind::Reference, source, Span::at(fault.at), format!("{:?}", fault.kind), "")
}
