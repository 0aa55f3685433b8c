//! Virus scanners: the adapter, and ClamAV's daemon behind it (clamd(8), command INSTREAM). Without one
//! in the settings nothing is scanned, and the backend says so when it starts.

use bytes::Bytes;
use futures_util::future::BoxFuture;
use std::str::FromStr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a scanner says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It found nothing.
    Clean,
    /// It found something.
    Infected,
}

/// Why a scanner says nothing.
#[derive(Debug, thiserror::Error)]
pub enum ScannerError {
    /// It cannot be reached, or the line broke.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It took too long.
    #[error("no answer in {} s", PATIENCE.as_secs())]
    Late,
    /// It answered something else.
    #[error("strange answer: {0}")]
    Strange(String),
}

/// A virus scanner.
pub trait Scanner: Send + Sync {
    /// Scans a whole file.
    fn scan(&self, file: Bytes) -> BoxFuture<'_, Result<Finding, ScannerError>>;
}

/// How long a file may take: clamd scans some 20 MB a second.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a file that are sent at once.
const CHUNK: usize = 64 * 1024;
/// Longest answer that is read.
const MAX_ANSWER: u64 = 4_096;

/// ClamAV's daemon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clamd {
    /// Over TCP: `host:port`.
    Tcp(String),
    /// Over a socket in the file system.
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

/// An address that names no clamd.
#[derive(Debug, thiserror::Error)]
#[error("a clamd is tcp:HOST:PORT or unix:PATH")]
pub struct BadAddress;

impl FromStr for Clamd {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, BadAddress> {
        match text.split_once(':') {
            Some(("tcp", address)) if address.contains(':') => Ok(Self::Tcp(address.to_owned())),
            #[cfg(unix)]
            Some(("unix", path)) if !path.is_empty() => Ok(Self::Unix(path.into())),
            _ => Err(BadAddress),
        }
    }
}

impl Scanner for Clamd {
    fn scan(&self, file: Bytes) -> BoxFuture<'_, Result<Finding, ScannerError>> {
        Box::pin(async move {
            tokio::time::timeout(PATIENCE, self.ask(&file)).await.unwrap_or(Err(ScannerError::Late))
        })
    }
}

impl Clamd {
    async fn ask(&self, file: &[u8]) -> Result<Finding, ScannerError> {
        match self {
            Self::Tcp(address) => talk(TcpStream::connect(address).await?, file).await,
            #[cfg(unix)]
            Self::Unix(path) => talk(tokio::net::UnixStream::connect(path).await?, file).await,
        }
    }
}

/// The file in chunks, each behind its length, and an empty one at the end; then one line comes back.
async fn talk(
    mut line: impl AsyncRead + AsyncWrite + Unpin,
    file: &[u8],
) -> Result<Finding, ScannerError> {
    line.write_all(b"zINSTREAM\0").await?;
    for chunk in file.chunks(CHUNK) {
        line.write_u32(u32::try_from(chunk.len()).unwrap_or(0)).await?;
        line.write_all(chunk).await?;
    }
    line.write_u32(0).await?;
    line.flush().await?;
    let mut answer = String::new();
    line.take(MAX_ANSWER).read_to_string(&mut answer).await?;
    let said = answer.trim_end_matches('\0').trim();
    if said == "stream: OK" {
        Ok(Finding::Clean)
    } else if said.starts_with("stream: ") && said.ends_with(" FOUND") {
        Ok(Finding::Infected)
    } else {
        Err(ScannerError::Strange(said.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(
            "tcp:127.0.0.1:3310".parse::<Clamd>().unwrap(),
            Clamd::Tcp("127.0.0.1:3310".into())
        );
        #[cfg(unix)]
        assert_eq!("unix:/run/clamd".parse::<Clamd>().unwrap(), Clamd::Unix("/run/clamd".into()));
        for wrong in ["", "tcp:", "tcp:host", "unix:", "/run/clamd", "http://clamd:1"] {
            assert!(wrong.parse::<Clamd>().is_err(), "{wrong}");
        }
    }
}
