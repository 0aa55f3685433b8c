//! The catalogue on the wire: summaries for lists and search. A whole procedure travels as
//! `motcua_domain::procedure::Procedure`.

use motcua_domain::procedure::{Procedure, ProcedureCode, ServiceLevel};
use motcua_domain::search::Searchable;
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// A procedure in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProcedureSummary {
    /// National code.
    pub code: ProcedureCode,
    /// What people call it.
    pub short_name: Text,
    /// Official name.
    pub name: Text,
    /// Sector (lĩnh vực).
    pub sector: Text,
    /// How far it goes online.
    pub level: ServiceLevel,
    /// Other words that people search by.
    pub keywords: Vec<String>,
}

/// All procedures on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProcedureList {
    /// In the order in which they are listed.
    pub procedures: Vec<ProcedureSummary>,
}

impl From<&Procedure> for ProcedureSummary {
    fn from(procedure: &Procedure) -> Self {
        Self {
            code: procedure.code.clone(),
            short_name: procedure.short_name.clone(),
            name: procedure.name.clone(),
            sector: procedure.sector.clone(),
            level: procedure.level,
            keywords: procedure.keywords.clone(),
        }
    }
}

impl ProcedureSummary {
    /// What a search looks at, in Vietnamese or English.
    pub fn searchable(&self, vietnamese: bool) -> Searchable<'_> {
        Searchable {
            code: self.code.as_str(),
            short_name: self.short_name.get(vietnamese),
            name: self.name.get(vietnamese),
            keywords: &self.keywords,
        }
    }
}
