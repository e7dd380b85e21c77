//! Values that stand for what only the author knows.

use crate::edit::YamlValue;
use crate::manifest::Manifest;
use crate::schema::{Field, Type};

/// A value of a type: an example of the field that it stands in, else one of the type. A strict reference names something
/// that the manifest defines; without such a thing there is none.
pub(super) fn sample(manifest: &Manifest, of: Type, meaning: &str) -> Option<YamlValue> {
    let scalar = |text: &str| Some(YamlValue::Scalar(text.to_owned()));
    match of {
        Type::Words { words, .. } => {
            example(meaning).filter(|one| words.contains(one)).or(words.first().copied()).and_then(scalar)
        }
        Type::Reference { kinds, soft: false } => {
            let defined = kinds.iter().find_map(|kind| manifest.names.of(*kind).find(|name| name.span.is_some()));
            defined.and_then(|name| scalar(&name.name))
        }
        Type::Reference { .. } => example(meaning).and_then(scalar),
        Type::Scalar(of) => example(meaning).or(of.examples().first().copied()).and_then(scalar),
        Type::List(of) => match of {
            Type::Record(_) | Type::Map(..) => sample(manifest, *of, meaning).map(|item| YamlValue::List(vec![item])),
            of => sample(manifest, *of, meaning),
        },
        Type::Either(types) => types.iter().find_map(|of| sample(manifest, *of, meaning)),
        Type::Record(id) => {
            let record = manifest.schema.record(id);
            let demanded: Vec<&Field> = record.fields.iter().filter(|field| field.demanded).collect();
            let short = record.short.map(|short| record.at(short)).or(record.fields.first());
            let fields = if demanded.is_empty() { short.into_iter().collect() } else { demanded };
            let entry = |field: &Field| Some((field.name.to_owned(), sample(manifest, field.of, field.meaning)?));
            fields.into_iter().map(entry).collect::<Option<Vec<_>>>().map(YamlValue::Map)
        }
        Type::Map(..) | Type::Any => None,
    }
}

/// The example in the meaning of a field.
fn example(meaning: &str) -> Option<&str> {
    let (_, rest) = meaning.split_once("e.g. \"")?;
    rest.split('"').next().filter(|text| !text.is_empty())
}

/// Puts samples in the place of gaps such as `<team>`, and names that the manifest defines in the place of those that it
/// does not. None where there is nothing to put there.
pub(super) fn fill(manifest: &Manifest, sketch: YamlValue, of: Type, meaning: &str) -> Option<YamlValue> {
    match (sketch, of) {
        (sketch, Type::Either(types)) => {
            let fits = |of: &&Type| match sketch {
                YamlValue::Map(_) => matches!(of, Type::Record(_) | Type::Map(..)),
                YamlValue::List(_) => matches!(of, Type::List(_)),
                YamlValue::Scalar(_) => !matches!(of, Type::Record(_) | Type::Map(..)),
            };
            match types.iter().find(fits) {
                Some(of) => fill(manifest, sketch, *of, meaning),
                None => Some(sketch),
            }
        }
        (YamlValue::Map(entries), Type::Record(id)) => {
            let record = manifest.schema.record(id);
            let filled = entries.into_iter().filter_map(|(key, value)| match record.field(&key) {
                Some((_, field)) => Some((key, fill(manifest, value, field.of, field.meaning)?)),
                None => Some((key, value)),
            });
            Some(YamlValue::Map(filled.collect())).filter(|map| *map != YamlValue::Map(Vec::new()))
        }
        (YamlValue::Map(entries), Type::Map(key_of, of)) => {
            let filled = entries.into_iter().filter_map(|(key, value)| {
                let key = match fill(manifest, YamlValue::Scalar(key), *key_of, "")? {
                    YamlValue::Scalar(key) => key,
                    _ => return None,
                };
                Some((key, fill(manifest, value, *of, meaning)?))
            });
            Some(YamlValue::Map(filled.collect())).filter(|map| *map != YamlValue::Map(Vec::new()))
        }
        (YamlValue::Map(entries), Type::List(of)) => fill(manifest, YamlValue::Map(entries), *of, meaning),
        (YamlValue::List(items), of) => {
            let of = if let Type::List(of) = of { *of } else { of };
            let mut filled: Vec<YamlValue> = Vec::new();
            for item in items.into_iter().filter_map(|item| fill(manifest, item, of, meaning)) {
                if !filled.contains(&item) {
                    filled.push(item);
                }
            }
            Some(YamlValue::List(filled)).filter(|list| *list != YamlValue::List(Vec::new()))
        }
        (YamlValue::Scalar(text), Type::List(of)) => fill(manifest, YamlValue::Scalar(text), *of, meaning),
        (YamlValue::Scalar(text), Type::Record(id)) => match manifest.schema.record(id).short {
            Some(short) => {
                let field = manifest.schema.record(id).at(short);
                fill(manifest, YamlValue::Scalar(text), field.of, field.meaning)
            }
            None => Some(YamlValue::Scalar(text)),
        },
        (YamlValue::Scalar(text), of) => {
            let dangling = match of {
                Type::Reference { kinds, soft: false } => {
                    let name = text.rsplit([':', '/']).next().unwrap_or_default();
                    let place = text.contains('.') && kinds.contains(&crate::schema::Kind::Field);
                    !place && manifest.names.find(name, kinds).is_none()
                }
                _ => false,
            };
            if gap(&text) || dangling { sample(manifest, of, meaning) } else { Some(YamlValue::Scalar(text)) }
        }
        (sketch, _) => Some(sketch),
    }
}

/// Whether a text stands for what only the author knows.
fn gap(text: &str) -> bool {
    text.contains('…') || text.contains('<') && text.contains('>')
}
