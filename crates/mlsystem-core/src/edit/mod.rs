//! Changes to the text of a manifest that leave everything else as it was: comments, quotes, indentation, line ends.
//!
//! Text and tree come in, a new text goes out. Whoever asks for a change reads the result again before it is kept.

mod entry;
mod list;
#[cfg(test)]
mod properties;
mod scalar;
mod waiver;
mod yaml_value;

pub use entry::{Addition, Change, add_entry, fill_below, set_value, widen};
pub use scalar::{in_place_of, is_hidden, line_scalar, quoted, scalar};
pub use waiver::{Waiver, add_waiver, waiver_span};
pub use yaml_value::YamlValue;
