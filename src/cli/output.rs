//! Where reports go: `--format` and `--output`, each output behind its format.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, ValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

use super::arguments::OUTPUT;
use super::runner::Commandless;
use super::{Failure, stderr};
use crate::report::{self, Format, Report, Style};
use crate::workspace;

/// The reports that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outputs(Vec<Output>);

/// One report and the file that it goes to; standard output without one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Output {
    format: Format,
    file: Option<PathBuf>,
}

impl Outputs {
    /// Writes every report. Files come first, each as a whole or not at all; standard output is last, as whoever reads it
    /// may stop reading. Where something else goes there, the report stands `aside`, on standard error.
    pub fn write(&self, report: &Report, aside: bool, style: &dyn Fn(bool) -> Style) -> Result<(), Failure> {
        let plain = style(false);
        for output in &self.0 {
            if let Some(file) = &output.file {
                deliver(Some(file), |out| report::write(report, output.format, &plain, out))?;
            }
        }
        if self.0.iter().any(|output| output.format == Format::Github) {
            summarise(report, &plain)?;
        }
        match self.0.iter().find(|output| output.file.is_none()) {
            Some(output) if aside => {
                let mut out = stderr::stream();
                let style = style(stderr::is_terminal());
                report::write(report, output.format, &style, &mut out)?;
                Ok(out.flush()?)
            }
            Some(output) if output.format == Format::Github => {
                let out = BufWriter::new(io::stdout().lock());
                unless_closed(to_stdout(out, |out| report::write(report, output.format, &plain, out)))
            }
            Some(output) => {
                let style = style(io::stdout().is_terminal());
                deliver(None, |out| report::write(report, output.format, &style, out))
            }
            None => Ok(()),
        }
    }

    /// The files that reports go to.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|output| output.file.as_deref())
    }

    /// Whether a report of this form was asked for.
    pub fn ask_for(&self, format: Format) -> bool {
        self.0.iter().any(|output| output.format == format)
    }
}

/// Writes to a file, which is replaced as a whole or not at all; without one, to standard output.
pub(super) fn deliver(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if let Some(file) = file {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        return match workspace::overwrite(file, &bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|error| unwritten(file, &error)),
        };
    }
    unless_closed(to_log(write))
}

/// Writes to standard output. A runner of GitHub Actions obeys no line of it.
pub(super) fn to_log(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let out = BufWriter::new(io::stdout().lock());
    match std::env::var_os("GITHUB_ACTIONS").is_some() {
        true => to_stdout(Commandless::new(out), write),
        false => to_stdout(out, write),
    }
}

fn to_stdout(mut out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    write(&mut out)?;
    out.flush()
}

fn unless_closed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        // Whoever closed the pipe has read enough; the exit code is that of the findings all the same.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Adds to the summary of the job, where GitHub Actions keeps one.
fn summarise(report: &Report, style: &Style) -> Result<(), Failure> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let mut bytes = Vec::new();
    report::write_job_summary(report, style, &mut bytes)?;
    workspace::append(&file, &bytes).map_err(|error| unwritten(&file, &error))
}

fn unwritten(file: &Path, error: &io::Error) -> Failure {
    Failure::Usage(format!("`{}` could not be written: {}", file.display(), workspace::plain_words(error)))
}

impl Args for Outputs {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .action(ArgAction::Append)
            .value_parser(EnumValueParser::<Format>::new())
            .help_heading(OUTPUT)
            .help("The format of the report [default: pretty, or by the name of its file]; repeat it to write several reports");
        let output = Arg::new("output")
            .long("output")
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(ValueParser::path_buf())
            .help_heading(OUTPUT)
            .help("Write the report of the preceding --format to this file, atomically");
        command.arg(format).arg(output)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Outputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        pair(&placed(matches, "format"), &placed(matches, "output"))
            .map_err(|message| Error::raw(ErrorKind::ArgumentConflict, format!("{message}\n")))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of an argument, each with its place on the command line.
fn placed<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> Vec<(usize, T)> {
    let places = matches.indices_of(name).into_iter().flatten();
    places.zip(matches.get_many::<T>(name).into_iter().flatten().cloned()).collect()
}

/// The form of a report that the name of its file tells.
fn by_name(file: &Path) -> Option<Format> {
    let name = file.file_name()?.to_str()?.to_ascii_lowercase();
    let ends = [
        (".sarif", Format::Sarif),
        (".sarif.json", Format::Sarif),
        (".json", Format::Json),
        (".jsonl", Format::Jsonl),
        (".md", Format::Markdown),
        (".xml", Format::Junit),
    ];
    // The longest end that fits.
    ends.into_iter().filter(|(end, _)| name.ends_with(end)).max_by_key(|(end, _)| end.len()).map(|(_, format)| format)
}

/// Joins each file to the format before it. A single format and a single file belong together in either order.
fn pair(formats: &[(usize, Format)], files: &[(usize, PathBuf)]) -> Result<Outputs, String> {
    let file = |path: &PathBuf| Some(path.clone()).filter(|path| path != Path::new("-"));
    if formats.len() < 2 && files.len() < 2 {
        let file = files.first().and_then(|(_, path)| file(path));
        let named = file.as_deref().and_then(by_name);
        let format = formats.first().map(|(_, format)| *format).or(named).unwrap_or(Format::Pretty);
        return Ok(Outputs(vec![Output { format, file }]));
    }
    let mut taken = vec![None; formats.len()];
    for (place, path) in files {
        let shown = path.display();
        let before = formats.iter().rposition(|(format, _)| format < place);
        let slot = before.and_then(|index| taken.get_mut(index));
        let slot = slot.ok_or(format!("`--output {shown}` comes before any `--format`; write it after its own"))?;
        if let Some(other) = slot.replace(path) {
            return Err(format!("one report cannot go to both `{}` and `{shown}`; repeat `--format`", other.display()));
        }
    }
    let outputs = formats.iter().zip(&taken);
    let outputs: Vec<Output> =
        outputs.map(|((_, format), path)| Output { format: *format, file: path.and_then(file) }).collect();
    for (index, output) in outputs.iter().enumerate() {
        if let Some(other) = outputs.iter().take(index).find(|other| other.file == output.file) {
            let (one, two) = (other.format.word(), output.format.word());
            return Err(match &output.file {
                Some(file) => format!("the reports `{one}` and `{two}` cannot both go to `{}`", file.display()),
                None => format!(
                    "the reports `{one}` and `{two}` cannot both go to standard output; write `--output FILE` after one"
                ),
            });
        }
    }
    Ok(Outputs(outputs))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reports that a command line asks for, as `format>file`.
    fn asked(line: &str) -> Result<Vec<String>, String> {
        let command = Outputs::augment_args(Command::new("check")).no_binary_name(true);
        let matches = command.try_get_matches_from(line.split_whitespace()).map_err(|error| error.to_string())?;
        let outputs = Outputs::from_arg_matches(&matches).map_err(|error| error.to_string())?;
        let shown = |output: &Output| {
            let file = output.file.as_deref().map_or(String::new(), |file| file.display().to_string());
            format!("{}>{file}", output.format.word())
        };
        Ok(outputs.0.iter().map(shown).collect())
    }

    #[test]
    fn an_output_belongs_to_the_format_before_it() {
        for (line, reports) in [
            ("", &["pretty>"][..]),
            ("--output a", &["pretty>a"]),
            ("--output a.json", &["json>a.json"]),
            ("--output out/b.SARIF", &["sarif>out/b.SARIF"]),
            ("--output b.sarif.json", &["sarif>b.sarif.json"]),
            ("--output c.md --format concise", &["concise>c.md"]),
            ("--output d.txt", &["pretty>d.txt"]),
            ("--output a --format json", &["json>a"]),
            ("--format sarif --output a --format pretty", &["sarif>a", "pretty>"]),
            ("--format pretty --format sarif --output=a", &["pretty>", "sarif>a"]),
            ("--format=json --output a --format gitlab --output b", &["json>a", "gitlab>b"]),
            ("--format json --output - --format gitlab --output b", &["json>", "gitlab>b"]),
        ] {
            assert_eq!(asked(line).unwrap(), reports, "{line}");
        }
    }

    #[test]
    fn what_does_not_pair_is_wrong_usage() {
        for (line, words) in [
            ("--format json --format sarif", "both go to standard output"),
            ("--format json --format sarif --output a --format pretty", "both go to standard output"),
            ("--format json --output - --format sarif", "both go to standard output"),
            ("--format json --output a --format sarif --output a", "both go to `a`"),
            ("--format json --output a --output b", "both `a` and `b`"),
            ("--output a --output b", "`--output a` stands before any `--format`"),
            ("--output a --format json --format sarif", "`--output a` stands before any `--format`"),
        ] {
            let error = asked(line).unwrap_err();
            assert!(error.contains(words), "{line}: {error}");
        }
    }
}
