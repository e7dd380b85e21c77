//! The models of a system: what was trained by what, what a card says, and what was measured.

use super::builder::DraftBuilder;
use super::data::read_by;
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
    if let Some(component) = index.of("components").first() {
        let from = index.as_written(&component.file.path);
        page.fill(&["security", "bom"], &*from, &from);
    }
}

/// Steps of a pipeline that write a model.
fn trained(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for stage in index.of("stages") {
        let from = index.as_written(&stage.file.path);
        let reads = stage.texts("reads");
        let models = stage.texts("writes").into_iter().filter(|path| kind_of_file(path) == FileKind::Model);
        for model in models.filter_map(|path| name(stem(path))) {
            if page.names(&["models"]).len() >= MAX_MODELS && !page.has(&["models", &model]) {
                break;
            }
            let code: Vec<String> = reads
                .iter()
                .filter(|path| kind_of_file(path) == FileKind::Code)
                .map(|path| index.as_written(path))
                .collect();
            page.fill(&["models", &model, "code"], code, &from);
            let trained_on = read_by(page, index, &reads);
            page.fill(&["models", &model, "trained_on"], trained_on, &from);
        }
    }
}

/// Cards that lie in the repository.
fn cards(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for card in index.of("cards").into_iter().take(MAX_MODELS) {
        let from = index.as_written(&card.file.path);
        let Some(model) = card.text("name").and_then(|text| name(stem_of_hub(text))) else { continue };
        page.fill(&["models", &model, "card"], &*from, &from);
        for base in card.texts("base").into_iter().take(1) {
            page.fill(&["models", &model, "base", "name"], base, &from);
        }
        if let Some(licence) = card.text("licence") {
            page.propose(&["models", &model, "base", "licence"], licence, &format!("{from}, of the model itself"));
        }
        let mut trained_on = Vec::new();
        for dataset in card.texts("datasets").into_iter().take(MAX_MODELS) {
            let Some(called) = name(stem_of_hub(dataset)) else { continue };
            if page.fill(&["data", "datasets", &called, "roles"], "train", &from) {
                trained_on.push(called);
            }
        }
        page.fill(&["models", &model, "trained_on"], trained_on, &from);
        let languages: Vec<String> = card.texts("languages").into_iter().map(str::to_owned).collect();
        page.propose(
            &["languages"],
            languages,
            &format!("{from}: what the model handles, if the system promises it too"),
        );
        if let Some(task) = card.text("task").map(task) {
            match task {
                (word, true) => {
                    page.fill(&["task", "type"], word, &from);
                }
                (word, false) => page.propose(&["task", "type"], word, &from),
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
    for artefact in index.of("models").into_iter().take(MAX_MODELS) {
        let from = index.as_written(&artefact.file.path);
        let Some(model) = artefact.text("name").and_then(name) else { continue };
        if let Some(version) = artefact.text("version") {
            page.fill(&["models", &model, "version"], version, &from);
        }
        if let Some(made) = artefact.text("made") {
            page.fill(&["models", &model, "built"], made, &from);
        }
    }
}

/// Models that are served from somewhere. One that the page has under another name may be the same, so that nothing is
/// added beside it.
fn served(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let deployments: Vec<Fact<'_>> =
        index.of("deployments").into_iter().filter(|deployment| deployment.text("model").is_some()).collect();
    let alone = page.names(&["models"]).is_empty();
    for deployment in deployments.iter().take(MAX_MODELS) {
        let Some(model) = deployment.text("name").and_then(name) else { continue };
        let from = index.as_written(&deployment.file.path);
        let Some(version) = deployment.text("version") else { continue };
        if alone || page.has(&["models", &model]) {
            page.fill(&["models", &model, "version"], version, &from);
        } else if let ([_], [only]) = (&deployments[..], &page.names(&["models"])[..]) {
            page.propose(&["models", only, "version"], version, &said_of(&from, deployment.text("name")));
        }
    }
}

/// Projects that say how a training run is started.
fn projects(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for entry in index.of("entries").into_iter().take(1) {
        let from = index.as_written(&entry.file.path);
        match &page.names(&["models"])[..] {
            [] => {
                let Some(system) = page.text(&["name"]) else { return };
                page.fill(&["models", &system, "code"], &*from, &from);
            }
            [one] => page.propose(&["models", one, "code"], &*from, &from),
            _ => {}
        }
    }
}

fn features(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let stores = index.of("stores");
    for store in stores.iter().take(MAX_PROPOSED) {
        let from = index.as_written(&store.file.path);
        if stores.len() > 1 {
            page.propose(&["features", "store"], &*from, "one of several");
            continue;
        }
        page.fill(&["features", "store"], &*from, &from);
        page.propose(
            &["features", "parity"],
            "feature-store",
            &format!("{from}, if training and serving both read it"),
        );
    }
    if let [signature] = &index.of("signatures")[..] {
        let from = index.as_written(&signature.file.path);
        let count = signature.texts("inputs").len().to_string();
        page.propose(&["features", "count"], &*count, &format!("{from}, its signature"));
    }
}

fn metrics(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for metric in index.of("metrics") {
        let (Some(called), Some(value)) = (metric.text("name").and_then(name), metric.text("value")) else {
            continue;
        };
        if page.names(&["evaluation", "metrics"]).len() >= MAX_MODELS {
            break;
        }
        let from = index.as_written(&metric.file.path);
        page.fill(&["evaluation", "metrics", &called, "achieved"], value, &from);
        page.fill(&["evaluation", "metrics", &called, "report"], &*from, &from);
        let dataset = metric.text("dataset").and_then(|text| name(stem_of_hub(text)));
        if let Some(dataset) = dataset.filter(|dataset| page.has(&["data", "datasets", dataset])) {
            page.fill(&["evaluation", "metrics", &called, "dataset"], &*dataset, &from);
        }
    }
}

/// Files that pin the packages of a run.
fn environments(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let pinned: Vec<Fact<'_>> =
        index.of("environments").into_iter().filter(|environment| environment.is("pinned")).collect();
    let mut paths: Vec<String> = pinned.iter().map(|environment| index.as_written(&environment.file.path)).collect();
    paths.dedup();
    paths.truncate(3);
    let Some(first) = paths.first().cloned() else { return };
    // Lock files of other folders are those of other programs, one of which may be this one.
    let folder = |path: &String| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    if paths.iter().any(|path| folder(path) != folder(&first)) {
        page.propose(&["infrastructure", "lock"], paths, "of several programs");
        return;
    }
    page.fill(&["infrastructure", "lock"], paths.clone(), &first);
    if let [one] = &page.names(&["models"])[..] {
        page.propose(&["models", one, "env"], paths, &format!("{first}, if training runs with it"));
    }
}

fn prompts(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let trials = index.of("trials");
    let Some(first) = trials.first() else { return };
    let mut files: Vec<String> = trials.iter().map(|trial| index.as_written(&trial.file.path)).collect();
    files.dedup();
    page.fill(&["llm", "eval"], files, &index.as_written(&first.file.path));
    for trial in &trials {
        let prompts: Vec<String> = trial.texts("prompts").into_iter().map(|path| index.as_written(path)).collect();
        page.fill(&["llm", "prompts", "path"], prompts, &index.as_written(&trial.file.path));
    }
}
