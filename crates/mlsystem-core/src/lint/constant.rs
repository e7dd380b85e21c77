//! Lints as constants of the program.

use super::{Case, LabelForm, Lint, LintOption, Loop, Part, Template};
use crate::constant::constants;
use crate::finding::{Kind, Severity};

constants! { "crate::lint::":
    struct Lint {
        name, category, kind, severity, severity_in, since, options, cases, sources, frameworks, waivable, untestable,
        title, page,
    }
    struct LintOption { name, default, means }
    struct Case { severity, loops, when, reads, require, first, message, labels, notes, help }
    enum Loop { Each(list), Pairs(list) }
    struct LabelForm { loops, when, at, text }
    struct Template { parts }
    enum Part { Text(text), Value(expr, spec) }
}

constants! { "crate::finding::":
    words Severity;
    words Kind;
}
