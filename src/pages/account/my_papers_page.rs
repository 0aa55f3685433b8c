//! "Giấy tờ của tôi": papers and results that the office has from earlier dossiers of whoever is signed
//! in.

use super::super::dossier::login_address;
use crate::app::load::Loader;
use crate::app::{Services, api, services};
use crate::browser::intl;
use crate::i18n::{said, t};
use crate::kit::{Back, LinkButton, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::papers::KeptPaper;
use motcua_domain::reuse::PaperOrigin;

/// Papers that the office has.
#[component]
pub fn MyPapersPage() -> impl IntoView {
    let services = services();
    let papers = Loader::start(None, move || async move {
        let citizen = api::get_session(services).await?.citizen;
        let Some(citizen) = citizen else { return Ok(None) };
        services.profile.set(Some(citizen));
        let list = api::list_papers(services).await?;
        services.kept_papers.set(if list.may_serve { list.papers.clone() } else { vec![] });
        Ok(Some(list.papers))
    });
    papers.draw(move |papers| {
        let back = Back { href: Route::Start.to_string(), label: t().back().to_owned() };
        view! {
            <Page title=t().my_papers_title() back=Some(back)>
                {match papers {
                    None => view! {
                        <p>{t().my_papers_sign_in()}</p>
                        <LinkButton href=login_address(&Route::MyPapers) external=true label=t().sign_in()/>
                    }
                    .into_any(),
                    Some(papers) if papers.is_empty() => view! { <p>{t().my_papers_none()}</p> }.into_any(),
                    Some(papers) => view! {
                        <p>{t().my_papers_lead()}</p>
                        <ul class="links">{papers.into_iter().map(|paper| row(services, paper)).collect_view()}</ul>
                    }
                    .into_any(),
                }}
            </Page>
        }
        .into_any()
    })
}

fn row(services: Services, paper: KeptPaper) -> impl IntoView {
    let day = intl::day(t().locale(), paper.added_at.0);
    let came = match (paper.origin, &paper.number) {
        (PaperOrigin::Result, Some(number)) => t().my_papers_result(number, &day),
        _ => t().my_papers_handed_in(&day),
    };
    let until = paper.good_until.map(|until| t().my_papers_until(&until.written()));
    let dossier = Route::Dossier(paper.dossier).to_string();
    view! {
        <li>
            <b>{said(&paper.name)}</b>
            <p>{t().my_papers_about(&paper.owner_name)}</p>
            <p class="hint">{came}</p>
            {until.map(|until| view! { <p class="hint">{until}</p> })}
            <p>
                <a href=api::paper_address(services, &paper.id) rel="external" download>{t().my_papers_save()}</a>
            </p>
            <p><a href=dossier>{t().my_papers_dossier()}</a></p>
        </li>
    }
}
