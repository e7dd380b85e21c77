//! What is known of the terminal.

use crate::report::{ColorChoice, Style, style_for};

/// The style for a stream, by the environment.
pub fn style(color: ColorChoice, is_terminal: bool) -> Style {
    let width = if is_terminal { width() } else { None };
    style_for(color, is_terminal, &|name| std::env::var(name).ok(), width)
}

/// Cells in a line.
fn width() -> Option<usize> {
    terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width))
}
