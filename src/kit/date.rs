//! A day in three boxes: day, month, year. Hands back `yyyy-mm-dd` where three
//! numbers were typed, in the calendar or not, and `d/m/y` with gaps before that.
//! Knows nothing of what day is asked.

use super::frame::Frame;
use crate::browser::document;
use leptos::prelude::*;

/// The words beside the boxes.
#[derive(Debug, Clone)]
pub struct DateWords {
    /// Day.
    pub day: &'static str,
    /// Month.
    pub month: &'static str,
    /// Year.
    pub year: &'static str,
}

/// A date in three boxes.
#[component]
pub fn DateInput(
    /// Id of the group; the day's box carries it.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Hint.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// What is wrong, in words.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What it says at first: `2020-05-01`, or `1/5/2020` with empty parts.
    #[prop(into)]
    value: String,
    /// Called with each change.
    #[prop(into)]
    on_change: Callback<String>,
    /// The words beside the boxes.
    words: DateWords,
    /// Whether a browser may fill in the birth date.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let frame = Frame { id: id.clone(), label, hint, error, hide_label };
    let parts = StoredValue::new(split(&value));
    let boxes = [("", words.day, "2"), ("-month", words.month, "2"), ("-year", words.year, "4")]
        .into_iter()
        .enumerate()
        .map(|(index, (suffix, word, length))| {
            let input_id = format!("{id}{suffix}");
            let next =
                (index < 2).then(|| format!("{id}{}", if index == 0 { "-month" } else { "-year" }));
            let typed = move |text: String| {
                // Two digits make a day or a month: the next box is where one goes anyway.
                let whole = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
                let grew = parts.with_value(|parts| parts[index].len() < 2);
                parts.update_value(|parts| parts[index] = text);
                on_change.run(join(&parts.get_value()));
                if let Some(next) = next.as_ref().filter(|_| whole && grew) {
                    document::focus(next);
                }
            };
            view! {
                <div class="field" class:year=index == 2>
                    <label for=input_id.clone()>{word}</label>
                    <input
                        class="input"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength=length
                        id=input_id.clone()
                        name=input_id
                        prop:value=parts.with_value(|parts| parts[index].clone())
                        aria-invalid=move || error.read().is_some().then_some("true")
                        on:input:target=move |event| typed(event.target().value())
                    />
                </div>
            }
        })
        .collect_view();
    let controls = view! {
        <div class="date">{boxes}</div>
    };
    frame.around_group(controls.into_any())
}

fn split(value: &str) -> [String; 3] {
    let mut parts: Vec<&str> = value.split(['/', '-']).collect();
    // Canonical dates begin with the year.
    if parts.first().is_some_and(|first| first.len() == 4) {
        parts.reverse();
    }
    let part = |index: usize| parts.get(index).map_or("", |part| part.trim()).to_owned();
    [part(0), part(1), part(2)].map(|part| part.trim_start_matches('0').to_owned())
}

fn join(parts: &[String; 3]) -> String {
    if parts.iter().all(|part| part.trim().is_empty()) {
        return String::new();
    }
    let [day, month, year] = parts.each_ref().map(|part| part.trim());
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if year.len() == 4 && [day, month, year].into_iter().all(is_number) {
        format!("{year}-{month:0>2}-{day:0>2}")
    } else {
        format!("{day}/{month}/{year}")
    }
}

#[cfg(test)]
mod tests {
    use super::{join, split};

    fn parts(day: &str, month: &str, year: &str) -> [String; 3] {
        [day.into(), month.into(), year.into()]
    }

    #[test]
    fn keeps_what_was_typed() {
        assert_eq!(split("2020-05-01"), parts("1", "5", "2020"));
        assert_eq!(split("1/5/2020"), parts("1", "5", "2020"));
        assert_eq!(split("31/2/"), parts("31", "2", ""));
        assert_eq!(split(""), parts("", "", ""));
        assert_eq!(join(&parts("31", "", "2020")), "31//2020");
        assert_eq!(join(&parts("31", "2", "2020")), "2020-02-31");
        assert_eq!(join(&parts("", " ", "")), "");
    }
}
