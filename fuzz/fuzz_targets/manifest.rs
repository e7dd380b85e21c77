//! See `mlsystem_fuzz::manifest`.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};
use mlsystem_fuzz::{collect, manifest, mutate, on_text};

fuzz_target!(init: collect("manifest"), |data: &[u8]| -> Corpus { on_text(data, manifest::hold) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed, fuzzer_mutate)
});
