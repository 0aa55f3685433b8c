//! Squares of modules, which reach the reader's parts behind the search: format, correction,
//! segments. The fixed patterns' places carry any bits. It must not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_qr_reader::read_modules;

fuzz_target!(|bytes: &[u8]| {
    let [version, rest @ ..] = bytes else { return };
    let side = 17 + 4 * usize::from(version % 42);
    let bit = |i: usize| rest.get(i / 8).is_some_and(|byte| byte >> (i % 8) & 1 == 1);
    let _ = read_modules(side, (0..side * side).map(bit).collect());
});
