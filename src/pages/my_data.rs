//! "Dữ liệu của tôi": what this phone has, also without signing in and without a network; what the office
//! has; consents; requests with their clocks.

mod consents_part;
mod office_part;
mod page;
mod phone_part;
mod request_form;
mod requests_part;

pub use page::MyDataPage;

use crate::app::{Failure, Services, my_data};
use crate::browser::{document, tasks};
use crate::i18n::{said, t};
use crate::kit::RemovalWords;
use leptos::prelude::*;
use motcua_contract::my_data::{DataTable, KeptGroup};
use std::future::Future;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Around {
    services: Services,
    /// Loads what the office has anew.
    again: Callback<()>,
    /// Why the last act did not work.
    failure: RwSignal<Option<Failure>>,
    /// Whether the last act worked.
    noted: RwSignal<bool>,
}

impl Around {
    /// Does something, and shows what it made of the data.
    fn does(self, act: impl Future<Output = Result<(), Failure>> + 'static) {
        self.noted.set(false);
        tasks::start(async move {
            match act.await {
                Ok(()) => {
                    self.failure.try_set(None);
                    self.noted.try_set(true);
                    self.again.run(());
                    document::focus_heading();
                }
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    /// What removes something.
    fn removes(self, what: my_data::Removal) -> Callback<()> {
        Callback::new(move |()| self.does(my_data::remove(self.services, what.clone())))
    }
}

/// A group of the table.
fn group<'a>(table: &'a Option<DataTable>, id: &str) -> Option<&'a KeptGroup> {
    table.as_ref()?.groups.iter().find(|group| group.id == id)
}

/// What a group is for, by which basis, and for how long, from the table; nothing before it is here.
fn why(table: &Option<DataTable>, id: &str) -> AnyView {
    let Some(group) = group(table, id) else { return ().into_any() };
    let sensitive = group.sensitive.then(|| t().mydata_sensitive());
    view! {
        <p class="hint">
            {said(&group.purpose)} " " {t().mydata_basis(&said(&group.ground))} " "
            {group.unverified.then(|| t().mydata_unverified())} " "
            {t().mydata_period(said(&group.period).trim_end_matches('.'))} " " {sensitive}
        </p>
    }
    .into_any()
}

/// What a group is called; its id, as long as the table is not here.
fn name_of(table: &Option<DataTable>, id: &str) -> String {
    group(table, id).map_or_else(|| id.replace("phone_", ""), |group| said(&group.name))
}

/// A kind of things, folded: what it is called and how much of it there is, then why, then each.
fn fold(table: &Option<DataTable>, id: &str, count: &str, body: AnyView) -> AnyView {
    view! {
        <details class="fold">
            <summary>{format!("{}: {count}", name_of(table, id))}</summary>
            {why(table, id)}
            {body}
        </details>
    }
    .into_any()
}

fn removal_words(remove: &'static str, ask: &'static str) -> RemovalWords {
    RemovalWords { remove, ask, yes: t().remove_yes(), no: t().remove_no() }
}
