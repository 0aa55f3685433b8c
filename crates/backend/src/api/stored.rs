//! Answers that change only with the catalogue: compressed, and with an ETag, so that a phone that
//! has them asks in a few bytes. Knows no endpoint.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::OnceLock;

/// An answer, put together when it is first asked for.
#[derive(Default)]
pub struct Stored(OnceLock<Prepared>);

struct Prepared {
    etag: HeaderValue,
    plain: Vec<u8>,
    brotli: Vec<u8>,
}

impl Prepared {
    fn new(value: &impl Serialize) -> Result<Self, String> {
        let plain = serde_json::to_vec(value).map_err(|error| error.to_string())?;
        let mut brotli = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut brotli, 16 * 1024, 11, 22);
        writer.write_all(&plain).map_err(|error| error.to_string())?;
        drop(writer);
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&plain)[..12]));
        let etag = HeaderValue::from_str(&etag).map_err(|error| error.to_string())?;
        Ok(Self { etag, plain, brotli })
    }
}

impl Stored {
    /// The answer to a request with these headers.
    pub fn answer(&self, value: &impl Serialize, request: &HeaderMap) -> Result<Response, String> {
        let prepared = match self.0.get() {
            Some(prepared) => prepared,
            None => {
                let made = Prepared::new(value)?;
                self.0.get_or_init(|| made)
            }
        };
        Ok(prepared.answer(request))
    }
}

/// The same for a value that is not kept between requests.
pub fn answer(value: &impl Serialize, request: &HeaderMap) -> Result<Response, String> {
    Ok(Prepared::new(value)?.answer(request))
}

impl Prepared {
    fn answer(&self, request: &HeaderMap) -> Response {
        let has = |name, wanted: &str| {
            request.get_all(name).iter().filter_map(|value| value.to_str().ok()).any(|value| {
                value.split(',').any(|part| part.trim().trim_start_matches("W/") == wanted)
            })
        };
        let known = self.etag.to_str().is_ok_and(|etag| has(header::IF_NONE_MATCH, etag));
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else if has(header::ACCEPT_ENCODING, "br") {
            let mut response = Body::from(self.brotli.clone()).into_response();
            let br = HeaderValue::from_static("br");
            response.headers_mut().insert(header::CONTENT_ENCODING, br);
            response
        } else {
            Body::from(self.plain.clone()).into_response()
        };
        let headers = response.headers_mut();
        let mut put = |name, value| headers.insert(name, value);
        put(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        put(header::ETAG, self.etag.clone());
        put(header::VARY, HeaderValue::from_static("accept-encoding"));
        // Kept, and asked about each time: a price that changed shows at once.
        put(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn compresses_where_that_is_understood_and_knows_what_the_phone_has() {
        let stored = Stored::default();
        let value = vec!["khai sinh"; 200];
        let plain = stored.answer(&value, &HeaderMap::new()).unwrap();
        assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
        let packed = stored.answer(&value, &asking(header::ACCEPT_ENCODING, "gzip, br")).unwrap();
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "br");
        let etag = plain.headers()[header::ETAG].to_str().unwrap().to_owned();
        let again = stored.answer(&value, &asking(header::IF_NONE_MATCH, &etag)).unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = stored.answer(&value, &asking(header::IF_NONE_MATCH, "\"x\"")).unwrap();
        assert_eq!(other.status(), StatusCode::OK);
    }
}
