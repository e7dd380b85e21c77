//! Where the repository lies. Programs that show findings beside changes know files by their path from its root.

/// The repository that was checked, and the folder in it that names of files count from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkout {
    /// The absolute path of the root, with `/` between its parts.
    pub root: String,
    /// The current folder, counted from the root; empty at the root.
    pub folder: String,
}

impl Checkout {
    /// The path from the root of the file that people know as `name`, without `.` and `..` between its parts. A file
    /// outside the repository keeps what leads out of it.
    pub fn path(&self, name: &str) -> String {
        let inside = name.strip_prefix(self.root.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let absolute = name.starts_with('/') || name.get(1..3) == Some(":/");
        let from_root = match inside {
            Some(rest) if !self.root.is_empty() => rest.to_owned(),
            _ if absolute => return name.to_owned(),
            _ => format!("{}/{name}", self.folder),
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in from_root.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_root() {
        let checkout = Checkout { root: "/home/me/shop".into(), folder: "services/ranker".into() };
        assert_eq!(checkout.path("mlsystem.yaml"), "services/ranker/mlsystem.yaml");
        assert_eq!(checkout.path("../eta/./mlsystem.yaml"), "services/eta/mlsystem.yaml");
        assert_eq!(checkout.path("../../../other.yaml"), "../other.yaml");
        assert_eq!(checkout.path("/home/me/shop/a.yaml"), "a.yaml");
        assert_eq!(checkout.path("/home/me/shopping/a.yaml"), "/home/me/shopping/a.yaml");
        assert_eq!(Checkout::default().path("./a.yaml"), "a.yaml");
    }
}
