//! The budgets of the design as ratios, measured side by side in one run: `cargo bench --bench budgets`.
//!
//! Times are medians of interleaved rounds, so that a busy machine slows both sides of a ratio alike. Arguments choose
//! the parts: `steps`, `edit`, `lints`, `files`, `memory`, `editor`.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench may panic, and prints")]

mod edit;
mod editor;
mod files;
mod manifests;
mod memory;
mod steps;

/// Reads a text with the YAML parser alone.
pub fn parse(text: &str) -> usize {
    let events = granit_parser::Parser::new_from_str(text).take_while(Result::is_ok);
    std::hint::black_box(events.count())
}

/// The middle one.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// One row of a table of ratios.
pub fn row(what: &str, ratio: f64, bound: f64) {
    let word = if ratio <= bound { "met" } else { "MISSED" };
    println!("{what:<52} {ratio:>7.2} {bound:>7.2}   {word}");
}

/// The head of such a table.
pub fn head(title: &str) {
    println!("\n{title:<52} {:>7} {:>7}", "ratio", "bound");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["parse-folder", folder] => files::parse_folder(folder.as_ref()),
        ["peak", what, file] => memory::peak(what, file.as_ref()),
        wanted => {
            let on = |part: &str| wanted.is_empty() || wanted.contains(&part);
            if on("steps") {
                steps::run();
            }
            if on("edit") {
                edit::run();
            }
            if on("lints") {
                steps::dearest();
            }
            if on("files") {
                files::run();
            }
            if on("memory") {
                memory::run();
            }
            if on("editor") {
                editor::run();
            }
        }
    }
}
