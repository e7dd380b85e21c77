//! The language server: the same check as that of the command line, at typing speed.
//!
//! One thread reads messages; everything else happens in one other, in the order in which things arrive. There is no shared
//! state and nothing to be locked. Work is done in pieces, one manifest each, and between two pieces every message that has
//! arrived is taken in: so a check is always one of the newest text, and what an older one would have said is never sent.
//!
//! This module translates. It does not know how a manifest is judged, what a hover says or how a fix is found, and it
//! writes no file: edits go to the client, who makes them.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};

use lsp_server::Message;

mod actions;
mod address;
mod capabilities;
mod client;
mod diagnostics;
mod dispatch;
mod documents;
mod language;
mod position;
mod project;
mod projects;
mod publish;
mod session;
mod settings;
mod transport;
mod watching;

use dispatch::{Server, State};
use transport::Incoming;

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol wants it: the client said that it would go before it went.
    Orderly,
    /// Without a word.
    Abruptly,
}

/// Serves one client until it goes. Only messages of the protocol are written to `output`.
pub fn serve(input: impl Read + Send + 'static, output: &mut dyn Write) -> Ended {
    let mut inbox = Inbox { stream: transport::read_in_background(input), waiting: VecDeque::new(), open: true };
    let mut server = Server::default();
    while server.state != State::Gone {
        let done = match inbox.next(&server) {
            Next::Message(incoming) => server.take(incoming, output),
            Next::Time => server.work(),
            Next::End => break,
        };
        // A client that does not listen any more has gone.
        if done.and_then(|()| server.flush(output)).is_err() {
            break;
        }
    }
    if server.said_goodbye { Ended::Orderly } else { Ended::Abruptly }
}

/// The messages that have arrived.
struct Inbox {
    stream: Receiver<Incoming>,
    waiting: VecDeque<Incoming>,
    open: bool,
}

enum Next {
    Message(Incoming),
    Time,
    End,
}

impl Inbox {
    /// The next message, or that it is time for work. Messages go first.
    fn next(&mut self, server: &Server) -> Next {
        loop {
            match self.stream.try_recv() {
                Ok(incoming) => self.waiting.push_back(incoming),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    self.open = false;
                    break;
                }
            }
        }
        if let Some(incoming) = self.waiting.pop_front() {
            let withdrawn = self.waiting.iter().any(|later| withdraws(later, &incoming));
            return Next::Message(if withdrawn { withdraw(incoming) } else { incoming });
        }
        if !self.open {
            return Next::End;
        }
        match server.pause() {
            None => self.stream.recv().map_or(Next::End, Next::Message),
            Some(pause) if pause.is_zero() => Next::Time,
            Some(pause) => match self.stream.recv_timeout(pause) {
                Ok(incoming) => Next::Message(incoming),
                Err(RecvTimeoutError::Timeout) => Next::Time,
                Err(RecvTimeoutError::Disconnected) => Next::End,
            },
        }
    }
}

/// Whether a later message says that nobody waits for the answer to an earlier one.
fn withdraws(later: &Incoming, earlier: &Incoming) -> bool {
    let (Incoming::Message(Message::Notification(note)), Incoming::Message(Message::Request(request))) =
        (later, earlier)
    else {
        return false;
    };
    let id = note.params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    note.method == "$/cancelRequest" && id.as_ref() == Some(&request.id)
}

fn withdraw(incoming: Incoming) -> Incoming {
    match incoming {
        Incoming::Message(Message::Request(request)) => Incoming::Malformed(transport::Malformed {
            id: Some(request.id),
            code: lsp_server::ErrorCode::RequestCanceled,
            why: "the request was withdrawn".to_owned(),
        }),
        other => other,
    }
}

/// Serves the client at the other end of standard input and output.
pub fn serve_standard_streams() -> Ended {
    serve(io::stdin(), &mut io::stdout().lock())
}
