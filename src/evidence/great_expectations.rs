//! Suites of Great Expectations, as JSON. See <https://docs.greatexpectations.io/docs/core/define_expectations/>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Great Expectations suite",
    files: &["*.json"],
    marks: &["\"expectations\""],
    shows: &[fact!("suites")],
    read: suite,
}];

fn suite(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    let expectations = document.get("expectations");
    let name = [document.get("expectation_suite_name"), document.get("name")].into_iter().find(|name| name.exists());
    let (Some(name), true) = (name, expectations.is_list()) else { return Err(SkipReason::Other) };
    let ours = document.get("expectation_suite_name").exists()
        || document.at("meta.great_expectations_version").exists()
        || expectations.items().any(is_expectation);
    if !ours {
        return Err(SkipReason::Other);
    }
    let mut fact = Fact::at(name.span());
    fact.part(fact!("suites[].name"), name);
    fact.say(fact!("suites[].tool"), "great-expectations", name.span());
    fact.say(fact!("suites[].checks"), expectations.items().count().to_string(), document.key_span("expectations"));
    builder.add(fact!("suites"), fact);
    Ok(())
}

fn is_expectation(part: YamlCursor<'_>) -> bool {
    // The key had another name before version 1.
    ["type", "expectation_type"].iter().any(|key| part.get(key).text().is_some_and(|kind| kind.starts_with("expect_")))
}
