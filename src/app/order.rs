//! Putting short lists in order. The standard library's sort is 5 kB of code for each type; these
//! lists have a dozen entries. Knows nothing of what is in them.

/// The highest key first; equals stay as they were.
pub fn falling<T>(items: &mut [T], key: impl Fn(&T) -> i64) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && key(&items[place - 1]) < key(&items[place]) {
            items.swap(place - 1, place);
            place -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn highest_first_and_stable() {
        let mut items = [(1, 'a'), (3, 'b'), (1, 'c'), (3, 'd'), (2, 'e')];
        super::falling(&mut items, |(key, _)| *key);
        assert_eq!(items, [(3, 'b'), (3, 'd'), (2, 'e'), (1, 'a'), (1, 'c')]);
        super::falling::<i64>(&mut [], |key| *key);
    }
}
