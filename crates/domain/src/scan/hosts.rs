//! Which sites' links are understood. Knows host names and nothing of paths.

use serde::{Deserialize, Serialize};

/// The sites whose links are understood. From configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedHosts {
    /// Our own host names (with port where not the default), exact.
    pub own: Vec<String>,
    /// Portals whose links carry procedure codes; a name also covers its subdomains, and a `*`
    /// stands for one label: `dichvucong.*.gov.vn` is every province's (only state bodies get names
    /// under gov.vn).
    pub portals: Vec<String>,
}

/// Whose a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Our own site.
    Ours,
    /// A portal on the list.
    Portal,
}

impl TrustedHosts {
    /// Whose a host is, with its port unless that is the default one; `None` for a stranger's.
    pub(super) fn owner(&self, host: &str) -> Option<Owner> {
        if self.own.iter().any(|own| own == host) {
            Some(Owner::Ours)
        } else if self.portals.iter().any(|portal| covers(portal, host)) {
            Some(Owner::Portal)
        } else {
            None
        }
    }
}

/// Whether the labels of a host end in those of a portal, read from the right.
fn covers(portal: &str, host: &str) -> bool {
    let mut labels = host.rsplit('.');
    portal.rsplit('.').all(|wanted| {
        labels.next().is_some_and(|label| label == wanted || (wanted == "*" && !label.is_empty()))
    })
}
