//! Every row of the scalar tables: what is accepted, how it is shown, and what is proposed for what is commonly written.

use mlsystem::units::{ScalarType, read};

/// What is wrong with `raw`, as `message → proposal ✓, proposal`.
fn wrong(kind: ScalarType, raw: &str) -> String {
    let wrong = read(kind, raw).expect_err(raw);
    assert!(wrong.message.chars().count() < 60, "{}", wrong.message);
    let mark = |certain| if certain { " ✓" } else { "" };
    let proposals: Vec<_> = wrong.proposals.iter().map(|one| format!("{}{}", one.text, mark(one.certain))).collect();
    format!("{} → {}", wrong.message, proposals.join(", "))
}

/// A file of lines `type | written | = shown` or `type | written | message → proposals`.
#[test]
fn tables() {
    let mut failures = String::new();
    let mut types: Vec<_> = ScalarType::all().collect();
    for line in include_str!("../data/units.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [word, raw, expected] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let kind = ScalarType::from_word(word.trim()).unwrap_or_else(|| panic!("{line}"));
        types.retain(|other| *other != kind);
        let raw = raw.trim().replace("\\n", "\n");
        let found = match read(kind, &raw) {
            Ok(scalar) => format!("= {}", scalar.normal_form().unwrap_or(raw.replace('\n', "\\n"))),
            Err(_) => wrong(kind, &raw),
        };
        if found.trim() != expected.trim() {
            failures += &format!("{} | {raw} | {found}\n", word.trim());
        }
    }
    assert!(failures.is_empty(), "these lines differ:\n{failures}");
    assert_eq!(types, [], "types without a line");
}
