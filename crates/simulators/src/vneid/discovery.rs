//! Owns the provider's description of itself and its public key. Knows no login.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::url::ParseError;
use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, AuthenticationContextClass, EndSessionUrl, IssuerUrl,
    JsonWebKeySetUrl, LanguageTag, PrivateSigningKey, ProviderMetadata, ResponseTypes, Scope,
    TokenUrl, UserInfoUrl,
};
use serde::{Deserialize, Serialize};

use super::Vneid;
use super::claims::{ACR, SCOPES};

/// What Discovery 1.0 has no name for: RFC 7636, RFC 9207, RP-Initiated Logout 1.0.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Extra {
    end_session_endpoint: EndSessionUrl,
    code_challenge_methods_supported: Vec<String>,
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

const CLAIMS: [&str; 12] = [
    "iss",
    "sub",
    "aud",
    "acr",
    "auth_time",
    "name",
    "birthdate",
    "gender",
    "phone_number",
    "phone_number_verified",
    "address",
    "citizen_number",
];

/// `GET /.well-known/openid-configuration`
pub(crate) async fn metadata(State(provider): State<Vneid>) -> Response {
    match describe(&provider.config().origin) {
        Ok(metadata) => Json(metadata).into_response(),
        Err(error) => {
            let text = format!("the provider's origin is no address: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
        }
    }
}

/// `GET /jwks`
pub(crate) async fn jwks(State(provider): State<Vneid>) -> Json<CoreJsonWebKeySet> {
    Json(CoreJsonWebKeySet::new(vec![provider.0.key.as_verification_key()]))
}

fn describe(origin: &str) -> Result<Metadata, ParseError> {
    let at = |path: &str| format!("{origin}{path}");
    let metadata = Metadata::new(
        IssuerUrl::new(origin.to_owned())?,
        AuthUrl::new(at("/authorize"))?,
        JsonWebKeySetUrl::new(at("/jwks"))?,
        vec![ResponseTypes::new(vec![CoreResponseType::Code])],
        vec![CoreSubjectIdentifierType::Public],
        vec![CoreJwsSigningAlgorithm::EdDsa],
        Extra {
            end_session_endpoint: EndSessionUrl::new(at("/logout"))?,
            code_challenge_methods_supported: vec!["S256".to_owned()],
            authorization_response_iss_parameter_supported: true,
        },
    );
    let scopes = SCOPES.iter().map(|(scope, ..)| Scope::new((*scope).to_owned())).collect();
    let claims = CLAIMS.iter().map(|claim| CoreClaimName::new((*claim).to_owned())).collect();
    let languages = ["vi", "en"].map(|tag| LanguageTag::new(tag.to_owned())).to_vec();
    Ok(metadata
        .set_token_endpoint(Some(TokenUrl::new(at("/token"))?))
        .set_userinfo_endpoint(Some(UserInfoUrl::new(at("/userinfo"))?))
        .set_scopes_supported(Some(scopes))
        .set_claims_supported(Some(claims))
        .set_ui_locales_supported(Some(languages))
        .set_response_modes_supported(Some(vec![CoreResponseMode::Query]))
        .set_grant_types_supported(Some(vec![CoreGrantType::AuthorizationCode]))
        .set_acr_values_supported(Some(vec![AuthenticationContextClass::new(ACR.to_owned())]))
        .set_token_endpoint_auth_methods_supported(Some(vec![
            CoreClientAuthMethod::ClientSecretBasic,
            CoreClientAuthMethod::ClientSecretPost,
        ])))
}
