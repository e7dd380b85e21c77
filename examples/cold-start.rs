//! Times cold starts of `mlsystem check` against `clap-only`, which lie beside and above this program. See
//! `benches/cold-start.sh`, which builds the three.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement may panic, and prints")]

#[path = "../benches/budgets/manifests.rs"]
#[allow(dead_code, reason = "the memory part is not used here")]
mod manifests;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 1_000;

/// Milliseconds that `program` may take longer than `clap-only`.
const BOUND: f64 = 2.0;

fn main() {
    let own = std::env::current_exe().unwrap();
    let beside = own.parent().unwrap();
    let manifest = std::env::temp_dir().join(format!("mlsystem-cold-start-{}.yaml", std::process::id()));
    std::fs::write(&manifest, manifests::of_lines(300)).unwrap();
    let programs = [beside.join("clap-only"), beside.parent().unwrap().join("mlsystem")];

    let mut times = [const { Vec::new() }; 2];
    for round in 0..ROUNDS + 20 {
        for (program, times) in programs.iter().zip(&mut times) {
            let time = run(program, &manifest);
            // The first rounds bring the programs into memory.
            if round >= 20 {
                times.push(time);
            }
        }
    }
    let _ = std::fs::remove_file(&manifest);

    println!("{:<22} {:>8} {:>8}   of {ROUNDS} interleaved runs", "milliseconds", "median", "p10");
    let mut medians = Vec::new();
    for (name, mut times) in ["clap-only", "mlsystem check"].iter().zip(times) {
        times.sort_by(f64::total_cmp);
        println!("{name:<22} {:>8.2} {:>8.2}", times[ROUNDS / 2], times[ROUNDS / 10]);
        medians.push(times[ROUNDS / 2]);
    }
    let above = medians[1] - medians[0];
    println!("above: {above:.2} ms, bound {BOUND} ms: {}", if above <= BOUND { "met" } else { "MISSED" });
}

fn run(program: &Path, manifest: &Path) -> f64 {
    let mut command = Command::new(program);
    command.args(["check", "--today", "2026-11-24"]).arg(manifest).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap();
    let time = start.elapsed().as_secs_f64() * 1e3;
    assert!(status.success(), "{}: {status}", program.display());
    time
}
