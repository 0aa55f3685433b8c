//! The citizen's app. Wiring only.
fn main() {}
