//! Which message is seen to by what, and when which of them may come.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::request::{self as requests, Request as Method};
use lsp_types::{InitializeParams, InitializeResult, ServerInfo};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::session::{Refusal, Session};
use super::transport::{self, Incoming, Malformed};
use super::{actions, language, publish, watching};

/// Where the conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// The client has not said who it is.
    #[default]
    New,
    /// Everything may be asked.
    Open,
    /// The client has said that it will go.
    Closing,
    /// It has gone.
    Gone,
}

/// The server at work.
#[derive(Default)]
pub struct Server {
    /// Where the conversation stands.
    pub state: State,
    /// Whether the client said that it would go.
    pub said_goodbye: bool,
    session: Option<Session>,
    replies: Vec<Message>,
}

impl Server {
    /// How long to wait for messages before the next piece of work.
    pub fn pause(&self) -> Option<Duration> {
        self.session.as_ref().filter(|_| self.state == State::Open)?.pause()
    }

    /// Does one piece of work.
    pub fn work(&mut self) -> io::Result<()> {
        if let Some(session) = &mut self.session {
            guarded(|| session.work());
        }
        Ok(())
    }

    /// Takes in what arrived.
    pub fn take(&mut self, incoming: Incoming, output: &mut dyn Write) -> io::Result<()> {
        match incoming {
            Incoming::Message(Message::Request(request)) => self.request(request),
            Incoming::Message(Message::Notification(notification)) => self.notification(notification),
            Incoming::Message(Message::Response(response)) => {
                if let Some(session) = &mut self.session {
                    let result = response.response_result.ok();
                    guarded(|| session.answered(&response.id, result));
                }
            }
            Incoming::Malformed(Malformed { id: Some(id), code, why }) => self.refuse(id, Refusal { code, why }),
            Incoming::Malformed(Malformed { id: None, code, why }) => {
                transport::write_nameless_error(output, code, &why)?;
            }
        }
        Ok(())
    }

    /// Writes what is to be sent: answers first.
    pub fn flush(&mut self, output: &mut dyn Write) -> io::Result<()> {
        for message in self.replies.drain(..) {
            transport::write(output, &message)?;
        }
        for message in self.session.as_mut().map(Session::take_out).unwrap_or_default() {
            transport::write(output, &message)?;
        }
        Ok(())
    }

    fn refuse(&mut self, id: RequestId, refusal: Refusal) {
        self.replies.push(Response::new_err(id, refusal.code as i32, refusal.why).into());
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match (self.state, &mut self.session) {
            (State::New, _) if method == requests::Initialize::METHOD => self.initialize(params),
            (State::New, _) => {
                let why = "nobody has said who asks".to_owned();
                Err(Refusal { code: ErrorCode::ServerNotInitialized, why })
            }
            (State::Open, _) if method == requests::Shutdown::METHOD => {
                self.state = State::Closing;
                self.said_goodbye = true;
                Ok(Value::Null)
            }
            (State::Open, Some(session)) => {
                let failed =
                    || Err(Refusal { code: ErrorCode::InternalError, why: "a bug of this program".to_owned() });
                guarded(|| answer(session, &method, params)).unwrap_or_else(failed)
            }
            _ => {
                let why = "the client said that it would go".to_owned();
                Err(Refusal { code: ErrorCode::InvalidRequest, why })
            }
        };
        match answer {
            Ok(result) => self.replies.push(Response { id, response_result: Ok(result) }.into()),
            Err(refusal) => self.refuse(id, refusal),
        }
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refusal> {
        let params: InitializeParams = read(params)?;
        let session = Session::new(&params);
        let result = InitializeResult {
            capabilities: session.client.capabilities(),
            server_info: Some(ServerInfo {
                name: "mlsystem".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        self.session = Some(session);
        self.state = State::Open;
        serde_json::to_value(result).map_err(|error| Refusal::failed(error.to_string()))
    }

    fn notification(&mut self, notification: Notification) {
        if notification.method == "exit" {
            self.state = State::Gone;
            return;
        }
        if let (State::Open, Some(session)) = (self.state, &mut self.session) {
            guarded(|| watching::take(session, &notification.method, notification.params));
        }
    }
}

/// Answers a request.
fn answer(session: &mut Session, method: &str, params: Value) -> Result<Value, Refusal> {
    match method {
        requests::DocumentDiagnosticRequest::METHOD => with(session, params, publish::document),
        requests::WorkspaceDiagnosticRequest::METHOD => with(session, params, publish::workspace),
        requests::CodeActionRequest::METHOD => with(session, params, actions::actions),
        requests::ExecuteCommand::METHOD => with(session, params, actions::execute),
        requests::HoverRequest::METHOD => with(session, params, language::hover),
        requests::Completion::METHOD => with(session, params, language::completion),
        requests::GotoDefinition::METHOD => with(session, params, language::definition),
        requests::References::METHOD => with(session, params, language::references),
        requests::PrepareRenameRequest::METHOD => with(session, params, language::prepare_rename),
        requests::Rename::METHOD => with(session, params, language::rename),
        requests::DocumentSymbolRequest::METHOD => with(session, params, language::symbols),
        requests::FoldingRangeRequest::METHOD => with(session, params, language::folds),
        requests::SelectionRangeRequest::METHOD => with(session, params, language::selections),
        requests::InlayHintRequest::METHOD => with(session, params, language::hints),
        requests::DocumentLinkRequest::METHOD => with(session, params, language::links),
        _ => Err(Refusal { code: ErrorCode::MethodNotFound, why: format!("`{method}` is not known") }),
    }
}

fn with<P: DeserializeOwned, R: serde::Serialize>(
    session: &mut Session,
    params: Value,
    work: fn(&mut Session, P) -> Result<R, Refusal>,
) -> Result<Value, Refusal> {
    let result = work(session, read(params)?)?;
    serde_json::to_value(result).map_err(|error| Refusal::failed(error.to_string()))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::params(error.to_string()))
}

/// Does something in which a bug must not end the conversation. What it was is on standard error.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
