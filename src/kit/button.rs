//! Buttons and links that look like them. They name an act. Know nothing of what it does.

use leptos::prelude::*;

/// A button. In a form, the first kind sends the form.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// The quieter kind.
    #[prop(optional)]
    quiet: bool,
    /// Sends the form that it is in.
    #[prop(optional)]
    submit: bool,
    /// What a tap does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let pressed = move |_| {
        if let Some(act) = on_press {
            act.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=if quiet { "btn btn-2" } else { "btn" }
            on:click=pressed
        >
            {label}
        </button>
    }
}

/// A link that starts something.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it says.
    #[prop(into)]
    label: String,
    /// The quieter kind.
    #[prop(optional)]
    quiet: bool,
    /// Leaves the app: the router must not take it.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a class=if quiet { "btn btn-2" } else { "btn" } href=href rel=external.then_some("external")>
            {label}
        </a>
    }
}
