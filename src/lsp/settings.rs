//! What the client's user sets: the same words as the options of the command line.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use crate::check::{Level, Selection};
use crate::finding::Reader;
use crate::project::{CheckRequest, read_day};
use crate::units::Date;
use crate::workspace;

/// How documents are checked.
#[derive(Debug, Default)]
pub struct Settings {
    lints: Vec<PathBuf>,
    levels: Vec<(String, Level)>,
    selection: Selection,
    today: Option<Date>,
    reader: Option<Reader>,
}

/// The settings as they are written. What is not known here is for others.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawSettings {
    lints: Vec<PathBuf>,
    level: std::collections::BTreeMap<String, String>,
    select: Vec<String>,
    skip: Vec<String>,
    today: Option<String>,
    #[serde(rename = "for")]
    reader: Option<String>,
}

impl Settings {
    /// The settings in `value`, or in its member `mlsystem`; paths count from `root`. What is wrong is an error for people.
    pub fn read(value: &Value, root: Option<&std::path::Path>) -> Result<Self, String> {
        let value = value.get("mlsystem").unwrap_or(value);
        if value.is_null() {
            return Ok(Self::default());
        }
        // What nobody has set may come as nothing.
        let mut value = value.clone();
        if let Value::Object(members) = &mut value {
            members.retain(|_, member| !member.is_null());
        }
        let written: RawSettings = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let level = |(name, word): (String, String)| Ok::<_, String>((name, Level::read(&word)?));
        let reader = |word: String| {
            Reader::from_word(&word)
                .ok_or_else(|| format!("`{word}` is not a reader: write author, reviewer or auditor"))
        };
        let root = root.map(PathBuf::from).unwrap_or_default();
        Ok(Self {
            lints: written.lints.into_iter().map(|folder| root.join(folder)).collect(),
            levels: written.level.into_iter().map(level).collect::<Result<_, _>>()?,
            selection: Selection { select: written.select, skip: written.skip },
            today: written.today.as_deref().map(read_day).transpose()?,
            reader: written.reader.map(reader).transpose()?,
        })
    }

    /// The names of lints, categories and kinds that are written.
    pub fn names(&self) -> Vec<String> {
        let levels = self.levels.iter().map(|(name, _)| name);
        levels.chain(&self.selection.select).chain(&self.selection.skip).cloned().collect()
    }

    /// The same as whoever asks for a check says it.
    pub fn request(&self) -> CheckRequest {
        // Whoever starts the server looks at the day before, so that it can be told; later it stays right.
        let today = workspace::today(self.today).unwrap_or(Date::nearest(0));
        CheckRequest {
            lints: self.lints.clone(),
            levels: Some(self.levels.clone()),
            selection: self.selection.clone(),
            today,
            outcomes: false,
            reader: self.reader,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_those_of_the_command_line() {
        let value = json!({"mlsystem": {"level": {"no-fallback": "off"}, "skip": ["fairness"], "path": "elsewhere"}});
        let settings = Settings::read(&value, None).unwrap();
        assert_eq!(settings.levels, [("no-fallback".to_owned(), Level::Off)]);
        assert_eq!(settings.request().selection.skip, ["fairness"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |value: Value| Settings::read(&value, None).unwrap_err();
        assert!(wrong(json!({"level": {"a": "bad"}})).contains("`bad` is not a level"));
        assert!(wrong(json!({"lints": 3})).contains("invalid type"));
        assert!(wrong(json!({"today": "soon"})).contains("`soon` is not a date"));
        assert!(Settings::read(&Value::Null, None).is_ok());
    }
}
