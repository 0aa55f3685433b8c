//! A photo's file as the paper worker reads it before decoding, and pages as they are bound: any bytes.
//! It must not panic, and says no size of nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_paper_worker::{Binder, find_head, find_jpeg, same};

fuzz_target!(|bytes: &[u8]| {
    if let Some(head) = find_head(bytes) {
        assert!(head.width > 0 && head.height > 0);
    }
    let _ = same(bytes);
    let mut binder = Binder::new(&String::from_utf8_lossy(bytes), bytes.len());
    let bound = binder.page(bytes).is_ok();
    assert_eq!(bound, find_jpeg(bytes).is_some_and(|jpeg| matches!(jpeg.channels, 1 | 3)));
    assert_eq!(binder.finish().is_ok(), bound);
});
