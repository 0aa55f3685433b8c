//! Who need not pay a fee: the groups, the law that says who belongs, the paper that proves it, and how
//! a rule names them. What that does to a price is in `fee`; what a dossier's papers are in `filing`.

use crate::date::CivilDate;
use crate::procedure::{Component, Need, Proof};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// A group of people whom some rule exempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExemptGroup {
    /// Citizens with a level 2 account of VNeID who meet Resolution 66.22/2026/NQ-CP art. 5(1).
    DigitalCitizen,
    /// Members of a household that the commune has recognised as poor (Decree 351/2025/NĐ-CP).
    PoorHousehold,
    /// People with a disability (Law 51/2010/QH12).
    Disabled,
    /// People of merit to the revolution and their families (Ordinance 02/2020/UBTVQH14).
    Merit,
    /// People of 60 and more (Law 39/2009/QH12 art. 2).
    Older,
    /// People under 16 (Law 102/2016/QH13 art. 1).
    Child,
    /// Ethnic minorities in communes of special hardship, as the Prime Minister lists them.
    EthnicMinority,
    /// Persons and households who borrow for farming and rural development (Decree 55/2015/NĐ-CP).
    FarmLoan,
}

/// A text that exempts groups from a charge, and how far it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Whom.
    pub groups: Vec<ExemptGroup>,
    /// First filing day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<CivilDate>,
    /// Last filing day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<CivilDate>,
    /// How far it was checked that it holds here. Unverified: the office decides before money is asked.
    pub proof: Proof,
    /// The text.
    pub citation: Text,
}

impl Exemption {
    /// Whether it holds for dossiers filed on this day.
    pub fn runs_on(&self, day: CivilDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the text settles it without the office.
    pub fn proves(&self) -> bool {
        self.proof < Proof::Unverified
    }
}

/// The component that holds the proof of an exemption, whatever the procedure.
pub const EXEMPTION: &str = "mien-phi";

/// Full years from which a person is older (Law 39/2009/QH12 art. 2).
const OLDER_YEARS: i32 = 60;

impl ExemptGroup {
    /// Every group, in the order in which they are asked for.
    pub const ALL: [Self; 8] = [
        Self::DigitalCitizen,
        Self::PoorHousehold,
        Self::Disabled,
        Self::Merit,
        Self::Older,
        Self::Child,
        Self::EthnicMinority,
        Self::FarmLoan,
    ];

    /// Stable id, as it travels.
    pub fn id(self) -> &'static str {
        match self {
            Self::DigitalCitizen => "digital_citizen",
            Self::PoorHousehold => "poor_household",
            Self::Disabled => "disabled",
            Self::Merit => "merit",
            Self::Older => "older",
            Self::Child => "child",
            Self::EthnicMinority => "ethnic_minority",
            Self::FarmLoan => "farm_loan",
        }
    }

    /// The group with this id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.id() == id)
    }

    /// What it is called.
    pub fn name(self) -> Text {
        match self {
            Self::DigitalCitizen => Text::of(
                "Công dân số: có VNeID mức 2 và đủ điều kiện",
                "Digital citizen: VNeID level 2, conditions met",
            ),
            Self::PoorHousehold => Text::of("Hộ nghèo", "Poor household"),
            Self::Disabled => Text::of("Người khuyết tật", "Person with a disability"),
            Self::Merit => {
                Text::of("Gia đình có công với cách mạng", "Family of merit to the revolution")
            }
            Self::Older => Text::of("Người từ đủ 60 tuổi", "Person of 60 or more"),
            Self::Child => Text::of("Trẻ em dưới 16 tuổi", "Child under 16"),
            Self::EthnicMinority => Text::of(
                "Dân tộc thiểu số ở xã đặc biệt khó khăn",
                "Ethnic minority in a commune of special hardship",
            ),
            Self::FarmLoan => Text::of("Vay vốn nông nghiệp, nông thôn", "Loan for farming"),
        }
    }

    /// The law that says who belongs, as it is cited in Vietnamese.
    pub fn law(self) -> &'static str {
        match self {
            Self::DigitalCitizen => "Nghị quyết 66.22/2026/NQ-CP, Điều 5 khoản 1",
            Self::PoorHousehold => "Nghị định 351/2025/NĐ-CP",
            Self::Disabled => "Luật Người khuyết tật 51/2010/QH12",
            Self::Merit => "Pháp lệnh 02/2020/UBTVQH14",
            Self::Older => "Luật Người cao tuổi 39/2009/QH12, Điều 2",
            Self::Child => "Luật Trẻ em 102/2016/QH13, Điều 1",
            Self::EthnicMinority => "Danh sách xã đặc biệt khó khăn của Thủ tướng Chính phủ",
            Self::FarmLoan => "Nghị định 55/2015/NĐ-CP",
        }
    }

    /// Why a line of a member costs nothing.
    pub fn reason(self) -> Text {
        let name = self.name();
        Text { vi: format!("Miễn cho: {}.", name.vi), en: format!("Exempt: {}.", name.en) }
    }

    /// Whether a person born on this day can belong; nobody of 37 is asked whether they are 60. A
    /// child's dossier is filed by a parent, so that the applicant's age says nothing about it.
    pub fn may_include(self, born: Option<CivilDate>, on: CivilDate) -> bool {
        self != Self::Older || born.is_none_or(|born| born.age_on(on) >= OLDER_YEARS)
    }

    /// The paper that proves it, or what the office looks up instead (Resolution 66.7/2025/NQ-CP).
    pub fn component(self) -> Component {
        let population = || Need::ReplacedByData {
            database: Text::of("Cơ sở dữ liệu quốc gia về dân cư", "National population database"),
            citation: "Nghị quyết 66.7/2025/NQ-CP".to_owned(),
        };
        let (name, need) = match self {
            Self::DigitalCitizen => (
                Text::of("Tài khoản định danh mức 2", "Level 2 identity account"),
                Need::ReplacedByData {
                    database: Text::of(
                        "Hệ thống định danh và xác thực điện tử",
                        "Electronic identification system",
                    ),
                    citation: "Thông tư 117/2026/TT-BTC, Điều 1".to_owned(),
                },
            ),
            Self::PoorHousehold => {
                (Text::of("Giấy chứng nhận hộ nghèo", "Poor-household certificate"), Need::Upload)
            }
            Self::Disabled => {
                (Text::of("Giấy xác nhận khuyết tật", "Certificate of disability"), Need::Upload)
            }
            Self::Merit => {
                (Text::of("Giấy xác nhận người có công", "Certificate of merit"), Need::Upload)
            }
            Self::FarmLoan => (Text::of("Hợp đồng vay vốn", "Loan contract"), Need::Upload),
            Self::Older | Self::Child => (Text::of("Ngày sinh", "Birth date"), population()),
            Self::EthnicMinority => {
                (Text::of("Dân tộc và nơi cư trú", "Ethnicity and residence"), population())
            }
        };
        Component {
            id: EXEMPTION.to_owned(),
            name: Text {
                vi: format!("{} (để được miễn phí)", name.vi),
                en: format!("{} (for the exemption)", name.en),
            },
            note: None,
            need,
            when: None,
            pages: None,
            reuse: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_on_the_wire_and_lead_back() {
        for group in ExemptGroup::ALL {
            assert_eq!(serde_json::to_value(group).unwrap(), group.id());
            assert_eq!(ExemptGroup::find(group.id()), Some(group));
            assert!(!group.law().is_empty());
            assert!(!group.name().en.is_empty());
        }
        assert_eq!(ExemptGroup::find("rich"), None);
    }

    #[test]
    fn sixty_counts_from_the_birthday_on() {
        let on = "2026-11-26".parse().unwrap();
        let may = |born: &str| ExemptGroup::Older.may_include(Some(born.parse().unwrap()), on);
        assert!(may("1966-11-26"));
        assert!(!may("1966-11-27"));
        assert!(ExemptGroup::Older.may_include(None, on));
        assert!(ExemptGroup::Merit.may_include(Some("1989-03-08".parse().unwrap()), on));
    }

    #[test]
    fn what_the_office_can_look_up_is_not_asked_for() {
        let wanted: Vec<&str> = ExemptGroup::ALL
            .into_iter()
            .filter(|group| group.component().need == Need::Upload)
            .map(ExemptGroup::id)
            .collect();
        assert_eq!(wanted, ["poor_household", "disabled", "merit", "farm_loan"]);
    }

    #[test]
    fn first_and_last_day_count() {
        let text = Exemption {
            groups: vec![ExemptGroup::DigitalCitizen],
            from: "2026-08-15".parse().ok(),
            until: "2027-02-28".parse().ok(),
            proof: Proof::Secondary,
            citation: Text::default(),
        };
        let days = ["2026-08-14", "2026-08-15", "2027-02-28", "2027-03-01"];
        let runs = days.map(|day| text.runs_on(day.parse().unwrap()));
        assert_eq!(runs, [false, true, true, false]);
        assert!(text.proves());
        assert!(!Exemption { proof: Proof::Unverified, ..text }.proves());
    }
}
