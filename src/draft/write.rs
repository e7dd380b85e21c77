//! Writes a page as YAML: keys in the order of the format, one source for what comes from one file, proposals and
//! questions as comments.

use super::builder::{Body, DraftBuilder, Entry};
use super::field_type::rank;
use crate::edit::{is_hidden, line_scalar, scalar};
use crate::schema::Schema;
use crate::secret::{is_masked, is_secret};
use crate::tree::DRAFT;

/// The column at which comments begin, where what they follow is no longer.
const COLUMN: usize = 36;

/// The widest line, in characters; a comment that would go beyond stands above.
const WIDTH: usize = 120;

/// The width at which comments of several lines are broken.
const WRAP: usize = 100;

/// The widest mapping that is written in one line.
const FLOW: usize = 96;

/// The longest comment, in characters.
const MAX_NOTE_CHARS: usize = 240;

/// The text of a page below a head, which is lines without their `#`.
pub fn text(page: &DraftBuilder, head: &[String]) -> String {
    let mut writer = Writer { schema: page.schema, out: String::new() };
    for line in head {
        writer.line(&format!("# {}", clean(line)));
    }
    let mut header = true;
    for entry in writer.sorted(&page.entries, &[]) {
        let deep = matches!(&entry.body, Body::Deeper(_));
        // A section stands apart; the lines of the header stand together.
        if deep || header {
            writer.out.push('\n');
        }
        header = deep;
        writer.entry(entry, &mut Vec::new(), &Around { indent: 0, mark: None, note: "" });
    }
    writer.out
}

struct Writer {
    schema: &'static Schema,
    out: String,
}

/// What lies around an entry.
struct Around<'a> {
    indent: usize,
    /// The column of the `#`, inside of a proposal.
    mark: Option<usize>,
    /// What was said of the whole, and is not said again of a part.
    note: &'a str,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// The entries in the order of the format; what has no order of its own stays as it came.
    fn sorted<'e>(&self, entries: &'e [Entry], path: &[&str]) -> Vec<&'e Entry> {
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by_key(|entry| (rank(self.schema, path, &entry.key), !entry.is_live()));
        sorted
    }

    fn entry<'e>(&mut self, entry: &'e Entry, path: &mut Vec<&'e str>, around: &Around<'_>) {
        let mark = around.mark.or((!entry.is_live()).then_some(around.indent));
        let begin = format!("{}{}:", lead(around.indent, mark), scalar(&entry.key));
        let Body::Deeper(deeper) = &entry.body else {
            let value = written(&entry.body);
            let said = entry.note == around.note || entry.names_its_file();
            let note = if said { "" } else { &*entry.note };
            let gap = if value.is_empty() { "" } else { " " };
            match &entry.body {
                Body::Several(texts) if begin.chars().count() + value.chars().count() >= WRAP => {
                    self.noted(&begin, note, around.indent, mark);
                    let lead = lead(around.indent + 2, mark);
                    texts.iter().for_each(|text| self.line(&format!("{lead}- {}", line_scalar(text))));
                }
                _ => self.noted(&format!("{begin}{gap}{value}"), note, around.indent, mark),
            }
            return;
        };
        let note = common(deeper).filter(|note| *note != around.note).unwrap_or_default();
        path.push(&entry.key);
        let sorted = self.sorted(deeper, path);
        // A section of its own has a line for each of its keys.
        let flow = flow(&sorted, mark.is_some()).filter(|_| around.indent > 0);
        match flow.filter(|flow| begin.chars().count() + flow.chars().count() < FLOW) {
            Some(flow) => {
                // One value that names its own file says enough.
                let said = sorted.iter().find(|entry| !entry.names_its_file()).map_or("", |entry| &*entry.note);
                let note = if said == around.note { "" } else { said };
                self.noted(&format!("{begin} {flow}"), note, around.indent, mark);
            }
            None => {
                self.noted(&begin, note, around.indent, mark);
                let note = if note.is_empty() { around.note } else { note };
                for inner in sorted {
                    self.entry(inner, path, &Around { indent: around.indent + 2, mark, note });
                }
            }
        }
        path.pop();
    }

    /// A line with its comment: behind it, or above it where the line would become too long.
    fn noted(&mut self, line: &str, note: &str, indent: usize, mark: Option<usize>) {
        let note = clean(note);
        if note.is_empty() {
            return self.line(line);
        }
        let length = line.chars().count();
        let pad = COLUMN.saturating_sub(length).max(2);
        if length + pad + 2 + note.chars().count() <= WIDTH {
            return self.line(&format!("{line}{}# {note}", " ".repeat(pad)));
        }
        let lead = lead(indent, mark.or(Some(indent)));
        // The mark of a draft stands on the line of its value, whatever is said above.
        let (note, line) = match note.strip_prefix(DRAFT) {
            Some(why) => (why.trim_start_matches(": ").to_owned(), &*format!("{line}{}# {DRAFT}", " ".repeat(pad))),
            None => (note, line),
        };
        for part in textwrap::wrap(&note, WRAP.saturating_sub(lead.len())) {
            self.line(&format!("{lead}{part}"));
        }
        self.line(line);
    }
}

/// The blanks before a line, with the `#` of a proposal at its column.
fn lead(indent: usize, mark: Option<usize>) -> String {
    match mark {
        Some(mark) => format!("{}# {}", " ".repeat(mark), " ".repeat(indent.saturating_sub(mark))),
        None => " ".repeat(indent),
    }
}

/// What all entries say of themselves, where it is one thing and there are two or more; proposals beside values speak for
/// themselves.
fn common(entries: &[Entry]) -> Option<&str> {
    let live = entries.iter().any(Entry::is_live);
    let mut notes = Vec::new();
    entries.iter().filter(|entry| entry.is_live() == live).for_each(|entry| entry.notes(live, &mut notes));
    let first = *notes.first()?;
    let same = notes.iter().all(|note| *note == first);
    (same && notes.len() > 1).then_some(first?)
}

/// The entries as a mapping in braces, where they are plain values that all come from one place, and none is a proposal
/// among others.
fn flow(entries: &[&Entry], commented: bool) -> Option<String> {
    let mut parts = Vec::with_capacity(entries.len());
    for entry in entries {
        if entry.note != entries[0].note
            || matches!(entry.body, Body::Deeper(_) | Body::Question)
            || (!entry.is_live() && !commented)
        {
            return None;
        }
        let value = match &entry.body {
            Body::One(text) => scalar(text),
            body => written(body),
        };
        parts.push(format!("{}: {value}", scalar(&entry.key)));
    }
    Some(format!("{{{}}}", parts.join(", ")))
}

fn written(body: &Body) -> String {
    match body {
        Body::One(text) => line_scalar(text),
        Body::Several(texts) => {
            format!("[{}]", texts.iter().map(|text| scalar(text)).collect::<Vec<_>>().join(", "))
        }
        Body::Question | Body::Deeper(_) => String::new(),
    }
}

/// A comment in one line, of letters that show themselves; none where it would give a secret away.
fn clean(note: &str) -> String {
    if is_masked(note) || is_secret(note) {
        return String::new();
    }
    let line = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = line.chars().filter(|letter| !is_hidden(*letter)).collect();
    if shown.chars().count() <= MAX_NOTE_CHARS {
        return shown;
    }
    let cut: String = shown.chars().take(MAX_NOTE_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}
