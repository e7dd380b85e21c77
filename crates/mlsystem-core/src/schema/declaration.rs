//! Which places the outlines declare, for the compiler: outlines are searched in constant expressions.

use super::FieldPath;

/// An outline as the compiler sees it.
#[derive(Debug, Clone, Copy)]
pub struct Declaration {
    text: &'static str,
    lines: &'static [Line],
}

/// A line that declares a field, by offsets in the outline.
#[derive(Debug, Clone, Copy)]
struct Line {
    indent: usize,
    name: (usize, usize),
    of: (usize, usize),
}

/// Declares the constants of the outlines.
macro_rules! declarations {
    ($($(#[$meta:meta])* $name:ident $file:literal;)*) => {
        $(
            $(#[$meta])*
            pub const $name: Declaration = {
                const TEXT: &str = include_str!($file);
                const LINES: [Line; declaring(TEXT)] = lines(TEXT);
                Declaration { text: TEXT, lines: &LINES }
            };
        )*
    };
}

declarations! {
    /// Manifests.
    MANIFEST "format.outline";
    /// Workspace files.
    WORKSPACE "workspace.outline";
    /// What the files of a repository say.
    EVIDENCE "evidence.outline";
    /// The front matter of lint files.
    LINT "../lint/form.outline";
}

impl Declaration {
    /// The place `path`. Panics with `complaint` where there is none, which in a constant stops the build.
    #[doc(hidden)]
    pub const fn place(self, path: &'static str, complaint: &str) -> FieldPath {
        if !self.has(path) {
            panic!("{}", complaint);
        }
        FieldPath::declared(path)
    }

    /// Whether the outline declares `path`. Of a line that is `like` another place, that place is to be named itself.
    pub const fn has(self, path: &str) -> bool {
        let (outline, path) = (self.text.as_bytes(), path.as_bytes());
        // The lines of the record that the path has come to.
        let (mut from, mut to, mut indent) = (0, self.lines.len(), 0);
        // The brackets of the last line that the path has not gone into yet.
        let (mut maps, mut lists) = (0, 0);
        let mut start = 0;
        loop {
            let mut end = start;
            while end < path.len() && path[end] != b'.' {
                end += 1;
            }
            let items = end - start > 2 && path[end - 2] == b'[' && path[end - 1] == b']';
            let key = (start, if items { end - 2 } else { end });
            if key.1 - key.0 == 1 && path[key.0] == b'*' {
                if maps == 0 {
                    return false;
                }
                maps -= 1;
            } else {
                let line = self.line(from, to, indent, path, key);
                if maps + lists > 0 || line == to {
                    return false;
                }
                let of = self.lines[line].of;
                (maps, lists) = (count(outline, of, b'{'), count(outline, of, b'['));
                if !holds(outline, of, b"same") {
                    from = line + 1;
                    indent += 2;
                    let mut next = from;
                    while next < to && self.lines[next].indent >= indent {
                        next += 1;
                    }
                    to = next;
                }
            }
            if items {
                if lists == 0 {
                    return false;
                }
                lists -= 1;
            }
            if end == path.len() {
                return true;
            }
            start = end + 1;
        }
    }

    /// The line that declares a key, among those from `from` to `to`; `to` where none does.
    const fn line(self, from: usize, to: usize, indent: usize, path: &[u8], key: (usize, usize)) -> usize {
        let mut line = from;
        while line < to {
            let declared = self.lines[line];
            if declared.indent == indent && same(self.text.as_bytes(), declared.name, path, key) {
                return line;
            }
            line += 1;
        }
        to
    }
}

/// How many lines of an outline declare a field.
const fn declaring(text: &str) -> usize {
    let (bytes, mut at, mut found) = (text.as_bytes(), 0, 0);
    while at < bytes.len() {
        let (line, next) = line_at(bytes, at);
        if ends_fields(bytes, at) {
            break;
        }
        found += line.is_some() as usize;
        at = next;
    }
    found
}

/// The lines of an outline that declare a field.
const fn lines<const N: usize>(text: &str) -> [Line; N] {
    let mut lines = [Line { indent: 0, name: (0, 0), of: (0, 0) }; N];
    let (bytes, mut at, mut found) = (text.as_bytes(), 0, 0);
    while found < N {
        let (line, next) = line_at(bytes, at);
        if let Some(line) = line {
            lines[found] = line;
            found += 1;
        }
        at = next;
    }
    lines
}

/// The field that the line at an offset declares, if it does, and where the next line begins.
const fn line_at(bytes: &[u8], start: usize) -> (Option<Line>, usize) {
    let mut name = start;
    while name < bytes.len() && bytes[name] == b' ' {
        name += 1;
    }
    let mut named = name;
    while named < bytes.len() && !matches!(bytes[named], b'!' | b'*' | b'=' | b':' | b'#' | b'\r' | b'\n') {
        named += 1;
    }
    let mut of = named;
    while of < bytes.len() && matches!(bytes[of], b'!' | b'*' | b'=' | b':') {
        of += 1;
    }
    let mut ended = of;
    while ended < bytes.len() && !matches!(bytes[ended], b'#' | b'@' | b'\r' | b'\n') {
        ended += 1;
    }
    let mut next = ended;
    while next < bytes.len() && bytes[next] != b'\n' {
        next += 1;
    }
    let declares = named > name && of > named;
    let line = if declares { Some(Line { indent: name - start, name: (name, named), of: (of, ended) }) } else { None };
    (line, next + 1)
}

/// Whether the block `kinds`, which declares no fields, begins at an offset.
const fn ends_fields(bytes: &[u8], start: usize) -> bool {
    let kinds = b"kinds\n";
    start + kinds.len() <= bytes.len() && same(bytes, (start, start + kinds.len()), kinds, (0, kinds.len()))
}

const fn same(a: &[u8], (a_start, a_end): (usize, usize), b: &[u8], (b_start, b_end): (usize, usize)) -> bool {
    if a_end - a_start != b_end - b_start {
        return false;
    }
    let mut offset = 0;
    while a_start + offset < a_end {
        if a[a_start + offset] != b[b_start + offset] {
            return false;
        }
        offset += 1;
    }
    true
}

const fn count(bytes: &[u8], (start, end): (usize, usize), wanted: u8) -> usize {
    let (mut at, mut found) = (start, 0);
    while at < end {
        found += (bytes[at] == wanted) as usize;
        at += 1;
    }
    found
}

const fn holds(bytes: &[u8], (start, end): (usize, usize), word: &[u8]) -> bool {
    let mut at = start;
    while at + word.len() <= end {
        if same(bytes, (at, at + word.len()), word, (0, word.len())) {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::{OUTLINES, Type, outline};
    use super::*;

    /// Every path of a type, at most three records deep below a record that holds itself.
    fn paths(schema: &super::super::Schema, of: Type, path: &str, depth: usize, found: &mut Vec<String>) {
        match of {
            Type::Record(id) if depth < 9 => {
                for field in schema.record(id).fields {
                    let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                    found.push(path.clone());
                    paths(schema, field.of, &path, depth + 1, found);
                }
            }
            Type::List(of) => {
                found.push(format!("{path}[]"));
                paths(schema, *of, &format!("{path}[]"), depth, found);
            }
            Type::Map(_, of) => {
                found.push(format!("{path}.*"));
                paths(schema, *of, &format!("{path}.*"), depth, found);
            }
            _ => {}
        }
    }

    #[test]
    fn the_compiler_finds_what_the_reader_reads() {
        let [manifest, workspace, evidence] = outline::read_all(OUTLINES).unwrap();
        let front_matter = outline::read(include_str!("../lint/form.outline")).unwrap();
        let formats = [(manifest, MANIFEST), (workspace, WORKSPACE), (evidence, EVIDENCE), (front_matter, LINT)];
        for (schema, declaration) in formats {
            let mut all = Vec::new();
            paths(&schema, Type::Record(schema.root), "", 0, &mut all);
            assert!(all.len() >= 30);
            for path in all.iter().filter(|path| !path.starts_with("externals.*.latency.")) {
                assert!(declaration.has(path), "{path}");
                let other = format!("{path}x");
                assert!(!declaration.has(&other) || all.contains(&other), "{other}");
            }
        }
    }

    #[test]
    fn what_is_not_declared_is_not_found() {
        for path in [
            "",
            "nothing",
            "models.version",
            "models[].version",
            "models.*.nothing",
            "serving.path.p99",
            "serving.path.*.p99",
            "serving.latency.*",
            "evaluation.baselines.*.*.*",
            "stakeholder",
            "kinds",
            ".name",
            "name.",
        ] {
            assert!(!MANIFEST.has(path), "{path}");
        }
        assert!(MANIFEST.has("serving.path[].parallel[].parallel[].p99"));
    }
}
