//! The texts to begin with, and the words of the dictionary: from the fixtures and the lint pages, so that nothing is kept
//! twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use mlsystem::built_in;
use mlsystem::lint::{Document, examples};
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits, NodeId, Shape, Tree};
use serde_json::json;

use crate::files::{Files, WORKSPACE};
use crate::mutate::words as words_of;
use crate::token::TOKEN;
use crate::world::matching;
use crate::writing::CUT;

/// The keys of a front matter that have no expressions in them.
const PLAIN: [&str; 7] = ["severity", "kind", "since", "sources", "frameworks", "waivable", "untestable"];

/// Longer texts are tried more slowly than they find more.
const LONGEST: usize = 20_000;

/// Manifests with what belongs to them.
pub fn manifests() -> Vec<String> {
    let patterns = ["systems/*/*", "flow/*", "minimal/*", "broken/*", "broken/*/*", "invalid/*", "wide/*"];
    let mut seeds: Vec<String> = patterns
        .into_iter()
        .flat_map(|pattern| matching(&format!("fixtures/{pattern}.yaml")))
        .map(|(_, text)| text)
        .filter(|text| text.len() < LONGEST)
        .collect();
    let mut together = String::new();
    for (path, text) in matching("fixtures/workspace/broken/**/*.yaml") {
        let name = match path.ends_with(WORKSPACE) {
            true => WORKSPACE.to_owned(),
            false => path.trim_start_matches("fixtures/workspace/broken/").replace('/', "-"),
        };
        let _ = write!(together, "# file: {name}\n{text}");
    }
    seeds.push(together);
    let header = "mlsystem: 1\nname: example\nstage: production\n";
    seeds.extend(
        pages().into_iter().map(|text| if text.contains("# file: ") { text } else { format!("{header}{text}") }),
    );
    seeds.extend(planted());
    seeds
}

/// Manifests that hold a secret in each sort of place.
fn planted() -> Vec<String> {
    let places = [
        "# {}",
        "x: {}",
        "'{}': 1",
        "summary: see {}",
        "summary: &{} a",
        "summary: *{}",
        "summary: !{} a",
        "owner: {}",
        "data: {datasets: {{}: {roles: train}}}",
        "models: [{}]",
        "serving: {pattern: {}}",
        "depends_on: [{ref: model:{}}]",
        "waivers: [{check: {}, reason: {}, owner: {}, until: 2027-01-31}]",
        "requirements: [{must: '{} at most 5'}]",
        "--- {}",
        "summary: {}}",
        "summary: https://u:{}@h/",
        "stage: {}",
        "summary: \"Bearer:{}\"",
    ];
    places
        .iter()
        .map(|place| format!("mlsystem: 1\nname: a\nstage: production\n{}\n", place.replace("{}", TOKEN)))
        .collect()
}

/// The examples of all lint pages.
fn pages() -> Vec<String> {
    built_in::LINTS.iter().flat_map(|lint| examples(lint.page)).map(|(_, text)| text.to_owned()).collect()
}

/// Files of other tools, each below a line with its path.
pub fn evidence() -> Vec<String> {
    let mut files: Vec<(String, String)> = Vec::new();
    for folder in ["fixtures/evidence/", "fixtures/repositories/*/", "fixtures/systems/restaurant-ranker/"] {
        let depth = folder.matches('/').count();
        let below = |path: &str| path.splitn(depth + 1, '/').last().unwrap_or(path).to_owned();
        files.extend(matching(&format!("{folder}**/*")).into_iter().map(|(path, text)| (below(&path), text)));
    }
    for text in pages() {
        let others = Files::of(&text).others;
        files.extend(others.iter().map(|file| (file.name().to_owned(), file.text().to_owned())));
    }
    let path = |path: String| if path == "release.yml" { format!(".github/workflows/{path}") } else { path };
    files.retain(|(path, text)| mlsystem::evidence::is_known(path) && text.len() < LONGEST);
    files.into_iter().map(|(name, text)| format!("{}\n{text}", path(name))).collect()
}

/// What the front matters of lint pages say, without the keys that every page has.
pub fn lints() -> Vec<String> {
    let fronts = matching("lints/*/*.md").into_iter().filter_map(|(path, text)| {
        let document = Document::read(&Source::new(path, text)).ok()?;
        let mut kept = String::new();
        let mut plain = true;
        for line in document.front.text().lines().skip(1).filter(|line| *line != "---") {
            if !line.starts_with([' ', '-', '#']) {
                plain = line.split_once(':').is_some_and(|(key, _)| PLAIN.contains(&key));
            }
            if !plain {
                let _ = writeln!(kept, "{line}");
            }
        }
        Some(kept)
    });
    fronts.filter(|front| !front.is_empty()).collect()
}

/// The expressions of lint pages and of the shared conditions.
pub fn expressions() -> Vec<String> {
    let mut seeds: Vec<String> = built_in::CONDITIONS.iter().map(|condition| condition.is.to_owned()).collect();
    for front in lints() {
        let source = Source::new("page.yaml", front);
        if let Some(tree) = tree::parse(&source, &Limits::default()).tree {
            collect(&tree, tree.root(), false, &mut seeds);
        }
    }
    seeds.sort();
    seeds.dedup();
    seeds
}

fn collect(tree: &Tree, node: NodeId, wanted: bool, seeds: &mut Vec<String>) {
    match &tree.node(node).shape {
        Shape::Scalar(_) if wanted => seeds.extend(tree.text(node).map(|text| text.trim().to_owned())),
        Shape::Sequence(_) => tree.items(node).iter().for_each(|item| collect(tree, *item, wanted, seeds)),
        Shape::Mapping(_) => {
            for entry in tree.entries(node) {
                let wanted = wanted || matches!(&*entry.key, "when" | "require" | "at" | "let");
                collect(tree, entry.value, wanted, seeds);
            }
        }
        _ => {}
    }
}

/// Words that are hard to write, and prose.
pub fn words() -> Vec<String> {
    let hard = [
        "NO\nnone\nn/a\nTODO\ntrue",
        "a: b\n- a\n#1\na #b\n'",
        "\"\n\\\n[\n{\n&a",
        "*a\n!t\n%\n@x\n`",
        "|\n>\n---\n...\n1e3",
        "0x1f\n1.10\n12:30\nnone: later\nx-y",
        "é\n分\n\u{202e}x\n\u{feff}\n${VAR}",
        ":8 minutes\n:5\n::\n: \n:",
        "?\n? a\n<<\n=\n~",
        " a\na \n\ta\na\t\n",
        "null\nyes\noff\n.inf\n-.5",
        "\u{0}\n\u{7f}\n\u{85}\n\u{2028}\n\u{fffe}",
        "[a](b)\n{{ x }}\n<!-- -->\n```\n| a |",
    ];
    let mut seeds: Vec<String> = hard.iter().map(|text| (*text).to_owned()).collect();
    seeds.push(format!("Bearer {TOKEN}\na\nb\nc\nd"));
    let prose = ["fixtures/evidence/*.md", "fixtures/repositories/*/README.md", "fixtures/systems/*/docs/*.md"];
    seeds.extend(prose.into_iter().flat_map(matching).map(|(_, text)| text));
    let written =
        ["fixtures/flow/*.yaml", "fixtures/minimal/*.yaml", "fixtures/broken/*.yaml", "fixtures/invalid/*.yaml"];
    seeds.extend(
        written
            .into_iter()
            .flat_map(matching)
            .map(|(_, text)| format!("later\nteam\nT-1\nno-fallback\nserving{CUT}{text}")),
    );
    seeds
}

/// Conversations: a document is opened and edited, and everything is asked of it.
pub fn conversations() -> Vec<String> {
    let texts: Vec<(String, String)> =
        ["fixtures/workspace/broken/**/*.yaml", "fixtures/minimal/*.yaml", "fixtures/broken/first-draft.yaml"]
            .into_iter()
            .flat_map(matching)
            .collect();
    let mut seeds: Vec<String> = texts.iter().map(|(path, text)| conversation(path, text)).collect();
    seeds.push("!Content-Length: 2\r\n\r\n{}Content-Length: x\r\n\r\n{}\r\nContent-Length: 900\r\n\r\n".to_owned());
    seeds.push(
        "!Content-Type: a\r\ncontent-length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"a\"}".to_owned(),
    );
    seeds
}

fn conversation(path: &str, text: &str) -> String {
    let uri = format!("file:///{}", path.trim_start_matches("fixtures/workspace/broken/"));
    let (at, range) = (
        json!({"line": 4, "character": 6}),
        json!({"start": {"line": 3, "character": 0}, "end": {"line": 5, "character": 2}}),
    );
    let document = json!({"uri": uri});
    let there = json!({"textDocument": document, "position": at});
    let mut told = vec![json!({"method": "textDocument/didOpen", "params": {
        "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text},
    }})];
    told.push(json!({"method": "textDocument/didChange", "params": {
        "textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"range": range, "text": "x: 1\n"}],
    }}));
    let asked = [
        ("textDocument/hover", there.clone()),
        ("textDocument/completion", there.clone()),
        ("textDocument/definition", there.clone()),
        (
            "textDocument/references",
            json!({"textDocument": document, "position": at, "context": {"includeDeclaration": true}}),
        ),
        ("textDocument/prepareRename", there.clone()),
        ("textDocument/rename", json!({"textDocument": document, "position": at, "newName": "a_b"})),
        ("textDocument/documentSymbol", json!({"textDocument": document})),
        ("textDocument/foldingRange", json!({"textDocument": document})),
        ("textDocument/selectionRange", json!({"textDocument": document, "positions": [at]})),
        ("textDocument/inlayHint", json!({"textDocument": document, "range": range})),
        ("textDocument/documentLink", json!({"textDocument": document})),
        ("textDocument/codeAction", json!({"textDocument": document, "range": range, "context": {"diagnostics": []}})),
        ("textDocument/diagnostic", json!({"textDocument": document})),
        ("workspace/diagnostic", json!({"previousResultIds": []})),
    ];
    let mut messages: Vec<serde_json::Value> = told.into_iter().map(|message| with(message, None)).collect();
    let numbered = asked.into_iter().enumerate();
    messages.extend(numbered.map(|(id, (method, params))| with(json!({"method": method, "params": params}), Some(id))));
    for (method, params) in [
        ("$/cancelRequest", json!({"id": 3})),
        (
            "workspace/didChangeConfiguration",
            json!({"settings": {"mlsystem": {"skip": ["serving"], "level": {"no-fallback": "off"}}}}),
        ),
        ("textDocument/didSave", json!({"textDocument": document})),
        ("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]})),
        ("textDocument/didClose", json!({"textDocument": document})),
    ] {
        messages.push(with(json!({"method": method, "params": params}), None));
    }
    messages.iter().map(|message| format!("{message}\n")).collect()
}

fn with(mut message: serde_json::Value, id: Option<usize>) -> serde_json::Value {
    message["jsonrpc"] = "2.0".into();
    if let Some(id) = id {
        message["id"] = id.into();
    }
    message
}

/// The words that seeds have, the most frequent first.
pub fn dictionary() -> &'static [String] {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for text in [manifests(), lints(), evidence(), conversations()].concat() {
            for (start, end) in words_of(&text) {
                let word = &text[start..end];
                if (2..30).contains(&word.len()) && !word.starts_with(|letter: char| letter.is_ascii_digit()) {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
        let mut words: Vec<(String, usize)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let words = words.into_iter().map(|(word, _)| word).take(1500);
        words.chain([TOKEN.to_owned()]).collect()
    });
    &WORDS
}

/// The dictionary as libFuzzer reads it.
pub fn dictionary_file() -> String {
    let quoted = |word: &String| {
        let letters = word.bytes().map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        });
        format!("\"{}\"\n", letters.collect::<String>())
    };
    let marks =
        [": ", "- ", "\n", "\n  ", "&& ", "|| ", "# ", "---\n", "\\u202e", "\u{202e}", "\u{1b}[31m", "# file: "]
            .map(str::to_owned);
    dictionary().iter().chain(&marks).map(quoted).collect()
}
