//! Which file goes first: what holds the dossier up before what does not, small before large.

/// Files that travel at a time. A second one uses the link while the first waits for an answer; more
/// would only make each of them slow, and a break cost more.
pub const AT_ONCE: usize = 2;

/// A file that waits for its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The paper's id.
    pub id: String,
    /// Whether the dossier cannot be submitted without it.
    pub must: bool,
    /// Bytes that are still to go.
    pub left: u64,
}

/// Who goes first of those that wait; of equals, who came first.
pub fn first(waiting: &[Waiting]) -> Option<&Waiting> {
    waiting.iter().min_by_key(|file| (!file.must, file.left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_the_dossier_up_goes_first_and_small_before_large() {
        let file = |id: &str, must, left| Waiting { id: id.into(), must, left };
        let mut waiting = vec![
            file("optional, small", false, 10),
            file("must, large", true, 900),
            file("must, small", true, 100),
            file("must, small, later", true, 100),
            file("optional, large", false, 5_000),
        ];
        let mut order = vec![];
        while let Some(next) = first(&waiting).map(|file| file.id.clone()) {
            waiting.retain(|file| file.id != next);
            order.push(next);
        }
        let wanted = [
            "must, small",
            "must, small, later",
            "must, large",
            "optional, small",
            "optional, large",
        ];
        assert_eq!(order, wanted);
    }
}
