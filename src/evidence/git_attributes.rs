//! `.gitattributes`: which files Git LFS keeps outside of the repository. See <https://git-scm.com/docs/gitattributes>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Git attributes",
    files: &[".gitattributes"],
    marks: &[],
    shows: &[fact!("attributes")],
    read: attributes,
}];

fn attributes(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut start = 0;
    for line in page.source.text().split_inclusive('\n') {
        let offset = start + line.len() - line.trim_start().len();
        start += line.len();
        let line = line.trim();
        if line.starts_with('#') || line.starts_with("[attr]") {
            continue;
        }
        // A pattern with a blank stands between quotes.
        let (pattern, rest) = match line.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            Some(quoted) => quoted,
            None => line.split_once(char::is_whitespace).unwrap_or((line, "")),
        };
        if rest.split_whitespace().any(|attribute| attribute == "filter=lfs") {
            let span = Span::new(offset, offset + line.len());
            let mut fact = Fact::at(span);
            fact.say(fact!("attributes[].pattern"), pattern, span);
            builder.add(fact!("attributes"), fact);
        }
    }
    Ok(())
}
