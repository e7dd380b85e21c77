//! What sets the number of replicas in a cluster: Kubernetes `HorizontalPodAutoscaler` and KEDA `ScaledObject`. See
//! <https://kubernetes.io/docs/reference/kubernetes-api/autoscaling-resources/> and
//! <https://keda.sh/docs/latest/reference/scaledobject-spec/>.

use super::kubernetes::{named, objects};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Kubernetes autoscaler",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["kind: HorizontalPodAutoscaler", "kind: ScaledObject", "\"HorizontalPodAutoscaler\"", "\"ScaledObject\""],
    shows: &[fact!("deployments")],
    read: autoscalers,
}];

fn autoscalers(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let wanted = |kind: &str, group: &str| {
        matches!((kind, group), ("HorizontalPodAutoscaler", "autoscaling") | ("ScaledObject", "keda.sh"))
    };
    objects(page, wanted, |object| {
        let spec = object.get("spec");
        let mut fact = scaled(object, spec.at("scaleTargetRef.name"));
        fact.part(fact!("deployments[].kind"), object.get("kind"));
        let (least, most) = match object.get("kind").is("ScaledObject") {
            true => ("minReplicaCount", "maxReplicaCount"),
            false => ("minReplicas", "maxReplicas"),
        };
        fact.part(fact!("deployments[].replicas_min"), spec.get(least))
            .part(fact!("deployments[].replicas_max"), spec.get(most));
        builder.add(fact!("deployments"), fact);
    })
}

/// A fact with the name of what is scaled, which is the deployment that is meant.
fn scaled(object: YamlCursor<'_>, target: YamlCursor<'_>) -> Fact {
    match target.text() {
        Some(name) => Fact::named(name, target.span()),
        None => named(object),
    }
}
