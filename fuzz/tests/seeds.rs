//! Every property holds of every seed, and of some changes of each. This needs no fuzzer: a stable toolchain is enough.

use mlsystem_fuzz::{Random, TARGETS, change};

/// Holds a target to its seeds and to changes of them; `MLSYSTEM_FUZZ_ROUNDS` says how many of each seed.
fn try_target(name: &str) {
    let rounds = std::env::var("MLSYSTEM_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty());
    let mut held = 0;
    for (number, seed) in seeds.iter().enumerate() {
        held += usize::from((target.hold)(seed));
        let mut random = Random::new(number as u64);
        for _ in 0..rounds {
            let text = change(&change(seed, &mut random), &mut random);
            (target.hold)(&text);
        }
    }
    println!("{name}: {held} of {} seeds give something to hold", seeds.len());
    assert!(held * 2 > seeds.len(), "{held} of {} seeds of {name} give something to hold", seeds.len());
}

#[test]
fn manifest() {
    try_target("manifest");
}

#[test]
fn evidence() {
    try_target("evidence");
}

#[test]
fn lint() {
    try_target("lint");
}

#[test]
fn expression() {
    try_target("expression");
}

#[test]
fn writing() {
    try_target("writing");
}

#[test]
fn server() {
    try_target("server");
}
