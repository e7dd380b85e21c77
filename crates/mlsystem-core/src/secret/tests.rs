use super::*;

/// One of each kind on a line: the part that is secret, and a text with it, in which `⏎` is a line break.
const SAMPLES: &str = include_str!("samples.txt");

fn samples() -> impl Iterator<Item = (String, String)> {
    let sample = |line: &str| line.split_once('\t').map(|(secret, text)| (secret.to_owned(), text.replace('⏎', "\n")));
    SAMPLES.lines().map(move |line| sample(line).unwrap())
}

#[test]
fn every_kind_is_found_and_masked_letter_for_letter() {
    assert!(samples().count() >= 34);
    for (secret, text) in samples() {
        for (before, after) in [
            ("", ""),
            ("a: ", "\n"),
            ("(", ")"),
            ("<", ">"),
            ("`", "`"),
            ("|", "|"),
            ("[", "]"),
            ("{a: ", "}"),
            ("# ", " x"),
            ("&", " 1"),
            ("!", " a"),
            ("*", "\n"),
            ("\"", "\""),
            ("'", "',"),
            ("a/", ""),
            ("é", "é"),
            ("token:", ""),
            ("\u{200b}", "\u{200b}"),
            ("a,", ",b"),
        ] {
            let whole = format!("{before}{text}{after}");
            let masked = redacted(&whole);
            assert!(!masked.contains(&*secret), "{whole}: {masked}");
            assert!(!masked.contains(&secret[..secret.len() * 2 / 3]), "{whole}: {masked}");
            assert_eq!(masked.len(), whole.len());
            let units = |text: &str| (text.chars().count(), text.encode_utf16().count(), text.lines().count());
            assert_eq!(units(&masked), units(&whole), "{whole}");
            assert_eq!(redacted(&masked), masked, "what is masked is none");
        }
    }
}

#[test]
fn what_only_looks_like_one_is_none() {
    for text in [
        "sha256:41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d",
        "digest: sha256:41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d",
        "rev: 514b8ea0e029cb65bf6df5be188e5ec28330afa3",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "md5: d41d8cd98f00b204e9800998ecf8427e",
        "integrity sha512-oRkhE5gH7jK9mN1pQ3sTaB3dE5gH7jK9mN1pQ3sTaB3dE5gH7jK9mN1pQ3sT==",
        "https://example.com/a:b@c",
        "https://example.com:8080/a@b",
        "oci://registry.local:5000/models/ranker@sha256:41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d",
        "postgres://ranker:${PASSWORD}@db/features",
        "postgres://ranker:***@db/features",
        "postgres://ranker@db/features",
        "[\"http://db:80\", \"a@b\"]",
        "sk-learn pipelines are versioned with the code",
        "sk-learn-pipeline-for-the-ranker-of-the-shop",
        "discovery-ml@example.com",
        "hf_transfer",
        "npm_config_registry",
        "api_key: vault/ml/ranker/api-key",
        "token: the one of the team, rotated each 90 days",
        "token: vault:secret/data/ml#token-2026",
        "secret: ranker-credentials-production-eu-west-1",
        "secret_key: ref:arn:aws:secretsmanager:eu-west-1:123456789012:secret:ranker",
        "password: rotated every 90 days",
        "password=${DB_PASSWORD}",
        "password == \"\"",
        "tokens: 4096",
        "s3://bucket/a/b/2026-11-24T00:00:00Z/part-0001.parquet",
        "models/ranker/2026-11-24/0123456789/checkpoint-00012000.safetensors",
        "feature_store:user_click_through_rate_30d_v2_normalised",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
        "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
        "discord-bot",
        "AKIA",
        "ASIAN-MARKETS-AND-THE-REST-OF-THE-WORLD",
        "eyJhbGciOiJIUzI1NiJ9",
        "",
    ] {
        assert_eq!(find(text), [], "{text}");
    }
}

#[test]
fn escapes_and_zeros_hide_nothing() {
    for (text, kept) in [
        ("\"\\x67hp_abcdefghijklmnopqrstuvwxyz0123456789AB\"", "0123"),
        ("\"gh\\u0070_abcdefghijklmnopqrstuvwxyz0123456789AB\" z", "0123"),
        ("\"ghp_abcdefghijk\\\n   lmnopqrstuvwxyz0123456789AB\"", "0123"),
        ("{\"a\": \"postgres:\\/\\/u:sup3rsecret@h\\/x\"}", "sup3r"),
        (
            "g\0h\0p\0_\0a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z\x000\x001\x002\x003\x004\x005\0",
            "p\0q\0r\0",
        ),
    ] {
        let masked = redacted(text);
        assert!(!masked.contains(kept), "{text:?}: {masked:?}");
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.ends_with('z'), text.ends_with('z'));
    }
}

#[test]
fn what_follows_a_key_block_stays() {
    let text = "key: |\n  -----BEGIN PRIVATE KEY-----\n  MIIEvgIBADANBgkqhkiG\nserving: {pattern: online}\n";
    let masked = redacted(text);
    assert!(masked.ends_with("\nserving: {pattern: online}\n") && !masked.contains("MIIE"), "{masked}");
}

#[test]
fn equal_tokens_have_equal_masks_and_others_others() {
    let token = |last: char| format!("ghp_abcdefghijklmnopqrstuvwxyz0123456789A{last}");
    let of = |last: char| redacted(&token(last)).into_owned();
    assert_eq!(of('B'), of('B'));
    assert_ne!(of('B'), of('C'));
    assert!(is_masked(&of('B')) && !is_masked(&token('B')));
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for part in [
        "sk-",
        "eyJ.",
        "eyJ-",
        "token=",
        "password=",
        "1Q~",
        "a://b:",
        "a://",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "\\x41",
        "\0",
        "earer ",
        "ghp_",
    ] {
        let text = part.repeat(300_000 / part.len());
        assert_eq!(redacted(&text).len(), text.len());
    }
}

/// A text of nothing but secrets is masked to its end and takes no memory for each of them.
#[test]
fn past_the_last_that_is_told_apart_everything_is_masked() {
    let line = |number: usize| format!("- ghp_abcdefghijklmnopqrstuvwxyz{number:010}\n");
    let few: String = (0..MAX_SECRETS).map(line).collect();
    assert_eq!(find(&few).len(), MAX_SECRETS);
    let many: String = (0..MAX_SECRETS + 5).map(line).collect();
    for text in [format!("{many}stage: production\n"), many.replace("gh", "\\x67h")] {
        let found = find(&text);
        assert_eq!(found.len(), MAX_SECRETS + 1);
        assert_eq!(found.last().map(|last| (last.what, last.range.end)), Some((REST, text.len())));
        let masked = masked(&text, &found);
        assert!(!masked.contains("ghp_") && !masked.contains("abcdef") && !masked.contains("production"), "{masked}");
        assert_eq!((masked.len(), masked.lines().count()), (text.len(), text.lines().count()));
    }
    // One sort of secrets does not crowd out another.
    let mixed = format!("url: a://u:sup3rsecret@h\n{many}");
    assert_eq!(find(&mixed)[0].what, "a password in an address");
    assert_eq!(find(&mixed).len(), MAX_SECRETS + 2);
}
