//! Bytes of any kind, and true files with bytes changed: an answer, never a panic.

use crate::documents::{ByHand, lopdf_document, saved_with};
use crate::pictures::*;
use lopdf::SaveOptions;
use motcua_inspect::inspect;
use proptest::prelude::*;
use std::sync::LazyLock;

static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let modern = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    vec![
        jpeg(),
        jpeg_with(|encoder| encoder.set_progressive(true)),
        png(),
        webp(Some(60.0)),
        webp(None),
        webp_with_exif(),
        ByHand::new().write(),
        saved_with(lopdf_document(2), modern),
    ]
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_files(
        which in 0..8_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = SEEDS[which].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = inspect(&bytes);
    }

    #[test]
    fn any_bytes(mark in prop::sample::select(vec![&b"\xFF\xD8\xFF"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBP", b"%PDF-1.7\n", b""]), bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = inspect(&[mark, &bytes].concat());
    }
}
