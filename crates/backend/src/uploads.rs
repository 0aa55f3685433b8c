//! Uploads by tus 1.0.0: creation, HEAD, PATCH, checksum, termination, expiration. The offset
//! never decreases; bytes that arrived before a break are kept; a newer request for an upload ends an
//! older one that is stuck. What is whole is looked at, kept under its random id, and given to staff as
//! an attachment only. Protocol: tus.io, version 1.0.0.

pub mod binding;
pub mod finish;
pub mod handlers;
pub mod protocol;
pub mod quota;
pub mod scanner;
pub mod serving;
pub mod store;
pub mod turns;
