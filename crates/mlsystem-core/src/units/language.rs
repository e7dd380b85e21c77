//! Languages, by their BCP 47 tags.

use super::wrong::Wrong;

/// ISO 639-1, in order, two letters each. Kanuri (`kr`) is left out, because whoever writes it means Korean.
const CODES: &[u8] = b"aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscachcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngugv\
hahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonr\
nvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxh\
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

/// All codes of two letters.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    CODES.chunks(2).filter_map(|code| std::str::from_utf8(code).ok())
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

/// Names of languages in English, in lower case, and their codes.
const NAMES: [(&str, &str); 48] = [
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("estonian", "et"),
    ("farsi", "fa"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("icelandic", "is"),
    ("indonesian", "id"),
    ("irish", "ga"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("malay", "ms"),
    ("maltese", "mt"),
    ("mandarin", "zh"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("slovak", "sk"),
    ("slovene", "sl"),
    ("slovenian", "sl"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("swedish", "sv"),
    ("tamil", "ta"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("vietnamese", "vi"),
];

pub(super) fn explain(raw: &str) -> Wrong {
    let wrong = Wrong::not_a(raw, "a language");
    let lower = raw.to_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return wrong.certainly(*code);
    }
    // Codes of countries, written for the language spoken there.
    let spoken = match lower.as_str() {
        "kr" => Some("ko"),
        "jp" => Some("ja"),
        "cn" => Some("zh"),
        "cz" => Some("cs"),
        "dk" => Some("da"),
        "gr" => Some("el"),
        "ua" => Some("uk"),
        "us" | "gb" => Some("en"),
        "eng" => Some("en"),
        _ => None,
    };
    match spoken {
        Some(code) => wrong.perhaps(code),
        None => wrong.certainly(in_due_case(&lower)),
    }
}

/// The tag with its parts in the case that BCP 47 advises: `EN_us` is `en-US`.
fn in_due_case(lower: &str) -> String {
    let mut tag = String::with_capacity(lower.len());
    for (at, part) in lower.split(['-', '_']).enumerate() {
        if at > 0 {
            tag.push('-');
        }
        match part.char_indices().nth(1) {
            Some((second, _)) if at > 0 && part.len() == 4 => {
                tag += &part[..second].to_uppercase();
                tag += &part[second..];
            }
            _ if at > 0 => tag += &part.to_uppercase(),
            _ => tag += part,
        }
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_contains_its_kinds() {
        assert!(
            language_contains("de", "de-AT") && language_contains("de", "de") && language_contains("zh", "zh-Hant-TW")
        );
        assert!(!language_contains("de-AT", "de") && !language_contains("de", "den"));
        let codes: Vec<_> = CODES.chunks(2).collect();
        assert!(codes.is_sorted());
        assert!(NAMES.iter().all(|(_, code)| is_language(code)));
    }
}
