//! The VietQR bank transfer code: reading it. Format: EMVCo merchant-presented QR as NAPAS uses it
//! for transfers (IBFT v1.5.2). Knows nothing of fees or banks' names; must not make payments.

/// A transfer as the code asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The bank, by its six-digit NAPAS number.
    pub bank: String,
    /// Account or card number.
    pub account: String,
    /// Amount in đồng, where the code fixes it.
    pub amount: Option<u64>,
    /// Bill number.
    pub bill: Option<String>,
    /// Words to the transfer.
    pub purpose: Option<String>,
}

/// Why a text in the shape of a payment code is not a VietQR transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// Cut off, or its check sum is wrong.
    #[error("damaged")]
    Damaged,
    /// A payment code of another scheme, such as a shop's.
    #[error("of another scheme")]
    OtherScheme,
    /// Another currency than đồng, or an amount that is none.
    #[error("amount")]
    Amount,
}

/// NAPAS's application identifier for VietQR transfers.
const NAPAS: &str = "A000000727";
/// The head of every EMVCo payment code: field 00, two characters, version 01.
const HEAD: &str = "000201";

impl Transfer {
    /// Whether a text has the shape of an EMVCo payment code.
    pub fn is_shaped_like(text: &str) -> bool {
        text.starts_with(HEAD)
    }

    /// Reads the text of a code.
    pub fn parse(text: &str) -> Result<Self, TransferError> {
        let (body, sum) = text
            .len()
            .checked_sub(4)
            .and_then(|at| text.split_at_checked(at))
            .ok_or(TransferError::Damaged)?;
        if !body.ends_with("6304") || u16::from_str_radix(sum, 16) != Ok(check_sum(body.as_bytes()))
        {
            return Err(TransferError::Damaged);
        }
        let find = |fields: &str, id: &str| field(fields, id).map(|found| found.map(str::to_owned));
        let account = field(text, "38")?.ok_or(TransferError::OtherScheme)?;
        if field(account, "00")? != Some(NAPAS) {
            return Err(TransferError::OtherScheme);
        }
        let place = field(account, "01")?.ok_or(TransferError::Damaged)?;
        let bank = find(place, "00")?.ok_or(TransferError::Damaged)?;
        let number = find(place, "01")?.ok_or(TransferError::Damaged)?;
        let amount = match field(text, "54")? {
            None => None,
            Some(digits) => Some(digits.parse().map_err(|_| TransferError::Amount)?),
        };
        if field(text, "53")? != Some("704") {
            return Err(TransferError::Amount);
        }
        let more = field(text, "62")?.unwrap_or_default();
        Ok(Self {
            bank,
            account: number,
            amount,
            bill: find(more, "01")?,
            purpose: find(more, "08")?,
        })
    }
}

/// The value of a field among `id (2) length (2) value` triples; `None` when it is not there.
fn field<'a>(mut fields: &'a str, wanted: &str) -> Result<Option<&'a str>, TransferError> {
    while !fields.is_empty() {
        let (id, rest) = fields.split_at_checked(2).ok_or(TransferError::Damaged)?;
        let (length, rest) = rest.split_at_checked(2).ok_or(TransferError::Damaged)?;
        let length = length.parse().map_err(|_| TransferError::Damaged)?;
        let (value, rest) = rest.split_at_checked(length).ok_or(TransferError::Damaged)?;
        if id == wanted {
            return Ok(Some(value));
        }
        fields = rest;
    }
    Ok(None)
}

/// CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF, neither reflected nor inverted.
pub fn check_sum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DYNAMIC: &str = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E";
    const CARD: &str = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";

    /// The same fields under a right sum.
    fn summed(body: &str) -> String {
        format!("{body}{:04X}", check_sum(body.as_bytes()))
    }

    #[test]
    fn the_sum_is_the_standards() {
        assert_eq!(check_sum(b"123456789"), 0x29B1);
    }

    #[test]
    fn reads_napas_own_samples() {
        assert_eq!(
            Transfer::parse(DYNAMIC),
            Ok(Transfer {
                bank: "970403".into(),
                account: "0011012345678".into(),
                amount: Some(180_000),
                bill: Some("NPS6869".into()),
                purpose: Some("thanh toan don hang".into()),
            })
        );
        let card = Transfer::parse(CARD).unwrap();
        assert_eq!((card.account.as_str(), card.amount), ("9704031101234567", None));
    }

    #[test]
    fn refuses_damage_other_schemes_and_other_money() {
        let body = &DYNAMIC[..DYNAMIC.len() - 4];
        for (text, why) in [
            (DYNAMIC.replace("180000", "980000"), TransferError::Damaged),
            (DYNAMIC[..60].to_owned(), TransferError::Damaged),
            (HEAD.to_owned(), TransferError::Damaged),
            (summed(&body.replace("A000000727", "A000000775")), TransferError::OtherScheme),
            (summed("00020101021253037045802VN6304"), TransferError::OtherScheme),
            (summed(&body.replace("5303704", "5303840")), TransferError::Amount),
            (summed(&body.replace("5406180000", "540618000x")), TransferError::Amount),
        ] {
            assert_eq!(Transfer::parse(&text), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_verdict(text in "(000201)?\\PC{0,60}") {
            let _ = Transfer::parse(&text);
            let _ = Transfer::parse(&summed(&text));
            let _ = Transfer::parse(&summed(&format!("{text}6304")));
        }
    }
}
