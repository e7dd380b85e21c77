//! Where the manifest goes: whole, into a file that was not there, or nowhere.

use super::Copied;

#[test]
fn a_file_that_is_there_is_not_written_over() {
    for there in ["mlsystem.yaml", "mlsystem.yml"] {
        let copied = Copied::of("empty");
        copied.write(there, "mine\n");
        let before = copied.files();
        let done = copied.run(&["init", "--stage", "production"]);
        assert_eq!((done.code, &*done.out), (2, ""));
        assert_eq!(done.err, format!("error: `{there}` is there already, and nothing was written\n"));
        assert_eq!((copied.read(there), copied.files()), ("mine\n".to_owned(), before));
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_not_written_through() {
    let copied = Copied::of("empty");
    std::os::unix::fs::symlink("elsewhere.yaml", copied.0.join("mlsystem.yaml")).unwrap();
    assert_eq!(copied.run(&["init", "--stage", "production"]).code, 2);
    assert!(!copied.0.join("elsewhere.yaml").exists());
}

#[test]
fn nothing_is_left_beside_the_file() {
    let copied = Copied::of("dvc");
    let before = copied.files().len();
    let done = copied.run(&["init", "--stage", "prototype"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(copied.files().len(), before + 1);
    assert!(copied.read("mlsystem.yaml").contains("stage: prototype"));
    assert!(done.out.starts_with("wrote mlsystem.yaml: 1"), "{}", done.out);
    assert!(done.out.ends_with("then run `mlsystem check mlsystem.yaml`\n"), "{}", done.out);
    let again = copied.run(&["init", "--stage", "prototype"]);
    assert_eq!(again.code, 2);
}

#[test]
fn the_manifest_may_go_elsewhere() {
    let copied = Copied::of("dvc");
    let done = copied.run(&["init", "--stage", "research", "--output", "wine.mlsystem.yaml"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(copied.read("wine.mlsystem.yaml").contains("data/bottles.csv"));
    let missing = copied.run(&["init", "--stage", "research", "--output", "no/such/folder.yaml"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("could not be written: there is no such file"), "{}", missing.err);
}

#[test]
fn what_cannot_be_used_is_said() {
    let copied = Copied::of("empty");
    for (arguments, code, said) in [
        (
            &["init"][..],
            2,
            "nobody can be asked here; give the stage with `--stage` (research, prototype, production, retired)",
        ),
        (&["init", "--stage", "live"], 2, "invalid value 'live'"),
        (&["init", "--stage", "research", "--name", "My System"], 2, "a name is in kebab-case, such as `my-system`"),
        (&["init", "--stage", "research", "--name", "none"], 2, "`none` says that there is no name"),
        (&["init", "nowhere", "--stage", "research"], 2, "`nowhere` is no folder"),
        (&["init", "--stage", "research", "--from-model-card", "card.md"], 3, "there is no such file"),
    ] {
        let done = copied.run(arguments);
        assert_eq!(done.code, code, "{arguments:?} {}", done.err);
        assert!(done.err.contains(said), "{arguments:?} {}", done.err);
    }
    assert_eq!(copied.files(), ["notes.txt"]);
}

#[test]
fn a_card_that_is_named_is_read_or_told_why_not() {
    for (card, named, licence, note) in [
        ("---\nlicense: mit\nlanguage: en\npipeline_tag: text-classification\n---\n# Card\n", true, true, ""),
        ("\n---\nlicense: mit\nlanguage: en\npipeline_tag: text-classification\n---\n# Card\n", true, true, ""),
        ("---\nlicense: mit\nlanguage: en\n---\n# Card\n", true, true, ""),
        (
            "---\nlicense: mit\nfoo: [a\n---\n# Card\n",
            false,
            false,
            "note: `card.md` has front matter that is no YAML, line 3: the bracket `[` is not closed",
        ),
        ("# Card\n", false, false, "note: `card.md` has no front matter between lines `---`"),
    ] {
        let copied = Copied::of("empty");
        copied.write("card.md", card);
        let done = copied.run(&["init", "--stage", "research", "--name", "x", "--from-model-card", "card.md"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let manifest = copied.read("mlsystem.yaml");
        assert_eq!(manifest.contains("card: card.md"), named, "{card}\n{manifest}");
        assert_eq!(manifest.contains("licence: MIT"), licence, "{card}\n{manifest}");
        assert!(done.err.starts_with(note), "{}", done.err);
        assert_eq!(done.err.is_empty(), note.is_empty(), "{}", done.err);
    }
}
