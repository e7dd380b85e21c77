//! The core of `mlsystem`: a text goes in, findings come out, and nothing is read from a disk or printed.
//!
//! Data goes one way: text ([`source`]), spanned tree ([`tree`]), typed manifest ([`manifest`]), findings ([`finding`]).
//! The build script of the program compiles the built-in lints with this package, and the program runs them with it.

#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod arena;
pub mod check;
pub mod constant;
pub mod edit;
pub mod expression;
pub mod facts;
pub mod finding;
pub mod framework;
pub mod lint;
pub mod lookalike;
pub mod manifest;
pub mod schema;
pub mod secret;
pub mod source;
pub mod tree;
pub mod units;
