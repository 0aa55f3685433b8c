//! A share of a whole as a bar, with a mark where it should come to. Drawn in SVG; knows nothing of what
//! is counted.

use leptos::prelude::*;

/// A bar of 10,000 hundredths of a percent.
#[component]
pub fn ShareBar(
    /// How much of it is full, in hundredths of a percent.
    share: u64,
    /// Where the mark stands.
    target: Option<u64>,
    /// What the bar shows, in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <svg class="share-bar" role="img" aria-label=label viewBox="0 0 10000 100" preserveAspectRatio="none">
            <rect class="whole" width="10000" height="100"></rect>
            <rect class="part" width=share.min(10_000).to_string() height="100"></rect>
            // A rim around the mark, so that it is seen on the full and on the empty part.
            {target.map(|at| view! {
                <path class="rim" d=format!("M{at} 0V100")></path>
                <path class="mark" d=format!("M{at} 0V100")></path>
            })}
        </svg>
    }
}
