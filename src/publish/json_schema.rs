//! The JSON Schema of a format, for editors and for validators that know nothing of this program.
//!
//! It admits what the reader reads without a finding of shape, and refuses what the reader refuses, as far as JSON Schema
//! can say it. It cannot say whether a name is defined, whether a day, country or currency exists, that units fall and
//! ends of ranges are in order, how a number was spelt, or that two words are the same after folding.

use serde_json::{Map, Value, json};

use super::scalars::{reference, reference_title, scalar, with_blanks};
use super::{place, sentence};
use crate::manifest::expected::wanted;
use crate::manifest::keys;
use crate::manifest::read::{SINGLE, may_be_decided_against};
use crate::manifest::undecided::{AFFECTS, none_words};
use crate::schema::{Field, Kind, Record, RecordId, Schema, Type};
use crate::units::{BARE_NONES, FILLER, PLACEHOLDERS, ScalarType};

/// A text that holds a placeholder: words between brackets, or a marker in capitals that stands alone.
const PLACEHOLDER_PART: &str =
    r#"[<‹][A-Za-zÀ-ɏ][^<>‹›]*[>›]|(?:^|[\s,;:(\["'])(?:TODO|TBD|FIXME|XXX)(?:$|[\s,;:)\]."'!(/])"#;

/// The JSON Schema (2020-12) of a manifest or workspace file. The same declaration gives the same bytes: keys stand in alphabetical order.
pub fn json_schema(schema: &Schema) -> Value {
    let mut writer = Writer { schema, definitions: Map::new() };
    let root = writer.record(schema.root);
    let mut document = Map::new();
    document.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    document
        .insert("$id".into(), format!("urn:mlsystem:{}:{}", schema.document.replace(' ', "-"), Schema::VERSION).into());
    document.insert("type".into(), "object".into());
    document.extend(root);
    document.insert("$defs".into(), Value::Object(writer.definitions));
    Value::Object(document)
}

/// Collects the definitions that other schemas refer to, each when it is first needed.
struct Writer<'s> {
    schema: &'s Schema,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    /// The schema of a mapping with declared keys.
    fn record(&mut self, id: RecordId) -> Map<String, Value> {
        let record = self.schema.record(id);
        let mut properties = Map::new();
        for field in record.fields {
            let value = self.field(id, field);
            properties.insert(field.name.into(), value);
        }
        let demanded: Vec<&str> = record.fields.iter().filter(|field| field.demanded).map(|field| field.name).collect();
        let mut schema = Map::new();
        schema.insert("title".into(), self.title(record).into());
        if !demanded.is_empty() {
            schema.insert("required".into(), demanded.into());
        }
        schema.insert("properties".into(), Value::Object(properties));
        schema.insert("patternProperties".into(), self.free_keys());
        schema.insert("additionalProperties".into(), false.into());
        schema
    }

    fn field(&mut self, id: RecordId, field: &Field) -> Value {
        let mut schema = Map::new();
        let description = describe(self.schema, field);
        if !description.is_empty() {
            schema.insert("description".into(), description.into());
        }
        let version = id == self.schema.root && field.name == self.schema.version_field();
        let mut values = if version {
            let quoted = with_blanks(&Schema::VERSION.to_string());
            vec![json!({"const": Schema::VERSION}), json!({"type": "string", "pattern": quoted})]
        } else {
            self.values(field.of)
        };
        if field.demanded && matches!(field.of, Type::Words { open: false, .. }) {
            // Nothing in the list of words is undecided.
            schema.extend(values.iter().filter_map(|value| Some(("enum".to_owned(), value.get("enum")?.clone()))));
            return Value::Object(schema);
        }
        if field.demanded {
            let undecided = self.undecided();
            if let Type::List(_) = field.of {
                values[0]["contains"] = json!({"not": undecided});
            }
            schema.insert("anyOf".into(), values.into());
            schema.insert("not".into(), undecided);
            return Value::Object(schema);
        }
        let against = may_be_decided_against(id, field).then_some(field.name);
        values.push(self.no_value(against));
        schema.insert("anyOf".into(), values.into());
        Value::Object(schema)
    }

    /// The ways in which a value of this type is written when it is decided, the usual one first.
    fn values(&mut self, of: Type) -> Vec<Value> {
        match of {
            Type::Record(id) => {
                let mut values = vec![self.mapping(id)];
                values.extend(self.short_form(id));
                values
            }
            Type::List(of) => {
                let mut list = Map::new();
                list.insert("type".into(), "array".into());
                list.insert("errorMessage".into(), format!("Expected {}.", self.wanted_list(*of)).into());
                let one = self.values(*of);
                let mut item = one.clone();
                item.push(json!({"allOf": [self.undecided(), {"not": {"type": "array"}}]}));
                list.insert("items".into(), json!({"anyOf": item}));
                if matches!(of, Type::Words { .. } | Type::Reference { soft: false, .. }) {
                    list.insert("uniqueItems".into(), true.into());
                }
                let mut values = vec![Value::Object(list)];
                values.extend(one);
                values
            }
            Type::Map(key, of) => vec![self.map(*key, *of)],
            Type::Either(types) => types.iter().flat_map(|of| self.alternative(*of)).collect(),
            Type::Scalar(kind) => vec![self.define(kind.word().to_owned(), || scalar(kind))],
            Type::Words { words, open } => {
                let mut values = vec![json!({"type": "string", "enum": words})];
                if open {
                    values.extend(self.values(Type::Scalar(ScalarType::Label)));
                }
                values
            }
            Type::Reference { soft: true, .. } => self.values(Type::Scalar(ScalarType::Label)),
            Type::Reference { kinds, soft: false } => {
                let mut values = vec![self.define(reference_title(kinds), || reference(kinds))];
                if kinds.contains(&Kind::Field) {
                    values.extend(self.alternative(Type::Scalar(ScalarType::Field)));
                }
                values
            }
            Type::Any => vec![json!({})],
        }
    }

    /// The same of one of several types: beside names, a place is what has a point or a bracket.
    fn alternative(&mut self, of: Type) -> Vec<Value> {
        match of {
            Type::Scalar(ScalarType::Field) => vec![json!({"allOf": [{"pattern": r"[.\[]"}, self.values(of)[0]]})],
            of => self.values(of),
        }
    }

    /// What may stand in place of a record, where that alone makes a whole one.
    fn short_form(&mut self, id: RecordId) -> Vec<Value> {
        let record = self.schema.record(id);
        let Some(short) = record.short else { return Vec::new() };
        let field = record.at(short);
        let whole = record.fields.iter().all(|other| !other.demanded || other.name == field.name);
        if whole { self.values(field.of) } else { Vec::new() }
    }

    /// A mapping of named items; of three of them, an item without a name may stand there.
    fn map(&mut self, key: Type, of: Type) -> Value {
        let mut keys = self.values(key);
        keys.push(json!({"pattern": free_pattern()}));
        let mut items = self.values(of);
        items.push(self.no_value(Some("")));
        let map = json!({
            "type": "object",
            "propertyNames": {"title": key_title(key), "anyOf": keys, "not": {"enum": none_words("")}},
            "patternProperties": self.free_keys(),
            "additionalProperties": {"anyOf": items},
        });
        let Type::Record(id) = of else { return map };
        let record = self.schema.record(id);
        if !SINGLE.iter().any(|(place, _)| place.holds_items_of(record.path)) {
            return map;
        }
        let fields: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
        let named = format!("^(?:{})$", fields.join("|"));
        json!({
            "type": "object",
            "if": {"not": {"patternProperties": {named: {"type": "object"}}}},
            "then": self.define_record(id),
            "else": map,
        })
    }

    /// Keys that every mapping accepts, and nobody reads.
    fn free_keys(&mut self) -> Value {
        let keys = keys::FREE.iter().map(|(key, meaning)| {
            let pattern = if key.ends_with('-') { format!("^{key}") } else { format!("^{key}$") };
            (pattern, json!({"description": sentence(meaning)}))
        });
        Value::Object(keys.collect())
    }

    /// What may stand in place of any value: nothing, and, for the field named, "none, because".
    fn no_value(&mut self, against: Option<&str>) -> Value {
        let undecided = self.undecided();
        let Some(field) = against else { return undecided };
        let against = self.against(field);
        let quoted = json!({"type": "string", "pattern": format!(r"^\s*(?:{}):", none_words(field).join("|"))});
        let name = if field == AFFECTS.text() { "no-value-or-nobody" } else { "no-value" };
        self.define(name.to_owned(), || json!({"anyOf": [against, quoted, undecided]}))
    }

    /// "None, because": a mapping with the reason.
    fn against(&mut self, field: &str) -> Value {
        let words = none_words(field);
        let name = if field == AFFECTS.text() { "decided-against-or-nobody" } else { "decided-against" };
        let reason = json!({"anyOf": [self.define("text".into(), || scalar(ScalarType::Text)), self.undecided()]});
        let free = self.free_keys();
        self.define(name.to_owned(), || {
            json!({
                "description": "Decided against, with the reason.",
                "type": ["object"],
                "properties": words.iter().map(|word| ((*word).to_owned(), reason.clone())).collect::<Map<_, _>>(),
                "oneOf": words.iter().map(|word| json!({"required": [word]})).collect::<Vec<_>>(),
                "patternProperties": free,
                "additionalProperties": false,
            })
        })
    }

    /// What stands where a decision has yet to come. Written as the negation of a decision, because editors propose what
    /// is written as itself.
    fn undecided(&mut self) -> Value {
        let decided = self.define("decided".into(), || {
            let mut words: Vec<String> = BARE_NONES.iter().chain(&PLACEHOLDERS).map(|word| any_case(word)).collect();
            words.push(any_case(FILLER) + r"[\s\S]*");
            json!({"not": {"anyOf": [
                {"type": "null"},
                {"type": "boolean", "not": {"const": true}},
                {"type": "object", "maxProperties": 0},
                {"type": "array", "maxItems": 0},
                {"type": "string", "pattern": format!(r"^\s*(?:{}|\?+)?\s*$", words.join("|"))},
                {"type": "string", "pattern": PLACEHOLDER_PART},
            ]}})
        });
        self.define("undecided".into(), || {
            json!({
                "description": "Undecided: nothing, a bare `none` without a reason, or a placeholder. A comment that begins \
                                with `# draft` on the line of a value or key makes a value undecided too.",
                "not": decided,
            })
        })
    }

    fn title(&self, record: &Record) -> String {
        match record.path {
            "" => format!("mlsystem {}", self.schema.document),
            path if path.ends_with("[]") || path.ends_with('*') => {
                let home = keys::shown_path(path);
                format!("one of {}", home.rsplit('.').next().unwrap_or(home))
            }
            path => path.rsplit('.').next().unwrap_or(path).to_owned(),
        }
    }

    /// What stands for a record, in words: a mapping, or the value of its short form.
    fn wanted_record(&self, record: &Record) -> String {
        match record.short.map(|short| record.at(short)) {
            Some(short) => format!("a mapping, or its `{}`: {}", short.name, wanted(short.of)),
            None => "a mapping".to_owned(),
        }
    }

    fn wanted_list(&self, of: Type) -> String {
        match of {
            Type::Record(id) => format!("a list, each item {}", self.wanted_record(self.schema.record(id))),
            of => format!("{}, or a list of such", wanted(of)),
        }
    }

    /// A mapping that is a record. The words for another value stand here and not at the record, where editors would show
    /// them for every wrong key too; and they show them only beside a list of types.
    fn mapping(&mut self, id: RecordId) -> Value {
        let wanted = self.wanted_record(self.schema.record(id));
        let mut mapping = self.define_record(id);
        mapping["type"] = json!(["object"]);
        mapping["errorMessage"] = format!("Expected {wanted}.").into();
        mapping
    }

    fn define_record(&mut self, id: RecordId) -> Value {
        let name = place(self.schema.record(id).path);
        let reference = json!({"$ref": format!("#/$defs/{name}")});
        if !self.definitions.contains_key(&name) {
            // The place is taken first, because a record may stand inside itself.
            self.definitions.insert(name.clone(), Value::Null);
            let record = self.record(id);
            self.definitions.insert(name, Value::Object(record));
        }
        reference
    }

    fn define(&mut self, name: String, schema: impl FnOnce() -> Value) -> Value {
        let reference = json!({"$ref": format!("#/$defs/{name}")});
        self.definitions.entry(name).or_insert_with(schema);
        reference
    }
}

fn key_title(key: Type) -> &'static str {
    match key {
        Type::Scalar(kind) => kind.word(),
        Type::Reference { kinds: [kind, ..], .. } => kind.word(),
        _ => "name",
    }
}

/// The meaning of a field, of its scalar type, and of its short form.
fn describe(schema: &Schema, field: &Field) -> String {
    let mut parts = vec![sentence(field.meaning)];
    match super::innermost(field.of) {
        Type::Scalar(kind) if kind.is_quantity() => parts.push(kind.meaning().to_owned()),
        Type::Record(id) => {
            let record = schema.record(id);
            if let Some(short) = record.short {
                parts.push(format!("A value alone is its `{}`.", record.at(short).name));
            }
        }
        _ => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn free_pattern() -> String {
    let keys = keys::FREE.map(|(key, _)| if key.ends_with('-') { key.to_owned() } else { format!("{key}$") });
    format!("^(?:{})", keys.join("|"))
}

/// A pattern for a word in any case.
fn any_case(word: &str) -> String {
    word.chars()
        .map(|letter| match letter {
            'a'..='z' => format!("[{letter}{}]", letter.to_ascii_uppercase()),
            '.' | '?' => format!("\\{letter}"),
            other => other.to_string(),
        })
        .collect()
}
