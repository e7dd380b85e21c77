//! The currency codes of ISO 4217.

/// An ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(pub [u8; 3]);

/// The codes in use, in order, three letters each; funds, metals and test codes left out.
const CODES: &[u8] = b"AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLFCLPCNYCOPCRCCUP\
CVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWD\
KYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUB\
RWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVESVNDVUVWSTXAFXCDXOFXPF\
YERZARZMWZWG";

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

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
