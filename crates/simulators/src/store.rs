//! Owns a simulator's memory on disk: one JSON file, replaced as a whole. Knows nothing of its
//! content.

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A JSON file, or nowhere (a simulator of a test that needs no restart).
#[derive(Debug, Clone)]
pub(crate) struct Store(Option<PathBuf>);

impl Store {
    /// `name` in the folder `data`, which is made when it is absent.
    pub(crate) fn open(data: Option<&Path>, name: &str) -> io::Result<Self> {
        match data {
            Some(folder) => {
                std::fs::create_dir_all(folder)?;
                Ok(Self(Some(folder.join(name))))
            }
            None => Ok(Self(None)),
        }
    }

    /// What was saved last; the default when nothing was.
    pub(crate) fn load<T: DeserializeOwned + Default>(&self) -> io::Result<T> {
        let Some(path) = &self.0 else { return Ok(T::default()) };
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
            Err(error) => Err(error),
        }
    }

    /// Replaces the file. A failure is told on standard error and does not stop the simulator.
    pub(crate) fn save<T: Serialize>(&self, value: &T) {
        let Some(path) = &self.0 else { return };
        let written = serde_json::to_vec_pretty(value).map_err(io::Error::from).and_then(|bytes| {
            let fresh = path.with_extension("new");
            std::fs::write(&fresh, bytes)?;
            std::fs::rename(&fresh, path)
        });
        if let Err(error) = written {
            eprintln!("cannot save {}: {error}", path.display());
        }
    }
}
