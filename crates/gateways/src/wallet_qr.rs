//! Owns the text of a QR code that a wallet makes for an order: its own template beside NAPAS's.
//! The gateways' side only; knows no order.
//!
//! EMVCo merchant-presented, as in the answers of MoMo's and ZaloPay's sandboxes: field 26 names the
//! wallet (`vn.momo`, `vn.zalopay`), field 38 NAPAS, where ZaloPay gives an account at BVBank
//! (970454) and MoMo none.

use motcua_domain::money::Vnd;
use motcua_domain::vietqr::check_sum;

use crate::vietqr::field;

/// The texts that a field can hold: two digits tell the length.
const LONGEST: usize = 99;

/// An order in a wallet's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalletCode<'a> {
    /// The wallet's name in field 26, e.g. `vn.momo`.
    pub wallet: &'a str,
    /// Bank (its six-digit NAPAS number) and account in field 38, where the wallet gives one.
    pub place: Option<(&'a str, &'a str)>,
    /// The amount.
    pub amount: Vnd,
    /// The bill number (62-01).
    pub bill: &'a str,
}

impl WalletCode<'_> {
    /// The text of the code; none when a part is no ASCII or too long for its field.
    pub fn payload(&self) -> Option<String> {
        let place = self.place.map(|(bank, account)| {
            let place = field("00", bank) + &field("01", account);
            (place.len() <= LONGEST).then(|| field("01", &place))
        });
        let place = match place {
            None => String::new(),
            Some(place) => place?,
        };
        let napas = field("00", "A000000727") + &place + &field("02", "QRIBFTTA");
        let (wallet, bill) = (field("00", self.wallet), field("01", self.bill));
        let fits = |text: &str| text.len() <= LONGEST && text.is_ascii();
        if ![&napas, &wallet, &bill].into_iter().all(|text| fits(text)) {
            return None;
        }
        let text = field("00", "01")
            + &field("01", "12")
            + &field("26", &wallet)
            + &field("38", &napas)
            + &field("53", "704")
            + &field("54", &self.amount.0.to_string())
            + &field("58", "VN")
            + &field("62", &bill)
            + "6304";
        let sum = check_sum(text.as_bytes());
        Some(format!("{text}{sum:04X}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_the_sandboxes() {
        let code = WalletCode { wallet: "vn.momo", place: None, amount: Vnd(16_000), bill: "HS1" };
        let text = code.payload().unwrap();
        // The beginning of the field 26 and 38 in an answer of MoMo's sandbox.
        assert!(text.contains("26110007vn.momo38260010A0000007270208QRIBFTTA"), "{text}");
        assert!(text.contains("540516000") && text.contains("62070103HS1"), "{text}");
        let (signed, sum) = text.split_at(text.len() - 4);
        assert_eq!(format!("{:04X}", check_sum(signed.as_bytes())), sum);

        let place = Some(("970454", "99ZP24001"));
        let code = WalletCode { wallet: "vn.zalopay", place, ..code };
        let text = code.payload().unwrap();
        assert!(text.contains("26140010vn.zalopay"), "{text}");
        assert!(text.contains("0010A000000727") && text.contains("0006970454"), "{text}");
    }

    #[test]
    fn what_does_not_fit_makes_no_code() {
        let long = "x".repeat(96);
        let code = WalletCode { wallet: "vn.momo", place: None, amount: Vnd(1), bill: &long };
        assert_eq!(code.payload(), None);
        assert_eq!(WalletCode { bill: "hồ sơ", ..code }.payload(), None);
        assert_eq!(WalletCode { bill: "a", place: Some(("1", &long)), ..code }.payload(), None);
    }
}
