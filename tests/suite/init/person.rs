//! Questions to a person, through a terminal of its own where the system has the tool that makes one.

#[cfg(target_os = "linux")]
mod terminal {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use crate::init::Copied;

    /// What shows on the terminal when somebody types `answers`; none where no `script` can make one.
    fn typed(copied: &Copied, arguments: &str, answers: &str) -> Option<(i32, String)> {
        let command = format!("{} init {arguments}", env!("CARGO_BIN_EXE_mlsystem"));
        let mut child = Command::new("script")
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .current_dir(&copied.0)
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        child.stdin.take()?.write_all(answers.as_bytes()).ok()?;
        let output = child.wait_with_output().ok()?;
        Some((output.status.code()?, String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    #[test]
    fn name_stage_and_risk_are_asked() {
        let copied = Copied::of("dvc");
        let Some((code, shown)) = typed(&copied, "", "\nproto\nmin\n") else { return };
        assert_eq!(code, 0, "{shown}");
        assert!(shown.contains("name of the system [dvc]: "), "{shown}");
        assert!(shown.contains("(research, prototype, production, retired): "), "{shown}");
        assert!(shown.contains("[decide later]: "), "{shown}");
        let text = copied.read("mlsystem.yaml");
        assert!(text.contains("\nname: dvc\n") && text.contains("\nstage: prototype\n"), "{text}");
        assert!(text.contains("\nrisk: minimal\n"), "{text}");
    }

    #[test]
    fn options_are_not_asked_again() {
        let copied = Copied::of("empty");
        let arguments = "--name eta --stage production --risk high";
        let Some((code, shown)) = typed(&copied, arguments, "") else { return };
        assert_eq!(code, 0, "{shown}");
        assert!(!shown.contains("stage"), "{shown}");
        assert!(copied.read("mlsystem.yaml").contains("\nrisk: high\n"));
    }

    #[test]
    fn the_folder_is_asked_where_several_fit() {
        let copied = Copied::of("monorepo");
        let Some((code, shown)) = typed(&copied, "--stage production --risk high", "nowhere\nservices/eta\n\n") else {
            return;
        };
        assert_eq!(code, 0, "{shown}");
        assert!(
            shown.contains("which one, or `.` for all: ") && shown.contains("`nowhere` is none of them"),
            "{shown}"
        );
        assert!(copied.read("services/eta/mlsystem.yaml").contains("\nname: eta\n"));
    }
}
