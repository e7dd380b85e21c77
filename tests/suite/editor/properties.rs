//! Nothing that is asked stops the program, and what is answered lies in the text, whatever the text.

use mlsystem::built_in::MANIFEST;
use mlsystem::editor::{
    Symbol, Target, complete, definition, folds, hints, hover, paths, references, renamable, rename, selection, symbols,
};
use mlsystem::source::{Source, Span};
use proptest::prelude::*;

use crate::editor::with_manifests;
use crate::support::fixtures;

/// Pieces of text that are put anywhere.
const PIECES: [&str; 24] = [
    "\n",
    "\r\n",
    " ",
    "  ",
    ":",
    ": ",
    "- ",
    "-",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "|\n",
    "<<: ",
    "å😀",
    "\u{e000}",
    "\t",
    ",",
    "serving.latency.p99 at most ",
];

/// Asks everything at `offset`, and holds the answers to the text.
fn ask(text: &str, offset: u32) {
    let source = Source::new("mlsystem.yaml", text);
    let inside = |span: Span| {
        let range = span.range();
        assert!(range.start <= range.end && range.end <= text.len(), "{range:?} of {}", text.len());
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{range:?}");
    };
    with_manifests(&[("mlsystem.yaml", text)], |manifests, around| {
        for one in complete(&source, offset, &MANIFEST, around) {
            inside(one.span);
            assert!(one.insert.is_char_boundary(one.caret), "{one:?}");
            assert!(!one.insert.contains('\u{e000}') && !one.label.contains('\u{e001}'), "{one:?}");
        }
        let Some(home) = manifests.first() else { return };
        let whole = Span::new(0, text.len());
        hints(home, whole, around).iter().for_each(|hint| inside(Span::at(hint.offset as usize)));
        folds(&home.tree).iter().for_each(|fold| inside(fold.span));
        paths(home).iter().for_each(|(span, _)| inside(*span));
        symbols(home).iter().for_each(|symbol| hold(symbol, &inside));
        let grown = selection(&home.tree, offset);
        grown.iter().for_each(|span| inside(*span));
        let nested = |pair: &[Span]| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end;
        assert!(grown.windows(2).all(nested), "{grown:?}");
        if let Some(hover) = hover(home, offset, around) {
            inside(hover.span);
        }
        if let Some((span, targets)) = definition(home, offset, around) {
            inside(span);
            for target in targets {
                if let Target::Name(place) = target {
                    inside(place.span);
                }
            }
        }
        references(home, offset, true, around).iter().for_each(|place| inside(place.span));
        if let Some((span, name)) = renamable(home, offset, around) {
            inside(span);
            assert_eq!(&text[span.range()], name);
            for edit in rename(home, offset, "other", around).unwrap_or_default() {
                inside(edit.span);
            }
        }
    });
}

fn hold(symbol: &Symbol, inside: &dyn Fn(Span)) {
    inside(symbol.span);
    inside(symbol.name_span);
    let holds = symbol.span.start <= symbol.name_span.start && symbol.name_span.end <= symbol.span.end;
    assert!(holds && !symbol.name.is_empty(), "{symbol:?}");
    symbol.children.iter().for_each(|child| hold(child, inside));
}

/// Fixtures of every sort, good and bad.
fn texts() -> Vec<String> {
    let all = fixtures("**/*.yaml").into_iter().map(|(_, text)| text);
    all.collect()
}

#[test]
fn fixtures_are_asked_all_over() {
    for text in texts() {
        let step = (text.len() / 12).max(1);
        for offset in (0..=text.len()).step_by(step) {
            ask(&text, u32::try_from(offset).unwrap());
        }
    }
}

#[test]
fn alias_and_merge_keys_are_no_obstacle() {
    let text = "\
mlsystem: 1
name: a
stage: research
data:
  sources:
    app: &base {kind: first-party, owner: team}
    web: {<<: *base, region: KR}
    old: *base
models:
  one: &one {inputs: [app], family: tree}
  two: {<<: [*one], inputs: [web]}
";
    for offset in 0..=text.len() {
        ask(text, u32::try_from(offset).unwrap());
    }
}

fn floor(text: &str, share: f64) -> usize {
    let mut at = (text.len() as f64 * share) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn cut_and_changed_texts_are_no_obstacle(
        which in 0usize..1000,
        keep in 0.0f64..1.0,
        cuts in proptest::collection::vec((0.0f64..1.0, 0usize..12, 0usize..PIECES.len()), 0..5),
        at in 0.0f64..=1.0,
    ) {
        let texts = texts();
        let mut text = texts[which % texts.len()].clone();
        if keep > 0.3 {
            text.truncate(floor(&text, keep));
        }
        for (place, length, piece) in cuts {
            let start = floor(&text, place);
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.replace_range(start..end.max(start), PIECES[piece]);
        }
        let offset = floor(&text, at);
        ask(&text, u32::try_from(offset).unwrap());
        ask(&text, u32::try_from(text.len()).unwrap());
    }
}
