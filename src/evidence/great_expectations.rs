//! Suites of Great Expectations, as JSON. See <https://docs.greatexpectations.io/docs/core/define_expectations/>.

use super::{Fact, Page, Part, Reader, Sheet, Unfit};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Great Expectations suite",
    files: &["*.json"],
    marks: &["\"expectations\""],
    shows: &["suites"],
    read: suite,
}];

fn suite(page: &Page<'_>, sheet: &mut Sheet) -> Result<(), Unfit> {
    let document = page.document()?;
    let expectations = document.get("expectations");
    let name = [document.get("expectation_suite_name"), document.get("name")].into_iter().find(|name| name.exists());
    let (Some(name), true) = (name, expectations.is_list()) else { return Err(Unfit::Other) };
    let ours = document.get("expectation_suite_name").exists()
        || document.at("meta.great_expectations_version").exists()
        || expectations.items().any(is_expectation);
    if !ours {
        return Err(Unfit::Other);
    }
    let mut fact = Fact::at(name.span());
    fact.part("name", name);
    fact.say("tool", "great-expectations", name.span());
    fact.say("checks", expectations.items().count().to_string(), document.key_span("expectations"));
    sheet.add("suites", fact);
    Ok(())
}

fn is_expectation(part: Part<'_>) -> bool {
    // The key had another name before version 1.
    ["type", "expectation_type"].iter().any(|key| part.get(key).text().is_some_and(|kind| kind.starts_with("expect_")))
}
