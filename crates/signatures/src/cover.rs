//! Where the signatures of a PDF are, and which of its bytes each covers (ISO 32000-2, 12.8.1): all but the
//! place where the signature itself is written. Knows no cryptography.

use lopdf::{Dictionary, Document, Object};

/// A signature as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Start and length of the two pieces that it covers.
    range: [usize; 4],
    /// The message (CMS), with zeros after it.
    pub message: Vec<u8>,
}

/// The signatures of a document, in order of what they cover: a later one covers those before it.
pub fn find(document: &Document) -> Vec<Signature> {
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let mut found: Vec<Signature> = dictionaries.filter_map(read).collect();
    found.sort_by_key(|signature| signature.end());
    found
}

fn read(dictionary: &Dictionary) -> Option<Signature> {
    let range = dictionary.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let message = dictionary.get(b"Contents").and_then(Object::as_str).ok()?.to_vec();
    let numbers: Vec<usize> =
        range.iter().filter_map(|number| usize::try_from(number.as_i64().ok()?).ok()).collect();
    Some(Signature { range: numbers.try_into().unwrap_or_default(), message })
}

impl Signature {
    fn end(&self) -> usize {
        let [.., start, length] = self.range;
        start.saturating_add(length)
    }

    /// Whether nothing comes after it.
    pub fn covers_whole(&self, pdf: &[u8]) -> bool {
        self.end() == pdf.len()
    }

    /// The bytes that it covers. None when they are not all up to its end but for its own message: somebody
    /// could have written into what is left out.
    pub fn covered(&self, pdf: &[u8]) -> Option<Vec<u8>> {
        let [start, length, next, rest] = self.range;
        let hole = pdf.get(length..next)?;
        let hex = hole.strip_prefix(b"<")?.strip_suffix(b">")?;
        if start != 0 || bytes_of(hex)? != self.message {
            return None;
        }
        let after = pdf.get(next..next.checked_add(rest)?)?;
        Some([pdf.get(..length)?, after].concat())
    }
}

/// The bytes of hexadecimal digits.
fn bytes_of(hex: &[u8]) -> Option<Vec<u8>> {
    let digit =
        |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    hex.chunks(2).map(pair).collect()
}
