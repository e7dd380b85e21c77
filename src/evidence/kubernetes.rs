//! Kubernetes objects that run something in service. See <https://kubernetes.io/docs/reference/kubernetes-api/>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Kubernetes deployment",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &["kind: Deployment", "kind: StatefulSet", "\"Deployment\"", "\"StatefulSet\""],
    shows: &[fact!("deployments")],
    read: deployments,
}];

fn deployments(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let wanted = |kind: &str, group: &str| group == "apps" && matches!(kind, "Deployment" | "StatefulSet");
    objects(page, wanted, |object| {
        builder.add(fact!("deployments"), replicated(object));
    })
}

/// What an object runs that starts so many copies of one pod.
pub(super) fn replicated(object: YamlCursor<'_>) -> Fact {
    let spec = object.get("spec");
    let mut fact = named(object);
    fact.part(fact!("deployments[].kind"), object.get("kind"));
    fact.part(fact!("deployments[].replicas_min"), spec.get("replicas"))
        .part(fact!("deployments[].replicas_max"), spec.get("replicas"));
    let containers: Vec<YamlCursor<'_>> = spec.at("template.spec.containers").items().collect();
    if let [only] = containers.as_slice() {
        image_version(&mut fact, only.get("image"));
    }
    fact
}

/// Calls `found` with every object of the kinds that are `wanted`, by kind and group, those inside of lists among them. A
/// file without one is of another sort, unless it could not be read to its end.
pub(super) fn objects<'p>(
    page: &'p EvidenceFile<'_>,
    wanted: impl Fn(&str, &str) -> bool,
    mut found: impl FnMut(YamlCursor<'p>),
) -> Result<(), SkipReason> {
    let mut any = false;
    for document in page.documents() {
        let listed =
            if document.get("kind").is("List") { document.get("items").items().collect() } else { vec![document] };
        for object in listed {
            let kind = object.get("kind").text().unwrap_or_default();
            let version = object.get("apiVersion").text().unwrap_or_default();
            let group = version.split_once('/').map_or("", |(group, _)| group);
            if wanted(kind, group) {
                any = true;
                found(object);
            }
        }
    }
    match page.every_document() {
        Ok(()) if !any => Err(SkipReason::Other),
        read => read,
    }
}

/// A fact with the name of an object.
pub(super) fn named(object: YamlCursor<'_>) -> Fact {
    let name = object.at("metadata.name");
    let mut fact = Fact::at(if name.exists() { name.span() } else { object.get("kind").span() });
    match name.text() {
        Some(name_text) => fact.say(fact!("deployments[].name"), name_text, name.span()),
        None => fact.part(fact!("deployments[].name"), object.get("kind")),
    };
    fact
}

/// The tag or digest of an image.
fn image_version(fact: &mut Fact, image: YamlCursor<'_>) {
    let Some(text) = image.text() else { return };
    let name = text.rsplit_once('/').map_or(text, |(_, name)| name);
    if let Some((_, version)) = name.split_once('@').or_else(|| name.split_once(':')) {
        fact.say(fact!("deployments[].version"), version, image.span());
    }
}
