//! Fixes: what is offered is sound, and changes nothing but what it says.

#![allow(clippy::unwrap_used, reason = "a test may stop where something is wrong")]

mod examples;
mod files;
mod support;
mod texts;
