//! The app as one piece, as Trunk serves it to developers and the tests compile it: every part is here.

use super::{NotFetched, Part, screens};
use crate::route::Visit;
use leptos::prelude::{AnyView, Memo};

/// There is nothing to fetch.
pub async fn fetch(_part: Part) -> Result<(), NotFetched> {
    Ok(())
}

/// A page of a part.
pub fn draw(part: Part, visit: Visit) -> AnyView {
    match part {
        Part::Scanning => screens::scanning(),
        Part::Filing => screens::filing(visit),
        Part::Capture => screens::capture(visit),
        Part::After => screens::after(visit),
        Part::Beside => screens::beside(visit),
        Part::Counter => screens::counter(visit),
        Part::Voice => screens::voice(visit),
    }
}

/// What is above every page of a device that is everybody's.
pub fn draw_bar(visit: Memo<Visit>) -> AnyView {
    screens::counter_bar(visit)
}
