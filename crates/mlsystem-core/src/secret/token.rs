//! Tokens that begin with letters by which their issuer marks them.

use super::{Collector, Secret, is_key, is_random};

/// A documented beginning of tokens.
struct Shape {
    prefix: &'static str,
    /// The least length of the whole.
    least: usize,
    of: Letters,
    /// Whether what follows has to look random, because names begin with the same letters.
    random: bool,
    what: &'static str,
}

/// What a token is made of.
#[derive(Clone, Copy)]
enum Letters {
    /// Capitals and digits.
    Capitals,
    /// Letters, digits, `_` and `-`.
    Key,
    /// The same and points.
    Dotted,
}

use Letters::{Capitals, Dotted, Key};

const fn sure(prefix: &'static str, least: usize, of: Letters, what: &'static str) -> Shape {
    Shape { prefix, least, of, random: false, what }
}

const fn random(prefix: &'static str, least: usize, of: Letters, what: &'static str) -> Shape {
    Shape { prefix, least, of, random: true, what }
}

const ACCESS_KEY: &str = "an access key";
const API_KEY: &str = "an API key";
const TOKEN: &str = "an access token";

const SHAPES: [Shape; 69] = [
    sure("AKIA", 20, Capitals, ACCESS_KEY),
    sure("ASIA", 20, Capitals, ACCESS_KEY),
    sure("ABIA", 20, Capitals, ACCESS_KEY),
    sure("ACCA", 20, Capitals, ACCESS_KEY),
    random("LTAI", 20, Key, ACCESS_KEY),
    sure("AIza", 39, Key, API_KEY),
    random("ya29.", 30, Dotted, TOKEN),
    sure("GOCSPX-", 30, Key, "a client secret"),
    sure("ghp_", 36, Key, TOKEN),
    sure("gho_", 36, Key, TOKEN),
    sure("ghu_", 36, Key, TOKEN),
    sure("ghs_", 36, Key, TOKEN),
    sure("ghr_", 36, Key, TOKEN),
    sure("github_pat_", 40, Key, TOKEN),
    sure("glpat-", 20, Dotted, TOKEN),
    random("glptt-", 24, Dotted, TOKEN),
    random("gldt-", 24, Dotted, TOKEN),
    random("glrt-", 24, Dotted, TOKEN),
    random("glft-", 24, Dotted, TOKEN),
    random("glsoat-", 24, Dotted, TOKEN),
    random("glagent-", 24, Dotted, TOKEN),
    random("glcbt-", 24, Dotted, TOKEN),
    sure("hf_", 34, Key, TOKEN),
    sure("api_org_", 40, Key, TOKEN),
    sure("npm_", 36, Key, TOKEN),
    random("pypi-", 40, Key, TOKEN),
    sure("xoxb-", 24, Key, TOKEN),
    sure("xoxp-", 24, Key, TOKEN),
    random("xoxa-", 24, Key, TOKEN),
    random("xoxs-", 24, Key, TOKEN),
    random("xoxr-", 24, Key, TOKEN),
    random("xoxe-", 24, Key, TOKEN),
    random("xoxe.", 24, Dotted, TOKEN),
    random("xapp-", 24, Key, TOKEN),
    random("sk-", 24, Dotted, API_KEY),
    sure("sk_live_", 24, Key, API_KEY),
    sure("sk_test_", 24, Key, API_KEY),
    sure("rk_live_", 24, Key, API_KEY),
    sure("rk_test_", 24, Key, API_KEY),
    random("whsec_", 24, Key, "a signing secret"),
    random("dapi", 36, Key, TOKEN),
    random("dop_v1_", 40, Key, TOKEN),
    random("doo_v1_", 40, Key, TOKEN),
    random("dor_v1_", 40, Key, TOKEN),
    random("SG.", 50, Dotted, API_KEY),
    random("hvs.", 28, Dotted, TOKEN),
    random("hvb.", 28, Dotted, TOKEN),
    random("shpat_", 36, Key, TOKEN),
    random("shpss_", 36, Key, TOKEN),
    random("glsa_", 40, Key, TOKEN),
    random("glc_", 40, Key, TOKEN),
    random("dckr_pat_", 30, Key, TOKEN),
    random("dckr_oat_", 30, Key, TOKEN),
    random("nvapi-", 40, Key, API_KEY),
    random("gsk_", 40, Key, API_KEY),
    random("xai-", 40, Key, API_KEY),
    random("pplx-", 40, Key, API_KEY),
    random("r8_", 36, Key, TOKEN),
    random("pcsk_", 40, Key, API_KEY),
    random("tvly-", 24, Key, API_KEY),
    random("lsv2_", 40, Key, API_KEY),
    random("rubygems_", 48, Key, API_KEY),
    random("PMAK-", 40, Key, API_KEY),
    random("lin_api_", 40, Key, API_KEY),
    random("ATATT3", 60, Key, TOKEN),
    sure("AGE-SECRET-KEY-1", 60, Key, "a private key"),
    random("NRAK-", 30, Key, API_KEY),
    random("figd_", 40, Key, TOKEN),
    random("pul-", 40, Key, TOKEN),
];

/// Which letters the prefixes begin with.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut at = 0;
    while at < SHAPES.len() {
        begins[SHAPES[at].prefix.as_bytes()[0] as usize] = true;
        at += 1;
    }
    begins[b'e' as usize] = true;
    begins
};

/// Shorter words are no tokens.
const LEAST: usize = 20;

/// Addresses whose path is the key, and what stands before it.
const HOOKS: [&str; 3] = ["hooks.slack.com/services/", "hooks.slack.com/workflows/", "discord.com/api/webhooks/"];

pub(super) fn scan(text: &str, found: &mut Collector) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_key(bytes[at]) {
            at += 1;
            continue;
        }
        let end = at + run(&bytes[at..], is_key);
        // A short part may go on behind a point.
        let goes_on = bytes.get(end) == Some(&b'.');
        if end - at >= LEAST || goes_on {
            word(text, at..end, found);
        }
        at = end;
    }
    azure(text, found);
    for hook in HOOKS {
        for (at, _) in text.match_indices(hook) {
            let begin = at + hook.len();
            let end = begin + run(&bytes[begin..], |byte| is_key(byte) || byte == b'/');
            if end - begin >= LEAST && !super::is_masked(&text[begin..end]) {
                found.push(Secret { range: begin..end, what: "an address that is a key" });
            }
        }
    }
}

/// Beginnings that are looked at in one word, and how far a token is looked at: a hostile text is all beginnings.
const MAX_BEGINNINGS: usize = 64;
const LOOKED_AT: usize = 256;

fn run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !is(*byte)).unwrap_or(bytes.len())
}

/// The first token in a word: at its beginning, or after something that is neither letter nor digit.
fn word(text: &str, word: std::ops::Range<usize>, found: &mut Collector) {
    let bytes = text.as_bytes();
    let begins =
        |at: &usize| BEGINS[usize::from(bytes[*at])] && (*at == word.start || !bytes[*at - 1].is_ascii_alphanumeric());
    for at in word.clone().filter(begins).take(MAX_BEGINNINGS) {
        if let Some((end, what)) = token(text, at) {
            found.push(Secret { range: at..end, what });
            return;
        }
    }
}

fn token(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let rest = text.get(at..)?;
    if rest.starts_with("eyJ") {
        return signed(rest).map(|length| (at + length, "a signed token"));
    }
    let shape = SHAPES.iter().filter(|shape| rest.starts_with(shape.prefix)).max_by_key(|shape| shape.prefix.len())?;
    let is = |byte: u8| match shape.of {
        Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Key => is_key(byte),
        Dotted => is_key(byte) || byte == b'.',
    };
    let begin = shape.prefix.len();
    let body = &rest.as_bytes()[begin..];
    let length = begin + run(&body[..body.len().min(LOOKED_AT)], is);
    // A point at the end is that of a sentence.
    let looked_at = rest[..length].trim_end_matches('.');
    if looked_at.len() < shape.least || shape.random && !is_random(&looked_at[begin.min(looked_at.len())..]) {
        return None;
    }
    let length = begin + run(body, is);
    Some((at + rest[..length].trim_end_matches('.').len(), shape.what))
}

/// A JSON Web Token: a header and a payload that are JSON in base64, and a signature; or five parts, the first of which is.
fn signed(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let header = run(bytes, is_key);
    let sealed = rest.get(header..)?.starts_with(".eyJ");
    let mut length = header;
    let mut parts = 1;
    while parts < 5 && bytes.get(length) == Some(&b'.') {
        length += 1 + run(&bytes[length + 1..], |byte| is_key(byte) || byte == b'=');
        parts += 1;
    }
    let whole = rest[..length].trim_end_matches('.').len();
    (header >= 12 && (sealed || parts == 5) && whole >= 30).then_some(whole)
}

/// Client secrets of Azure, which have `Q~` after three letters and a digit.
fn azure(text: &str, found: &mut Collector) {
    let bytes = text.as_bytes();
    let is = |byte: u8| is_key(byte) || matches!(byte, b'~' | b'.');
    for (at, _) in text.match_indices("Q~") {
        let Some(begin) = at.checked_sub(4) else { continue };
        let length = run(&bytes[at + 2..bytes.len().min(at + 42)], is);
        if length >= 31 && bytes[at - 1].is_ascii_digit() && bytes[begin..at].iter().all(|byte| is(*byte)) {
            found.push(Secret { range: begin..at + 2 + length, what: "a client secret" });
        }
    }
}
