//! The paths that a manifest writes, and what they name in its repository.

use super::path_glob::{PathGlob, has_wildcard};
use crate::manifest::{Item, Manifest, Value};
use crate::schema::Type;
use crate::source::Span;
use crate::units::{Scalar, ScalarType};

/// A path that a manifest writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathMention {
    /// The path as it is written.
    pub text: String,
    /// Where it is written.
    pub span: Span,
    /// The field that it is written in, as the format has it: `serving.config`, `evidence.alerts`.
    pub field: String,
}

/// Files of a repository: one, those of a folder, or those that match a pattern such as `ops/*.yaml`.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    glob: Option<PathGlob>,
}

/// Every path that a manifest writes, in the order of its text.
pub fn paths(manifest: &Manifest) -> Vec<PathMention> {
    let mut found = Vec::new();
    let root = Type::Record(manifest.schema.root);
    walk(manifest, &manifest.root, root, "", &mut |item, field| {
        found.push(PathMention {
            text: manifest.text(item).to_owned(),
            span: manifest.tree.span(item.node),
            field: field.to_owned(),
        });
    });
    found
}

/// The values of the same paths, in the same order.
pub fn path_items(manifest: &Manifest) -> Vec<&Item> {
    let mut found = Vec::new();
    walk(manifest, &manifest.root, Type::Record(manifest.schema.root), "", &mut |item, _| found.push(item));
    found
}

fn walk<'m>(manifest: &'m Manifest, item: &'m Item, of: Type, field: &str, visit: &mut dyn FnMut(&'m Item, &str)) {
    match (&item.value, of) {
        (Value::Record(id, members), _) => {
            let record = manifest.schema.record(*id);
            for member in members {
                let declared = record.at(member.field);
                let inner =
                    if field.is_empty() { declared.name.to_owned() } else { format!("{field}.{}", declared.name) };
                walk(manifest, &member.item, declared.of, &inner, visit);
            }
        }
        (Value::Map(named), of) => {
            let Some(of) = inside(of) else { return };
            named.iter().for_each(|named| walk(manifest, &named.item, of, &format!("{field}.*"), visit));
        }
        (Value::List(items), of) => {
            let Some(of) = inside(of) else { return };
            items.iter().for_each(|item| walk(manifest, item, of, field, visit));
        }
        (Value::Scalar(Scalar::Text), Type::Scalar(ScalarType::Path)) => visit(item, field),
        _ => {}
    }
}

/// What the items of a list or map are.
fn inside(of: Type) -> Option<Type> {
    match of {
        Type::List(of) | Type::Map(_, of) => Some(*of),
        Type::Either(types) => types.iter().find_map(|of| inside(*of)),
        _ => None,
    }
}

/// A path as it is written in a file of `folder`, from the root of the repository: without a fragment and without `..`. None
/// for an address and for what lies outside.
pub fn resolved(folder: &str, path: &str) -> Option<String> {
    if is_address(path) || path.starts_with(['/', '~', '$']) {
        return None;
    }
    let path = path.split_once('#').map_or(path, |(path, _)| path);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A path from the root of the repository as a file of `folder` writes it.
pub fn relative(folder: &str, path: &str) -> String {
    let mut from = folder.split('/').filter(|part| !part.is_empty()).peekable();
    let mut to = path.split('/').peekable();
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    from.map(|_| "..").chain(to).collect::<Vec<_>>().join("/")
}

/// Whether a path is the address of something elsewhere: `https://…`, `s3://…`.
pub fn is_address(path: &str) -> bool {
    let scheme = path.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl Pattern {
    /// The files that a path from the root of the repository names.
    pub fn new(text: String) -> Self {
        let glob = has_wildcard(&text).then(|| PathGlob::new(&text).ok()).flatten();
        Self { text, glob }
    }

    /// The beginning that every path has that it holds.
    pub fn fixed(&self) -> &str {
        match self.glob {
            Some(_) => self.text.split(['*', '?', '[']).next().unwrap_or_default(),
            None => &self.text,
        }
    }

    /// The folder that everything lies in which a pattern of several names; the path itself where it is one.
    pub fn folder(&self) -> &str {
        self.glob.as_ref().map_or(&self.text, PathGlob::folder)
    }

    /// Whether a path from the root is one of those.
    pub fn holds(&self, path: &str) -> bool {
        match &self.glob {
            Some(glob) => glob.holds(path),
            None => {
                let rest = path.strip_prefix(&*self.text);
                self.text.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }

    /// The pattern as it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The path, where it is one and no pattern of several.
    pub fn one(&self) -> Option<&str> {
        self.glob.is_none().then_some(&*self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_manifest_to_the_repository() {
        assert_eq!(resolved("ml/eta", "../data.dvc").as_deref(), Some("ml/data.dvc"));
        assert_eq!(resolved("", "docs/card.md#use").as_deref(), Some("docs/card.md"));
        assert_eq!(resolved("ml", "../../out"), None);
        assert_eq!(resolved("", "s3://bucket/x"), None);
        assert_eq!(relative("", "src/train.py"), "src/train.py");
        assert_eq!(relative("ml/eta", "ml/src/train.py"), "../src/train.py");
    }

    #[test]
    fn a_pattern_holds_files_folders_and_matches() {
        let holds = |pattern: &str, path| Pattern::new(pattern.to_owned()).holds(path);
        assert!(holds("ops/rules", "ops/rules/a.yaml") && holds("ops/*.yaml", "ops/a.yaml") && holds("a", "a"));
        assert!(!holds("ops/rules", "ops/rules.yaml") && !holds("ops/*.yaml", "ops/b/a.yaml"));
        assert!(holds("ops/**/*.yaml", "ops/b/a.yaml"));
    }
}
