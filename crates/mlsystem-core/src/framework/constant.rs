//! Frameworks as constants of the program.

use super::{Clause, Framework, Score, Section};
use crate::constant::constants;

constants! { "crate::framework::":
    struct Framework { id, title, edition, certainty, none, score, sections }
    struct Score { declared, proven, means }
    struct Section { title, id, clauses }
    struct Clause { id, title, none }
}
