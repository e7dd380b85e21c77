//! A conversation with the language server, in this process: each line is a message, which is framed here. A text that
//! begins with `!` goes as it is, to try the frames themselves.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use mlsystem::lsp::serve;
use serde_json::{Value, json};

use crate::world::matching;

/// A workspace to talk about. No address in a conversation leads out of it.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let from = "fixtures/workspace/broken/";
    for (path, text) in matching(&format!("{from}**/*.yaml")) {
        let path = folder.path().join(path.trim_start_matches(from));
        path.parent().map(std::fs::create_dir_all).transpose().expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
});

/// More messages than this add nothing but time.
const MOST: usize = 64;

/// Holds the conversation: every request is answered, and once.
pub fn hold(text: &str) -> bool {
    let root = address(FOLDER.path());
    let begin = json!({"jsonrpc": "2.0", "id": "begin", "method": "initialize", "params": {
        "processId": null, "rootUri": root, "capabilities": capabilities(text),
    }});
    let end = json!({"jsonrpc": "2.0", "id": "end", "method": "shutdown"});
    let text = text.replace("file://", &root);
    let mut stream = framed(&begin.to_string());
    // How often each number is asked, and how often it may be answered besides, as where no request can be made out.
    let mut asked: BTreeMap<String, (usize, usize)> = BTreeMap::from([("\"begin\"".to_owned(), (1, 0))]);
    let raw = text.strip_prefix('!');
    match raw {
        Some(raw) => stream.extend_from_slice(raw.as_bytes()),
        None => {
            let mut open = true;
            for line in text.lines().filter(|line| !line.trim().is_empty()).take(MOST) {
                stream.extend(framed(line));
                open &= !is(line, "exit");
                if let Some((id, whole)) = number(line).filter(|_| open) {
                    let count = asked.entry(id).or_default();
                    *(if whole { &mut count.0 } else { &mut count.1 }) += 1;
                }
            }
            if open {
                asked.entry("\"end\"".to_owned()).or_default().0 += 1;
            }
            stream.extend(framed(&end.to_string()));
        }
    }
    let mut output = Vec::new();
    serve(Patient { stream, at: 0 }, &mut output);
    let answered = answers(&output);
    if raw.is_none() {
        for (id, (least, more)) in &asked {
            let count = answered.get(id).copied().unwrap_or_default();
            assert!((*least..=least + more).contains(&count), "{count} answers to {id}: {text:?}");
        }
        let unasked = answered.keys().find(|id| !asked.contains_key(*id));
        assert!(unasked.is_none(), "an answer that nobody asked for: {unasked:?}: {text:?}");
    }
    true
}

/// A client that waits at the end until the server had time for work.
struct Patient {
    stream: Vec<u8>,
    at: usize,
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.stream[self.at..];
        if rest.is_empty() {
            std::thread::sleep(Duration::from_millis(2));
        }
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

fn framed(text: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Clients differ: some ask for diagnostics, some count in bytes.
fn capabilities(text: &str) -> Value {
    let encoding = ["utf-8", "utf-16", "utf-32"][text.len() % 3];
    let mut capabilities = json!({
        "general": {"positionEncodings": [encoding]},
        "workspace": {"workspaceEdit": {"documentChanges": true}, "workspaceFolders": true, "configuration": true},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "codeDescriptionSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
            "rename": {"prepareSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
    });
    if text.len() % 2 == 0 {
        capabilities["textDocument"]["diagnostic"] = json!({});
    }
    capabilities
}

fn is(line: &str, method: &str) -> bool {
    serde_json::from_str(line).is_ok_and(|value: Value| value.get("id").is_none() && value["method"] == method)
}

/// The number of a message, and whether it is surely a request.
fn number(line: &str) -> Option<(String, bool)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let id = value.as_object()?.get("id")?;
    let whole = id.as_i64().is_some_and(|id| i32::try_from(id).is_ok()) || id.is_string();
    let request = value.get("method").is_some_and(Value::is_string) && value.get("error").is_none();
    Some((id.to_string(), whole && request))
}

/// How many answers there are for each number, in an output that is nothing but messages.
fn answers(output: &[u8]) -> BTreeMap<String, usize> {
    let mut rest = std::str::from_utf8(output).expect("the output is UTF-8");
    let mut answers = BTreeMap::new();
    while !rest.is_empty() {
        let (head, body) = rest.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no header: {rest:?}"));
        let length: usize = head.strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).expect(head);
        let (body, next) = body.split_at(length);
        let message: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"));
        assert_eq!(message["jsonrpc"], "2.0", "{body}");
        if message.get("method").is_none() && !message["id"].is_null() {
            assert!(message.get("result").is_some() != message.get("error").is_some(), "{body}");
            *answers.entry(message["id"].to_string()).or_default() += 1;
        }
        rest = next;
    }
    answers
}
