//! From questions as they are written to single questions as they are asked: a person becomes name,
//! birth date, number…; an address province, commune and the rest; a group its rows. The answer to a
//! single question is kept under the path to it: `mother.residence.commune`, `changes.2.to`.

use super::{ChoiceOption, Kind, PersonKind, PersonPart, Question, applies};
use crate::answers::{Answer, Answers};
use crate::date::CivilDate;
use crate::text::Text;

/// Stands for any row in the path of a question that is asked once for each.
pub const ANY_ROW: &str = "#";

/// The part of a person's path that holds the name.
pub const NAME: &str = "name";

impl PersonPart {
    /// The part of a person's path.
    pub fn key(self) -> &'static str {
        match self {
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::CitizenNumber => "citizen_number",
            Self::Ethnicity => "ethnicity",
            Self::Nationality => "nationality",
            Self::Residence => "residence",
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }

    fn label(self) -> Text {
        match self {
            Self::BirthDate => Text::of("Ngày sinh", "Date of birth"),
            Self::Sex => Text::of("Giới tính", "Sex"),
            Self::CitizenNumber => {
                Text::of("Số định danh cá nhân", "Personal identification number")
            }
            Self::Ethnicity => Text::of("Dân tộc", "Ethnic group"),
            Self::Nationality => Text::of("Quốc tịch", "Nationality"),
            Self::Residence => Text::of("Nơi ở hiện nay", "Current address"),
            Self::Phone => Text::of("Số điện thoại", "Phone number"),
            Self::Email => Text::of("Thư điện tử", "Email"),
        }
    }

    fn hint(self) -> Option<Text> {
        match self {
            Self::BirthDate => Some(Text::of("Ví dụ: 5/1/1990.", "For example: 5/1/1990.")),
            Self::CitizenNumber => {
                Some(Text::of("12 số trên thẻ căn cước.", "The 12 digits on the identity card."))
            }
            Self::Phone => Some(Text::of(
                "Chúng tôi gọi số này khi hồ sơ cần thêm gì.",
                "We call this number if anything is missing.",
            )),
            _ => None,
        }
    }

    /// What most people answer: filled in, shown, and easily changed.
    fn usual(self) -> Option<&'static str> {
        match self {
            Self::Ethnicity => Some("Kinh"),
            Self::Nationality => Some("Việt Nam"),
            _ => None,
        }
    }

    fn kind(self, person: &str, asked: &PersonKind) -> Kind {
        match self {
            Self::BirthDate => Kind::Date { future: false },
            Self::Sex => Kind::Choice {
                options: vec![
                    option("male", Text::of("Nam", "Male")),
                    option("female", Text::of("Nữ", "Female")),
                ],
            },
            Self::CitizenNumber => Kind::CitizenNumber {
                birth_date: Some(path(person, PersonPart::BirthDate.key())),
                sex: asked.sex,
            },
            Self::Ethnicity | Self::Nationality => Kind::Text { max: 60 },
            Self::Residence => Kind::Address,
            Self::Phone => Kind::Phone,
            Self::Email => Kind::Email,
        }
    }
}

fn option(id: &str, label: Text) -> ChoiceOption {
    ChoiceOption { id: id.to_owned(), label }
}

fn path(above: &str, part: &str) -> String {
    format!("{above}.{part}")
}

impl PersonKind {
    /// The person whose answers these are.
    pub fn person<'a>(&'a self, question: &'a str) -> &'a str {
        self.more_of.as_deref().unwrap_or(question)
    }

    /// The other person of the form that this one is, for these answers.
    pub fn find_same(&self, answers: &Answers, today: CivilDate) -> Option<&str> {
        let same = self.same.as_ref()?;
        same.when.holds(answers, today).then_some(same.person.as_str())
    }
}

/// What is known when questions are taken apart.
pub(super) struct Taking<'a> {
    /// Every question of the form, to know what else is asked of a person.
    pub all: &'a [&'a Question],
    /// What was answered; nothing when every question that can be asked is wanted.
    pub given: Option<(&'a Answers, CivilDate)>,
}

impl Taking<'_> {
    /// The single questions of a question, in the order in which they are asked.
    pub fn leaves(&self, question: &Question) -> Vec<Question> {
        let mut leaves = Vec::new();
        self.take(question, &mut leaves);
        leaves
    }

    fn take(&self, question: &Question, leaves: &mut Vec<Question>) {
        let id = &question.id;
        match &question.kind {
            Kind::Person(asked) => self.take_person(question, asked, leaves),
            Kind::Address => {
                for (key, label, kind) in [
                    ("province", Text::of("Tỉnh, thành phố", "Province or city"), Kind::Province),
                    ("commune", Text::of("Xã, phường", "Commune or ward"), Kind::Commune),
                    (
                        "detail",
                        Text::of("Thôn, xóm, số nhà, đường", "Village, house number, street"),
                        Kind::Text { max: 200 },
                    ),
                ] {
                    leaves.push(part_of(question, key, label, kind));
                }
            }
            Kind::BankAccount => {
                for (key, label, kind) in [
                    ("bank", Text::of("Ngân hàng", "Bank"), Kind::Text { max: 100 }),
                    ("number", Text::of("Số tài khoản", "Account number"), Kind::AccountNumber),
                    ("holder", Text::of("Chủ tài khoản", "Account holder"), Kind::PersonName),
                ] {
                    leaves.push(part_of(question, key, label, kind));
                }
            }
            Kind::Group { min, item, questions, .. } => {
                let rows = match self.given {
                    Some((answers, _)) => rows(answers, id, *min),
                    None => vec![ANY_ROW.to_owned()],
                };
                for (number, row) in rows.iter().enumerate() {
                    let above = path(id, row);
                    let in_row = |name: &str| match questions.iter().any(|q| q.id == name) {
                        true => path(&above, name),
                        false => name.to_owned(),
                    };
                    for inner in questions {
                        let when = inner.when.as_ref().map(|when| when.renamed(&in_row));
                        let moved = Question { id: path(&above, &inner.id), when, ..inner.clone() };
                        let first = leaves.len();
                        self.take(&moved, leaves);
                        for leaf in &mut leaves[first..] {
                            leaf.row = Some(Row {
                                group: id.clone(),
                                row: row.clone(),
                                number: number + 1,
                                item: item.clone(),
                            });
                        }
                    }
                }
                leaves.push(question.clone());
            }
            _ => leaves.push(question.clone()),
        }
    }

    fn take_person(&self, question: &Question, asked: &PersonKind, leaves: &mut Vec<Question>) {
        let person = asked.person(&question.id);
        let same = self.given.and_then(|(answers, today)| asked.find_same(answers, today));
        let known = same.map(|other| self.parts_of(other)).unwrap_or_default();
        if asked.more_of.is_none() && same.is_none() {
            leaves.push(Question {
                id: path(person, NAME),
                label: Text::of("Họ và tên", "Full name"),
                hint: Some(Text::of("Ghi như trên giấy tờ.", "As on the papers.")),
                kind: Kind::PersonName,
                ..part_frame(question)
            });
        }
        for part in asked.parts.iter().filter(|part| !known.contains(part)) {
            let leaf = Question {
                id: path(person, part.key()),
                label: part.label(),
                hint: part.hint(),
                kind: part.kind(person, asked),
                optional: question.optional || asked.optional.contains(part),
                usual: part.usual().map(str::to_owned),
                ..part_frame(question)
            };
            self.take(&leaf, leaves);
        }
    }

    /// Everything that the form asks of a person.
    pub fn parts_of(&self, person: &str) -> Vec<PersonPart> {
        let asked = self.all.iter().filter_map(|question| match &question.kind {
            Kind::Person(asked) if asked.person(&question.id) == person => Some(&asked.parts),
            _ => None,
        });
        asked.flatten().copied().collect()
    }
}

/// The rows of a group: those that were made, else the fewest that there must be.
pub fn rows(answers: &Answers, group: &str, min: u32) -> Vec<String> {
    match answers.find(group) {
        Some(Answer::Many(rows)) => rows.clone(),
        _ => (1..=min).map(|row| row.to_string()).collect(),
    }
}

fn part_frame(question: &Question) -> Question {
    Question { hint: None, usual: None, when: None, ..question.clone() }
}

fn part_of(question: &Question, key: &str, label: Text, kind: Kind) -> Question {
    Question {
        id: path(&question.id, key),
        label,
        kind,
        within: Some(question.label.clone()),
        ..part_frame(question)
    }
}

/// Where a single question of a group stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The group's question.
    pub group: String,
    /// The row's key.
    pub row: String,
    /// Which row it is, counted from 1.
    pub number: usize,
    /// What a row is called.
    pub item: Text,
}

/// The path with each row replaced by [`ANY_ROW`].
pub fn without_rows(id: &str) -> String {
    let is_row = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = id.split('.').map(|part| if is_row(&part) { ANY_ROW } else { part });
    parts.collect::<Vec<_>>().join(".")
}

pub(super) fn asked_now(question: &Question, answers: &Answers, today: CivilDate) -> bool {
    applies(question.when.as_ref(), answers, today)
}
