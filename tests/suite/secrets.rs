//! Secrets reach no output: each kind at every scalar, key and comment of every fixture, and every report looked through.

use std::collections::BTreeMap;
use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::{Levels, Selection, check};
use mlsystem::edit::{quoted, scalar};
use mlsystem::finding::Applicability;
use mlsystem::fix::{self, Judged};
use mlsystem::lint::SetOptions;
use mlsystem::report::{FileReport, Format, Report, Run, Style, write};
use mlsystem::source::{Source, Span};
use mlsystem::tree::{self, Limits, Shape, Tree};
use serde_json::json;

use crate::lsp::client::{Client, place, pulling, uri};
use crate::lsp::folder::Folder;
use crate::support::{fixtures, options};

/// One of each kind on a line: the part that is secret, and a text with it, in which `⏎` is a line break.
const SAMPLES: &str = include_str!("../../crates/mlsystem-core/src/secret/samples.txt");

#[derive(Debug, Clone)]
struct Sample {
    secret: String,
    text: String,
}

fn samples() -> Vec<Sample> {
    let sample = |line: &str| {
        let (secret, text) = line.split_once('\t').unwrap();
        Sample { secret: secret.to_owned(), text: text.replace('⏎', "\n") }
    };
    SAMPLES.lines().map(sample).collect()
}

impl Sample {
    /// What may stand in no output: of a long one, its beginning, since messages cut what they quote.
    fn needle(&self) -> &str {
        let end = self.secret.char_indices().nth(14).map_or(self.secret.len(), |(at, _)| at);
        &self.secret[..end]
    }
}

/// A place in a text for a secret.
#[derive(Debug, Clone, Copy)]
enum Site {
    Value(Span),
    Key(Span),
    /// The end of a line.
    Comment(usize),
}

/// The values, the keys and the ends of lines of a text that parses; of another, the ends of lines.
fn sites(text: &str) -> [Vec<Site>; 3] {
    let source = Source::new("m.yaml", text);
    let comments = text.match_indices('\n').map(|(at, _)| Site::Comment(at)).collect();
    let Some(tree) = tree::parse(&source, &Limits::default()).tree else { return [vec![], vec![], comments] };
    let one_line = |span: &Span| !span.is_empty() && !source.slice(*span).contains('\n');
    let values = tree.scalars().map(|(span, _)| span).filter(one_line).map(Site::Value).collect();
    let mut keys = Vec::new();
    each_key(&tree, &mut |span| keys.push(span));
    [values, keys.into_iter().filter(one_line).map(Site::Key).collect(), comments]
}

fn each_key(tree: &Tree, found: &mut dyn FnMut(Span)) {
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        match &tree.node(node).shape {
            Shape::Mapping(_) => {
                for entry in tree.entries(node).iter().filter(|entry| entry.merged_by.is_none()) {
                    found(entry.key_span);
                    open.push(entry.value);
                }
            }
            Shape::Sequence(_) => open.extend(tree.items(node)),
            _ => {}
        }
    }
}

/// The text with secrets at places: of each kind in turn, from `first` on.
fn planted(text: &str, sites: &[Site], samples: &[Sample], first: usize) -> (String, Vec<Sample>) {
    let mut edits: Vec<(usize, usize, String, Sample)> = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let sample = samples[(first + index) % samples.len()].clone();
        let (start, end, written) = match site {
            Site::Value(span) => (span.start as usize, span.end as usize, scalar(&sample.text)),
            Site::Key(span) => (span.start as usize, span.end as usize, quoted(&sample.text)),
            Site::Comment(at) => (*at, *at, format!(" # {}", sample.text.replace("\n# ", " ").replace('\n', " "))),
        };
        edits.push((start, end, written, sample));
    }
    edits.sort_by_key(|(start, ..)| *start);
    edits.dedup_by(|next, before| next.0 < before.1);
    let mut text = text.to_owned();
    for (start, end, written, _) in edits.iter().rev() {
        text.replace_range(*start..*end, written);
    }
    (text, edits.into_iter().map(|(.., sample)| sample).collect())
}

fn reports(name: &str, text: &str) -> (Arc<Source>, Report) {
    let (set, levels, selection) = (SetOptions::default(), Levels::default(), Selection::default());
    let source = Source::new(name, text);
    let checked = check(&source, &options(&set, &levels, &selection));
    let file = FileReport {
        name: name.to_owned(),
        path: name.to_owned(),
        findings: checked.findings,
        failed: checked.failed,
        ..FileReport::default()
    };
    (source, Report::new(vec![file], Run::default()))
}

/// Every report as one text.
fn printed(report: &Report) -> String {
    let mut out = Vec::new();
    let style = Style { all: true, show_waived: true, explain_skipped: true, ..Style::default() };
    Format::ALL.into_iter().for_each(|format| write(report, format, &style, &mut out).unwrap());
    String::from_utf8(out).unwrap()
}

fn all_fixtures() -> Vec<(String, String)> {
    [
        "flow/*.yaml",
        "broken/*.yaml",
        "minimal/*.yaml",
        "wide/*.yaml",
        "invalid/*.yaml",
        "systems/*/*.yaml",
        "workspace/*/*.yaml",
    ]
    .into_iter()
    .flat_map(fixtures)
    .collect()
}

/// Each text has the secrets of one place in so many.
const STRIDE: usize = 3;

/// Looks through every report of every fixture, with secrets at each place of these sorts, and says how many of each sort
/// were planted.
fn all_reports<const SORTS: usize>(of: impl Fn([Vec<Site>; 3]) -> [Vec<Site>; SORTS], least: usize) -> [usize; SORTS] {
    let samples = samples();
    // All at once: to search a report for each of them takes longer than to write it.
    let needles: Vec<String> = samples.iter().map(|sample| regex::escape(sample.needle())).collect();
    let any = regex::Regex::new(&needles.join("|")).unwrap();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut planted_in = [0; SORTS];
    let mut next = 0;
    for (name, text) in all_fixtures() {
        let sorts = of(sites(&text));
        for shift in 0..STRIDE {
            let part = |sites: &Vec<Site>| sites.iter().copied().skip(shift).step_by(STRIDE).collect::<Vec<_>>();
            let parts: Vec<Vec<Site>> = sorts.iter().map(part).collect();
            let (hostile, secrets) = planted(&text, &parts.concat(), &samples, next);
            next += secrets.len();
            if secrets.is_empty() {
                continue;
            }
            planted_in.iter_mut().zip(&parts).for_each(|(count, part)| *count += part.len());
            let (source, report) = reports(&name, &hostile);
            let shown = printed(&report) + source.text();
            let leak = any.find(&shown);
            assert!(leak.is_none(), "{name}: {leak:?} is shown:\n{hostile}");
            for secret in &secrets {
                let sample = samples.iter().find(|one| one.secret == secret.secret).unwrap();
                *counts.entry(&sample.secret).or_default() += 1;
            }
            let found = report.files[0].findings.iter().filter(|finding| finding.name == "secret-in-manifest");
            assert!(found.count() >= secrets.len().min(50) / 2, "{name}: too few are reported\n{hostile}");
            assert!(source.secrets().len() >= secrets.len(), "{name}\n{hostile}");
        }
    }
    assert_eq!(counts.len(), samples.len());
    assert!(counts.values().all(|count| *count >= least), "{counts:?}");
    // Of two places that overlap, one has a secret.
    assert!(counts.values().sum::<usize>() * 20 >= planted_in.iter().sum::<usize>() * 19, "{counts:?}");
    planted_in
}

/// A comment changes nothing of what a manifest says, so that it has one beside its values.
#[test]
fn no_report_shows_a_secret_of_a_value_or_a_comment() {
    let planted = all_reports(|[values, _, comments]| [values, comments], 150);
    assert!(planted.iter().all(|count| *count >= 2_900), "{planted:?}");
}

#[test]
fn no_report_shows_a_secret_of_a_key() {
    let planted = all_reports(|[_, keys, _]| [keys], 100);
    assert!(planted.iter().all(|count| *count >= 3_500), "{planted:?}");
}

#[test]
fn no_fix_writes_what_stands_in_place_of_a_secret() {
    let (set, levels, selection) = (SetOptions::default(), Levels::default(), Selection::default());
    let options = options(&set, &levels, &selection);
    let samples = samples();
    let text =
        fixtures("minimal/*.yaml").remove(0).1 + "x-a: {b: [c, 'd', \"e\"]}\nservng: {pattern: online, replicas: 2}\n";
    let mut made = 0;
    for (sort, sites) in sites(&text).into_iter().enumerate() {
        for shift in 0..STRIDE {
            let sites: Vec<Site> = sites.iter().copied().skip(shift).step_by(STRIDE).collect();
            let (hostile, secrets) = planted(&text, &sites, &samples, sort * 11 + shift * 5);
            let source = Source::new("m.yaml", &*hostile);
            let judge = |source: &Arc<Source>| Judged::alone(source, &options);
            let fixed = fix::all(&source, Applicability::Safe, built_in::LINTS, &|_| true, &judge, &|| false);
            made += fixed.made.len();
            let after = fixed.source.original();
            let kept = |sample: &&Sample| {
                after.contains(&sample.secret) || after.contains(&sample.secret.replace('\\', "\\\\"))
            };
            assert_eq!(secrets.iter().filter(kept).count(), secrets.len(), "{hostile}\n{after}");
            assert!(!after.contains("xxxx"), "{after}");
        }
    }
    assert!(made > 0);
}

#[test]
fn no_answer_of_the_server_shows_a_secret() {
    let samples = samples();
    let folder = Folder::new();
    let (name, text) = fixtures("flow/*.yaml").remove(0);
    let [values, keys, comments] = sites(&text);
    let sites: Vec<Site> = values
        .into_iter()
        .skip(9)
        .step_by(5)
        .chain(keys.into_iter().skip(7).step_by(9))
        .chain(comments.into_iter().step_by(6))
        .collect();
    let (hostile, secrets) = planted(&text, &sites, &samples, 3);
    folder.write("mlsystem.yaml", &hostile);
    let mut client = Client::start(Some(&folder.0), pulling("utf-16"));
    let address = uri(&folder.path("mlsystem.yaml"));
    client.open(&address, "yaml", &hostile);
    let document = json!({"uri": address});
    let mut shown = Vec::new();
    shown.extend(client.pull(&address));
    for method in ["documentSymbol", "foldingRange", "inlayHint", "documentLink", "codeLens", "semanticTokens/full"] {
        let range = json!({"start": place(0, 0), "end": place(9_999, 0)});
        shown.push(client.answer(&format!("textDocument/{method}"), json!({"textDocument": document, "range": range})));
    }
    let lines: Vec<&str> = hostile.lines().collect();
    for (line, text) in lines.iter().enumerate().filter(|(line, _)| line % 3 == 0) {
        let end = text.encode_utf16().count();
        for character in [end.min(4), end / 2, end] {
            let at = json!({"textDocument": document, "position": place(line, character), "context": {"includeDeclaration": true}});
            for method in ["hover", "completion", "definition", "references", "prepareRename"] {
                shown.push(client.answer(&format!("textDocument/{method}"), at.clone()));
            }
        }
    }
    let text: String = shown.iter().map(|value| format!("{value}\n")).collect();
    for secret in &secrets {
        assert!(!text.contains(secret.needle()), "{name}: {}", secret.needle());
    }
    println!("{} secrets, {} answers, {} bytes", secrets.len(), shown.len(), text.len());
    assert!(
        secrets.len() >= 60 && shown.len() >= 200 && text.len() > 50_000,
        "{} {} {}",
        secrets.len(),
        shown.len(),
        text.len()
    );
    assert_eq!(client.goodbye(), Some(0));
}
