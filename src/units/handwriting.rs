//! Numbers as people write them where the format has another spelling.
