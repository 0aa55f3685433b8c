//! Owns what the provider tells about a citizen, by scope. Knows no token endpoint.

use openidconnect::core::{
    CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AdditionalClaims, AddressClaim, AddressCountry, AddressLocality, AddressRegion,
    EndUserBirthday, EndUserName, EndUserPhoneNumber, FormattedAddress, IdToken, LocalizedClaim,
    StandardClaims, StreetAddress, SubjectIdentifier,
};
use serde::{Deserialize, Serialize};

use super::citizens::{CITY, COMMUNE, Citizen};

/// The scopes, with what each tells (Vietnamese, English).
pub(crate) const SCOPES: [(&str, &str, &str); 4] = [
    ("openid", "Số định danh cá nhân", "Citizen number"),
    ("profile", "Họ tên, ngày sinh, giới tính", "Name, birth date, sex"),
    ("phone", "Số điện thoại", "Phone number"),
    ("address", "Nơi thường trú", "Permanent address"),
];

/// `acr` of every login: an account of level 2.
pub(crate) const ACR: &str = "urn:motcua:vneid-simulator:level:2";

/// The claim that OpenID Connect has no name for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitizenClaims {
    /// Số định danh cá nhân, twelve digits.
    pub citizen_number: String,
}

impl AdditionalClaims for CitizenClaims {}

/// An ID token of this provider.
pub type CitizenIdToken = IdToken<
    CitizenClaims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// What `scopes` let a client know of `citizen`.
pub(crate) fn about(
    citizen: &Citizen,
    scopes: &[String],
) -> (StandardClaims<CoreGenderClaim>, CitizenClaims) {
    let granted = |scope: &str| scopes.iter().any(|granted| granted == scope);
    let mut claims = StandardClaims::new(SubjectIdentifier::new(citizen.subject()));
    if granted("profile") {
        let mut name = LocalizedClaim::new();
        name.insert(None, EndUserName::new(citizen.name.to_owned()));
        claims = claims
            .set_name(Some(name))
            .set_birthdate(Some(EndUserBirthday::new(citizen.birthdate.to_owned())))
            .set_gender(Some(CoreGenderClaim::new(citizen.gender.claim().to_owned())));
    }
    if granted("phone") {
        let phone = EndUserPhoneNumber::new(citizen.phone.to_owned());
        claims = claims.set_phone_number(Some(phone)).set_phone_number_verified(Some(true));
    }
    if granted("address") {
        claims = claims.set_address(Some(AddressClaim {
            formatted: Some(FormattedAddress::new(citizen.address())),
            street_address: Some(StreetAddress::new(citizen.hamlet.to_owned())),
            locality: Some(AddressLocality::new(COMMUNE.to_owned())),
            region: Some(AddressRegion::new(CITY.to_owned())),
            postal_code: None,
            country: Some(AddressCountry::new("VN".to_owned())),
        }));
    }
    (claims, CitizenClaims { citizen_number: citizen.number.to_owned() })
}
