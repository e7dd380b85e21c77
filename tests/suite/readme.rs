//! What the README and the guides show: the picture is what the program prints, and each command line is one that it takes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anstyle::{Color, RgbColor};
use anstyle_svg::{Palette, Term};

/// The most lines of a README that is read to its end.
const LINES: usize = 150;

/// The manifest of the picture: each team has a budget of its own, and together they break the promise.
const MANIFEST: &str = "mlsystem: 1
name: restaurant-ranker
stage: production
serving:
  pattern: online
  latency: {p50: 40ms, p95: 75ms, p99: 95ms}
  path:
    - {step: gateway, p99: 8ms}
    - {step: features, p99: 18ms}
    - {step: candidates, p99: 40ms}
    - {step: ranker, p99: 38ms}
";

const PROGRAM: &str = env!("CARGO_BIN_EXE_mlsystem");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn page(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

/// The top-level section that a line of YAML begins.
fn section(line: &str) -> Option<&str> {
    line.split_once(':')
        .map(|(key, _)| key)
        .filter(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// A manifest with the sections of a block of YAML: each takes the place of the one of its name, or comes last.
fn with_sections(manifest: &mut Vec<(String, String)>, block: &str) {
    let mut to = None;
    for line in block.lines() {
        if let Some(name) = section(line) {
            let known = manifest.iter().position(|(one, _)| one == name);
            to = Some(known.unwrap_or(manifest.len()));
            match known {
                Some(known) => manifest[known].1.clear(),
                None => manifest.push((name.to_owned(), String::new())),
            }
        }
        if let (Some(to), false) = (to, line.is_empty()) {
            manifest[to].1.push_str(&format!("{line}\n"));
        }
    }
}

/// Goes through the tutorial as its reader does: puts the blocks of YAML together, makes the changes of the diffs, runs what is
/// to be run, and holds what is shown to what was printed.
#[test]
#[cfg(unix)]
fn the_tutorial_is_what_happens() {
    let folder = crate::adoption::Folder::new();
    let text = page("docs/tutorial.md");
    let (mut manifest, mut printed, mut shown) = (Vec::new(), String::new(), String::new());
    for (index, part) in text.split("```").enumerate() {
        let fresh = match part.split_once('\n').filter(|_| index % 2 == 1) {
            Some(("yaml", block)) => {
                with_sections(&mut manifest, block);
                part.to_owned()
            }
            Some(("diff", block)) => {
                let removed = block.lines().filter_map(|line| line.strip_prefix('-'));
                for (old, new) in removed.zip(block.lines().filter_map(|line| line.strip_prefix('+'))) {
                    let places = manifest.iter_mut().filter(|(_, text)| text.contains(&format!("{old}\n")));
                    let places: Vec<_> = places.collect();
                    assert_eq!(places.len(), 1, "`{old}` is in one section");
                    for (_, text) in places {
                        *text = text.replacen(old, new, 1);
                    }
                }
                part.to_owned()
            }
            Some(("console", line)) => {
                let whole: String = manifest.iter().map(|(_, text)| text.as_str()).collect();
                folder.write("mlsystem.yaml", &whole);
                let arguments = line.trim().strip_prefix("mlsystem ").unwrap().split(' ');
                let mut command = Command::new(PROGRAM);
                command.args(arguments).current_dir(&folder.0).env_clear().env("SOURCE_DATE_EPOCH", "1795478400");
                printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
                part.to_owned()
            }
            Some(("text", _)) => format!("text\n{printed}"),
            _ => part.to_owned(),
        };
        shown.push_str(if index == 0 { "" } else { "```" });
        shown.push_str(&fresh);
    }
    assert!(printed.is_empty(), "the last check of the tutorial is silent: {printed}");
    if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
        std::fs::write(root().join("docs/tutorial.md"), &shown).unwrap();
    }
    assert!(
        page("docs/tutorial.md") == shown,
        "docs/tutorial.md is stale: run `UPDATE=1 cargo test readme::`\n{shown}"
    );
}

/// The README and the guides beside it.
fn guides() -> Vec<String> {
    let found = glob::glob(&root().join("docs/*.md").to_string_lossy()).unwrap();
    let names = found.map(|path| format!("docs/{}", path.unwrap().file_name().unwrap().to_string_lossy()));
    ["README.md".to_owned()].into_iter().chain(names).collect()
}

/// A drawing of what a terminal shows, in the colours that GitHub gives to text on its light and dark grounds.
fn drawn(ansi: &str, [ground, text, red, yellow, blue, cyan]: [u32; 6]) -> String {
    let colour = |hex: u32| RgbColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8);
    let [black, red, green, yellow, blue, magenta, cyan, white] =
        [text, red, cyan, yellow, blue, blue, cyan, text].map(colour);
    let half = [black, red, green, yellow, blue, magenta, cyan, white];
    let mut palette = [colour(text); 16];
    palette[..8].copy_from_slice(&half);
    palette[8..].copy_from_slice(&half);
    let term = Term::new().palette(Palette(palette)).min_width_px(700);
    term.fg_color(Color::Rgb(colour(text))).bg_color(Color::Rgb(colour(ground))).render_svg(ansi)
}

#[test]
fn the_picture_is_what_the_program_prints() {
    let mut command = Command::new(PROGRAM);
    command.args("check - --stdin-filename mlsystem.yaml --select latency-budget-exceeded --color always".split(' '));
    command.env_clear().env("LANG", "C.UTF-8").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = command.spawn().unwrap();
    program.stdin.take().unwrap().write_all(MANIFEST.as_bytes()).unwrap();
    let printed = String::from_utf8(program.wait_with_output().unwrap().stdout).unwrap();
    assert!(printed.contains("8 + 18 + 40 + 38 = 104ms"), "{printed}");
    for (name, colours) in [
        ("light", [0xf6f8fa, 0x1f2328, 0xcf222e, 0x7d4e00, 0x0550ae, 0x0b5c76]),
        ("dark", [0x161b22, 0xe6edf3, 0xff8182, 0xe3b341, 0x79c0ff, 0x76d9e6]),
    ] {
        let path = format!("docs/finding-{name}.svg");
        let svg = drawn(&printed, colours);
        if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
            std::fs::write(root().join(&path), &svg).unwrap();
        }
        assert!(page(&path) == svg, "{path} is stale: run `UPDATE=1 cargo test readme::`");
    }
}

#[test]
fn the_readme_is_short_and_shows_the_picture() {
    let readme = page("README.md");
    assert!(readme.lines().count() < LINES, "{} lines", readme.lines().count());
    for picture in ["docs/finding-light.svg", "docs/finding-dark.svg"] {
        assert!(readme.contains(picture), "{picture}");
    }
}

/// The command lines of a page: those that begin with the name of the program in its consoles.
#[cfg(unix)]
fn command_lines(text: &str) -> Vec<String> {
    let blocks = text.split("\n```console\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let lines = blocks.flat_map(|block| block.replace("\\\n", " ").lines().map(str::to_owned).collect::<Vec<_>>());
    lines.map(|line| line.trim_start_matches("$ ").to_owned()).filter(|line| line.starts_with("mlsystem ")).collect()
}

/// Each command line has commands and options that there are, with values that they take. A shell reads it, and the help of the
/// command ends it before anything is done.
#[test]
#[cfg(unix)]
fn each_command_line_is_one_that_the_program_takes() {
    let folder = crate::adoption::Folder::new();
    for file in ["mlsystem.yaml", "buffer"] {
        folder.write(file, MANIFEST);
    }
    let mut tried = 0;
    for name in guides() {
        for line in command_lines(&page(&name)) {
            let script = format!("mlsystem() {{ \"$PROGRAM\" \"$@\" --help; }}\n{line}");
            let output =
                Command::new("sh").args(["-c", &script]).env("PROGRAM", PROGRAM).current_dir(&folder.0).output();
            let output = output.unwrap();
            assert!(output.status.success(), "{name}: {line}\n{}", String::from_utf8_lossy(&output.stderr));
            tried += 1;
        }
    }
    assert!(tried >= 30, "{tried} command lines");
}
