//! Texts of ten million bytes, and of many thousand of one thing.

use super::run;

/// Ten million bytes of one thing.
fn long(unit: &str) -> String {
    unit.repeat(9_990_000 / unit.len())
}

/// What every text of ten million bytes begins with that is to be read.
const START: &str = "mlsystem: 1\nname: x\nstage: production\n";

/// Runs the program over texts, each with its exit code and the finding that it must give; any will do without a name.
fn read_or_refused<const TEXTS: usize>(texts: [(String, i32, &str); TEXTS]) {
    for (text, code, name) in texts {
        let text = text.as_bytes();
        let output = run(text, "pretty");
        let out = String::from_utf8_lossy(&output.stdout);
        let shown: String = out.chars().take(3_000).collect();
        let beginning = String::from_utf8_lossy(&text[..text.len().min(80)]);
        assert!(output.status.code() == Some(code) || name.is_empty(), "{beginning}: {name}: {shown}");
        assert!(out.contains(name), "{beginning}: {name}: {shown}");
        assert!(output.stdout.len() < 1_000_000, "{beginning}: {} bytes of report", output.stdout.len());
    }
}

#[test]
fn ten_million_bytes_are_read() {
    read_or_refused([
        (long("word "), 1, "wrong-type"),
        (long("word\n"), 1, "wrong-type"),
        (long("# c\n"), 1, "wrong-type"),
        (long(" "), 1, "wrong-type"),
    ]);
}

#[test]
fn ten_million_bytes_of_one_value_or_key_are_read() {
    read_or_refused([
        (format!("{START}summary: {}", long("word ")), 1, ""),
        (format!("{START}summary: \"{}\"", long("\\e")), 1, ""),
        (format!("{START}reviewed: {}", long("9")), 1, ""),
        (format!("{START}{}: 1", long("k")), 1, ""),
        (format!("{START}? {}\n: 1", long("k")), 1, "unknown-key"),
        (format!("{START}serving: {{latency: {{p99: {}}}}}", long("9")), 1, "bad-quantity"),
        (format!("{START}stage: {}", long("a, ")), 1, ""),
    ]);
}

#[test]
fn ten_million_bytes_are_refused() {
    read_or_refused([
        (long("k: 1\n"), 3, "too-many-nodes"),
        (format!("a: \"{}", long("x y\n ")), 3, "invalid-yaml"),
        (format!("{}\0", long("a ")), 3, "invalid-yaml"),
        (long("0123456789") + &long("0123456789"), 3, "too-large"),
    ]);
}

/// Nothing but secrets: told apart as long as that is of use, and masked to the end.
#[test]
fn ten_million_bytes_of_secrets_are_masked() {
    let token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB";
    for text in [format!("{START}x-a: [{}", long(&format!("{token}, "))), long(&format!("# {token}\n"))] {
        let output = run(text.as_bytes(), "pretty");
        let out = String::from_utf8_lossy(&output.stdout);
        let shown: String = out.chars().take(3_000).collect();
        assert!(out.contains("secret-in-manifest") && !out.contains("ghp_"), "{shown}");
        assert!(output.stdout.len() < 1_000_000, "{} bytes of report", output.stdout.len());
    }
}

/// So many lines, each of its own number.
fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// So many features, each of this.
fn features(count: usize, of: &str) -> String {
    format!("features:\n  list:\n{}", many(count, |n| format!("    f{n}: {of}\n")))
}

/// Runs the program over texts that are read and have much to be said of.
fn judged<const TEXTS: usize>(texts: [(&str, String); TEXTS]) {
    for (what, text) in texts {
        let output = run(format!("{START}{text}").as_bytes(), "pretty");
        assert_eq!(output.status.code(), Some(1), "{what}: it is not read");
        assert!(output.stdout.len() < 2_000_000, "{what}: {} bytes of report", output.stdout.len());
    }
}

#[test]
fn many_keys_and_names_are_judged() {
    judged([
        ("unknown keys", many(8_000, |n| format!("kez{n}: 1\n"))),
        ("keys written twice", many(25_000, |_| "owner: x\n".to_owned())),
        ("names", features(25_000, "{from: s}")),
        (
            "names and names of nothing",
            features(10_000, "{from: s}") + "models:\n" + &many(10_000, |n| format!("  m{n}: {{inputs: [g{n}]}}\n")),
        ),
        (
            "names and uses",
            features(5_000, "{from: s}") + "models:\n  m: {inputs: [" + &many(5_000, |n| format!("f{n}, ")) + "]}\n",
        ),
        ("wrong quantities", features(8_000, "{freshness: 5 bananas}")),
    ]);
}

#[test]
fn many_parts_of_a_system_are_judged() {
    judged([
        (
            "signals of nothing",
            "monitoring:\n  signals:\n".to_owned()
                + &many(10_000, |n| format!("    s{n}: {{of: t{n}, to: y, alert_if: z}}\n")),
        ),
        (
            "groups",
            "fairness:\n  groups:\n".to_owned() + &many(8_000, |n| format!("    - {{name: g{n}, attribute: a{n}}}\n")),
        ),
        (
            "objectives",
            "objectives:\n".to_owned()
                + &many(8_000, |n| format!("  o{n}: {{metric: m{n}, better: higher, conflicts_with: [o{}]}}\n", n + 1)),
        ),
        (
            "datasets",
            "data:\n  datasets:\n".to_owned()
                + &many(10_000, |n| format!("    d{n}: {{from: [d{}], roles: [train]}}\n", n + 1)),
        ),
        (
            "steps",
            "serving:\n  pattern: online\n  latency: {p99: 1ms}\n  path:\n".to_owned()
                + &many(12_000, |n| format!("    - {{step: s{n}, p99: 1ms}}\n")),
        ),
        (
            "metrics",
            "evaluation:\n  metrics:\n".to_owned()
                + &many(10_000, |n| format!("    m{n}: {{target: at least 0.5, achieved: 0.4}}\n")),
        ),
    ]);
}

#[test]
fn many_promises_and_waivers_are_judged() {
    judged([
        ("loops", "feedback:\n  loops:\n".to_owned() + &many(12_000, |n| format!("    - {{from: a{n}, to: b{n}}}\n"))),
        (
            "requirements",
            "requirements:\n".to_owned()
                + &many(12_000, |n| format!("  - {{from: a{n}, must: serving.latency.p99 at most 1ms}}\n")),
        ),
        (
            "waivers",
            "waivers:\n".to_owned()
                + &many(8_000, |n| format!("  - {{check: no-fallbac{n}, reason: r, owner: o, until: 2027-01-01}}\n")),
        ),
        (
            "waivers of many findings",
            features(8_000, "{freshness: 5 bananas}")
                + "waivers:\n"
                + &many(5_000, |_| "  - {check: wrong-type, reason: r, owner: o, until: 2027-01-01}\n".to_owned()),
        ),
    ]);
}
