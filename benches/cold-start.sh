#!/bin/sh
# Times cold starts of `mlsystem check` over one manifest of 300 lines against a program that only parses arguments.
# hyperfine is not used: it runs one program after the other, and on a shared machine the difference drowns in that.
set -eu
cd "$(dirname "$0")/.."
cargo build --release --quiet --bin mlsystem --example clap-only --example cold-start
exec "${CARGO_TARGET_DIR:-target}/release/examples/cold-start"
