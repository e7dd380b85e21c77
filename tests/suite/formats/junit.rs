//! JUnit's XML, by what its readers agree on.

use std::collections::HashSet;

use mlsystem::report::{Format, Report, Style};

use super::{sample, text, xml};

pub fn hold(report: &Report, style: &Style, what: &str) {
    let root = xml::parse(&text(report, Format::Junit, style));
    assert_eq!(root.name, "testsuites", "{what}");
    assert_eq!(root.children.len(), report.files.len(), "{what}");
    for key in ["tests", "failures", "errors", "skipped"] {
        let sum: usize = root.all("testsuite").map(|suite| suite.number(key)).sum();
        assert_eq!(root.number(key), sum, "{what}: {key}");
    }
    for (suite, file) in root.all("testsuite").zip(&report.files) {
        assert!(!suite.attribute("name").unwrap().is_empty(), "{what}");
        assert_eq!(suite.number("tests"), file.findings.len().max(1), "{what}: a clean file is one case that passed");
        let cases: Vec<_> = suite.all("testcase").collect();
        assert_eq!((suite.children.len(), suite.number("tests")), (cases.len(), cases.len()), "{what}");
        for (key, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
            let count = cases.iter().filter(|case| case.all(element).count() == 1).count();
            assert_eq!(suite.number(key), count, "{what}: {key}");
        }
        let names: HashSet<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
        assert_eq!(names.len(), cases.len(), "{what}: a case twice");
        for case in &cases {
            assert!(!case.attribute("classname").unwrap().is_empty(), "{what}");
            assert!(case.children.len() == usize::from(!file.findings.is_empty()), "{what}");
        }
    }
}

#[test]
fn a_report_in_full() {
    insta::assert_snapshot!(text(&sample::ordinary(), Format::Junit, &Style::default()));
    insta::assert_snapshot!("hostile_junit", text(&sample::hostile(), Format::Junit, &Style::default()));
}

#[test]
fn what_cannot_be_read_is_an_error_and_what_is_waived_is_skipped() {
    let root = xml::parse(&text(&sample::unreadable(), Format::Junit, &Style::default()));
    assert_eq!((root.number("errors"), root.number("failures"), root.number("tests")), (1, 0, 2));
    let root = xml::parse(&text(&sample::ordinary(), Format::Junit, &Style::default()));
    assert_eq!(root.number("skipped"), 1);
}
