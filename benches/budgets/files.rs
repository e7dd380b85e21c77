//! Ten thousand manifests, checked by the real program, against the parser alone over the same files.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::{head, manifests, median, parse, row};

const FILES: usize = 10_000;
const THREADS: usize = 2;
const ROUNDS: usize = 7;

/// Writes the manifests, and times both programs over them in turn.
pub fn run() {
    let folder = std::env::temp_dir().join(format!("mlsystem-budgets-{}", std::process::id()));
    let text = manifests::of_lines(120);
    for number in 0..FILES {
        let folder = folder.join(format!("team-{}", number / 100));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("s{number}.mlsystem.yaml")), format!("{text}# {number}\n")).unwrap();
    }
    let parser = || Command::new(std::env::current_exe().unwrap()).arg("parse-folder").arg(&folder).timed();
    let check = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mlsystem"));
        command.args(["check", "--today", "2026-11-24", "--format", format]).arg(&folder).timed()
    };
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        times[0].push(parser());
        times[1].push(check("pretty"));
        times[2].push(check("json"));
    }
    let _ = std::fs::remove_dir_all(&folder);
    let [parser, pretty, json] = times.map(median);
    println!("\n{FILES} manifests: parser {parser:.2} s, pretty {pretty:.2} s, json {json:.2} s");
    head("ten thousand manifests of 120 lines, two threads");
    row("check / parser", pretty / parser, 2.2);
    row("check --format json / parser", json / parser, 2.2);
}

/// Reads and parses every file of the folders in `folder`, and does nothing else.
pub fn parse_folder(folder: &Path) {
    let files: Vec<PathBuf> = entries(folder).iter().flat_map(|folder| entries(folder)).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    parse(&std::fs::read_to_string(file).unwrap());
                }
            });
        }
    });
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

trait Timed {
    fn timed(&mut self) -> f64;
}

impl Timed for Command {
    /// Runs the program to its end and gives the seconds it took. It must succeed.
    fn timed(&mut self) -> f64 {
        let start = Instant::now();
        let status = self.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(status.success(), "{self:?}: {status}");
        start.elapsed().as_secs_f64()
    }
}
