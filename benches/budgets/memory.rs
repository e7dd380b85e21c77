//! The most memory that a hostile text takes above its own length. Linux tells it; elsewhere this part is left out.

use std::path::Path;
use std::process::Command;

use mlsystem::check::check;
use mlsystem::report::{self, FileReport, Format, Report, Run, Style};
use mlsystem::workspace::{self, Input};

use super::{head, manifests, row, steps};

/// Checks each text in a process of its own.
pub fn run() {
    if !Path::new("/proc/self/clear_refs").exists() {
        return;
    }
    head("memory above the text, in units of 30 MB");
    let file = std::env::temp_dir().join(format!("mlsystem-budgets-{}.yaml", std::process::id()));
    for (what, text) in manifests::hostile() {
        std::fs::write(&file, text).unwrap();
        for format in ["pretty", "json"] {
            let peak =
                Command::new(std::env::current_exe().unwrap()).args(["peak", format]).arg(&file).output().unwrap();
            let peak = String::from_utf8(peak.stdout).unwrap();
            match peak.trim().parse::<f64>() {
                Ok(megabytes) => row(&format!("{what}, {format}: {megabytes:.1} MB"), megabytes / 30.0, 1.0),
                Err(_) => row(&format!("{what}, {format}: it died"), f64::INFINITY, 1.0),
            }
        }
    }
    let _ = std::fs::remove_file(&file);
}

/// Reads a file, then checks and reports it, and prints the megabytes that the second part took at most.
pub fn peak(format: &str, file: &Path) {
    let Input::Text(source) = workspace::read(file, "mlsystem.yaml") else { panic!("the text is not read") };
    // Sets the highest mark back to what is used now.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS:");
    let checked = check(&source, &steps::options(&Default::default()));
    let file = FileReport {
        name: "mlsystem.yaml".to_owned(),
        path: "mlsystem.yaml".to_owned(),
        findings: checked.findings,
        failed: checked.failed,
        ..FileReport::default()
    };
    let report = Report::new(vec![file], Run::default());
    let format: Format = format.parse().unwrap();
    report::write(&report, format, &Style::default(), &mut std::io::sink()).unwrap();
    println!("{}", (status("VmHWM:") - before) * 1024.0 / 1e6);
}

/// A line of the process's status, in KiB.
fn status(line: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|found| found.strip_prefix(line)).unwrap();
    found.trim().trim_end_matches(" kB").parse().unwrap()
}
