//! An answer as it is read back: dates as people write them, choices by their labels, places by name.

use super::super::procedure::fees;
use crate::i18n::{said, t};
use motcua_domain::answers::Answer;
use motcua_domain::form::declaration::in_words;
use motcua_domain::form::{ChoiceOption, Kind};
use motcua_domain::money::Vnd;
use motcua_domain::units::Units;

/// The answer in words; a word for "nothing" when there is none.
pub fn answer_text(kind: &Kind, answer: Option<&Answer>, units: &Units) -> String {
    let Some(answer) = answer else { return t().check_no_answer().to_owned() };
    match (kind, answer) {
        (Kind::Choice { options }, Answer::One(id)) => label(options, id),
        (Kind::MultiChoice { options }, Answer::Many(ids)) => {
            ids.iter().map(|id| label(options, id)).collect::<Vec<_>>().join("\n")
        }
        (Kind::Money { .. }, Answer::One(text)) => {
            text.parse().map_or_else(|_| text.clone(), |amount| fees::money(Vnd(amount)))
        }
        _ => in_words(kind, answer, units),
    }
}

fn label(options: &[ChoiceOption], id: &str) -> String {
    let found = options.iter().find(|option| option.id == id);
    found.map_or_else(|| id.to_owned(), |option| said(&option.label))
}
