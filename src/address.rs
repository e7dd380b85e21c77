//! Where the project is found on the web: `repository` in `Cargo.toml`, and nowhere else. Whatever shows an address asks
//! here, and where none is set nothing is shown.

use crate::built_in;

/// The address of one version of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    repository: &'static str,
    version: &'static str,
}

impl Address {
    /// The address that this program was built with.
    pub fn of_project() -> Option<Self> {
        Self::new(env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"))
    }

    /// The address of a version in a repository; none where that is not an address that a client could open.
    pub fn new(repository: &'static str, version: &'static str) -> Option<Self> {
        let repository = repository.trim_end_matches('/');
        let host = repository.strip_prefix("https://")?;
        let opens = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_graphic());
        opens.then_some(Self { repository, version })
    }

    /// Where the project is at home.
    pub fn home(&self) -> &'static str {
        self.repository
    }

    /// The page of a built-in lint, as the forge shows it. Own lints and unknown names have none.
    pub fn page(&self, lint: &str) -> Option<String> {
        let lint = built_in::LINTS.iter().find(|one| one.name == lint)?;
        Some(self.file("blob", &format!("lints/{}/{}.md", lint.category, lint.name)))
    }

    /// The bytes of a published JSON Schema, which are its identity as well.
    pub fn schema(&self, name: &str) -> String {
        self.file("raw", &format!("docs/{name}.schema.json"))
    }

    fn file(&self, how: &str, path: &str) -> String {
        format!("{}/{how}/v{}/{path}", self.repository, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_lints_have_a_page_and_others_none() {
        let address = Address::new("https://forge.example/org/mlsystem/", "1.2.3").unwrap();
        assert_eq!(address.home(), "https://forge.example/org/mlsystem");
        for lint in built_in::LINTS {
            let page = address.page(lint.name).unwrap();
            let path = page.strip_prefix("https://forge.example/org/mlsystem/blob/v1.2.3/").unwrap();
            assert!(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path).is_file(), "{path}");
        }
        assert_eq!(address.page("a-lint-of-ours"), None);
    }

    #[test]
    fn what_cannot_be_opened_is_no_address() {
        for text in
            ["", "/", "https://", "http://forge.example/a", "forge.example/a", "https://a b", "https://é.example"]
        {
            assert_eq!(Address::new(text, "1.2.3"), None, "{text}");
        }
    }
}
