//! What is still to be checked, and when.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The longest rest between two checks, for which edits are gathered.
const MAX_PAUSE: Duration = Duration::from_millis(200);

/// How long work that is due lets messages go first.
const PATIENCE: Duration = Duration::from_millis(50);

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// To check an open text.
    Text(String),
    /// To look over all other files.
    Others,
}

/// The pieces of work that are pending.
#[derive(Debug, Default)]
pub struct Queue {
    pieces: VecDeque<Piece>,
    due: Option<Instant>,
    /// The text that was checked last.
    last: Option<String>,
    /// How long the last piece took, and when it was done.
    took: Duration,
    finished: Option<Instant>,
}

impl Queue {
    /// Has a text checked soon, after it all `others`, which its names may concern, and then the other files.
    pub fn text(&mut self, name: &str, others: impl Iterator<Item = String>) {
        let edited = Piece::Text(name.to_owned());
        self.pieces.retain(|piece| *piece != edited);
        // A text that is edited without end leaves every second turn to the others.
        let turn = usize::from(self.last.as_deref() == Some(name)).min(self.pieces.len());
        self.pieces.insert(turn, edited);
        self.add(others);
        let now = Instant::now();
        let rested = self.finished.map_or(now, |finished| finished + self.took.min(MAX_PAUSE));
        self.due_at(rested.max(now));
    }

    /// Has all `texts` checked after a while, and then the other files. What waits already keeps its place and its time.
    pub fn everything(&mut self, texts: impl Iterator<Item = String>, after: Duration) {
        self.add(texts);
        self.due_at(Instant::now() + after);
    }

    /// The next piece, if there is one.
    pub fn take(&mut self) -> Option<Piece> {
        let piece = self.pieces.pop_front();
        if self.pieces.is_empty() {
            self.due = None;
        }
        self.last = match &piece {
            Some(Piece::Text(name)) => Some(name.clone()),
            _ => None,
        };
        piece
    }

    /// Notes how long a piece of work took that is done now.
    pub fn done(&mut self, took: Duration) {
        (self.took, self.finished) = (took, Some(Instant::now()));
    }

    /// How long to wait for messages before the next piece of work; none where there is no work.
    pub fn pause(&self) -> Option<Duration> {
        self.due.map(|due| due.saturating_duration_since(Instant::now()))
    }

    /// Whether work that was due at `due` goes before messages now: they have had their time, and at least as much as the
    /// last piece took.
    pub fn goes_first(&self, due: Instant) -> bool {
        let rested = self.finished.is_none_or(|finished| finished.elapsed() >= self.took);
        rested && due.elapsed() >= PATIENCE
    }

    /// When the next piece is due.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    fn add(&mut self, texts: impl Iterator<Item = String>) {
        for piece in texts.map(Piece::Text).chain([Piece::Others]) {
            if !self.pieces.contains(&piece) {
                self.pieces.push_back(piece);
            }
        }
    }

    fn due_at(&mut self, at: Instant) {
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&str]) -> impl Iterator<Item = String> {
        texts.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().into_iter()
    }

    /// The first so many pieces, where `again` comes before each.
    fn pieces(queue: &mut Queue, count: usize, again: impl Fn(&mut Queue)) -> String {
        let piece = |_| {
            again(queue);
            match queue.take() {
                Some(Piece::Text(name)) => name,
                Some(Piece::Others) => "-".to_owned(),
                None => "none".to_owned(),
            }
        };
        (0..count).map(piece).collect()
    }

    #[test]
    fn what_is_edited_goes_first() {
        let mut queue = Queue::default();
        queue.everything(names(&["a", "b", "c"]), Duration::ZERO);
        queue.text("c", names(&["a", "b", "c"]));
        assert_eq!(pieces(&mut queue, 5, |_| {}), "cab-none");
        assert!(queue.pause().is_none());
    }

    #[test]
    fn edits_and_changes_without_end_starve_nothing() {
        let all = ["a", "b", "c"];
        let mut queue = Queue::default();
        assert_eq!(pieces(&mut queue, 8, |queue| queue.text("a", names(&all))), "abaca-ab");
        let mut queue = Queue::default();
        assert_eq!(pieces(&mut queue, 6, |queue| queue.everything(names(&all), Duration::ZERO)), "abc-ab");
    }

    #[test]
    fn what_is_due_is_not_put_off() {
        let mut queue = Queue::default();
        queue.everything(names(&["a"]), Duration::ZERO);
        queue.everything(names(&["a"]), Duration::from_secs(600));
        assert_eq!(queue.pause(), Some(Duration::ZERO));
        assert!(!queue.goes_first(Instant::now()), "messages go first for a while");
        assert!(queue.goes_first(Instant::now() - 2 * PATIENCE));
        queue.done(Duration::from_secs(600));
        assert!(!queue.goes_first(Instant::now() - 2 * PATIENCE), "and have as much time as the work before");
    }
}
