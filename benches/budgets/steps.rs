//! The steps of one check against the parser over the same text.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mlsystem::built_in;
use mlsystem::check::{Levels, Options, Selection, check};
use mlsystem::lint::{Lint, SetOptions};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};
use mlsystem::units::Date;
use mlsystem::{finding::Finding, manifest};

use super::{head, manifests, median, parse, row};

/// Microseconds that each step takes, in the order of a check.
struct Steps {
    lines: usize,
    parser: f64,
    tree: f64,
    typing: f64,
    check: f64,
}

/// Prints the steps for manifests of 300 and 3,000 lines, and their ratios.
pub fn run() {
    let measured = [(300, 301), (3_000, 101)].map(|(lines, rounds)| measure(lines, rounds));
    println!("{:<10} {:>8} {:>8} {:>8} {:>8} {:>8}", "lines", "parser", "tree", "typing", "lints", "check");
    for steps in &measured {
        let Steps { lines, parser, tree, typing, check } = steps;
        let lints = check - tree - typing;
        println!("{lines:<10} {parser:>8.0} {tree:>8.0} {typing:>8.0} {lints:>8.0} {check:>8.0}   microseconds");
    }
    head("one manifest");
    for steps in &measured {
        let after = (steps.check - steps.tree) / steps.parser;
        row(&format!("{} lines: all after the tree / parser", steps.lines), after, 1.0);
    }
    for pair in measured.windows(2) {
        let times = pair[1].lines as f64 / pair[0].lines as f64;
        let ratio = pair[1].check / pair[0].check * 10.0 / times;
        row(&format!("{} lines / {} lines, for ten times the lines", pair[1].lines, pair[0].lines), ratio, 11.0);
    }
}

/// What may be set, and is not.
pub type Settings = (Levels, Selection, SetOptions);

/// The options of a plain `mlsystem check`.
pub fn options((levels, selection, set): &Settings) -> Options<'_> {
    Options {
        schema: &built_in::MANIFEST,
        lints: built_in::LINTS,
        tables: built_in::TABLES,
        today: Date::parse("2026-11-24").unwrap(),
        levels,
        selection,
        set,
        limits: Limits::default(),
        view: None,
    }
}

fn measure(lines: usize, rounds: usize) -> Steps {
    let text = manifests::of_lines(lines);
    let source = Source::new("mlsystem.yaml", text.clone());
    let settings = Settings::default();
    let options = options(&settings);
    hold_legal(&check(&source, &options).findings);
    let read = tree::parse(&source, &options.limits).tree.unwrap();
    let read = Arc::new(read);

    let mut times = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        let steps: [&dyn Fn(); 4] = [
            &|| _ = parse(&text),
            &|| _ = black_box(tree::parse(&source, &options.limits)),
            &|| _ = black_box(manifest::read(&read, options.schema)),
            &|| _ = black_box(check(&source, &options)),
        ];
        for (step, times) in steps.iter().zip(&mut times) {
            times.push(timed(step));
        }
    }
    let [parser, tree, typing, check] = times.map(median);
    Steps { lines: text.lines().count(), parser, tree, typing, check }
}

/// A manifest with errors of shape would measure something else.
fn hold_legal(findings: &[Finding]) {
    let shown: Vec<_> = findings.iter().take(5).map(|finding| (&finding.name, &finding.message)).collect();
    assert!(findings.is_empty(), "the manifest is not clean: {shown:?}");
}

/// Prints the ten dearest lints for a manifest of 3,000 lines.
pub fn dearest() {
    let source = Source::new("mlsystem.yaml", manifests::of_lines(3_000));
    let settings = Settings::default();
    let time = |lints: &[Lint]| {
        let options = Options { lints, ..options(&settings) };
        median((0..31).map(|_| timed(&|| _ = black_box(check(&source, &options)))).collect())
    };
    let without = time(&[]);
    let mut times: Vec<_> =
        built_in::LINTS.iter().map(|lint| (time(std::slice::from_ref(lint)) - without, lint.name)).collect();
    times.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("\nthe dearest lints for 3,000 lines, microseconds");
    times.iter().take(10).for_each(|(time, name)| println!("{time:>8.0}  {name}"));
}

/// Microseconds that something takes. The nap before it gives up what is left of this program's slice: otherwise, on a
/// busy machine, the slice would end in the same step of every round.
pub fn timed(what: &dyn Fn()) -> f64 {
    std::thread::sleep(Duration::from_micros(100));
    let start = Instant::now();
    what();
    start.elapsed().as_secs_f64() * 1e6
}
