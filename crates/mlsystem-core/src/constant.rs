//! Values written as the Rust expressions that make them.
//!
//! The build compiles the declaration of the format and the built-in lints, and leaves them in the program as constants,
//! so that a start pays nothing for them. This module is how it writes them down.

/// A value that can stand in a program as a constant.
pub trait Constant {
    /// Appends the Rust expression for this value; paths of types begin with `crate::`.
    fn constant(&self, out: &mut String);

    /// The Rust expression for this value.
    fn to_constant(&self) -> String {
        let mut out = String::new();
        self.constant(&mut out);
        out
    }
}

impl Constant for str {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("{self:?}"));
    }
}

impl<T: Constant + ?Sized> Constant for &T {
    fn constant(&self, out: &mut String) {
        (**self).constant(out);
    }
}

impl<T: Constant> Constant for [T] {
    fn constant(&self, out: &mut String) {
        out.push_str("&[");
        for item in self {
            item.constant(out);
            out.push_str(", ");
        }
        out.push(']');
    }
}

impl<T: Constant> Constant for Option<T> {
    fn constant(&self, out: &mut String) {
        match self {
            Some(value) => {
                out.push_str("Some(");
                value.constant(out);
                out.push(')');
            }
            None => out.push_str("None"),
        }
    }
}

impl<A: Constant, B: Constant> Constant for (A, B) {
    fn constant(&self, out: &mut String) {
        out.push('(');
        self.0.constant(out);
        out.push_str(", ");
        self.1.constant(out);
        out.push(')');
    }
}

/// Numbers and truth values are written as Rust prints them; a float keeps its point and every bit.
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Constant for $type {
            fn constant(&self, out: &mut String) {
                out.push_str(&format!("{self:?}"));
            }
        }
    )*};
}

plain!(bool, u8, u16, u32, usize, i64, f64);
