//! Configurations of Ray Serve: files of its own, and `RayService` objects that hold one as text. See
//! <https://docs.ray.io/en/latest/serve/production-guide/config.html>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Ray Serve configuration",
    files: &["*.yaml", "*.yml"],
    marks: &["import_path:"],
    shows: &[fact!("deployments")],
    read: configuration,
}];

fn configuration(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut any = false;
    for document in page.documents() {
        // Some services hold the configuration under a key.
        let config =
            if document.get("ray_serve_config").exists() { document.get("ray_serve_config") } else { document };
        let applications = config.get("applications");
        let applications = if applications.is_list() { applications.items().collect() } else { vec![config] };
        for application in applications.into_iter().filter(|one| one.get("import_path").exists()) {
            any = true;
            deployments(application, builder);
        }
    }
    if any { Ok(()) } else { Err(SkipReason::Other) }
}

fn deployments(application: YamlCursor<'_>, builder: &mut FactBuilder) {
    let mut listed = application.get("deployments").items().peekable();
    if listed.peek().is_none() {
        let name =
            if application.get("name").exists() { application.get("name") } else { application.get("import_path") };
        let mut fact = Fact::at(name.span());
        fact.part(fact!("deployments[].name"), name).say(
            fact!("deployments[].kind"),
            "Ray Serve application",
            name.span(),
        );
        builder.add(fact!("deployments"), fact);
    }
    for deployment in listed {
        let name = deployment.get("name");
        let mut fact = Fact::at(name.span());
        fact.part(fact!("deployments[].name"), name).say(
            fact!("deployments[].kind"),
            "Ray Serve deployment",
            name.span(),
        );
        let scaling = deployment.get("autoscaling_config");
        let fixed = deployment.get("num_replicas");
        let bound = |key: &str| if scaling.exists() { scaling.get(key) } else { fixed };
        // `auto` is no number, and has bounds that are the default.
        fact.part(fact!("deployments[].replicas_min"), bound("min_replicas"))
            .part(fact!("deployments[].replicas_max"), bound("max_replicas"));
        let most = ["max_ongoing_requests", "max_concurrent_queries"];
        if let Some(key) = most.into_iter().find(|key| deployment.get(key).exists()) {
            fact.part(fact!("deployments[].concurrency"), deployment.get(key));
        }
        builder.add(fact!("deployments"), fact);
    }
}
