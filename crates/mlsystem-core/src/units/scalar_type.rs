//! The scalar types of the format: their words, and what people are told of them.

/// The scalar types of the format. Each has one pattern, one reader and one normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the format's reference page")]
pub enum ScalarType {
    Duration,
    Interval,
    Percentage,
    Ratio,
    Change,
    Count,
    Integer,
    Number,
    Rate,
    Size,
    Sum,
    Spend,
    Price,
    Limit,
    Value,
    Date,
    Period,
    Range,
    Comparison,
    Alert,
    Test,
    Requirement,
    Bool,
    Text,
    Label,
    Team,
    Name,
    SystemName,
    /// A place of the manifest itself: `serving.latency.p99`.
    Field,
    Path,
    Version,
    Licence,
    Region,
    Language,
}

/// What people are told of one type.
struct Row {
    kind: ScalarType,
    word: &'static str,
    meaning: &'static str,
    examples: &'static [&'static str],
}

const fn row(kind: ScalarType, word: &'static str, meaning: &'static str, examples: &'static [&'static str]) -> Row {
    Row { kind, word, meaning, examples }
}

/// In the order of the enumeration.
const ROWS: [Row; 34] = [
    row(
        ScalarType::Duration,
        "duration",
        "A length of time up to 100 years, where `m` is minutes, `mo` 30 days and `y` 365 days; months and years are compared with each other by the calendar, so that `12mo` is `1y`.",
        &["80ms", "15m", "1h30m", "90d"],
    ),
    row(
        ScalarType::Interval,
        "interval",
        "How often something recurs: a duration, a word such as `daily` or `never`, or a cron string in UTC.",
        &["1h", "daily", "continuous", "30 2 * * MON-FRI"],
    ),
    row(ScalarType::Percentage, "percentage", "A share from 0% to 100%.", &["99.9%", "2%"]),
    row(
        ScalarType::Ratio,
        "ratio",
        "A share from 0 to 1, as a fraction or as a percentage, which are equal.",
        &["0.02", "2%"],
    ),
    row(ScalarType::Change, "change", "A difference with its sign, as a share or in a unit.", &["-0.4%", "+12ms", "0"]),
    row(
        ScalarType::Count,
        "count",
        "A whole number of things, where `k`, `M`, `G` or `B`, and `T` are thousands, millions, billions and trillions.",
        &["12000", "12k", "3.2M", "7B"],
    ),
    row(ScalarType::Integer, "integer", "A whole number that counts nothing.", &["1", "-3"]),
    row(ScalarType::Number, "number", "A number without a unit.", &["0.31", "-1.5", "1e-4"]),
    row(
        ScalarType::Rate,
        "rate",
        "A number per second, minute, hour, day, week, month or year.",
        &["1200/s", "30/min", "4M/day"],
    ),
    row(
        ScalarType::Size,
        "size",
        "A number of bytes, in powers of 1000 (`MB`) or of 1024 (`MiB`).",
        &["480MB", "2GiB", "64kB"],
    ),
    row(ScalarType::Sum, "sum", "An amount of money with its ISO 4217 code.", &["310 USD", "EUR 2.50", "12k KRW"]),
    row(ScalarType::Spend, "spend", "Money per hour, day, week, month or year.", &["4200 USD/month", "450 EUR/day"]),
    row(
        ScalarType::Price,
        "price",
        "Money per thing; without a thing it is the one that the field names.",
        &["0.0004 USD", "3 USD/1M tokens", "0.002 EUR/request"],
    ),
    row(
        ScalarType::Limit,
        "limit",
        "A bound on use: how much, per what, and for whom.",
        &["70k/task", "450 EUR/day", "30/h per account", "4"],
    ),
    row(
        ScalarType::Value,
        "value",
        "What a metric measures: a number, share, count, duration, size, rate or money, told by its unit.",
        &["0.95", "95%", "120ms", "3 USD"],
    ),
    row(ScalarType::Date, "date", "A day from 1900 to 2199, in UTC.", &["2026-11-01"]),
    row(
        ScalarType::Period,
        "period",
        "A stretch of days to which both ends belong, or the time that ends today.",
        &["2025-01-01..2026-03-31", "2025-01-01..now", "last 90d"],
    ),
    row(
        ScalarType::Range,
        "range",
        "A lowest and a highest value, which both belong to it.",
        &["0.2..0.4", "50ms..100ms", "-5%..5%"],
    ),
    row(
        ScalarType::Comparison,
        "comparison",
        "What must hold of a value; a bare value is read with the metric's `better`.",
        &["at most 100ms", "at least 0.31", "0.2..0.4", ">= 0.31"],
    ),
    row(
        ScalarType::Alert,
        "alert",
        "The bad side of a value, out of a range, or a move of the running figure.",
        &["above 150ms", "below 99.9%", "outside 0.2..0.4", "down 3%"],
    ),
    row(
        ScalarType::Test,
        "test",
        "A metric or signal, and what is demanded or feared of it.",
        &["ndcg@10 at least 0.31", "orders down 3%", "error_rate above 2%"],
    ),
    row(
        ScalarType::Requirement,
        "requirement",
        "What is demanded of a field or metric of this manifest.",
        &["serving.latency.p99 at most 100ms", "oversight.mode is human-in-the-loop", "serving.fallback is set"],
    ),
    row(ScalarType::Bool, "bool", "Yes or no, as `true` or `false`.", &["true", "false"]),
    row(ScalarType::Text, "text", "Prose of one or several lines.", &["why the model may say no"]),
    row(ScalarType::Label, "label", "A short name in words, on one line.", &["night orders"]),
    row(
        ScalarType::Team,
        "team",
        "Who to turn to: a name, a channel, a handle, a mail address or a page.",
        &["discovery-ml", "#ml-oncall", "@org/team"],
    ),
    row(ScalarType::Name, "name", "The name of an item, without blanks.", &["ndcg@10", "eta-forecast", "clicks"]),
    row(
        ScalarType::SystemName,
        "system-name",
        "The name of a system in lower case, unique in the workspace.",
        &["restaurant-recommender"],
    ),
    row(
        ScalarType::Field,
        "field",
        "A place of this manifest, from its root; a name that holds a point stands in brackets.",
        &["serving.latency.p99", "models[v1.2].version"],
    ),
    row(
        ScalarType::Path,
        "path",
        "A file or folder relative to this file, with `/` and perhaps a pattern, or a URL.",
        &["docs/card.md", "deploy/*.yaml", "https://example.org/card"],
    ),
    row(
        ScalarType::Version,
        "version",
        "A pin without blanks; `latest`, `main`, `^1` and the like are read and count as floating.",
        &["1.10", "8f3c1d", "latest"],
    ),
    row(
        ScalarType::Licence,
        "licence",
        "An SPDX expression, or `commercial`, `proprietary`, `public-domain`, `non-commercial`, `research-only`.",
        &["Apache-2.0", "MIT OR Apache-2.0", "commercial"],
    ),
    row(
        ScalarType::Region,
        "region",
        "A country or its part by ISO 3166, or `EU`, `EEA` or `world`.",
        &["KR", "US-CA", "EU", "world"],
    ),
    row(ScalarType::Language, "language", "A language by its BCP 47 tag.", &["en", "pt-BR", "zh-Hant"]),
];

impl ScalarType {
    /// All types, in the order of the reference page.
    pub fn all() -> impl Iterator<Item = ScalarType> {
        ROWS.iter().map(|row| row.kind)
    }

    /// The type's word in the outline: `duration`, `system-name`.
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// The type with this word.
    pub fn from_word(word: &str) -> Option<ScalarType> {
        ROWS.iter().find(|row| row.word == word).map(|row| row.kind)
    }

    /// What it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.row().meaning
    }

    /// Well written examples.
    pub fn examples(self) -> &'static [&'static str] {
        self.row().examples
    }

    /// Whether it is a quantity, date or condition, whose errors are `bad-quantity`; those of others are `wrong-type`.
    pub fn is_quantity(self) -> bool {
        self <= ScalarType::Requirement
    }

    /// Whether YAML may take a well written value for a number, so that the schema must admit one.
    pub fn admits_yaml_number(self) -> bool {
        ["12", "0.5", "-3"].iter().any(|number| self.reads(number))
    }

    /// Whether YAML may take a well written value for a boolean, so that the schema must admit one.
    pub fn admits_yaml_bool(self) -> bool {
        self.reads("true")
    }

    /// Whether `raw` is a well written value.
    pub fn reads(self, raw: &str) -> bool {
        super::parse(self, raw).is_some()
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::read;

    #[test]
    fn rows_stand_in_order_and_their_examples_read() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.kind as usize, at);
            assert_eq!(ScalarType::from_word(row.word), Some(row.kind));
            for example in row.examples {
                assert!(read(row.kind, example).is_ok(), "{} {example}", row.word);
            }
        }
        assert!(ScalarType::Change.admits_yaml_number() && !ScalarType::Duration.admits_yaml_number());
        assert!(ScalarType::Label.admits_yaml_bool() && !ScalarType::Date.admits_yaml_bool());
        assert!(ScalarType::Requirement.is_quantity() && !ScalarType::Bool.is_quantity());
    }
}
