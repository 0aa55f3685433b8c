//! Uploads by the letter of tus 1.0.0, over connections that break.

use crate::files::{paper, photo};
use crate::world::{Browser, World, problem_of, sha256};
use motcua_contract::CLIENT_HEADER;
use reqwest::{Method, RequestBuilder, StatusCode};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

fn tus(request: RequestBuilder) -> RequestBuilder {
    request.header("Tus-Resumable", "1.0.0")
}

async fn begin(browser: &Browser<'_>, length: usize) -> String {
    let created = tus(browser.call(Method::POST, "/uploads"))
        .header("Upload-Length", length)
        .send()
        .await
        .unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    assert!(created.headers().contains_key("upload-expires"));
    created.headers()["location"].to_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned()
}

fn append(browser: &Browser<'_>, upload: &str, offset: usize, chunk: &[u8]) -> RequestBuilder {
    tus(browser.call(Method::PATCH, upload))
        .header("Content-Type", "application/offset+octet-stream")
        .header("Upload-Offset", offset)
        .body(chunk.to_vec())
}

async fn offset(browser: &Browser<'_>, upload: &str) -> usize {
    let head = tus(browser.call(Method::HEAD, upload)).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(head.headers()["cache-control"], "no-store");
    head.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn discovery_says_what_is_offered() {
    let world = World::open().await;
    let answer = world.visitor().call(Method::OPTIONS, "/uploads").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(answer.headers()["tus-version"], "1.0.0");
    assert_eq!(answer.headers()["tus-extension"], "creation,checksum,termination,expiration");
    assert_eq!(answer.headers()["tus-checksum-algorithm"], "sha1,sha256");
}

#[tokio::test]
async fn chunks_join_to_the_same_bytes() {
    let world = World::open().await;
    let browser = world.visitor();
    let file = paper(12_000);
    let upload = begin(&browser, file.len()).await;
    let mut at = 0;
    for chunk in file.chunks(3_001) {
        assert_eq!(offset(&browser, &upload).await, at);
        let answer = append(&browser, &upload, at, chunk).send().await.unwrap();
        at += chunk.len();
        assert_eq!(answer.headers()["upload-offset"], at.to_string());
    }
    let id = upload.rsplit('/').next().unwrap();
    let stored = motcua_backend::uploads::store::find(&world.app, id).await.unwrap().unwrap();
    assert_eq!(stored.sha256, Some(sha256(&file)));
    let bytes = world.app.files.get(&motcua_backend::uploads::store::file_path(id)).await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), file);
}

#[tokio::test]
async fn a_wrong_checksum_throws_the_chunk_away() {
    use base64::Engine;
    use sha1::Digest;
    let world = World::open().await;
    let browser = world.visitor();
    let file = photo();
    let upload = begin(&browser, file.len()).await;
    let wrong =
        base64::engine::general_purpose::STANDARD.encode(sha1::Sha1::digest(b"something else"));
    let right = base64::engine::general_purpose::STANDARD.encode(sha1::Sha1::digest(&file));
    let with = |sum: String| append(&browser, &upload, 0, &file).header("Upload-Checksum", sum);
    let refused = with(format!("sha1 {wrong}")).send().await.unwrap();
    assert_eq!(problem_of(refused).await, (460, "upload-checksum-mismatch".to_owned()));
    assert_eq!(offset(&browser, &upload).await, 0);
    let unknown = with(format!("md4 {right}")).send().await.unwrap();
    assert_eq!(problem_of(unknown).await, (400, "malformed-header".to_owned()));
    let taken = with(format!("sha1 {right}")).send().await.unwrap();
    assert_eq!(taken.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_breaks_the_protocol_is_refused_and_changes_nothing() {
    let world = World::open().await;
    let browser = world.visitor();
    let file = photo();
    let upload = begin(&browser, file.len()).await;

    let elsewhere = append(&browser, &upload, 5, &file[5..]).send().await.unwrap();
    assert_eq!(problem_of(elsewhere).await, (409, "upload-offset-mismatch".to_owned()));
    let too_much =
        append(&browser, &upload, 0, &[&file[..], b"more"].concat()).send().await.unwrap();
    assert_eq!(problem_of(too_much).await, (413, "upload-too-large".to_owned()));
    let json = tus(browser.call(Method::PATCH, &upload)).header("Upload-Offset", 0).json(&1);
    assert_eq!(
        problem_of(json.send().await.unwrap()).await,
        (415, "upload-content-type".to_owned())
    );
    let version =
        browser.call(Method::HEAD, &upload).header("Tus-Resumable", "0.2.2").send().await.unwrap();
    assert_eq!(version.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(version.headers()["tus-version"], "1.0.0");
    assert_eq!(offset(&browser, &upload).await, 0);

    let empty = tus(browser.call(Method::POST, "/uploads"))
        .header("Upload-Length", 0)
        .send()
        .await
        .unwrap();
    assert_eq!(problem_of(empty).await, (400, "upload-empty".to_owned()));
    let huge = tus(browser.call(Method::POST, "/uploads")).header("Upload-Length", 1_u64 << 40);
    assert_eq!(problem_of(huge.send().await.unwrap()).await, (413, "upload-too-large".to_owned()));
}

#[tokio::test]
async fn another_visitors_upload_is_not_there() {
    let world = World::open().await;
    let (mine, other) = (world.visitor(), world.visitor());
    let file = photo();
    let upload = begin(&mine, file.len()).await;
    let spied = tus(other.call(Method::HEAD, &upload)).send().await.unwrap();
    assert_eq!(spied.status(), StatusCode::NOT_FOUND);
    assert!(!spied.headers().contains_key("upload-offset"));
    let tampered = append(&other, &upload, 0, &file).send().await.unwrap();
    assert_eq!(problem_of(tampered).await.0, 404);
    assert_eq!(offset(&mine, &upload).await, 0);
}

#[tokio::test]
async fn a_file_that_no_office_reads_is_refused_by_its_bytes() {
    let world = World::open().await;
    let browser = world.visitor();
    let program = b"MZ this is a program called photo.jpg";
    let upload = begin(&browser, program.len()).await;
    let refused = append(&browser, &upload, 0, program).send().await.unwrap();
    assert_eq!(problem_of(refused).await, (415, "upload-type-refused".to_owned()));
    // Whoever missed the answer learns it by asking, and nothing can be added.
    let asked = tus(browser.call(Method::HEAD, &upload)).send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(asked.headers()["upload-fault"], "wrong_kind");
    let more = append(&browser, &upload, program.len(), b"more").send().await.unwrap();
    assert_eq!(problem_of(more).await.0, 415);
}

#[tokio::test]
async fn termination_and_expiry_end_an_upload() {
    let world = World::open().await;
    let browser = world.visitor();
    let file = photo();
    let ended = begin(&browser, file.len()).await;
    let answer = tus(browser.call(Method::DELETE, &ended)).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let head = tus(browser.call(Method::HEAD, &ended)).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::NOT_FOUND);

    let expired = begin(&browser, file.len()).await;
    // The visitor keeps coming, so that the session lives; the upload is eight days old.
    for _ in 0..18 {
        world.app.clock.advance(11 * 3_600);
        browser.call(Method::GET, "/session").send().await.unwrap();
    }
    let late = append(&browser, &expired, 0, &file).send().await.unwrap();
    assert_eq!(problem_of(late).await, (410, "upload-gone".to_owned()));
    assert_eq!(motcua_backend::uploads::store::remove_expired(&world.app).await.unwrap(), 1);
}

/// Begins to send a file and stops in the middle: the line, which the caller may cut or keep open.
async fn half_sent(browser: &Browser<'_>, upload: &str, file: &[u8], more: &str) -> TcpStream {
    let cookie = browser.cookie();
    let address = browser.world.origin.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "PATCH /api/v1{upload} HTTP/1.1\r\nHost: x\r\n{CLIENT_HEADER}: 1\r\nCookie: {cookie}\r\n\
         Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: {}\r\n{more}\
         Content-Type: application/offset+octet-stream\r\n\r\n",
        file.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&file[..9_000]).await.unwrap();
    socket.flush().await.unwrap();
    socket
}

/// What the backend has once it has something. Looked up in its database: asking over HTTP would end what
/// is still coming in.
async fn received(world: &World, upload: &str) -> u64 {
    let id = upload.rsplit('/').next().unwrap();
    for _ in 0..100 {
        let stored = motcua_backend::uploads::store::find(&world.app, id).await.unwrap().unwrap();
        if stored.received > 0 {
            return stored.received;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    0
}

/// A request cut in the middle of its body: what arrived is kept, and the rest can follow.
#[tokio::test]
async fn what_arrived_before_a_break_is_kept() {
    let world = World::open().await;
    let browser = world.visitor();
    let file = photo();
    let upload = begin(&browser, file.len()).await;
    drop(half_sent(&browser, &upload, &file, "").await);
    assert_eq!(received(&world, &upload).await, 9_000, "the part that arrived");
    let at = offset(&browser, &upload).await;
    let rest = append(&browser, &upload, at, &file[at..]).send().await.unwrap();
    assert_eq!(rest.status(), StatusCode::NO_CONTENT);
}

/// The line is dead and the server does not know it yet: the request gives way and keeps what it has.
#[tokio::test]
async fn a_stuck_request_keeps_what_it_has_when_a_newer_one_asks() {
    let world = World::open().await;
    let browser = world.visitor();
    let file = photo();
    let upload = begin(&browser, file.len()).await;
    // Whoever asks before the first byte was read ends the request with nothing: then once more.
    let (mut at, mut lines) = (0, vec![]);
    for pause in (0..100).map(|time| time * 5) {
        lines.push(half_sent(&browser, &upload, &file, "").await);
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
        at = offset(&browser, &upload).await;
        if at > 0 {
            break;
        }
    }
    assert!((1..=9_000).contains(&at), "{at}");
    let rest = append(&browser, &upload, at, &file[at..]).send().await.unwrap();
    assert_eq!(rest.status(), StatusCode::NO_CONTENT);
    drop(lines);
}

/// A chunk's checksum says nothing of a part. Where the hash of the whole file was told, that one will;
/// elsewhere the part is thrown away.
#[tokio::test]
async fn of_a_cut_chunk_with_a_checksum_a_part_is_kept_where_the_whole_will_be_compared() {
    use base64::Engine;
    use sha2::Digest;
    let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let world = World::open().await;
    let browser = world.visitor();
    let file = photo();
    let checksum = format!("Upload-Checksum: sha256 {}\r\n", encode(&sha2::Sha256::digest(&file)));
    for (told, kept) in [(true, 9_000), (false, 0)] {
        let mut creation =
            tus(browser.call(Method::POST, "/uploads")).header("Upload-Length", file.len());
        if told {
            let hash = encode(sha256(&file).as_bytes());
            creation = creation.header("Upload-Metadata", format!("sha256 {hash}"));
        }
        let created = creation.send().await.unwrap();
        let location = created.headers()["location"].to_str().unwrap().to_owned();
        let upload = location.strip_prefix("/api/v1").unwrap();
        drop(half_sent(&browser, upload, &file, &checksum).await);
        assert_eq!(received(&world, upload).await, kept);
        let at = offset(&browser, upload).await;
        let rest = append(&browser, upload, at, &file[at..]).send().await.unwrap();
        assert_eq!(rest.status(), StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn one_visitor_cannot_fill_the_disk() {
    let world = World::open().await;
    let browser = world.visitor();
    let most = usize::try_from(world.app.config.max_upload_bytes).unwrap();
    let fit = motcua_backend::uploads::quota::OWNER_BYTES / world.app.config.max_upload_bytes;
    for _ in 0..fit {
        begin(&browser, most).await;
    }
    let more = tus(browser.call(Method::POST, "/uploads")).header("Upload-Length", most);
    assert_eq!(problem_of(more.send().await.unwrap()).await, (429, "too-many-requests".to_owned()));
}
