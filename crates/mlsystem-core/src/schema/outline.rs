//! Reads the declaration of a format: an outline of fields, one a line, deeper lines being the fields of the record above.
//!
//! The notation is explained at the top of `format.outline`. The build reads the declaration once and leaves the result in
//! the program as constants; what is read here lives as long as the program.

use std::fmt;

use super::{Definition, Field, FieldPath, Kind, Record, RecordId, Role, Schema, Type};
use crate::units::ScalarType;

/// What is wrong with a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for OutlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for OutlineError {}

/// Reads a declaration. The schema is leaked: a program reads a handful of declarations in its life.
pub fn read(text: &str) -> Result<Schema, OutlineError> {
    let [schema] = read_all([("manifest", text)])?;
    Ok(schema)
}

/// Reads the declarations of formats that share one table of records, each with the name of its documents. A later one
/// may say `like` of a place of the first.
pub fn read_all<const N: usize>(formats: [(&'static str, &str); N]) -> Result<[Schema; N], OutlineError> {
    let mut reader = Reader { records: Vec::new(), paths: Vec::new(), roles: Vec::new() };
    let mut read = Vec::with_capacity(N);
    for (document, text) in formats {
        let first = reader.records.len();
        let kinds = reader.format(text)?;
        read.push((document, first, reader.records.len() - first, kinds, reader.roles.split_off(0)));
    }
    let table: &'static [Record] = reader.records.into_iter().flatten().collect::<Vec<_>>().leak();
    let mut schemas = formats.map(|_| Schema::EMPTY);
    for (schema, (document, first, own, kinds, roles)) in schemas.iter_mut().zip(read) {
        let (numbers, kinds): (Vec<usize>, Vec<Definition>) = kinds.into_iter().unzip();
        let kinds = kinds.leak();
        *schema = Schema { table, root: RecordId(first as u16), own: own as u16, document, kinds, roles: roles.leak() };
        for (number, definition) in numbers.into_iter().zip(schema.kinds) {
            let places = definition.places.iter().chain(definition.given.iter().map(|(_, place)| place));
            if let Some(lost) = places.copied().find(|place| schema.type_at(*place).is_none()) {
                return Err(OutlineError::at(number, format!("there is no place `{}`", lost.text())));
            }
        }
    }
    Ok(schemas)
}

impl Reader {
    /// Reads one declaration, and gives what defines its names, each with its line.
    fn format(&mut self, text: &str) -> Result<Vec<(usize, Definition)>, OutlineError> {
        let lines = lines(text)?;
        let kinds_at = lines.iter().position(|line| line.indent == 0 && line.name == "kinds").unwrap_or(lines.len());
        let (fields, kinds) = lines.split_at(kinds_at);
        let root = RecordId(self.records.len() as u16);
        self.records.push(None);
        self.record(root, "", fields, 0)?;
        kinds.iter().skip(1).map(|line| Ok((line.number, definition(line)?))).collect()
    }
}

/// One line of the outline that declares something.
struct Line<'t> {
    number: usize,
    indent: usize,
    name: &'t str,
    marks: &'t str,
    of: &'t str,
    role: Option<Role>,
    meaning: &'t str,
}

fn lines(text: &str) -> Result<Vec<Line<'_>>, OutlineError> {
    let mut lines = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        let number = index + 1;
        let (code, meaning) = match raw.split_once('#') {
            Some((code, meaning)) => (code, meaning.trim()),
            None => (raw, ""),
        };
        let code = code.trim_end();
        if code.trim().is_empty() {
            continue;
        }
        let indent = code.len() - code.trim_start().len();
        let (key, of) = match code.trim().split_once(": ") {
            Some((key, of)) => (key, of.trim()),
            None => (code.trim(), ""),
        };
        let (of, role) = match of.split_once('@') {
            Some((of, mark)) => match Role::from_word(mark) {
                Some(role) => (of.trim_end(), Some(role)),
                None => return Err(OutlineError::at(number, format!("no mark `@{mark}`"))),
            },
            None => (of, None),
        };
        let name = key.trim_end_matches(['!', '*', '=']);
        if of.is_empty() && name != "kinds" {
            return Err(OutlineError::at(number, "a line is `name: type`"));
        }
        lines.push(Line { number, indent, name, marks: &key[name.len()..], of, role, meaning });
    }
    Ok(lines)
}

impl OutlineError {
    fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// Collects records while the outline is walked; a record is numbered before its fields are read.
struct Reader {
    records: Vec<Option<Record>>,
    paths: Vec<(&'static str, Type)>,
    roles: Vec<(Role, FieldPath)>,
}

impl Reader {
    /// Reads the fields of one record, which are `lines` at `indent` and what lies below them.
    fn record(&mut self, id: RecordId, path: &str, lines: &[Line<'_>], indent: usize) -> Result<(), OutlineError> {
        let mut fields = Vec::new();
        let mut short = None;
        let mut rest = lines;
        while let Some((line, after)) = rest.split_first() {
            if line.indent != indent {
                return Err(OutlineError::at(line.number, format!("expected {indent} blanks before `{}`", line.name)));
            }
            let below = after.iter().position(|next| next.indent <= indent).unwrap_or(after.len());
            let (children, next) = after.split_at(below);
            rest = next;
            let at = if path.is_empty() { line.name.to_owned() } else { format!("{path}.{}", line.name) };
            let of = self.field_type(line, &at, id, children)?;
            self.paths.push((leak(&at), of));
            if let Some(role) = line.role {
                if !role.fits(of) {
                    let message = format!("a field of the type `{}` cannot be `@{}`", line.of, role.word());
                    return Err(OutlineError::at(line.number, message));
                }
                self.roles.push((role, FieldPath::declared(leak(&values(at, of)))));
            }
            if line.marks.contains('=') {
                short = Some(fields.len() as u16);
            }
            fields.push(Field {
                name: leak(line.name),
                of,
                meaning: leak(line.meaning),
                demanded: line.marks.contains('!'),
                wanted: line.marks.contains('*'),
                role: line.role,
            });
        }
        let names = |field: &Field| field.demanded && !matches!(field.of, Type::List(_));
        let known_by = fields.iter().position(names).map(|index| index as u16);
        let demanded = (0_u16..).zip(&fields).filter(|(_, field)| field.demanded).map(|(number, _)| number);
        let demanded = demanded.collect::<Vec<_>>().leak();
        let record = Record { path: leak(path), fields: fields.leak(), short, known_by, demanded };
        self.records[id.0 as usize] = Some(record);
        Ok(())
    }

    fn field_type(
        &mut self,
        line: &Line<'_>,
        path: &str,
        around: RecordId,
        children: &[Line<'_>],
    ) -> Result<Type, OutlineError> {
        let mut types = TypeReader { reader: self, line, around, children, used: false };
        let of = types.alternatives(line.of, path)?;
        if !types.used && !children.is_empty() {
            return Err(OutlineError::at(
                line.number,
                format!("`{}` is no record, but has fields below it", line.name),
            ));
        }
        Ok(of)
    }
}

/// Reads the type of one line.
struct TypeReader<'r, 't> {
    reader: &'r mut Reader,
    line: &'r Line<'t>,
    around: RecordId,
    children: &'r [Line<'t>],
    used: bool,
}

impl TypeReader<'_, '_> {
    fn alternatives(&mut self, text: &str, path: &str) -> Result<Type, OutlineError> {
        let parts = split_outside_brackets(text, " | ");
        if let [one] = parts.as_slice() {
            return self.one(one, path);
        }
        let types = parts.into_iter().map(|part| self.one(part, path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Type::Either(types.leak()))
    }

    fn one(&mut self, text: &str, path: &str) -> Result<Type, OutlineError> {
        let text = text.trim();
        if let Some(inner) = bracketed(text, '[', ']') {
            let of = self.alternatives(inner, &format!("{path}[]"))?;
            return Ok(Type::List(leak_type(of)));
        }
        if let Some(inner) = bracketed(text, '{', '}') {
            let [key, value] = split_outside_brackets(inner, ": ")[..] else {
                return Err(self.error("a map is `{key: value}`"));
            };
            let key = self.alternatives(key, path)?;
            let value = self.alternatives(value, &format!("{path}.*"))?;
            return Ok(Type::Map(leak_type(key), leak_type(value)));
        }
        if let Some(inner) = bracketed(text, '(', ')') {
            let mut words: Vec<&'static str> = inner.split(',').map(|word| leak(word.trim())).collect();
            let open = words.last() == Some(&"…");
            if open {
                words.pop();
            }
            return Ok(Type::Words { words: words.leak(), open });
        }
        for (arrow, soft) in [("->", false), ("~>", true)] {
            if let Some(kinds) = text.strip_prefix(arrow) {
                let kinds = kinds
                    .split('/')
                    .map(|kind| {
                        Kind::from_word(kind.trim()).ok_or_else(|| self.error(&format!("no kind `{}`", kind.trim())))
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                return Ok(Type::Reference { kinds: kinds.leak(), soft });
            }
        }
        match text {
            "record" => self.record_below(path),
            "same" => Ok(Type::Record(self.around)),
            "any" => Ok(Type::Any),
            _ => match text.strip_prefix("like ") {
                Some(place) => self.like(place),
                None => ScalarType::from_word(text)
                    .map(Type::Scalar)
                    .ok_or_else(|| self.error(&format!("no type `{text}`"))),
            },
        }
    }

    fn record_below(&mut self, path: &str) -> Result<Type, OutlineError> {
        if self.used {
            return Err(self.error("one line can have one record below it"));
        }
        self.used = true;
        let id = RecordId(self.reader.records.len() as u16);
        self.reader.records.push(None);
        let indent = self.line.indent + 2;
        self.reader.record(id, path, self.children, indent)?;
        Ok(Type::Record(id))
    }

    fn like(&self, place: &str) -> Result<Type, OutlineError> {
        let found = self.reader.paths.iter().find(|(path, _)| *path == place);
        found.map(|(_, of)| *of).ok_or_else(|| self.error(&format!("no place `{place}` above this line")))
    }

    fn error(&self, message: &str) -> OutlineError {
        OutlineError::at(self.line.number, message)
    }
}

fn definition(line: &Line<'_>) -> Result<Definition, OutlineError> {
    let kind =
        Kind::from_word(line.name).ok_or_else(|| OutlineError::at(line.number, format!("no kind `{}`", line.name)))?;
    let mut places = Vec::new();
    let mut given = Vec::new();
    for part in line.of.split(',') {
        match part.split_once('=') {
            Some((name, place)) => given.push((leak(name.trim()), FieldPath::declared(leak(place.trim())))),
            None => places.push(FieldPath::declared(leak(part.trim()))),
        }
    }
    Ok(Definition { kind, places: places.leak(), given: given.leak() })
}

/// The place of the values of a map of maps; of other types that of the field.
fn values(path: String, of: Type) -> String {
    match of {
        Type::Map(_, of) => values(format!("{path}.*"), *of),
        _ => path,
    }
}

/// The text between `open` and `close` when they enclose all of it.
fn bracketed(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

/// The parts of `text` between separators that stand in no bracket.
fn split_outside_brackets<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut skip_to = 0;
    for (offset, letter) in text.char_indices() {
        if offset < skip_to {
            continue;
        }
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && text[offset..].starts_with(separator) => {
                parts.push(&text[start..offset]);
                start = offset + separator.len();
                skip_to = start;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn leak_type(of: Type) -> &'static Type {
    Box::leak(Box::new(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "\
name!: label  # what it is called
path: [record]
  step!: label
  p99: duration
  parallel: [same]
costs: {name: spend | price}
latency=: record
  p99: duration
other: like latency
words: [(a, b, …)]
ref: -> model/dataset

kinds
  model: costs, x = latency
";

    #[test]
    fn reads_every_construct() {
        let schema = read(SMALL).unwrap();
        let root = schema.record(Schema::ROOT);
        assert_eq!(root.fields.len(), 7);
        assert_eq!(root.short, Some(3));
        assert_eq!(root.known_by, Some(0));
        assert_eq!(root.field("name").unwrap().1.meaning, "what it is called");
        let Type::List(Type::Record(step)) = root.field("path").unwrap().1.of else { panic!() };
        assert_eq!(schema.record(*step).path, "path[]");
        let parallel = schema.record(*step).field("parallel").unwrap().1.of;
        assert!(matches!(parallel, Type::List(Type::Record(id)) if id == step));
        assert_eq!(schema.type_at(FieldPath::declared("other.p99")), Some(Type::Scalar(ScalarType::Duration)));
        assert_eq!(root.field("words").unwrap().1.of, Type::List(&Type::Words { words: &["a", "b"], open: true }));
        assert_eq!(schema.definition(Kind::Model).unwrap().given, [("x", FieldPath::declared("latency"))]);
    }

    #[test]
    fn fields_have_roles() {
        let text = "metrics: {name: record}\n  target: comparison  @target  # what to reach\n  better: text\n\
                    baselines: {name: {name: value}} @measured\n";
        let schema = read(text).unwrap();
        let roles = [(Role::Target, "metrics.*.target"), (Role::Measured, "baselines.*.*")];
        assert_eq!(schema.roles, roles.map(|(role, path)| (role, FieldPath::declared(path))));
        let (_, field) = schema.records()[1].with_role(Role::Target).unwrap();
        assert_eq!((field.name, field.meaning), ("target", "what to reach"));
    }

    #[test]
    fn says_which_line_is_wrong() {
        assert_eq!(read("a: nonsense").unwrap_err().to_string(), "line 1: no type `nonsense`");
        assert_eq!(read("a: text\n  b: text").unwrap_err().message, "`a` is no record, but has fields below it");
        assert_eq!(read("a: record\n    b: text").unwrap_err().line, 2);
        assert_eq!(read("a: like b").unwrap_err().message, "no place `b` above this line");
        let lost = read("a: {name: text}\n\nkinds\n  model: a\n  tool: b.c\n").unwrap_err();
        assert_eq!(lost.to_string(), "line 5: there is no place `b.c`");
        let lost = read("a: {name: text}\n\nkinds\n  model: a, x = b\n").unwrap_err();
        assert_eq!(lost.to_string(), "line 4: there is no place `b`");
        assert_eq!(read("a: text @nothing").unwrap_err().message, "no mark `@nothing`");
        assert_eq!(read("a: text @target").unwrap_err().message, "a field of the type `text` cannot be `@target`");
    }
}
