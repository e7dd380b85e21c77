//! A client of the protocol, as small as it can be.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// The second of 2026-11-24, the day of the fixtures.
pub const DAY: &str = "1795478400";

/// How long a test waits for a message, in seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with its server.
pub struct Client {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    kept: Vec<Value>,
    asked: i64,
    /// What the server said of itself.
    pub offered: Value,
}

/// The capabilities of an ordinary client that gets its diagnostics unasked.
pub fn ordinary(encoding: &str) -> Value {
    json!({
        "general": { "positionEncodings": [encoding] },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            "rename": { "prepareSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    })
}

/// The same for one that asks for them.
pub fn pulling(encoding: &str) -> Value {
    let mut capabilities = ordinary(encoding);
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities
}

impl Client {
    /// Starts the server and says nothing.
    pub fn silent() -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
            .args(["lsp", "--stdio", "--clientProcessId=1"])
            .env("SOURCE_DATE_EPOCH", DAY)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = server.stdout.take().unwrap();
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = server.stdin.take();
        Self { server, input, messages, kept: Vec::new(), asked: 0, offered: Value::Null }
    }

    /// Starts the server for a client with these capabilities that has `root` open.
    pub fn start(root: Option<&Path>, capabilities: Value) -> Self {
        let mut client = Self::silent();
        let root = root.map(uri);
        let params = json!({ "processId": null, "rootUri": root, "capabilities": capabilities });
        client.offered = client.ask("initialize", params);
        client.tell("initialized", json!({}));
        client
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request, and gives the whole answer.
    pub fn answer(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Sends a request that has to be answered with a result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The first message that is wanted; others are kept for later.
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.kept.iter().position(&wanted) {
            return self.kept.remove(index);
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server says nothing");
            if wanted(&message) {
                return message;
            }
            self.kept.push(message);
        }
    }

    /// Whether diagnostics were sent for a text that nobody has asked for yet.
    pub fn has_sent(&self, uri: &str) -> bool {
        let sent = |message: &&Value| message["method"] == "textDocument/publishDiagnostics";
        self.kept.iter().filter(sent).any(|message| message["params"]["uri"] == uri)
    }

    /// Sends a request and does not wait for its answer.
    pub fn begin(&mut self, id: &str, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
    }

    /// Whether a message that is wanted has arrived.
    pub fn arrived(&mut self, wanted: impl Fn(&Value) -> bool) -> bool {
        self.kept.extend(self.messages.try_iter());
        self.kept.iter().any(wanted)
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a text.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// Closes a text.
    pub fn close(&mut self, uri: &str) {
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The diagnostics that are sent for a version of a text.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let sent = self.wait(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        });
        sent["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The next diagnostics that are sent for a text, of whatever version, that are as wanted.
    pub fn diagnostics_when(&mut self, uri: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let sent = self.wait(|message| {
            let params = &message["params"];
            let fits = message["method"] == "textDocument/publishDiagnostics" && params["uri"] == uri;
            fits && wanted(params["diagnostics"].as_array().unwrap())
        });
        sent["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Forgets the diagnostics that were sent so far, so that what is waited for next is an answer to what is said next.
    pub fn forget_diagnostics(&mut self) {
        self.kept.extend(self.messages.try_iter());
        self.kept.retain(|message| message["method"] != "textDocument/publishDiagnostics");
    }

    /// The diagnostics that are given for a text when they are asked for.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(report["kind"], "full");
        report["items"].as_array().unwrap().clone()
    }

    /// Says goodbye, and gives the exit code.
    pub fn goodbye(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.server.wait().unwrap().code()
    }

    /// Goes without a word, and gives the exit code.
    pub fn vanish(mut self) -> Option<i32> {
        self.input = None;
        self.server.wait().unwrap().code()
    }

    /// Waits for the server to end.
    pub fn ended(mut self) -> Option<i32> {
        self.server.wait().unwrap().code()
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.server.id()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        // Whatever is written besides the protocol fails here.
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => length = Some(number.parse().unwrap()),
            None if line == "\r\n" => break,
            _ => panic!("`{line}` is no header"),
        }
    }
    let mut body = vec![0; length.unwrap()];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// The address of a file.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().unwrap().replace(' ', "%20"))
}

/// A place of the protocol.
pub fn place(line: usize, character: usize) -> Value {
    json!({ "line": line, "character": character })
}
