//! Four corners on a picture: dragged, or chosen and put by a tap, or moved by buttons (WCAG 2.5.7:
//! whatever dragging does, single taps do too). Knows nothing of what the picture shows.

use super::Button;
use crate::browser::pointer;
use leptos::ev::PointerEvent;
use leptos::prelude::*;

/// Corners as shares of the picture's width and height, x and y four times, clockwise from the upper
/// left.
type Shares = [f64; 8];

/// How near a finger must be to take a corner, as a share of the picture's width.
const REACH: f64 = 0.12;
/// How far a button moves a corner.
const STEP: f64 = 0.01;

/// The words.
#[derive(Debug, Clone, Copy)]
pub struct CornerWords {
    /// What the picture is.
    pub picture: &'static str,
    /// Choose a corner.
    pub choose: &'static str,
    /// The corners, clockwise from the upper left.
    pub corners: [&'static str; 4],
    /// Move it a little.
    pub step: &'static str,
    /// Left, right, up, down.
    pub steps: [&'static str; 4],
}

/// A picture with four corners on it.
#[component]
pub fn Corners(
    /// Address of the picture.
    #[prop(into)]
    picture: Signal<Option<String>>,
    /// Where the corners are.
    corners: RwSignal<Shares>,
    /// Its words.
    words: CornerWords,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let dragging = RwSignal::new(false);
    let put = move |(x, y): (f64, f64)| {
        let at = chosen.get_untracked();
        corners.update(|corners| {
            let places = corners.iter_mut().skip(at * 2).take(2);
            places.zip([x, y]).for_each(|(place, share)| *place = share.clamp(0.0, 1.0));
        });
    };
    let pressed = move |event: PointerEvent| {
        let Some(point) = pointer::share_of(&event) else { return };
        event.prevent_default();
        pointer::hold(&event);
        if let Some(near) = nearest(&corners.get_untracked(), point) {
            chosen.set(near);
        }
        dragging.set(true);
        put(point);
    };
    let moved = move |event: PointerEvent| {
        if let Some(point) = pointer::share_of(&event).filter(|_| dragging.get_untracked()) {
            put(point);
        }
    };
    let step = move |x: f64, y: f64| {
        let at = chosen.get_untracked();
        let now = corners.get_untracked();
        if let Some([own_x, own_y]) = now.as_chunks::<2>().0.get(at) {
            put((own_x + x * STEP, own_y + y * STEP));
        }
    };
    let points = move || outline(&corners.get());
    let handles = (0..4).map(|at| {
        let place = move |index: usize| corners.read().get(index).copied().unwrap_or(0.0) * 100.0;
        view! {
            <span
                class="corner"
                class:chosen=move || chosen.get() == at
                aria-hidden="true"
                style:left=move || format!("{}%", place(at * 2))
                style:top=move || format!("{}%", place(at * 2 + 1))
            ></span>
        }
    });
    let choices = words.corners.into_iter().enumerate().map(|(at, label)| {
        view! {
            <button
                type="button"
                class="btn btn-2"
                aria-pressed=move || (chosen.get() == at).to_string()
                on:click=move |_| chosen.set(at)
            >
                {label}
            </button>
        }
    });
    let [left, right, up, down] = words.steps;
    view! {
        <div
            class="viewer corners"
            on:pointerdown=pressed
            on:pointermove=moved
            on:pointerup=move |_| dragging.set(false)
            on:pointercancel=move |_| dragging.set(false)
        >
            {move || picture.get().map(|picture| view! { <img src=picture alt=words.picture draggable="false"/> })}
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <polygon points=points/>
            </svg>
            {handles.collect_view()}
        </div>
        <fieldset class="bare">
            <legend>{words.choose}</legend>
            <div class="actions grid">{choices.collect_view()}</div>
        </fieldset>
        <fieldset class="bare">
            <legend>{words.step}</legend>
            <div class="actions grid">
                <Button label=left.to_owned() quiet=true on_press=move |()| step(-1.0, 0.0)/>
                <Button label=right.to_owned() quiet=true on_press=move |()| step(1.0, 0.0)/>
                <Button label=up.to_owned() quiet=true on_press=move |()| step(0.0, -1.0)/>
                <Button label=down.to_owned() quiet=true on_press=move |()| step(0.0, 1.0)/>
            </div>
        </fieldset>
    }
}

/// The points of a polygon over a picture whose area is 1 by 1.
pub fn outline(corners: &Shares) -> String {
    let pairs = corners.as_chunks::<2>().0.iter().map(|[x, y]| format!("{x},{y}"));
    pairs.collect::<Vec<_>>().join(" ")
}

/// The corner within reach of a point.
fn nearest(corners: &Shares, (x, y): (f64, f64)) -> Option<usize> {
    let far = |[own_x, own_y]: &[f64; 2]| (own_x - x).hypot(own_y - y);
    let distances = corners.as_chunks::<2>().0.iter().map(far).enumerate();
    let (at, distance) = distances.min_by(|(_, one), (_, other)| one.total_cmp(other))?;
    (distance <= REACH).then_some(at)
}
