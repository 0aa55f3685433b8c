//! Where a procedure's facts come from and how far each was checked: what staff must know before they
//! tell a citizen. Says it of every fact; must not hide an unproven one.

use crate::i18n::{about_words, proof_words, t};
use crate::kit::{SummaryList, SummaryRow};
use leptos::prelude::*;
use motcua_domain::procedure::{Proof, Source};

/// The sources, folded away: citizens seldom ask, staff must.
#[component]
pub fn Sources(
    /// The sources.
    sources: Vec<Source>,
) -> impl IntoView {
    let open = sources.iter().filter(|source| source.proof == Proof::Unverified).count();
    let rows: Vec<SummaryRow> = sources
        .into_iter()
        .map(|source| {
            let text = format!("{}\n{}", source.citation, proof_words(source.proof));
            SummaryRow::fact(about_words(&source.about), text)
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{t().sources_title()}</summary>
                {(open > 0).then(|| view! { <p>{t().sources_open()}</p> })}
                <SummaryList rows=rows/>
            </details>
        }
    })
}
