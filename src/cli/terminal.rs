//! What is known of the terminal.

use crate::report::{ColorChoice, Style, style_for};

/// The style for a stream, by the environment.
pub fn style(color: ColorChoice, is_terminal: bool) -> Style {
    let (width, height) = if is_terminal { size() } else { (None, None) };
    let env = |name: &str| std::env::var(name).ok();
    Style { screen: height, ..style_for(color, is_terminal, &env, width) }
}

/// Cells in a line and lines on the screen.
fn size() -> (Option<usize>, Option<usize>) {
    match terminal_size::terminal_size() {
        Some((terminal_size::Width(width), terminal_size::Height(height))) => {
            (Some(usize::from(width)), Some(usize::from(height)))
        }
        None => (None, None),
    }
}
