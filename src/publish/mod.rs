//! What is published of the format for people and editors: written from the declaration, so that no field is described
//! a second time.

mod index;
mod json_schema;
mod judged;
mod question;
mod reference;
mod scalars;

pub use index::lint_index;
pub use json_schema::json_schema;
pub use judged::{Judged, judged};
pub use question::{example, question};
pub use reference::{reference_page, workspace_page};

use crate::address::Address;
use crate::schema::Type;

/// The text of the JSON Schema called `name` as it is published: under its address, where the project has one. What stands
/// in its `$id` until then is a name, which leads nowhere.
pub fn identified(schema: &str, name: &str, address: Option<&Address>) -> String {
    const KEY: &str = "\"$id\": \"";
    let named = schema.split_once(KEY).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    match (address, named) {
        (Some(address), Some((before, after))) => format!("{before}{KEY}{}\"{after}", address.schema(name)),
        _ => schema.to_owned(),
    }
}

/// A meaning as a sentence: with a capital and a full stop.
pub(crate) fn sentence(meaning: &str) -> String {
    let mut letters = meaning.chars();
    match letters.next() {
        Some(first) if meaning.ends_with(['.', '?', '!']) => first.to_uppercase().chain(letters).collect(),
        Some(first) => first.to_uppercase().chain(letters).chain(['.']).collect(),
        None => String::new(),
    }
}

/// A place of the declaration as people write it: `data.sources.NAME`, `serving.path`.
pub(crate) fn place(path: &str) -> String {
    path.replace("[]", "").replace('*', "NAME")
}

/// The scalar, list or record of which a list or map is made, however deep.
pub(crate) fn innermost(of: Type) -> Type {
    match of {
        Type::List(of) | Type::Map(_, of) => innermost(*of),
        other => other,
    }
}
