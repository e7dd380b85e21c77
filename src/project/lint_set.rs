//! The set of lints that a run uses.

use std::path::PathBuf;
use std::sync::Arc;

use self_cell::{MutBorrow, self_cell};
use sha2::{Digest, Sha256};

use super::LoadError;
use crate::arena::Arena;
use crate::built_in;
use crate::expression::{Conditions, Table};
use crate::framework::Framework;
use crate::lint::{Library, Lint};
use crate::source::Source;
use crate::workspace::{LintFolders, load_lints};

/// The lints and tables of one run. What was compiled for them is freed with them.
pub struct LintSet {
    compiled: Compiled,
    /// A digest of the files of own lints; none where there are no own lints.
    own: Option<String>,
    /// The files of own lints, tables, conditions and frameworks, by their names.
    pub files: Vec<String>,
}

/// What a set holds: the built-in ones first, then those of the user.
struct Parts<'a> {
    lints: Vec<Lint<'a>>,
    tables: Vec<Table<'a>>,
    frameworks: Vec<Framework<'a>>,
}

self_cell!(
    struct Compiled {
        owner: MutBorrow<Arena>,
        #[covariant]
        dependent: Parts,
    }
);

impl LintSet {
    /// The built-in lints and those in `folders`. Every error in a lint file is reported.
    pub fn load(folders: &[PathBuf]) -> Result<Self, LoadError> {
        if folders.is_empty() { Ok(Self::built_in()) } else { Self::beside_built_in(&files_of(folders)?) }
    }

    /// The same, where a set was loaded `before`: it is kept unless a file has changed.
    pub fn reload(folders: &[PathBuf], before: Option<&Arc<Self>>) -> Result<Arc<Self>, LoadError> {
        let files = if folders.is_empty() { None } else { Some(files_of(folders)?) };
        let digest = files.as_ref().map(digest_of);
        match (before.filter(|before| before.own == digest), files) {
            (Some(same), _) => Ok(Arc::clone(same)),
            (None, None) => Ok(Arc::new(Self::built_in())),
            (None, Some(files)) => Ok(Arc::new(Self::beside_built_in(&files)?)),
        }
    }

    /// The lints of `files` alone. They see the built-in conditions and tables, unless they are the built-in ones.
    pub fn alone(files: &LintFolders) -> Result<Self, LoadError> {
        let built_in = files.lints.iter().any(|file| {
            let is = |lint: &Lint<'_>| file.name().ends_with(&format!("{}/{}.md", lint.category, lint.name));
            built_in::LINTS.iter().any(is)
        });
        let others = if built_in { Others::default() } else { Others::built_in() };
        Self::compile(files, others, false)
    }

    /// The lints.
    pub fn lints(&self) -> &[Lint<'_>] {
        &self.compiled.borrow_dependent().lints
    }

    /// The tables that they look things up in.
    pub fn tables(&self) -> &[Table<'_>] {
        &self.compiled.borrow_dependent().tables
    }

    /// The frameworks whose clauses they name.
    pub fn frameworks(&self) -> &[Framework<'_>] {
        &self.compiled.borrow_dependent().frameworks
    }

    /// A digest of the lints: two runs with the same digest ask the same questions.
    pub fn digest(&self) -> String {
        if self.own.is_none() {
            return built_in::DIGEST.to_owned();
        }
        let mut hasher = Sha256::new();
        hasher.update(built_in::DIGEST);
        for lint in self.lints() {
            hasher.update(format!("{lint:?}"));
        }
        format!("{:x}", hasher.finalize())
    }

    fn built_in() -> Self {
        let parts = Parts {
            lints: built_in::LINTS.to_vec(),
            tables: built_in::TABLES.to_vec(),
            frameworks: built_in::FRAMEWORKS.to_vec(),
        };
        Self { compiled: Compiled::new(MutBorrow::new(Arena::new()), |_| parts), own: None, files: Vec::new() }
    }

    fn beside_built_in(files: &LintFolders) -> Result<Self, LoadError> {
        Self::compile(files, Others::built_in(), true)
    }

    /// Compiles files that see `others`; with `listed`, the lints of those are in the set as well.
    fn compile(files: &LintFolders, others: Others, listed: bool) -> Result<Self, LoadError> {
        let compiled = Compiled::try_new(MutBorrow::new(Arena::new()), |arena| {
            let (arena, schema) = (&*arena.borrow_mut(), &built_in::MANIFEST);
            let conditions = Conditions::given(others.conditions);
            let library = Library::read(arena, schema, conditions, others.tables, &files.conditions, &files.tables)?
                .with_frameworks(others.frameworks, &files.frameworks)?;
            let own = library.lints(schema, &files.lints, others.lints)?;
            let mut lints = if listed { others.lints.to_vec() } else { Vec::new() };
            lints.extend(own);
            Ok(Parts { lints, tables: library.tables, frameworks: library.frameworks })
        });
        Ok(Self { compiled: compiled.map_err(LoadError::Lints)?, own: Some(digest_of(files)), files: files.names() })
    }
}

/// What is there already when files are compiled.
#[derive(Default)]
struct Others {
    conditions: &'static [crate::expression::CheckedCondition<'static>],
    tables: &'static [Table<'static>],
    frameworks: &'static [Framework<'static>],
    lints: &'static [Lint<'static>],
}

impl Others {
    fn built_in() -> Self {
        Self {
            conditions: built_in::COMPILED_CONDITIONS,
            tables: built_in::TABLES,
            frameworks: built_in::FRAMEWORKS,
            lints: built_in::LINTS,
        }
    }
}

/// A digest of all that is compiled.
fn digest_of(files: &LintFolders) -> String {
    let mut hasher = Sha256::new();
    for (kind, sources) in (0_u8..).zip([&files.lints, &files.conditions, &files.tables, &files.frameworks]) {
        let mut feed = |part: &str| {
            // The length goes first, so that no two lists of parts read alike.
            hasher.update([kind]);
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        };
        sources.iter().for_each(|source: &Arc<Source>| [source.name(), source.text()].into_iter().for_each(&mut feed));
    }
    format!("{:x}", hasher.finalize())
}

/// The files of folders of lints; a folder without any, and a file that cannot be read, is an error.
pub fn files_of(folders: &[PathBuf]) -> Result<LintFolders, LoadError> {
    let files = load_lints(folders);
    if !files.unreadable.is_empty() {
        return Err(LoadError::Lints(files.unreadable));
    }
    match files.empty.first() {
        Some(folder) => {
            let folder = folder.display();
            Err(LoadError::Arguments(format!("no lint in `{folder}`: a lint lies at `{folder}/CATEGORY/NAME.md`")))
        }
        None => Ok(files),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{CheckRequest, Ruleset};
    use super::*;
    use crate::units::Date;
    use crate::workspace::Input;

    const LINT: &str = "\
---
severity: advice
kind: missing-piece
since: 0.1.0
when: stage == \"production\"
require: decided(serving.fallback)
message: no fallback NUMBER
labels: [{at: serving.fallback, text: x}]
sources: [own]
---

# No fallback

## Bad

```yaml
serving: {pattern: batch}
```

## Good

```yaml
serving: {pattern: batch, fallback: {to: x}}
```
";

    /// Writes 31 lints that say `words`.
    fn write(root: &Path, words: &str) {
        std::fs::create_dir_all(root.join("lints/own")).unwrap();
        for number in 0..31 {
            let text = LINT.replace("NUMBER", &format!("{number} {words}"));
            std::fs::write(root.join(format!("lints/own/my-lint-{number}.md")), text).unwrap();
        }
    }

    fn opened(root: &Path, comment: usize, before: Option<&Ruleset>) -> Ruleset {
        let text = format!("mlsystem-workspace: 1\nsystems: [\"*/mlsystem.yaml\"]\nlints: [lints]\n# {comment}\n");
        let file = Input::Text(Source::new("mlsystem-workspace.yaml", text));
        let request = CheckRequest::on(Date::parse("2026-11-24").unwrap(), Vec::new()).at_every_level();
        Ruleset::reopen(root, &file, before, &request).unwrap_or_else(|_| panic!("the lints are right"))
    }

    /// What a language server does over a long day.
    #[test]
    fn own_lints_are_compiled_once_for_each_state_of_their_files_and_then_freed() {
        let root = std::env::temp_dir().join(format!("mlsystem-lint-set-{}", std::process::id()));
        write(&root, "at first");
        let mut rules = opened(&root, 0, None);
        assert_eq!(rules.lints.lints().len(), built_in::LINTS.len() + 31);
        let first = Arc::downgrade(&rules.lints);
        for edit in 1..=300 {
            rules = opened(&root, edit, Some(&rules));
            assert!(std::ptr::eq(first.as_ptr(), Arc::as_ptr(&rules.lints)), "edit {edit}");
        }
        let mut before = first;
        for save in 1..=5 {
            write(&root, &format!("{save:5}"));
            rules = opened(&root, 0, Some(&rules));
            assert!(before.upgrade().is_none(), "save {save}: what was compiled before is gone");
            assert!(rules.lints.lints().iter().any(|lint| lint.name == "my-lint-30"));
            before = Arc::downgrade(&rules.lints);
        }
        let _ = std::fs::remove_dir_all(&root);
    }

    #[test]
    fn what_is_built_in_is_not_compiled_again() {
        let set = LintSet::load(&[]).unwrap_or_else(|_| panic!("nothing is loaded"));
        assert!(std::ptr::eq(set.lints()[0].cases, built_in::LINTS[0].cases));
        let again = LintSet::reload(&[], Some(&Arc::new(set))).unwrap_or_else(|_| panic!("nothing is loaded"));
        assert_eq!(again.digest(), built_in::DIGEST);
    }
}
