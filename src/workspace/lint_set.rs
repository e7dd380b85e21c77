//! The set of lints that a run uses.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::{LintFolders, Unusable, load_lints};
use crate::built_in;
use crate::expression::{ConditionText, Table};
use crate::framework::Framework;
use crate::lint::{Library, Lint};

/// The lints and tables of one run.
pub struct LintSet {
    /// The lints: built-in ones first, then those of the user.
    pub lints: Vec<Lint>,
    /// The tables that they look things up in.
    pub tables: Vec<Table>,
    /// The frameworks whose clauses they name.
    pub frameworks: Vec<Framework>,
    /// The files of own lints, tables, conditions and frameworks, by their names.
    pub files: Vec<String>,
    own: bool,
}

impl LintSet {
    /// The built-in lints and those in `folders`. Every error in a lint file is reported.
    pub fn load(folders: &[PathBuf]) -> Result<Self, Unusable> {
        if folders.is_empty() {
            return Ok(Self {
                lints: built_in::LINTS.to_vec(),
                tables: built_in::TABLES.to_vec(),
                frameworks: built_in::FRAMEWORKS.to_vec(),
                files: Vec::new(),
                own: false,
            });
        }
        let files = files_of(folders)?;
        let mut set =
            Self::compile(built_in::CONDITIONS, built_in::TABLES, built_in::FRAMEWORKS, &files, built_in::LINTS)?;
        let own = std::mem::replace(&mut set.lints, built_in::LINTS.to_vec());
        set.lints.extend(own);
        Ok(set)
    }

    /// The lints of `files` alone. They see the built-in conditions and tables, unless they are the built-in ones.
    pub fn alone(files: &LintFolders) -> Result<Self, Unusable> {
        let built_in = files.lints.iter().any(|file| {
            let is = |lint: &Lint| file.name().ends_with(&format!("{}/{}.md", lint.category, lint.name));
            built_in::LINTS.iter().any(is)
        });
        if built_in {
            return Self::compile(&[], &[], &[], files, &[]);
        }
        Self::compile(built_in::CONDITIONS, built_in::TABLES, built_in::FRAMEWORKS, files, built_in::LINTS)
    }

    fn compile(
        conditions: &[ConditionText<'static>],
        tables: &[Table],
        frameworks: &[Framework],
        files: &LintFolders,
        others: &[Lint],
    ) -> Result<Self, Unusable> {
        let schema = &built_in::MANIFEST;
        let library = Library::read(schema, conditions, tables, &files.conditions, &files.tables)
            .and_then(|library| library.with_frameworks(frameworks, &files.frameworks));
        let compiled = library.and_then(|library| Ok((library.lints(schema, &files.lints, others)?, library)));
        match compiled {
            Ok((lints, library)) => {
                let (tables, frameworks) = (library.tables, library.frameworks);
                Ok(Self { lints, tables, frameworks, files: files.names(), own: true })
            }
            Err(findings) => Err(Unusable::Lints(findings)),
        }
    }

    /// A digest of the lints: two runs with the same digest ask the same questions.
    pub fn digest(&self) -> String {
        if !self.own {
            return built_in::DIGEST.to_owned();
        }
        let mut hasher = Sha256::new();
        hasher.update(built_in::DIGEST);
        for lint in &self.lints {
            hasher.update(format!("{lint:?}"));
        }
        format!("{:x}", hasher.finalize())
    }
}

/// The files of folders of lints; a folder without any, and a file that cannot be read, is an error.
pub fn files_of(folders: &[PathBuf]) -> Result<LintFolders, Unusable> {
    let files = load_lints(folders);
    if !files.unreadable.is_empty() {
        return Err(Unusable::Lints(files.unreadable));
    }
    match files.empty.first() {
        Some(folder) => {
            let folder = folder.display();
            Err(Unusable::Arguments(format!("no lint in `{folder}`: a lint lies at `{folder}/CATEGORY/NAME.md`")))
        }
        None => Ok(files),
    }
}
