//! Tests of prompts by promptfoo. See <https://www.promptfoo.dev/docs/configuration/reference/>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::facts::paths::resolved;
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "promptfoo configuration",
    files: &["promptfooconfig.yaml", "promptfooconfig.yml", "promptfooconfig.json", "*.promptfoo.yaml", "promptfoo*"],
    marks: &["prompts:", "tests:", "scenarios:", "redteam:", "\"prompts\""],
    shows: &[fact!("trials")],
    read: configuration,
}];

fn configuration(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let written = [".yaml", ".yml", ".json"].iter().any(|end| page.name().ends_with(end));
    let document = if written { page.document()? } else { return Err(SkipReason::Other) };
    let keys = ["tests", "scenarios", "redteam", "prompts"];
    let Some(key) = keys.into_iter().find(|key| document.get(key).exists()) else {
        return Err(SkipReason::Other);
    };
    let span = document.key_span(key);
    let name = document.get("description");
    let mut fact = match name.text() {
        Some(text) => Fact::named(text, name.span()),
        None => Fact::named(page.name(), span),
    };
    if let Some((count, span)) = tests(document) {
        fact.say(fact!("trials[].tests"), count.to_string(), span);
    }
    fact.texts(fact!("trials[].prompts"), prompts(page, document.get("prompts")));
    builder.add(fact!("trials"), fact);
    Ok(())
}

/// How many tests there are; none where they stand in another file, which is not opened.
fn tests(document: YamlCursor<'_>) -> Option<(usize, Span)> {
    let tests = document.get("tests");
    let plugins = document.at("redteam.plugins");
    let elsewhere = |part: &YamlCursor<'_>| part.text().is_some() || part.get("path").exists();
    let lists = [tests, document.get("scenarios")];
    if lists.iter().any(|list| list.text().is_some() || list.items().any(|test| elsewhere(&test))) {
        return None;
    }
    let count = lists.into_iter().chain([plugins]).map(|list| list.items().count()).sum();
    let key = ["tests", "scenarios", "redteam"].into_iter().find(|key| document.get(key).exists());
    // A red team without a list of plugins attacks with those that are the default.
    let open = document.get("redteam").exists() && !plugins.exists();
    (!open).then(|| (count, key.map_or(document.span().part(0..0), |key| document.key_span(key))))
}

/// The prompts that stand in files of their own.
fn prompts(page: &EvidenceFile<'_>, prompts: YamlCursor<'_>) -> Vec<(String, Span)> {
    let parts = prompts.one_or_more().into_iter().map(|one| if one.is_mapping() { one.get("id") } else { one });
    let path = |part: YamlCursor<'_>| {
        let path = part.text()?.strip_prefix("file://")?;
        Some((resolved(page.folder(), path)?, part.span()))
    };
    parts.filter_map(path).collect()
}
