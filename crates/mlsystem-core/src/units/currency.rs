//! The currency codes of ISO 4217.

/// An ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(pub [u8; 3]);

/// The codes in use, in order, three letters each; funds, metals and test codes left out.
const CODES: &[u8] = b"AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZDEGP\
ERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRD\
LSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDG\
SEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVESVNDVUVWSTXAFXCDXCGXOFXPFYERZARZMWZWG";

/// Codes that went out of use since 2015, and what is paid with there now.
const SUCCESSORS: [(&str, &str); 12] = [
    ("ANG", "XCG"),
    ("BGN", "EUR"),
    ("BYR", "BYN"),
    ("CUC", "CUP"),
    ("HRK", "EUR"),
    ("LTL", "EUR"),
    ("MRO", "MRU"),
    ("SLL", "SLE"),
    ("STD", "STN"),
    ("VEF", "VES"),
    ("ZMK", "ZMW"),
    ("ZWL", "ZWG"),
];

impl Currency {
    /// The currency with this code, in capitals.
    pub fn from_code(code: &str) -> Option<Currency> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        let (codes, _) = CODES.as_chunks::<3>();
        codes.binary_search(&letters).ok().map(|_| Currency(letters))
    }

    /// All codes in use, in alphabetical order.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        CODES.chunks(3).filter_map(|code| std::str::from_utf8(code).ok())
    }

    /// The currency that took the place of the one with this code, in capitals.
    pub(super) fn successor(code: &str) -> Option<&'static str> {
        SUCCESSORS.iter().find(|(old, _)| *old == code).map(|(_, new)| *new)
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iso_currency::IntoEnumIterator;

    /// ISO 4217 as the `iso_currency` crate has it. `VES` and `VED` are one currency, the second with six zeros less; both
    /// are in the standard, and the crate counts the first as out of use.
    #[test]
    fn codes_are_those_of_the_standard() {
        let in_use = |currency: &iso_currency::Currency| {
            !currency.is_fund() && !currency.is_special() && currency.is_superseded().is_none()
        };
        let mut standard: Vec<String> =
            iso_currency::Currency::iter().filter(in_use).map(|one| one.code().to_owned()).collect();
        standard.push("VES".to_owned());
        standard.sort_unstable();
        assert_eq!(Currency::codes().collect::<Vec<_>>(), standard);
        for (old, new) in SUCCESSORS {
            assert!(Currency::from_code(old).is_none() && Currency::from_code(new).is_some(), "{old} {new}");
        }
    }

    #[test]
    fn codes_are_sorted() {
        let codes: Vec<_> = Currency::codes().collect();
        assert!(codes.is_sorted() && codes.iter().all(|code| code.len() == 3), "{codes:?}");
        assert!(codes.len() > 150);
        for code in ["USD", "EUR", "KRW", "GBP", "JPY", "CNY", "CHF"] {
            assert_eq!(Currency::from_code(code).map(|currency| currency.to_string()).as_deref(), Some(code));
        }
        assert!(Currency::from_code("XYZ").is_none() && Currency::from_code("usd").is_none());
    }
}
