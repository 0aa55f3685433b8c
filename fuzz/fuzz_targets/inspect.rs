//! The inspection of sent files with bytes of any kind, behind each of the marks that let them in. It
//! must answer, and what it keeps must pass itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_inspect::inspect;

const MARKS: [&[u8]; 5] =
    [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n"];

fuzz_target!(|bytes: &[u8]| {
    let [mark, rest @ ..] = bytes else { return };
    let mark = MARKS[usize::from(*mark) % MARKS.len()];
    if let Ok(accepted) = inspect(&[mark, rest].concat())
        && let Some(redrawn) = accepted.redrawn
    {
        assert_eq!(inspect(&redrawn).map(|again| again.sent), Ok(accepted.kept));
    }
});
