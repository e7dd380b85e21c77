//! The exit codes that the documentation promises.

use super::{CLEAN, Folder, with_error};

const FORMATS: [&str; 11] =
    ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "rdjsonl", "markdown"];

/// A text that is no YAML.
const BROKEN: &str = "a: [1\nb: 2\n";

#[test]
fn zero_for_a_clean_run_and_one_for_findings() {
    let folder = Folder::clean().with("bad.yaml", with_error());
    assert_eq!(folder.code("check"), 0);
    assert_eq!(folder.code("check mlsystem.yaml"), 0);
    assert_eq!(folder.code("check bad.yaml"), 1);
    assert_eq!(folder.code("check mlsystem.yaml bad.yaml"), 1);
}

#[test]
fn fail_on_says_which_findings_fail() {
    let folder = Folder::new().with("bad.yaml", with_error());
    for (found, code) in [("error", [1, 1, 1, 0]), ("warning", [0, 1, 1, 0]), ("advice", [0, 0, 1, 0])] {
        for (fail_on, code) in ["error", "warning", "advice", "never"].iter().zip(code) {
            let arguments =
                format!("check bad.yaml --select no-fallback --level no-fallback={found} --fail-on {fail_on}");
            let done = folder.run(&arguments);
            assert_eq!(done.code, code, "{arguments}\n{}", done.out);
            assert!(done.out.contains(&format!("{found}[no-fallback]")), "{}", done.out);
        }
    }
}

#[test]
fn waived_findings_do_not_fail() {
    let waiver = "waivers:\n  - {check: no-fallback, reason: the caller has one of its own, owner: discovery-ml, until: 2027-01-31}\n";
    let folder = Folder::new().with("bad.yaml", with_error() + waiver);
    let done = folder.run("check bad.yaml --fail-on advice");
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(done.out.contains("1 waived"), "{}", done.out);
    assert_eq!(folder.code("check bad.yaml --today 2027-02-01"), 1);
}

#[test]
fn two_for_wrong_usage_with_a_word_on_what_is_wrong() {
    let folder = Folder::clean();
    for (arguments, words) in [
        ("", "Usage"),
        ("chekc", "check"),
        ("check --fail", "--fail-on"),
        ("check --format pretyt", "pretty"),
        ("check --fail-on eror", "error"),
        ("check --level no-fallback", "NAME=error"),
        ("check --level no-fallback=eror", "`eror` is not a level"),
        ("check --level no-falback=error", "did you mean `no-fallback`?"),
        ("check --select no-falback", "did you mean `no-fallback`?"),
        ("check --skip no-fallback,servign", "did you mean `serving`?"),
        ("check --select=", "`` is not a lint"),
        ("check --today 2026-02-30", "2026-02-30"),
        ("check --today yesterday", "yesterday"),
        ("check --lints none", "no lint in `none`"),
        ("check [", "no pattern"),
        ("check mlsystem.yaml [", "no pattern"),
        ("check --output none/report.json", "none/report.json"),
        ("explain", "Usage"),
        ("explain no-falback", "did you mean `no-fallback`?"),
        ("new unsigned", "CATEGORY/NAME"),
        ("new a/../b", "CATEGORY/NAME"),
        ("new Release/Unsigned", "CATEGORY/NAME"),
        ("test", "Usage"),
        ("test none", "no lint in `none`"),
        ("schema outptu", "output"),
        ("lints --format yaml", "table"),
    ] {
        let done = folder.run(arguments);
        assert_eq!(done.code, 2, "{arguments}: {}{}", done.out, done.err);
        assert!(done.err.contains(words), "{arguments}: {}", done.err);
        assert!(!done.err.contains("os error"), "{arguments}: {}", done.err);
        assert_eq!(done.out, "", "{arguments}");
    }
    let done = super::finish(folder.command(&["check"]).env("SOURCE_DATE_EPOCH", "soon"), "");
    assert!(done.code == 2 && done.err.contains("`soon`"), "{}", done.err);
}

#[test]
fn three_for_what_cannot_be_read_whatever_else_is_found() {
    let folder =
        Folder::clean().with("bad.yaml", with_error()).with("broken.yaml", BROKEN).with("latin.yaml", b"a: \xe9\n");
    for input in ["broken.yaml", "latin.yaml", "missing.yaml", "deep/missing.yaml"] {
        for others in ["", "mlsystem.yaml", "bad.yaml"] {
            for fail_on in ["error", "never"] {
                let done = folder.run(&format!("check {input} {others} --fail-on {fail_on}"));
                assert_eq!(done.code, 3, "{input} {others}: {}", done.out);
                assert!(!done.out.contains("no findings"), "{}", done.out);
            }
        }
    }
    assert_eq!(folder.run_with("check -", BROKEN).code, 3);
    // What keeps a file from being read cannot be switched off.
    for name in ["invalid-yaml", "format", "reference"] {
        assert_eq!(folder.code(&format!("check broken.yaml --skip {name} --level {name}=off")), 3);
    }
}

#[test]
fn four_when_there_is_nothing_to_check() {
    let folder = Folder::new().with("readme.txt", "");
    std::fs::create_dir(folder.0.join("empty")).unwrap();
    for arguments in
        ["check", "check empty", "check *.mlsystem.yaml", "check . --format json", "check . --fail-on never"]
    {
        let done = folder.run(arguments);
        assert_eq!(done.code, 4, "{arguments}: {}", done.err);
        assert!(done.err.contains("nothing to check"), "{}", done.err);
        assert_eq!(done.out, "", "{arguments}");
    }
}

#[test]
fn an_empty_manifest_is_not_clean() {
    let folder = Folder::new();
    for text in ["", "\n", "# only a comment\n", "---\n", "\u{feff}"] {
        let done = folder.run_with("check -", text);
        assert_eq!(done.code, 1, "{text:?}: {}", done.out);
    }
}

#[test]
fn the_format_never_changes_the_code() {
    let folder = Folder::clean().with("bad.yaml", with_error()).with("broken.yaml", BROKEN);
    for (input, code) in [
        ("mlsystem.yaml", 0),
        ("bad.yaml", 1),
        ("broken.yaml", 3),
        ("missing.yaml", 3),
        ("*.none", 4),
        ("broken.yaml bad.yaml", 3),
    ] {
        for format in FORMATS {
            for more in ["", "--quiet", "--verbose", "--output report", "--color always", "--explain-skipped"] {
                let done = folder.run(&format!("check {input} --format {format} {more}"));
                assert_eq!(done.code, code, "{input} {format} {more}: {}{}", done.out, done.err);
            }
        }
    }
}

#[test]
fn help_and_version_succeed() {
    let folder = Folder::new();
    for arguments in ["--help", "--version", "check --help", "help check", "explain --help", "new --help", "lints -h"] {
        assert_eq!(folder.code(arguments), 0, "{arguments}");
    }
}

#[test]
fn a_future_format_says_nothing_else() {
    let folder =
        Folder::new().with("next.yaml", CLEAN.replace("mlsystem: 1", "mlsystem: 2").replace("stage:", "staeg:"));
    let done = folder.run("check next.yaml --format concise --skip unsupported-format-version");
    assert_eq!((done.code, super::findings(&done).len()), (1, 1), "{}", done.out);
    assert!(done.out.contains("unsupported-format-version"));
}
