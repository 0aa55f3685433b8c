//! Putting things in order of a number: one small sort for the whole crate, where the standard
//! library's would be compiled anew for every use (some 5 kB each). Must not know the things.

/// Sorts by a key, the lowest first; equals stay as they were.
pub fn by_key<T>(list: &mut [T], key: impl Fn(&T) -> f32) {
    let keys: Vec<f32> = list.iter().map(key).collect();
    let mut moves = order_of(&keys);
    // `moves[to]` says where each comes from; followed around each cycle by swaps.
    for start in 0..moves.len() {
        let mut at = start;
        while moves[at] != start {
            let from = moves[at];
            list.swap(at, from);
            moves[at] = at;
            at = from;
        }
        moves[at] = at;
    }
}

/// The numbers of the keys from the lowest to the highest: a merge sort from the bottom up.
pub fn order_of(keys: &[f32]) -> Vec<usize> {
    let count = keys.len();
    let mut order: Vec<usize> = (0..count).collect();
    let mut next = vec![0usize; count];
    let mut width = 1;
    while width < count {
        for start in (0..count).step_by(2 * width) {
            let middle = (start + width).min(count);
            let end = (start + 2 * width).min(count);
            let (mut left, mut right) = (start, middle);
            for slot in &mut next[start..end] {
                let takes_left =
                    left < middle && (right >= end || keys[order[right]] >= keys[order[left]]);
                let from = if takes_left { &mut left } else { &mut right };
                *slot = order[*from];
                *from += 1;
            }
        }
        std::mem::swap(&mut order, &mut next);
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys in proptest::collection::vec(0u8..40, 0..90)) {
            let mut ours: Vec<(usize, u8)> = keys.iter().copied().enumerate().collect();
            let mut theirs = ours.clone();
            by_key(&mut ours, |one| f32::from(one.1));
            theirs.sort_by_key(|one| one.1);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn what_is_no_number_does_no_harm(keys in proptest::collection::vec(any::<f32>(), 0..90)) {
            let mut list = keys.clone();
            list.push(f32::NAN);
            let count = list.len();
            by_key(&mut list, |&one| one);
            prop_assert_eq!(list.len(), count);
        }
    }
}
