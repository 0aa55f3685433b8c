//! For whom the dossier is: oneself, a child, a relative, somebody who authorised, or the person at
//! the counter. Each person's draft is their own.

use super::super::use_go;
use super::load;
use crate::app::{Services, people};
use crate::browser::{clock, tasks};
use crate::i18n::{problem_words, t};
use crate::kit::{
    Back, Button, Choice, DateInput, DateWords, ErrorLine, ErrorSummary, Field, Notice, Page,
    Radios, Tone, error_of,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::behalf::{Authorisation, Behalf};
use motcua_domain::citizen::CitizenNumber;
use motcua_domain::date::CivilDate;
use motcua_domain::procedure::Procedure;
use motcua_domain::validate::Problem;
use motcua_journeys::draft::{Draft, DraftKey, Event};
use std::sync::Arc;

const KIND: &str = "behalf";
const AGENT: &str = "behalf-agent";
const FROM: &str = "behalf-from";
const UNTIL: &str = "behalf-until";
const SCOPE: &str = "behalf-scope";
const THIS_ONLY: &str = "this";

/// For whom.
#[component]
pub fn BehalfPage(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        view! { <Asked services=services procedure=procedure draft_key=draft_key.clone()/> }
    })
}

/// What was typed about an authorisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Typed {
    agent: String,
    from: String,
    until: String,
    scope: String,
}

impl Typed {
    fn of(behalf: &Behalf, own_number: Option<String>) -> Self {
        match behalf {
            Behalf::Authorised(paper) => Self {
                agent: paper.agent_number.clone(),
                from: paper.from.to_string(),
                until: paper.until.map(|day| day.to_string()).unwrap_or_default(),
                scope: if paper.procedures.is_empty() { "all" } else { THIS_ONLY }.to_owned(),
            },
            _ => Self {
                agent: own_number.unwrap_or_default(),
                scope: THIS_ONLY.to_owned(),
                ..Self::default()
            },
        }
    }

    /// The authorisation, or what is wrong with it by field.
    fn read(&self, procedure: &Procedure) -> Result<Authorisation, Vec<(&'static str, Problem)>> {
        let mut wrong = vec![];
        let agent = CitizenNumber::parse(&self.agent).ok();
        if agent.is_none() {
            wrong.push((AGENT, Problem::NotACitizenNumber));
        }
        let day = |text: &str| text.parse::<CivilDate>().ok();
        let from = day(&self.from);
        if from.is_none() {
            wrong.push((FROM, Problem::NotADate));
        }
        let until = day(&self.until);
        if until.is_none() && !self.until.trim().is_empty() {
            wrong.push((UNTIL, Problem::NotADate));
        }
        let this = vec![procedure.code.clone()];
        match (agent, from, wrong.is_empty()) {
            (Some(agent), Some(from), true) => Ok(Authorisation {
                agent_number: agent.as_str().to_owned(),
                from,
                until,
                procedures: if self.scope == THIS_ONLY { this } else { vec![] },
            }),
            _ => Err(wrong),
        }
    }
}

#[component]
fn Asked(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let go = use_go();
    let draft = services.draft.find_now(&draft_key);
    let before = draft.map(|draft| draft.behalf).unwrap_or_default();
    let chosen = RwSignal::new(match &before {
        Behalf::Myself => String::new(),
        other => other.id().to_owned(),
    });
    let own_number = services.profile.get_untracked().and_then(|profile| profile.citizen_number);
    let typed = RwSignal::new(Typed::of(&before, own_number));
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let in_person = procedure.in_person.clone();
    let mut options = vec![
        ("ward", t().behalf_ward()),
        ("relative", t().behalf_relative()),
        ("authorised", t().behalf_authorised()),
        ("counter", t().behalf_counter()),
    ];
    // What the law wants in person takes no authorisation.
    options.retain(|(id, _)| *id != "authorised" || in_person.is_none());
    let options = options
        .into_iter()
        .map(|(id, label)| Choice { id: id.to_owned(), label: label.to_owned() })
        .collect();
    let wanted_key = draft_key.clone();
    let wanted = Arc::clone(&procedure);
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let behalf = match chosen.get_untracked().as_str() {
            "ward" => Behalf::Ward,
            "relative" => Behalf::Relative,
            "counter" => Behalf::Counter,
            "authorised" => match typed.get_untracked().read(&wanted) {
                Ok(paper) => Behalf::Authorised(paper),
                Err(wrong) => {
                    let lines = wrong.into_iter().map(|(field, problem)| ErrorLine {
                        target: field.to_owned(),
                        text: problem_words(&problem, label_of(field)),
                    });
                    errors.set(lines.collect());
                    return;
                }
            },
            _ => {
                let text = t().behalf_choose().to_owned();
                errors.set(vec![ErrorLine { target: KIND.to_owned(), text }]);
                return;
            }
        };
        errors.set(vec![]);
        let (key, procedure, go) = (wanted_key.clone(), Arc::clone(&wanted), go.clone());
        tasks::start(async move {
            let Some(key) = choose(services, &procedure, key, behalf).await else { return };
            go(Route::Begin(key).to_string());
        });
    };
    let begin = Route::Begin(draft_key.clone()).to_string();
    view! {
        <Page
            title=t().behalf_title()
            back=Some(Back { href: begin, label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <p>{t().behalf_lead()}</p>
            {in_person.map(|rule| view! {
                <Notice tone=Tone::Warning><p>{t().behalf_in_person(&rule)}</p></Notice>
            })}
            {draft_key.slot.is_none().then(|| view! {
                <Known services=services procedure=Arc::clone(&procedure) draft_key=draft_key.clone()/>
            })}
            <form novalidate on:submit=submitted>
                <Radios
                    id=KIND
                    label=t().behalf_title()
                    error=error_of(errors, KIND.to_owned())
                    options=options
                    value=Some(chosen.get_untracked())
                    on_change=move |id| chosen.set(id)
                    hide_label=true
                />
                {move || (chosen.get() == "authorised").then(|| view! { <Paper typed=typed errors=errors/> })}
                <Button label=t().go_on().to_owned() submit=true/>
            </form>
        </Page>
    }
}

/// People for whom one filed before: a tap begins with what is known of them.
#[component]
fn Known(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// One's own draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let go = use_go();
    let known: Vec<_> = services
        .people
        .get_untracked()
        .into_iter()
        .filter(|person| !person.own && !person.name().is_empty())
        .collect();
    if known.is_empty() {
        return None;
    }
    let known = known
        .into_iter()
        .map(|person| {
            let label = t().begin_for(person.name());
            let (procedure, key, go) = (Arc::clone(&procedure), draft_key.clone(), go.clone());
            let press = move |()| {
                let (procedure, key, go) = (Arc::clone(&procedure), key.clone(), go.clone());
                let person = person.id.clone();
                tasks::start(async move {
                    let key = begin_for(services, &procedure, &key, &person).await;
                    go(Route::Begin(key).to_string());
                });
            };
            view! { <Button label=label quiet=true on_press=press/> }
        })
        .collect_view();
    Some(view! { <div class="actions">{known}</div> })
}

fn label_of(field: &str) -> &'static str {
    match field {
        AGENT => t().behalf_agent(),
        FROM => t().behalf_from(),
        _ => t().behalf_until(),
    }
}

/// What the authorisation says.
#[component]
fn Paper(
    /// What was typed.
    typed: RwSignal<Typed>,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
) -> impl IntoView {
    let now = typed.get_untracked();
    let words =
        || DateWords { day: t().date_day(), month: t().date_month(), year: t().date_year() };
    let scopes = vec![
        Choice { id: THIS_ONLY.to_owned(), label: t().behalf_scope_this().to_owned() },
        Choice { id: "all".to_owned(), label: t().behalf_scope_all().to_owned() },
    ];
    view! {
        <Field
            id=AGENT
            label=t().behalf_agent()
            hint=Some(t().behalf_agent_hint().to_owned())
            error=error_of(errors, AGENT.to_owned())
            value=now.agent
            on_change=move |text| typed.update(|typed| typed.agent = text)
            keyboard="numeric"
        />
        <DateInput
            id=FROM
            label=t().behalf_from()
            error=error_of(errors, FROM.to_owned())
            value=now.from
            on_change=move |text| typed.update(|typed| typed.from = text)
            words=words()
        />
        <DateInput
            id=UNTIL
            label=t().question_optional(t().behalf_until())
            hint=Some(t().behalf_until_hint().to_owned())
            error=error_of(errors, UNTIL.to_owned())
            value=now.until
            on_change=move |text| typed.update(|typed| typed.until = text)
            words=words()
        />
        <Radios
            id=SCOPE
            label=t().behalf_scope()
            options=scopes
            value=Some(now.scope)
            on_change=move |id| typed.update(|typed| typed.scope = id)
        />
        <p>{t().behalf_paper_later()}</p>
    }
}

/// Makes the draft the one of the person that was chosen; a new one where it was one's own.
async fn choose(
    services: Services,
    procedure: &Procedure,
    key: DraftKey,
    behalf: Behalf,
) -> Option<DraftKey> {
    let key = match key.slot {
        Some(_) => key,
        None => DraftKey { slot: Some(people::new_id()?), ..key },
    };
    services.draft.open(services, &key, procedure).await;
    let now = clock::now_seconds();
    services.draft.tell_and_wait(Event::BehalfChosen { behalf, now }).await;
    Some(key)
}

/// A draft of a remembered person begins with what is known of them.
fn slot_of(person: &str, key: &DraftKey) -> DraftKey {
    DraftKey { slot: Some(person.to_owned()), procedure: key.procedure.clone() }
}

/// Opens the draft for a remembered person.
async fn begin_for(
    services: Services,
    procedure: &Procedure,
    key: &DraftKey,
    person: &str,
) -> DraftKey {
    let key = slot_of(person, key);
    services.draft.open(services, &key, procedure).await;
    let fresh = services.draft.find_now(&key).is_none_or(|draft: Draft| draft.is_empty());
    if fresh {
        let now = clock::now_seconds();
        services.draft.tell_and_wait(Event::BehalfChosen { behalf: Behalf::Relative, now }).await;
    }
    key
}
