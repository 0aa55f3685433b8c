//! The back office's own programs: reads the catalogue's folder and sends dossiers over HTTP, so many at
//! a time. Makes no dossier.

use motcua_domain::calendar::Holidays;
use motcua_domain::procedure::Procedure;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Dossiers in one call. The backend takes 500, and 256 kB.
const AT_A_TIME: usize = 400;

/// Why the quarter did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum BackOfficeError {
    /// A file of the catalogue cannot be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// The backend does not answer.
    #[error("no answer: {0}")]
    NoAnswer(#[from] reqwest::Error),
    /// The backend answers with a problem.
    #[error("the backend says {status}: {said}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it says.
        said: String,
    },
}

/// What the backend said to all calls together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Dossiers that were taken.
    pub taken: usize,
    /// Those that were not, each with the backend's reason.
    pub refused: Vec<String>,
}

#[derive(Deserialize)]
struct HolidayFile {
    days: Holidays,
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, BackOfficeError> {
    let fault = |cause: String| BackOfficeError::Unreadable { path: path.to_owned(), cause };
    let text = fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| fault(error.to_string()))
}

/// The described procedures of a catalogue's folder by their codes, and the days on which offices are
/// closed.
///
/// # Errors
/// When a file cannot be read.
pub fn procedures(catalogue: &Path) -> Result<(Vec<Procedure>, Holidays), BackOfficeError> {
    let folder = catalogue.join("procedures");
    let fault = |error: std::io::Error| BackOfficeError::Unreadable {
        path: folder.clone(),
        cause: error.to_string(),
    };
    let entries = fs::read_dir(&folder).map_err(fault)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(fault)?;
    paths.sort();
    let procedures = paths.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let holidays: HolidayFile = read(&catalogue.join("holidays.json"))?;
    Ok((procedures, holidays.days))
}

/// A client of the backend with staff's token.
#[derive(Clone)]
pub struct Desk {
    client: reqwest::Client,
    address: String,
    token: String,
}

impl Desk {
    /// A desk that calls the backend at this origin; `extra_ca` is a certificate (PEM) to trust.
    ///
    /// # Errors
    /// When the certificate does not read.
    pub fn new(origin: &str, token: &str, extra_ca: Option<&[u8]>) -> reqwest::Result<Self> {
        let client = crate::paying::reports::client(extra_ca)?;
        let address = format!("{origin}/api/v1/staff/synced-dossiers");
        Ok(Self { client, address, token: token.to_owned() })
    }

    /// Sends dossiers, so many at a time.
    ///
    /// # Errors
    /// When the backend does not answer, or refuses a whole call.
    pub async fn send(&self, dossiers: &[Value]) -> Result<TakenIn, BackOfficeError> {
        let mut all = TakenIn::default();
        for batch in dossiers.chunks(AT_A_TIME) {
            let call = self.client.post(&self.address).bearer_auth(&self.token);
            let answer = call.json(&json!({ "dossiers": batch })).send().await?;
            let status = answer.status();
            if !status.is_success() {
                let said = answer.text().await.unwrap_or_default();
                return Err(BackOfficeError::Refused { status: status.as_u16(), said });
            }
            let said: Value = answer.json().await?;
            let taken = said["taken"].as_u64().unwrap_or_default();
            all.taken += usize::try_from(taken).unwrap_or_default();
            all.refused
                .extend(said["refused"].as_array().into_iter().flatten().map(Value::to_string));
        }
        Ok(all)
    }
}
