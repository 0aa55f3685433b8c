//! Owns the UserInfo endpoint. Knows no code.
//!
//! OpenID Connect Core 1.0 section 5.3; RFC 6750.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use openidconnect::UserInfoClaims;

use super::Vneid;
use super::citizens::Citizen;
use super::claims;

/// `GET /userinfo` and `POST /userinfo`, with `Authorization: Bearer …`
pub(super) async fn tell(State(provider): State<Vneid>, headers: HeaderMap) -> Response {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    let grant = token.and_then(|token| provider.sessions().access(token).cloned());
    let citizen = grant.as_ref().and_then(|grant| Citizen::find(grant.citizen));
    match (grant, citizen) {
        (Some(grant), Some(citizen)) => {
            let (standard, additional) = claims::about(citizen, &grant.login.scopes);
            let claims = UserInfoClaims::new(standard, additional);
            ([(header::CACHE_CONTROL, "no-store")], Json(claims)).into_response()
        }
        _ => {
            let challenge = "Bearer realm=\"vneid-simulator\", error=\"invalid_token\"";
            (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
        }
    }
}
