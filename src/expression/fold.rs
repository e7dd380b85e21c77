//! The macros, which visit the items of a list.

use super::evaluate::{Context, Variables, kept};
use super::{Expr, List, Macro, Unknown, Value};

impl<'m> Context<'_, 'm> {
    pub fn fold(self, what: Macro, list: &'static Expr, body: &'static Expr) -> Result<Value<'m>, Unknown> {
        let list = self.evaluate(list).and_then(|value| self.list(value))?;
        let wants = self.frame.wants();
        let mut unknown = None;
        let mut count = 0usize;
        let mut made = Vec::new();
        let chosen = match what {
            Macro::Exists | Macro::ExistsOne | Macro::Filter => self.candidates_of_macro(body, &list),
            Macro::All | Macro::Map => None,
        };
        for turn in 0..chosen.as_ref().map_or(list.len(), Vec::len) {
            self.frame.step()?;
            let index = chosen.as_ref().and_then(|chosen| chosen.get(turn)).map_or(turn, |index| *index as usize);
            let Some(item) = list.get(index) else { break };
            let variables = Variables { value: &item, outer: self.variables };
            let inner = self.with(&variables);
            if what == Macro::Map {
                made.push(kept(inner.local(body))?);
                continue;
            }
            match inner.truth(body) {
                Ok(met) => match (what, met) {
                    (Macro::Exists, true) | (Macro::All, false) => {
                        self.frame.forget_wants(wants);
                        return Ok(Value::Bool(met));
                    }
                    (Macro::Filter, true) => made.push(item.clone()),
                    (_, met) => count += usize::from(met),
                },
                Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        match (what, unknown) {
            (_, Some(unknown)) => Err(unknown),
            (Macro::Exists, None) => Ok(Value::Bool(false)),
            (Macro::All, None) => Ok(Value::Bool(true)),
            (Macro::ExistsOne, None) => Ok(Value::Bool(count == 1)),
            (Macro::Filter | Macro::Map, None) => Ok(Value::List(List::Made(made.into()))),
        }
    }
}
