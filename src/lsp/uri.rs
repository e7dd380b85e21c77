//! The addresses of the protocol and the paths of the disk.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

use crate::workspace;

/// The file that an address names, absolute and without `.` and `..`; none for addresses of other schemes.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file:")?;
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/')?),
        None => ("", rest),
    };
    let path = decoded(path.split(['?', '#']).next()?)?;
    let path = match drive(&path) {
        Some(path) => path.to_owned(),
        None if !host.is_empty() && cfg!(windows) => format!("//{host}{path}"),
        None => path,
    };
    Some(workspace::absolute(Path::new(&path)))
}

/// `c:/x` for `/c:/x`.
fn drive(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('/')?;
    let mut letters = rest.chars();
    let is = letters.next()?.is_ascii_alphabetic() && letters.next()? == ':';
    (is && matches!(letters.next(), None | Some('/'))).then_some(rest)
}

/// The address of a file; none where the path cannot be said as one.
pub fn uri_of(path: &Path) -> Option<Uri> {
    let path = workspace::shown(&workspace::absolute(path));
    let mut text = String::from("file://");
    if !path.starts_with('/') {
        text.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text.parse().ok()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_and_addresses() {
        let path = |text: &str| path_of(&text.parse().unwrap()).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("file:///a%20b/%C3%A9.yaml").as_deref(), Some("/a b/é.yaml"));
        assert_eq!(path("file:/a/../b.yaml").as_deref(), Some("/b.yaml"));
        assert_eq!(path("untitled:Untitled-1"), None);
        for name in ["/a b/é#?%.yaml", "/x:y/z.yaml"] {
            let uri = uri_of(Path::new(name)).unwrap();
            assert_eq!(path_of(&uri).unwrap(), Path::new(name));
        }
    }

    #[test]
    fn a_drive_has_no_slash_before_it() {
        assert_eq!(drive("/c:/x"), Some("c:/x"));
        assert_eq!(drive("/cc/x"), None);
    }
}
