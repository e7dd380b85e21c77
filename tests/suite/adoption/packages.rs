//! What is installed: the program with its completions and manual pages, and the wheel that carries it.

#[cfg(unix)]
use super::integration::Job;
use super::{DRAFT, Folder, project};

#[test]
fn the_version_tells_the_lints() {
    let folder = Folder::new();
    let short = folder.run("-V").out;
    assert_eq!(short, format!("mlsystem {}\n", env!("CARGO_PKG_VERSION")));
    let long = folder.run("--version").out;
    assert!(long.starts_with(&short) && long.contains(mlsystem::built_in::DIGEST), "{long}");
}

#[test]
fn every_shell_has_its_completions() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = folder.run(&format!("completions {shell}"));
        assert_eq!(done.code, 0);
        for word in ["check", "baseline", "waive", "since"] {
            assert!(done.out.contains(word), "{shell} completes {word}");
        }
    }
    let bash = std::process::Command::new("bash")
        .args(["-c", "source /dev/stdin"])
        .stdin(std::process::Stdio::piped())
        .spawn();
    let mut bash = bash.unwrap();
    let script = folder.run("completions bash").out;
    std::io::Write::write_all(&mut bash.stdin.take().unwrap(), script.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn every_command_has_its_manual_page() {
    let folder = Folder::new();
    assert!(folder.run("man").out.contains(".TH mlsystem 1"));
    assert_eq!(folder.run("man --in pages").code, 0);
    let main = folder.read("pages/mlsystem.1");
    for command in ["check", "baseline", "waive", "explain", "lints"] {
        assert!(main.contains(&format!("mlsystem\\-{command}(1)")), "{main}");
        let page = folder.read(&format!("pages/mlsystem-{command}.1"));
        assert!(page.contains(&format!(".TH mlsystem-{command} 1")), "{page}");
    }
}

/// The files of the packages name the same versions.
#[test]
fn the_packages_agree() {
    let cargo = project("Cargo.toml");
    let field = |name: &str| {
        let line = cargo.lines().find(|line| line.starts_with(&format!("{name} = "))).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let wheel = project("pyproject.toml");
    for shared in ["name", "description", "license"] {
        assert!(wheel.contains(&format!("\n{shared} = \"{}\"\n", field(shared))), "{shared}");
    }
    assert!(wheel.contains("bindings = \"bin\"") && wheel.contains("dynamic = [\"version\"]"));
    for part in ["LICENSE-APACHE", "LICENSE-MIT"] {
        assert!(project(part) == project(&format!("crates/mlsystem-core/{part}")), "{part}");
    }
    let version = env!("CARGO_PKG_VERSION");
    assert!(cargo.contains(&format!("mlsystem-core = {{ version = \"={version}\"")), "the core has the same version");
    let image = project("Dockerfile");
    assert!(image.contains("FROM scratch") && image.contains("USER 65532:65532"));
}

/// Whoever pins what the documents show gets this version.
#[test]
fn what_is_pinned_is_this_version() {
    let pin = regex::Regex::new(r"mlsystem(?:==|@v?)(\d[\w.]*)|rev: v(\S+)").unwrap();
    for (file, pins) in [("README.md", 1), ("docs/integration.md", 4), ("templates/mlsystem.yml", 1)] {
        let text = project(file);
        let found: Vec<String> =
            pin.captures_iter(&text).map(|pin| pin.get(1).or(pin.get(2)).unwrap().as_str().to_owned()).collect();
        assert_eq!(found, vec![env!("CARGO_PKG_VERSION"); pins], "{file}");
    }
}

/// The address stands in `Cargo.toml`; once it does, no document has a placeholder for it.
#[test]
fn the_address_is_in_one_place() {
    let address = env!("CARGO_PKG_REPOSITORY");
    assert_eq!(address.is_empty(), mlsystem::address::Address::of_project().is_none(), "`{address}` is no address");
    for file in ["pyproject.toml", "editors/vscode/package.json", "crates/mlsystem-core/Cargo.toml", "action.yml"] {
        assert!(!project(file).contains("github.com/"), "{file} has an address of its own");
    }
    let placeholder = regex::Regex::new("(OWNER|GROUP)/mlsystem").unwrap();
    for file in ["README.md", "docs/integration.md"] {
        assert_eq!(placeholder.is_match(&project(file)), address.is_empty(), "{file}");
    }
}

/// A release is refused while it has no address; a rehearsal says so and goes on.
#[test]
#[cfg(unix)]
fn no_release_is_made_without_an_address() {
    let ready = |tag: &[&str]| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/ready");
        super::Done::of(&std::process::Command::new(script).args(tag).env_remove("GITHUB_OUTPUT").output().unwrap())
    };
    let tag = concat!("v", env!("CARGO_PKG_VERSION"));
    let (release, rehearsal) = (ready(&[tag]), ready(&[]));
    if env!("CARGO_PKG_REPOSITORY").is_empty() {
        assert_eq!((release.code, rehearsal.code), (1, 0), "{}", release.err);
        assert!(rehearsal.err.contains("not ready: the address of the project is not set"), "{}", rehearsal.err);
    }
    let another = ready(&["v999.0.0"]);
    assert!(another.code == 1 && another.err.contains("the tag is v999.0.0"), "{}", another.err);
    assert!(
        rehearsal.out.starts_with(concat!("version=", env!("CARGO_PKG_VERSION"), "\nlatest=")),
        "{}",
        rehearsal.out
    );
}

/// `.ci/wheel` builds the wheel and then runs this: pip installs it by the action's own step, and the program it brought
/// judges a good and a bad manifest.
#[test]
#[cfg(unix)]
#[ignore = "needs a wheel, which .ci/wheel builds"]
fn a_wheel_installs_and_runs() {
    let wheel = std::env::var("MLSYSTEM_WHEEL").expect("the path of a wheel");
    let folder = Folder::repository();
    folder.write_clean("good");
    folder.write("bad/mlsystem.yaml", DRAFT);
    for (paths, code) in [("good", 0), ("bad", 1)] {
        let mut job = Job::new(&folder, &[("install", "wheel"), ("package", &wheel), ("paths", paths)]);
        // Only what the wheel brings can be found.
        job.path = std::env::var("PATH").unwrap();
        let ended = job.run();
        assert_eq!(ended.code, code, "{}", ended.log);
        assert!(ended.log.contains(mlsystem::built_in::DIGEST), "{}", ended.log);
    }
}

/// bash splits a word at `=`, so that an option and its value are three words.
#[test]
fn bash_completes_values_behind_equals_and_names_of_lints() {
    let folder = Folder::new();
    let script = folder.run("completions bash").out;
    folder.write("script", &script);
    for (words, at, current, before, found) in [
        ("mlsystem check --format = s", 4, "s", "=", "sarif"),
        ("mlsystem check --format =", 3, "=", "--format", "sarif"),
        ("mlsystem check --format s", 3, "s", "--format", "sarif"),
        ("mlsystem explain no-fall", 2, "no-fall", "explain", "no-fallback"),
        ("mlsystem waive no-fall", 2, "no-fall", "waive", "no-fallback"),
        ("mlsystem check --select no-fall", 3, "no-fall", "--select", "no-fallback"),
        ("mlsystem check --skip = evid", 4, "evid", "=", "evidence"),
    ] {
        let run = format!(
            "source ./script; COMP_WORDS=({words}); COMP_CWORD={at}; _mlsystem mlsystem {current} {before}; echo \"${{COMPREPLY[*]}}\""
        );
        let Ok(done) = std::process::Command::new("bash").args(["-c", &run]).current_dir(&folder.0).output() else {
            return;
        };
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(said.split_whitespace().any(|word| word == found), "{words}: {said}");
    }
}

#[test]
fn every_shell_completes_names_of_lints() {
    let folder = Folder::new();
    for shell in ["bash", "fish", "zsh"] {
        let script = folder.run(&format!("completions {shell}")).out;
        assert!(script.contains("no-fallback"), "{shell}");
    }
}
