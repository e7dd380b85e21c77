//! See `mlsystem_fuzz::lint`.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};
use mlsystem_fuzz::{collect, lint, mutate, on_text};

fuzz_target!(init: collect("lint"), |data: &[u8]| -> Corpus { on_text(data, lint::hold) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed, fuzzer_mutate)
});
