//! The day of the check: the one place where time comes in.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::units::Date;

const SECONDS_A_DAY: i64 = 86_400;

/// The day given, else that of `SOURCE_DATE_EPOCH`, else today in UTC. An ill-formed `SOURCE_DATE_EPOCH` is an error.
pub fn today(given: Option<Date>) -> Result<Date, String> {
    if let Some(date) = given {
        return Ok(date);
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .trim()
            .parse::<i64>()
            .map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds since 1970"))?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64),
    };
    Ok(Date::nearest(seconds.div_euclid(SECONDS_A_DAY)))
}
