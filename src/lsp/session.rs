//! What the server knows between two messages.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{InitializeParams, LogMessageParams, MessageType, ShowMessageParams};
use serde::Serialize;
use serde_json::{Value, json};

use super::client::Client;
use super::documents::Documents;
use super::projects::Projects;
use super::queue::{Piece, Queue};
use super::settings::Settings;
use super::transport::Withdrawn;
use super::uri;
use super::workspace_diagnostics::Survey;
use crate::lint::Registry;

/// A client and what it has opened.
pub struct Session {
    /// What the client can do.
    pub client: Client,
    /// What its user set.
    pub settings: Settings,
    /// The folders that it has open.
    pub folders: Vec<PathBuf>,
    /// Its open texts.
    pub documents: Documents,
    /// The workspaces that they belong to.
    pub projects: Projects,
    /// What is still to be checked and sent.
    pub queue: Queue,
    /// The questions about everything that are still to be answered.
    pub surveys: VecDeque<Survey>,
    /// What was sent last for each file: the version of its text, and a digest of the diagnostics.
    pub sent: BTreeMap<String, (Option<i32>, String)>,
    /// The manifests below the folders, where they have been looked for.
    pub found: Option<Vec<PathBuf>>,
    /// Whether the client is ready to be asked for something.
    pub initialized: bool,
    /// What the client was asked to watch.
    pub watched: Vec<String>,
    /// The requests that were withdrawn.
    pub withdrawn: Withdrawn,
    /// The request that is being answered.
    pub answering: Option<RequestId>,
    out: Vec<Message>,
    asked: i32,
    waiting: BTreeMap<RequestId, fn(&mut Session, Value)>,
    told: String,
}

/// Why a request is not answered.
#[derive(Debug)]
pub struct Refusal {
    /// The sort of error.
    pub code: ErrorCode,
    /// Why, for people.
    pub why: String,
}

impl Refusal {
    /// The request makes no sense.
    pub fn params(why: impl Into<String>) -> Self {
        Self { code: ErrorCode::InvalidParams, why: why.into() }
    }

    /// Nobody waits for the answer any more.
    pub fn withdrawn() -> Self {
        Self { code: ErrorCode::RequestCanceled, why: "the request was withdrawn".to_owned() }
    }

    /// The request makes sense, and cannot be met.
    pub fn failed(why: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, why: why.into() }
    }
}

impl Session {
    /// A session with a client that has just said who it is.
    pub fn new(params: &InitializeParams, withdrawn: Withdrawn) -> Self {
        let mut session = Self {
            client: Client::new(params),
            settings: Settings::default(),
            folders: folders(params),
            documents: Documents::default(),
            projects: Projects::default(),
            queue: Queue::default(),
            surveys: VecDeque::new(),
            sent: BTreeMap::new(),
            found: None,
            initialized: false,
            watched: Vec::new(),
            withdrawn,
            answering: None,
            out: Vec::new(),
            asked: 0,
            waiting: BTreeMap::new(),
            told: String::new(),
        };
        session.set(params.initialization_options.as_ref().unwrap_or(&Value::Null));
        session
    }

    /// Takes settings from the client. Wrong ones are told of and leave everything as it is.
    pub fn set(&mut self, value: &Value) {
        match Settings::read(value, self.folders.first().map(PathBuf::as_path)) {
            Ok(settings) => {
                self.settings = settings;
                self.projects.reset();
                self.tell_of_strangers();
                self.check_everything(Duration::ZERO);
            }
            Err(why) => self.tell(MessageType::WARNING, &format!("the settings of mlsystem are left aside: {why}")),
        }
    }

    /// Tells of a name in the settings that is no lint, category or kind in any workspace that is open, and of names that
    /// are not to be written any more.
    fn tell_of_strangers(&mut self) {
        let request = self.settings.request();
        let mut unknown = self.settings.names();
        if unknown.is_empty() {
            return;
        }
        let mut roots = self.projects.roots(&self.documents);
        for folder in &self.folders {
            roots.push(self.projects.root_at(folder));
        }
        roots.push(None);
        let (mut near, mut remarks) = (None, BTreeSet::new());
        for root in roots {
            let Some(rules) = self.projects.at(root, &self.documents, &request).rules() else { return };
            let lints = rules.lints.lints();
            let registry = Registry::of(lints);
            remarks.extend(unknown.iter().filter_map(|name| registry.remark(name)).map(|remark| remark.line()));
            unknown.retain(|name| registry.named(name).is_none());
            let nearest = |name: &String| registry.nearest(name).map(str::to_owned);
            near = unknown.first().and_then(nearest).or(near);
        }
        if let Some(name) = unknown.first() {
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message =
                format!("the settings of mlsystem name `{name}`, which is not a lint, category or kind{near}");
            self.tell(MessageType::WARNING, &message);
        }
        for remark in remarks {
            self.tell(MessageType::INFO, &format!("the settings of mlsystem: {remark}"));
        }
    }

    /// Asks the client for its settings, if it can be asked.
    pub fn ask_for_settings(&mut self) {
        if self.client.settings {
            let params = json!({ "items": [{ "section": "mlsystem" }] });
            self.ask("workspace/configuration", params, |session, answer| {
                if let Some(value) = answer.get(0).filter(|value| !value.is_null()) {
                    session.set(value);
                }
            });
        }
    }

    /// Has a text checked soon, and after it all others, which its names may concern.
    pub fn check_soon(&mut self, name: &str) {
        let others = self.documents.iter().map(|(name, _)| name.to_owned());
        self.queue.text(name, others);
    }

    /// Has everything that is open checked after a while.
    pub fn check_everything(&mut self, after: Duration) {
        self.queue.everything(self.documents.iter().map(|(name, _)| name.to_owned()), after);
    }

    /// How long to wait for messages before the next piece of work; none where there is no work.
    pub fn pause(&self) -> Option<Duration> {
        if self.surveys.is_empty() { self.queue.pause() } else { Some(Duration::ZERO) }
    }

    /// Whether work has been due for so long that it goes before messages.
    pub fn work_has_waited(&self) -> bool {
        let surveys = self.surveys.front().map(Survey::due);
        self.queue.due().into_iter().chain(surveys).min().is_some_and(|due| self.queue.goes_first(due))
    }

    /// Does one piece of the work that is pending: a check of an open text before a part of a survey.
    pub fn work(&mut self) {
        let started = Instant::now();
        if self.queue.pause().is_some_and(|pause| pause.is_zero()) {
            match self.queue.take() {
                Some(Piece::Text(name)) => self.publish(&name),
                Some(Piece::Others) => self.publish_others(),
                None => {}
            }
        } else {
            self.go_on_with_survey();
        }
        self.queue.done(started.elapsed());
    }

    /// Answers a request that was put off.
    pub fn reply(&mut self, id: RequestId, answer: Result<Value, Refusal>) {
        self.out.push(match answer {
            Ok(result) => Response { id, response_result: Ok(result) }.into(),
            Err(refusal) => Response::new_err(id, refusal.code as i32, refusal.why).into(),
        });
    }

    /// Writes a message into the log of the client.
    pub fn log(&mut self, typ: MessageType, message: String) {
        self.notify("window/logMessage", LogMessageParams { typ, message });
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.out.push(Notification { method: method.to_owned(), params }.into());
    }

    /// Asks the client for something; `then` gets the result, unless the client refuses.
    pub fn ask(&mut self, method: &str, params: impl Serialize, then: fn(&mut Session, Value)) {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        let params = serde_json::to_value(params).unwrap_or_default();
        self.waiting.insert(id.clone(), then);
        self.out.push(Request { id, method: method.to_owned(), params }.into());
    }

    /// Takes the answer to something that was asked.
    pub fn answered(&mut self, id: &RequestId, result: Option<Value>) {
        if let (Some(then), Some(result)) = (self.waiting.remove(id), result) {
            then(self, result);
        }
    }

    /// Shows people a message; the same one is not shown twice in a row.
    pub fn tell(&mut self, typ: MessageType, message: &str) {
        if self.told != message {
            self.told = message.to_owned();
            self.notify("window/showMessage", ShowMessageParams { typ, message: message.to_owned() });
        }
    }

    /// What is to be sent.
    pub fn take_out(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.out)
    }
}

/// The folders that a client has open: none, one or several.
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    #[allow(deprecated, reason = "old clients say no more than this")]
    let (uri, path) = (&params.root_uri, &params.root_path);
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| uri::path_of(&folder.uri)).collect(),
        None => {
            let uri = uri.as_ref().and_then(uri::path_of);
            uri.or_else(|| path.as_deref().map(Path::new).map(crate::workspace::absolute)).into_iter().collect()
        }
    }
}
