//! What the server knows between two messages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use lsp_types::{InitializeParams, MessageType, ShowMessageParams};
use serde::Serialize;
use serde_json::{Value, json};

use super::address;
use super::client::Client;
use super::documents::Documents;
use super::projects::Projects;
use super::settings::Settings;
use crate::check;
use crate::units;

/// The longest rest between two checks, for which edits are gathered.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

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
    pub pending: Pending,
    /// What was sent last for each file: the version of its text, and a digest of the diagnostics.
    pub sent: BTreeMap<String, (Option<i32>, String)>,
    /// The manifests below the folders, where they have been looked for.
    pub found: Option<Vec<PathBuf>>,
    out: Vec<Message>,
    asked: i32,
    waiting: BTreeMap<RequestId, fn(&mut Session, Value)>,
    told: String,
}

/// What is still to be checked.
#[derive(Debug, Default)]
pub struct Pending {
    /// The open manifests, the one that was edited first.
    pub names: Vec<String>,
    /// Whether other files have to be looked over after them.
    pub sweep: bool,
    due: Option<Instant>,
    /// How long to rest after a check, and since when.
    pause: Duration,
    finished: Option<Instant>,
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

    /// The request makes sense, and cannot be met.
    pub fn failed(why: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, why: why.into() }
    }
}

impl Session {
    /// A session with a client that has just said who it is.
    pub fn new(params: &InitializeParams) -> Self {
        let mut session = Self {
            client: Client::new(params),
            settings: Settings::default(),
            folders: folders(params),
            documents: Documents::default(),
            projects: Projects::default(),
            pending: Pending::default(),
            sent: BTreeMap::new(),
            found: None,
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
                self.projects.start_over();
                self.tell_of_strangers();
                self.check_everything(Duration::ZERO);
            }
            Err(why) => self.tell(MessageType::WARNING, &format!("the settings of mlsystem are left aside: {why}")),
        }
    }

    /// Tells of a name in the settings that is no lint, category or kind in any workspace that is open.
    fn tell_of_strangers(&mut self) {
        let wishes = self.settings.wishes();
        let mut unknown = self.settings.names();
        if unknown.is_empty() {
            return;
        }
        let mut roots = self.projects.roots(&self.documents);
        for folder in &self.folders {
            roots.push(self.projects.root_at(folder));
        }
        roots.push(None);
        let mut near = None;
        for root in roots {
            let Some(rules) = self.projects.at(root, &self.documents, &wishes).rules() else { return };
            let lints = &rules.lints.lints;
            unknown.retain(|name| !check::known(name, lints));
            near = unknown.first().and_then(|name| units::nearest(name, lints.iter().map(|lint| lint.name))).or(near);
        }
        if let Some(name) = unknown.first() {
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = format!("the settings of mlsystem name `{name}`, which is no lint, category or kind{near}");
            self.tell(MessageType::WARNING, &message);
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

    /// Asks the client to tell of changes on the disk, if it does so when asked.
    pub fn ask_for_watching(&mut self) {
        if self.client.watches {
            // Manifests, workspace files, lints and whatever bears out a claim, which may be called anything.
            let watchers = vec![json!({ "globPattern": "**/*" })];
            let registration = json!({
                "id": "mlsystem-files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            self.ask("client/registerCapability", json!({ "registrations": [registration] }), |_, _| {});
        }
    }

    /// Has a text checked soon, and after it all others, which its names may concern.
    pub fn check_soon(&mut self, name: &str) {
        let mut names = vec![name.to_owned()];
        names.extend(self.documents.iter().map(|(name, _)| name.to_owned()).filter(|other| other != name));
        self.pending.names = names;
        self.pending.sweep = true;
        let now = Instant::now();
        let rested = self.pending.finished.map_or(now, |finished| finished + self.pending.pause);
        self.pending.due = Some(rested.max(now));
    }

    /// Has everything that is open checked after a while.
    pub fn check_everything(&mut self, after: Duration) {
        self.pending.names = self.documents.iter().map(|(name, _)| name.to_owned()).collect();
        self.pending.sweep = true;
        self.pending.due = Some(Instant::now() + after);
    }

    /// How long to wait for messages before the next piece of work; none where there is no work.
    pub fn pause(&self) -> Option<Duration> {
        self.pending.due.map(|due| due.saturating_duration_since(Instant::now()))
    }

    /// Does one piece of the work that is pending.
    pub fn work(&mut self) {
        let started = Instant::now();
        if self.pending.names.is_empty() {
            self.pending.due = None;
            if std::mem::take(&mut self.pending.sweep) {
                self.sweep();
            }
            return;
        }
        let name = self.pending.names.remove(0);
        self.publish(&name);
        // An edit after a while is checked at once; of many in a row that take long to check, some are gathered.
        self.pending.pause = started.elapsed().min(LONGEST_PAUSE);
        self.pending.finished = Some(Instant::now());
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
        Some(folders) => folders.iter().filter_map(|folder| address::path_of(&folder.uri)).collect(),
        None => {
            let uri = uri.as_ref().and_then(address::path_of);
            uri.or_else(|| path.as_deref().map(Path::new).map(crate::workspace::absolute)).into_iter().collect()
        }
    }
}
