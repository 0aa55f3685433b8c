//! A dossier's code and its status: the ten national ones, what may be done in each. Knows nothing
//! of storage or of how a status is worded on a screen.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A dossier code: agency, filing day, serial, such as `H24.31-261122-000042`. Form: Circular
/// 03/2025/TT-VPCP art. 13(3) as added by Circular 04/2025/TT-VPCP art. 23; systems in use also
/// write 8-digit days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct DossierCode(String);

/// The text is not a dossier code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a dossier code such as H24.31-261122-000042")]
pub struct NotADossierCode;

impl DossierCode {
    /// Reads a code; spaces are dropped and letters raised, as on slips typed by hand.
    pub fn parse(text: &str) -> Result<Self, NotADossierCode> {
        let code: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if matches!(c, '–' | '—' | '−') { '-' } else { c.to_ascii_uppercase() })
            .collect();
        let parts: Vec<&str> = code.split('-').collect();
        match parts.as_slice() {
            [agency, day, serial]
                if is_agency(agency)
                    && matches!(day.len(), 6 | 8)
                    && all_digits(day)
                    && (4..=9).contains(&serial.len())
                    && all_digits(serial) =>
            {
                Ok(Self(code))
            }
            _ => Err(NotADossierCode),
        }
    }

    /// The code's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `A00` to `Y99`, then up to three groups of one to three digits (Decision 20/2020/QĐ-TTg).
fn is_agency(text: &str) -> bool {
    let mut groups = text.split('.');
    let Some(head) = groups.next() else { return false };
    let bytes = head.as_bytes();
    let head_ok = bytes.len() == 3
        && (b'A'..=b'Y').contains(&bytes[0])
        && bytes[1].is_ascii_digit()
        && bytes[2].is_ascii_digit();
    let rest: Vec<&str> = groups.collect();
    head_ok && rest.len() <= 3 && rest.iter().all(|g| g.len() <= 3 && all_digits(g))
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DossierCode {
    type Error = NotADossierCode;

    fn try_from(text: String) -> Result<Self, NotADossierCode> {
        Self::parse(&text)
    }
}

impl From<DossierCode> for String {
    fn from(code: DossierCode) -> Self {
        code.0
    }
}

/// The national dossier statuses, 1 to 10; other systems' codes keep their number and degrade to
/// the text that came with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DossierStatus {
    /// 1 Mới đăng ký: sent by the citizen, not yet looked at.
    Registered,
    /// 2 Được tiếp nhận.
    Accepted,
    /// 3 Không được tiếp nhận.
    Refused,
    /// 4 Đang xử lý.
    InProgress,
    /// 5 Yêu cầu bổ sung giấy tờ.
    SupplementRequested,
    /// 6 Yêu cầu thực hiện nghĩa vụ tài chính.
    PaymentRequested,
    /// 7 Công dân yêu cầu rút hồ sơ.
    WithdrawalRequested,
    /// 8 Dừng xử lý.
    Stopped,
    /// 9 Đã xử lý xong.
    Done,
    /// 10 Đã trả kết quả.
    Returned,
    /// A code of another system.
    Other(u16),
}

impl DossierStatus {
    /// The status of a national code.
    pub fn from_code(code: u16) -> Self {
        match code {
            1 => Self::Registered,
            2 => Self::Accepted,
            3 => Self::Refused,
            4 => Self::InProgress,
            5 => Self::SupplementRequested,
            6 => Self::PaymentRequested,
            7 => Self::WithdrawalRequested,
            8 => Self::Stopped,
            9 => Self::Done,
            10 => Self::Returned,
            other => Self::Other(other),
        }
    }

    /// The national code.
    pub fn code(self) -> u16 {
        match self {
            Self::Registered => 1,
            Self::Accepted => 2,
            Self::Refused => 3,
            Self::InProgress => 4,
            Self::SupplementRequested => 5,
            Self::PaymentRequested => 6,
            Self::WithdrawalRequested => 7,
            Self::Stopped => 8,
            Self::Done => 9,
            Self::Returned => 10,
            Self::Other(code) => code,
        }
    }

    /// Whether the office is done with it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Stopped | Self::Done | Self::Returned)
    }

    /// Whether the office waits for the citizen, papers or money, and its clock stands still.
    pub fn waits_for_citizen(self) -> bool {
        matches!(self, Self::SupplementRequested | Self::PaymentRequested)
    }

    /// Whether fees may be paid in this status. The table guards the endpoint and the page alike.
    pub fn may_pay(self) -> bool {
        matches!(
            self,
            Self::Registered
                | Self::Accepted
                | Self::InProgress
                | Self::SupplementRequested
                | Self::PaymentRequested
                | Self::Done
        )
    }

    /// Whether the citizen can still ask to withdraw it: the office has it and is not done with it
    /// (Circular 03/2025/TT-VPCP art. 7).
    pub fn may_be_withdrawn(self) -> bool {
        use DossierStatus::*;
        matches!(self, Registered | Accepted | InProgress | SupplementRequested | PaymentRequested)
    }

    /// Whether staff may move a dossier from this status to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use DossierStatus::*;
        match self {
            Registered => {
                matches!(next, Accepted | Refused | SupplementRequested | PaymentRequested)
            }
            Accepted => {
                matches!(next, InProgress | SupplementRequested | PaymentRequested | Stopped | Done)
            }
            InProgress => matches!(next, SupplementRequested | PaymentRequested | Stopped | Done),
            SupplementRequested => matches!(next, Accepted | InProgress | Stopped),
            PaymentRequested => matches!(next, Accepted | InProgress | Stopped | Done),
            WithdrawalRequested => matches!(next, Stopped | InProgress),
            Done => matches!(next, Returned),
            Refused | Stopped | Returned | Other(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_the_office_has_and_is_not_done_with_may_be_withdrawn() {
        for code in 0..=12 {
            let may = DossierStatus::from_code(code).may_be_withdrawn();
            assert_eq!(may, matches!(code, 1 | 2 | 4 | 5 | 6), "{code}");
        }
    }

    #[test]
    fn reads_codes_in_their_forms() {
        for text in [
            "H24.31-261122-000042",
            "h24.31-261122-000042",
            " H24.31 - 261122 - 0042 ",
            "G09.20-20260609-0092637",
            "H24–261122–000042",
        ] {
            assert!(DossierCode::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "H24",
            "Z24-261122-0001",
            "H2-261122-0001",
            "H24-26112-0001",
            "H24-261122-001",
            "H24.1.2.3.4-261122-0001",
        ] {
            assert_eq!(DossierCode::parse(text), Err(NotADossierCode), "{text}");
        }
    }

    #[test]
    fn status_codes_round_trip_and_unknown_ones_survive() {
        for code in 0..200 {
            assert_eq!(DossierStatus::from_code(code).code(), code);
        }
        assert_eq!(DossierStatus::from_code(11), DossierStatus::Other(11));
    }

    #[test]
    fn nothing_leaves_an_end() {
        for from in 0..=12 {
            for to in 0..=12 {
                let (from, to) = (DossierStatus::from_code(from), DossierStatus::from_code(to));
                if matches!(
                    from,
                    DossierStatus::Refused | DossierStatus::Stopped | DossierStatus::Returned
                ) {
                    assert!(!from.may_become(to));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = DossierCode::parse(&text);
        }
    }
}
