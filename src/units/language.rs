//! Languages, by their BCP 47 tags.

use super::wrong::Wrong;

/// ISO 639-1, in order, two letters each. Kanuri (`kr`) is left out, because whoever writes it means Korean.
const CODES: &[u8] = b"aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscachcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngugv\
hahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndnenglnnon\
rnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxh\
yiyozazhzu";

pub(super) fn is_language(raw: &str) -> bool {
    let mut parts = raw.split('-');
    let known = parts.next().is_some_and(|code| match code.len() {
        2 => is_known(code),
        3 => code.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    });
    let mut next = parts.next();
    if next.is_some_and(is_script) {
        next = parts.next();
    }
    known && next.is_none_or(is_territory) && parts.next().is_none()
}

fn is_known(code: &str) -> bool {
    CODES.chunks(2).any(|known| known == code.as_bytes())
}

fn is_script(part: &str) -> bool {
    let [first, rest @ ..] = part.as_bytes() else {
        return false;
    };
    rest.len() == 3 && first.is_ascii_uppercase() && rest.iter().all(u8::is_ascii_lowercase)
}

fn is_territory(part: &str) -> bool {
    let bytes = part.as_bytes();
    (bytes.len() == 2 && bytes.iter().all(u8::is_ascii_uppercase))
        || (bytes.len() == 3 && bytes.iter().all(u8::is_ascii_digit))
}

/// Whether all of `inner` is in `outer`: `de` contains `de-AT`.
pub fn language_contains(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a language")
}
