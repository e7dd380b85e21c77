//! Markdown: text from files makes no links, mentions nobody and starts no HTML.

use mlsystem::report::{Format, Report, Style};

use super::{sample, text};

/// A page without its code: fenced blocks and spans are taken out as CommonMark reads them.
fn without_code(page: &str) -> String {
    let mut result = String::new();
    let mut fence: Option<String> = None;
    for line in page.lines() {
        let inner = line.trim_start();
        let run: String = inner.chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if run.len() >= open.len() && inner == run => fence = None,
            Some(_) => {}
            None if run.len() >= 3 && !inner[run.len()..].contains('`') => fence = Some(run),
            None => result.push_str(&format!("{}\n", without_spans(line))),
        }
    }
    assert!(fence.is_none(), "a fence is not closed:\n{page}");
    result
}

fn without_spans(line: &str) -> String {
    let mut result = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['`', '\\']) {
        result.push_str(&rest[..at]);
        if rest[at..].starts_with('\\') {
            // The escaped character is a letter and no mark.
            let escaped = rest[at + 1..].chars().next().unwrap();
            result.push('\u{1}');
            rest = &rest[at + 1 + escaped.len_utf8()..];
            continue;
        }
        let run = rest[at..].chars().take_while(|c| *c == '`').count();
        let after = &rest[at + run..];
        let mut search = 0;
        let close = loop {
            let found = search + after[search..].find('`').unwrap_or_else(|| panic!("a span is not closed: {line}"));
            let length = after[found..].chars().take_while(|c| *c == '`').count();
            if length == run {
                break found;
            }
            search = found + length;
        };
        result.push('\u{2}');
        rest = &after[close + run..];
    }
    result + rest
}

pub fn hold(report: &Report, style: &Style, what: &str) {
    let page = text(report, Format::Markdown, style);
    assert!(page.len() <= 65_536, "{what}");
    let (mark, page) = page.split_once('\n').unwrap();
    assert_eq!(mark, "<!-- mlsystem -->");
    let mut bare = without_code(page);
    for tag in ["<details>", "</details>", "<summary>", "</summary>"] {
        bare = bare.replace(tag, "");
    }
    for lively in ["<", ">", "[", "]", "@", "://", "www.", "|"] {
        assert!(!bare.contains(lively), "{what}: {lively} in\n{page}");
    }
    let number = bare.split(['#', '!']).skip(1).find(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    assert_eq!(number, None, "{what}: a reference in\n{page}");
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count(), "{what}");
    assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "{what}");
}

#[test]
fn a_report_in_full() {
    let style = Style { show_waived: true, explain_skipped: true, ..Style::default() };
    insta::assert_snapshot!(text(&sample::ordinary(), Format::Markdown, &style));
    insta::assert_snapshot!("hostile_markdown", text(&sample::hostile(), Format::Markdown, &style));
}

#[test]
fn twelve_stand_open_and_the_rest_is_folded() {
    let mut report = sample::ordinary();
    let one = report.files[0].findings[0].clone();
    report.files.truncate(1);
    report.files[0].findings = vec![one; 18];
    for (index, finding) in report.files[0].findings.iter_mut().enumerate() {
        finding.name = format!("lint-{index}").into();
    }
    let page = text(&report, Format::Markdown, &Style::default());
    let (open, folded) = page.split_once("<details>\n<summary>6 more</summary>").unwrap();
    assert_eq!((open.matches("\n- **").count(), folded.matches("\n- **").count()), (12, 6), "{page}");
    assert_eq!(folded.lines().filter(|line| line.starts_with("  ")).count(), 0, "a line each");
}
