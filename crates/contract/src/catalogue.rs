//! The catalogue on the wire: summaries for lists and search, and the document that the app needs to
//! search and browse without a network. A whole procedure travels as
//! `motcua_domain::procedure::Procedure`.

use motcua_domain::browse::{Chooser, LifeEvent};
use motcua_domain::directory::{Authority, Sector};
use motcua_domain::procedure::{Detail, Procedure, ProcedureCode, ServiceLevel};
use motcua_domain::search::words::Words;
use motcua_domain::search::{Entry, Index};
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// A procedure in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProcedureSummary {
    /// National code.
    pub code: ProcedureCode,
    /// Official name.
    pub name: Text,
    /// What people call it; left out where that is the official name.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub short_name: Text,
    /// Id of its sector.
    pub sector: String,
    /// How far it goes online.
    pub level: ServiceLevel,
    /// Whether a dossier can be filed in this app.
    pub can_be_filed: bool,
    /// How much is known about it.
    pub detail: Detail,
    /// Who decides.
    pub authority: Authority,
    /// Whether the city counts it among the procedures that are used most.
    pub priority: bool,
    /// Other words that people search by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
}

/// All procedures on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProcedureList {
    /// In the order in which they are listed.
    pub procedures: Vec<ProcedureSummary>,
}

/// What the app needs to list, search, browse and choose without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueDocument {
    /// Sectors in the order in which they are shown.
    pub sectors: Vec<Sector>,
    /// Procedures in the order in which they are listed.
    pub procedures: Vec<ProcedureSummary>,
    /// Events of life in the order in which they are shown.
    pub life_events: Vec<LifeEvent>,
    /// Choosers between procedures that look alike.
    pub choosers: Vec<Chooser>,
    /// What the search knows besides names.
    pub words: Words,
}

impl ProcedureSummary {
    /// A procedure in short.
    pub fn of(procedure: &Procedure, priority: bool) -> Self {
        let same = procedure.short_name == procedure.name;
        Self {
            code: procedure.code.clone(),
            name: procedure.name.clone(),
            short_name: if same { Text::default() } else { procedure.short_name.clone() },
            sector: procedure.sector.id.clone(),
            level: procedure.level,
            can_be_filed: procedure.can_be_filed(),
            detail: procedure.detail,
            authority: procedure.authority,
            priority,
            keywords: procedure.keywords.clone(),
        }
    }

    /// What people call it.
    pub fn title(&self) -> &Text {
        if self.short_name.is_empty() { &self.name } else { &self.short_name }
    }

    /// How likely it is asked for: the city's priority procedures most, then what the commune
    /// decides, then what it only takes in for others.
    fn prior(&self) -> f32 {
        let known = if self.detail == Detail::Full { 0.3 } else { 0.0 };
        let near = match self.authority {
            Authority::Commune => 0.3,
            Authority::Shared | Authority::Unknown => 0.15,
            Authority::Province => 0.0,
        };
        known + near + if self.priority { 0.4 } else { 0.0 }
    }
}

impl CatalogueDocument {
    /// The index to search it by; hits count places in `procedures`.
    pub fn index(&self) -> Index {
        let entries = self.procedures.iter().map(|procedure| Entry {
            code: &procedure.code,
            title: procedure.title(),
            name: &procedure.name,
            keywords: &procedure.keywords,
            prior: procedure.prior(),
        });
        Index::build(entries, &self.words)
    }

    /// The sector of a procedure.
    pub fn find_sector(&self, id: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.id == id)
    }

    /// The chooser that tells this procedure from its look-alikes.
    pub fn find_chooser(&self, code: &ProcedureCode) -> Option<&Chooser> {
        self.choosers.iter().find(|chooser| chooser.codes.contains(code))
    }
}
