//! The guided run begins: which story is shown. Only on a device that is everybody's, where it is wiped
//! like everything else.

use crate::app::counter::run::{self, Story};
use crate::app::services;
use crate::i18n::t;
use crate::kit::{Back, LinkButton, Notice, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::ProcedureCode;

/// Choosing a story.
#[component]
pub fn DemoPage() -> impl IntoView {
    let services = services();
    let back = Back { href: Route::Counter.to_string(), label: t().back().to_owned() };
    let stories = Story::ALL.into_iter().filter_map(|story| {
        let code = ProcedureCode::parse(story.procedure()).ok()?;
        Some(view! {
            <div on:click=move |_| run::begin(services, story)>
                <LinkButton href=Route::Procedure(code).to_string() label=title(story) quiet=true/>
            </div>
        })
    });
    let body = if services.counter.is_on {
        view! {
            <p class="lead">{t().demo_lead()}</p>
            <nav class="actions" aria-label=t().demo_title()>{stories.collect_view()}</nav>
            <p>{t().demo_after()}</p>
        }
        .into_any()
    } else {
        view! {
            <Notice><p>{t().demo_needs_counter()}</p></Notice>
            <LinkButton href=Route::Counter.to_string() label=t().counter_title()/>
        }
        .into_any()
    };
    view! { <Page title=t().demo_title() back=Some(back)>{body}</Page> }
}

fn title(story: Story) -> &'static str {
    match story {
        Story::Extract => t().demo_extract(),
        Story::Copy => t().demo_copy(),
        Story::Birth => t().demo_birth(),
    }
}
