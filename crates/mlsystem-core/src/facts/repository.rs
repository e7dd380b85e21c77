//! What the files of a repository say about the claims of manifests, and which of it each manifest sees.
//!
//! Who read the files and how is not known here: a file is a document of its own small format, declared in
//! `evidence.outline`, whose places are those of the file.

use std::collections::{BTreeMap, HashMap};

use super::Definition;
use super::paths::{Pattern, paths, relative, resolved};
use crate::manifest::{Manifest, Value};
use crate::schema::{FieldPath, Schema, field_path};

/// Whether the values of a file were read.
const STATE: FieldPath = field_path!(evidence: "state");

/// A file that says something, or that would if it could be compared.
#[derive(Debug)]
pub struct File {
    /// Its path from the root of the repository, with `/` between its parts.
    pub path: String,
    /// What it says.
    pub home: Manifest,
}

/// The files of one repository that say something.
#[derive(Debug)]
pub struct Repository {
    /// The form of what they say.
    schema: &'static Schema,
    /// The files, sorted by path.
    files: Vec<File>,
    /// How many manifests lie in each folder that holds some.
    folders: BTreeMap<String, usize>,
    /// The files by the folder of the manifests that they belong to; those of no such folder apart.
    belonging: HashMap<String, Vec<usize>>,
    unowned: Vec<usize>,
    /// Whether the whole repository was looked through, so that what is not here is nowhere.
    complete: bool,
    passed_over: Vec<PassedOver>,
}

/// Something of a repository that is present, and whose contents were not compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// Its path from the root of the repository.
    pub path: String,
    /// Why, in words: `a template, whose values are not known`.
    pub why: String,
}

/// Whether a path of a manifest leads to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Nothing is there.
    Missing,
    /// A file without content or a folder without files.
    Empty,
    /// Something is there.
    Present,
    /// It is an address, which is not fetched, or it leads out of the workspace.
    Elsewhere,
}

/// What one manifest sees of a repository.
///
/// Its own are the files that it names, by its `evidence` or in any other field, and those that lie in its folder, unless a
/// folder further down holds another manifest. Besides it sees what belongs to no manifest or to several that share a
/// folder: that may bear a claim out, and never speaks against one.
#[derive(Debug)]
pub struct RepositoryView<'r> {
    schema: &'static Schema,
    /// The path of the manifest from the root of the repository, and its folder.
    path: String,
    folder: String,
    complete: bool,
    own: Vec<&'r File>,
    around: Vec<&'r File>,
    lists: Vec<Vec<Definition<'r>>>,
    presence: HashMap<String, Presence>,
    /// For each path that leads to nothing, what is called most like it, as the manifest would write it.
    nearest: HashMap<String, String>,
    passed_over: &'r [PassedOver],
    not_told: Vec<PassedOver>,
}

/// Whether the files of a repository, with whether each is empty, hold something that a pattern names.
pub fn presence_among<'f>(files: impl Iterator<Item = (&'f str, bool)>, pattern: &Pattern) -> Presence {
    let mut found = files.filter(|(path, _)| pattern.holds(path)).map(|(_, empty)| empty);
    match found.next() {
        None => Presence::Missing,
        Some(true) if found.all(|empty| empty) => Presence::Empty,
        Some(_) => Presence::Present,
    }
}

impl Presence {
    /// The word for it in expressions.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::Present => "present",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// The words of those that can be compared.
    pub const WORDS: &'static [&'static str] = &["missing", "empty", "present", "elsewhere"];
}

impl File {
    /// The text of a field of the document, such as `reader`.
    pub fn says(&self, field: FieldPath) -> Option<&str> {
        self.home.section(field).map(|item| self.home.text(item))
    }

    /// Whether its values were read.
    pub fn compared(&self) -> bool {
        self.says(STATE) == Some("compared")
    }

    /// Whether it could say something of this sort.
    pub fn shows(&self, list: &str) -> bool {
        self.home.items(field_path!(evidence: "shows")).iter().any(|item| self.home.text(item) == list)
    }
}

impl Repository {
    /// A repository of these files, documents of `schema`, in which the manifests lie at `manifests`. `complete` says
    /// whether it was looked through to its end.
    pub fn new(schema: &'static Schema, mut files: Vec<File>, manifests: &[String], complete: bool) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut folders: BTreeMap<String, usize> = BTreeMap::new();
        for manifest in manifests {
            *folders.entry(folder_of(manifest).to_owned()).or_default() += 1;
        }
        let mut belonging: HashMap<String, Vec<usize>> = HashMap::new();
        let mut unowned = Vec::new();
        for (index, file) in files.iter().enumerate() {
            match above(&file.path).find(|folder| folders.contains_key(*folder)) {
                Some(folder) => belonging.entry(folder.to_owned()).or_default().push(index),
                None => unowned.push(index),
            }
        }
        Self { schema, files, folders, belonging, unowned, complete, passed_over: Vec::new() }
    }

    /// The same repository, in which these were not opened.
    #[must_use]
    pub fn passing_over(mut self, passed_over: Vec<PassedOver>) -> Self {
        self.passed_over = passed_over;
        self
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The files themselves, sorted by path.
    pub fn into_files(self) -> Vec<File> {
        self.files
    }

    /// What the manifest at `path` sees. `presence` tells what lies where a path leads that it writes, and
    /// `nearest` what is called most like a path that leads to nothing, both from the root.
    pub fn view<'r>(
        &'r self,
        manifest: &Manifest,
        path: &str,
        presence: &dyn Fn(&Pattern) -> Presence,
        nearest: &dyn Fn(&str) -> Option<String>,
    ) -> RepositoryView<'r> {
        let folder = folder_of(path).to_owned();
        let mut own: Vec<usize> = Vec::new();
        let mut lies = HashMap::new();
        let mut alternatives = HashMap::new();
        for written in paths(manifest) {
            let pattern = resolved(&folder, &written.text).map(Pattern::new);
            let there = pattern.as_ref().map_or(Presence::Elsewhere, presence);
            if there == Presence::Missing
                && let Some(near) = pattern.as_ref().and_then(Pattern::one).and_then(nearest)
            {
                alternatives.insert(written.text.clone(), relative(&folder, &near));
            }
            lies.insert(written.text, there);
            let Some(pattern) = pattern else { continue };
            let first = self.files.partition_point(|file| &*file.path < pattern.fixed());
            let near = self.files[first..].iter().take_while(|file| file.path.starts_with(pattern.fixed()));
            own.extend(near.enumerate().filter(|(_, file)| pattern.holds(&file.path)).map(|(index, _)| first + index));
        }
        let alone = self.folders.get(&folder).copied().unwrap_or(1) == 1;
        let beside = self.belonging.get(&folder).map(Vec::as_slice).unwrap_or_default();
        let only = self.folders.values().sum::<usize>() <= 1;
        let mut around: Vec<usize> = Vec::new();
        if alone {
            own.extend(beside)
        } else {
            around.extend(beside)
        }
        if only {
            own.extend(&self.unowned)
        } else {
            around.extend(&self.unowned)
        }
        own.sort_unstable();
        own.dedup();
        around.retain(|index| own.binary_search(index).is_err());
        let own: Vec<&File> = own.into_iter().map(|index| &self.files[index]).collect();
        let around: Vec<&File> = around.into_iter().map(|index| &self.files[index]).collect();
        let mut lists = vec![Vec::new(); self.schema.record(self.schema.root).fields.len()];
        own.iter().chain(&around).for_each(|file| collect(file, &mut lists));
        RepositoryView {
            schema: self.schema,
            path: path.to_owned(),
            folder,
            complete: self.complete,
            own,
            around,
            lists,
            presence: lies,
            nearest: alternatives,
            passed_over: &self.passed_over,
            not_told: Vec::new(),
        }
    }
}

impl<'r> RepositoryView<'r> {
    /// The items of a list of the documents, by the number of its field: the manifest's own first.
    pub fn items(&self, field: u16) -> &[Definition<'r>] {
        self.lists.get(usize::from(field)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The same, where it could not be told what else lies in these places.
    #[must_use]
    pub fn not_telling(mut self, places: Vec<PassedOver>) -> Self {
        self.not_told = places;
        self
    }

    /// Whether there may be more items of this sort than those that were read: in files that are present and not
    /// compared, or in a part of the repository that was not looked at.
    pub fn may_show_more(&self, list: &str) -> bool {
        !self.complete || self.files().any(|file| !file.compared() && file.shows(list))
    }

    /// The path of the manifest from the root of the repository.
    pub fn manifest_path(&self) -> &str {
        &self.path
    }

    /// The files that the manifest sees, its own first.
    pub fn files(&self) -> impl Iterator<Item = &'r File> + '_ {
        self.own.iter().chain(&self.around).copied()
    }

    /// What is present and was not compared, sorted by path: of the files that the manifest sees, and of the repository
    /// what was not opened at all.
    pub fn not_compared(&self) -> Vec<PassedOver> {
        let of = |file: &File| PassedOver {
            path: file.path.clone(),
            why: file.says(field_path!(evidence: "why")).or_else(|| file.says(STATE)).unwrap_or_default().to_owned(),
        };
        let files = self.files().filter(|file| !file.compared()).map(of);
        let mut all: Vec<PassedOver> = files.chain(self.passed_over.iter().chain(&self.not_told).cloned()).collect();
        all.sort();
        all
    }

    /// Whether the manifest names the file at `path`, or has it in its folder.
    pub fn owns_path(&self, path: &str) -> bool {
        self.own.binary_search_by(|file| (*file.path).cmp(path)).is_ok()
    }

    /// The path of the file that a document is of; none for a document that is no file of a repository.
    pub fn path_of<'d>(&self, home: &'d Manifest) -> Option<&'d str> {
        let file = home.schema.root == self.schema.root;
        file.then(|| home.section(field_path!(evidence: "path")).map(|path| home.text(path)))?
    }

    /// Whether a path that the manifest writes leads to something; none for one that it does not write.
    pub fn presence(&self, path: &str) -> Option<Presence> {
        self.presence.get(path).copied()
    }

    /// What is called most like a path of the manifest that leads to nothing, as the manifest would write it.
    pub fn nearest(&self, path: &str) -> Option<&str> {
        self.nearest.get(path).map(String::as_str)
    }

    /// A path of the manifest as a pattern of paths from the root of the repository; none for an address and for what
    /// lies outside.
    pub fn pattern(&self, path: &str) -> Option<Pattern> {
        resolved(&self.folder, path).map(Pattern::new)
    }
}

/// Adds what a file says to the lists, by the numbers of their fields.
fn collect<'r>(file: &'r File, lists: &mut [Vec<Definition<'r>>]) {
    let Value::Record(_, members) = &file.home.root.value else { return };
    for member in members {
        let (Value::List(found), Some(list)) = (&member.item.value, lists.get_mut(usize::from(member.field))) else {
            continue;
        };
        list.extend(found.iter().map(|item| Definition { home: &file.home, item, named: None }));
    }
}

/// The folder of a path; empty for the root.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders above a path, the innermost first and the root, which is empty, last.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let mut here = Some(folder_of(path));
    std::iter::from_fn(move || {
        let folder = here?;
        here = (!folder.is_empty()).then(|| folder_of(folder));
        Some(folder)
    })
}
