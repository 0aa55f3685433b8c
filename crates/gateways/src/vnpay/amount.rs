//! Owns the amount that VNPAY takes and its limits. Knows no fee.
//!
//! VNPAY PAY 2.1.0, pay.html: `vnp_Amount` is đồng × 100 without separators; the gateway answers
//! error 32 outside 5 000 đ ≤ amount < 1 000 000 000 đ.

use thiserror::Error;

/// The smallest amount that VNPAY takes, in đồng.
pub const MIN_DONG: u64 = 5_000;
/// The first amount that VNPAY no longer takes, in đồng.
pub const LIMIT_DONG: u64 = 1_000_000_000;

/// An amount that VNPAY takes: 5 000 đ ≤ amount < 1 000 000 000 đ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

/// Why an amount cannot be paid through VNPAY. The values are in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Under the floor.
    #[error("{0} đ is under VNPAY's floor of 5000 đ")]
    TooSmall(u64),
    /// At or over the limit.
    #[error("{0} đ is not under VNPAY's limit of 1000000000 đ")]
    TooLarge(u64),
}

impl Amount {
    /// An amount of `dong` đồng.
    pub fn from_dong(dong: u64) -> Result<Self, AmountError> {
        if dong < MIN_DONG {
            Err(AmountError::TooSmall(dong))
        } else if dong >= LIMIT_DONG {
            Err(AmountError::TooLarge(dong))
        } else {
            Ok(Self(dong))
        }
    }

    /// In đồng.
    pub fn dong(self) -> u64 {
        self.0
    }

    /// In hundredths of a đồng, the unit of `vnp_Amount`.
    pub fn hundredths(self) -> u64 {
        self.0 * 100
    }
}

/// Parses `vnp_Amount`: 1 to 12 digits, in hundredths of a đồng.
pub(crate) fn parse_hundredths(text: &str) -> Option<u64> {
    let digits = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        assert_eq!(Amount::from_dong(4_999), Err(AmountError::TooSmall(4_999)));
        assert_eq!(Amount::from_dong(5_000).unwrap().hundredths(), 500_000);
        assert_eq!(Amount::from_dong(999_999_999).unwrap().hundredths(), 99_999_999_900);
        assert_eq!(Amount::from_dong(LIMIT_DONG), Err(AmountError::TooLarge(LIMIT_DONG)));
        assert!(Amount::from_dong(u64::MAX).is_err());
    }
}
