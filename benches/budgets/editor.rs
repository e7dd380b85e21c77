//! From an edit to the new findings, by the program itself over pipes, also in a repository that is full of ignored files,
//! and the memory that edits leave behind.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{head, manifests, median, row};

/// The length of the manifest that is edited, in lines.
const LINES: usize = 3_000;

/// Edits, each of which is waited for.
const ROUNDS: usize = 101;

/// The time between two edits.
const REST: Duration = Duration::from_millis(120);

/// The files of a folder that `.gitignore` names.
const IGNORED: usize = 200_000;

/// Edits after which the memory is compared.
const MANY: usize = 10_000;

struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    uri: String,
    version: usize,
}

/// Prints all of it.
pub fn run() {
    head("an edit in a manifest of 3,000 lines, in units of 10 ms");
    let text = manifests::of_lines(LINES);
    edits("from the edit to the findings", &mut Editor::open("untitled:x", &text));
    let crowded = Crowded::new();
    let text = text.replacen("\nmodels:\n", &format!("\nmodels:\n{PATTERNS}"), 1);
    assert!(text.contains(PATTERNS), "the manifest has models");
    std::fs::write(crowded.0.join("mlsystem.yaml"), &text).unwrap();
    let uri = format!("file://{}", crowded.0.join("mlsystem.yaml").display());
    let mut editor = Editor::open(&uri, &text);
    edits(&format!("the same beside {IGNORED} ignored files"), &mut editor);
    head("code actions there, in units of 50 ms");
    let started = Instant::now();
    editor.actions();
    let took = started.elapsed().as_secs_f64() * 1e3;
    row(&format!("from the question to the answer: {took:.1} ms"), took / 50.0, 1.0);
    drop(editor);
    head("memory");
    let mut editor = Editor::open("untitled:x", &manifests::of_lines(120));
    let after = |editor: &mut Editor, edits: usize| {
        for _ in 0..edits {
            editor.edit();
            editor.findings();
        }
        editor.memory()
    };
    let (Some(first), Some(last)) = (after(&mut editor, 500), after(&mut editor, MANY)) else { return };
    row(&format!("memory after {MANY} edits: {first:.1} MB, then {last:.1} MB"), last / first, 1.1);
}

/// A model whose code is looked for everywhere, and found nowhere.
const PATTERNS: &str = "  crowded:\n    family: tree\n    code: [\"**/*.a\", \"**/*.b\", \"**/*.c\", \"**/*.d\"]\n";

fn edits(what: &str, editor: &mut Editor) {
    let times = (0..ROUNDS).map(|_| {
        // People do not type without end.
        std::thread::sleep(REST);
        let started = Instant::now();
        editor.edit();
        editor.findings();
        started.elapsed().as_secs_f64() * 1e3
    });
    let times: Vec<f64> = times.collect();
    let (least, middle) = (times.iter().copied().fold(f64::INFINITY, f64::min), median(times));
    row(&format!("{what}: {middle:.1} ms, at best {least:.1} ms"), middle / 10.0, 1.0);
}

/// A repository that is full of ignored files, which goes with the bench.
struct Crowded(PathBuf);

impl Crowded {
    fn new() -> Self {
        let root = std::env::temp_dir().join(format!("mlsystem-bench-{}", std::process::id()));
        std::fs::create_dir_all(root.join(".git")).unwrap();
        std::fs::create_dir_all(root.join("junk")).unwrap();
        std::fs::write(root.join(".gitignore"), "junk/\n").unwrap();
        (0..IGNORED).for_each(|number| std::fs::write(root.join(format!("junk/{number}")), "").unwrap());
        Self(root)
    }
}

impl Drop for Crowded {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Editor {
    fn open(uri: &str, text: &str) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let later = json!({ "properties": ["edit"] });
        let literal = json!({ "codeActionKind": { "valueSet": [] } });
        let actions = json!({ "codeActionLiteralSupport": literal, "dataSupport": true, "resolveSupport": later });
        let capabilities = json!({ "textDocument": { "codeAction": actions } });
        let mut editor = Self { server, input, output, uri: uri.to_owned(), version: 1 };
        editor.send(json!({ "id": 1, "method": "initialize", "params": { "capabilities": capabilities } }));
        let answer = editor.receive();
        assert!(answer["error"].is_null(), "the server does not take the client: {answer}");
        let document = json!({ "uri": uri, "languageId": "mlsystem", "version": 1, "text": text });
        editor.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }));
        editor.findings();
        editor
    }

    /// Types a letter into the name of the system, or takes it away.
    fn edit(&mut self) {
        self.version += 1;
        let (end, text) = if self.version.is_multiple_of(2) { (6, "x") } else { (7, "") };
        let range = json!({ "start": { "line": 1, "character": 6 }, "end": { "line": 1, "character": end } });
        let document = json!({ "uri": self.uri, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": text }] });
        self.send(json!({ "method": "textDocument/didChange", "params": params }));
    }

    fn findings(&mut self) {
        while self.receive()["params"]["version"] != self.version {}
    }

    /// Asks what can be done about the first lines.
    fn actions(&mut self) {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 20, "character": 0 } });
        let context = json!({ "diagnostics": [] });
        let params = json!({ "textDocument": { "uri": self.uri }, "range": range, "context": context });
        self.send(json!({ "id": 2, "method": "textDocument/codeAction", "params": params }));
        while self.receive()["id"] != 2 {}
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let length = line.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        self.output.read_line(&mut line).unwrap();
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// What the server takes, in MB; none where the system does not tell.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|size| size / 1024.0)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
