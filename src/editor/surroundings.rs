//! The documents around the one that is asked about.

use crate::expression::Table;
use crate::facts::Facts;
use crate::lint::Lint;
use crate::manifest::{Manifest, Value};
use crate::units::Date;

/// What an editor's question is asked against, besides the document itself.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'w> {
    /// The manifests of the workspace, open ones as they stand in the editor, each once. A manifest that belongs to no
    /// workspace stands here alone.
    pub manifests: &'w [&'w Manifest],
    /// The workspace file, where there is one.
    pub house: Option<&'w Manifest>,
    /// The facts of the workspace, where there is one. They are made of the same manifests.
    pub facts: Option<&'w Facts<'w>>,
    /// The lints that run.
    pub lints: &'w [Lint<'w>],
    /// The tables that they were compiled with.
    pub tables: &'w [Table<'w>],
    /// The day that dates are compared with.
    pub today: Date,
}

/// The document that defines something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Home {
    /// One of [`Surroundings::manifests`], by its number.
    Manifest(usize),
    /// The workspace file.
    House,
}

impl<'w> Surroundings<'w> {
    /// The document.
    pub(super) fn document(&self, home: Home) -> Option<&'w Manifest> {
        match home {
            Home::Manifest(number) => self.manifests.get(number).copied(),
            Home::House => self.house,
        }
    }

    /// Which document a manifest is.
    pub(super) fn home_of(&self, manifest: &Manifest) -> Option<Home> {
        let same = |other: &&Manifest| std::ptr::eq(*other, manifest);
        let number = self.manifests.iter().position(same).map(Home::Manifest);
        number.or_else(|| self.house.filter(same).map(|_| Home::House))
    }

    /// All documents: the manifests, and the workspace file.
    pub(super) fn homes(&self) -> impl Iterator<Item = Home> + 'w {
        let count = self.manifests.len();
        (0..count).map(Home::Manifest).chain(self.house.map(|_| Home::House))
    }

    /// The document that describes the system so called: its manifest, else the workspace file that names it.
    pub(super) fn system(&self, name: &str) -> Option<Home> {
        let number = self.manifests.iter().position(|manifest| manifest.name() == Some(name));
        number.map(Home::Manifest).or_else(|| self.externals().any(|external| external == name).then_some(Home::House))
    }

    /// The names of things without a manifest.
    pub(super) fn externals(&self) -> impl Iterator<Item = &'w str> + 'w {
        let named = self.house.and_then(|house| house.section("externals")).map(|item| &item.value);
        let named = match named {
            Some(Value::Map(named)) => named.as_slice(),
            _ => &[],
        };
        named.iter().map(|named| &*named.name)
    }
}
