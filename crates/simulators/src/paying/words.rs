//! Owns how amounts stand on a gateway's page. Knows no payment.

use crate::page::Lang;

/// `15000` as `15.000 đ`.
pub(crate) fn dong(amount: u64, lang: Lang) -> String {
    let digits = amount.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(lang.pick(".", ","));
        }
        out.push(digit);
    }
    out.push_str("\u{a0}đ");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_groups() {
        assert_eq!(dong(8_000, Lang::Vi), "8.000\u{a0}đ");
        assert_eq!(dong(999_999_999, Lang::En), "999,999,999\u{a0}đ");
        assert_eq!(dong(500, Lang::Vi), "500\u{a0}đ");
    }
}
