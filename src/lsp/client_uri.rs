//! Addresses as clients write them.
//!
//! Not every client encodes an address as RFC 3986 has it: some leave brackets, blanks or letters beyond ASCII as they are.
//! Inside, an address is always a legal one. What comes in is made legal, and what goes out is written as the client wrote it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lsp_types::Uri;
use serde_json::Value;

/// How one client spells the addresses that it does not encode.
#[derive(Debug, Default)]
pub struct Spellings {
    /// Its open texts, by their legal addresses.
    texts: BTreeMap<String, String>,
    /// Its folders, the same way.
    folders: BTreeMap<String, String>,
    /// Texts that were closed, and of which something may still be sent.
    closed: Vec<String>,
}

impl Spellings {
    /// Makes the addresses of a message legal, as far as they can be made so.
    pub fn read(&mut self, method: &str, params: &mut Value) {
        let strange = &mut |legal: &str, written: String| match method {
            "textDocument/didOpen" => _ = self.texts.insert(legal.to_owned(), written),
            "textDocument/didClose" => self.closed.push(legal.to_owned()),
            "initialize" | "workspace/didChangeWorkspaceFolders" => {
                self.folders.insert(legal.to_owned(), written);
            }
            _ => {}
        };
        each(params, &mut |address| {
            if address.parse::<Uri>().is_ok() {
                return;
            }
            let legal = encoded(address);
            if legal.parse::<Uri>().is_ok() {
                strange(&legal, std::mem::replace(address, legal.clone()));
            }
        });
    }

    /// Writes the addresses of a message as the client does.
    pub fn write(&self, message: &mut Value) {
        if !self.texts.is_empty() || !self.folders.is_empty() {
            each(message, &mut |address| {
                if let Some(written) = self.written(address) {
                    *address = written;
                }
            });
        }
    }

    /// Forgets the texts that were closed, once everything about them is sent.
    pub fn settle(&mut self) {
        for legal in self.closed.drain(..) {
            self.texts.remove(&legal);
        }
    }

    fn written(&self, address: &str) -> Option<String> {
        let below = |(legal, written): (&String, &String)| {
            let rest = address.strip_prefix(&**legal)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{written}{rest}"))
        };
        // The innermost of several folders comes last.
        self.texts.get(address).cloned().or_else(|| self.folders.iter().rev().find_map(below))
    }
}

/// Calls `visit` with every address of a message: the protocol has them under `uri` and names that end so, as `target` of a
/// link, and as the keys of `changes`.
fn each(value: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, visit)),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match member {
                    Value::String(address) if key == "uri" || key.ends_with("Uri") || key == "target" => visit(address),
                    Value::Object(changes) if key == "changes" => {
                        let renamed = std::mem::take(changes).into_iter().map(|(mut address, mut edits)| {
                            visit(&mut address);
                            each(&mut edits, visit);
                            (address, edits)
                        });
                        *changes = renamed.collect();
                    }
                    other => each(other, visit),
                }
            }
        }
        _ => {}
    }
}

/// The address with everything encoded that may not stand in one.
fn encoded(address: &str) -> String {
    let mut legal = String::with_capacity(address.len());
    for (at, letter) in address.char_indices() {
        let digits = |count: usize| address.as_bytes().get(at + 1..at + 1 + count);
        let keeps = match letter {
            '%' => digits(2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            _ => letter.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(letter),
        };
        if keeps {
            legal.push(letter);
        } else {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(legal, "%{byte:02X}");
            }
        }
    }
    legal
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_may_not_stand_in_an_address_is_encoded() {
        for (written, legal) in [
            ("file:///a/[id]/m.yaml", "file:///a/%5Bid%5D/m.yaml"),
            ("file:///a b/日.yaml", "file:///a%20b/%E6%97%A5.yaml"),
            ("file:///a%20b/%zz/%", "file:///a%20b/%25zz/%25"),
            ("file:///a\\b^|`{}", "file:///a%5Cb%5E%7C%60%7B%7D"),
        ] {
            assert_eq!(encoded(written), legal);
            assert!(legal.parse::<Uri>().is_ok(), "{legal}");
        }
    }

    #[test]
    fn a_client_gets_its_own_spelling() {
        let mut spellings = Spellings::default();
        let mut folder = json!({ "rootUri": "file:///[w]" });
        spellings.read("initialize", &mut folder);
        let mut open = json!({ "textDocument": { "uri": "file:///[w]/a%20b/{m}.yaml", "text": "uri" } });
        spellings.read("textDocument/didOpen", &mut open);
        assert_eq!(open["textDocument"]["uri"], "file:///%5Bw%5D/a%20b/%7Bm%7D.yaml");
        let mut sent = json!({ "changes": {
            "file:///%5Bw%5D/a%20b/%7Bm%7D.yaml": [],
            "file:///%5Bw%5D/%7Bother%7D.yaml": [],
            "file:///else.yaml": [],
        } });
        spellings.write(&mut sent);
        let keys: Vec<&String> = sent["changes"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["file:///[w]/%7Bother%7D.yaml", "file:///[w]/a%20b/{m}.yaml", "file:///else.yaml"]);
        spellings.read("textDocument/didClose", &mut json!({ "uri": "file:///[w]/a%20b/{m}.yaml" }));
        assert_eq!(spellings.texts.len(), 1, "what is still to be sent about it goes to its own address");
        spellings.settle();
        assert_eq!(spellings.texts.len(), 0);
    }
}
