//! DVC: pipelines (`dvc.yaml`), their lock files, pointer files and the configuration. See
//! <https://dvc.org/doc/user-guide/project-structure>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::facts::paths::resolved;
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[
    Reader {
        name: "DVC pipeline",
        files: &["dvc.yaml"],
        marks: &[],
        shows: &[fact!("stages"), fact!("tracked")],
        read: pipeline,
    },
    Reader { name: "DVC lock file", files: &["dvc.lock"], marks: &[], shows: &[fact!("tracked")], read: lock },
    Reader { name: "DVC pointer file", files: &["*.dvc"], marks: &[], shows: &[fact!("tracked")], read: pointer },
    Reader {
        name: "DVC configuration",
        files: &[".dvc/config", ".dvc/config.local"],
        marks: &[],
        shows: &[fact!("remotes")],
        read: configuration,
    },
];

/// The stages, and their outputs, which no digest pins here.
fn pipeline(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    if !document.is_mapping() {
        return Err(SkipReason::Unreadable("it is no mapping".to_owned()));
    }
    for (name, span, stage) in document.get("stages").entries() {
        // A stage may stand for several, one for each value of a variable.
        let stage = if stage.get("do").exists() { stage.get("do") } else { stage };
        let within = if stage.get("wdir").exists() { stage.get("wdir").text() } else { Some("") };
        let folder = within.and_then(|within| resolved(page.folder(), within));
        let paths = |key: &str| -> Vec<(String, Span)> {
            let outputs = stage.get(key).items().filter_map(|output| output_path(output, folder.as_deref()));
            outputs.collect()
        };
        let mut writes = paths("outs");
        for key in ["metrics", "plots"] {
            writes.extend(paths(key));
        }
        for (path, span) in &writes {
            let mut tracked = Fact::at(*span);
            tracked.say(fact!("tracked[].path"), path.as_str(), *span).say(fact!("tracked[].stage"), name, *span).say(
                fact!("tracked[].pinned"),
                "false",
                *span,
            );
            builder.add(fact!("tracked"), tracked);
        }
        let mut fact = Fact::named(name, span);
        fact.texts(fact!("stages[].reads"), paths("deps")).texts(fact!("stages[].writes"), writes);
        builder.add(fact!("stages"), fact);
    }
    Ok(())
}

/// The path of an output, which is a text or the one key of a mapping.
fn output_path(output: YamlCursor<'_>, folder: Option<&str>) -> Option<(String, Span)> {
    let (path, span) = match output.text() {
        Some(path) => (path, output.span()),
        None => output.entries().next().map(|(path, span, _)| (path, span))?,
    };
    resolved(folder?, path).map(|path| (path, span))
}

/// What each stage wrote when it ran, with its digest.
fn lock(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    // The first form of the file has the stages at its top.
    let stages = if document.get("schema").exists() { document.get("stages") } else { document };
    if !document.is_mapping() {
        return Err(SkipReason::Unreadable("it is no mapping".to_owned()));
    }
    for (name, _, stage) in stages.entries() {
        for output in stage.get("outs").items() {
            output_of(page.folder(), output, Some(name), builder);
        }
        for input in stage.get("deps").items() {
            output_of(page.folder(), input, None, builder);
        }
    }
    Ok(())
}

/// The data that a pointer file stands for.
fn pointer(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    if !document.get("outs").is_list() {
        return Err(SkipReason::Other);
    }
    let folder = match document.get("wdir").text() {
        Some(within) => resolved(page.folder(), within),
        None => Some(page.folder().to_owned()),
    };
    let imported = document.get("deps").items().map(|input| input.at("repo.rev_lock")).find(|rev| rev.exists());
    for output in document.get("outs").items() {
        if let Some(folder) = &folder
            && let Some(mut fact) = tracked(folder, output)
        {
            if let Some(rev) = imported {
                fact.part(fact!("tracked[].rev"), rev);
            }
            builder.add(fact!("tracked"), fact);
        }
    }
    Ok(())
}

fn output_of(folder: &str, output: YamlCursor<'_>, stage: Option<&str>, builder: &mut FactBuilder) {
    let Some(mut fact) = tracked(folder, output) else { return };
    if let Some(stage) = stage {
        fact.say(fact!("tracked[].stage"), stage, output.get("path").span());
    }
    builder.add(fact!("tracked"), fact);
}

/// One entry with a path and a digest.
fn tracked(folder: &str, output: YamlCursor<'_>) -> Option<Fact> {
    let path = output.get("path");
    let mut fact = Fact::at(path.span());
    fact.say(fact!("tracked[].path"), resolved(folder, path.text()?)?, path.span());
    let kind = output.get("hash").text().unwrap_or("md5");
    let digest = ["md5", "etag", "checksum", "sha256"].into_iter().find(|key| output.get(key).exists()).unwrap_or(kind);
    let digest = output.get(digest);
    fact.part(fact!("tracked[].hash"), digest).say(
        fact!("tracked[].pinned"),
        if digest.exists() { "true" } else { "false" },
        path.span(),
    );
    fact.number(fact!("tracked[].size"), output.get("size"), "B");
    Some(fact)
}

/// The remotes: sections `['remote "name"']` of a file in the form of Git's, and the one that `core` names.
fn configuration(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut remotes: Vec<(&str, Span)> = Vec::new();
    let mut default = None;
    let mut in_core = false;
    let mut offset = 0;
    for line in page.source.text().split_inclusive('\n') {
        let text = line.trim();
        let at = offset + (line.len() - line.trim_start().len());
        offset += line.len();
        if let Some(section) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            let section = section.trim_matches('\'');
            in_core = section == "core";
            if let Some(name) = section.strip_prefix("remote ") {
                remotes.push((name.trim_matches('"'), Span::new(at, at + text.len())));
            }
        } else if let Some((key, value)) = text.split_once('=')
            && in_core
            && key.trim() == "remote"
        {
            default = Some((value.trim(), Span::new(at, at + text.len())));
        }
    }
    // The address of the default remote may stand in `config.local`, which DVC keeps out of git.
    if let Some((name, span)) = default
        && !remotes.iter().any(|(known, _)| *known == name)
    {
        remotes.push((name, span));
    }
    for (name, span) in remotes {
        let mut fact = Fact::named(name, span);
        fact.say(
            fact!("remotes[].default"),
            if default.is_some_and(|(default, _)| default == name) { "true" } else { "false" },
            span,
        );
        builder.add(fact!("remotes"), fact);
    }
    Ok(())
}
