//! KServe `InferenceService` objects. See <https://kserve.github.io/website/docs/reference/crd-api>.

use super::kubernetes::{named, objects};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "KServe inference service",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["kind: InferenceService", "\"InferenceService\""],
    shows: &[fact!("deployments")],
    read: services,
}];

fn services(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let wanted = |kind: &str, group: &str| kind == "InferenceService" && group.starts_with("serving.k");
    objects(page, wanted, |object| {
        let predictor = object.at("spec.predictor");
        let mut fact = named(object);
        fact.part(fact!("deployments[].kind"), object.get("kind"));
        replicas(&mut fact, predictor);
        // The predictor has its timeout in seconds.
        fact.number(fact!("deployments[].timeout"), predictor.get("timeout"), "s");
        fact.number(fact!("deployments[].canary"), predictor.get("canaryTrafficPercent"), "%");
        // Zero is no limit.
        if !predictor.get("containerConcurrency").is("0") {
            fact.part(fact!("deployments[].concurrency"), predictor.get("containerConcurrency"));
        }
        let logger = predictor.get("logger");
        if logger.exists() {
            fact.say(fact!("deployments[].logs"), "true", predictor.key_span("logger"));
        }
        let location = model(predictor);
        if location.exists() {
            fact.part(fact!("deployments[].model"), location);
            version(&mut fact, location);
        }
        builder.add(fact!("deployments"), fact);
    })
}

fn replicas(fact: &mut Fact, predictor: YamlCursor<'_>) {
    fact.part(fact!("deployments[].replicas_min"), predictor.get("minReplicas"));
    // Zero is no limit.
    if !predictor.get("maxReplicas").is("0") {
        fact.part(fact!("deployments[].replicas_max"), predictor.get("maxReplicas"));
    }
}

/// Where the model comes from: of the present form, or below the name of a framework in the old one.
fn model(predictor: YamlCursor<'_>) -> YamlCursor<'_> {
    let present = predictor.at("model.storageUri");
    if present.exists() {
        return present;
    }
    let old = predictor.entries().map(|(_, _, part)| part.get("storageUri")).find(|part| part.exists());
    old.unwrap_or(present)
}

/// The version that the last part of an address is, as in `gs://models/ranker/7.1.0`.
fn version(fact: &mut Fact, location: YamlCursor<'_>) {
    let Some(last) = location.text().and_then(|text| text.trim_end_matches('/').rsplit('/').next()) else { return };
    let digits = last.trim_start_matches(['v', 'V']);
    if digits.starts_with(|letter: char| letter.is_ascii_digit()) && !last.contains(':') {
        fact.say(fact!("deployments[].version"), last, location.span());
    }
}
