//! An option that several commands take is one option: the same word, help and heading everywhere.

use std::collections::BTreeMap;

use clap::CommandFactory;
use mlsystem::cli::Arguments;

/// Options that mean something of their own in some command.
const OWN: [&str; 6] = ["format", "output", "verbose", "folder", "manifest", "name"];

#[test]
fn what_several_commands_take_is_declared_once() {
    let program = Arguments::command();
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut shared = 0;
    for command in program.get_subcommands() {
        for option in command.get_arguments().filter(|option| !OWN.contains(&option.get_id().as_str())) {
            let words = format!("{:?} {:?}", option.get_help().map(ToString::to_string), option.get_help_heading());
            let of = command.get_name().to_owned();
            if let Some((other, before)) = known.insert(option.get_id().to_string(), (of, words.clone())) {
                shared += 1;
                assert_eq!(before, words, "`{}` in {other} and {}", option.get_id(), command.get_name());
            }
        }
    }
    assert!(shared >= 15, "{shared}");
}

#[test]
fn help_reads_well() {
    let help = |name: &str| {
        let mut program = Arguments::command().term_width(100);
        program.build();
        program.find_subcommand_mut(name).unwrap().render_help().to_string()
    };
    for name in ["check", "coverage", "init", "waive"] {
        insta::assert_snapshot!(format!("help_{name}"), help(name));
    }
}
