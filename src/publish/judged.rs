//! What readers of real systems thought of the findings of each lint.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// How the findings of one lint were judged, over the systems of `fixtures/published`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The findings that were judged.
    pub judged: usize,
    /// Those of them that are right.
    pub right: usize,
    /// Those of the right ones that a reviewer would raise.
    pub worth_it: usize,
    /// The judged findings that were false or said twice, and are not reported any more.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub fixed: usize,
    /// The systems of the judged findings, by name.
    pub systems: Vec<String>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The figures of every lint that was judged, by its name. `UPDATE=1 cargo test published::` writes the file.
static JUDGED: LazyLock<BTreeMap<String, Judged>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../lints/judged.json")).unwrap_or_default());

/// How the findings of the built-in lint `name` were judged; none where no judged system has any.
pub fn judged(name: &str) -> Option<&'static Judged> {
    JUDGED.get(name)
}

impl Judged {
    /// The figures in words: `judged 27, right 25, worth it 19`.
    pub fn sentence(&self) -> String {
        format!("judged {}, right {}, worth it {}", self.judged, self.right, self.worth_it)
    }
}
