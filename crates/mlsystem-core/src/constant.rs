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

impl Constant for &str {
    fn constant(&self, out: &mut String) {
        out.push_str(&format!("{self:?}"));
    }
}

impl<T: Constant> Constant for &T {
    fn constant(&self, out: &mut String) {
        out.push('&');
        (**self).constant(out);
    }
}

impl<T: Constant> Constant for &[T] {
    fn constant(&self, out: &mut String) {
        out.push_str("&[");
        for item in *self {
            item.constant(out);
            out.push_str(", ");
        }
        out.push(']');
    }
}

impl<T: Constant, const N: usize> Constant for [T; N] {
    fn constant(&self, out: &mut String) {
        out.push('[');
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

/// Writes down types as they are declared: `constants! { "path::of::module::": struct Field { name, of } enum Type { Any,
/// List(of) } words Kind; }`. The compiler holds the list of fields and variants to the declaration of the type; `words`
/// are enumerations without parts, and numbers, which Rust prints as they are written.
macro_rules! constants {
    ($path:literal:) => {};
    ($path:literal: words $name:ident; $($rest:tt)*) => {
        impl $crate::constant::Constant for $name {
            fn constant(&self, out: &mut String) {
                out.push_str(&format!(concat!($path, stringify!($name), "::{:?}"), self));
            }
        }
        $crate::constant::constants!($path: $($rest)*);
    };
    ($path:literal: struct $name:ident $(<$lifetime:lifetime>)? { $($field:ident),* $(,)? } $($rest:tt)*) => {
        impl $crate::constant::Constant for $name $(<$lifetime>)? {
            fn constant(&self, out: &mut String) {
                let Self { $($field),* } = self;
                out.push_str(concat!($path, stringify!($name), " { "));
                $(
                    out.push_str(concat!(stringify!($field), ": "));
                    $crate::constant::Constant::constant($field, out);
                    out.push_str(", ");
                )*
                out.push('}');
            }
        }
        $crate::constant::constants!($path: $($rest)*);
    };
    (
        $path:literal:
        enum $name:ident $(<$lifetime:lifetime>)? {
            $($variant:ident $(($($part:ident),*))? $({ $($field:ident),* })?),* $(,)?
        }
        $($rest:tt)*
    ) => {
        impl $crate::constant::Constant for $name $(<$lifetime>)? {
            fn constant(&self, out: &mut String) {
                match self {$(
                    Self::$variant $(($($part),*))? $({ $($field),* })? => {
                        out.push_str(concat!($path, stringify!($name), "::", stringify!($variant)));
                        $(
                            out.push('(');
                            $(
                                $crate::constant::Constant::constant($part, out);
                                out.push_str(", ");
                            )*
                            out.push(')');
                        )?
                        $(
                            out.push_str(" { ");
                            $(
                                out.push_str(concat!(stringify!($field), ": "));
                                $crate::constant::Constant::constant($field, out);
                                out.push_str(", ");
                            )*
                            out.push('}');
                        )?
                    }
                )*}
            }
        }
        $crate::constant::constants!($path: $($rest)*);
    };
}

pub(crate) use constants;

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
