//! Seldon: `Model` objects of Core 2, `SeldonDeployment` objects before it. See
//! <https://docs.seldon.ai/seldon-core-2>.

use super::kubernetes::{named, objects};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Seldon deployment",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["mlops.seldon.io/", "machinelearning.seldon.io/"],
    shows: &["deployments"],
    read: deployments,
}];

fn deployments(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let wanted = |kind: &str, group: &str| {
        matches!((kind, group), ("Model", "mlops.seldon.io") | ("SeldonDeployment", "machinelearning.seldon.io"))
    };
    objects(page, wanted, |object| {
        let spec = object.get("spec");
        if object.get("kind").is("Model") {
            let mut fact = named(object);
            let fixed = spec.get("replicas");
            let bound = |key: &str| if spec.get(key).exists() { spec.get(key) } else { fixed };
            fact.part("kind", object.get("kind")).part("model", spec.get("storageUri"));
            fact.part("replicas_min", bound("minReplicas")).part("replicas_max", bound("maxReplicas"));
            builder.add("deployments", fact);
            return;
        }
        let predictors: Vec<_> = spec.get("predictors").items().collect();
        for predictor in &predictors {
            let name = predictor.get("name");
            let mut fact =
                if name.text().is_some() && predictors.len() > 1 { Fact::at(name.span()) } else { named(object) };
            if predictors.len() > 1 {
                fact.part("name", name).number("canary", predictor.get("traffic"), "%");
            }
            fact.part("kind", object.get("kind")).part("model", predictor.at("graph.modelUri"));
            let replicas =
                if predictor.get("replicas").exists() { predictor.get("replicas") } else { spec.get("replicas") };
            fact.part("replicas_min", replicas).part("replicas_max", replicas);
            builder.add("deployments", fact);
        }
    })
}
