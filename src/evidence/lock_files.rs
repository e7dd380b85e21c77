//! What the dependencies of a program are taken from: lock files, requirements, container images.
//!
//! These files are written by programs, up to many thousand lines, and only two things are asked of them: how many
//! packages they name, and whether each has one version and a digest. So they are read by line.

use std::ops::Range;

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[
    lock("uv lock file", &["uv.lock"], |page, builder| tell("uv", &read_toml(page.source.text()), builder)),
    lock("Poetry lock file", &["poetry.lock", "pdm.lock"], |page, builder| {
        tell("Poetry", &read_toml(page.source.text()), builder)
    }),
    lock("conda lock file", &["conda-lock.yml", "*.conda-lock.yml"], |page, builder| {
        tell("Conda", &read_conda(page.source.text()), builder)
    }),
    lock("pixi lock file", &["pixi.lock"], |page, builder| tell("pixi", &read_conda(page.source.text()), builder)),
    lock("Pipenv lock file", &["Pipfile.lock"], pipenv),
    lock("Python requirements", &["requirements*"], requirements),
    lock("container file", &["Dockerfile*", "*.dockerfile", "*.Dockerfile", "Containerfile"], container),
];

const fn lock(
    name: &'static str,
    files: &'static [&'static str],
    read: fn(&EvidenceFile<'_>, &mut FactBuilder) -> Result<(), SkipReason>,
) -> Reader {
    Reader { name, files, marks: &[], shows: &[fact!("environments")], read }
}

/// What a lock file holds.
#[derive(Debug, Clone, PartialEq)]
struct Locked {
    /// How many packages it names.
    packages: usize,
    /// The bytes of the first one that could change without the file: without one version or without a digest.
    loose: Option<Range<usize>>,
}

/// A package as far as it was read.
struct Package {
    at: Range<usize>,
    fixed: bool,
}

fn tell(name: &str, locked: &Locked, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let span = |at: &Range<usize>| Span::new(at.start, at.end);
    let place = locked.loose.as_ref().map_or(Span::at(0), span);
    let mut fact = Fact::named(name, place);
    fact.say(fact!("environments[].packages"), locked.packages.to_string(), place);
    // What names nothing pins nothing.
    let pinned = locked.packages > 0 && locked.loose.is_none();
    fact.say(fact!("environments[].pinned"), if pinned { "true" } else { "false" }, place);
    builder.add(fact!("environments"), fact);
    Ok(())
}

fn pipenv(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    let mut packages = Vec::new();
    for (_, span, package) in ["default", "develop"].into_iter().flat_map(|key| document.get(key).entries()) {
        let fixed = ["hashes", "ref", "path", "file"].iter().any(|key| package.get(key).exists());
        packages.push(Package { at: span.range(), fixed });
    }
    tell("Pipenv", &locked(packages), builder)
}

fn requirements(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    if !page.name().ends_with(".txt") {
        return Err(SkipReason::Other);
    }
    tell("pip", &read_requirements(page.source.text()), builder)
}

fn container(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    if page.name().ends_with(".dockerignore") {
        return Err(SkipReason::Other);
    }
    match read_container(page.source.text()) {
        Some(locked) if locked.packages > 0 => tell("container", &locked, builder),
        Some(_) => Err(SkipReason::Unreadable("it is built from no image".to_owned())),
        None => Err(SkipReason::Template),
    }
}

/// `uv.lock` and `poetry.lock`: tables `[[package]]` with the digests of their files.
fn read_toml(text: &str) -> Locked {
    let mut packages: Vec<Package> = Vec::new();
    let mut inside = false;
    for (line, at) in lines(text) {
        if line.starts_with('[') && !line.starts_with("[package.") {
            inside = line == "[[package]]";
            if inside {
                packages.push(Package { at: at.clone(), fixed: false });
            }
            // Before version 2, Poetry kept all digests in one table at the end.
            if line == "[metadata.files]" {
                packages.iter_mut().for_each(|package| package.fixed = true);
            }
        }
        let Some(package) = packages.last_mut().filter(|_| inside) else { continue };
        if line.starts_with("name = ") {
            package.at = at;
        }
        let local = ["editable", "virtual", "directory", "path", "workspace"];
        let source = line.strip_prefix("source = {").map(str::trim_start);
        let commit = line.starts_with("resolved_reference") || line.contains("git = ") && line.contains('#');
        package.fixed |= line.contains("hash = \"") || commit;
        package.fixed |= source.is_some_and(|source| local.iter().any(|word| source.starts_with(word)));
        package.fixed |= line == "type = \"directory\"";
    }
    locked(packages)
}

/// `conda-lock.yml` and `pixi.lock`: lists of packages, each with a digest.
fn read_conda(text: &str) -> Locked {
    let mut packages: Vec<Package> = Vec::new();
    let mut inside = false;
    for (line, at) in lines(text) {
        let top = at.start == 0 || text[..at.start].ends_with('\n');
        if top && !line.starts_with('-') {
            inside = matches!(line, "package:" | "packages:");
        }
        if inside && top && line.starts_with("- ") {
            packages.push(Package { at: at.clone(), fixed: line.contains("pypi: .") });
        }
        let Some(package) = packages.last_mut().filter(|_| inside) else { continue };
        let digest =
            ["sha256:", "md5:"].iter().any(|key| line.strip_prefix(key).is_some_and(|rest| !rest.trim().is_empty()));
        package.fixed |= digest;
    }
    locked(packages)
}

/// `requirements.txt`: a requirement on each line, with `==` and `--hash` where it was compiled.
fn read_requirements(text: &str) -> Locked {
    let mut packages: Vec<Package> = Vec::new();
    let mut continued = false;
    for (line, at) in lines(text) {
        let comment = line.starts_with('#');
        let line = line.split(" #").next().unwrap_or_default();
        let option = line.starts_with('-') && !line.starts_with("-e") && !line.starts_with("--hash");
        let begins = !continued && !line.is_empty() && !comment && !option;
        if begins {
            packages.push(Package { at, fixed: false });
        }
        if let Some(package) = packages.last_mut().filter(|_| begins || continued) {
            package.fixed |=
                line.contains("--hash=") && text[package.at.clone()].contains("==") || line.contains(".whl#sha256=");
        }
        continued = line.ends_with('\\') && (begins || continued);
    }
    locked(packages)
}

/// A container file: each image that a stage is built from, with a digest where it is pinned. None where an image is
/// named by a variable, as it is then not known.
fn read_container(text: &str) -> Option<Locked> {
    let mut images = Vec::new();
    let mut stages: Vec<String> = Vec::new();
    for (line, at) in lines(text) {
        let mut words = line.split_whitespace();
        if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("from")) {
            continue;
        }
        let image = words.find(|word| !word.starts_with("--"))?;
        if image.contains('$') {
            return None;
        }
        let stage = stages.iter().any(|stage| stage.eq_ignore_ascii_case(image));
        if !stage && image != "scratch" {
            let offset = at.start + line.find(image)?;
            images.push(Package { at: offset..offset + image.len(), fixed: image.contains("@sha256:") });
        }
        if words.next().is_some_and(|word| word.eq_ignore_ascii_case("as")) {
            stages.extend(words.next().map(str::to_owned));
        }
    }
    Some(locked(images))
}

fn locked(packages: Vec<Package>) -> Locked {
    let loose = packages.iter().find(|package| !package.fixed).map(|package| package.at.clone());
    Locked { packages: packages.len(), loose }
}

/// The lines of `text` without blanks at their ends, and their bytes.
fn lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let offset = start + line.len() - line.trim_start().len();
        start += line.len();
        let line = line.trim();
        (line, offset..offset + line.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(text: &str, locked: &Locked) -> String {
        locked.loose.clone().map(|at| text[at].to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_lock_of_toml_pins_by_digest_and_commit() {
        let text = "version = 1\n\n[[package]]\nname = \"a\"\nsdist = { url = \"x\", hash = \"sha256:1\" }\n\n\
                    [[package]]\nname = \"me\"\nsource = { editable = \".\" }\n\n[package.metadata]\nx = 1\n\n\
                    [[package]]\nname = \"b\"\nsource = { git = \"https://example.com/b?rev=1#abc\" }\n";
        assert_eq!(read_toml(text), Locked { packages: 3, loose: None });
        let text = text.replace("hash = ", "size = ");
        let locked = read_toml(&text);
        assert_eq!((locked.packages, &*loose(&text, &locked)), (3, "name = \"a\""));
        let old = "[[package]]\nname = \"a\"\n\n[metadata.files]\na = [{file = \"a\", hash = \"sha256:1\"}]\n";
        assert_eq!(read_toml(old), Locked { packages: 1, loose: None });
    }

    #[test]
    fn a_lock_of_conda_pins_by_digest() {
        let text = "version: 1\nmetadata:\n  content_hash:\n    linux-64: 1\npackage:\n- name: a\n  hash:\n    md5: 1\n    sha256: 2\n- name: b\n  url: x\n";
        let locked = read_conda(text);
        assert_eq!((locked.packages, &*loose(text, &locked)), (2, "- name: b"));
        let text = "version: 6\nenvironments:\n  default:\n    packages:\n      linux-64:\n      - conda: x\npackages:\n- conda: x\n  sha256: 1\n";
        assert_eq!(read_conda(text), Locked { packages: 1, loose: None });
    }

    #[test]
    fn requirements_pin_by_version_and_digest() {
        let text = "# made by a tool\n--index-url https://example.com\na==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n    # via b\nb==2 --hash=sha256:3\n";
        assert_eq!(read_requirements(text), Locked { packages: 2, loose: None });
        let text = "a==1\nb>=2 # any\n-r other.txt\n";
        let locked = read_requirements(text);
        assert_eq!((locked.packages, &*loose(text, &locked)), (2, "a==1"));
    }

    #[test]
    fn an_image_is_pinned_by_its_digest() {
        let text = "FROM --platform=linux/amd64 python@sha256:1 AS build\nRUN x\nFROM build\nFROM scratch\n";
        assert_eq!(read_container(text), Some(Locked { packages: 1, loose: None }));
        let text = "from python:3.12-slim as base\n";
        assert_eq!(loose(text, &read_container(text).unwrap()), "python:3.12-slim");
        assert_eq!(read_container("ARG V\nFROM python:$V\n"), None);
    }
}
