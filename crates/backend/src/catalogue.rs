//! The catalogue in memory: read, joined and checked once at start. Knows files and nothing of HTTP.

use motcua_contract::catalogue::{CatalogueDocument, ProcedureList, ProcedureSummary};
use motcua_contract::config::AppConfig;
use motcua_domain::browse::{Chooser, LifeEvent};
use motcua_domain::calendar::Holidays;
use motcua_domain::catalogue_check::{Flaw, check};
use motcua_domain::directory::{self, Listing, RowFlaw, Sector, Sectors, Status};
use motcua_domain::online_free::OnlineFree;
use motcua_domain::procedure::{Detail, Procedure, ProcedureCode, Proof, Source};
use motcua_domain::retention::RetentionTable;
use motcua_domain::scan::PortalIds;
use motcua_domain::search::words::WordsFile;
use motcua_domain::text::Text;
use motcua_domain::units::Units;
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
        /// Where, such as `form.pages[2].questions[0].kind`, and why.
        cause: serde_path_to_error::Error<serde_json::Error>,
    },
    /// Rows of the directory do not read.
    #[error("{}: {}", path.display(), joined(flaws))]
    Rows {
        /// Which file.
        path: PathBuf,
        /// Row, column and cause of each.
        flaws: Vec<RowFlaw>,
    },
    /// A procedure does not hold together.
    #[error("{}: {}", path.display(), joined(flaws))]
    Flawed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        flaws: Vec<Flaw>,
    },
    /// Files do not fit each other.
    #[error("{}: {}", path.display(), causes.join("; "))]
    Unfitting {
        /// Which file is at fault.
        path: PathBuf,
        /// What does not fit.
        causes: Vec<String>,
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

fn joined(flaws: &[impl ToString]) -> String {
    flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// All procedures on offer, the ways to them, and the days on which offices are closed.
#[derive(Debug, Clone)]
pub struct Catalogue {
    procedures: BTreeMap<ProcedureCode, Procedure>,
    document: CatalogueDocument,
    units: Units,
    /// Closed days.
    pub holidays: Holidays,
    /// What is kept of people, why and for how long.
    pub retention: RetentionTable,
}

#[derive(Deserialize)]
struct HolidayFile {
    days: Holidays,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LifeEventFile {
    life_events: Vec<LifeEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChooserFile {
    choosers: Vec<Chooser>,
}

#[derive(Deserialize)]
struct PortalIdFile {
    ids: PortalIds,
}

fn read_text(path: &Path) -> Result<String, CatalogueError> {
    std::fs::read_to_string(path)
        .map_err(|cause| CatalogueError::Unreadable { path: path.to_owned(), cause })
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, CatalogueError> {
    let text = read_text(path)?;
    let mut reader = serde_json::Deserializer::from_str(&text);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|cause| CatalogueError::Malformed { path: path.to_owned(), cause })?;
    let rest = reader.end().err().map(|cause| cause.to_string());
    fit(path, rest.into_iter().collect())?;
    Ok(value)
}

/// What a listed procedure says where nobody described it: that it is received here.
fn listed(listing: &Listing) -> Procedure {
    let name = listing.name.as_str();
    let plain = name.strip_prefix("Thủ tục ").or_else(|| name.strip_prefix("thủ tục "));
    let short_name = match (listing.short_name.as_str(), plain) {
        ("", Some(plain)) => capitalised(plain),
        ("", None) => name.to_owned(),
        (short, _) => short.to_owned(),
    };
    let (name, short) = (Text::only_vietnamese(name), Text::only_vietnamese(short_name));
    Procedure::listed(listing.code.clone(), name, short, listing.authority)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the directory adds to the sources: the decisions that published the procedure, and what was
/// doubtful about its row.
fn listing_sources(listing: &Listing) -> impl Iterator<Item = Source> {
    let source = |citation: String, proof| Source { about: "listing".to_owned(), citation, proof };
    let decision = (!listing.decision.is_empty())
        .then(|| source(format!("Quyết định công bố: {}", listing.decision), Proof::Secondary));
    let shortened = listing.source == "shortened";
    let list = decision.is_none().then(|| {
        let proof = if shortened { Proof::Unverified } else { Proof::Secondary };
        source("Bảng niêm yết thủ tục cấp xã tại Hải Phòng, tháng 9/2026".to_owned(), proof)
    });
    let doubt = (!listing.note.is_empty()).then(|| source(listing.note.clone(), Proof::Unverified));
    [decision, list, doubt].into_iter().flatten()
}

impl Catalogue {
    /// Reads, joins and checks every file of a catalogue folder.
    pub fn load(folder: &Path) -> Result<Self, CatalogueError> {
        let holidays = read::<HolidayFile>(&folder.join("holidays.json"))?.days;
        let retention_path = folder.join("retention.json");
        let retention: RetentionTable = read(&retention_path)?;
        fit(&retention_path, retention.check())?;
        let mut described = load_described(&folder.join("procedures"))?;
        let path = folder.join("directory.tsv");
        let listings = directory::read(&read_text(&path)?)
            .map_err(|flaws| CatalogueError::Rows { path: path.clone(), flaws })?;
        let sectors: Sectors = read(&folder.join("sectors.json"))?;
        fit(&folder.join("sectors.json"), sectors.check(&listings))?;

        let free_path = folder.join("online_free.json");
        let free: OnlineFree = read(&free_path)?;
        fit(&free_path, free.check(described.values()))?;

        let mut procedures = BTreeMap::new();
        let mut ordered = Vec::new();
        for listing in &listings {
            let full = described.remove(&listing.code);
            if listing.status != Status::InForce {
                let shown =
                    full.map(|_| format!("{} is described, but not in force", listing.code));
                fit(&path, shown.into_iter().collect())?;
                continue;
            }
            let mut procedure = full.unwrap_or_else(|| listed(listing));
            let (place, sector) = sectors.find(&listing.sector).unwrap_or_default();
            procedure.sector = sector;
            procedure.authority = listing.authority;
            procedure.sources.extend(listing_sources(listing));
            free.complete(&mut procedure);
            let summary = ProcedureSummary::of(&procedure, listing.priority.is_some());
            let rank = (
                !summary.can_be_filed,
                listing.priority.unwrap_or(u16::MAX),
                summary.detail == Detail::Listed,
                place,
            );
            ordered.push((rank, summary));
            procedures.insert(listing.code.clone(), procedure);
        }
        let unlisted = described.keys().map(|code| format!("{code} has a file, but no row"));
        fit(&path, unlisted.collect())?;
        ordered.sort_by_key(|(rank, _)| *rank);

        let known = |code: &ProcedureCode| procedures.contains_key(code);
        let life_events = read::<LifeEventFile>(&folder.join("life_events.json"))?.life_events;
        let strangers = life_events.iter().flat_map(|event| {
            let unknown = event.codes.iter().filter(|code| !known(code));
            unknown.map(|code| format!("{}: {code} is not offered", event.id))
        });
        fit(&folder.join("life_events.json"), strangers.collect())?;
        let choosers = read::<ChooserFile>(&folder.join("choosers.json"))?.choosers;
        let flaws = choosers.iter().flat_map(|chooser| chooser.check(known));
        fit(&folder.join("choosers.json"), flaws.collect())?;
        let words: WordsFile = read(&folder.join("words.json"))?;
        fit(&folder.join("words.json"), words.check(known))?;
        let path = folder.join("portal_ids.json");
        let ids = read::<PortalIdFile>(&path)?.ids;
        let strangers = ids.values().filter(|code| !known(code));
        fit(&path, strangers.map(|code| format!("{code} is not offered")).collect())?;
        let document = CatalogueDocument {
            sectors: sectors
                .sectors
                .iter()
                .map(|rule| Sector { id: rule.id.clone(), name: rule.name.clone() })
                .collect(),
            procedures: ordered.into_iter().map(|(_, summary)| summary).collect(),
            life_events,
            choosers,
            words: words.words(),
        };
        let path = folder.join("units.tsv");
        let units = Units::read(&read_text(&path)?)
            .map_err(|flaw| CatalogueError::Unfitting { path, causes: vec![flaw.to_string()] })?;
        Ok(Self { procedures, document, units, holidays, retention })
    }

    /// The procedure with this code.
    pub fn find(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.procedures.get(code)
    }

    /// The provinces and communes.
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// All procedures in short: those that can be filed here first, then the city's priority ones,
    /// then those that are described, then by sector.
    pub fn list(&self) -> ProcedureList {
        ProcedureList { procedures: self.document.procedures.clone() }
    }

    /// What the app needs to list, search, browse and choose without a network.
    pub fn document(&self) -> &CatalogueDocument {
        &self.document
    }
}

fn fit(path: &Path, causes: Vec<String>) -> Result<(), CatalogueError> {
    if causes.is_empty() {
        return Ok(());
    }
    Err(CatalogueError::Unfitting { path: path.to_owned(), causes })
}

/// The procedures that have a file of their own.
fn load_described(files: &Path) -> Result<BTreeMap<ProcedureCode, Procedure>, CatalogueError> {
    let unreadable = |cause| CatalogueError::Unreadable { path: files.to_owned(), cause };
    let mut described = BTreeMap::new();
    for entry in std::fs::read_dir(files).map_err(unreadable)? {
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
        described.insert(code, procedure);
    }
    Ok(described)
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
mod tests;
