//! The files of a repository that bear on one system, and what they say, fact by fact.

use crate::facts::File;
use crate::manifest::{Item, Value};
use crate::schema::{FieldPath, field_path};

/// Files, in the order of their paths.
#[derive(Debug)]
pub struct FactIndex<'f> {
    files: Vec<&'f File>,
    folder: &'f str,
}

/// One thing that a file says.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'f> {
    /// The file.
    pub file: &'f File,
    item: &'f Item,
}

impl<'f> FactIndex<'f> {
    /// These files, for a manifest in `folder`.
    pub fn new(files: Vec<&'f File>, folder: &'f str) -> Self {
        Self { files, folder }
    }

    /// The facts of one list of the outline, file by file.
    pub fn of(&self, list: FieldPath) -> Vec<Fact<'f>> {
        self.files.iter().flat_map(|file| list_of(file, file.home.section(list))).collect()
    }

    /// The files whose values could not be compared and that could say something of this sort.
    pub fn silent(&self, list: FieldPath) -> Vec<&'f File> {
        self.files.iter().copied().filter(|file| !file.compared() && file.shows(list.key())).collect()
    }

    /// A path from the root of the repository as the manifest writes it; one that leads elsewhere stays as it is.
    pub fn as_written(&self, path: &str) -> String {
        relative(self.folder, path)
    }

    /// The folder that the manifest is for, from the root of the repository; empty for the root.
    pub fn folder(&self) -> &'f str {
        self.folder
    }
}

impl<'f> Fact<'f> {
    /// The text of a member, where it has one that could be read.
    pub fn text(&self, member: FieldPath) -> Option<&'f str> {
        let item = self.member(member)?;
        let text = match item.value {
            Value::Scalar(_) | Value::Word(_) | Value::Reference(_) => self.file.home.text(item),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The texts of a member that is a list.
    pub fn texts(&self, member: FieldPath) -> Vec<&'f str> {
        match self.member(member).map(|item| &item.value) {
            Some(Value::List(items)) => items
                .iter()
                .filter(|item| !matches!(item.value, Value::Unreadable | Value::Undecided))
                .map(|item| self.file.home.text(item))
                .filter(|text| !text.is_empty())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The facts inside this one.
    pub fn inside(&self, member: FieldPath) -> Vec<Fact<'f>> {
        list_of(self.file, self.member(member))
    }

    /// Whether a member is `true`.
    pub fn is(&self, member: FieldPath) -> bool {
        self.text(member) == Some("true")
    }

    /// The word for the sort of file that says it.
    pub fn reader(&self) -> &'f str {
        self.file.says(field_path!(evidence: "reader")).unwrap_or_default()
    }

    fn member(&self, member: FieldPath) -> Option<&'f Item> {
        self.file.home.field(self.item, member)
    }
}

fn list_of<'f>(file: &'f File, list: Option<&'f Item>) -> Vec<Fact<'f>> {
    list.map(Item::items).unwrap_or_default().iter().map(|item| Fact { file, item }).collect()
}

/// `path` as it is written in a file of `folder`; both lead from the root of the repository.
fn relative(folder: &str, path: &str) -> String {
    if path.starts_with('/') || path.contains(':') {
        return path.to_owned();
    }
    let here: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let there: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let common = here.iter().zip(&there).take_while(|(here, there)| here == there).count();
    let up = std::iter::repeat_n("..", here.len() - common);
    up.chain(there[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_manifest() {
        assert_eq!(relative("", "data/x.dvc"), "data/x.dvc");
        assert_eq!(relative("ml/eta", "ml/eta/dvc.lock"), "dvc.lock");
        assert_eq!(relative("ml/eta", "CODEOWNERS"), "../../CODEOWNERS");
    }
}
