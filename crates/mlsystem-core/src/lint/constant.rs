//! Lints as constants of the program.

use super::{Case, LabelForm, Lint, LintOption, Loop, Part, Template};
use crate::constant::Constant;
use crate::expression::ConditionText;
use crate::finding::{Kind, Severity};

impl Constant for Lint<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::lint::Lint { name: ");
        self.name.constant(out);
        out.push_str(", category: ");
        self.category.constant(out);
        out.push_str(", kind: ");
        self.kind.constant(out);
        out.push_str(", severity: ");
        self.severity.constant(out);
        out.push_str(", severity_in: ");
        self.severity_in.constant(out);
        out.push_str(", since: ");
        self.since.constant(out);
        out.push_str(", options: ");
        self.options.constant(out);
        out.push_str(", cases: ");
        self.cases.constant(out);
        out.push_str(", sources: ");
        self.sources.constant(out);
        out.push_str(", frameworks: ");
        self.frameworks.constant(out);
        out.push_str(&format!(", waivable: {}", self.waivable));
        out.push_str(", untestable: ");
        self.untestable.constant(out);
        out.push_str(", title: ");
        self.title.constant(out);
        out.push_str(", page: ");
        self.page.constant(out);
        out.push_str(" }");
    }
}

impl Constant for LintOption<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::lint::LintOption { name: ");
        self.name.constant(out);
        out.push_str(", default: ");
        self.default.constant(out);
        out.push_str(", means: ");
        self.means.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Case<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::lint::Case { severity: ");
        self.severity.constant(out);
        out.push_str(", loops: ");
        self.loops.constant(out);
        out.push_str(", when: ");
        self.when.constant(out);
        out.push_str(", reads: ");
        self.reads.constant(out);
        out.push_str(", require: ");
        self.require.constant(out);
        out.push_str(&format!(", first: {}, message: ", self.first));
        self.message.constant(out);
        out.push_str(", labels: ");
        self.labels.constant(out);
        out.push_str(", notes: ");
        self.notes.constant(out);
        out.push_str(", help: ");
        self.help.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Loop<'_> {
    fn constant(&self, out: &mut String) {
        let (word, expr) = match self {
            Self::Each(expr) => ("Each", expr),
            Self::Pairs(expr) => ("Pairs", expr),
        };
        out.push_str(&format!("crate::lint::Loop::{word}("));
        expr.constant(out);
        out.push(')');
    }
}

impl Constant for LabelForm<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::lint::LabelForm { loops: ");
        self.loops.constant(out);
        out.push_str(", when: ");
        self.when.constant(out);
        out.push_str(", at: ");
        self.at.constant(out);
        out.push_str(", text: ");
        self.text.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Template<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::lint::Template { parts: ");
        self.parts.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Part<'_> {
    fn constant(&self, out: &mut String) {
        match self {
            Self::Text(text) => {
                out.push_str("crate::lint::Part::Text(");
                text.constant(out);
            }
            Self::Value(expr, spec) => {
                out.push_str("crate::lint::Part::Value(");
                expr.constant(out);
                out.push_str(", ");
                spec.constant(out);
            }
        }
        out.push(')');
    }
}

impl Constant for Severity {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::finding::Severity::{self:?}"));
    }
}

impl Constant for Kind {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::finding::Kind::{self:?}"));
    }
}

impl Constant for ConditionText<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::expression::ConditionText { name: ");
        self.name.constant(out);
        out.push_str(", of: ");
        self.of.constant(out);
        out.push_str(", is: ");
        self.is.constant(out);
        out.push_str(", means: ");
        self.means.constant(out);
        out.push_str(" }");
    }
}
