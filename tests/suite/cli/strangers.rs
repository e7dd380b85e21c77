//! The repository of a stranger: what lies in it keeps nobody waiting, takes no memory, and leads nowhere else.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::{CLEAN, Done, Folder, findings, finish, with_error};

const PLAIN: &str = "mlsystem: 1\nname: x\nstage: production\n";

/// Runs the program with so little memory that what reads without end stops there, and not the machine.
fn bounded(folder: &Folder, arguments: &[&str]) -> Done {
    let program = folder.command(&[]).get_program().to_owned();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 2000000; exec \"$0\" \"$@\""]).arg(program).args(arguments);
    command.current_dir(&folder.0).env("SOURCE_DATE_EPOCH", "1795478400").env("NO_COLOR", "1");
    finish(&mut command, "")
}

fn repository(manifest: &str) -> Folder {
    let folder = Folder::new().with("mlsystem.yaml", manifest).with("sub/a.txt", "a");
    fs::create_dir_all(folder.0.join(".git/info")).unwrap();
    folder
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// What happens to the training code that a manifest names: `proven`, `unproven`, `not compared`.
fn claims(folder: &Folder) -> Vec<String> {
    let text = folder.run("evidence").out;
    let claims = text.lines().filter(|line| line.contains("models.m.code"));
    claims.map(|line| line.split("models.m.code").next().unwrap().trim().to_owned()).collect()
}

fn of_code(code: &str) -> String {
    format!("{PLAIN}models: {{m: {{family: tree, code: [{code}]}}}}\n")
}

#[test]
fn ignore_files_are_looked_at_before_they_are_read() {
    type Make = fn(&Path);
    let odd: [(&str, Make); 4] = [
        ("a link, which is not followed", |path| symlink("/dev/zero", path).unwrap()),
        ("a link, which is not followed", |path| symlink("/dev/stdin", path).unwrap()),
        ("a pipe or device, which is not opened", pipe),
        ("it has more than 500000 bytes", |path| fs::write(path, "**/xN/**/*N*/**/y\n".repeat(60_000)).unwrap()),
    ];
    for (why, make) in odd {
        for name in [".gitignore", ".ignore", "sub/.gitignore", "sub/.ignore", ".git/info/exclude"] {
            let folder = repository(PLAIN);
            make(&folder.0.join(name));
            let done = bounded(&folder, &["check", ".", "--format", "concise"]);
            assert_eq!(done.err, format!("note: `{name}` is not honoured: {why}\n"), "{name}");
            assert!(done.code <= 1 && findings(&done).len() > 2, "{name}: {}", done.out);
            let done = bounded(&folder, &["evidence", "mlsystem.yaml"]);
            assert_eq!(done.code, 0, "{name}: {}", done.err);
            assert!(done.out.contains(&format!("{name}: {why}")), "{name}: {}", done.out);
            assert_eq!(bounded(&folder, &["init", "sub", "--name", "y", "--stage", "research"]).code, 0, "{name}");
            // A workspace looks for its members.
            folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: [\"**/mlsystem.yaml\"]\n");
            assert!(bounded(&folder, &["check", "mlsystem.yaml"]).code <= 1, "{name}");
        }
    }
}

#[test]
fn an_ignore_file_that_takes_too_much_to_compile_is_not_honoured() {
    for text in ["a*b*c*d*e\n".repeat(5_000), format!("{}\n", "*a".repeat(300)).repeat(20), "x\n".repeat(20_000)] {
        let folder = repository(PLAIN).with(".gitignore", text);
        let done = bounded(&folder, &["check", ".", "--format", "concise"]);
        assert_eq!(done.err, "note: `.gitignore` is not honoured: it has too many lines or wildcards\n");
    }
    // What people write is.
    let folder =
        repository(PLAIN).with(".gitignore", format!("{}mlsystem.yaml\n", "# words\n\n*.pyc\n/build/\n".repeat(1_000)));
    assert_eq!(folder.run("check .").code, 4);
}

/// `.ignore` wins over `.gitignore`, an inner file over an outer one, and a file that is listed is taken though it is hidden.
#[test]
fn ignore_files_say_what_they_say_to_git() {
    let folder = Folder::new();
    for name in ["a/mlsystem.yaml", "b/mlsystem.yaml", "c/deep/mlsystem.yaml", ".d/mlsystem.yaml", "e/mlsystem.yaml"] {
        folder.write(name, with_error());
    }
    folder.write(".gitignore", "\u{feff}/a/\nb/\n!.d/\n**/deep\n");
    folder.write(".ignore", "!a/\n");
    folder.write("c/.gitignore", "!deep\n");
    folder.write(".git/info/exclude", "e\n");
    let files = |done: &Done| -> Vec<String> {
        let mut files: Vec<String> =
            findings(done).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
        files.dedup();
        files
    };
    let all = [".d/mlsystem.yaml", "a/mlsystem.yaml", "c/deep/mlsystem.yaml"];
    assert_eq!(files(&folder.run("check . --format concise")), all);
    // The rules above a folder hold in it, as far as the repository reaches.
    assert_eq!(files(&folder.run("check c --format concise")), ["c/deep/mlsystem.yaml"]);
    fs::remove_file(folder.0.join("c/.gitignore")).unwrap();
    assert_eq!(folder.code("check c"), 4);
    fs::create_dir(folder.0.join("c/.git")).unwrap();
    assert_eq!(folder.code("check c"), 1);
    // A linked work tree says where its repository lies.
    let tree = Folder::new().with("mlsystem.yaml", with_error());
    let git = folder.0.join(".git/worktrees/t");
    tree.write(".git", format!("gitdir: {}\n", git.display()));
    assert_eq!(tree.code("check ."), 1);
    folder.write(".git/worktrees/t/commondir", "../..\n");
    folder.write(".git/info/exclude", "mlsystem.yaml\n");
    assert_eq!(tree.code("check ."), 4);
}

#[test]
fn patterns_follow_no_link() {
    let outside = Folder::new().with("x.zzq", "x");
    let folder = repository(&of_code("\"**/*.py\", \"l1/**/*.zzq\", \"l2/l1/*.zzq\", \"out/**/*.zzq\", out/x.zzq"));
    for (to, name) in [(Path::new("."), "l1"), (Path::new("."), "l2"), (&*outside.0, "out"), (Path::new("/"), "root")] {
        symlink(to, folder.0.join(name)).unwrap();
    }
    assert_eq!(claims(&folder), ["unproven", "unproven", "unproven", "not compared", "not compared"]);
    folder.write("sub/a.py", "a");
    folder.write("sub/a.zzq", "a");
    assert_eq!(claims(&folder)[..4], ["exists", "exists", "unproven", "not compared"]);
    // Nor do those of arguments; what a link in the repository leads to is taken there.
    let done = bounded(&folder, &["check", "**/mlsystem.yaml", "--format", "concise", "--fail-on", "never"]);
    let files: Vec<&str> = findings(&done).iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!((done.code, files.iter().filter(|file| **file != "mlsystem.yaml").count()), (0, 0), "{}", done.out);
}

#[test]
fn what_a_repository_names_leads_nowhere_out_of_it() {
    let outside = Folder::new().with("secret", "root:x:0:0\nother: line\n");
    let secret = outside.0.join("secret");
    let leaks = |done: &Done| done.out.contains("root:x") || done.err.contains("root:x");
    let link = "the file cannot be read: it is a link out of the";
    // The workspace file.
    let folder = repository(CLEAN);
    symlink(&secret, folder.0.join("mlsystem-workspace.yaml")).unwrap();
    let done = folder.run("check . --format concise");
    assert_eq!(done.code, 2);
    assert!(!leaks(&done) && done.err.contains(link), "{}", done.err);
    fs::remove_file(folder.0.join("mlsystem-workspace.yaml")).unwrap();
    // Lints, tables and conditions, and the folder that they lie in.
    let workspace_config = "mlsystem-workspace: 1\nsystems: [mlsystem.yaml]\nlints: [lints]\n";
    for name in ["house/page.md", "tables/t.yaml", "frameworks/f.yaml", "conditions.yaml"] {
        let folder = repository(CLEAN).with("mlsystem-workspace.yaml", workspace_config);
        let page = folder.0.join("lints").join(name);
        fs::create_dir_all(page.parent().unwrap()).unwrap();
        symlink(&secret, &page).unwrap();
        for arguments in ["check .", "check --lints lints .", "lints --lints lints"] {
            let done = folder.run(arguments);
            assert!(done.code == 2 && !leaks(&done), "{name}, {arguments}: {} {}", done.out, done.err);
        }
    }
    let folder = repository(CLEAN).with("mlsystem-workspace.yaml", workspace_config);
    symlink(&outside.0, folder.0.join("lints")).unwrap();
    let done = folder.run("check . --format concise");
    assert!(done.code == 2 && done.err.contains("`lints` leads out of the workspace"), "{}", done.err);
    // What a pattern matches, and the README that a draft is made of.
    let folder = repository(PLAIN);
    fs::create_dir(folder.0.join("s")).unwrap();
    symlink(&secret, folder.0.join("s/pw.yaml")).unwrap();
    let done = folder.run("check s/*.yaml");
    assert!(done.code == 3 && !leaks(&done), "{}", done.out);
    assert!(folder.run("check s/pw.yaml").out.contains("root:x"), "an argument may lead out");
    fs::remove_file(folder.0.join("mlsystem.yaml")).unwrap();
    symlink(&secret, folder.0.join("README.md")).unwrap();
    assert_eq!(folder.code("init --name y --stage research ."), 0);
    assert!(!folder.read("mlsystem.yaml").contains("root:x"), "{}", folder.read("mlsystem.yaml"));
    // Links that stay are followed.
    let folder = repository(CLEAN).with("config/house.yaml", "mlsystem-workspace: 1\nsystems: [mlsystem.yaml]\n");
    symlink("config/house.yaml", folder.0.join("mlsystem-workspace.yaml")).unwrap();
    assert_eq!(folder.code("check . --skip path-leads-nowhere"), 0);
}

#[test]
fn presence_honours_what_is_ignored_and_finds_what_is_named() {
    let folder = repository(&of_code(
        "\"**/*.py\", \"data/*.csv\", \"data/deep/**/*.csv\", data/a.csv, \".cfg/*.t\", \"w/*.pt\"",
    ));
    folder.write(".gitignore", "/data/\n/venv/\n*.pt\n");
    folder.write("venv/lib/x.py", "x");
    folder.write("data/a.csv", "a");
    folder.write("data/deep/er/b.csv", "b");
    folder.write(".cfg/a.t", "t");
    folder.write("w/best.pt", "w");
    assert_eq!(claims(&folder), ["unproven", "exists", "exists", "exists", "exists", "exists"]);
    folder.write("src/a.py", "");
    assert_eq!(claims(&folder)[0], "unproven", "it is empty");
    folder.write("src/b.py", "b");
    assert_eq!(claims(&folder)[0], "exists");
    // Where a bound is met, it is said, and nothing is claimed to be missing.
    for number in 0..20_100 {
        fs::File::create(folder.0.join(format!("data/{number}.x"))).unwrap();
    }
    folder.write("mlsystem.yaml", of_code("\"data/*.zz\""));
    let done = folder.run("evidence");
    assert!(done.out.contains("not compared models.m.code: \"data/*.zz\""), "{}", done.out);
    let why = "data: no more than 20000 files and folders are listed in a folder that is ignored";
    assert!(done.out.contains(why), "{}", done.out);
}

#[test]
fn a_root_may_be_called_like_a_pattern() {
    for name in ["a[b]", "q?", "x*y"] {
        let folder = Folder::new();
        for file in ["mlsystem.yaml", "src/t.py"] {
            folder.write(&format!("{name}/{file}"), of_code("\"src/*.py\""));
        }
        fs::create_dir(folder.0.join(name).join(".git")).unwrap();
        let mut command = folder.command(&["evidence"]);
        let done = finish(command.current_dir(folder.0.join(name)), "");
        assert!(done.out.contains("exists       models.m.code"), "{name}: {}", done.out);
    }
}
