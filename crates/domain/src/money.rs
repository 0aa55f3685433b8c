//! Money as whole đồng. Knows nothing of fees, gateways or how a page prints it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in đồng. There is no smaller unit in use, so it is an integer; sums saturate rather
/// than wrap because no fee comes near the limit.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Vnd(pub u64);

impl Vnd {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// Whether there is nothing to pay.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This amount `count` times over.
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count))
    }
}

impl std::ops::Add for Vnd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Vnd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |total, amount| total + amount)
    }
}

/// Vietnamese form with dots between thousands: `8.000 đ`. The space does not break.
impl fmt::Display for Vnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        f.write_str("\u{a0}đ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_thousands_with_dots() {
        assert_eq!(Vnd(0).to_string(), "0\u{a0}đ");
        assert_eq!(Vnd(800).to_string(), "800\u{a0}đ");
        assert_eq!(Vnd(8_000).to_string(), "8.000\u{a0}đ");
        assert_eq!(Vnd(1_234_567).to_string(), "1.234.567\u{a0}đ");
    }

    #[test]
    fn never_wraps() {
        assert_eq!(Vnd(u64::MAX) + Vnd(1), Vnd(u64::MAX));
        assert_eq!(Vnd(u64::MAX).times(2), Vnd(u64::MAX));
    }
}
