//! Would the office take this dossier, or send it back? Looks at answers and papers before they are
//! submitted and says, item by item, what is wrong and by which rule. Pure; words nothing that is
//! not in the procedure's own data. The backend refuses for the same reasons (`validate`,
//! components); what is only advice the citizen may overrule.

use crate::answers::Answers;
use crate::citizen::CitizenNumber;
use crate::date::CivilDate;
use crate::form::{Check, PersonPart, leaves};
use crate::procedure::{Need, Procedure};
use crate::text::fold;
use crate::units::Units;
use crate::validate::{self, Problem};

/// Bytes below which a photo of a page can hardly be read: a page of text at 100 dpi takes more.
pub const TINY_PAPER: u64 = 20_000;

/// A file that was given for a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperFact<'a> {
    /// Component id.
    pub component: &'a str,
    /// Media type.
    pub media_type: &'a str,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: &'a str,
}

/// What an identity card or the identity provider says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Full name; capitals and marks do not matter.
    pub name: String,
    /// Citizen number, 12 digits.
    pub citizen_number: String,
    /// Day of birth, where it is known.
    pub birth_date: Option<CivilDate>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Dossier<'a> {
    /// The procedure.
    pub procedure: &'a Procedure,
    /// What was answered.
    pub answers: &'a Answers,
    /// The files that were given.
    pub papers: &'a [PaperFact<'a>],
    /// People of whom the truth is known: the submitter, a scanned card.
    pub identities: &'a [Identity],
    /// The administrative units, where they are at hand.
    pub units: Option<&'a Units>,
}

/// Something that the office would send back, or that is worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'a> {
    /// Where to put it right.
    pub about: About,
    /// Whether the dossier cannot be submitted so.
    pub blocking: bool,
    /// What is wrong.
    pub reason: Reason<'a>,
}

/// Where a finding can be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// At a single question.
    Question(String),
    /// At a component's files.
    Component(String),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason<'a> {
    /// The answer will not do.
    Answer(Problem),
    /// A rule of the procedure.
    Rule(&'a Check),
    /// The paper must be sent and was not.
    PaperMissing,
    /// A photo with so few bytes can hardly be read.
    PaperTiny,
    /// The same file was given twice.
    PaperTwice,
    /// The name is not the one that belongs to the number.
    NameDiffers {
        /// The name by the card or the identity provider.
        known: String,
    },
    /// The birth date is not the one that belongs to the number.
    BirthDateDiffers {
        /// The date by the card or the identity provider.
        known: CivilDate,
    },
    /// Two people of the dossier have one number.
    NumberTwice,
}

/// Everything that is wrong or doubtful, blocking first, in the order of the form.
pub fn check<'a>(dossier: Dossier<'a>, today: CivilDate) -> Vec<Finding<'a>> {
    let form = &dossier.procedure.form;
    let mut findings = Vec::new();
    let mut problems = validate::check(form, dossier.answers, today);
    if let Some(units) = dossier.units {
        problems.extend(validate::check_units(form, dossier.answers, today, units));
    }
    for wrong in problems {
        // Rules are told below, with their words.
        if !matches!(wrong.problem, Problem::Rule { .. } | Problem::Unknown) {
            findings.push(finding(
                About::Question(wrong.question),
                true,
                Reason::Answer(wrong.problem),
            ));
        }
    }
    let relevant = form.relevant(dossier.answers, today);
    for check in form.checks_failed(&relevant, today) {
        let about = About::Question(check.about.clone());
        findings.push(finding(about, check.blocking, Reason::Rule(check)));
    }
    check_people(dossier, &relevant, &mut findings);
    check_papers(dossier, today, &mut findings);
    let (blocking, advice): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| finding.blocking);
    blocking.into_iter().chain(advice).collect()
}

fn finding<'a>(about: About, blocking: bool, reason: Reason<'a>) -> Finding<'a> {
    Finding { about, blocking, reason }
}

/// Names and birth dates against what is known of the same numbers, and numbers against each other.
fn check_people<'a>(dossier: Dossier<'a>, relevant: &Answers, findings: &mut Vec<Finding<'a>>) {
    let form = &dossier.procedure.form;
    let mut people: Vec<&str> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    for (person, asked) in form.people() {
        if people.contains(&person) {
            continue;
        }
        people.push(person);
        let part = |key: &str| format!("{person}.{key}");
        let number_id = part(PersonPart::CitizenNumber.key());
        let number = relevant.find_one(&number_id).and_then(|text| CitizenNumber::parse(text).ok());
        let Some(number) = number else { continue };
        if numbers.iter().any(|other| other == number.as_str()) {
            // Somebody who is another one of the form has that one's number, and was not asked.
            if asked.same.is_none() || dossier.answers.find(&number_id).is_some() {
                findings.push(finding(About::Question(number_id), true, Reason::NumberTwice));
            }
            continue;
        }
        numbers.push(number.as_str().to_owned());
        let known = dossier.identities.iter().find(|known| known.citizen_number == number.as_str());
        let Some(known) = known else { continue };
        let name_id = part(leaves::NAME);
        if relevant.find_one(&name_id).is_some_and(|name| fold(name) != fold(&known.name)) {
            let reason = Reason::NameDiffers { known: known.name.clone() };
            findings.push(finding(About::Question(name_id), false, reason));
        }
        let birth_id = part(PersonPart::BirthDate.key());
        let born = relevant.find_one(&birth_id).and_then(|text| text.parse::<CivilDate>().ok());
        if let (Some(born), Some(known)) = (born, known.birth_date)
            && born != known
        {
            let reason = Reason::BirthDateDiffers { known };
            findings.push(finding(About::Question(birth_id), false, reason));
        }
    }
}

/// Papers that are missing, can hardly be read, or came twice.
fn check_papers<'a>(dossier: Dossier<'a>, today: CivilDate, findings: &mut Vec<Finding<'a>>) {
    for component in dossier.procedure.components_needed(dossier.answers, today) {
        let given = dossier.papers.iter().any(|paper| paper.component == component.id);
        if component.need == Need::Upload && !given {
            let about = About::Component(component.id.clone());
            findings.push(finding(about, true, Reason::PaperMissing));
        }
    }
    for (index, paper) in dossier.papers.iter().enumerate() {
        let about = || About::Component(paper.component.to_owned());
        if paper.media_type.starts_with("image/") && paper.size < TINY_PAPER {
            findings.push(finding(about(), false, Reason::PaperTiny));
        }
        if dossier.papers[..index].iter().any(|other| other.sha256 == paper.sha256) {
            findings.push(finding(about(), false, Reason::PaperTwice));
        }
    }
}

#[cfg(test)]
mod tests;
