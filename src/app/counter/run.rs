//! The guided run: a real filing of a person who does not exist, with what that person answers to each
//! question. The people are those of the identity provider's simulator. Knows no screens.

use super::STORY;
use crate::app::Services;
use crate::browser::{clock, preference};
use leptos::prelude::*;
use motcua_domain::date::Moment;

const DAY_S: i64 = 86_400;
/// Days since the child of the story was born.
const AGE_D: i64 = 13;

/// A story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// Phạm Thị Thu Hương wants two copies of her birth certificate; there is a fee to pay.
    Extract,
    /// Trần Văn Hoà brings his diploma to have copies certified.
    Copy,
    /// Phạm Thị Thu Hương registers the birth of her son.
    Birth,
}

impl Story {
    /// Every story, the one with the fee first.
    pub const ALL: [Self; 3] = [Self::Extract, Self::Copy, Self::Birth];

    /// Its name on the device.
    pub fn id(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::Copy => "copy",
            Self::Birth => "birth",
        }
    }

    /// The story of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|story| story.id() == id)
    }

    /// Which procedure it is about.
    pub fn procedure(self) -> &'static str {
        match self {
            Self::Extract => "2.000635",
            Self::Copy => "2.000815",
            Self::Birth => "1.001193",
        }
    }

    /// Who files, as the identity provider's simulator knows them.
    pub fn person(self) -> &'static str {
        match self {
            Self::Extract | Self::Birth => "Phạm Thị Thu Hương",
            Self::Copy => "Trần Văn Hoà",
        }
    }

    /// What the person answers to a question.
    pub fn answer(self, question: &str) -> Option<String> {
        let of_hoa = self == Self::Copy;
        let said = match question {
            "applicant.name" => self.person(),
            "applicant.birth_date" => {
                if of_hoa {
                    "1961-09-02"
                } else {
                    "1989-07-21"
                }
            }
            "applicant.citizen_number" => {
                if of_hoa {
                    "030061004582"
                } else {
                    "030189011736"
                }
            }
            "applicant.phone" => {
                if of_hoa {
                    "0900000002"
                } else {
                    "0900000003"
                }
            }
            "applicant.residence.detail" => {
                if of_hoa {
                    "Thôn Lương Xá"
                } else {
                    "Thôn Cổ Phục Nam"
                }
            }
            other => match (self, other) {
                (Self::Extract, "record_kind") => "birth_certificate",
                (Self::Extract, "relation") => "self",
                (Self::Extract, "registered_at") => "Xã Kim Thành, thành phố Hải Phòng",
                (Self::Extract | Self::Copy, "copies") => "2",
                (Self::Copy, "document_name") => "Bằng tốt nghiệp",
                (Self::Copy, "original_state") => "good",
                (Self::Birth, "relation") => "mother",
                (Self::Birth, "child.name") => "Phạm Gia Bảo",
                (Self::Birth, "child.birth_date") => return Some(born()),
                (Self::Birth, "child.sex") => "male",
                (Self::Birth, "birth_place") => "Trung tâm Y tế Kim Thành",
                (Self::Birth, "birth_proof") => "electronic",
                (Self::Birth, "home_place") => "Xã Kim Thành, thành phố Hải Phòng",
                (Self::Birth, "parents") => "single",
                _ => return None,
            },
        };
        Some(said.to_owned())
    }
}

fn born() -> String {
    Moment(clock::now_seconds() - AGE_D * DAY_S).date().to_string()
}

/// Begins a story.
pub fn begin(services: Services, story: Story) {
    preference::remember(STORY, story.id());
    services.counter.story.set(story.id().to_owned());
}
