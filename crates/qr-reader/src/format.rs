//! Format information: level and mask out of a few guarded bits (ISO/IEC 18004, 7.9). Must not know
//! where in the code the bits stand. Version information (7.10) is not read: the timing patterns tell
//! the version as well, and must be found anyway.

use crate::tables::Level;

const FORMAT_GENERATOR: u32 = 0x537;
const FORMAT_MASK: u32 = 0x5412;
/// The code keeps three wrong bits apart.
const MOST_WRONG: u32 = 3;

/// What the format information says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// The error correction level.
    pub level: Level,
    /// The mask's number, 0 to 7.
    pub mask: u8,
    /// Bits that were wrong.
    pub wrong: u32,
}

/// A number and its check bits behind it.
fn guarded(value: u32, generator: u32) -> u32 {
    let degree = 31 - generator.leading_zeros();
    let mut rest = value << degree;
    for bit in (degree..31).rev() {
        if rest >> bit & 1 == 1 {
            rest ^= generator << (bit - degree);
        }
    }
    value << degree | rest
}

/// The format in 15 bits, the highest first.
pub fn format_of(bits: u32) -> Option<Format> {
    let (wrong, value) = (0..32)
        .map(|value| ((bits ^ guarded(value, FORMAT_GENERATOR) ^ FORMAT_MASK).count_ones(), value))
        .min()?;
    let level = [Level::M, Level::L, Level::H, Level::Q][(value >> 3 & 3) as usize];
    let mask = (value & 7) as u8;
    (wrong <= MOST_WRONG).then_some(Format { level, mask, wrong })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_standards_examples() {
        // 7.9.1: level M, mask 101 gives 100000011001110.
        let format = format_of(0b100_0000_1100_1110).unwrap();
        assert_eq!((format.level, format.mask, format.wrong), (Level::M, 5, 0));
    }

    #[test]
    fn three_wrong_bits_are_set_right() {
        let format = format_of(0b100_0000_1100_1110 ^ 0b100_0001_0000_0001).unwrap();
        assert_eq!((format.level, format.mask, format.wrong), (Level::M, 5, 3));
    }
}
