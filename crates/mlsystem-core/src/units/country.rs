//! The country codes of ISO 3166-1 and who belongs to the EU and the EEA.

/// ISO 3166-1 alpha-2, in order, two letters each.
const CODES: &[u8] =
    b"ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCX\
CYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJO\
JPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOM\
PAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUG\
UMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Names of countries that people write, in lower case, and their codes.
const NAMES: [(&str, &str); 66] = [
    ("argentina", "AR"),
    ("australia", "AU"),
    ("austria", "AT"),
    ("belgium", "BE"),
    ("brazil", "BR"),
    ("bulgaria", "BG"),
    ("canada", "CA"),
    ("chile", "CL"),
    ("china", "CN"),
    ("colombia", "CO"),
    ("croatia", "HR"),
    ("cyprus", "CY"),
    ("czechia", "CZ"),
    ("czech republic", "CZ"),
    ("denmark", "DK"),
    ("egypt", "EG"),
    ("estonia", "EE"),
    ("finland", "FI"),
    ("france", "FR"),
    ("germany", "DE"),
    ("great britain", "GB"),
    ("greece", "GR"),
    ("hong kong", "HK"),
    ("hungary", "HU"),
    ("iceland", "IS"),
    ("india", "IN"),
    ("indonesia", "ID"),
    ("ireland", "IE"),
    ("israel", "IL"),
    ("italy", "IT"),
    ("japan", "JP"),
    ("kenya", "KE"),
    ("korea", "KR"),
    ("latvia", "LV"),
    ("liechtenstein", "LI"),
    ("lithuania", "LT"),
    ("luxembourg", "LU"),
    ("malaysia", "MY"),
    ("malta", "MT"),
    ("mexico", "MX"),
    ("netherlands", "NL"),
    ("new zealand", "NZ"),
    ("nigeria", "NG"),
    ("norway", "NO"),
    ("philippines", "PH"),
    ("poland", "PL"),
    ("portugal", "PT"),
    ("romania", "RO"),
    ("saudi arabia", "SA"),
    ("singapore", "SG"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("south africa", "ZA"),
    ("south korea", "KR"),
    ("spain", "ES"),
    ("sweden", "SE"),
    ("switzerland", "CH"),
    ("taiwan", "TW"),
    ("thailand", "TH"),
    ("turkey", "TR"),
    ("uae", "AE"),
    ("ukraine", "UA"),
    ("united kingdom", "GB"),
    ("united states", "US"),
    ("usa", "US"),
    ("vietnam", "VN"),
];

pub(super) fn is_country(code: &str) -> bool {
    let (codes, _) = CODES.as_chunks::<2>();
    <[u8; 2]>::try_from(code.as_bytes()).is_ok_and(|letters| codes.binary_search(&letters).is_ok())
}

pub(super) fn is_in_eu(code: &str) -> bool {
    EU.contains(&code)
}

pub(super) fn is_in_eea(code: &str) -> bool {
    is_in_eu(code) || matches!(code, "IS" | "LI" | "NO")
}

/// All codes, each with the first name by which it is known here; some are known by no name.
pub(super) fn all() -> impl Iterator<Item = (String, String)> {
    let name = |code: &str| NAMES.iter().find(|(_, known)| *known == code).map_or("", |(name, _)| *name);
    let codes = CODES.chunks(2).filter_map(|code| std::str::from_utf8(code).ok());
    codes.map(move |code| (code.to_owned(), capitals(name(code))))
}

/// A name with a capital for each of its words.
fn capitals(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    name.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// The code of the country with this name, whatever its case.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 3166-1 as the `celes` crate has it, which adds Kosovo by a code that the standard leaves to its users.
    #[test]
    fn codes_are_those_of_the_standard() {
        let mut standard: Vec<&str> =
            celes::Country::get_countries().iter().map(|country| country.alpha2).filter(|code| *code != "XK").collect();
        standard.sort_unstable();
        let ours: Vec<String> = all().map(|(code, _)| code).collect();
        assert_eq!(ours, standard);
    }

    #[test]
    fn codes_are_sorted_and_complete() {
        let (all, _) = CODES.as_chunks::<2>();
        assert!(all.is_sorted());
        assert_eq!(all.len(), 249);
        assert!(EU.iter().chain(NAMES.iter().map(|(_, code)| code)).all(|code| is_country(code)));
        assert!(!is_country("UK") && !is_country("EU") && !is_country("us"));
    }
}
