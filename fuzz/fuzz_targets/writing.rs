//! See `mlsystem_fuzz::writing`.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};
use mlsystem_fuzz::{collect, mutate, on_text, writing};

fuzz_target!(init: collect("writing"), |data: &[u8]| -> Corpus { on_text(data, writing::hold) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed, fuzzer_mutate)
});
