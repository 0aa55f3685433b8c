//! A PDF's bytes before anything is parsed: a true end, nothing behind it, no other file between its
//! objects, and no stream of objects that would fill the memory.

use crate::{Refusal, tail};
use flate2::read::ZlibDecoder;
use memchr::memmem;
use std::io::Read;

/// How far from its end a PDF must say that it ends (Adobe's readers take 1024 bytes).
const END_REACH: usize = 1024;
/// Most bytes that all compressed streams of objects may become together.
const MAX_OBJECTS: u64 = 48 * 1024 * 1024;

/// Checks the envelope.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let reach = bytes.len().saturating_sub(END_REACH);
    let end = memmem::rfind(bytes.get(reach..).unwrap_or_default(), b"%%EOF");
    let behind = end.and_then(|end| bytes.get(reach + end + 5..));
    match behind {
        None if find(bytes, b"%%EOF", 0).is_some() => return Err(Refusal::Mixed),
        None => return Err(Refusal::Damaged),
        Some(behind) if !tail::is_padding(behind) => return Err(Refusal::Mixed),
        Some(_) => {}
    }
    if tail::ends_as_zip(bytes) {
        return Err(Refusal::Mixed);
    }
    check_between(bytes)?;
    check_object_streams(bytes)
}

/// Looks at what is in no object: there is room for a comment, not for a page or an archive.
fn check_between(bytes: &[u8]) -> Result<(), Refusal> {
    let mut at = 0;
    while at < bytes.len() {
        let object = find_object(bytes, at);
        let gap = bytes.get(at..object.unwrap_or(bytes.len())).unwrap_or_default();
        if tail::holds_markup(gap) || gap.split(|byte| *byte == b'\n').any(tail::begins_as_foreign)
        {
            return Err(Refusal::Mixed);
        }
        let Some(object) = object else { break };
        at = find_object_end(bytes, object).unwrap_or(bytes.len());
    }
    Ok(())
}

/// Where the next ` obj` begins.
fn find_object(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = find(bytes, b"obj", at) {
        let before = found.checked_sub(1).and_then(|before| bytes.get(before));
        if before.is_some_and(|byte| byte.is_ascii_whitespace()) {
            return Some(found);
        }
        at = found + 3;
    }
    None
}

/// Behind the `endobj` of an object; what its stream holds is passed over.
fn find_object_end(bytes: &[u8], object: usize) -> Option<usize> {
    let end = find(bytes, b"endobj", object)?;
    match find(bytes, b"stream", object) {
        Some(stream) if stream < end => {
            let stream_end = find(bytes, b"endstream", stream + 6)?;
            find(bytes, b"endobj", stream_end).map(|end| end + 6)
        }
        _ => Some(end + 6),
    }
}

/// Counts what the streams become that a parser unpacks at once.
fn check_object_streams(bytes: &[u8]) -> Result<(), Refusal> {
    let mut room = MAX_OBJECTS;
    let mut at = 0;
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + 6;
        let is_end = found.checked_sub(3).and_then(|from| bytes.get(from..found)) == Some(b"end");
        let head = bytes.get(found.saturating_sub(END_REACH)..found).unwrap_or_default();
        let head = memmem::rfind(head, b"obj").and_then(|from| head.get(from..)).unwrap_or(head);
        if is_end || !is_of_objects(head) {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let mut unpacked = ZlibDecoder::new(data).take(room + 1);
        // A stream that cannot be unpacked is the parser's to judge.
        let length = std::io::copy(&mut unpacked, &mut std::io::sink()).unwrap_or(0);
        room = room.checked_sub(length).ok_or(Refusal::Damaged)?;
    }
    Ok(())
}

/// Whether a stream's dictionary says that it holds objects or their table, however it is spelt.
fn is_of_objects(dictionary: &[u8]) -> bool {
    let escaped = dictionary.contains(&b'#');
    escaped || find(dictionary, b"ObjStm", 0).is_some() || find(dictionary, b"XRef", 0).is_some()
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    memmem::find(bytes.get(from..)?, wanted).map(|at| from + at)
}
