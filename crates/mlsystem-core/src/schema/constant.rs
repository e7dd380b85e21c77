//! The format as constants of the program.

use super::{Definition, Field, Kind, Record, RecordId, Schema, Type};
use crate::constant::Constant;
use crate::units::ScalarType;

impl Constant for Schema {
    fn constant(&self, out: &mut String) {
        // The table is shared, and stands in the program once.
        out.push_str("crate::schema::Schema { table: TABLE, root: ");
        self.root.constant(out);
        out.push_str(&format!(", own: {}, document: {:?}, kinds: ", self.own, self.document));
        self.kinds.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Record {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::schema::Record { path: ");
        self.path.constant(out);
        out.push_str(", fields: ");
        self.fields.constant(out);
        out.push_str(", short: ");
        self.short.constant(out);
        out.push_str(", known_by: ");
        self.known_by.constant(out);
        out.push_str(" }");
    }
}

impl Constant for Field {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::schema::Field { name: ");
        self.name.constant(out);
        out.push_str(", of: ");
        self.of.constant(out);
        out.push_str(", meaning: ");
        self.meaning.constant(out);
        out.push_str(&format!(", demanded: {}, wanted: {} }}", self.demanded, self.wanted));
    }
}

impl Constant for Type {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::schema::Type::");
        match self {
            Self::Record(id) => {
                out.push_str("Record(");
                id.constant(out);
                out.push(')');
            }
            Self::List(of) => {
                out.push_str("List(&");
                of.constant(out);
                out.push(')');
            }
            Self::Map(key, of) => {
                out.push_str("Map(&");
                key.constant(out);
                out.push_str(", &");
                of.constant(out);
                out.push(')');
            }
            Self::Either(types) => {
                out.push_str("Either(");
                types.constant(out);
                out.push(')');
            }
            Self::Scalar(of) => {
                out.push_str("Scalar(");
                of.constant(out);
                out.push(')');
            }
            Self::Words { words, open } => {
                out.push_str("Words { words: ");
                words.constant(out);
                out.push_str(&format!(", open: {open} }}"));
            }
            Self::Reference { kinds, soft } => {
                out.push_str("Reference { kinds: ");
                kinds.constant(out);
                out.push_str(&format!(", soft: {soft} }}"));
            }
            Self::Any => out.push_str("Any"),
        }
    }
}

impl Constant for Definition {
    fn constant(&self, out: &mut String) {
        out.push_str("crate::schema::Definition { kind: ");
        self.kind.constant(out);
        out.push_str(", places: ");
        self.places.constant(out);
        out.push_str(", given: ");
        self.given.constant(out);
        out.push_str(" }");
    }
}

impl Constant for RecordId {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::schema::RecordId({})", self.0));
    }
}

impl Constant for Kind {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::schema::Kind::{self:?}"));
    }
}

impl Constant for ScalarType {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::units::ScalarType::{self:?}"));
    }
}
