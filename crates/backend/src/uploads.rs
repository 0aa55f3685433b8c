//! Uploads by tus 1.0.0: creation, HEAD, PATCH, checksum, termination, expiration. The offset
//! never decreases; bytes that arrived before a break are kept (unless a checksum covered them);
//! a newer request for an upload ends an older one that is stuck. Protocol: tus.io, version 1.0.0.

pub mod handlers;
pub mod protocol;
pub mod store;
pub mod turns;
pub mod types;
