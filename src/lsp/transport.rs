//! Messages from a stream and onto one.
//!
//! A reader that meets something malformed goes on behind it: what cannot be read is told of, and the next header is
//! looked for.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use lsp_server::{ErrorCode, Message, RequestId};
use serde_json::Value;

/// The most bytes that a message may have. A text of ten million bytes fits, however it is escaped.
const LARGEST: u64 = 100_000_000;

/// The most bytes of one line of a header; what goes beyond is no header.
const MAX_LINE_BYTES: u64 = 4096;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none.
    Malformed(Malformed),
}

/// Why something is no message.
#[derive(Debug)]
pub struct Malformed {
    /// The number of the request, where it can be made out.
    pub id: Option<RequestId>,
    /// The sort of error.
    pub code: ErrorCode,
    /// What is wrong.
    pub why: String,
}

/// The requests whose withdrawal has arrived and was not taken in yet. Long work looks here before it goes on.
#[derive(Debug, Clone, Default)]
pub struct Withdrawn(Arc<Mutex<BTreeSet<RequestId>>>);

impl Withdrawn {
    /// Whether nobody waits for the answer to a request any more.
    pub fn holds(&self, id: &RequestId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }

    /// Forgets a request, because its withdrawal is taken in.
    pub fn forget(&self, id: &RequestId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    fn note(&self, incoming: &Incoming) {
        if let Incoming::Message(Message::Notification(note)) = incoming
            && let Some(id) = withdrawn_by(&note.method, &note.params)
        {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        }
    }
}

/// The request that a notification withdraws.
pub fn withdrawn_by(method: &str, params: &Value) -> Option<RequestId> {
    let id = params.get("id").filter(|_| method == "$/cancelRequest")?;
    serde_json::from_value(id.clone()).ok()
}

/// Reads messages in a thread of its own until the stream ends, so that a client never waits for the check.
pub fn read_in_background(input: impl Read + Send + 'static) -> (Receiver<Incoming>, Withdrawn) {
    let (sender, receiver) = channel();
    let withdrawn = Withdrawn::default();
    let noted = withdrawn.clone();
    thread::spawn(move || {
        let mut input = io::BufReader::new(input);
        while let Ok(Some(incoming)) = read(&mut input) {
            noted.note(&incoming);
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    (receiver, withdrawn)
}

/// The next message; none at the end of the stream.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let malformed = |id, code, why: String| Ok(Some(Incoming::Malformed(Malformed { id, code, why })));
    let length = match length {
        Ok(length) if length <= LARGEST => length,
        // What follows may be the next header, and not so many bytes: it is looked for right away.
        Ok(length) => {
            return malformed(None, ErrorCode::InvalidRequest, format!("a message of {length} bytes is too large"));
        }
        Err(why) => return malformed(None, ErrorCode::ParseError, why),
    };
    let mut body = Vec::new();
    if input.take(length).read_to_end(&mut body)? < length as usize {
        return Ok(None);
    }
    let value: Value = match serde_json::from_slice(&body) {
        Ok(value) => value,
        Err(error) => return malformed(None, ErrorCode::ParseError, format!("the message is no JSON: {error}")),
    };
    let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    match serde_json::from_value(value) {
        Ok(message) => Ok(Some(Incoming::Message(message))),
        Err(_) => malformed(id, ErrorCode::InvalidRequest, "neither a request nor a notification".to_owned()),
    }
}

/// Reads up to the end of the next header: the length that it states, or why it states none. None at the end of the stream.
fn header(input: &mut impl BufRead) -> io::Result<Option<Result<u64, String>>> {
    const NAME: &str = "content-length:";
    let mut length = None;
    let mut strange = false;
    loop {
        let mut line = Vec::new();
        if input.take(MAX_LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        match line.trim() {
            "" if length.is_some() => return Ok(length),
            "" if strange => return Ok(Some(Err("a header without a length".to_owned()))),
            "" => {}
            // The rest of a message whose length was wrong may stand before it.
            text => match text.rfind(NAME) {
                Some(at) => {
                    let number = text[at + NAME.len()..].trim();
                    length = Some(number.parse().map_err(|_| "the length of a message is no number".to_owned()));
                }
                None => strange |= !text.starts_with("content-type:"),
            },
        }
    }
}

/// Writes one message.
pub fn write(output: &mut dyn Write, message: &Message) -> io::Result<()> {
    let mut framed = Vec::new();
    message.write(&mut framed)?;
    output.write_all(&framed)?;
    output.flush()
}

/// Answers something that has no number of its own.
pub fn write_nameless_error(output: &mut dyn Write, code: ErrorCode, why: &str) -> io::Result<()> {
    let error = serde_json::json!({ "code": code as i32, "message": why });
    let text = serde_json::json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    output.write_all(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    fn told(stream: &[u8]) -> Vec<String> {
        let mut input = io::BufReader::new(stream);
        let mut told = Vec::new();
        while let Ok(Some(incoming)) = read(&mut input) {
            told.push(match incoming {
                Incoming::Message(Message::Request(request)) => request.method,
                Incoming::Message(Message::Notification(notification)) => notification.method,
                Incoming::Message(Message::Response(_)) => "response".to_owned(),
                Incoming::Malformed(malformed) => format!("{}: {}", malformed.code as i32, malformed.why),
            });
        }
        told
    }

    #[test]
    fn goes_on_behind_what_is_malformed() {
        let good = framed(r#"{"jsonrpc":"2.0","id":1,"method":"good"}"#);
        let note = framed(r#"{"jsonrpc":"2.0","method":"note"}"#);
        for (bad, said) in [
            (framed("{"), "-32700: the message is no JSON"),
            (framed("[]"), "-32600: neither"),
            (framed(r#"{"id":{}}"#), "-32600: neither"),
            ("Content-Length: x\r\n\r\n{}".to_owned(), "-32700: the length of a message is no number"),
            ("Hello: you\r\n\r\n".to_owned(), "-32700: a header without a length"),
            ("Content-Length: 4\r\n\r\n{\"a\":1}".to_owned(), "-32700: the message is no JSON"),
            ("Content-Length: 1000000000000\r\n\r\n".to_owned(), "-32600: a message of 1000000000000 bytes"),
            ("Content-Length: 1000000000000\r\n\r\n{\"a\":\n1}".to_owned(), "-32600: a message of 1000000000000 bytes"),
        ] {
            let told = told(format!("{good}{bad}{note}{good}").as_bytes());
            assert_eq!(told[0], "good", "{bad}");
            assert!(told[1].starts_with(said), "{bad}: {told:?}");
            assert_eq!(told[told.len() - 2..], ["note", "good"], "{bad}: {told:?}");
        }
    }

    #[test]
    fn the_end_in_the_middle_is_the_end() {
        assert_eq!(told(b"Content-Length: 90\r\n\r\n{\"jsonrpc\""), [""; 0]);
        assert_eq!(told(b"Content-Len"), [""; 0]);
    }

    #[test]
    fn other_headers_are_read_over() {
        let text = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let stream = format!("Content-Type: x\r\ncontent-length: {}\r\n\r\n{text}", text.len());
        assert_eq!(told(stream.as_bytes()), ["a"]);
    }
}
