//! What is said of a name of a lint that goes on working and is not to be written any more.

use crate::edit;
use crate::finding::{Applicability, Finding, Fix, Kind, Label, Pointer, Severity, reader};
use crate::lint::Remark;
use crate::source::Span;
use crate::tree::Tree;

/// The finding at the place where the name is written.
pub(super) fn finding(remark: Remark<'_>, tree: &Tree, span: Span, pointer: Pointer) -> Finding {
    let source = tree.source();
    let (name, severity) = match remark {
        Remark::Renamed(..) => (reader::RENAMED_LINT, Severity::Advice),
        Remark::Deprecated(..) | Remark::Removed(..) => (reader::DEPRECATED_LINT, Severity::Warning),
    };
    let label = Label::new(source, span, remark.fact());
    let fix = remark.name().and_then(|name| {
        let text = edit::in_place_of(source.slice(span), name)?;
        Some(Fix::write(format!("write `{name}`"), Applicability::Safe, source, span, text))
    });
    Finding::new(name, "waivers", Kind::Reference, severity, remark.message(), label)
        .at(pointer)
        .with_help(remark.help())
        .with_fix(fix)
}
