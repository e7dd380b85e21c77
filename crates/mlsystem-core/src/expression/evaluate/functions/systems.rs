//! Functions that look across the manifests of a workspace. Without a workspace there is nothing to see: what they give is
//! absent, and lists are empty.

use super::{Call, NO_OVERLOAD};
use crate::expression::{Binding, ItemRef, List, Unknown, Value};
use crate::manifest;

pub(super) fn system<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    let home = match &value {
        // A reference to something of its own manifest names that system.
        Value::Reference(reference, home) if reference.system().is_none() => {
            return call.frame().facts().map(|_| Value::Item(ItemRef::whole(home))).ok_or(Unknown::Absent);
        }
        Value::Reference(reference, _) => reference.system(),
        value => value.as_text(),
    };
    let found = home.and_then(|name| call.frame().facts()?.system(name));
    found.map(|system| Value::Item(ItemRef::whole(system))).ok_or(Unknown::Absent)
}

pub(super) fn external<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let value = call.value(0)?;
    let name = match &value {
        Value::Reference(reference, _) => reference.system(),
        value => value.as_text(),
    };
    let found = name.and_then(|name| call.frame().facts()?.external(name));
    found.map(|found| Value::Item(ItemRef::of(&found))).ok_or(Unknown::Absent)
}

pub(super) fn resolve<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let Value::Reference(reference, home) = call.value(0)? else { return Err(NO_OVERLOAD) };
    let found = call.frame().facts().and_then(|facts| facts.resolve(reference, home)).ok_or(Unknown::Absent)?;
    let item_ref = ItemRef::of(&found);
    match item_ref.item.value {
        manifest::Value::Unreadable => Err(Unknown::Unreadable),
        _ => call.context.read(Binding::ItemRef(item_ref)),
    }
}

pub(super) fn systems<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    Ok(Value::List(call.frame().facts().map_or(List::EMPTY, |facts| List::Systems(facts.systems()))))
}

pub(super) fn inflows<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let frame = call.frame();
    Ok(Value::List(frame.facts().map_or(List::EMPTY, |facts| List::Edges(facts.into(frame.manifest)))))
}

pub(super) fn outflows<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let frame = call.frame();
    Ok(Value::List(frame.facts().map_or(List::EMPTY, |facts| List::Edges(facts.out_of(frame.manifest)))))
}

pub(super) fn loops<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let frame = call.frame();
    Ok(Value::List(frame.facts().map_or(List::EMPTY, |facts| List::Loops(facts.loops(frame.manifest)))))
}

pub(super) fn namesakes<'m>(call: &Call<'_, 'm>) -> Result<Value<'m>, Unknown> {
    let (Binding::ItemRef(item_ref) | Binding::Value(Value::Item(item_ref))) = call.context.local(call.argument(0)?)
    else {
        return Err(NO_OVERLOAD);
    };
    let (Some(named), Some(facts)) = (item_ref.named, call.frame().facts()) else {
        return Ok(Value::List(List::EMPTY));
    };
    let manifest::Value::Record(id, _) = &item_ref.item.value else { return Ok(Value::List(List::EMPTY)) };
    let kind = item_ref.home.schema.kind_of_items(*id);
    let found = kind.map_or(&[][..], |kind| facts.namesakes(item_ref.home, kind, &named.name));
    Ok(Value::List(List::Namesakes(found, facts)))
}
