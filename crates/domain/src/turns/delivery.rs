//! How the paper result reaches the citizen: handed out at the counter, or by post.

use super::words;
use crate::citizen::{find_phone, is_full_name};
use serde::{Deserialize, Serialize};

/// Where the post brings the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PostalAddress {
    /// Who takes it.
    pub recipient: String,
    /// Their phone, for the postman.
    pub phone: String,
    /// House, street or hamlet, commune, province.
    pub address: String,
}

/// How the citizen wants the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", rename_all = "snake_case", deny_unknown_fields)]
pub enum Delivery {
    /// Fetched at the counter.
    Counter,
    /// By post; its charge is taken by the postman.
    Post {
        /// Where to.
        to: PostalAddress,
    },
}

/// What of a postal address will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AddressProblem {
    /// Not a full name.
    Recipient,
    /// Not a Vietnamese phone number.
    Phone,
    /// Too short to find a house by, or too long.
    Address,
}

impl PostalAddress {
    /// Everything of it that will not do, in the order of the form.
    pub fn problems(&self) -> Vec<AddressProblem> {
        let address = words(&self.address);
        let found = [
            (!is_full_name(self.recipient.trim())).then_some(AddressProblem::Recipient),
            find_phone(self.phone.trim()).is_none().then_some(AddressProblem::Phone),
            address
                .map_or(true, |address| address.chars().count() < 10)
                .then_some(AddressProblem::Address),
        ];
        found.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_a_phone_and_a_place() {
        let good = PostalAddress {
            recipient: "Phạm Thị Hoa".into(),
            phone: "0912 345 678".into(),
            address: "Thôn 3, xã Kim Thành, Hải Phòng".into(),
        };
        assert_eq!(good.problems(), []);
        let bad =
            PostalAddress { recipient: "".into(), phone: "12".into(), address: "Thôn 3".into() };
        use AddressProblem::*;
        assert_eq!(bad.problems(), [Recipient, Phone, Address]);
    }
}
