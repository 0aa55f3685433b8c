//! The commune's figures of a period: each with its numbers, its target and how it is counted.

use crate::app::load::Loader;
use crate::app::{Services, api, services};
use crate::browser::clock;
use crate::i18n::{figure_count, figure_how, figure_name, percent_words, t};
use crate::kit::{Back, Page, ShareBar};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::figures::FiguresView;
use motcua_domain::date::Moment;
use motcua_domain::figures::{Figure, Period, TargetSource};

/// The periods on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Days90,
    Quarter,
    QuarterBefore,
    Year,
}

impl Span {
    const ALL: [Self; 4] = [Self::Days90, Self::Quarter, Self::QuarterBefore, Self::Year];

    fn words(self) -> &'static str {
        match self {
            Self::Days90 => t().figures_days90(),
            Self::Quarter => t().figures_quarter(),
            Self::QuarterBefore => t().figures_quarter_before(),
            Self::Year => t().figures_year(),
        }
    }

    fn period(self) -> Period {
        let today = Moment(clock::now_seconds()).date();
        match self {
            Self::Days90 => Period::days_to(today, 90),
            Self::Quarter => Period::quarter_of(today),
            Self::QuarterBefore => Period::quarter_before(today),
            Self::Year => Period::year_of(today),
        }
    }
}

/// The figures.
#[component]
pub fn FiguresPage() -> impl IntoView {
    let services = services();
    let chosen = RwSignal::new(Span::Days90);
    let choices = Span::ALL
        .map(|span| {
            view! {
                <button
                    type="button"
                    class="btn btn-2"
                    aria-pressed=move || (chosen.get() == span).to_string()
                    on:click=move |_| chosen.set(span)
                >
                    {span.words()}
                </button>
            }
        })
        .collect_view();
    let back = Back { href: Route::Start.to_string(), label: t().back().to_owned() };
    view! {
        <Page title=t().figures_title() back=Some(back)>
            <p class="lead">{t().figures_lead()}</p>
            <div class="actions grid" role="group" aria-label=t().figures_period()>{choices}</div>
            {move || of_period(services, chosen.get().period())}
            <p>{t().figures_privacy()}</p>
        </Page>
    }
}

fn of_period(services: Services, period: Period) -> impl IntoView {
    let figures = Loader::start(None, move || api::get_figures(services, period));
    figures.draw_part(move |view| drawn(services, period, &view))
}

fn drawn(services: Services, period: Period, view: &FiguresView) -> impl IntoView + use<> {
    let rows = view.figures.iter().map(row).collect_view();
    view! {
        <p role="status">{t().figures_from_to(&view.from.written(), &view.to.written())}</p>
        {view.figures.iter().map(section).collect_view()}
        <details class="fold">
            <summary>{t().figures_table()}</summary>
            <table class="figures-table">
                <thead>
                    <tr>
                        <th scope="col">{t().figures_column_name()}</th>
                        <th scope="col">{t().figures_column_count()}</th>
                        <th scope="col">{t().figures_column_share()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
        <p>
            <a href=api::figures_table_address(services, period) rel="external" download>{t().figures_csv()}</a>
        </p>
    }
}

fn target_words(figure: &Figure) -> Option<String> {
    let target = figure.target?;
    let percent = percent_words(target.hundredths);
    let words = match figure.is_met() {
        Some(true) => t().figures_met(&percent),
        Some(false) => t().figures_not_met(&percent),
        None => t().figures_target(&percent),
    };
    let source = match target.source {
        TargetSource::Commune => t().figures_target_commune(),
        TargetSource::Index => t().figures_target_index(),
    };
    Some(format!("{words} {source}"))
}

fn section(figure: &Figure) -> impl IntoView + use<> {
    let name = figure_name(figure.id);
    let target = target_words(figure);
    let numbers = figure.hundredths.map(|share| {
        let percent = percent_words(share);
        let label = format!("{name}: {percent}. {}", target.clone().unwrap_or_default());
        let mark = figure.target.map(|target| target.hundredths);
        view! {
            <p class="digits">{percent}</p>
            <ShareBar share=share target=mark label=label/>
            <p>{t().figures_of(&figure_count(figure.share.part), &figure_count(figure.share.whole))}</p>
        }
    });
    let none = numbers.is_none().then(|| view! { <p>{t().figures_nothing()}</p> });
    view! {
        <section class="figure">
            <h2>{name}</h2>
            {numbers}
            {none}
            {target.map(|target| view! { <p><b>{target}</b></p> })}
            <p class="hint">{figure_how(figure.id)} " " {t().figures_index(&figure.index)}</p>
        </section>
    }
}

fn row(figure: &Figure) -> impl IntoView + use<> {
    let share = figure.share;
    view! {
        <tr>
            <th scope="row">{figure_name(figure.id)}</th>
            <td>{format!("{} / {}", figure_count(share.part), figure_count(share.whole))}</td>
            <td>{figure.hundredths.map(percent_words)}</td>
        </tr>
    }
}
