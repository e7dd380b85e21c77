//! Texts as people paste and type them: characters that look like others, names in all scripts, what other programs expand,
//! and helps that are followed to the letter.

use mlsystem::finding::{Applicability, Finding, Fix};

use super::support;

const HEAD: &str = "mlsystem: 1\nname: x\nstage: research\n";

/// The findings of the reader; what the lints say of a text that is nearly empty is not asked.
fn findings(text: &str) -> Vec<Finding> {
    let of_reader = |finding: &Finding| finding.category == "format" && finding.name != "defined-but-unused";
    support::findings(text).into_iter().filter(of_reader).collect()
}

fn written(text: &str, fix: &Fix) -> String {
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    text
}

/// The message of the only finding, and the text after its safe fix.
fn only(text: &str) -> (String, String) {
    let found = findings(text);
    let [finding] = &found[..] else { panic!("{text}\n{found:#?}") };
    let fix = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
    assert!(finding.message.chars().count() < 60, "{}", finding.message);
    (finding.message.clone(), fix.map_or(String::new(), |fix| written(text, fix)))
}

#[test]
fn characters_that_look_like_others_are_named_and_replaced() {
    for (bad, message, good) in [
        (
            "serving:\n\u{a0}\u{a0}pattern: online\n",
            "the line is indented by U+00A0 (no-break space)",
            "serving:\n  pattern: online\n",
        ),
        (
            "serving:\n\u{3000}pattern: online\n",
            "the line is indented by U+3000 (ideographic space)",
            "serving:\n  pattern: online\n",
        ),
        ("owner:\u{a0}team-a\n", "after the colon stands U+00A0 (no-break space)", "owner: team-a\n"),
        (
            "serving：\n  pattern: online\n",
            "the key ends with U+FF1A (fullwidth colon)",
            "serving:\n  pattern: online\n",
        ),
        (
            "serving:\n  pattern:\u{a0}online\n",
            "after the colon stands U+00A0 (no-break space)",
            "serving:\n  pattern: online\n",
        ),
        (
            "serving: {pattern：online}\n",
            "the key `pattern：online` holds U+FF1A (fullwidth colon)",
            "serving: {pattern: online}\n",
        ),
        (
            "ѕerving: {pattern: online}\n",
            "the key `ѕerving` holds U+0455 (Cyrillic dze)",
            "serving: {pattern: online}\n",
        ),
        (
            "serving\u{200b}: {pattern: online}\n",
            "the key `serving` holds U+200B (zero width space)",
            "serving: {pattern: online}\n",
        ),
        (
            "serving: {availability: 99.9％}\n",
            "`99.9％` holds U+FF05 (fullwidth percent sign)",
            "serving: {availability: 99.9%}\n",
        ),
        ("serving: {timeout: ８０ms}\n", "`８０ms` holds U+FF18 (fullwidth digit 8)", "serving: {timeout: 80ms}\n"),
        ("reviewed: 2026‑11‑24\n", "`2026‑11‑24` holds U+2011 (non-breaking hyphen)", "reviewed: 2026-11-24\n"),
        ("reviewed: 2026–11–24\n", "`2026–11–24` holds U+2013 (en dash)", "reviewed: 2026-11-24\n"),
        ("serving: {timeout: 80ms\u{200b}}\n", "`80ms` holds U+200B (zero width space)", "serving: {timeout: 80ms}\n"),
        (
            "serving: {availability: \u{200e}99.9%}\n",
            "`99.9%` holds U+200E (left-to-right mark)",
            "serving: {availability: 99.9%}\n",
        ),
        ("serving: {pattern: оnline}\n", "`оnline` holds U+043E (Cyrillic o)", "serving: {pattern: online}\n"),
        (
            "serving: {pattern: “online”}\n",
            "`“online”` holds U+201C (left double quote)",
            "serving: {pattern: online}\n",
        ),
        (
            "models: {a‑b: {family: tree}}\n",
            "`a‑b` holds U+2011 (non-breaking hyphen)",
            "models: {a-b: {family: tree}}\n",
        ),
    ] {
        let (found, fixed) = only(&format!("{HEAD}{bad}"));
        assert_eq!((&*found, &*fixed), (message, &*format!("{HEAD}{good}")), "{bad}");
    }
}

#[test]
fn what_is_already_understood_keeps_its_words() {
    for (value, message, good) in [
        ("80\u{a0}ms", "`80\u{a0}ms` is not a duration", "80ms"),
        ("80\u{202f}ms", "`80\u{202f}ms` is not a duration", "80ms"),
        ("1,5s", "`1,5s` is not a duration", "1.5s"),
    ] {
        let (found, fixed) = only(&format!("{HEAD}serving: {{timeout: \"{value}\"}}\n"));
        assert_eq!(found, message);
        assert!(fixed.contains(&format!("\"{good}\"")), "{fixed}");
    }
}

#[test]
fn names_are_letters_with_their_marks_in_one_normal_form() {
    let stakeholders = "stakeholders: {क्लिक: x, ผู้ใช้: x, தமிழ்: x, cafe\u{301}: x, か\u{3099}: x}\n";
    assert!(findings(&format!("{HEAD}{stakeholders}")).is_empty());
    let decomposed = "data: {sources: {cafe\u{301}: {kind: first-party}}, datasets: {d: {from: café, roles: train}}}\n";
    let composed = "data: {sources: {café: {kind: first-party}}, datasets: {d: {from: cafe\u{301}, roles: train}}}\n";
    for text in [decomposed, composed] {
        assert!(findings(&format!("{HEAD}{text}")).iter().all(|one| one.name != "undefined-reference"), "{text}");
    }
    let twice = format!("{HEAD}stakeholders:\n  cafe\u{301}: x\n  café: y\n");
    assert!(findings(&twice).iter().any(|one| one.name == "duplicate-key"));
}

#[test]
fn a_name_with_blanks_is_one_finding_whose_fix_follows_its_uses() {
    let text =
        "data:\n  sources: {web clicks: {kind: first-party}}\n  datasets: {d: {from: [web clicks], roles: train}}\n";
    let (message, fixed) = only(&format!("{HEAD}{text}"));
    assert_eq!(message, "`web clicks` has blanks, a name has none");
    assert_eq!(fixed, format!("{HEAD}{}", text.replace("web clicks", "web-clicks")));
    let use_alone =
        "data:\n  sources: {web-clicks: {kind: first-party}}\n  datasets: {d: {from: [web clicks], roles: train}}\n";
    let (message, fixed) = only(&format!("{HEAD}{use_alone}"));
    assert_eq!(message, "`web clicks` has blanks, a name has none");
    assert_eq!(fixed, format!("{HEAD}{}", use_alone.replace("web clicks", "web-clicks")));
}

#[test]
fn what_other_programs_expand_is_known() {
    for (text, message) in [
        ("serving: !include serving.yaml\n", "the tag `!include` is not read"),
        ("reviewed: !env DAY\n", "the tag `!env` is not read"),
        ("reviewed: ${DAY:-today}\n", "the variable `${DAY:-today}` is not expanded"),
        ("reviewed: \"{{ day }}\"\n", "the template `{{ day }}` is not filled in"),
        ("serving: {pattern: \"${PATTERN}\"}\n", "the variable `${PATTERN}` is not expanded"),
    ] {
        assert_eq!(only(&format!("{HEAD}{text}")).0, message);
    }
}

#[test]
fn a_comment_that_swallows_a_bracket_is_the_cause() {
    for text in [
        "serving: {pattern: x #1, timeout: 8ms}\n",
        "owner: {team: ml, contact: #ml}\n",
        "languages: [en, #de]\nreviewed: 2026-11-01\n",
    ] {
        let text = format!("{HEAD}{text}");
        let found = findings(&text);
        assert_eq!(found[0].message, "an unquoted `#` begins a comment", "{text}");
        let after = findings(&written(&text, &found[0].fixes[0]));
        assert!(after.iter().all(|one| one.name != "invalid-yaml"), "{after:#?}");
    }
}

#[test]
fn a_key_of_any_length_can_be_written() {
    let key = "k".repeat(1_100);
    let text = format!("{HEAD}x-own:\n  {key}: 1\n");
    let (message, fixed) = only(&text);
    assert_eq!(message, "a key has more than 1,024 characters");
    assert!(findings(&fixed).is_empty(), "{:#?}", findings(&fixed));
}

/// The text of a help, in place of the line, of its value, or of what is underlined.
fn followed(text: &str, finding: &Finding) -> Vec<String> {
    let help = finding.help.as_deref().unwrap_or_default();
    let proposals: Vec<&str> = help.split('`').skip(1).step_by(2).filter(|one| !one.contains('…')).collect();
    let at = finding.primary.span.start as usize;
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let line = &text[start..end];
    let indent = start + line.len() - line.trim_start().len();
    let value = line.find(": ").map_or(indent, |colon| start + colon + 2);
    let span = at..finding.primary.span.end as usize;
    let places = [start..end, indent..end, value..end, at..end, span];
    let replace =
        |place: &std::ops::Range<usize>, new: &str| format!("{}{new}{}", &text[..place.start], &text[place.end..]);
    let mut texts: Vec<String> =
        proposals.iter().flat_map(|new| places.iter().map(|place| replace(place, new))).collect();
    if help.starts_with("take the line out") {
        texts.push(format!("{}{}", &text[..start], &text[(end + 1).min(text.len())..]));
    }
    texts
}

/// A help that has a text to write leads, when it is followed, to a text without that error; so does each fix.
#[test]
fn helps_for_what_is_no_yaml_lead_to_yaml() {
    let mut tried = 0;
    let given = [
        "x-n: &n sales\nmlsystem: 1\nstakeholders:\n  *n: wants low prices\n",
        "stakeholders:\n  *n: wants low prices\n",
        "%YAML 2.0\n---\nmlsystem: 1\n",
        "%YAML 1.2\n%YAML 1.2\n---\nmlsystem: 1\n",
        "name: @x\n",
        "name: `x`\n",
        "name: %x\n",
        "name: a: b\n",
        "name: 'it's'\n",
        "name: \"a\" b\n",
        "name: > 5\n",
        "a:\n\tb: 1\n",
        "a: [1, 2\nb: 3\n",
        "a: {b: 1]\n",
        "name:x\nstage: y\n",
        "-a\n-b\n",
        "a: - b\n",
        "a: *b c\n",
        "a: &b\n",
    ];
    for text in given {
        let found = findings(text);
        let Some(finding) = found.iter().find(|one| one.name == "invalid-yaml" || one.name == "unknown-alias") else {
            continue;
        };
        let gone = |after: &str| {
            findings(after).iter().all(|one| one.message != finding.message || one.primary.span != finding.primary.span)
        };
        for fix in &finding.fixes {
            let after = written(text, fix);
            assert!(gone(&after), "{text}\n{}\n{after}", fix.title);
        }
        let texts = followed(text, finding);
        if !texts.is_empty() {
            tried += 1;
            assert!(texts.iter().any(|after| gone(after)), "{text}\n{:?}\n{texts:#?}", finding.help);
        }
    }
    assert!(tried >= 12, "{tried}");
}
