//! How a report looks on the terminal that reads it.

use std::borrow::Cow;

use crate::finding::Severity;

/// The looks of the formats for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Whether to draw with more than ASCII. Text from files is shown as it is, either way.
    pub unicode: bool,
    /// The number of cells in a line.
    pub width: usize,
    /// Whether to tell instead of draw, for screen readers and braille displays.
    pub narrated: bool,
    /// Whether the terminal follows links (OSC 8).
    pub links: bool,
    /// Whether to show each finding by itself, and all of them in full.
    pub all: bool,
    /// Whether to show how often each lint speaks, in place of what it says.
    pub statistics: bool,
    /// Whether to show waived findings in full; they are counted either way.
    pub show_waived: bool,
    /// Whether to list the lints that could not be assessed, with the fields they want.
    pub explain_skipped: bool,
    /// Whether to list what every lint came to, in JSON.
    pub outcomes: bool,
    /// Whether to leave the summary out.
    pub quiet: bool,
}

/// The user's word on colours: `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// Where a terminal shows them, and nobody objects.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// The narrowest width that can be drawn in.
const NARROWEST: usize = 20;

impl Default for Style {
    /// Plain: no colour, ASCII only, 80 cells.
    fn default() -> Self {
        Self {
            color: false,
            unicode: false,
            width: 80,
            narrated: false,
            links: false,
            all: false,
            statistics: false,
            show_waived: false,
            explain_skipped: false,
            outcomes: false,
            quiet: false,
        }
    }
}

/// The style that suits a stream: `--color` first, then `NO_COLOR`, `CLICOLOR_FORCE` and `FORCE_COLOR`, then whether it
/// is a terminal. A pipe gets neither colours nor drawing characters, unless colours are forced. `NO_GRAPHICS` asks for
/// the narrated form. `width` is what the terminal says; without it `COLUMNS` counts, and then 80.
pub fn style_for(
    color: ColorChoice,
    is_terminal: bool,
    env: &dyn Fn(&str) -> Option<String>,
    width: Option<usize>,
) -> Style {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    let on = |name: &str| set(name).is_some_and(|value| value != "0");
    let term = set("TERM").unwrap_or_default();
    let dumb = term == "dumb";

    let forced = match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => set("NO_COLOR").is_none() && (on("CLICOLOR_FORCE") || on("FORCE_COLOR")),
    };
    let welcome = is_terminal && !dumb && set("NO_COLOR").is_none() && set("CLICOLOR").is_none_or(|value| value != "0");
    let color = forced || (color == ColorChoice::Auto && welcome);

    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_ascii_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8") || set("WT_SESSION").is_some();
    // The Linux console has colours, but its font lacks most drawing characters.
    let unicode = utf8 && !dumb && term != "linux" && (is_terminal || forced);

    Style {
        color,
        unicode,
        width: width.or_else(|| set("COLUMNS")?.parse().ok()).unwrap_or(80).max(NARROWEST),
        narrated: on("NO_GRAPHICS"),
        links: color && is_terminal && !dumb && follows_links(&set),
        ..Style::default()
    }
}

/// Whether the terminal is one of those that are known to follow links. Others may print the address as garbage.
fn follows_links(set: &dyn Fn(&str) -> Option<String>) -> bool {
    let program = set("TERM_PROGRAM").unwrap_or_default();
    let vte = set("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).unwrap_or(0);
    matches!(program.as_str(), "iTerm.app" | "WezTerm" | "vscode" | "ghostty")
        || vte >= 5000
        || set("WT_SESSION").is_some()
        || set("KITTY_WINDOW_ID").is_some()
}

impl Style {
    /// `text` in the colour of `severity`; a waived finding has none of its own.
    pub(super) fn paint<'a>(&self, severity: Severity, waived: bool, text: &'a str) -> Cow<'a, str> {
        let code = match severity {
            _ if !self.color => return Cow::Borrowed(text),
            _ if waived => "2",
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Advice => "1;36",
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }

    /// What stands where text was left out.
    pub(super) fn ellipsis(&self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(color: ColorChoice, is_terminal: bool, env: &[(&str, &str)]) -> Style {
        let env = |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string());
        style_for(color, is_terminal, &env, None)
    }

    #[test]
    fn a_terminal_gets_colours_and_a_pipe_does_not() {
        let locale = ("LANG", "en_GB.UTF-8");
        let terminal = style(ColorChoice::Auto, true, &[locale]);
        assert!(terminal.color && terminal.unicode && !terminal.links);
        let pipe = style(ColorChoice::Auto, false, &[locale]);
        assert!(!pipe.color && !pipe.unicode);
        assert!(style(ColorChoice::Auto, false, &[locale, ("CLICOLOR_FORCE", "1")]).color);
        assert!(!style(ColorChoice::Auto, false, &[locale, ("CLICOLOR_FORCE", "0")]).color);
        assert!(style(ColorChoice::Always, false, &[locale]).unicode);
    }

    #[test]
    fn no_color_is_about_colour_alone() {
        let env = [("LANG", "C.UTF-8"), ("NO_COLOR", "1")];
        let style_ = style(ColorChoice::Auto, true, &env);
        assert!(!style_.color && style_.unicode);
        assert!(style(ColorChoice::Always, true, &env).color);
        assert!(style(ColorChoice::Auto, true, &[("NO_COLOR", "")]).color);
        assert!(!style(ColorChoice::Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]).color);
        assert!(!style(ColorChoice::Auto, true, &[("CLICOLOR", "0")]).color);
        assert!(!style(ColorChoice::Never, true, &[("CLICOLOR_FORCE", "1")]).color);
    }

    #[test]
    fn the_locale_decides_about_unicode() {
        assert!(!style(ColorChoice::Auto, true, &[("LANG", "C")]).unicode);
        assert!(!style(ColorChoice::Auto, true, &[("LC_ALL", "C"), ("LANG", "ko_KR.UTF-8")]).unicode);
        assert!(style(ColorChoice::Auto, true, &[("LC_ALL", ""), ("LANG", "ko_KR.utf8")]).unicode);
        assert!(!style(ColorChoice::Auto, true, &[("LANG", "C.UTF-8"), ("TERM", "linux")]).unicode);
    }

    #[test]
    fn a_dumb_terminal_gets_plain_text() {
        let dumb = style(ColorChoice::Auto, true, &[("TERM", "dumb"), ("LANG", "C.UTF-8")]);
        assert!(!dumb.color && !dumb.unicode && !dumb.links);
    }

    #[test]
    fn widths_come_from_the_terminal_then_columns() {
        assert_eq!(style_for(ColorChoice::Auto, true, &|_| Some("100".into()), Some(132)).width, 132);
        assert_eq!(style(ColorChoice::Auto, false, &[("COLUMNS", "100")]).width, 100);
        assert_eq!(style(ColorChoice::Auto, false, &[("COLUMNS", "wide")]).width, 80);
        assert_eq!(style(ColorChoice::Auto, true, &[("COLUMNS", "3")]).width, NARROWEST);
    }

    #[test]
    fn links_need_a_terminal_that_follows_them() {
        assert!(style(ColorChoice::Auto, true, &[("TERM_PROGRAM", "WezTerm")]).links);
        assert!(style(ColorChoice::Auto, true, &[("VTE_VERSION", "7402")]).links);
        assert!(!style(ColorChoice::Auto, false, &[("TERM_PROGRAM", "WezTerm")]).links);
        assert!(style(ColorChoice::Auto, true, &[("NO_GRAPHICS", "1")]).narrated);
    }
}
