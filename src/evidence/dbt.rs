//! Properties of dbt: the tests of models and sources, and how fresh a source has to be. See
//! <https://docs.getdbt.com/reference/configs-and-properties>.

use super::figure::duration_of;
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "dbt properties",
    files: &["*.yml", "*.yaml"],
    marks: &["models:", "sources:", "seeds:", "snapshots:"],
    shows: &[fact!("suites"), fact!("contracts")],
    read: properties,
}];

fn properties(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document().map_err(|_| SkipReason::Other)?;
    let mut any = false;
    for kind in ["models", "seeds", "snapshots"] {
        for model in document.get(kind).items().filter(|model| is_described(*model)) {
            any = true;
            builder.add(fact!("suites"), suite(model));
        }
    }
    for source in document.get("sources").items().filter(|source| source.get("tables").is_list()) {
        any = true;
        for table in source.get("tables").items().filter(|table| table.get("name").text().is_some()) {
            builder.add(fact!("suites"), suite(table));
            if let Some(fact) = freshness(source, table) {
                builder.add(fact!("contracts"), fact);
            }
        }
    }
    if any { Ok(()) } else { Err(SkipReason::Other) }
}

/// Other tools have lists of models as well: of dbt are those with a name and nothing but what dbt knows.
fn is_described(model: YamlCursor<'_>) -> bool {
    const OWN: [&str; 12] = [
        "name",
        "description",
        "columns",
        "tests",
        "data_tests",
        "config",
        "docs",
        "meta",
        "tags",
        "versions",
        "access",
        "constraints",
    ];
    let known = |key: &str| {
        OWN.contains(&key)
            || matches!(
                key,
                "latest_version"
                    | "group"
                    | "contract"
                    | "deprecation_date"
                    | "semantic_model"
                    | "metrics"
                    | "time_spine"
                    | "primary_entity"
                    | "agg_time_dimension"
                    | "derived_semantics"
                    | "freshness"
                    | "unit_tests"
            )
    };
    model.get("name").text().is_some() && model.entries().all(|(key, ..)| known(key))
}

/// The tests of a table and of its columns.
fn suite(table: YamlCursor<'_>) -> Fact {
    let name = table.get("name");
    let tests = |part: YamlCursor<'_>| {
        ["tests", "data_tests"].into_iter().map(|key| part.get(key).items().count()).sum::<usize>()
    };
    let count = tests(table) + table.get("columns").items().map(tests).sum::<usize>();
    let mut fact = Fact::at(name.span());
    fact.part(fact!("suites[].name"), name).part(fact!("suites[].dataset"), name).say(
        fact!("suites[].tool"),
        "dbt",
        name.span(),
    );
    fact.say(fact!("suites[].checks"), count.to_string(), name.span());
    fact
}

/// The age at which a source is too old: that of the table, else that of the source. `null` takes it away.
fn freshness(source: YamlCursor<'_>, table: YamlCursor<'_>) -> Option<Fact> {
    let of =
        |part: YamlCursor<'_>| [part.get("freshness"), part.at("config.freshness")].into_iter().any(YamlCursor::exists);
    let within = if of(table) { table } else { source };
    let freshness = [within.get("freshness"), within.at("config.freshness")].into_iter().find(|part| part.exists())?;
    let limit =
        ["error_after", "warn_after"].into_iter().map(|key| freshness.get(key)).find(|limit| limit.is_mapping())?;
    let count = limit.get("count");
    let name = table.get("name");
    let mut fact = Fact::at(name.span());
    fact.part(fact!("suites[].name"), name);
    fact.say(fact!("contracts[].freshness"), duration_of(count.number()?, limit.get("period").text()?)?, count.span());
    Some(fact)
}
