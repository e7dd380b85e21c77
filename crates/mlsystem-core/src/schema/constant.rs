//! The format as constants of the program.

use super::{Definition, Field, FieldPath, Kind, Record, RecordId, Role, Schema, Type};
use crate::constant::{Constant, constants};
use crate::units::ScalarType;

impl Constant for Schema {
    fn constant(&self, out: &mut String) {
        // Formats share one table, which the program has once.
        let Self { table: _, root, own, document, kinds, roles } = self;
        out.push_str("crate::schema::Schema { table: TABLE, root: ");
        root.constant(out);
        out.push_str(&format!(", own: {own}, document: {document:?}, kinds: "));
        kinds.constant(out);
        out.push_str(", roles: ");
        roles.constant(out);
        out.push_str(" }");
    }
}

impl Constant for RecordId {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::schema::RecordId({})", self.0));
    }
}

impl Constant for FieldPath {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("crate::schema::FieldPath::declared({:?})", self.text()));
    }
}

constants! { "crate::schema::":
    struct Record { path, fields, short, known_by, demanded }
    struct Field { name, of, meaning, demanded, wanted, role }
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
    words Role;
}

constants! { "crate::units::": words ScalarType; }
