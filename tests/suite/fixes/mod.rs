//! Fixes: what is offered is sound, and changes nothing but what it says.

mod comments;
mod examples;
mod files;
mod inventions;
mod outlines;
mod support;
mod texts;
