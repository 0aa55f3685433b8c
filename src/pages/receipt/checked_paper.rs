//! A paper that anyone can check by its code: whether it stands, its facts, the code, print and files. One
//! frame for receipts of fees and slips of the office; knows neither.

use crate::browser::document;
use crate::i18n::t;
use crate::kit::{Button, LinkButton, Notice, Page, QrPicture, SummaryList, SummaryRow, Tone};
use leptos::prelude::*;

/// What of a paper is shown.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What it is.
    pub title: &'static str,
    /// Whether it stands, in words.
    pub state: &'static str,
    /// How that is said.
    pub tone: Tone,
    /// Its facts.
    pub facts: Vec<SummaryRow>,
    /// What a stranger should know of the rest.
    pub more: Option<&'static str>,
    /// What the code is for.
    pub check: &'static str,
    /// The code's link.
    pub link: String,
    /// Its files: address, and what it is called.
    pub files: Vec<(String, &'static str)>,
}

/// The page.
pub fn checked_paper(paper: Checked) -> AnyView {
    let files = paper.files.into_iter().map(|(file, label)| {
        view! { <LinkButton href=file external=true label=label quiet=true/> }.into_any()
    });
    let files: Vec<AnyView> = files.collect();
    view! {
        <Page title=paper.title>
            <Notice tone=paper.tone>
                <p>{paper.state}</p>
            </Notice>
            <SummaryList rows=paper.facts/>
            {paper.more.map(|words| view! { <p>{words}</p> })}
            <p>{paper.check}</p>
            <QrPicture text=paper.link label=paper.check/>
            <div class="actions">
                <Button label=t().receipt_print().to_owned() quiet=true on_press=|()| document::print()/>
                {files}
            </div>
        </Page>
    }
    .into_any()
}
