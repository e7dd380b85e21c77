//! The format as constants of the program.

use super::{Definition, Field, Kind, Record, RecordId, Schema, Type};
use crate::constant::{Constant, constants};
use crate::units::ScalarType;

impl Constant for Schema {
    fn constant(&self, out: &mut String) {
        // Formats share one table, which the program has once.
        let Self { table: _, root, own, document, kinds } = self;
        out.push_str("crate::schema::Schema { table: TABLE, root: ");
        root.constant(out);
        out.push_str(&format!(", own: {own}, document: {document:?}, kinds: "));
        kinds.constant(out);
        out.push_str(" }");
    }
}

impl Constant for RecordId {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::schema::RecordId({})", self.0));
    }
}

constants! { "crate::schema::":
    struct Record { path, fields, short, known_by, demanded }
    struct Field { name, of, meaning, demanded, wanted }
    enum Type {
        Record(id),
        List(of),
        Map(key, of),
        Either(types),
        Scalar(of),
        Words { words, open },
        Reference { kinds, soft },
        Any,
    }
    struct Definition { kind, places, given }
    words Kind;
}

constants! { "crate::units::": words ScalarType; }
