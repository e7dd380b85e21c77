//! Whatever files and cards say, the manifest parses and its reader objects to nothing.

use mlsystem::built_in;
use mlsystem::draft::{Answers, Inputs, Prose, Text, draft};
use mlsystem::evidence;
use mlsystem::facts::File;
use mlsystem::source::Source;
use proptest::prelude::*;

use super::repositories::objects_to_nothing;

fn answers() -> Answers {
    Answers { name: "eta".to_owned(), name_from: "", stage: "production".to_owned(), risk: None }
}

/// The manifest of a repository of these files, the last of which is a model card to start from.
fn drafted(files: &[(&str, String)]) -> String {
    let said: Vec<File> = files
        .iter()
        .filter_map(|(path, text)| evidence::read(&Source::new(*path, text.clone()), path, &built_in::EVIDENCE))
        .collect();
    let (path, text) = files.last().unwrap();
    let prose = || Text { path, prose: Prose::read(text) };
    let basis = Inputs { files: said.iter().collect(), folder: "", readme: Some(prose()), card: Some(prose()) };
    draft(&built_in::MANIFEST, &basis, &answers()).text
}

/// Text as it may stand anywhere: words of YAML, of Markdown and of the format, and letters of all sorts.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}",
        "\\PC{0,12}",
        ".{0,8}",
        prop::sample::select(vec![
            "NO",
            "none",
            "n/a",
            "TODO",
            "true",
            "null",
            "~",
            "a: b",
            "- a",
            "#1",
            "a #b",
            "'",
            "\"",
            "\\",
            "[",
            "{",
            "&a",
            "*a",
            "!t",
            "%",
            "@x",
            "`",
            "|",
            ">",
            "---",
            "...",
            "1e3",
            "0x1f",
            "1.10",
            "12:30",
            "none: later",
            "x-y",
            "link",
            "é",
            "分",
            "\u{202e}x",
            "\u{feff}",
            "${VAR}",
            "{{ x }}",
            "apache-2.0",
            "[More Information Needed]",
            "https://a:b@c",
        ])
        .prop_map(str::to_owned),
    ]
}

/// The word as a text in JSON, which YAML reads as the same.
fn quoted(word: &str) -> String {
    serde_json::to_string(word).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn any_facts_give_a_manifest(words in prop::collection::vec(word(), 24)) {
        let mut words = words.into_iter();
        let mut next = || quoted(&words.next().unwrap());
        let files = [
            ("dvc.yaml", format!("stages: {{{}: {{deps: [{}, src/a.py], outs: [{}, model.pkl, data/x]}}}}", next(), next(), next())),
            ("data/x.dvc", format!("outs: [{{path: {}, md5: {}}}]", next(), next())),
            ("deploy/i.yaml", format!(
                "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {{name: {}}}\nspec: {{predictor: {{\
                 minReplicas: {}, maxReplicas: {}, timeout: {}, canaryTrafficPercent: {}, model: {{storageUri: {}}}}}}}",
                next(), next(), next(), next(), next(), next())),
            ("rules.yaml", format!("groups: [{{name: g, rules: [{{alert: {}, expr: 'a > 1', for: {}, labels: {{severity: {}}}}}]}}]", next(), next(), next())),
            ("CODEOWNERS", format!("* @org/team {}", next())),
            ("MLmodel", format!("flavors: {{a: {{}}}}\nrun_id: {}\nutc_time_created: {}", next(), next())),
            ("README.md", format!(
                "---\nlicense: {}\nbase_model: {}\ndatasets: [{}]\nlanguage: [{}]\npipeline_tag: {}\n---\n# Eta\n\n## Uses\n\n{}\n",
                next(), next(), next(), next(), next(), next())),
        ];
        objects_to_nothing(&drafted(&files));
    }

    #[test]
    fn any_card_gives_a_manifest(
        parts in prop::collection::vec((prop::sample::select(vec![
            "# ", "## Uses", "## Limitations", "### Out-of-Scope Use", "## Intended uses & limitations", "- ", "* **Developed by:** ",
            "| a |", "|---|", "```", "<!--", "-->", "---", "\n", "> ", "1. ", "![", "[a](b)",
        ]), word()), 0..24)
    ) {
        let text: String = parts.iter().map(|(mark, word)| format!("{mark}{word}\n")).collect();
        objects_to_nothing(&drafted(&[("card.md", text)]));
    }
}

#[test]
fn a_readme_may_begin_with_a_colon() {
    let readme = "# Eta\n\n:5 ways to rank the results of a search are tried one after the other.\n".to_owned();
    let text = drafted(&[("README.md", readme)]);
    assert!(text.contains(":5 ways to rank"), "{text}");
    objects_to_nothing(&text);
}

#[test]
fn secrets_are_not_copied() {
    let card = "# Eta\n\n## Uses\n\nCall it with the key AKIAIOSFODNN7EXAMPLE and wait.\n".to_owned();
    let text = drafted(&[("card.md", card)]);
    assert!(!text.contains("AKIA"), "{text}");
}

#[test]
fn what_is_still_to_be_written_is_nothing() {
    let card = "# Eta\n\n## Uses\n\n[More Information Needed]\n\n## Limitations\n\nTODO\n".to_owned();
    let text = drafted(&[("card.md", card)]);
    assert!(!text.contains("More Information") && !text.contains("TODO"), "{text}");
}
