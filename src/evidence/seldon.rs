//! Seldon: `Model` objects of Core 2, `SeldonDeployment` objects before it. See
//! <https://docs.seldon.ai/seldon-core-2>.

use super::kubernetes::{named, objects};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Seldon deployment",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["mlops.seldon.io/", "machinelearning.seldon.io/"],
    shows: &[fact!("deployments")],
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
            fact.part(fact!("deployments[].kind"), object.get("kind"))
                .part(fact!("deployments[].model"), spec.get("storageUri"));
            fact.part(fact!("deployments[].replicas_min"), bound("minReplicas"))
                .part(fact!("deployments[].replicas_max"), bound("maxReplicas"));
            builder.add(fact!("deployments"), fact);
            return;
        }
        let predictors: Vec<_> = spec.get("predictors").items().collect();
        for predictor in &predictors {
            let name = predictor.get("name");
            let mut fact =
                if name.text().is_some() && predictors.len() > 1 { Fact::at(name.span()) } else { named(object) };
            if predictors.len() > 1 {
                fact.part(fact!("deployments[].name"), name).number(
                    fact!("deployments[].canary"),
                    predictor.get("traffic"),
                    "%",
                );
            }
            fact.part(fact!("deployments[].kind"), object.get("kind"))
                .part(fact!("deployments[].model"), predictor.at("graph.modelUri"));
            let replicas =
                if predictor.get("replicas").exists() { predictor.get("replicas") } else { spec.get("replicas") };
            fact.part(fact!("deployments[].replicas_min"), replicas)
                .part(fact!("deployments[].replicas_max"), replicas);
            builder.add(fact!("deployments"), fact);
        }
    })
}
