//! Reed–Solomon correction of one block of codewords (ISO/IEC 18004, 7.5.2 and annex B), with
//! erasures where the caller knows bad places. Must not know where the codewords came from.

use crate::galois::{div, exp, log, mul};

/// With erasures so many syndromes are kept as proof, so that a block is not talked into a text:
/// a wrong block passes with a chance of 256 to the minus this.
const PROOF: usize = 4;

/// Corrects a block in place: the last `checks` of its bytes are check bytes, `erased` are places
/// that cannot be trusted. Returns how many bytes it changed, or nothing when it cannot.
pub fn correct(block: &mut [u8], checks: usize, erased: &[usize]) -> Option<usize> {
    let length = block.len();
    if length > 255 || checks > length || erased.len() > checks {
        return None;
    }
    let syndromes = syndromes(block, checks);
    if syndromes.iter().all(|&syndrome| syndrome == 0) {
        return Some(0);
    }
    if !erased.is_empty() && erased.len() + PROOF > checks {
        return None;
    }
    let locator = locator(&syndromes, erased, length)?;
    let degree = locator.len() - 1;
    let errors = degree.checked_sub(erased.len())?;
    let kept = if erased.is_empty() { 0 } else { PROOF };
    if 2 * errors + erased.len() + kept > checks {
        return None;
    }
    // The evaluator: syndromes times locator, modulo x^checks.
    let mut evaluator = vec![0u8; checks];
    for (i, slot) in evaluator.iter_mut().enumerate() {
        for (j, &factor) in locator.iter().enumerate().take(i + 1) {
            *slot ^= mul(factor, syndromes[i - j]);
        }
    }
    let mut found = 0;
    for (place, byte) in block.iter_mut().enumerate() {
        let power = length - 1 - place;
        let inverse = (255 - power % 255) % 255;
        if value_at(&locator, inverse) != 0 {
            continue;
        }
        // Forney: the error is x · Ω(x⁻¹) / Λ'(x⁻¹), the first root of the generator being α⁰.
        let mut slope = 0;
        for (i, &factor) in locator.iter().enumerate().skip(1).step_by(2) {
            slope ^= mul(factor, exp(inverse * (i - 1)));
        }
        if slope == 0 {
            return None;
        }
        let size = mul(exp(power), div(value_at(&evaluator, inverse), slope));
        *byte ^= size;
        found += 1;
    }
    (found == degree && self::syndromes(block, checks).iter().all(|&s| s == 0)).then_some(found)
}

fn syndromes(block: &[u8], checks: usize) -> Vec<u8> {
    (0..checks)
        .map(|power| {
            block
                .iter()
                .fold(0, |sum, &byte| byte ^ if sum == 0 { 0 } else { exp(log(sum) + power) })
        })
        .collect()
}

/// A polynomial's value at α to a power, the lowest factor first.
fn value_at(polynomial: &[u8], power: usize) -> u8 {
    polynomial.iter().enumerate().fold(0, |sum, (i, &factor)| sum ^ mul(factor, exp(power * i)))
}

/// Berlekamp and Massey's search for the shortest error locator, begun with the known places.
fn locator(syndromes: &[u8], erased: &[usize], length: usize) -> Option<Vec<u8>> {
    let mut current = vec![1u8];
    for &place in erased {
        let root = exp(length.checked_sub(place + 1)?);
        let mut next = current.clone();
        next.push(0);
        for (i, &factor) in current.iter().enumerate() {
            next[i + 1] ^= mul(factor, root);
        }
        current = next;
    }
    let mut before = current.clone();
    let mut size = erased.len();
    for step in erased.len()..syndromes.len() {
        before.insert(0, 0);
        let discrepancy = current
            .iter()
            .enumerate()
            .take(step + 1)
            .fold(0, |sum, (i, &factor)| sum ^ mul(factor, syndromes[step - i]));
        if discrepancy == 0 {
            continue;
        }
        let mut next = current.clone();
        next.resize(next.len().max(before.len()), 0);
        for (slot, &factor) in next.iter_mut().zip(&before) {
            *slot ^= mul(factor, discrepancy);
        }
        if 2 * size <= step + erased.len() {
            size = step + erased.len() + 1 - size;
            before = current.iter().map(|&factor| div(factor, discrepancy)).collect();
        }
        current = next;
    }
    while current.len() > 1 && current.last() == Some(&0) {
        current.pop();
    }
    (current.len() == size + 1).then_some(current)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Check bytes by the division of annex A.
    fn encoded(data: &[u8], checks: usize) -> Vec<u8> {
        let mut generator = vec![1u8];
        for power in 0..checks {
            let mut next = generator.clone();
            next.push(0);
            for (i, &factor) in generator.iter().enumerate() {
                next[i + 1] ^= mul(factor, exp(power));
            }
            generator = next;
        }
        let mut block = data.to_vec();
        block.resize(data.len() + checks, 0);
        for i in 0..data.len() {
            let lead = block[i];
            for (j, &factor) in generator.iter().enumerate() {
                block[i + j] ^= mul(factor, lead);
            }
        }
        block[..data.len()].copy_from_slice(data);
        block
    }

    proptest! {
        #[test]
        fn corrects_half_as_many_errors_as_there_are_checks(
            data in proptest::collection::vec(any::<u8>(), 1..120),
            checks in 2usize..31,
            seeds in proptest::collection::vec((any::<prop::sample::Index>(), 1u8..), 0..15),
        ) {
            let whole = encoded(&data, checks);
            let mut block = whole.clone();
            for (place, change) in seeds.iter().take(checks / 2) {
                block[place.index(whole.len())] ^= change;
            }
            prop_assert!(correct(&mut block, checks, &[]).is_some());
            prop_assert_eq!(block, whole);
        }

        #[test]
        fn corrects_erasures_up_to_the_proof_it_keeps(
            data in proptest::collection::vec(any::<u8>(), 20..80),
            checks in 8usize..31,
            from in 0usize..20,
            change in 1u8..,
        ) {
            let whole = encoded(&data, checks);
            let mut block = whole.clone();
            let erased: Vec<usize> = (from..from + checks - PROOF - 2).map(|place| place % 20).collect();
            let mut erased = erased; erased.sort_unstable(); erased.dedup();
            for &place in &erased { block[place] ^= change; }
            block[whole.len() - 1] ^= 7;
            prop_assert!(correct(&mut block, checks, &erased).is_some());
            prop_assert_eq!(block, whole);
        }

        #[test]
        fn never_panics(
            mut block in proptest::collection::vec(any::<u8>(), 0..300),
            checks in 0usize..70,
            erased in proptest::collection::vec(0usize..300, 0..40),
        ) {
            let _ = correct(&mut block, checks, &erased);
        }
    }
}
