//! Whether a dossier may be filed as it was sent: the domain's rules, and what goes out when one of
//! them says no. Writes nothing.

use crate::app::App;
use crate::error::{Result, problem};
use crate::sessions::Citizen;
use crate::uploads::binding::refused_component;
use motcua_contract::dossiers::{SubmitDossier, SubmittedComponent};
use motcua_contract::problem::{Problem, ProblemType};
use motcua_domain::answers::Answers;
use motcua_domain::behalf::{AUTHORISATION, Behalf, Filing};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::form::PersonPart;
use motcua_domain::procedure::{Component, Need, Procedure};
use motcua_domain::units::Units;
use motcua_domain::validate;

/// Most files of one component.
const MAX_FILES: usize = 20;
/// Most doubts of one component: more pages than anybody photographs, with every fault there is.
const MAX_DOUBTS: usize = 500;

/// What was sent, when it passed all checks.
pub struct Checked<'a> {
    /// Which procedure.
    pub procedure: &'a Procedure,
    /// The relevant answers.
    pub answers: Answers,
    /// For whom it is filed.
    pub behalf: &'a Behalf,
    /// The exemption that is claimed.
    pub exempt: Option<ExemptGroup>,
    /// The papers of this dossier, whether a file comes with them or not.
    pub components: Vec<Component>,
    /// The files that came.
    pub given: &'a [SubmittedComponent],
    /// Whether it is of a guided run with fictional people.
    pub sample: bool,
}

/// Checks all that needs no database; whether the files are there is looked up when they are bound.
pub fn check<'a>(
    app: &'a App,
    request: &'a SubmitDossier,
    citizen: &Citizen,
    now: Moment,
) -> Result<Checked<'a>> {
    let today = now.date();
    if request.sample && !app.settings.demo {
        return Err(ProblemType::SampleRefused.into());
    }
    let procedure = get_procedure(app, request)?;
    let answers = check_answers(procedure, &request.answers, app.catalogue.units(), today)?;
    check_behalf(procedure, &answers, request, citizen, today)?;
    let exempt = check_exemption(procedure, &answers, request, today)?;
    let components = procedure.components_of(&answers, &request.behalf, exempt, today);
    check_components(&components, &request.components)?;
    let (behalf, given) = (&request.behalf, request.components.as_slice());
    Ok(Checked { procedure, answers, behalf, exempt, components, given, sample: request.sample })
}

fn get_procedure<'a>(app: &'a App, request: &SubmitDossier) -> Result<&'a Procedure> {
    let procedure = app.catalogue.find(&request.procedure).ok_or(ProblemType::NotFound)?;
    if !procedure.can_be_filed() {
        return Err(ProblemType::ProcedureNotFiled.into());
    }
    if procedure.version != request.form_version {
        let detail = format!("version {} is current", procedure.version);
        return Err(problem(ProblemType::FormOutdated, detail));
    }
    Ok(procedure)
}

/// The relevant answers, when all of them will do. Units are looked up once their codes have the
/// right shape, so that no question is named twice.
fn check_answers(
    procedure: &Procedure,
    answers: &Answers,
    units: &Units,
    today: CivilDate,
) -> Result<Answers> {
    let form = &procedure.form;
    let mut fields = validate::check(form, answers, today);
    if fields.is_empty() {
        fields = validate::check_units(form, answers, today, units);
    }
    if !fields.is_empty() {
        return Err(Problem { fields, ..Problem::new(ProblemType::InvalidAnswers) }.into());
    }
    Ok(form.relevant(answers, today))
}

/// The claimed exemption, when it is one that changes what is to pay.
fn check_exemption(
    procedure: &Procedure,
    answers: &Answers,
    request: &SubmitDossier,
    today: CivilDate,
) -> Result<Option<ExemptGroup>> {
    let Some(group) = request.exempt else { return Ok(None) };
    if !procedure.exemptions_offered(answers, today).contains(&group) {
        return Err(problem(ProblemType::ExemptionRefused, group.id()));
    }
    Ok(Some(group))
}

/// Whether this citizen may file for this applicant. The problem's detail is the reason's id.
fn check_behalf(
    procedure: &Procedure,
    answers: &Answers,
    request: &SubmitDossier,
    citizen: &Citizen,
    today: CivilDate,
) -> Result<()> {
    let filing = Filing {
        procedure: &procedure.code,
        takes_authorisation: procedure.in_person.is_none(),
        applicant_number: procedure.answer_of_applicant(answers, PersonPart::CitizenNumber.key()),
        submitter_number: citizen.profile.citizen_number.as_deref(),
        has_paper: has_files(&request.components, AUTHORISATION),
    };
    match request.behalf.check(filing, today).first() {
        None => Ok(()),
        Some(reason) => Err(problem(ProblemType::BehalfRefused, reason.id())),
    }
}

fn has_files(given: &[SubmittedComponent], id: &str) -> bool {
    given
        .iter()
        .any(|part| part.component == id && !(part.uploads.is_empty() && part.reused.is_empty()))
}

/// Every paper that must come is there, and nothing that was not asked.
fn check_components(components: &[Component], given: &[SubmittedComponent]) -> Result<()> {
    let missing: Vec<String> = components
        .iter()
        .filter(|component| component.need == Need::Upload && !has_files(given, &component.id))
        .map(|component| component.id.clone())
        .collect();
    if !missing.is_empty() {
        let kind = ProblemType::ComponentsMissing;
        return Err(Problem { components: missing, ..Problem::new(kind) }.into());
    }
    let takes_files = |id: &str| {
        components.iter().any(|component| {
            component.id == id && matches!(component.need, Need::Upload | Need::OptionalUpload)
        })
    };
    for (index, part) in given.iter().enumerate() {
        let twice = given[..index].iter().any(|other| other.component == part.component);
        if twice
            || !takes_files(&part.component)
            || part.uploads.len() > MAX_FILES
            || part.reused.len() > MAX_FILES
            || part.doubts.len() > MAX_DOUBTS
        {
            let detail = "not asked, given twice, too many files or doubts";
            return Err(refused_component(&part.component, detail));
        }
    }
    Ok(())
}
