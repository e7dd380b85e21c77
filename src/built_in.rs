//! What the build compiled: the format of manifests and the built-in lints, as constants.

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));
