//! The macros, which visit the items of a list.

use super::context::{Context, Variables, list_item};
use crate::expression::{Binding, Expr, List, Macro, Unknown, Value};

impl<'m> Context<'_, 'm> {
    /// `list.exists(x, …)`, `all` and `exists_one`.
    pub fn quantified(self, what: Macro, list: &'m Expr<'m>, body: &'m Expr<'m>) -> Result<bool, Unknown> {
        let list = self.evaluate(list).and_then(|value| self.list(value))?;
        let chosen = if what == Macro::All { None } else { self.candidates_of_macro(body, &list) };
        self.frame.attempt(|| {
            let mut unknown = None;
            let mut count = 0usize;
            for item in visited(&list, chosen) {
                match self.met(&item, body) {
                    Ok(met) if matches!((what, met), (Macro::Exists, true) | (Macro::All, false)) => return Ok(met),
                    Ok(met) => count += usize::from(met),
                    Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                    Err(found) => unknown = unknown.or(Some(found)),
                }
            }
            match (what, unknown) {
                (_, Some(unknown)) => Err(unknown),
                (Macro::ExistsOne, None) => Ok(count == 1),
                (what, None) => Ok(what == Macro::All),
            }
        })
    }

    /// `list.filter(x, …)`
    pub fn filter(self, list: &'m Expr<'m>, body: &'m Expr<'m>) -> Result<Value<'m>, Unknown> {
        let list = self.evaluate(list).and_then(|value| self.list(value))?;
        self.frame.makes(List::bytes(list.len()))?;
        let mut unknown = None;
        let mut made = Vec::new();
        let chosen = self.candidates_of_macro(body, &list);
        for item in visited(&list, chosen) {
            match self.met(&item, body) {
                Ok(true) => made.push(item),
                Ok(false) => {}
                Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        unknown.map_or(Ok(Value::List(List::Made(made.into()))), Err)
    }

    /// `list.map(x, …)`
    pub fn map(self, list: &'m Expr<'m>, body: &'m Expr<'m>) -> Result<Value<'m>, Unknown> {
        let list = self.evaluate(list).and_then(|value| self.list(value))?;
        self.frame.makes(List::bytes(list.len()))?;
        let mut made = Vec::with_capacity(list.len());
        for item in list.iter() {
            self.frame.step()?;
            let variables = Variables { value: &item, outer: self.variables };
            made.push(list_item(self.with(&variables).local(body))?);
        }
        Ok(Value::List(List::Made(made.into())))
    }

    /// Whether an item meets the condition of a macro.
    fn met(self, item: &Binding<'m>, body: &'m Expr<'m>) -> Result<bool, Unknown> {
        self.frame.step()?;
        let variables = Variables { value: item, outer: self.variables };
        self.with(&variables).truth(body)
    }
}

/// The items that are chosen; all where nothing is said.
fn visited<'l, 'm>(list: &'l List<'m>, chosen: Option<Vec<u32>>) -> impl Iterator<Item = Binding<'m>> + 'l {
    let count = chosen.as_ref().map_or(list.len(), Vec::len);
    let number = move |turn: usize| match &chosen {
        Some(chosen) => chosen.get(turn).map(|number| *number as usize),
        None => Some(turn),
    };
    (0..count).filter_map(move |turn| list.get(number(turn)?))
}
