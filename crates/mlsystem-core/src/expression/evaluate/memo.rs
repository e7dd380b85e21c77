//! What evaluations came to, kept so that nothing is computed twice: nearly every lint asks whether the system is in
//! production, and in each of its rounds anew.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::expression::{Condition, ItemRef, Let, Unknown, Value};

/// What is kept while one manifest is judged.
#[derive(Debug, Default)]
pub(super) struct Memo<'m> {
    /// Of the lint at hand, what its named expressions came to.
    lets: Vec<(&'m Let<'m>, MemoEntry<'m>)>,
    /// What shared conditions without a parameter came to.
    conditions: HashMap<usize, MemoEntry<'m>, Addresses>,
    /// What the others came to for an item.
    items: HashMap<(usize, usize), bool, Addresses>,
    /// The bytes that were made for what is kept: of the lint at hand, and of the shared conditions.
    bytes: [u64; 2],
}

/// What an evaluation came to.
#[derive(Debug, Clone)]
pub(super) struct MemoEntry<'m> {
    pub value: Result<Value<'m>, Unknown>,
    /// The places that it read in vain.
    pub missing_inputs: Box<[Cow<'m, str>]>,
    /// Whether it asked for other systems or files where none are known.
    pub lacks_context: bool,
}

/// Results for items beyond this many are not kept, so that memory has a bound.
const MAX_ENTRIES: usize = 20_000;

/// Neither are results for which more bytes were made than these together.
const MAX_BYTES: u64 = 16_000_000;

impl<'m> Memo<'m> {
    pub fn named(&self, named: &'m Let<'m>) -> Option<&MemoEntry<'m>> {
        self.lets.iter().find(|(known, _)| std::ptr::eq(*known, named)).map(|(_, entry)| entry)
    }

    pub fn keep_named(&mut self, named: &'m Let<'m>, entry: MemoEntry<'m>, bytes: u64) {
        if self.bytes[0] + bytes <= MAX_BYTES {
            self.bytes[0] += bytes;
            self.lets.push((named, entry));
        }
    }

    /// Forgets the named expressions that read loop variables after the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.lets.retain(|(named, _)| usize::from(named.reads) <= count);
        if self.lets.is_empty() {
            self.bytes[0] = 0;
        }
    }

    /// Forgets all named expressions.
    pub fn clear(&mut self) {
        self.lets.clear();
        self.bytes[0] = 0;
    }

    pub fn condition(&self, condition: &'m Condition<'m>) -> Option<&MemoEntry<'m>> {
        self.conditions.get(&address(condition))
    }

    pub fn keep_condition(&mut self, condition: &'m Condition<'m>, entry: MemoEntry<'m>, bytes: u64) {
        if self.bytes[1] + bytes <= MAX_BYTES {
            self.bytes[1] += bytes;
            self.conditions.insert(address(condition), entry);
        }
    }

    /// Whether an item meets a condition.
    pub fn of_item(&self, condition: &'m Condition<'m>, item_ref: ItemRef<'m>) -> Option<bool> {
        self.items.get(&(address(condition), identity(item_ref))).copied()
    }

    /// Keeps whether an item meets a condition.
    pub fn keep_of_item(&mut self, condition: &'m Condition<'m>, item_ref: ItemRef<'m>, truth: bool) {
        if self.items.len() < MAX_ENTRIES {
            self.items.insert((address(condition), identity(item_ref)), truth);
        }
    }
}

/// What tells an item from all others. The same item is another one where it is known without its name.
fn identity(item_ref: ItemRef<'_>) -> usize {
    address(item_ref.item) << 1 | usize::from(item_ref.named.is_some())
}

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

type Addresses = BuildHasherDefault<AddressHasher>;

/// Spreads addresses over a table. Nobody who writes a manifest chooses them, so that no stronger hash is needed.
#[derive(Debug, Default)]
pub(super) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn write_usize(&mut self, address: usize) {
        self.0 = (self.0 ^ address as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_right(29);
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
