//! Frameworks as constants of the program.

use super::{Clause, Framework, Score, Section};
use crate::constant::Constant;

impl Constant for Framework<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::framework::Framework { id: ");
        self.id.constant(out);
        out.push_str(", title: ");
        self.title.constant(out);
        out.push_str(", edition: ");
        self.edition.constant(out);
        out.push_str(", certainty: ");
        self.certainty.constant(out);
        out.push_str(", none: ");
        self.none.constant(out);
        out.push_str(", score: ");
        self.score.constant(out);
        out.push_str(", sections: ");
        self.sections.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Score<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::framework::Score { declared: ");
        self.declared.constant(out);
        out.push_str(", proven: ");
        self.proven.constant(out);
        out.push_str(", means: ");
        self.means.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Section<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::framework::Section { title: ");
        self.title.constant(out);
        out.push_str(", id: ");
        self.id.constant(out);
        out.push_str(", clauses: ");
        self.clauses.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Clause<'_> {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::framework::Clause { id: ");
        self.id.constant(out);
        out.push_str(", title: ");
        self.title.constant(out);
        out.push_str(", none: ");
        self.none.constant(out);
        out.push_str(" }");
    }
}
