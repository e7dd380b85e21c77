use super::*;

/// One of each kind, with the part of it that is secret.
pub(crate) const SAMPLES: [(&str, &str); 34] = [
    ("AKIAQ7EXAMPLEABCDEFG", "AKIAQ7EXAMPLEABCDEFG"),
    ("ASIAQ7EXAMPLEABCDEFG", "ASIAQ7EXAMPLEABCDEFG"),
    ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("aws_secret_access_key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY'", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKY"),
    ("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;EndpointSuffix=x", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="),
    ("Server=db;User Id=u;Password=sup3r;", "sup3r"),
    ("abc8Q~2dIuOAYCrBHRTgpZ5hUe1k7L0wNxSvMtQy", "abc8Q~2dIuOAYCrBHRTgpZ5hUe1k7L0wNxSvMtQy"),
    ("AIzaSyA1234567890abcdefghijklmnopqrstuv", "AIzaSyA1234567890abcdefghijklmnopqrstuv"),
    ("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", "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"),
    ("ya29.a0AfH6SMBx1y2z3A4b5C6d7E8f9G0", "ya29.a0AfH6SMBx1y2z3A4b5C6d7E8f9G0"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789AB", "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB"),
    ("ghs_abcdefghijklmnopqrstuvwxyz0123456789", "ghs_abcdefghijklmnopqrstuvwxyz0123456789"),
    ("github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789", "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789"),
    ("glpat-aB3dE5gH7jK9mN1pQ3sT", "glpat-aB3dE5gH7jK9mN1pQ3sT"),
    ("hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH", "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH"),
    ("npm_aB3dE5gH7jK9mN1pQ3sTaB3dE5gH7jK9mN1p", "npm_aB3dE5gH7jK9mN1pQ3sTaB3dE5gH7jK9mN1p"),
    ("pypi-AgEIcHlwaS5vcmcCJDU3ZjQ5NGE3LTk2YjItNDc1", "pypi-AgEIcHlwaS5vcmcCJDU3ZjQ5NGE3LTk2YjItNDc1"),
    ("xoxb-123456789012-123456789012-aB3dE5gH7jK9mN1pQ3sTaB3d", "xoxb-123456789012-123456789012-aB3dE5gH7jK9mN1pQ3sTaB3d"),
    ("https://hooks.slack.com/services/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", "T0AB12CD3/B0AB12CD3/aB3dE5gH7jK9mN1pQ3sTaB3d"),
    ("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", "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"),
    ("sk-ant-api03-aB3dE5gH7jK9mN1pQ.3sT-aB3dE5gH7jK9mN1pQ3sTAA", "sk-ant-api03-aB3dE5gH7jK9mN1pQ.3sT-aB3dE5gH7jK9mN1pQ3sTAA"),
    ("sk_live_aB3dE5gH7jK9mN1pQ3sT", "sk_live_aB3dE5gH7jK9mN1pQ3sT"),
    ("dapi0123456789abcdef0123456789abcdef", "dapi0123456789abcdef0123456789abcdef"),
    ("hvs.CAESIaB3dE5gH7jK9mN1pQ3sTaB3dE5gH7jK9", "hvs.CAESIaB3dE5gH7jK9mN1pQ3sTaB3dE5gH7jK9"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
    ("Authorization: Bearer aB3dE5gH7jK9mN1pQ3sTaB3d", "aB3dE5gH7jK9mN1pQ3sTaB3d"),
    ("wandb_api_key=0f1e2d3c4b5a69788796a5b4c3d2e1f001234567", "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567"),
    ("postgres://ranker:hunter2@db.internal/features", "hunter2"),
    ("postgres://u:sup3r/sec@h/x", "sup3r/sec"),
    ("redis://:s@cr3t@cache:6379/0", "s@cr3t"),
    ("mongodb+srv://u:pä%40ss@h", "pä%40ss"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nAAAAB3Nz/aC1yc2E=\n-----END RSA PRIVATE KEY-----", "MIIEpAIBAAKCAQEA7bq"),
    ("# -----BEGIN OPENSSH PRIVATE KEY-----\n# b3BlbnNzaC1rZXktdjE\n# -----END OPENSSH PRIVATE KEY-----", "b3BlbnNzaC1rZXktdjE"),
    ("-----BEGIN PRIVATE KEY-----\\nMIIEvgIBADANBgkqhkiG\\n-----END PRIVATE KEY-----\\n", "MIIEvgIBADANBgkqhkiG"),
];

#[test]
fn every_kind_is_found_and_masked_letter_for_letter() {
    for (text, secret) in SAMPLES {
        for (before, after) in [
            ("", ""), ("a: ", "\n"), ("(", ")"), ("<", ">"), ("`", "`"), ("|", "|"), ("[", "]"), ("{a: ", "}"), ("# ", " x"), ("&", " 1"),
            ("!", " a"), ("*", "\n"), ("\"", "\""), ("'", "',"), ("a/", ""), ("é", "é"), ("token:", ""), ("\u{200b}", "\u{200b}"), ("a,", ",b"),
        ] {
            let whole = format!("{before}{text}{after}");
            let masked = redacted(&whole);
            assert!(!masked.contains(secret), "{whole}: {masked}");
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
        ("g\0h\0p\0_\0a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z\x000\x001\x002\x003\x004\x005\0", "p\0q\0r\0"),
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
    for part in ["sk-", "eyJ.", "eyJ-", "token=", "password=", "1Q~", "a://b:", "a://", "-----BEGIN PRIVATE KEY-----", "-----END ", "\\x41", "\0", "earer ", "ghp_"] {
        let text = part.repeat(300_000 / part.len());
        assert_eq!(redacted(&text).len(), text.len());
    }
}
