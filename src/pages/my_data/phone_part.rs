//! What this phone has, store by store, with size and age, each thing to be removed; and all of it at once.

use super::{Around, fold, removal_words};
use crate::app::counter::session;
use crate::app::feedback::voices;
use crate::app::my_data::{STORES, Weight, weigh};
use crate::app::{draft, kept, people};
use crate::browser::storage::Shelf;
use crate::browser::{document, intl, tasks};
use crate::i18n::{said, size_words, t};
use crate::kit::Removal;
use leptos::prelude::*;
use motcua_contract::my_data::DataTable;
use motcua_domain::dossier::DossierCode;
use motcua_domain::feedback::FeedbackCode;
use motcua_journeys::draft::Draft;

/// Something on a shelf that can be opened and so be named.
#[derive(Clone)]
enum Item {
    Draft(Box<Draft>),
    Dossier(DossierCode),
    Person(String),
    Voice(FeedbackCode),
}

/// An item with its name, and when it was touched last.
#[derive(Clone)]
struct Row {
    item: Item,
    name: String,
    at: i64,
}

/// What this phone has.
#[component]
pub fn PhonePart(
    /// What the page shares.
    around: Around,
    /// The table, once it is here.
    table: Option<DataTable>,
) -> impl IntoView {
    let services = around.services;
    let shelves = RwSignal::new(vec![]);
    let look = move || {
        tasks::start(async move {
            let mut found = vec![];
            for (id, shelf) in STORES {
                found.push((id, weigh(shelf).await, rows(around, shelf).await));
            }
            shelves.try_set(found);
        });
    };
    look();
    let remove = move |item: Item| {
        tasks::start(async move {
            match item {
                Item::Draft(draft) => draft::discard(services, &draft).await,
                Item::Dossier(code) => kept::remove(&code).await,
                Item::Voice(code) => voices::remove(&code).await,
                Item::Person(id) => {
                    people::remove(&id).await;
                    services.people.update(|people| people.retain(|person| person.id != id));
                }
            }
            look();
            document::focus_heading();
        });
    };
    let wipe = Callback::new(move |()| session::end(services));
    let table = StoredValue::new(table);
    view! {
        <h2>{t().mydata_phone()}</h2>
        {move || {
            let there: Vec<_> = shelves.get().into_iter().filter(|(_, weight, _)| weight.count > 0).collect();
            if there.is_empty() {
                return view! { <p>{t().mydata_nothing()}</p> }.into_any();
            }
            let shelves = there
                .into_iter()
                .map(|(id, weight, rows)| shelf(&table.get_value(), id, weight, rows, remove))
                .collect_view();
            view! {
                {shelves}
                <Removal
                    id="wipe-phone".to_owned()
                    name=t().mydata_phone().to_owned()
                    words=removal_words(t().mydata_wipe(), t().mydata_wipe_ask())
                    on_remove=wipe
                />
            }
            .into_any()
        }}
    }
}

fn shelf(
    table: &Option<DataTable>,
    id: &'static str,
    weight: Weight,
    rows: Vec<Row>,
    remove: impl Fn(Item) + Copy + Send + Sync + 'static,
) -> AnyView {
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            let when = intl::day(t().locale(), row.at);
            // What may have reached the office must be settled first.
            let locked = matches!(&row.item, Item::Draft(draft) if draft.is_locked());
            let item = row.item;
            view! {
                <li>
                    <b>{row.name.clone()}</b>
                    <span class="hint">" " {when}</span>
                    {(!locked).then(|| view! {
                        <Removal
                            id=format!("{id}-{place}")
                            name=row.name
                            words=removal_words(t().remove_button(), t().mydata_remove_ask())
                            on_remove=Callback::new(move |()| remove(item.clone()))
                        />
                    })}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let count = weight.count.to_string();
    // A few hundred bytes tell nobody anything.
    let weight = match weight.bytes {
        0..1_000 => t().mydata_count(&count),
        bytes => t().mydata_weight(&count, &size_words(u64::try_from(bytes).unwrap_or(u64::MAX))),
    };
    let body = (!rows.is_empty()).then(|| view! { <ul>{rows}</ul> });
    fold(table, id, &weight, body.into_any())
}

async fn rows(around: Around, shelf: Shelf) -> Vec<Row> {
    match shelf {
        Shelf::Drafts => {
            let mut rows = vec![];
            for draft in draft::all().await {
                let name = match around.services.get_procedure(&draft.procedure).await {
                    Ok(procedure) => said(&procedure.short_name),
                    Err(_) => draft.procedure.to_string(),
                };
                rows.push(Row { at: draft.changed, name, item: Item::Draft(Box::new(draft)) });
            }
            rows
        }
        Shelf::Dossiers => {
            let row = |dossier: kept::KeptDossier| Row {
                at: dossier.submitted_at.0,
                name: format!("{}, {}", said(&dossier.procedure_name), dossier.code),
                item: Item::Dossier(dossier.code),
            };
            kept::all().await.into_iter().map(row).collect()
        }
        Shelf::People => {
            let row = |person: people::KnownPerson| Row {
                at: person.used,
                name: person.name().to_owned(),
                item: Item::Person(person.id),
            };
            people::all().await.into_iter().map(row).collect()
        }
        // What is being written is removed where it is written, and seen here by its weight.
        Shelf::Feedback => {
            let row = |voice: voices::KeptVoice| Row {
                at: voice.sent_at.0,
                name: format!("{}, {}", voice.glimpse, voice.code),
                item: Item::Voice(voice.code),
            };
            voices::all().await.into_iter().map(row).collect()
        }
        Shelf::Papers | Shelf::Keys => vec![],
    }
}
