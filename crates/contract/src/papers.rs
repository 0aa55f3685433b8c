//! "Giấy tờ của tôi" on the wire: papers and results of a citizen's earlier dossiers, and using one
//! again.

use motcua_domain::consent::Shown;
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::dossier::DossierCode;
use motcua_domain::reuse::{PaperOrigin, Share};
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// The papers of the citizen who is signed in, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperList {
    /// The papers.
    pub papers: Vec<KeptPaper>,
    /// Whether they may be offered again: not once the consent to that was taken back.
    #[serde(default)]
    pub may_serve: bool,
}

/// A paper that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptPaper {
    /// Its id, random.
    pub id: String,
    /// What kind it is (`domain::reuse::PaperKind::id`).
    pub kind: String,
    /// What it is called.
    pub name: Text,
    /// Whether it was handed in or is a result.
    pub origin: PaperOrigin,
    /// Citizen number of the person it is about.
    pub owner: String,
    /// That person's name.
    pub owner_name: String,
    /// The dossier that it came with or from.
    pub dossier: DossierCode,
    /// The number of the result, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it was handed in or issued.
    pub added_at: Moment,
    /// The last day on which it serves again; absent where none is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<CivilDate>,
    /// Media type of the file.
    pub media_type: String,
    /// Bytes of the file.
    pub size: u64,
}

/// A kept paper in the place of a file. The citizen agreed to it, by an act of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReusedPaper {
    /// The paper's id.
    pub paper: String,
    /// When the citizen agreed; it goes into the ledger of consents.
    pub consented_at: Moment,
    /// The words that were agreed to; none in drafts of before words were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
}

/// How many dossiers of a period used a paper again (national index 4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReuseFigures {
    /// First day of the period.
    pub from: CivilDate,
    /// Last day of the period.
    pub to: CivilDate,
    /// Dossiers with at least one component used again, of those with a component that is digitised.
    pub dossiers: Share,
    /// Components handed in earlier or looked up by the office.
    pub reused_components: u64,
    /// Components replaced by the result of an earlier dossier.
    pub replaced_components: u64,
}
