//! The catalogue in memory: read and checked once at start. Knows files and nothing of HTTP.

use motcua_contract::catalogue::{ProcedureList, ProcedureSummary};
use motcua_contract::config::AppConfig;
use motcua_domain::calendar::Holidays;
use motcua_domain::catalogue_check::{Flaw, check};
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_domain::scan::PortalIds;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why the catalogue cannot be used: which file, where in it, and what is wrong.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file or folder cannot be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is not of the right shape.
    #[error("{}: {cause}", path.display())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// Where and why.
        cause: serde_json::Error,
    },
    /// A procedure does not hold together.
    #[error("{}: {}", path.display(), flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Flawed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        flaws: Vec<Flaw>,
    },
    /// A file is not named after its procedure, or two files describe the same one.
    #[error("{}: named otherwise than its procedure {code}", path.display())]
    Misnamed {
        /// Which file.
        path: PathBuf,
        /// The procedure in it.
        code: ProcedureCode,
    },
}

/// All procedures, and the days on which offices are closed.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    procedures: BTreeMap<ProcedureCode, Procedure>,
    /// Closed days.
    pub holidays: Holidays,
}

#[derive(Deserialize)]
struct HolidayFile {
    days: Holidays,
}

#[derive(Deserialize)]
struct PortalIdFile {
    ids: PortalIds,
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, CatalogueError> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| CatalogueError::Unreadable { path: path.to_owned(), cause })?;
    serde_json::from_str(&text)
        .map_err(|cause| CatalogueError::Malformed { path: path.to_owned(), cause })
}

impl Catalogue {
    /// Reads and checks every file of a catalogue folder.
    pub fn load(folder: &Path) -> Result<Self, CatalogueError> {
        let holidays = read::<HolidayFile>(&folder.join("holidays.json"))?.days;
        let files = folder.join("procedures");
        let unreadable = |cause| CatalogueError::Unreadable { path: files.clone(), cause };
        let mut procedures = BTreeMap::new();
        for entry in std::fs::read_dir(&files).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let procedure: Procedure = read(&path)?;
            let flaws = check(&procedure);
            if !flaws.is_empty() {
                return Err(CatalogueError::Flawed { path, flaws });
            }
            let code = procedure.code.clone();
            if path.file_stem().is_none_or(|stem| stem != code.as_str()) {
                return Err(CatalogueError::Misnamed { path, code });
            }
            procedures.insert(code, procedure);
        }
        Ok(Self { procedures, holidays })
    }

    /// The procedure with this code.
    pub fn find(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.procedures.get(code)
    }

    /// All procedures in short: those that can be filed here first.
    pub fn list(&self) -> ProcedureList {
        let mut all: Vec<&Procedure> = self.procedures.values().collect();
        all.sort_by_key(|procedure| !procedure.can_be_filed());
        ProcedureList { procedures: all.into_iter().map(ProcedureSummary::from).collect() }
    }
}

/// Reads the commune's file, the portal's ids beside it, and adds what only the installation knows:
/// our own host.
pub fn load_commune(path: &Path, own_host: &str) -> Result<AppConfig, CatalogueError> {
    let mut config: AppConfig = read(path)?;
    config.portal_ids = read::<PortalIdFile>(&path.with_file_name("portal_ids.json"))?.ids;
    if !config.trusted_hosts.own.iter().any(|host| host == own_host) {
        config.trusted_hosts.own.push(own_host.to_owned());
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue")
    }

    #[test]
    fn the_projects_catalogue_loads() {
        let catalogue = Catalogue::load(&folder()).unwrap();
        assert!(catalogue.list().procedures.len() >= 12);
        load_commune(&folder().join("commune.json"), "127.0.0.1:8080").unwrap();
    }

    #[test]
    fn a_flaw_names_file_path_and_cause() {
        let broken = std::env::temp_dir().join(format!("motcua-catalogue-{}", std::process::id()));
        std::fs::create_dir_all(broken.join("procedures")).unwrap();
        std::fs::copy(folder().join("holidays.json"), broken.join("holidays.json")).unwrap();
        let text = std::fs::read_to_string(folder().join("procedures/2.000635.json")).unwrap();
        let text = text.replace("\"copies\": \"copies\"", "\"copies\": \"pieces\"");
        std::fs::write(broken.join("procedures/2.000635.json"), text).unwrap();
        let message = Catalogue::load(&broken).unwrap_err().to_string();
        assert!(message.contains("2.000635.json"), "{message}");
        assert!(message.contains("fees[extract_copies].price.copies"), "{message}");
        assert!(message.contains("no question `pieces`"), "{message}");
        std::fs::remove_dir_all(broken).unwrap();
    }
}
