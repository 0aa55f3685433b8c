//! Who is signed in. Signing in itself is navigation: `GET /auth/login?return_to=/path` leaves for
//! the identity provider and comes back to `return_to`, with `?login=refused`, `unavailable` or
//! `failed` added when it did not work. `POST /auth/logout` ends it.

use motcua_domain::date::CivilDate;
use serde::{Deserialize, Serialize};

/// The session of this browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// The citizen who is signed in; absent before login.
    pub citizen: Option<Profile>,
}

/// What the identity provider vouches for. Used to fill in what need not be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Full name.
    pub name: String,
    /// 12-digit personal identification number.
    pub citizen_number: Option<String>,
    /// Birth date.
    pub birth_date: Option<CivilDate>,
    /// Phone number.
    pub phone: Option<String>,
    /// Address in one line.
    pub address: Option<String>,
}

/// How a login that did not work ended; the value of `login` in the address it returns to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginFailure {
    /// The citizen refused to share the data, or cancelled.
    Refused,
    /// The identity provider does not answer.
    Unavailable,
    /// Anything else: an old link, a second use, a wrong answer.
    Failed,
}

impl LoginFailure {
    /// The query value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
            Self::Failed => "failed",
        }
    }

    /// The failure of a query value.
    pub fn parse(value: &str) -> Option<Self> {
        [Self::Refused, Self::Unavailable, Self::Failed].into_iter().find(|f| f.as_str() == value)
    }
}
