//! Snapshots are for reading.

/// The most lines of a snapshot. Nobody reads the difference of a longer one: assert on names and places, or split it.
const LINES: usize = 300;

#[test]
fn no_snapshot_is_longer_than_what_people_read() {
    let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut long = Vec::new();
    for folder in ["tests", "crates", "src"] {
        for path in glob::glob(&base.join(folder).join("**/*.snap").to_string_lossy()).unwrap() {
            let path = path.unwrap();
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            if lines > LINES {
                long.push(format!("{}: {lines}", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}
