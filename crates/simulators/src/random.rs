//! Owns unguessable texts. Knows no use of them.

/// `N` bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness: nothing here could then be trusted.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the operating system gives no random bytes: {error}");
    }
    bytes
}

/// 128 random bits as 32 hex digits.
pub(crate) fn token() -> String {
    hex::encode(bytes::<16>())
}
