//! Files of other tools: the first line of a text is the path, the rest the file.

use std::sync::{Arc, LazyLock};

use mlsystem::built_in;
use mlsystem::check::{claims, judge};
use mlsystem::evidence::{is_known, read};
use mlsystem::report::FileReport;
use mlsystem::source::Source;

use crate::{findings, outputs, seeds, turn, world, writing};

/// The paths of the seeds, for texts whose first line is none.
static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let first = |seed: String| seed.lines().next().unwrap_or_default().to_owned();
    let mut paths: Vec<String> = seeds::evidence().into_iter().map(first).collect();
    paths.sort();
    paths.dedup();
    paths
});

/// Reads the file, judges manifests by it, and drafts one from it.
pub fn hold(text: &str) -> bool {
    let (path, rest) = text.split_once('\n').unwrap_or((text, ""));
    let path = match is_known(path) {
        true => path,
        false => &*PATHS[path.bytes().fold(0, |sum: usize, byte| sum + usize::from(byte)) % PATHS.len()],
    };
    let source = Source::new(path, rest);
    let Some(file) = read(&source, path, &built_in::EVIDENCE) else { return false };
    let said = format!("{:?}", file.home.root);
    let again = read(&source, path, &built_in::EVIDENCE).map(|file| format!("{:?}", file.home.root));
    assert_eq!(again, Some(said), "the same file says something else: {path}: {rest:?}");
    for (span, _) in file.home.tree.scalars() {
        assert!(rest.get(span.range()).is_some(), "{span:?} is not in {path}: {rest:?}");
    }
    let files = [source];
    let repository = world::repository(&files, &["mlsystem.yaml".to_owned()]);
    let seeing: Vec<&world::Member> = world::world().members.iter().filter(|member| member.view.is_some()).collect();
    judged(text, seeing[turn(text) % seeing.len()], &repository, &files);
    writing::drafted(text, repository.files().iter().collect(), rest);
    true
}

fn judged(text: &str, member: &world::Member, repository: &mlsystem::facts::Repository, files: &[Arc<Source>]) {
    let Some(manifest) = &member.reading.manifest else { return };
    let view = world::view(repository, files, manifest, "mlsystem.yaml");
    let options = world::with(built_in::LINTS, Some(&view));
    for claim in claims(&member.reading, None, &options) {
        assert!(!format!("{claim:?}").is_empty());
    }
    let findings = judge(&member.reading, None, &options).findings;
    findings::lie_in_their_texts(&findings);
    let (name, path) = ("mlsystem.yaml".to_owned(), "mlsystem.yaml".to_owned());
    outputs::hold(text, vec![FileReport { name, path, findings, ..FileReport::default() }], built_in::LINTS);
}
