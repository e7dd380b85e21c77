//! Which message is seen to by what, and when which of them may come.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::request::{self as requests, Request as Method};
use lsp_types::{InitializeParams, InitializeResult, MessageType, ServerInfo, Uri};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::client_uri::Spellings;
use super::session::{Refusal, Session};
use super::transport::{self, Incoming, Malformed, Withdrawn};
use super::{actions, language, notifications, publish};

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
pub struct Server {
    /// Where the conversation stands.
    pub state: State,
    /// Whether the client said that it would go.
    pub said_goodbye: bool,
    session: Option<Session>,
    replies: Vec<Message>,
    spellings: Spellings,
    withdrawn: Withdrawn,
}

impl Server {
    /// A server that nobody has spoken to yet.
    pub fn new(withdrawn: Withdrawn) -> Self {
        Self {
            state: State::New,
            said_goodbye: false,
            session: None,
            replies: Vec::new(),
            spellings: Spellings::default(),
            withdrawn,
        }
    }

    /// Whether work has been due for so long that it goes before messages.
    pub fn work_has_waited(&self) -> bool {
        self.state == State::Open && self.session.as_ref().is_some_and(Session::work_has_waited)
    }

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
        let out = self.session.as_mut().map(Session::take_out).unwrap_or_default();
        for mut message in self.replies.drain(..).chain(out) {
            match &mut message {
                Message::Request(request) => self.spellings.write(&mut request.params),
                Message::Notification(notification) => self.spellings.write(&mut notification.params),
                Message::Response(response) => {
                    if let Ok(result) = &mut response.response_result {
                        self.spellings.write(result);
                    }
                }
            }
            transport::write(output, &message)?;
        }
        self.spellings.settle();
        Ok(())
    }

    fn refuse(&mut self, id: RequestId, refusal: Refusal) {
        self.replies.push(Response::new_err(id, refusal.code as i32, refusal.why).into());
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, mut params } = request;
        self.spellings.read(&method, &mut params);
        let refusal = |code, why: &str| Err(Refusal { code, why: why.to_owned() });
        let answer = match (self.state, &mut self.session) {
            _ if self.withdrawn.holds(&id) => Err(Refusal::withdrawn()),
            (State::New, _) if method == requests::Initialize::METHOD => self.initialize(params),
            (State::New, _) => refusal(ErrorCode::ServerNotInitialized, "the server is not initialized"),
            (State::Open, _) if method == requests::Initialize::METHOD => {
                refusal(ErrorCode::InvalidRequest, "the server is initialized already")
            }
            (State::Open, Some(session)) if method == requests::Shutdown::METHOD => {
                session.withdraw_all();
                self.state = State::Closing;
                self.said_goodbye = true;
                Ok(Value::Null)
            }
            (State::Open, Some(session)) if method == requests::WorkspaceDiagnosticRequest::METHOD => {
                match read(params) {
                    Ok(params) => {
                        guarded(|| session.survey(id, params));
                        return;
                    }
                    Err(refusal) => Err(refusal),
                }
            }
            (State::Open, Some(session)) => {
                session.answering = Some(id.clone());
                let answer = guarded(|| answer(session, &method, params));
                session.answering = None;
                answer.unwrap_or_else(|| refusal(ErrorCode::InternalError, "internal error"))
            }
            _ => refusal(ErrorCode::InvalidRequest, "the client said that it would go"),
        };
        match answer {
            Ok(result) => self.replies.push(Response { id, response_result: Ok(result) }.into()),
            Err(refusal) => self.refuse(id, refusal),
        }
    }

    fn initialize(&mut self, mut params: Value) -> Result<Value, Refusal> {
        let strange = leave_out_strange_folders(&mut params);
        let params: InitializeParams = read(params)?;
        let mut session = Session::new(&params, self.withdrawn.clone());
        for folder in strange {
            session.log(MessageType::WARNING, format!("a folder is left aside: `{folder}` is not an address"));
        }
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
        let Notification { method, mut params } = notification;
        self.spellings.read(&method, &mut params);
        if let (State::Open, Some(session)) = (self.state, &mut self.session) {
            guarded(|| notifications::take(session, &method, params));
        }
    }
}

/// Takes out the folders whose addresses make no sense, and gives these: the server is of use without them.
fn leave_out_strange_folders(params: &mut Value) -> Vec<String> {
    let strange = |address: &Value| Some(address.as_str()?.to_owned()).filter(|text| text.parse::<Uri>().is_err());
    let mut found = Vec::new();
    if let Some(folders) = params.get_mut("workspaceFolders").and_then(Value::as_array_mut) {
        folders.retain(|folder| {
            let strange = folder.get("uri").and_then(strange);
            found.extend(strange.clone());
            strange.is_none()
        });
    }
    if let Some(root) = params.get_mut("rootUri")
        && let Some(address) = strange(root)
    {
        found.push(address);
        *root = Value::Null;
    }
    found
}

/// Answers a request.
fn answer(session: &mut Session, method: &str, params: Value) -> Result<Value, Refusal> {
    match method {
        requests::DocumentDiagnosticRequest::METHOD => with(session, params, publish::document),
        requests::CodeActionRequest::METHOD => with(session, params, actions::actions),
        requests::CodeActionResolveRequest::METHOD => with(session, params, actions::resolve),
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

pub fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::params(error.to_string()))
}

/// Does something in which a bug must not end the conversation. What it was is on standard error.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use lsp_types::notification::{Cancel, Notification as _};
    use serde_json::json;

    use super::*;

    /// What is answered to messages that all arrived before the first is taken in.
    fn answers(messages: &[Value]) -> String {
        let framed = |message: &Value| format!("Content-Length: {}\r\n\r\n{message}", message.to_string().len());
        let stream: String = messages.iter().map(framed).collect();
        let (incoming, withdrawn) = transport::read_in_background(io::Cursor::new(stream));
        let arrived: Vec<Incoming> = incoming.iter().collect();
        let mut server = Server::new(withdrawn);
        let mut output = Vec::new();
        for incoming in arrived {
            server.take(incoming, &mut output).unwrap();
        }
        server.flush(&mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_request_that_is_withdrawn_is_not_worked_on() {
        let request = |id: &str, method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        let cancel = json!({ "jsonrpc": "2.0", "method": Cancel::METHOD, "params": { "id": "x" } });
        let hover = || json!({ "textDocument": { "uri": "untitled:a" }, "position": { "line": 0, "character": 0 } });
        let said = answers(&[
            request("a", requests::Initialize::METHOD, json!({ "capabilities": {} })),
            request("x", requests::HoverRequest::METHOD, hover()),
            request("y", requests::HoverRequest::METHOD, hover()),
            cancel,
        ]);
        let answer =
            |id: &str| said.split("Content-Length").find(|one| one.contains(&format!("\"id\":\"{id}\""))).unwrap();
        assert!(answer("x").contains("-32800"), "{said}");
        assert!(!answer("y").contains("-32800"), "{said}");
    }
}
