//! Owns logout. The provider keeps no session of its own (every login asks again), so there is
//! only the way back. Knows no token.
//!
//! OpenID Connect RP-Initiated Logout 1.0.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{Vneid, pages};
use crate::page::origin_of;

#[derive(Deserialize)]
pub(super) struct End {
    #[serde(default)]
    post_logout_redirect_uri: Option<String>,
    #[serde(default)]
    state: Option<String>,
}

/// `GET /logout` and `POST /logout`: back to the app, or a page that says it is done.
pub(super) async fn end(State(provider): State<Vneid>, Query(asked): Query<End>) -> Response {
    let app = origin_of(&provider.config().app_origin);
    let back = asked.post_logout_redirect_uri.filter(|uri| origin_of(uri) == app && app.is_some());
    let Some(mut back) = back.and_then(|uri| url::Url::parse(&uri).ok()) else {
        return pages::logged_out(provider.config());
    };
    if let Some(state) = asked.state {
        back.query_pairs_mut().append_pair("state", &state);
    }
    Redirect::to(back.as_str()).into_response()
}
