//! Indexes of long lists: which items have a name, and which say a word in a field. Without them a manifest of ten times
//! the lines would take a hundred times as long, since lints hold lists against each other.

use std::cell::RefCell;
use std::rc::Rc;

use crate::expression::{Condition, List, Step};
use crate::manifest::{Manifest, NamedItem};

/// A list of no more items than this is visited faster than looked up in.
pub(super) const INDEX_THRESHOLD: usize = 8;

/// Which items of one list may say a word.
#[derive(Debug, Default)]
pub(super) struct Index<'m> {
    /// The words with the numbers of items, sorted.
    words: Vec<(&'m str, u32)>,
    /// The items of which it is not known what they say.
    open: Vec<u32>,
}

/// The indexes of one manifest and those it is held against. Each word of a list stands in one of them, so that together
/// they are no larger than the manifests.
#[derive(Debug, Default)]
pub(super) struct Indexes<'m> {
    known: RefCell<Vec<IndexEntry<'m>>>,
    /// Whether none are made.
    off: bool,
}

#[derive(Debug)]
struct IndexEntry<'m> {
    list: usize,
    by: By<'m>,
    index: Rc<Index<'m>>,
}

/// What an index is made of.
#[derive(Debug, Clone, Copy)]
enum By<'m> {
    /// The words at the end of these steps, which are fields; the names where there are none.
    Words(&'m [Step<'m>]),
    /// The items that may meet a condition.
    Meeting(&'m Condition<'m>),
}

impl<'m> Index<'m> {
    /// Adds that an item says a word.
    pub fn add(&mut self, word: &'m str, item: u32) {
        self.words.push((word, item));
    }

    /// Adds that it is not known what an item says.
    pub fn add_open(&mut self, item: u32) {
        self.open.push(item);
    }

    fn sort(&mut self) {
        self.words.sort_unstable();
    }

    /// The items that say a word.
    fn saying(&self, word: &str) -> impl Iterator<Item = u32> {
        let first = self.words.partition_point(|(known, _)| *known < word);
        self.words[first..].iter().take_while(move |(known, _)| *known == word).map(|(_, item)| *item)
    }

    /// The items that may say one of the words, in the order of the list.
    pub fn candidates<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Vec<u32> {
        let mut found = self.open.clone();
        words.into_iter().for_each(|word| found.extend(self.saying(word)));
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl<'m> Indexes<'m> {
    /// No indexes: every list is visited.
    pub fn none() -> Self {
        Self { known: RefCell::default(), off: true }
    }

    /// The index of what the items of a list say at the end of `steps`, which are fields; of their names where there are
    /// none. It is made when it is first asked for; none for a list that no manifest holds, and for a short one.
    pub fn of(
        &self,
        list: &List<'m>,
        steps: &'m [Step<'m>],
        make: impl FnOnce(&mut Index<'m>),
    ) -> Option<Rc<Index<'m>>> {
        self.find(list, By::Words(steps), make)
    }

    /// The same of the items that may meet a condition, which are the open ones.
    pub fn meeting(
        &self,
        list: &List<'m>,
        condition: &'m Condition<'m>,
        make: impl FnOnce(&mut Index<'m>),
    ) -> Option<Rc<Index<'m>>> {
        self.find(list, By::Meeting(condition), make)
    }

    fn find(&self, list: &List<'m>, by: By<'m>, make: impl FnOnce(&mut Index<'m>)) -> Option<Rc<Index<'m>>> {
        if self.off {
            return None;
        }
        let address = match list {
            List::Items(items, _) if items.len() > INDEX_THRESHOLD => items.as_ptr().addr(),
            List::Named(items, _) if items.len() > INDEX_THRESHOLD => items.as_ptr().addr(),
            _ => return None,
        };
        let is_it = |known: &&IndexEntry<'m>| known.list == address && known.by.is(by);
        if let Some(known) = self.known.borrow().iter().find(is_it) {
            return Some(Rc::clone(&known.index));
        }
        let mut index = Index::default();
        make(&mut index);
        index.sort();
        let index = Rc::new(index);
        self.known.borrow_mut().push(IndexEntry { list: address, by, index: Rc::clone(&index) });
        Some(index)
    }

    /// The named item of a map that has this name.
    pub fn named(&self, items: &'m [NamedItem], home: &'m Manifest, name: &str) -> Option<&'m NamedItem> {
        let index = self.of(&List::Named(items, home), &[], |index| {
            (0..).zip(items).for_each(|(number, named)| index.add(&named.name, number));
        });
        match index {
            Some(index) => items.get(index.saying(name).next()? as usize),
            None => items.iter().find(|named| &*named.name == name),
        }
    }
}

impl<'m> By<'m> {
    fn is(self, other: By<'m>) -> bool {
        match (self, other) {
            (Self::Words(a), Self::Words(b)) => {
                let same = |(a, b): (&Step, &Step)| matches!((a, b), (Step::Field(a, _), Step::Field(b, _)) if a == b);
                a.len() == b.len() && a.iter().zip(b).all(same)
            }
            (Self::Meeting(a), Self::Meeting(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}
