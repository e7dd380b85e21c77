//! Manifests of any length: the template, padded with what real manifests have many of.

use std::fmt::Write as _;

/// A legal manifest of 120 lines.
const TEMPLATE: &str = include_str!("../manifest.yaml");

/// What a manifest grows by, and the line of the template that it is put in front of.
type Unit = (&'static str, fn(usize) -> String);

const UNITS: [Unit; 4] = [
    ("    # more datasets\n", dataset),
    ("    # more features\n", feature),
    ("    # more metrics\n", metric),
    ("    # more signals\n", signal),
];

/// A legal manifest of about so many lines, never fewer.
pub fn of_lines(wanted: usize) -> String {
    let mut grown = UNITS.map(|_| String::new());
    let mut lines = TEMPLATE.lines().count();
    let mut number = 0;
    while lines < wanted {
        // Three features and two signals to a dataset and a metric.
        for unit in [0, 1, 1, 1, 2, 3, 3] {
            if lines < wanted {
                let text = UNITS[unit].1(number);
                lines += text.lines().count();
                grown[unit].push_str(&text);
                number += 1;
            }
        }
    }
    UNITS.iter().zip(grown).fold(TEMPLATE.to_owned(), |text, ((mark, _), grown)| text.replace(mark, &(grown + *mark)))
}

fn dataset(number: usize) -> String {
    format!(
        "    clicks_{number}:
      from: [app_events]
      roles: [train]
      version: {{tool: dvc, path: data/clicks_{number}.parquet}}
      rows: {}k
      entity: diner
      period: last 90d
      refresh: 1d
      known_biases: [position]
      checks: {{tool: great-expectations, what: [schema, ranges]}}\n",
        number + 10
    )
}

fn feature(number: usize) -> String {
    format!(
        "    orders_{number}d:
      from: app_events
      owner: discovery-ml
      type: count
      computed: streaming
      freshness: {}m   # as the store has it
      available_after: 0s
      on_missing: default\n",
        number % 50 + 5
    )
}

fn metric(number: usize) -> String {
    format!(
        "    recall@{}:
      dataset: impressions
      better: higher
      target: at least 0.2
      achieved: 0.2{number}\n",
        number + 20
    )
}

fn signal(number: usize) -> String {
    let mut text = format!("    shift_{number}:\n      kind: prediction\n      of: p_order\n");
    let _ = write!(
        text,
        "      method: jensen-shannon
      reference: impressions
      window: 1h
      alert_if: above 0.{number}
      to: discovery-ml
      severity: ticket\n"
    );
    text
}

/// Texts that are made to take much memory: of nearly ten million bytes, or of nearly as many values as are read.
pub fn hostile() -> Vec<(&'static str, String)> {
    let long = |unit: &str| unit.repeat(9_990_000 / unit.len());
    let keys: String = (0..600_000).map(|number| format!("k{number}: v{number}\n")).collect();
    let wrong_keys: String = (0..120_000).map(|number| format!("k{number}: {{a: 1, a: 2}}\n")).collect();
    let start = "mlsystem: 1\nname: x\nstage: production\n";
    let many = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let feature = |n: usize| format!("    f{n}: {{freshness: 5 bananas}}\n");
    let signal = |n: usize| format!("    s{n}: {{of: t{n}, to: y, alert_if: z}}\n");
    let dataset = |n: usize| format!("    d{n}: {{from: [d{}], roles: [train]}}\n", n + 1);
    let objective = |n: usize| format!("  o{n}: {{metric: m{n}, conflicts_with: [o{}]}}\n", n + 1);
    let step = |n: usize| format!("    - {{step: s{n}, p99: 1ms}}\n");
    let under_known = |unit: &str| format!("mlsystem: 1\nname: x\nmonitoring:\n  signals:\n{}", long(unit));
    vec![
        ("one scalar", long("word ")),
        ("one scalar on many lines", long("word\n")),
        ("one quoted scalar of escapes", format!("a: \"{}\"", long("\\n"))),
        ("a block scalar", format!("a: |\n{}", long("  x\n"))),
        ("a flow list", format!("[{}]", long("a,"))),
        ("unlike keys", keys),
        ("keys written twice", wrong_keys),
        ("entries that name nothing", under_known("    - {of: x, to: y, alert_if: z}\n")),
        ("as many wrong quantities as are read", format!("{start}features:\n  list:\n{}", many(31_000, &feature))),
        ("as many signals of nothing", format!("{start}monitoring:\n  signals:\n{}", many(15_000, &signal))),
        ("as many datasets", format!("{start}data:\n  datasets:\n{}", many(15_000, &dataset))),
        ("as many objectives", format!("{start}objectives:\n{}", many(15_000, &objective))),
        ("as many steps", format!("{start}serving:\n  pattern: online\n  path:\n{}", many(24_000, &step))),
        ("a list of one-letter items", long("- a\n")),
        ("comments", long("# c\n")),
        ("blanks", long(" ")),
        ("open brackets", long("[")),
        ("an open quote", format!("a: \"{}", long("x y\n "))),
        ("a wrong end", format!("{}\n\tc: 1", long("a: b\n "))),
        ("aliases", format!("- &a b\n{}", long("- *a\n"))),
    ]
}
