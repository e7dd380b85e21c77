//! Manifests of any length: a fixture, padded with what real manifests have many of.

/// A manifest without findings, which the tests of the fixtures keep so.
const TEMPLATE: &str = include_str!("../../fixtures/flow/partner-helpdesk.mlsystem.yaml");

/// What a manifest grows by, and the line of the template that it is put behind.
type Unit = (&'static str, fn(usize) -> String);

const UNITS: [Unit; 4] = [
    ("data:\n  sources:\n", source),
    ("  datasets:\n", dataset),
    ("evaluation:\n  metrics:\n", metric),
    ("  signals:\n", signal),
];

/// A manifest without findings of about so many lines, never fewer.
pub fn of_lines(wanted: usize) -> String {
    let mut grown = UNITS.map(|_| String::new());
    let mut lines = TEMPLATE.lines().count();
    for number in 0.. {
        // Two sources to a dataset that is made of them, and to a metric and three signals; what is left is signals.
        let units: &[usize] = if lines + 60 < wanted { &[0, 0, 1, 2, 3, 3, 3] } else { &[3] };
        for (index, unit) in units.iter().enumerate() {
            let text = UNITS[*unit].1(number * 10 + index);
            lines += text.lines().count();
            grown[*unit].push_str(&text);
        }
        if lines >= wanted {
            break;
        }
    }
    UNITS
        .iter()
        .zip(grown)
        .fold(TEMPLATE.to_owned(), |text, ((mark, _), grown)| text.replacen(mark, &format!("{mark}{grown}"), 1))
}

fn source(number: usize) -> String {
    format!(
        "    wiki_{number}:   # as the owners have it
      kind: first-party
      owner: support-content
      updates: {}h
      personal: none
      writable_by: trusted
      on_change: \"#wiki\"\n",
        number % 20 + 1
    )
}

fn dataset(number: usize) -> String {
    format!(
        "    golden_{number}:
      from: [wiki_{}, wiki_{}]
      roles: [test]
      version: {{tool: dvc, path: eval/golden_{number}.jsonl}}
      made_by: eval/build_golden.py
      rows: {}
      covers: {{regions: [EU], languages: [de, en]}}
      known_biases: [topics of the summer]
      datasheet: docs/golden.md
      sampling: stratified by topic
      entity: ticket
      retention: 1y\n",
        number - 1,
        number - 2,
        number + 1000
    )
}

fn metric(number: usize) -> String {
    format!(
        "    recall@{}:
      dataset: golden
      better: higher
      target: at least 0.2
      achieved: 0.2{number}\n",
        number + 20
    )
}

fn signal(number: usize) -> String {
    format!(
        "    shift_{number}:
      kind: input
      of: tickets
      method: embedding distance
      reference: golden
      window: 7d
      alert_if: above 0.{}
      to: support-ml
      severity: ticket
      triggers: review\n",
        number + 1
    )
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
