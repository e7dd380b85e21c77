//! The models of a system: what was trained by what, what a card says, and what was measured.

use super::builder::DraftBuilder;
use super::data::read_by;
use super::fact;
use super::fact_index::{Fact, FactIndex};
use super::file_kind::{FileKind, kind_of_file};
use super::name::{name, stem};
use super::owners::said_of;

/// The most models and metrics of a page.
const MAX_MODELS: usize = 6;

/// The most values that are proposed where files differ.
const MAX_PROPOSED: usize = 3;

/// Writes down models, their environment, their figures and their prompts.
pub fn write(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    trained(page, index);
    cards(page, index);
    artefacts(page, index);
    served(page, index);
    projects(page, index);
    features(page, index);
    metrics(page, index);
    environments(page, index);
    prompts(page, index);
    if let Some(component) = index.of(fact!("components")).first() {
        let from = index.as_written(&component.file.path);
        page.fill(&place!("security.bom"), &*from, &from);
    }
}

/// Steps of a pipeline that write a model.
fn trained(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for stage in index.of(fact!("stages")) {
        let from = index.as_written(&stage.file.path);
        let reads = stage.texts(fact!("stages[].reads"));
        let models =
            stage.texts(fact!("stages[].writes")).into_iter().filter(|path| kind_of_file(path) == FileKind::Model);
        for model in models.filter_map(|path| name(stem(path))) {
            if page.names(&place!("models")).len() >= MAX_MODELS && !page.has(&place!("models.*", model)) {
                break;
            }
            let code: Vec<String> = reads
                .iter()
                .filter(|path| kind_of_file(path) == FileKind::Code)
                .map(|path| index.as_written(path))
                .collect();
            page.fill(&place!("models.*.code", model), code, &from);
            let trained_on = read_by(page, index, &reads);
            page.fill(&place!("models.*.trained_on", model), trained_on, &from);
        }
    }
}

/// Cards that lie in the repository.
fn cards(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for card in index.of(fact!("cards")).into_iter().take(MAX_MODELS) {
        let from = index.as_written(&card.file.path);
        let Some(model) = card.text(fact!("cards[].name")).and_then(|text| name(stem_of_hub(text))) else { continue };
        page.fill(&place!("models.*.card", model), &*from, &from);
        for base in card.texts(fact!("cards[].base")).into_iter().take(1) {
            page.fill(&place!("models.*.base.name", model), base, &from);
        }
        if let Some(licence) = card.text(fact!("cards[].licence")) {
            page.propose(&place!("models.*.base.licence", model), licence, &format!("{from}, of the model itself"));
        }
        let mut trained_on = Vec::new();
        for dataset in card.texts(fact!("cards[].datasets")).into_iter().take(MAX_MODELS) {
            let Some(called) = name(stem_of_hub(dataset)) else { continue };
            if page.fill(&place!("data.datasets.*.roles", called), "train", &from) {
                trained_on.push(called);
            }
        }
        page.fill(&place!("models.*.trained_on", model), trained_on, &from);
        let languages: Vec<String> = card.texts(fact!("cards[].languages")).into_iter().map(str::to_owned).collect();
        page.propose(
            &place!("languages"),
            languages,
            &format!("{from}: what the model handles, if the system promises it too"),
        );
        if let Some(task) = card.text(fact!("cards[].task")).map(task) {
            match task {
                (word, true) => {
                    page.fill(&place!("task.type"), word, &from);
                }
                (word, false) => page.propose(&place!("task.type"), word, &from),
            }
        }
    }
}

/// The last part of a name such as `example/eta-base`.
fn stem_of_hub(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// The word of the format for a task of a card, and whether they mean the same.
fn task(card: &str) -> (&str, bool) {
    const SAME: [(&str, &str); 20] = [
        ("text-classification", "classification"),
        ("token-classification", "extraction"),
        ("image-classification", "classification"),
        ("audio-classification", "classification"),
        ("tabular-classification", "classification"),
        ("zero-shot-classification", "classification"),
        ("tabular-regression", "regression"),
        ("time-series-forecasting", "forecasting"),
        ("text-generation", "generation"),
        ("text2text-generation", "generation"),
        ("summarization", "generation"),
        ("text-to-image", "generation"),
        ("image-text-to-text", "generation"),
        ("object-detection", "detection"),
        ("image-segmentation", "segmentation"),
        ("automatic-speech-recognition", "transcription"),
        ("translation", "translation"),
        ("feature-extraction", "embedding"),
        ("sentence-similarity", "embedding"),
        ("question-answering", "extraction"),
    ];
    SAME.iter().find(|(theirs, _)| *theirs == card).map_or((card, false), |(_, ours)| (ours, true))
}

/// Artefacts of models that lie in the repository.
fn artefacts(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for artefact in index.of(fact!("models")).into_iter().take(MAX_MODELS) {
        let from = index.as_written(&artefact.file.path);
        let Some(model) = artefact.text(fact!("models[].name")).and_then(name) else { continue };
        if let Some(version) = artefact.text(fact!("models[].version")) {
            page.fill(&place!("models.*.version", model), version, &from);
        }
        if let Some(made) = artefact.text(fact!("models[].made")) {
            page.fill(&place!("models.*.built", model), made, &from);
        }
    }
}

/// Models that are served from somewhere. One that the page has under another name may be the same, so that nothing is
/// added beside it.
fn served(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let deployments: Vec<Fact<'_>> = index
        .of(fact!("deployments"))
        .into_iter()
        .filter(|deployment| deployment.text(fact!("deployments[].model")).is_some())
        .collect();
    let alone = page.names(&place!("models")).is_empty();
    for deployment in deployments.iter().take(MAX_MODELS) {
        let Some(model) = deployment.text(fact!("deployments[].name")).and_then(name) else { continue };
        let from = index.as_written(&deployment.file.path);
        let Some(version) = deployment.text(fact!("deployments[].version")) else { continue };
        if alone || page.has(&place!("models.*", model)) {
            page.fill(&place!("models.*.version", model), version, &from);
        } else if let ([_], [only]) = (&deployments[..], &page.names(&place!("models"))[..]) {
            page.propose(
                &place!("models.*.version", only),
                version,
                &said_of(&from, deployment.text(fact!("deployments[].name"))),
            );
        }
    }
}

/// Projects that say how a training run is started.
fn projects(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for entry in index.of(fact!("entries")).into_iter().take(1) {
        let from = index.as_written(&entry.file.path);
        match &page.names(&place!("models"))[..] {
            [] => {
                let Some(system) = page.text(&place!("name")) else { return };
                page.fill(&place!("models.*.code", system), &*from, &from);
            }
            [one] => page.propose(&place!("models.*.code", one), &*from, &from),
            _ => {}
        }
    }
}

fn features(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let stores = index.of(fact!("stores"));
    for store in stores.iter().take(MAX_PROPOSED) {
        let from = index.as_written(&store.file.path);
        if stores.len() > 1 {
            page.propose(&place!("features.store"), &*from, "one of several");
            continue;
        }
        page.fill(&place!("features.store"), &*from, &from);
        page.propose(
            &place!("features.parity"),
            "feature-store",
            &format!("{from}, if training and serving both read it"),
        );
    }
    if let [signature] = &index.of(fact!("signatures"))[..] {
        let from = index.as_written(&signature.file.path);
        let count = signature.texts(fact!("signatures[].inputs")).len().to_string();
        page.propose(&place!("features.count"), &*count, &format!("{from}, its signature"));
    }
}

fn metrics(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for metric in index.of(fact!("metrics")) {
        let (Some(called), Some(value)) =
            (metric.text(fact!("metrics[].name")).and_then(name), metric.text(fact!("metrics[].value")))
        else {
            continue;
        };
        if page.names(&place!("evaluation.metrics")).len() >= MAX_MODELS {
            break;
        }
        let from = index.as_written(&metric.file.path);
        page.fill(&place!("evaluation.metrics.*.achieved", called), value, &from);
        page.fill(&place!("evaluation.metrics.*.report", called), &*from, &from);
        let dataset = metric.text(fact!("metrics[].dataset")).and_then(|text| name(stem_of_hub(text)));
        if let Some(dataset) = dataset.filter(|dataset| page.has(&place!("data.datasets.*", dataset))) {
            page.fill(&place!("evaluation.metrics.*.dataset", called), &*dataset, &from);
        }
    }
}

/// Files that pin the packages of a run.
fn environments(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let pinned: Vec<Fact<'_>> = index
        .of(fact!("environments"))
        .into_iter()
        .filter(|environment| environment.is(fact!("environments[].pinned")))
        .collect();
    let mut paths: Vec<String> = pinned.iter().map(|environment| index.as_written(&environment.file.path)).collect();
    paths.dedup();
    paths.truncate(3);
    let Some(first) = paths.first().cloned() else { return };
    // Lock files of other folders are those of other programs, one of which may be this one.
    let folder = |path: &String| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    if paths.iter().any(|path| folder(path) != folder(&first)) {
        page.propose(&place!("infrastructure.lock"), paths, "of several programs");
        return;
    }
    page.fill(&place!("infrastructure.lock"), paths.clone(), &first);
    if let [one] = &page.names(&place!("models"))[..] {
        page.propose(&place!("models.*.env", one), paths, &format!("{first}, if training runs with it"));
    }
}

fn prompts(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let trials = index.of(fact!("trials"));
    let Some(first) = trials.first() else { return };
    let mut files: Vec<String> = trials.iter().map(|trial| index.as_written(&trial.file.path)).collect();
    files.dedup();
    page.fill(&place!("llm.eval"), files, &index.as_written(&first.file.path));
    for trial in &trials {
        let prompts: Vec<String> =
            trial.texts(fact!("trials[].prompts")).into_iter().map(|path| index.as_written(path)).collect();
        page.fill(&place!("llm.prompts.path"), prompts, &index.as_written(&trial.file.path));
    }
}
