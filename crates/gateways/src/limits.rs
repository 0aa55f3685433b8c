//! Owns a channel's limits of amount. Knows no fee.

use motcua_domain::money::Vnd;
use thiserror::Error;

/// The amounts that a channel takes, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The smallest, in đồng.
    pub least: Vnd,
    /// The largest, in đồng.
    pub most: Vnd,
}

/// Why an amount cannot be paid through a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LimitError {
    /// Under the floor.
    #[error("{0} is under the channel's floor of {1}")]
    TooSmall(Vnd, Vnd),
    /// Over the limit.
    #[error("{0} is over the channel's limit of {1}")]
    TooLarge(Vnd, Vnd),
}

impl Limits {
    /// Limits of whole đồng, both included.
    pub const fn new(least: u64, most: u64) -> Self {
        Self { least: Vnd(least), most: Vnd(most) }
    }

    /// The amount, when the channel takes it.
    pub fn check(self, amount: Vnd) -> Result<Vnd, LimitError> {
        if amount < self.least {
            Err(LimitError::TooSmall(amount, self.least))
        } else if amount > self.most {
            Err(LimitError::TooLarge(amount, self.most))
        } else {
            Ok(amount)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_taken() {
        let limits = Limits::new(1_000, 2_000);
        assert!(limits.check(Vnd(1_000)).is_ok() && limits.check(Vnd(2_000)).is_ok());
        assert!(matches!(limits.check(Vnd(999)), Err(LimitError::TooSmall(..))));
        assert!(matches!(limits.check(Vnd(2_001)), Err(LimitError::TooLarge(..))));
    }
}
