//! Reports of figures: flat files of names and numbers, such as the metric files of DVC. See
//! <https://dvc.org/doc/command-reference/metrics>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "metric file",
    files: &[
        "*metrics.json",
        "*metrics.yaml",
        "*metrics.yml",
        "*scores.json",
        "metrics/*.json",
        "reports/*.json",
        "evaluation/*.json",
    ],
    marks: &[],
    shows: &[fact!("metrics")],
    read: report,
}];

/// How deep a figure may stand.
const DEPTH: usize = 4;

/// The most figures of one report.
const MAX_FIGURES: usize = 500;

fn report(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    if !document.is_mapping() {
        return Err(SkipReason::Other);
    }
    let mut count = 0;
    figures(document, DEPTH, &mut count, builder);
    if count == 0 { Err(SkipReason::Other) } else { Ok(()) }
}

/// Every number is a figure and is called by its own key, whatever it stands in.
fn figures(part: YamlCursor<'_>, depth: usize, count: &mut usize, builder: &mut FactBuilder) {
    for (name, span, value) in part.entries() {
        if *count == MAX_FIGURES {
            return;
        }
        if value.number().is_some() {
            *count += 1;
            let mut fact = Fact::named(name, span);
            fact.part(fact!("metrics[].value"), value);
            builder.add(fact!("metrics"), fact);
        } else if depth > 0 {
            figures(value, depth - 1, count, builder);
        }
    }
}
