//! The sizes that ISO/IEC 18004 fixes for each version and level (tables 1, 7, 9 and annex E), by
//! formula where there is one.

/// How much of a code may be lost (ISO/IEC 18004, 7.5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// About 7 %.
    L,
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

/// Modules on a side of a version.
pub fn side_of(version: usize) -> usize {
    17 + 4 * version
}

/// The version with so many modules on a side.
pub fn version_of(side: usize) -> Option<usize> {
    ((21..=177).contains(&side) && side % 4 == 1).then(|| (side - 17) / 4)
}

#[rustfmt::skip]
static CHECKS: [[u8; 40]; 4] = [
    [7,10,15,20,26,18,20,24,30,18,20,24,26,30,22,24,28,30,28,28,28,28,30,30,26,28,30,30,30,30,30,30,30,30,30,30,30,30,30,30],
    [10,16,26,18,24,16,18,22,22,26,30,22,22,24,24,28,28,26,26,26,26,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28],
    [13,22,18,26,18,24,18,22,20,24,28,26,24,20,30,24,28,28,26,30,28,30,30,30,30,28,30,30,30,30,30,30,30,30,30,30,30,30,30,30],
    [17,28,22,16,22,28,26,26,24,28,24,28,22,24,24,30,28,28,26,28,30,24,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30],
];

#[rustfmt::skip]
static BLOCKS: [[u8; 40]; 4] = [
    [1,1,1,1,1,2,2,2,2,4,4,4,4,4,6,6,6,6,7,8,8,9,9,10,12,12,12,13,14,15,16,17,18,19,19,20,21,22,24,25],
    [1,1,1,2,2,4,4,4,5,5,5,8,9,9,10,10,11,13,14,16,17,17,18,20,21,23,25,26,28,29,31,33,35,37,38,40,43,45,47,49],
    [1,1,2,2,4,4,6,6,8,8,8,10,12,16,12,17,16,18,21,20,23,23,25,27,29,34,34,35,38,40,43,45,48,51,53,56,59,62,65,68],
    [1,1,2,4,4,4,5,6,8,8,11,11,16,16,18,16,19,21,25,25,25,34,30,32,35,37,40,42,45,48,51,54,57,60,63,66,70,74,77,81],
];

/// How the codewords of a version and level are dealt out to blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocks {
    /// How many blocks.
    pub count: usize,
    /// Check bytes in each.
    pub checks: usize,
    /// Codewords in all.
    pub codewords: usize,
}

/// The blocks of a version (1 to 40) and level; table 9.
pub fn blocks(version: usize, level: Level) -> Option<Blocks> {
    let index = version.checked_sub(1)?;
    let count = usize::from(*BLOCKS[level as usize].get(index)?);
    let checks = usize::from(*CHECKS[level as usize].get(index)?);
    Some(Blocks { count, checks, codewords: data_modules(version) / 8 })
}

/// Modules that carry codewords, remainder bits included.
fn data_modules(version: usize) -> usize {
    let mut modules = (16 * version + 128) * version + 64;
    if version >= 2 {
        let count = version / 7 + 2;
        modules -= (25 * count - 10) * count - 55;
        if version >= 7 {
            modules -= 36;
        }
    }
    modules
}

/// Rows and columns of the alignment patterns' centres (annex E); none for version 1.
pub fn alignment(version: usize) -> Vec<usize> {
    if version < 2 {
        return vec![];
    }
    let count = version / 7 + 2;
    let step = if version == 32 { 26 } else { (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2 };
    let last = side_of(version) - 7;
    let mut places: Vec<usize> = (0..count - 1).map(|i| last.saturating_sub(i * step)).collect();
    places.push(6);
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alignment_patterns_stand_where_annex_e_says() {
        assert_eq!(alignment(2), [6, 18]);
        assert_eq!(alignment(7), [6, 22, 38]);
        assert_eq!(alignment(32), [6, 34, 60, 86, 112, 138]);
        assert_eq!(alignment(36), [6, 24, 50, 76, 102, 128, 154]);
        assert_eq!(alignment(40), [6, 30, 58, 86, 114, 142, 170]);
    }

    #[test]
    fn codewords_are_those_of_table_1() {
        assert_eq!(blocks(1, Level::L).unwrap().codewords, 26);
        assert_eq!(blocks(7, Level::H).unwrap().codewords, 196);
        assert_eq!(blocks(40, Level::M).unwrap().codewords, 3706);
        assert!(blocks(41, Level::L).is_none());
    }
}
