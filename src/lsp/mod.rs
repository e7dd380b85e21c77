//! The language server: the same check as that of the command line, at typing speed.
//!
//! One thread reads messages; everything else happens in one other, in the order in which things arrive. There is no shared
//! state, but for a note of which requests were withdrawn. Work is done in pieces, of a few manifests at most, and between
//! two pieces the messages that have arrived are taken in: so a check is one of the newest text. Where messages never cease,
//! work takes turns with them.
//!
//! This module translates. It does not know how a manifest is judged, what a hover says or how a fix is found, and it
//! writes no file: edits go to the client, who makes them.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};

mod actions;
mod capabilities;
mod client;
mod client_uri;
mod diagnostics;
mod dispatch;
mod documents;
mod edited_project;
mod language;
mod notifications;
mod position;
mod projects;
mod publish;
mod queue;
mod session;
mod settings;
mod transport;
mod uri;
mod watchers;
mod workspace_diagnostics;

use dispatch::{Server, State};
use transport::Incoming;

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEnd {
    /// As the protocol wants it: the client said that it would go before it went.
    Orderly,
    /// Without a word.
    Abruptly,
}

impl SessionEnd {
    /// The exit code that the protocol asks for.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Orderly => 0,
            Self::Abruptly => 1,
        }
    }
}

/// Serves one client until it goes. Only messages of the protocol are written to `output`.
pub fn serve(input: impl Read + Send + 'static, output: &mut dyn Write) -> SessionEnd {
    let (stream, withdrawn) = transport::read_in_background(input);
    let mut server = Server::new(withdrawn);
    while server.state != State::Gone {
        let done = match next(&stream, &server) {
            Next::Message(incoming) => server.take(incoming, output),
            Next::Time => server.work(),
            Next::End => break,
        };
        // A client that does not listen any more has gone.
        if done.and_then(|()| server.flush(output)).is_err() {
            break;
        }
    }
    if server.said_goodbye { SessionEnd::Orderly } else { SessionEnd::Abruptly }
}

enum Next {
    Message(Incoming),
    Time,
    End,
}

/// The next message, or that it is time for work. Messages go first, unless work has waited too long for its turn.
fn next(stream: &Receiver<Incoming>, server: &Server) -> Next {
    if server.work_has_waited() {
        return Next::Time;
    }
    match stream.try_recv() {
        Ok(incoming) => return Next::Message(incoming),
        Err(TryRecvError::Disconnected) => return Next::End,
        Err(TryRecvError::Empty) => {}
    }
    match server.pause() {
        None => stream.recv().map_or(Next::End, Next::Message),
        Some(pause) if pause.is_zero() => Next::Time,
        Some(pause) => match stream.recv_timeout(pause) {
            Ok(incoming) => Next::Message(incoming),
            Err(RecvTimeoutError::Timeout) => Next::Time,
            Err(RecvTimeoutError::Disconnected) => Next::End,
        },
    }
}

/// Serves the client at the other end of standard input and output.
pub fn serve_standard_streams() -> SessionEnd {
    serve(io::stdin(), &mut io::stdout().lock())
}
