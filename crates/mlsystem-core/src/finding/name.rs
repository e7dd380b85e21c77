//! The name of a lint.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// The name of a lint in kebab-case: its identity. It is the name of today, never a former one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LintName<'a>(&'a str);

impl<'a> LintName<'a> {
    /// The lint called `name`.
    pub const fn new(name: &'a str) -> Self {
        Self(name)
    }

    /// The name as text.
    pub const fn as_str(self) -> &'a str {
        self.0
    }
}

impl Deref for LintName<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Display for LintName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl From<LintName<'static>> for Cow<'static, str> {
    fn from(name: LintName<'static>) -> Self {
        Cow::Borrowed(name.0)
    }
}

impl PartialEq<LintName<'_>> for Cow<'_, str> {
    fn eq(&self, name: &LintName<'_>) -> bool {
        **self == *name.0
    }
}

impl PartialEq<LintName<'_>> for str {
    fn eq(&self, name: &LintName<'_>) -> bool {
        *self == *name.0
    }
}

impl PartialEq<LintName<'_>> for &str {
    fn eq(&self, name: &LintName<'_>) -> bool {
        **self == *name.0
    }
}
