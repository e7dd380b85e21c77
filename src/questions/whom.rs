//! Whom a question goes to: who is named near its place, who answers for the system, who owns the files.

use crate::finding::Pointer;
use crate::manifest::{Item, Manifest, Value};
use crate::schema::{FieldPath, Record, Type, field_path};
use crate::units::ScalarType;

/// Somebody who may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name, as it is written.
    pub who: String,
    /// Where it is written.
    pub because: String,
}

/// The most people who are named.
const MAX_PEOPLE: usize = 3;

/// The sections about the people whom a system affects.
const ABOUT_PEOPLE: [&str; 3] = ["fairness", "explanations", "oversight"];

const OWNER: FieldPath = field_path!(manifest: "owner");
const STAKEHOLDERS: FieldPath = field_path!(manifest: "stakeholders");
const OBJECTIVES: FieldPath = field_path!(manifest: "objectives");
const FOR: FieldPath = field_path!(manifest: "objectives.*.for");

/// Who owns files of the repository.
pub trait Owners: std::fmt::Debug {
    /// The owners of the manifest itself, and the file that says so.
    fn of_manifest(&self) -> Option<(Vec<String>, String)>;
    /// The owners of another file, by its path as the manifest would write it.
    fn of_file(&self, path: &str) -> Option<(Vec<String>, String)>;
}

/// The names on the way to a place.
pub(super) fn names(pointer: &Pointer) -> Vec<String> {
    pointer.steps().iter().map(|step| step.text().into_owned()).collect()
}

/// Whom to ask about a place: teams that are named on the way to it, stakeholders that it is about, the owner of the
/// system, and the owners of the files that say something of it or of the manifest.
pub(super) fn to_ask(manifest: &Manifest, place: &[String], files: &[&str], owners: &dyn Owners) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut add = |who: &str, because: String| {
        let known = people.iter().any(|person| person.who == who);
        if !known && !who.is_empty() && !crate::secret::is_masked(who) {
            people.push(Person { who: who.to_owned(), because });
        }
    };
    for (path, item) in on_the_way(manifest, place).into_iter().rev() {
        for (field, team) in teams(manifest, item) {
            add(team, format!("`{path}.{field}`"));
        }
    }
    stakeholders(manifest, place, &mut add);
    if let Some(owner) = manifest.section(OWNER).filter(|owner| owner.decided()) {
        for name in ["person", "contact", "team"] {
            if let Some(said) = member(manifest, owner, name) {
                add(manifest.text(said), format!("`owner.{name}`"));
                break;
            }
        }
    }
    for (who, from) in files.iter().filter_map(|file| owners.of_file(file)).chain(owners.of_manifest()) {
        who.iter().take(2).for_each(|who| add(who, format!("`{from}`")));
    }
    people.truncate(MAX_PEOPLE);
    people
}

/// The records that are written on the way to a place, outermost first, without the document itself.
fn on_the_way<'m>(manifest: &'m Manifest, place: &[String]) -> Vec<(String, &'m Item)> {
    let mut here = &manifest.root;
    let mut found = Vec::new();
    for (index, name) in place.iter().enumerate() {
        let next = match &here.value {
            Value::Record(..) => member(manifest, here, name),
            Value::Map(_) => here.named(name).map(|named| &named.item),
            _ => None,
        };
        let Some(next) = next else { break };
        if matches!(next.value, Value::Record(..)) {
            found.push((place[..=index].join("."), next));
        }
        here = next;
    }
    found
}

fn member<'m>(manifest: &Manifest, item: &'m Item, name: &str) -> Option<&'m Item> {
    let Value::Record(id, _) = &item.value else { return None };
    let (field, _) = manifest.schema.record(*id).field(name)?;
    item.member(field).map(|member| &member.item).filter(|item| item.answered())
}

/// The teams that a record names, each with its field.
fn teams<'m>(manifest: &'m Manifest, item: &'m Item) -> Vec<(&'static str, &'m str)> {
    let Value::Record(id, members) = &item.value else { return Vec::new() };
    let record: &'static Record = manifest.schema.record(*id);
    let is_team = |of: Type| matches!(of, Type::Scalar(ScalarType::Team));
    let named = members.iter().filter(|member| is_team(record.at(member.field).of) && member.item.decided());
    named.map(|member| (record.at(member.field).name, manifest.text(&member.item))).collect()
}

/// Stakeholders that a place is about: the one itself, the one whose objective it is, and those who are affected.
fn stakeholders(manifest: &Manifest, place: &[String], add: &mut dyn FnMut(&str, String)) {
    let Some(Item { value: Value::Map(named), .. }) = manifest.section(STAKEHOLDERS) else { return };
    let [section, rest @ ..] = place else { return };
    let objective = || {
        let objective = &manifest.section(OBJECTIVES)?.named(rest.first()?)?.item;
        manifest.field(objective, FOR).map(|stakeholder| manifest.text(stakeholder))
    };
    let wanted = match section.as_str() {
        "stakeholders" => rest.first().map(String::as_str),
        "objectives" => objective(),
        _ => None,
    };
    for one in named {
        let role = member(manifest, &one.item, "role").map_or("", |role| manifest.text(role));
        let affected = role.starts_with("affected") || matches!(role, "user" | "supplier" | "subject" | "public");
        let about = ABOUT_PEOPLE.contains(&section.as_str()) && affected;
        if wanted == Some(&*one.name) || about {
            let contact = member(manifest, &one.item, "contact").map(|contact| manifest.text(contact));
            add(contact.unwrap_or(&one.name), format!("`stakeholders.{}`", one.name));
        }
    }
}
