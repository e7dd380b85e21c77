//! Functions that ask what the files of the repository say. Where no repository is known, nothing is known of them.

use super::{Call, NO_OVERLOAD};
use crate::expression::{Binding, ItemRef, List, Unknown, Value};
use crate::facts::{Pattern, Presence, RepositoryView, ownership, path_items};
use crate::schema::field_path;

pub(super) fn owned<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    kept(call, |local| path_of(view, local).is_some_and(|path| view.owns_path(path)))
}

pub(super) fn from_files<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    let named = match call.value(1) {
        Ok(value) => patterns(call, view, value)?,
        Err(Unknown::Absent) => return owned(call),
        Err(other) => return Err(other),
    };
    kept(call, |local| path_of(view, local).is_some_and(|path| named.iter().any(|pattern| pattern.holds(path))))
}

pub(super) fn presence<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    let path = call.text(0)?;
    match view.presence(&path) {
        Some(Presence::Elsewhere) => Err(Unknown::Unreadable),
        Some(presence) => Ok(Value::text(presence.word())),
        None => Err(Unknown::Absent),
    }
}

pub(super) fn paths<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    view(call)?;
    let home = call.frame().manifest;
    let items = path_items(home);
    call.frame().steps_taken(items.len())?;
    call.frame().makes(List::bytes(items.len()))?;
    let items = items.into_iter().map(|item| Binding::ItemRef(ItemRef { item, named: None, home }));
    Ok(Value::List(List::Made(items.collect())))
}

pub(super) fn nearest_path<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    Ok(Value::text(view.nearest(&call.text(0)?).unwrap_or_default()))
}

pub(super) fn uncompared<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    match view.may_show_more(&call.text(0)?) {
        true => Err(Unknown::Unreadable),
        false => Ok(Value::Bool(false)),
    }
}

pub(super) fn holds_path<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    let (tracked, path) = (call.text(0)?, call.text(1)?);
    let Some(named) = view.pattern(&path) else { return Ok(Value::Bool(false)) };
    let tracked = tracked.trim_end_matches('/').to_owned();
    let around = Pattern::new(tracked.clone());
    let inside = named.one().is_some_and(|path| around.holds(path.strip_suffix(".dvc").unwrap_or(path)));
    Ok(Value::Bool(inside || named.holds(&tracked)))
}

pub(super) fn code_owners<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let view = view(call)?;
    let list = call.context.list(call.value(0)?)?;
    call.frame().steps_taken(list.len())?;
    call.frame().makes(List::bytes(list.len()))?;
    let mut decisive: Vec<(Option<&str>, Binding<'m>)> = Vec::new();
    let lines: Vec<Binding<'m>> = list.iter().collect();
    for line in lines.into_iter().rev() {
        let (Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref))) = line else {
            return Err(NO_OVERLOAD);
        };
        let home = item_ref.home;
        let said = |field| home.field(item_ref.item, field).map(|field| home.text(field));
        let section = said(field_path!(evidence: "owners[].section"));
        let known = decisive.iter().any(|(other, _)| *other == section);
        let pattern = said(field_path!(evidence: "owners[].pattern"));
        if !known && pattern.is_some_and(|pattern| ownership::matches(pattern, view.manifest_path())) {
            decisive.push((section, line));
        }
    }
    Ok(Value::List(List::Made(decisive.into_iter().map(|(_, line)| line).collect())))
}

fn view<'m>(call: &Call<'_, 'm>) -> Result<&'m RepositoryView<'m>, Unknown> {
    call.frame().view().ok_or(Unknown::Absent)
}

/// The paths that a text or a list of texts names.
fn patterns<'m>(call: &Call<'_, 'm>, view: &RepositoryView<'m>, value: Value<'m>) -> Result<Vec<Pattern>, Unknown> {
    let texts = match value {
        Value::Text(text) => vec![text.to_string()],
        value => {
            let list = call.context.list(value)?;
            let text = |local| call.context.read(local)?.as_text().map(str::to_owned).ok_or(NO_OVERLOAD);
            list.iter().map(text).collect::<Result<Vec<String>, Unknown>>()?
        }
    };
    Ok(texts.iter().filter_map(|text| view.pattern(text)).collect())
}

/// The path of the file that an item stands in.
fn path_of<'m>(view: &RepositoryView<'m>, local: &Binding<'m>) -> Option<&'m str> {
    match local {
        Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref)) => view.path_of(item_ref.home),
        _ => None,
    }
}

/// The items of the first argument that are kept.
fn kept<'m>(call: &Call<'_, 'm>, keep: impl Fn(&Binding<'m>) -> bool) -> Result<Value<'m>, Unknown> {
    let list = call.context.list(call.value(0)?)?;
    call.frame().steps_taken(list.len())?;
    call.frame().makes(List::bytes(list.len()))?;
    let items: Vec<Binding<'m>> = list.iter().filter(|local| keep(local)).collect();
    // The list as a whole was looked at before, whatever of it is kept.
    call.frame().take_last_evidence();
    if let Some(Binding::ItemRef(first)) = items.first() {
        call.frame().look_at(*first);
    }
    Ok(Value::List(List::Made(items.into())))
}
