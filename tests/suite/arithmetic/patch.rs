//! Unified diffs of one or several files, applied to texts as `patch` would, by their context.

use std::collections::BTreeMap;

/// The changed or new files of a patch, by name, from the texts that it changes.
///
/// A hunk is looked for at its line and then around it; the error says which hunk fits nowhere.
pub fn apply(patch: &str, files: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    let mut changed = files.clone();
    let mut lines = patch.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with("--- ") {
            continue;
        }
        let name = lines.next().and_then(|line| line.strip_prefix("+++ ")).ok_or("no name after `---`")?.to_owned();
        let mut text: Vec<String> =
            changed.get(&name).map_or_else(Vec::new, |text| text.lines().map(str::to_owned).collect());
        let mut moved = 0isize;
        while let Some(header) = lines.next_if(|line| line.starts_with("@@ ")) {
            let start: isize = header
                .strip_prefix("@@ -")
                .and_then(|rest| rest.split([',', ' ']).next()?.parse().ok())
                .ok_or_else(|| format!("`{header}` is not a hunk"))?;
            let (mut old, mut new) = (Vec::new(), Vec::new());
            while let Some(line) = lines.next_if(|line| !line.starts_with("@@ ") && !line.starts_with("--- ")) {
                match line.split_at_checked(1) {
                    Some(("-", rest)) => old.push(rest.to_owned()),
                    Some(("+", rest)) => new.push(rest.to_owned()),
                    Some((_, rest)) => {
                        old.push(rest.to_owned());
                        new.push(rest.to_owned());
                    }
                    None => {
                        old.push(String::new());
                        new.push(String::new());
                    }
                }
            }
            let wanted = (start - 1).max(0) + moved;
            let at = find(&text, &old, wanted).ok_or_else(|| format!("`{header}` fits nowhere"))?;
            text.splice(at..at + old.len(), new.iter().cloned());
            moved += new.len() as isize - old.len() as isize;
        }
        changed.insert(name, text.join("\n") + "\n");
    }
    Ok(changed)
}

/// The line nearest to `wanted` from which the lines of `text` are those of `old`.
fn find(text: &[String], old: &[String], wanted: isize) -> Option<usize> {
    let fits = |at: usize| text.get(at..at + old.len()).is_some_and(|lines| lines == old);
    let mut places: Vec<usize> = (0..=text.len()).filter(|at| fits(*at)).collect();
    places.sort_by_key(|at| (*at as isize - wanted).abs());
    places.first().copied()
}
