//! From data bytes to pieces of text (ISO/IEC 18004, 7.4 read backwards): modes, counts, character
//! sets. Must not know how to turn a character set into text: the browser does, or a library.

/// Which character set a piece's bytes are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, ASCII included.
    Utf8,
    /// ISO/IEC 8859-1, or Windows' superset of it.
    Latin1,
    /// Shift JIS.
    ShiftJis,
    /// GB 18030, which contains GB 2312.
    Gb18030,
    /// Big5.
    Big5,
    /// EUC-KR.
    EucKr,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// One of ISO/IEC 8859 by its part, 2 to 16.
    Iso8859(u8),
    /// One of Windows' code pages, 1250 to 1256.
    Windows(u16),
}

impl Charset {
    /// The name by which the Encoding Standard, and with it every browser, knows it.
    pub fn label(self) -> String {
        match self {
            Self::Utf8 => "utf-8".into(),
            Self::Latin1 => "iso-8859-1".into(),
            Self::ShiftJis => "shift_jis".into(),
            Self::Gb18030 => "gb18030".into(),
            Self::Big5 => "big5".into(),
            Self::EucKr => "euc-kr".into(),
            Self::Utf16Be => "utf-16be".into(),
            Self::Iso8859(part) => format!("iso-8859-{part}"),
            Self::Windows(page) => format!("windows-{page}"),
        }
    }
}

/// A stretch of text in one character set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The character set of the bytes.
    pub charset: Charset,
    /// The bytes.
    pub bytes: Vec<u8>,
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.bytes.len() * 8 - self.at
    }

    fn take(&mut self, count: usize) -> Option<u32> {
        if count > self.left() || count > 24 {
            return None;
        }
        let mut value = 0;
        for at in self.at..self.at + count {
            value = value << 1 | u32::from(self.bytes[at / 8] >> (7 - at % 8) & 1);
        }
        self.at += count;
        Some(value)
    }
}

/// What was read so far; bytes of no stated character set are judged together at the end.
#[derive(Default)]
struct Pieces {
    list: Vec<(Option<Charset>, Vec<u8>)>,
}

impl Pieces {
    fn add(&mut self, charset: Option<Charset>, bytes: &[u8]) {
        match self.list.last_mut() {
            Some((last, sofar)) if *last == charset => sofar.extend_from_slice(bytes),
            _ => self.list.push((charset, bytes.to_vec())),
        }
    }
}

/// Reads all segments; nothing when they break off or make no sense.
pub fn read(version: usize, data: &[u8]) -> Option<Vec<Piece>> {
    let mut bits = Bits { bytes: data, at: 0 };
    let mut pieces = Pieces::default();
    let (mut stated, mut gs1) = (None, false);
    // The count's length grows with the version (table 3).
    let size = match version {
        ..=9 => 0,
        10..=26 => 1,
        _ => 2,
    };
    while bits.left() >= 4 {
        match bits.take(4)? {
            0b0000 => break,
            0b0001 => numeric(&mut bits, [10, 12, 14][size], &mut pieces)?,
            0b0010 => alphanumeric(&mut bits, [9, 11, 13][size], gs1, &mut pieces)?,
            0b0011 => {
                // Structured append: which part of how many, and a parity. Each part is read alone.
                bits.take(16)?;
            }
            0b0100 => {
                let count = bits.take([8, 16, 16][size])? as usize;
                let bytes: Vec<u8> =
                    (0..count).map(|_| bits.take(8).map(|b| b as u8)).collect::<Option<_>>()?;
                pieces.add(stated, &bytes);
            }
            0b0101 => gs1 = true,
            0b1001 => {
                gs1 = true;
                bits.take(8)?;
            }
            0b0111 => stated = Some(charset_of(designator(&mut bits)?)?),
            0b1000 => kanji(&mut bits, [8, 10, 12][size], &mut pieces)?,
            0b1101 => hanzi(&mut bits, [8, 10, 12][size], &mut pieces)?,
            _ => return None,
        }
    }
    finish(pieces)
}

fn numeric(bits: &mut Bits<'_>, length: usize, pieces: &mut Pieces) -> Option<()> {
    let mut count = bits.take(length)? as usize;
    let mut digits = Vec::with_capacity(count.min(8_000));
    while count > 0 {
        let now = count.min(3);
        let value = bits.take([4, 7, 10][now - 1])?;
        if value >= 10u32.pow(now as u32) {
            return None;
        }
        for place in (0..now).rev() {
            digits.push(b'0' + (value / 10u32.pow(place as u32) % 10) as u8);
        }
        count -= now;
    }
    pieces.add(Some(Charset::Utf8), &digits);
    Some(())
}

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

fn alphanumeric(bits: &mut Bits<'_>, length: usize, gs1: bool, pieces: &mut Pieces) -> Option<()> {
    let mut count = bits.take(length)? as usize;
    let mut text = Vec::with_capacity(count.min(8_000));
    while count > 0 {
        let now = count.min(2);
        let value = bits.take([6, 11][now - 1])? as usize;
        if now == 2 {
            text.push(*ALPHANUMERIC.get(value / 45)?);
        }
        text.push(if now == 2 { ALPHANUMERIC[value % 45] } else { *ALPHANUMERIC.get(value)? });
        count -= now;
    }
    if gs1 {
        // In FNC1 mode % stands for the group separator and %% for itself (7.4.8.1).
        text = separated(&text);
    }
    pieces.add(Some(Charset::Utf8), &text);
    Some(())
}

fn separated(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let is_sign = byte == b'%' && rest.next_if_eq(&b'%').is_none();
        out.push(if is_sign { 0x1D } else { byte });
    }
    out
}

fn kanji(bits: &mut Bits<'_>, length: usize, pieces: &mut Pieces) -> Option<()> {
    for _ in 0..bits.take(length)? {
        let value = bits.take(13)?;
        let packed = ((value / 0xC0) << 8) | (value % 0xC0);
        let code = packed + if packed < 0x1F00 { 0x8140 } else { 0xC140 };
        pieces.add(Some(Charset::ShiftJis), &[(code >> 8) as u8, code as u8]);
    }
    Some(())
}

/// Hanzi mode of GB/T 18284, the Chinese edition of the standard.
fn hanzi(bits: &mut Bits<'_>, length: usize, pieces: &mut Pieces) -> Option<()> {
    if bits.take(4)? != 1 {
        return None;
    }
    for _ in 0..bits.take(length)? {
        let value = bits.take(13)?;
        let packed = ((value / 0x60) << 8) | (value % 0x60);
        let code = packed + if packed < 0xA00 { 0xA1A1 } else { 0xA6A1 };
        pieces.add(Some(Charset::Gb18030), &[(code >> 8) as u8, code as u8]);
    }
    Some(())
}

/// The number of an extended channel interpretation (7.4.2.1).
fn designator(bits: &mut Bits<'_>) -> Option<u32> {
    let first = bits.take(8)?;
    match first {
        0..0x80 => Some(first),
        0x80..0xC0 => Some((first & 0x3F) << 8 | bits.take(8)?),
        0xC0..0xE0 => Some((first & 0x1F) << 16 | bits.take(16)?),
        _ => None,
    }
}

fn charset_of(designator: u32) -> Option<Charset> {
    Some(match designator {
        0 | 2 | 26 | 27 | 170 => Charset::Utf8,
        1 | 3 => Charset::Latin1,
        4..=18 => Charset::Iso8859((designator - 2) as u8),
        20 => Charset::ShiftJis,
        21..=24 => Charset::Windows([1250, 1251, 1252, 1256][designator as usize - 21]),
        25 => Charset::Utf16Be,
        28 => Charset::Big5,
        29 | 31 | 32 => Charset::Gb18030,
        30 => Charset::EucKr,
        // Bytes that are no text, and what is not assigned: shown as they are.
        _ => Charset::Latin1,
    })
}

fn finish(pieces: Pieces) -> Option<Vec<Piece>> {
    let unstated: Vec<u8> = pieces
        .list
        .iter()
        .filter(|(charset, _)| charset.is_none())
        .flat_map(|(_, bytes)| bytes.iter().copied())
        .collect();
    let guess = guess(&unstated);
    let mut out: Vec<Piece> = Vec::new();
    for (charset, bytes) in pieces.list {
        let charset = charset.unwrap_or(guess);
        match out.last_mut() {
            Some(last) if last.charset == charset => last.bytes.extend_from_slice(&bytes),
            _ => out.push(Piece { charset, bytes }),
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The character set of bytes that state none. The standard says ISO/IEC 8859-1; what is printed is
/// mostly UTF-8, or Shift JIS in Japan.
fn guess(bytes: &[u8]) -> Charset {
    if std::str::from_utf8(bytes).is_ok() {
        return Charset::Utf8;
    }
    let (mut doubles, mut singles, mut at) = (0, 0, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (0..=0x7F, _) => {}
            (0xA1..=0xDF, _) => singles += 1,
            (0x81..=0x9F | 0xE0..=0xFC, Some(0x40..=0x7E | 0x80..=0xFC)) => {
                doubles += 1;
                at += 1;
            }
            _ => return Charset::Latin1,
        }
        at += 1;
    }
    // A few letters with accents among ASCII are Western; half-width katakana come in runs.
    if doubles > 0 || singles >= 3 { Charset::ShiftJis } else { Charset::Latin1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_standards_example_of_digits() {
        // 7.4.3: 01234567 in version 1.
        let data = [0b0001_0000, 0b0010_0000, 0b0000_1100, 0b0101_0110, 0b0110_0001, 0b1000_0000];
        let piece = Piece { charset: Charset::Utf8, bytes: b"01234567".to_vec() };
        assert_eq!(read(1, &data), Some(vec![piece]));
    }

    #[test]
    fn what_breaks_off_is_nothing() {
        assert_eq!(read(1, &[0b0100_1111, 0xFF]), None);
        assert_eq!(read(1, &[]), None);
        assert_eq!(read(1, &[0]), None);
    }

    #[test]
    fn guesses_character_sets() {
        assert_eq!(guess("Ủy ban".as_bytes()), Charset::Utf8);
        assert_eq!(guess(b"caf\xE9"), Charset::Latin1);
        assert_eq!(guess(&[0x83, 0x66, 0x83, 0x55]), Charset::ShiftJis);
    }

    #[test]
    fn a_percent_sign_separates_in_gs1() {
        assert_eq!(separated(b"A%B%%C"), b"A\x1DB%C");
    }

    proptest! {
        #[test]
        fn never_panics(version in 1usize..41, data in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(version, &data);
        }
    }
}
