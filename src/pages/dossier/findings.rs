//! What the readiness check found, in words, each with the way to where it is put right. Looks at a
//! draft with the domain's own rules; must not have rules of its own.

use super::paper_slot::slot_id;
use super::question::full_label;
use super::{steps, today};
use crate::app::Services;
use crate::i18n::{behalf_problem_words, paper_fault_words, problem_words, said, t};
use crate::kit::ErrorLine;
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::behalf::{AUTHORISATION, BehalfProblem, Filing};
use motcua_domain::exemption::EXEMPTION;
use motcua_domain::form::PersonPart;
use motcua_domain::procedure::{Component, Procedure};
use motcua_domain::readiness::{self, About, Dossier, Identity, PaperFact, Reason};
use motcua_journeys::draft::Draft;

/// What was found in a draft.
pub struct Findings {
    /// What must be put right before submitting.
    pub blocking: Vec<ErrorLine>,
    /// What is worth a second look: text, rule behind it, and where.
    pub advice: Vec<Advice>,
}

/// Something worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What.
    pub text: String,
    /// The rule behind it.
    pub rule: String,
    /// Where it can be changed.
    pub href: String,
}

/// Looks at a draft.
pub fn look(services: Services, procedure: &Procedure, draft: &Draft) -> Findings {
    let answers = &draft.answers;
    let papers = facts(draft);
    let identities = identities(services);
    let units = services.units();
    let dossier = Dossier {
        procedure,
        answers,
        papers: &papers,
        identities: &identities,
        units: Some(&units),
    };
    let mut findings = Findings { blocking: vec![], advice: vec![] };
    for found in readiness::check(dossier, today()) {
        let (target, label) = place(procedure, draft, &found.about);
        let (text, rule) = words(&found.reason, &label);
        if found.blocking {
            findings.blocking.push(ErrorLine { target, text });
        } else {
            findings.advice.push(Advice { text, rule, href: target });
        }
    }
    for (component, label) in components(procedure, draft) {
        let target =
            format!("{}#{}", Route::Papers(draft.key()).to_change(), slot_id(&component.id));
        // The procedure's own papers were looked at above.
        if component.id.starts_with(EXEMPTION) && !draft.has_paper(&component.id) {
            let text = t().paper_missing(&label);
            findings.blocking.push(ErrorLine { target: target.clone(), text });
        }
        if draft.has_doubtful(&component.id) {
            let text = t().paper_doubtful(&label);
            findings.blocking.push(ErrorLine { target: target.clone(), text });
        }
        let doubts = draft.doubts_of(&component.id, component.pages).into_iter();
        // Those of single pages were answered by the citizen.
        for doubt in doubts.filter(|doubt| doubt.page.is_none()) {
            let text = format!("{label}: {}", paper_fault_words(doubt.fault));
            findings.advice.push(Advice { text, rule: String::new(), href: target.clone() });
        }
    }
    for problem in against_filing(procedure, draft, None) {
        let target = Route::Behalf(draft.key()).to_string();
        findings
            .blocking
            .push(ErrorLine { target, text: behalf_problem_words(problem).to_owned() });
    }
    findings
}

/// What the rules must know of the papers: files, pages that will be in one, and kept papers.
fn facts(draft: &Draft) -> Vec<PaperFact<'_>> {
    let files = draft.papers.iter().flat_map(|(component, papers)| {
        papers.iter().map(move |paper| PaperFact {
            component,
            media_type: &paper.media_type,
            size: paper.size,
            sha256: &paper.sha256,
        })
    });
    let unbound = draft.sheets.iter().filter(|(component, _)| {
        draft.papers_of(component).iter().all(|paper| paper.pages.is_empty())
    });
    let pages = unbound.flat_map(|(component, sheets)| {
        sheets.iter().filter_map(|sheet| sheet.page.as_ref()).map(move |page| PaperFact {
            component,
            media_type: "image/jpeg",
            size: page.size,
            sha256: &page.sha256,
        })
    });
    let reused = draft.reused.iter().flat_map(|(component, reused)| {
        reused.iter().map(move |reused| PaperFact {
            component,
            // The office has looked at it.
            media_type: "application/pdf",
            size: 0,
            sha256: &reused.paper,
        })
    });
    files.chain(pages).chain(reused).collect()
}

/// The components that files are sent for, and what they are called.
fn components(procedure: &Procedure, draft: &Draft) -> Vec<(Component, String)> {
    let uploads = steps::uploads(procedure, draft).into_iter();
    uploads.map(|(component, _)| (component.clone(), said(&component.name))).collect()
}

/// What speaks against filing a draft for its applicant; of who files as far as that is known.
pub fn against_filing(
    procedure: &Procedure,
    draft: &Draft,
    submitter_number: Option<&str>,
) -> Vec<BehalfProblem> {
    let number = PersonPart::CitizenNumber.key();
    let filing = Filing {
        procedure: &procedure.code,
        takes_authorisation: procedure.in_person.is_none(),
        applicant_number: procedure.answer_of_applicant(&draft.answers, number),
        submitter_number,
        has_paper: draft.has_paper(AUTHORISATION),
    };
    draft.behalf.check(filing, today())
}

/// The people of whom the truth is known: who is signed in, and the card that was scanned.
fn identities(services: Services) -> Vec<Identity> {
    let profile = services.profile.get_untracked().and_then(|profile| {
        Some(Identity {
            name: profile.name,
            citizen_number: profile.citizen_number?,
            birth_date: profile.birth_date,
        })
    });
    let card = services.card.get_untracked().map(|held| Identity {
        name: held.card.name,
        citizen_number: held.card.number.as_str().to_owned(),
        birth_date: Some(held.card.birth_date),
    });
    profile.into_iter().chain(card).collect()
}

/// Where a finding is put right, and what that place is called.
fn place(procedure: &Procedure, draft: &Draft, about: &About) -> (String, String) {
    match about {
        About::Question(id) => {
            let id = &procedure.form.asked_as(id, &draft.answers, today());
            let asked = procedure.form.questions_asked(&draft.answers, today());
            let question = asked.iter().find(|question| question.id == *id);
            let label = question.map(full_label).unwrap_or_else(|| id.clone());
            let page = steps::page_of(procedure, &draft.answers, id);
            let target = match page {
                Some(page) => Route::Question(draft.key(), page.id.clone()).to_change(),
                None => Route::Begin(draft.key()).to_string(),
            };
            (target, label)
        }
        About::Component(id) => {
            let component = procedure.components.iter().find(|component| component.id == *id);
            let label = component.map_or_else(|| id.clone(), |component| said(&component.name));
            let target = format!("{}#{}", Route::Papers(draft.key()).to_change(), slot_id(id));
            (target, label)
        }
    }
}

/// What is wrong, and the rule behind it.
fn words(reason: &Reason<'_>, label: &str) -> (String, String) {
    let own = |text: String| (text, String::new());
    match reason {
        Reason::Answer(problem) => own(problem_words(problem, label)),
        Reason::Rule(check) => (said(&check.message), check.citation.clone()),
        Reason::PaperMissing => own(t().paper_missing(label)),
        Reason::PaperTiny => own(t().ready_paper_tiny(label)),
        Reason::PaperTwice => own(t().ready_paper_twice(label)),
        Reason::NameDiffers { known } => own(t().ready_name_differs(known)),
        Reason::BirthDateDiffers { known } => own(t().ready_birth_differs(&known.written())),
        Reason::NumberTwice => own(t().ready_number_twice().to_owned()),
    }
}
