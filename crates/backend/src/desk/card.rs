//! What the desk's pages with acts share: the word of what was done, the card that a form stands in, a form
//! that comes back to be put right. Knows no act.

use super::fields::Fields;
use super::page;
use super::sessions::OnDuty;
use crate::error::{Error, Result};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use motcua_contract::problem::Problem;
use serde::Deserialize;

/// What was just done, as the address says after a form was sent.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    xong: Option<String>,
}

impl After {
    /// The act of that name.
    pub fn find<A>(&self, read: impl FnOnce(&str) -> Option<A>) -> Option<A> {
        self.xong.as_deref().and_then(read)
    }
}

/// A form that comes back to be put right.
#[derive(Debug, Clone)]
pub struct Back<A> {
    /// Which form.
    pub act: A,
    /// What was typed.
    pub fields: Fields,
    /// Why it was not done; nothing where only a line was added.
    pub said: Option<String>,
}

impl<A: Copy + PartialEq> Back<A> {
    /// A form that was refused, with the status that its page has.
    pub fn refused(
        act: A,
        fields: Fields,
        error: Error,
        said: impl FnOnce(&Problem) -> String,
    ) -> (StatusCode, Self) {
        let problem = error.into_problem();
        let status = StatusCode::from_u16(problem.status);
        let said = Some(said(&problem));
        (status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), Self { act, fields, said })
    }

    /// This one, where it is that of an act.
    pub fn of(back: Option<&Self>, act: A) -> Option<&Self> {
        back.filter(|back| back.act == act)
    }

    /// What was typed into a field.
    pub fn typed(back: Option<&Self>, name: &str) -> String {
        back.map(|back| back.fields.get(name).to_owned()).unwrap_or_default()
    }
}

/// A page that was drawn, or why it could not be.
pub fn finish(
    on_duty: &OnDuty,
    status: StatusCode,
    title: &str,
    drawn: Result<Markup>,
) -> Response {
    match drawn {
        Ok(body) => page::page(status, title, Some(on_duty), &body),
        Err(error) => page::broken(error),
    }
}

/// What was done, and why a form that came back but fits no more was not.
pub fn notices<A: Copy + PartialEq>(
    done: Option<&str>,
    back: Option<&Back<A>>,
    fit: &[A],
) -> Markup {
    let lost = back.filter(|back| !fit.contains(&back.act));
    html! {
        @if let Some(done) = done { p class="notice" role="status" { "Đã làm: " (done) "." } }
        @if let Some(said) = lost.and_then(|back| back.said.as_deref()) {
            p class="notice bad" role="alert" { (said) }
        }
    }
}

/// The card of an act's form; folded where it asks for something, open where it came back.
pub struct Card<'a> {
    /// The act's name in addresses.
    pub id: &'a str,
    /// What it does, as its heading and its button say.
    pub title: &'a str,
    /// Where the form goes.
    pub action: String,
    /// Whether it sends a file.
    pub sends_file: bool,
    /// What it asks for; nothing where its button says all.
    pub fields: Option<Markup>,
}

impl Card<'_> {
    /// Draws it.
    pub fn draw<A>(&self, on_duty: &OnDuty, back: Option<&Back<A>>) -> Markup {
        let said = back.and_then(|back| back.said.as_deref());
        let kind = self.sends_file.then_some("multipart/form-data");
        html! {
            section class="card" data-job=(self.id) {
                details open[back.is_some() || self.fields.is_none()] {
                    summary { (self.title) }
                    form method="post" action=(self.action) enctype=[kind] {
                        (page::csrf(on_duty))
                        @if let Some(said) = said { p class="bad" role="alert" { (said) } }
                        @if let Some(fields) = &self.fields { (fields) }
                        button type="submit" { (self.title) }
                    }
                }
            }
        }
    }
}

/// A label with room for so many characters of sentences.
pub fn area(act: &str, name: &str, label: &str, value: &str, must: bool, most: usize) -> Markup {
    let id = format!("{act}-{name}");
    html! {
        label for=(id) { (label) @if !must { " (không bắt buộc)" } }
        textarea id=(id) name=(name) rows="3" maxlength=(most) required[must] { (value) }
    }
}
