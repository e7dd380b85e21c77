//! Service level objectives: OpenSLO, Sloth, Pyrra. See <https://github.com/OpenSLO/OpenSLO>, <https://sloth.dev> and
//! <https://github.com/pyrra-dev/pyrra>.

use super::figure::{duration, percentage};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "service level objectives",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["openslo/v1", "openslo.com/v1", "sloth.slok.dev/v1", "prometheus/v1", "pyrra.dev/v1"],
    shows: &[fact!("objectives")],
    read: objectives,
}];

fn objectives(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut facts = Vec::new();
    for document in page.documents() {
        // An OpenSLO file may hold a list of objects.
        for object in document.one_or_more() {
            let version = object.get("apiVersion").text().unwrap_or_default();
            match object.get("kind").text() {
                Some("SLO") if version.starts_with("openslo") => open_slo(object, &mut facts),
                Some("PrometheusServiceLevel") => sloth(object.get("spec"), &mut facts),
                Some("ServiceLevelObjective") if version.starts_with("pyrra") => facts.push(pyrra(object)),
                None if object.get("version").is("prometheus/v1") => sloth(object, &mut facts),
                _ => {}
            }
        }
    }
    let none = facts.is_empty();
    facts.into_iter().for_each(|fact| builder.add(fact!("objectives"), fact));
    match page.every_document() {
        Ok(()) if none => Err(SkipReason::Other),
        read => read,
    }
}

/// One fact for each objective; the window is that of all.
fn open_slo(object: YamlCursor<'_>, facts: &mut Vec<Fact>) {
    let name = object.at("metadata.name");
    let spec = object.get("spec");
    for objective in spec.get("objectives").items() {
        let mut fact = Fact::at(name.span());
        fact.part(fact!("objectives[].name"), name);
        let (share, hundredth) = (objective.get("target"), objective.get("targetPercent"));
        if let Some(target) = share.number() {
            fact.say(fact!("objectives[].target"), percentage(target), share.span());
        } else {
            fact.number(fact!("objectives[].target"), hundredth, "%");
        }
        let window = spec.get("timeWindow").items().next().map(|window| window.get("duration"));
        if let Some(window) = window {
            length(&mut fact, window);
        }
        facts.push(fact);
    }
}

/// Its objectives are percentages; the window is an option of the program that reads the file.
fn sloth(spec: YamlCursor<'_>, facts: &mut Vec<Fact>) {
    for objective in spec.get("slos").items() {
        let name = objective.get("name");
        let mut fact = Fact::at(name.span());
        fact.part(fact!("objectives[].name"), name).number(
            fact!("objectives[].target"),
            objective.get("objective"),
            "%",
        );
        facts.push(fact);
    }
}

fn pyrra(object: YamlCursor<'_>) -> Fact {
    let name = object.at("metadata.name");
    let mut fact = Fact::at(name.span());
    fact.part(fact!("objectives[].name"), name).number(fact!("objectives[].target"), object.at("spec.target"), "%");
    length(&mut fact, object.at("spec.window"));
    fact
}

fn length(fact: &mut Fact, window: YamlCursor<'_>) {
    if let Some(text) = window.text() {
        // `1M` is a month there; a manifest writes `mo`.
        let text = text.replace('M', "mo");
        fact.say(fact!("objectives[].window"), duration(&text.to_ascii_lowercase()).unwrap_or(text), window.span());
    }
}
