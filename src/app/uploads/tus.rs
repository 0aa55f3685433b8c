//! The calls of tus 1.0.0: what is sent, and the answer as the journey `upload` takes it. Knows neither
//! order nor retries.

use crate::app::{Services, api, vault};
use crate::browser::http::{Body, Method, Request, Response};
use crate::browser::storage::Shelf;
use crate::browser::{clock, crypto, image};
use motcua_contract::endpoints;
use motcua_contract::uploads::{
    METADATA_SHA256, OFFSET_OCTET_STREAM, TUS_VERSION, UPLOAD_FAULT_HEADER,
};
use motcua_journeys::draft::Paper;
use motcua_journeys::upload::{Answer, Event, Phase, Refusal, State, event_of};

/// Milliseconds for one part of a file; weak links are slow.
const PART_PATIENCE: u32 = 60_000;

fn request(method: Method, url: String) -> Request {
    let mut request = api::plain(method, url);
    request.headers.push(("Tus-Resumable", TUS_VERSION.to_owned()));
    request.patience = PART_PATIENCE;
    request
}

/// Makes an upload.
pub async fn create(services: Services, paper: &Paper) -> Event {
    let Ok(target) = api::at(services, &endpoints::CREATE_UPLOAD, &[]).await else {
        return Event::Broke;
    };
    let metadata = [
        ("filename", paper.name.as_str()),
        ("filetype", paper.media_type.as_str()),
        (METADATA_SHA256, paper.sha256.as_str()),
    ]
    .map(|(key, value)| format!("{key} {}", crypto::base64(value.as_bytes())));
    let mut request = request(Method::Post, target.url);
    request.headers.push(("Upload-Length", paper.size.to_string()));
    request.headers.push(("Upload-Metadata", metadata.join(",")));
    match api::ask(request).await {
        Ok(response) if response.status == 201 => {
            let location = response.find_header("location").map(str::to_owned);
            location.map_or(Event::Broke, |url| Event::Created { url })
        }
        Ok(response) => event(&response, None),
        Err(_) => Event::Broke,
    }
}

/// Asks how far an upload came.
pub async fn ask(url: String) -> Event {
    let answer = api::ask(request(Method::Head, url)).await;
    answer.map_or(Event::Broke, |response| event(&response, None))
}

/// Sends a part.
pub async fn send(id: &str, url: String, from: u64, to: u64) -> Event {
    // A store that cannot be read just now has lost nothing: later again.
    let blob = match vault::find_blob(Shelf::Papers, id).await {
        Ok(Some(blob)) => blob,
        Ok(None) => return Event::Refused(Refusal::Lost),
        Err(_) => return Event::Broke,
    };
    let Ok(bytes) = image::bytes(&blob, from, to).await else { return Event::Broke };
    let Ok(digest) = crypto::sha256(&bytes).await else { return Event::Broke };
    let mut request = request(Method::Patch, url);
    request.headers.push(("Content-Type", OFFSET_OCTET_STREAM.to_owned()));
    request.headers.push(("Upload-Offset", from.to_string()));
    request.headers.push(("Upload-Checksum", format!("sha256 {}", crypto::base64(&digest))));
    request.body = Body::Bytes(bytes);
    let begun = clock::now_milliseconds();
    let answer = api::ask(request).await;
    let took = u32::try_from(clock::now_milliseconds() - begun).unwrap_or_default();
    answer.map_or(Event::Broke, |response| event(&response, Some(took)))
}

fn event(response: &Response, milliseconds: Option<u32>) -> Event {
    event_of(Answer {
        status: response.status,
        offset: response.find_header("upload-offset"),
        fault: response.find_header(&UPLOAD_FAULT_HEADER.to_ascii_lowercase()),
        problem: api::failure_of(response).find_kind(),
        milliseconds,
    })
}

/// Ends an upload whose paper was taken out; the backend forgets it in time anyway.
pub async fn give_up(state: &State) {
    if let Phase::Sending { url, .. } | Phase::Finished { url } = &state.phase {
        let _ = api::ask(request(Method::Delete, url.clone())).await;
    }
}
