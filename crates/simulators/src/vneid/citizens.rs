//! Owns the fictional citizens. Knows no protocol.
//!
//! A citizen number has twelve digits: three of the province of birth registration (030 Hải Dương,
//! 031 Hải Phòng), one of century and sex (20th: 0 male, 1 female; 21st: 2, 3), two of the birth
//! year, six of chance (Nghị định 137/2015/NĐ-CP, Thông tư 59/2021/TT-BCA).

use sha2::{Digest, Sha256};

/// Sex as the citizen number and the `gender` claim say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// `male`
    Male,
    /// `female`
    Female,
}

impl Gender {
    /// The value of the OpenID Connect claim.
    pub fn claim(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// A person who does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Citizen {
    /// Số định danh cá nhân, twelve digits.
    pub number: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Birth date, `yyyy-mm-dd`.
    pub birthdate: &'static str,
    /// Sex.
    pub gender: Gender,
    /// Phone number in E.164, of a range that is not given out.
    pub phone: &'static str,
    /// Hamlet, the first part of the address.
    pub hamlet: &'static str,
}

/// Commune of all citizens.
pub(crate) const COMMUNE: &str = "Xã Kim Thành";
/// City of all citizens.
pub(crate) const CITY: &str = "Thành phố Hải Phòng";

/// The people who can log in.
pub const CITIZENS: [Citizen; 6] = [
    Citizen {
        number: "030148002317",
        name: "Nguyễn Thị Mận",
        birthdate: "1948-03-12",
        gender: Gender::Female,
        phone: "+84900000001",
        hamlet: "Thôn Cổ Phục Bắc",
    },
    Citizen {
        number: "030061004582",
        name: "Trần Văn Hoà",
        birthdate: "1961-09-02",
        gender: Gender::Male,
        phone: "+84900000002",
        hamlet: "Thôn Lương Xá",
    },
    Citizen {
        number: "030189011736",
        name: "Phạm Thị Thu Hương",
        birthdate: "1989-07-21",
        gender: Gender::Female,
        phone: "+84900000003",
        hamlet: "Thôn Cổ Phục Nam",
    },
    Citizen {
        number: "031094007428",
        name: "Lê Đức Anh",
        birthdate: "1994-11-05",
        gender: Gender::Male,
        phone: "+84900000004",
        hamlet: "Thôn Bằng Lai",
    },
    Citizen {
        number: "030203009165",
        name: "Vũ Minh Khôi",
        birthdate: "2003-01-30",
        gender: Gender::Male,
        phone: "+84900000005",
        hamlet: "Thôn Quảng Đạt",
    },
    Citizen {
        number: "031307003894",
        name: "Đỗ Ngọc Linh",
        birthdate: "2007-05-18",
        gender: Gender::Female,
        phone: "+84900000006",
        hamlet: "Thôn Dưỡng Thái",
    },
];

impl Citizen {
    /// The citizen of a number.
    pub fn find(number: &str) -> Option<&'static Self> {
        CITIZENS.iter().find(|citizen| citizen.number == number)
    }

    /// The `sub` claim: stable, and not the citizen number.
    pub fn subject(&self) -> String {
        let digest = Sha256::digest(format!("vneid-simulator:{}", self.number));
        hex::encode(digest)[..32].to_owned()
    }

    /// The address in one line.
    pub fn address(&self) -> String {
        format!("{}, {COMMUNE}, {CITY}", self.hamlet)
    }

    /// The birth date as it is written in Vietnam, `dd/mm/yyyy`.
    pub fn birthdate_shown(&self) -> String {
        let parts: Vec<&str> = self.birthdate.split('-').rev().collect();
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_people() {
        for citizen in CITIZENS {
            let number = citizen.number;
            assert!(number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit()));
            assert!(["030", "031"].contains(&&number[..3]), "{number}");
            let century = if citizen.birthdate.starts_with("19") { 0 } else { 2 };
            let digit = century + u8::from(citizen.gender == Gender::Female);
            assert_eq!(number[3..4], digit.to_string(), "{}", citizen.name);
            assert_eq!(number[4..6], citizen.birthdate[2..4], "{}", citizen.name);
        }
        let subjects: std::collections::BTreeSet<_> =
            CITIZENS.iter().map(Citizen::subject).collect();
        assert_eq!(subjects.len(), CITIZENS.len());
    }
}
