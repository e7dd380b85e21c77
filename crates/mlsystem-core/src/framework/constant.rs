//! Frameworks as constants of the program.

use super::{Clause, Framework, Score, Section};
use crate::constant::constants;

constants! { "crate::framework::":
    struct Framework<'_> { id, title, edition, certainty, none, score, sections }
    struct Score<'_> { declared, proven, means }
    struct Section<'_> { title, id, clauses }
    struct Clause<'_> { id, title, none }
}
