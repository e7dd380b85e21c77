//! The names of the findings that the program itself raises. Each has a page with `raised: reader`.

use super::LintName;

/// Declares the names, and the list of all.
macro_rules! names {
    ($($constant:ident $name:literal,)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub const $constant: LintName<'static> = LintName::new($name);
        )*
        /// All of them.
        pub const ALL: &[LintName<'static>] = &[$($constant),*];
    };
}

names! {
    BAD_QUANTITY "bad-quantity",
    CONTRADICTORY_DUPLICATE "contradictory-duplicate",
    DEPRECATED_LINT "deprecated-lint",
    DUPLICATE_KEY "duplicate-key",
    INVALID_LINT "invalid-lint",
    INVALID_YAML "invalid-yaml",
    KEY_NOT_TEXT "key-not-text",
    LEVEL_WITHOUT_REASON "level-without-reason",
    MERGE_NOT_MAPPING "merge-not-mapping",
    MISSING_KEY "missing-key",
    NOT_UTF_8 "not-utf-8",
    PLACEHOLDER_TEXT "placeholder-text",
    RECURSIVE_ALIAS "recursive-alias",
    RENAMED_LINT "renamed-lint",
    SECRET_IN_MANIFEST "secret-in-manifest",
    SETTING_WITHOUT_EFFECT "setting-without-effect",
    SEVERAL_DOCUMENTS "several-documents",
    STALE_BASELINE_ENTRY "stale-baseline-entry",
    SYSTEM_NAME_TAKEN "system-name-taken",
    TOO_DEEP "too-deep",
    TOO_LARGE "too-large",
    TOO_MANY_ALIASES "too-many-aliases",
    TOO_MANY_NODES "too-many-nodes",
    TOO_MANY_STEPS "too-many-steps",
    UNDEFINED_REFERENCE "undefined-reference",
    UNKNOWN_ALIAS "unknown-alias",
    UNKNOWN_KEY "unknown-key",
    UNKNOWN_WORD "unknown-word",
    UNREADABLE_FILE "unreadable-file",
    UNSUPPORTED_FORMAT_VERSION "unsupported-format-version",
    WAIVER_EXPIRED "waiver-expired",
    WAIVER_MATCHES_NOTHING "waiver-matches-nothing",
    WAIVER_WITHOUT_REASON "waiver-without-reason",
    WRONG_TYPE "wrong-type",
}
