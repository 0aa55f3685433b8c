//! Any text as a bank transfer, also under a right check sum, which random text never has.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_domain::vietqr::{Transfer, check_sum};

fuzz_target!(|text: &str| {
    let _ = Transfer::parse(text);
    let body = format!("{text}6304");
    let _ = Transfer::parse(&format!("{body}{:04X}", check_sum(body.as_bytes())));
});
