//! Data contracts: the Open Data Contract Standard, and the Data Contract Specification before it. See
//! <https://bitol-io.github.io/open-data-contract-standard/> and <https://datacontract.com>.

use super::figure::{duration, duration_of, schedule, short};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::schema::FieldPath;
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "data contract",
    files: &["*.yaml", "*.yml"],
    marks: &["DataContract", "dataContractSpecification:"],
    shows: &[fact!("contracts"), fact!("suites")],
    read: contract,
}];

fn contract(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let named = page
        .source
        .text()
        .lines()
        .any(|line| line.starts_with("kind:") || line.starts_with("dataContractSpecification:"));
    let document = match page.document() {
        Err(_) if !named => return Err(SkipReason::Other),
        document => document?,
    };
    if document.get("kind").is("DataContract") {
        standard(document, builder);
    } else if document.get("dataContractSpecification").exists() {
        specification(document, builder);
    } else {
        return Err(SkipReason::Other);
    }
    Ok(())
}

fn standard(document: YamlCursor<'_>, builder: &mut FactBuilder) {
    let name =
        [document.get("name"), document.get("dataProduct"), document.get("id")].into_iter().find(|name| name.exists());
    let name = name.unwrap_or(document.get("kind"));
    let mut fact = Fact::at(name.span());
    fact.part(fact!("contracts[].name"), name).part(fact!("contracts[].status"), document.get("status"));
    // A team has a name since version 3.1; before, it was a list of people.
    let team = document.get("team");
    fact.part(fact!("contracts[].owner"), if team.is_mapping() { team.get("name") } else { document.get("owner") });
    for promise in document.get("slaProperties").items() {
        agreed(&mut fact, promise);
    }
    let mut columns = Vec::new();
    let mut checks = document.get("quality").items().count();
    for table in document.get("schema").items() {
        checks += table.get("quality").items().count();
        for column in table.get("properties").items() {
            let name = column.get("name");
            columns.extend(name.text().map(|text| (text.to_owned(), name.span())));
            checks += column.get("quality").items().count();
        }
    }
    fact.texts(fact!("contracts[].columns"), columns);
    builder.add(fact!("contracts"), fact);
    suite(name, checks, document, builder);
}

const AVAILABILITY: FieldPath = fact!("contracts[].availability");
const ENDS: FieldPath = fact!("contracts[].ends");

/// One promise on the service: a property with a value and mostly a unit.
fn agreed(fact: &mut Fact, promise: YamlCursor<'_>) {
    let value = promise.get("value");
    let Some(property) = promise.get("property").text() else { return };
    // One promise of each sort is kept; with several, for several tables, none is known to be the one.
    let member = match property.to_ascii_lowercase().as_str() {
        "latency" | "ly" => fact!("contracts[].latency"),
        "frequency" | "fy" => fact!("contracts[].frequency"),
        "retention" | "re" => fact!("contracts[].retention"),
        "freshness" => fact!("contracts[].freshness"),
        "availability" | "av" => AVAILABILITY,
        "endofsupport" | "es" => ENDS,
        _ => return,
    };
    let unit = promise.get("unit").text();
    let text = match member {
        ENDS => value.text().and_then(|day| day.get(..10)).map(str::to_owned),
        AVAILABILITY => match (value.number(), unit) {
            (Some(share), Some("%" | "percent")) => Some(format!("{}%", short(share))),
            (None, _) => value.text().map(str::to_owned),
            _ => None,
        },
        _ => match (value.number(), unit) {
            (Some(number), Some(unit)) => duration_of(number, unit),
            (None, _) => value.text().and_then(|text| duration(text).or_else(|| schedule(text))),
            (Some(_), None) => None,
        },
    };
    if let Some(text) = text {
        fact.say_once(member, text, value.span());
    }
}

fn specification(document: YamlCursor<'_>, builder: &mut FactBuilder) {
    let info = document.get("info");
    let name = if info.get("title").exists() { info.get("title") } else { document.get("id") };
    let mut fact = Fact::at(name.span());
    fact.part(fact!("contracts[].name"), name)
        .part(fact!("contracts[].status"), info.get("status"))
        .part(fact!("contracts[].owner"), info.get("owner"));
    let promises = document.get("servicelevels");
    for (member, way) in [
        (fact!("contracts[].latency"), "latency.threshold"),
        (fact!("contracts[].freshness"), "freshness.threshold"),
        (fact!("contracts[].retention"), "retention.period"),
    ] {
        let value = promises.at(way);
        if let Some(text) = value.text().and_then(duration) {
            fact.say(member, text, value.span());
        }
    }
    for way in ["frequency.cron", "frequency.interval"] {
        let value = promises.at(way);
        if let Some(text) = value.text().and_then(|text| schedule(text).or_else(|| duration(text))) {
            fact.say_once(fact!("contracts[].frequency"), text, value.span());
        }
    }
    fact.part(AVAILABILITY, promises.at("availability.percentage"));
    let mut columns: Vec<(String, Span)> = Vec::new();
    let mut checks = 0;
    for (_, _, model) in document.get("models").entries() {
        checks += model.get("quality").items().count();
        for (column, span, field) in model.get("fields").entries() {
            columns.push((column.to_owned(), span));
            checks += field.get("quality").items().count();
        }
    }
    if document.at("quality.specification").exists() {
        checks += 1;
    }
    fact.texts(fact!("contracts[].columns"), columns);
    builder.add(fact!("contracts"), fact);
    suite(name, checks, document, builder);
}

fn suite(name: YamlCursor<'_>, checks: usize, document: YamlCursor<'_>, builder: &mut FactBuilder) {
    if checks > 0 {
        let mut fact = Fact::at(name.span());
        fact.part(fact!("suites[].name"), name).say(fact!("suites[].tool"), "odcs", name.span());
        fact.say(fact!("suites[].checks"), checks.to_string(), document.key_span("schema"));
        builder.add(fact!("suites"), fact);
    }
}
