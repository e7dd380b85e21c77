//! Where compiled lints live: everything of one set in one place, which goes as a whole.

use bumpalo::Bump;

/// Memory for what is compiled. What lies in it may point at other things in it, and is freed with it.
#[derive(Debug, Default)]
pub struct Arena(Bump);

impl Arena {
    /// Memory that holds nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a value.
    pub fn one<T: Copy>(&self, value: T) -> &T {
        self.0.alloc(value)
    }

    /// Keeps a text.
    pub fn text(&self, text: &str) -> &str {
        self.0.alloc_str(text)
    }

    /// Keeps a list.
    pub fn list<T: Copy>(&self, items: &[T]) -> &[T] {
        self.0.alloc_slice_copy(items)
    }

    /// How many bytes lie in it.
    pub fn size(&self) -> usize {
        self.0.allocated_bytes()
    }
}
