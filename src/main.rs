//! The citizen's app. Wiring only: makes the services, provides them, and draws the app over the
//! static shell.

mod app;
mod browser;
mod i18n;
mod kit;
mod pages;
mod route;

use leptos::prelude::*;

fn main() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        browser::document::announce_panic();
    }));
    let Some(place) = browser::document::find_mount_point() else { return };
    let mounted = leptos::mount::mount_to(place, || {
        provide_context(app::Services::new());
        view! { <pages::App/> }
    });
    mounted.forget();
}
