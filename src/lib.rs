//! The design linter for production machine-learning systems.
//!
//! Data goes one way: text ([`source`]), spanned tree ([`tree`]), typed manifest, findings ([`finding`]),
//! report ([`report`]).

pub mod finding;
pub mod report;
pub mod source;
pub mod tree;
pub mod units;
