//! Checks in SodaCL. See <https://docs.soda.io/soda-cl-overview>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "SodaCL checks",
    files: &["*.yaml", "*.yml"],
    marks: &["checks for "],
    shows: &[fact!("suites")],
    read: checks,
}];

fn checks(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut any = false;
    for document in page.documents() {
        for (key, span, checks) in document.entries() {
            let Some(dataset) = key.strip_prefix("checks for ").or(key.strip_prefix("automated monitoring for "))
            else {
                continue;
            };
            any = true;
            // `clicks [daily]` names a filter of the dataset.
            let dataset = dataset.split(" [").next().unwrap_or(dataset).trim();
            let dataset = dataset.strip_prefix("dataset ").unwrap_or(dataset);
            let mut fact = Fact::named(dataset, span);
            fact.say(fact!("suites[].tool"), "soda", span).say(fact!("suites[].dataset"), dataset, span);
            fact.say(fact!("suites[].checks"), checks.items().count().to_string(), span);
            builder.add(fact!("suites"), fact);
        }
    }
    match page.every_document() {
        Ok(()) if !any => Err(SkipReason::Other),
        read => read,
    }
}
