//! Values to put into a field: what fits somewhere in the format, and what fits nowhere.

use mlsystem::schema::{RecordId, Schema, Type};
use mlsystem::units::ScalarType;
use serde_json::{Map, Value, json};

/// A text that is too long for a label and for a name.
pub const LONG: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// Values that are tried in every field.
pub fn everywhere() -> Vec<Value> {
    let mut probes: Vec<Value> =
        ScalarType::all().flat_map(|kind| kind.examples().iter().map(|example| json!(example))).collect();
    probes.extend([
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(12),
        json!(-3),
        json!(0.5),
        json!(1.5),
        json!({}),
        json!([]),
        json!([null]),
        json!([[]]),
        json!([["a"]]),
        json!([12, "80ms"]),
        json!(["none", "a"]),
        json!({"none": "it is not stored"}),
        json!({"not_applicable": "it is not stored", "note": "really", "x-see": {"a": [1]}}),
        json!({"nobody": "it scores machines"}),
        json!({"none": null}),
        json!({"none": "TODO"}),
        json!({"none": ["it is not stored"]}),
        json!({"none": {"because": "it is not stored"}}),
        json!({"none": "it is not stored", "other": 1}),
        json!({"none": "a", "not_applicable": "b"}),
        json!({"surely_unknown": 1}),
        json!({"surely unknown": {"surely_unknown": {}}}),
        json!({"note": "nothing else", "link": ["docs/"], "x-own": 1}),
        json!([{"none": "it is not stored"}]),
        json!("two\nlines"),
        json!(LONG),
    ]);
    for text in [
        "",
        "  ",
        "none",
        "None",
        "N/A",
        "-",
        "not applicable",
        "TODO",
        "Unknown",
        "Lorem ipsum dolor sit amet",
        "?",
        "…",
        "none: it is not stored",
        "not_applicable: no",
        "nobody: it scores machines",
        "  80ms  ",
        "80 ms",
        "5min",
        "-5m",
        "101",
        "yes",
        "True",
        "note",
        "x-own",
        "model:eta-forecast/eta",
        "model: eta",
        "source:clicks",
        "nothing:clicks",
        "system:Home",
        "a/b/c",
        "a..b",
        "two words",
        "at most",
        "most 3",
        "> 3",
        "12k",
        "1_000",
        "0x10",
        ".5",
        "1e400",
        "/abs",
        "C:\\x",
        "C:/x",
        "back\\slash",
        "up 3",
        "kr",
        "en_US",
        "2026-02-30",
        "2026-02-01..2026-02-30",
        "3 QQQ",
        "3 QQQ/month",
        "QQ",
        "1s1h",
        "1.5h30m",
        "last 1s1h",
        "0.4..0.2",
        "2026-03-31..2025-01-01",
        "3..5ms",
        "200y",
        "0s",
        "150%",
        "99 99 * * *",
        "1.2345k",
    ] {
        probes.push(json!(text));
    }
    probes
}

/// Values that fit a type in each of its ways, and near misses of its words and keys.
pub fn fitting(schema: &Schema, of: Type) -> Vec<Value> {
    match of {
        Type::Record(id) => {
            let mut values = vec![whole(schema, id)];
            let mut wrong = whole(schema, id);
            wrong["surely_unknown"] = json!(1);
            values.push(wrong);
            for field in schema.record(id).fields.iter().filter(|field| field.demanded) {
                let mut less = whole(schema, id);
                less.as_object_mut().unwrap().remove(field.name);
                values.push(less);
            }
            let short = schema.record(id).short.map(|short| schema.record(id).at(short).of);
            values.extend(short.into_iter().flat_map(|of| fitting(schema, of)));
            values
        }
        Type::List(of) => {
            let one = fitting(schema, *of);
            let mut lists: Vec<Value> = one.iter().map(|value| json!([value])).collect();
            lists.extend(one.iter().zip(one.iter().skip(1)).map(|(a, b)| json!([a, b])));
            lists.extend(one.first().map(|value| json!([value, value])));
            lists.extend(one);
            lists
        }
        Type::Map(key, of) => {
            let keys = fitting(schema, *key).into_iter().chain(["note", "x-own", "none", "a b", "7d"].map(Value::from));
            let keys = keys.filter_map(|key| key.as_str().map(str::to_owned));
            let one = fitting(schema, *of);
            let mut maps: Vec<Value> = keys.map(|key| json!({key: one.first()})).collect();
            let key = fitting(schema, *key).first().and_then(|key| key.as_str().map(str::to_owned)).unwrap();
            maps.extend(one.into_iter().map(|value| json!({&key: value})));
            maps
        }
        Type::Either(types) => types.iter().flat_map(|of| fitting(schema, *of)).collect(),
        Type::Scalar(kind) => kind.examples().iter().map(|example| json!(example)).collect(),
        Type::Words { words, .. } => {
            let word = words.first().unwrap();
            let mut values: Vec<Value> = words.iter().map(|word| json!(word)).collect();
            values.extend([json!(word.to_uppercase()), json!(format!("{word}s")), json!("surely-unknown")]);
            values
        }
        Type::Reference { kinds, .. } => {
            let mut values = vec![json!("thing")];
            values.extend(kinds.iter().map(|kind| json!(format!("{}:there/thing", kind.word()))));
            values
        }
        Type::Any => vec![json!("anything")],
    }
}

/// A record with no more than its demanded fields.
pub fn whole(schema: &Schema, id: RecordId) -> Value {
    let demanded = schema.record(id).fields.iter().filter(|field| field.demanded);
    let mut record: Map<String, Value> =
        demanded.map(|field| (field.name.to_owned(), fitting(schema, field.of)[0].clone())).collect();
    record.insert("note".into(), "whole".into());
    Value::Object(record)
}
