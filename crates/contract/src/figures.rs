//! The figures that a commune is judged by, on the wire, and the dossiers of elsewhere that go into
//! them. Nothing of a person is in either.

use motcua_domain::date::CivilDate;
use motcua_domain::figures::synced::{SyncFault, SyncedDossier};
use motcua_domain::figures::{Counts, Figure};
use serde::{Deserialize, Serialize};

/// The figures of a period, by the days on which dossiers were received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiguresView {
    /// First day.
    pub from: CivilDate,
    /// Last day.
    pub to: CivilDate,
    /// What was counted.
    pub counts: Counts,
    /// The figures, in the order in which they are shown.
    pub figures: Vec<Figure>,
}

/// Most dossiers in one call.
pub const MOST_SYNCED: usize = 500;

/// Dossiers that the commune handled elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncDossiers {
    /// At most 500. Of two with one code the later one stands.
    pub dossiers: Vec<SyncedDossier>,
}

/// What became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncReport {
    /// How many were taken.
    pub taken: u32,
    /// Those that were not.
    pub refused: Vec<RefusedDossier>,
}

/// A dossier that was not taken. The others were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedDossier {
    /// Which of the call, the first being 0.
    pub row: u32,
    /// Its code as it was sent.
    pub code: String,
    /// Why.
    pub fault: SyncFault,
}
