//! Lints as constants of the program.

use super::{Case, Hint, LabelForm, Lint, LintOption, Loop, Part, Status, Template};
use crate::constant::constants;
use crate::finding::{Kind, Reader, Severity};

constants! { "crate::lint::":
    struct Lint<'_> {
        name, category, kind, severity, severity_in, since, formerly, status, options, cases, sources, frameworks, fix_in_help,
        waivable, untestable, title, page,
    }
    enum Status<'_> { Current, Deprecated(by), Removed(by) }
    struct LintOption<'_> { name, default, means }
    struct Case<'_> { severity, reader, loops, when, reads, require, first, unless, message, labels, notes, help }
    enum Loop<'_> { Each(list), Pairs(list) }
    struct LabelForm<'_> { loops, when, at, text }
    struct Hint<'_> { at, when, text, tooltip }
    struct Template<'_> { parts }
    enum Part<'_> { Text(text), Value(expr, spec) }
}

constants! { "crate::finding::":
    words Severity;
    words Kind;
    words Reader;
}
