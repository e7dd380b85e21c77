//! From an edit to the new findings, by the program itself over pipes, and the memory that edits leave behind.

use std::io::{BufRead, BufReader, Read, Write};
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

/// Edits after which the memory is compared.
const MANY: usize = 10_000;

struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    version: usize,
}

/// Prints both.
pub fn run() {
    head("an edit in a manifest of 3,000 lines, in units of 10 ms");
    let text = manifests::of_lines(LINES);
    let mut editor = Editor::open(&text);
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
    row(&format!("from the edit to the findings: {middle:.1} ms, at best {least:.1} ms"), middle / 10.0, 1.0);
    let mut editor = Editor::open(&manifests::of_lines(120));
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

impl Editor {
    fn open(text: &str) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut editor = Self { server, input, output, version: 1 };
        editor.send(json!({ "id": 1, "method": "initialize", "params": { "capabilities": {} } }));
        editor.receive();
        let document = json!({ "uri": "untitled:x", "languageId": "mlsystem", "version": 1, "text": text });
        editor.send(json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }));
        editor.findings();
        editor
    }

    /// Types a letter into the name of the system, or takes it away.
    fn edit(&mut self) {
        self.version += 1;
        let (end, text) = if self.version.is_multiple_of(2) { (6, "x") } else { (7, "") };
        let range = json!({ "start": { "line": 1, "character": 6 }, "end": { "line": 1, "character": end } });
        let document = json!({ "uri": "untitled:x", "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": text }] });
        self.send(json!({ "method": "textDocument/didChange", "params": params }));
    }

    fn findings(&mut self) {
        while self.receive()["params"]["version"] != self.version {}
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
