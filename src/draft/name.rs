//! Names for the things of a manifest, made of the names that files give them.

use crate::units::{self, ScalarType};

/// The text as a name of the format: the same where it is one, else with dashes for what a name cannot hold. None where
/// no letter or digit is left.
pub fn name(text: &str) -> Option<String> {
    let mut name = String::new();
    for letter in text.trim().chars().take(64) {
        let fits = letter.is_alphanumeric() || matches!(letter, '_' | '.' | '@' | '+' | '%');
        match letter {
            letter if fits => name.push(letter),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_start_matches(['.', '@', '+', '%']).trim_end_matches(['-', '.']).to_owned();
    units::read(ScalarType::Name, &name).is_ok().then_some(name)
}

/// The text as the name of a system, which is in kebab-case. None for a word that says that there is no answer.
pub fn system_name(text: &str) -> Option<String> {
    let is_name = |text: &str| {
        let answers = !units::is_placeholder(text) && !units::is_bare_none(text);
        answers && units::read(ScalarType::SystemName, text).is_ok()
    };
    let mut kebab = String::new();
    let mut after_small = false;
    for letter in text.trim().chars() {
        let hump = after_small && letter.is_ascii_uppercase();
        if (hump || !letter.is_ascii_alphanumeric()) && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if letter.is_ascii_alphanumeric() {
            kebab.push(letter.to_ascii_lowercase());
        }
        after_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    let kebab = kebab.trim_start_matches(|letter: char| !letter.is_ascii_lowercase());
    let kebab = kebab.get(..63).unwrap_or(kebab).trim_end_matches('-').to_owned();
    is_name(&kebab).then_some(kebab)
}

/// The name of the file or folder at the end of a path, without what tells its sort.
pub fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    match file.find('.') {
        Some(at) if at > 0 => &file[..at],
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_they_can() {
        assert_eq!(name("ndcg@10").as_deref(), Some("ndcg@10"));
        assert_eq!(name("wine quality (red)").as_deref(), Some("wine-quality-red"));
        assert_eq!(name("none"), None);
        assert_eq!(name("***"), None);
        assert_eq!(system_name("Made-With-ML").as_deref(), Some("made-with-ml"));
        assert_eq!(system_name("EtaForecast v2").as_deref(), Some("eta-forecast-v2"));
        assert_eq!(system_name("2024"), None);
        assert_eq!(system_name("none"), None);
        assert_eq!(system_name("TODO"), None);
        assert_eq!(stem("data/raw/orders.tar.gz"), "orders");
    }
}
