//! Reading and writing tus headers. Knows no storage.

use crate::error::{Error, Result, problem};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_contract::uploads::{METADATA_SHA256, OFFSET_OCTET_STREAM, TUS_VERSION, UploadFault};
use sha1::Digest;

/// `Tus-Resumable`.
pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
/// `Tus-Version`.
pub const VERSION: HeaderName = HeaderName::from_static("tus-version");
/// `Tus-Extension`.
pub const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
/// `Tus-Max-Size`.
pub const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
/// `Tus-Checksum-Algorithm`.
pub const CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
/// `Upload-Length`.
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// `Upload-Offset`.
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// `Upload-Metadata`.
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
/// `Upload-Expires`.
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// `Upload-Checksum`.
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// `Upload-Fault`: see [`motcua_contract::uploads::UPLOAD_FAULT_HEADER`].
pub const FAULT: HeaderName = HeaderName::from_static("upload-fault");

/// Refuses another version of the protocol.
pub fn check_version(headers: &HeaderMap) -> Result<()> {
    let same =
        headers.get(RESUMABLE).is_some_and(|value| value.as_bytes() == TUS_VERSION.as_bytes());
    if same { Ok(()) } else { Err(ProblemType::UploadProtocol.into()) }
}

/// A header that is a whole number, not negative.
pub fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| problem(ProblemType::MalformedHeader, format!("{name}: a whole number")))
}

/// Refuses a chunk of another content type.
pub fn check_chunk_type(headers: &HeaderMap) -> Result<()> {
    let same = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes() == OFFSET_OCTET_STREAM.as_bytes());
    if same { Ok(()) } else { Err(ProblemType::UploadContentType.into()) }
}

/// `Upload-Metadata`: `key base64,key2 base64`; kept as sent after checking its shape.
pub fn metadata(headers: &HeaderMap) -> Result<String> {
    let Some(value) = headers.get(METADATA) else { return Ok(String::new()) };
    let malformed = || problem(ProblemType::MalformedHeader, "upload-metadata");
    let text = value.to_str().map_err(|_| malformed())?;
    if text.len() > 4_096 {
        return Err(malformed());
    }
    let mut keys = Vec::new();
    for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
        let mut parts = pair.trim().splitn(2, ' ');
        let key = parts.next().unwrap_or_default();
        let decodes = parts.next().is_none_or(|value| STANDARD.decode(value.trim()).is_ok());
        if key.is_empty() || !decodes || keys.contains(&key) {
            return Err(malformed());
        }
        keys.push(key);
    }
    Ok(text.to_owned())
}

/// The SHA-256 of the whole file, in lower-case hex, where the client told it at creation.
pub fn told_sha256(metadata: &str) -> Option<String> {
    let value = metadata
        .split(',')
        .filter_map(|pair| pair.trim().split_once(' '))
        .find_map(|(key, value)| (key == METADATA_SHA256).then_some(value))?;
    let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    Some(text.to_ascii_lowercase())
}

/// The checksum that a chunk must have.
#[derive(Debug, Clone)]
pub enum Checksum {
    /// SHA-1, which tus makes mandatory.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

impl Checksum {
    /// `Upload-Checksum: sha1 base64`, when the chunk has one.
    pub fn find(headers: &HeaderMap) -> Result<Option<Self>> {
        let Some(value) = headers.get(CHECKSUM) else { return Ok(None) };
        let malformed = || problem(ProblemType::MalformedHeader, "upload-checksum: sha1 or sha256");
        let text = value.to_str().map_err(|_| malformed())?;
        let (algorithm, digest) = text.split_once(' ').ok_or_else(malformed)?;
        let digest = STANDARD.decode(digest.trim()).map_err(|_| malformed())?;
        match algorithm {
            "sha1" => Ok(Some(Self::Sha1(digest))),
            "sha256" => Ok(Some(Self::Sha256(digest))),
            _ => Err(malformed()),
        }
    }

    /// Whether a chunk has it.
    pub fn fits(&self, chunk: &[u8]) -> bool {
        match self {
            Self::Sha1(digest) => sha1::Sha1::digest(chunk).as_slice() == digest,
            Self::Sha256(digest) => sha2::Sha256::digest(chunk).as_slice() == digest,
        }
    }
}

/// An answer of the protocol, errors included; a fault of the file goes into a header too, since an answer
/// to `HEAD` has no body.
pub fn answer(result: Result<Response>) -> Response {
    let fault = match &result {
        Err(Error::Fault(fault)) => Some(*fault),
        _ => None,
    };
    let mut response = dress(result.unwrap_or_else(Error::into_response));
    if let Some(fault) = fault {
        let value = HeaderValue::from_static(UploadFault::id(fault));
        response.headers_mut().insert(FAULT, value);
    }
    response
}

/// Puts the protocol's headers on an answer.
pub fn dress(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, HeaderValue::from_static(TUS_VERSION));
    // Chromium sends a request again by itself, body and all, when a connection that was used before
    // breaks: a file over a link that broke every 300 kB took 2.9 times its bytes. On a new connection
    // the break is told to the app, which asks how far it came.
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if response.status() == 412 {
        response.headers_mut().insert(VERSION, HeaderValue::from_static(TUS_VERSION));
    }
    response
}

/// A problem whose detail names the offset that the server has.
pub fn offset_mismatch(has: u64) -> Error {
    Problem::new(ProblemType::UploadOffsetMismatch).with_detail(format!("offset is {has}")).into()
}

/// A moment as an HTTP date (RFC 9110 section 5.6.7).
pub fn http_date(moment: motcua_domain::date::Moment) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = motcua_domain::date::CivilDate::from_days_since_epoch(moment.0.div_euclid(86_400));
    let seconds = moment.0.rem_euclid(86_400);
    let weekday = format!("{:?}", date.weekday());
    let month = MONTHS.get(usize::from(date.month()) - 1).copied().unwrap_or_default();
    format!(
        "{}, {:02} {month} {} {:02}:{:02}:{:02} GMT",
        &weekday[..3],
        date.day(),
        date.year(),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use motcua_contract::uploads::UPLOAD_FAULT_HEADER;

    #[test]
    fn http_dates() {
        assert_eq!(
            http_date(motcua_domain::date::Moment(784_111_777)),
            "Sun, 06 Nov 1994 08:49:37 GMT"
        );
    }

    #[test]
    fn the_header_of_faults_is_the_contracts() {
        assert!(UPLOAD_FAULT_HEADER.eq_ignore_ascii_case(FAULT.as_str()));
    }

    #[test]
    fn a_told_hash_is_read() {
        let told =
            |text: &str| told_sha256(&format!("filename YQ==,sha256 {}", STANDARD.encode(text)));
        assert_eq!(told("AB12"), Some("ab12".to_owned()));
        assert_eq!(told_sha256("filename YQ==,sha256"), None);
        assert_eq!(told_sha256(""), None);
    }

    #[test]
    fn metadata_is_checked() {
        let with = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(METADATA, HeaderValue::from_static(text));
            metadata(&headers)
        };
        assert!(with("filename YS5qcGc=,is_confidential").is_ok());
        assert!(with("").is_ok());
        assert!(with("filename ***").is_err());
        assert!(with("a YQ==,a YQ==").is_err());
    }
}
