//! What no output holds: secrets, and what a terminal or a runner of jobs would act upon.

use super::{Done, Folder, finish, with_error};

const TOKEN: &str = "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB";
const ADDRESS: &str = "postgres://u:sup3rsecret@h/x";

fn run(folder: &Folder, arguments: &[&str]) -> Done {
    finish(&mut folder.command(arguments), "")
}

/// Everything that a run shows, which holds no secret.
fn quiet(folder: &Folder, arguments: &[&str]) -> String {
    let done = run(folder, arguments);
    let shown = done.out + &done.err;
    for secret in ["ghp_abcdefghijk", "sup3rsecret"] {
        assert!(!shown.contains(secret), "{arguments:?}: {shown}");
    }
    shown
}

/// Everything that a run shows, which holds nothing that a terminal acts upon, and no line that is a command to a runner.
fn harmless(folder: &Folder, arguments: &[&str]) -> String {
    let done = finish(folder.command(arguments).env("GITHUB_ACTIONS", "true"), "");
    let shown = unpaused(&done.out) + &done.err;
    let dangerous = |letter: char| {
        letter.is_control() && letter != '\n'
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    assert!(!shown.contains(dangerous), "{arguments:?}: {shown:?}");
    assert!(!shown.lines().any(|line| line.trim_start().starts_with("::error::")), "{arguments:?}: {shown}");
    assert!(!shown.contains("##[error]"), "{arguments:?}: {shown}");
    shown
}

/// The lines among which a runner looks for commands.
fn unpaused(text: &str) -> String {
    let mut shown = String::new();
    let mut pause = None;
    for line in text.split_inclusive('\n') {
        match &pause {
            Some(end) if line.trim_end() == *end => pause = None,
            Some(_) => {}
            None => match line.trim_end().strip_prefix("::stop-commands::") {
                Some(token) => pause = Some(format!("::{token}::")),
                None => shown.push_str(line),
            },
        }
    }
    shown
}

#[test]
fn no_command_shows_a_secret() {
    let clean = with_error();
    let mut told = 0;
    for secret in [TOKEN, ADDRESS] {
        for manifest in [
            format!("{clean}# {secret}\n"),
            format!("{clean}x-a: {{b: {secret}}}\n"),
            format!("{clean}x-a: &{TOKEN} 1\nx-b: *{TOKEN}\nx-c: !{TOKEN} 2\n"),
            format!("{clean}\"{secret}\": 1\n"),
            format!("{clean}---\nx: {secret}\n"),
            format!(
                "{clean}x-a: ({secret})\nx-b: Bearer:{secret}\nx-c: \"\\x67hp_abcdefghijklmnopqrstuvwxyz0123456789AB\"\n"
            ),
            clean.replace("stage: production", &format!("stage: {secret}")),
            clean.replacen("name: ", &format!("name: {secret} # "), 1),
            clean.replacen("owner: ", &format!("owner: {secret} # "), 1),
            format!("{clean}depends_on: [{{ref: \"model:{secret}/x\"}}]\n"),
            format!("{clean}naame: {secret}\nserving: {{config: {{token: {secret}}}, x: [ }}\n"),
        ] {
            let folder = Folder::new().with("mlsystem.yaml", &manifest).with(".git/HEAD", "ref: refs/heads/main\n");
            let formats =
                ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"];
            for format in formats {
                let shown =
                    quiet(&folder, &["check", "--verbose", "--show-waived", "--explain-skipped", "--format", format]);
                told += usize::from(shown.contains("secret-in-manifest"));
            }
            quiet(&folder, &["check", "--diff"]);
            for command in ["coverage", "evidence", "baseline"] {
                quiet(&folder, &[command]);
            }
            quiet(&folder, &["config", "mlsystem.yaml"]);
            quiet(&folder, &["evidence", "--format", "json"]);
            quiet(&folder, &["waive", "no-fallback", "--reason", secret, "--owner", "a", "--until", "2020-01-31"]);
            if folder.names().contains(&"mlsystem-baseline.jsonl".to_owned()) {
                let kept = folder.read("mlsystem-baseline.jsonl");
                assert!(!kept.contains("ghp_abcdefghijk") && !kept.contains("sup3rsecret"), "{kept}");
            }
        }
    }
    // Formats of a whole report name the lint, each of eleven manifests and two secrets.
    assert!(told >= 180, "{told}");
}

#[test]
fn a_diff_of_bold_fixes_shows_no_secret() {
    let manifest =
        format!("mlsystem: 1\nname: x\nstage: prodution # {TOKEN}\nserving: {{config: {ADDRESS}}}\nowner: {TOKEN}\n");
    let folder = Folder::new().with("mlsystem.yaml", &manifest);
    let shown = quiet(&folder, &["check", "--diff", "--unsafe-fixes", "--select", "format"]);
    assert!(shown.contains("+stage: production # xxxx") && shown.contains(" owner: xxxx"), "{shown}");
    quiet(&folder, &["check", "--fix", "--unsafe-fixes", "--select", "format"]);
    let after = folder.read("mlsystem.yaml");
    assert!(after.contains(&format!("stage: production # {TOKEN}")) && after.contains(ADDRESS), "{after}");
    assert!(!after.contains("xxxx"), "{after}");
}

#[test]
fn a_file_that_is_no_text_and_a_workspace_file_show_no_secret() {
    let folder =
        Folder::new().with("mlsystem.yaml", [format!("a: {TOKEN}\nb: {ADDRESS}\n").as_bytes(), b"\xe9\n"].concat());
    for command in [
        &["check"][..],
        &["check", "--diff"],
        &["baseline"],
        &["waive", "x", "--reason", "r", "--owner", "o", "--until", "2027-01-31"],
    ] {
        quiet(&folder, command);
    }
    let wide: Vec<u8> = format!("a: {TOKEN}\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("mlsystem.yaml", [b"\xff\xfe", &wide[..]].concat());
    quiet(&folder, &["check"]);
    let folder = Folder::clean().with(
        "mlsystem-workspace.yaml",
        format!("mlsystem-workspace: 1\nsystems: \"*.yaml\" # {TOKEN}\nlevels: {ADDRESS}\n"),
    );
    assert!(quiet(&folder, &["check"]).contains("stands in the workspace file"));
}

#[test]
fn an_own_lint_shows_no_secret() {
    let folder = Folder::clean();
    assert_eq!(folder.run("new house/no-such-thing --in rules").code, 0);
    let page =
        folder.read("rules/house/no-such-thing.md").replace("message:", &format!("# {ADDRESS}\nmessage: {TOKEN}"));
    folder.write("rules/house/no-such-thing.md", page + &format!("\nBecause of {TOKEN}.\n"));
    for arguments in [
        &["check", "--lints", "rules"][..],
        &["check", "--lints", "rules", "--format", "sarif"],
        &["explain", "no-such-thing", "--lints", "rules"],
        &["lints", "--lints", "rules"],
        &["test", "rules"],
    ] {
        quiet(&folder, arguments);
    }
}

#[test]
fn a_first_manifest_takes_over_no_secret() {
    let folder = Folder::new()
        .with(".git/HEAD", "ref: refs/heads/main\n")
        .with("data/x.dvc", format!("outs: [{{path: {TOKEN}, md5: d41d8cd98f00b204e9800998ecf8427e}}]\n"))
        .with("data/y.dvc", format!("outs: [{{path: \"{ADDRESS}\", md5: d41d8cd98f00b204e9800998ecf8427e}}]\n"))
        .with("dvc.yaml", format!("stages: {{{TOKEN}: {{deps: [{TOKEN}], outs: [model.pkl]}}}}\n"))
        .with("CODEOWNERS", format!("* @org/team {ADDRESS} {TOKEN}\n"))
        .with(
            "README.md",
            format!("# {TOKEN}\n\nThis service ranks the offers with {ADDRESS} for all of the shops.\n"),
        );
    let shown = quiet(&folder, &["init", "--stage", "production", "--name", "eta", "--output", "-"]);
    assert!(shown.contains("mlsystem: 1") && !shown.contains("xxxxxxxx"), "{shown}");
}

#[test]
fn arguments_are_cleaned_on_standard_error() {
    for evil in ["a\u{1b}]0;pwn\u{7}", "\u{202e}abc", "a\n::error::pwned", "##[error]pwned", "a\rb", "\u{9b}31m", TOKEN]
    {
        let folder = Folder::clean();
        for arguments in [
            &["check", "--lints", evil, "."][..],
            &["check", evil],
            &["check", "--select", evil],
            &["check", "--skip", evil],
            &["check", "--baseline", evil],
            &["check", "--since", evil],
            &["check", "--output", evil, "--output", evil],
            &["check", "--today", evil],
            &["check", "--format", evil],
            &["check", &format!("--{evil}")],
            &["check", "--set", evil],
            &["explain", evil],
            &["coverage", "--framework", evil],
            &["evidence", evil],
            &["config", evil],
            &["baseline", evil],
            &["test", evil],
            &["new", evil],
            &["init", "--from-model-card", evil],
            &["init", "--name", evil],
            &["waive", evil, "--reason", "r", "--owner", "o", "--until", "2027-01-31"],
            &["waive", "no-fallback", evil, "--reason", "r", "--owner", "o", "--until", "2027-01-31"],
            &[evil],
        ] {
            let shown = harmless(&folder, arguments);
            assert!(!shown.is_empty() && !shown.contains(TOKEN), "{arguments:?}: {shown}");
        }
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_are_cleaned_everywhere() {
    for name in [
        "a\n::error::pwned.mlsystem.yaml",
        "::error::pwned.mlsystem.yaml",
        "a ##[error]pwned.mlsystem.yaml",
        "\u{1b}[31mX.mlsystem.yaml",
        "\u{202e}b.mlsystem.yaml",
    ] {
        let folder = Folder::new()
            .with(name, "mlsystem: 1\nname: x\nstage: prodution\nwaivers: [{check: \"zz\\n::error::pwned\"}]\n");
        for format in
            ["pretty", "concise", "json", "jsonl", "sarif", "gitlab", "junit", "rdjson", "rdjsonl", "markdown"]
        {
            harmless(&folder, &["check", "--verbose", "--explain-skipped", "--format", format]);
        }
        for arguments in [
            &["check", "--diff", "--unsafe-fixes", "--select", "format"][..],
            &["check", "--fix", "--unsafe-fixes", "--select", "format"],
            &["coverage"],
            &["evidence"],
            &["baseline"],
            &["waive", "no-owner", ".", "--reason", "r", "--owner", "o", "--until", "2027-01-31"],
        ] {
            harmless(&folder, arguments);
        }
    }
}

/// What a runner of GitHub Actions obeys anywhere in a line, in a manifest and on both streams.
#[test]
fn no_line_has_a_command_of_the_first_version() {
    let folder = Folder::new().with(
        "mlsystem.yaml",
        "mlsystem: 1\nname: x\nstage: prodution\nx-a: \"##[error]pwned\"\nowner: {\"##[error]pwned\": 1}\nowner: 1\n",
    );
    for format in ["pretty", "concise", "json", "jsonl", "sarif", "gitlab", "junit", "rdjson", "markdown"] {
        harmless(&folder, &["check", "--verbose", "--format", format]);
    }
    harmless(&folder, &["check", "--diff", "--unsafe-fixes"]);
    let folder = folder.with("mlsystem.yaml", "mlsystem: 1\nname: \"##[error]pwned\n");
    for arguments in [&["baseline"][..], &["check", "--diff"], &["evidence"]] {
        harmless(&folder, arguments);
    }
}

/// The name of a file is part of what identifies a finding, and a baseline is committed.
#[cfg(unix)]
#[test]
fn a_file_whose_name_is_a_secret_is_known_again() {
    let name = format!("{TOKEN}.mlsystem.yaml");
    let folder = Folder::new().with(".git/HEAD", "ref: refs/heads/main\n").with(&name, with_error());
    for format in ["pretty", "concise", "json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"] {
        quiet(&folder, &["check", "--verbose", "--format", format]);
    }
    quiet(&folder, &["baseline"]);
    let kept = folder.read("mlsystem-baseline.jsonl");
    assert!(kept.lines().count() > 1 && !kept.contains("ghp_abcdefghijk"), "{kept}");
    let known = run(&folder, &["check", "--baseline", "mlsystem-baseline.jsonl"]);
    assert_eq!(known.code, 0, "{}", known.out);
    assert!(!known.out.contains("stale-baseline-entry") && known.out.contains("in the baseline"), "{}", known.out);
    // No file is called as the entry says, so that nobody can say whether it is gone.
    std::fs::remove_file(folder.0.join(&name)).unwrap();
    let folder = folder.with("other/mlsystem.yaml", with_error());
    let other = run(&folder, &["check", "--baseline", "mlsystem-baseline.jsonl"]);
    assert!(other.code == 1 && !other.out.contains("stale-baseline-entry"), "{}", other.out);
    quiet(&folder, &["baseline", "--prune"]);
    assert_eq!(folder.read("mlsystem-baseline.jsonl"), kept);
}
