//! What is said of an evaluation: where its places lie, what its values look like, and why a condition came out as it did.

mod display;
mod location;
mod reasons;

pub use display::{Spec, placeholder, show};
pub use location::{Location, location, location_of, names_a_place};
pub use reasons::reasons;
