//! Who need not pay a fee: the groups, the law that says who belongs, the paper that proves it, and how
//! a rule names them. What that does to a price is in `fee`; what a dossier's papers are in `filing`.

use crate::date::CivilDate;
use crate::procedure::{Component, Need, Proof};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// A group of people whom some rule exempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(rename_all = "snake_case"))]
#[serde(try_from = "String", into = "String")]
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

/// The text is no group's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a group that is exempt from fees")]
pub struct NotAGroup;

/// What is said of a group: one table, so that the app holds no code for each.
struct Words {
    id: &'static str,
    vi: &'static str,
    en: &'static str,
    /// The law that says who belongs, as it is cited in Vietnamese.
    law: &'static str,
    proof_vi: &'static str,
    proof_en: &'static str,
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

/// What the id of a proof's component begins with, whatever the procedure; the group's id follows, so
/// that a paper never stands for another claim than the one it was sent for.
pub const EXEMPTION: &str = "mien-phi-";

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

    fn words(self) -> &'static Words {
        match self {
            Self::DigitalCitizen => &Words {
                id: "digital_citizen",
                vi: "Công dân số: có VNeID mức 2 và đủ điều kiện",
                en: "Digital citizen: VNeID level 2, conditions met",
                law: "Nghị quyết 66.22/2026/NQ-CP, Điều 5 khoản 1",
                proof_vi: "Tài khoản định danh mức 2",
                proof_en: "Level 2 identity account",
            },
            Self::PoorHousehold => &Words {
                id: "poor_household",
                vi: "Hộ nghèo",
                en: "Poor household",
                law: "Nghị định 351/2025/NĐ-CP",
                proof_vi: "Giấy chứng nhận hộ nghèo",
                proof_en: "Poor-household certificate",
            },
            Self::Disabled => &Words {
                id: "disabled",
                vi: "Người khuyết tật",
                en: "Person with a disability",
                law: "Luật Người khuyết tật 51/2010/QH12",
                proof_vi: "Giấy xác nhận khuyết tật",
                proof_en: "Certificate of disability",
            },
            Self::Merit => &Words {
                id: "merit",
                vi: "Gia đình có công với cách mạng",
                en: "Family of merit to the revolution",
                law: "Pháp lệnh 02/2020/UBTVQH14",
                proof_vi: "Giấy xác nhận người có công",
                proof_en: "Certificate of merit",
            },
            Self::Older => &Words {
                id: "older",
                vi: "Người từ đủ 60 tuổi",
                en: "Person of 60 or more",
                law: "Luật Người cao tuổi 39/2009/QH12, Điều 2",
                proof_vi: "Ngày sinh",
                proof_en: "Birth date",
            },
            Self::Child => &Words {
                id: "child",
                vi: "Trẻ em dưới 16 tuổi",
                en: "Child under 16",
                law: "Luật Trẻ em 102/2016/QH13, Điều 1",
                proof_vi: "Ngày sinh",
                proof_en: "Birth date",
            },
            Self::EthnicMinority => &Words {
                id: "ethnic_minority",
                vi: "Dân tộc thiểu số ở xã đặc biệt khó khăn",
                en: "Ethnic minority in a commune of special hardship",
                law: "Danh sách xã đặc biệt khó khăn của Thủ tướng Chính phủ",
                proof_vi: "Dân tộc và nơi cư trú",
                proof_en: "Ethnicity and residence",
            },
            Self::FarmLoan => &Words {
                id: "farm_loan",
                vi: "Vay vốn nông nghiệp, nông thôn",
                en: "Loan for farming",
                law: "Nghị định 55/2015/NĐ-CP",
                proof_vi: "Hợp đồng vay vốn",
                proof_en: "Loan contract",
            },
        }
    }

    /// Stable id, as it travels.
    pub fn id(self) -> &'static str {
        self.words().id
    }

    /// The group with this id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.id() == id)
    }

    /// What it is called.
    pub fn name(self) -> Text {
        Text::of(self.words().vi, self.words().en)
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

    /// The paper that proves it, or what the office looks up instead (Resolution 66.7/2025/NQ-CP). Its
    /// note is the law that says who belongs.
    pub fn component(self) -> Component {
        let words = self.words();
        let need = match self {
            Self::PoorHousehold | Self::Disabled | Self::Merit | Self::FarmLoan => Need::Upload,
            Self::DigitalCitizen => Need::ReplacedByData {
                database: Text::of(
                    "Hệ thống định danh và xác thực điện tử",
                    "Electronic identification system",
                ),
                citation: "Thông tư 117/2026/TT-BTC, Điều 1".to_owned(),
            },
            Self::Older | Self::Child | Self::EthnicMinority => Need::ReplacedByData {
                database: Text::of(
                    "Cơ sở dữ liệu quốc gia về dân cư",
                    "National population database",
                ),
                citation: "Nghị quyết 66.7/2025/NQ-CP".to_owned(),
            },
        };
        Component {
            id: format!("{EXEMPTION}{}", words.id),
            name: Text::of(words.proof_vi, words.proof_en),
            note: Some(Text::only_vietnamese(words.law)),
            need,
            when: None,
            pages: None,
            reuse: None,
        }
    }
}

impl TryFrom<String> for ExemptGroup {
    type Error = NotAGroup;

    fn try_from(id: String) -> Result<Self, NotAGroup> {
        Self::find(&id).ok_or(NotAGroup)
    }
}

impl From<ExemptGroup> for String {
    fn from(group: ExemptGroup) -> Self {
        group.id().to_owned()
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
            let read: ExemptGroup = serde_json::from_value(group.id().into()).unwrap();
            assert_eq!(read, group);
            assert!(!group.component().note.unwrap().is_empty());
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
