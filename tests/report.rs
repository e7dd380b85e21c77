//! What reports look like. Read each snapshot as a tired stranger would.
#![allow(clippy::unwrap_used)]

#[path = "report/sample.rs"]
mod sample;

use mlsystem::report::{Format, Report, Style, write};
use sample::terminal;

fn text(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn pretty(report: &Report, style: &Style) -> String {
    text(report, Format::Pretty, style)
}

#[test]
fn look() {
    for report in [
        sample::ordinary(),
        sample::crowded(),
        sample::wide(),
        sample::crlf(),
        sample::ends(),
        sample::hostile(),
        sample::long(),
    ] {
        let style = Style { explain_skipped: true, show_waived: true, ..terminal(80) };
        println!("{}", pretty(&report, &style));
        println!("{}", text(&report, Format::Concise, &style));
    }
}
