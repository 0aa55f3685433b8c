//! What became of a file once it is whole: looked at, drawn anew, scanned, counted, and given to staff.

use crate::files::{paper, photo, photo_with_position};
use crate::world::{Browser, HUONG, STAFF_TOKEN, World, birth, problem_of, sha256};
use motcua_contract::uploads::StaffFiles;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

async fn staff(world: &World, path: &str, token: &str) -> Response {
    let address = format!("{}/api/v1/staff{path}", world.origin);
    reqwest::Client::new().get(address).bearer_auth(token).send().await.unwrap()
}

fn tus(request: RequestBuilder) -> RequestBuilder {
    request.header("Tus-Resumable", "1.0.0")
}

/// Creates an upload of this length that says its hash.
async fn begin(browser: &Browser<'_>, length: usize, hash: &str) -> String {
    use base64::Engine;
    let told = base64::engine::general_purpose::STANDARD.encode(hash);
    let created = tus(browser.call(Method::POST, "/uploads"))
        .header("Upload-Length", length)
        .header("Upload-Metadata", format!("filename eA==,sha256 {told}"))
        .send()
        .await
        .unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    created.headers()["location"].to_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned()
}

async fn send(browser: &Browser<'_>, upload: &str, bytes: &[u8]) -> Response {
    tus(browser.call(Method::PATCH, upload))
        .header("Content-Type", "application/offset+octet-stream")
        .header("Upload-Offset", 0)
        .body(bytes.to_vec())
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn staff_get_the_photo_drawn_anew_and_as_an_attachment() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let sent = photo_with_position();
    let upload = browser.upload(&sent).await;
    // The dossier names what the phone sent; that is its hash, though something else is kept.
    let receipt = browser.filed(&birth(&upload)).await;
    let code = receipt.code.as_str();
    let listed = staff(&world, &format!("/dossiers/{code}/files"), STAFF_TOKEN).await;
    let files = listed.json::<StaffFiles>().await.unwrap().files;
    assert_eq!(files.len(), 1);
    let file = &files[0];
    assert_eq!((file.component.as_str(), file.position), ("birth_notice", 0));
    assert_eq!(file.sent_sha256, sha256(&sent));

    let path = format!("/staff/files/{}", file.id);
    let given = staff(&world, &format!("/files/{}", file.id), STAFF_TOKEN).await;
    assert_eq!(given.status(), StatusCode::OK);
    let header = |name: &str| given.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("content-disposition"), format!("attachment; filename=\"{}.jpg\"", file.id));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(header("content-length"), file.length.to_string());
    let bytes = given.bytes().await.unwrap();
    assert_eq!(sha256(&bytes), file.sha256);
    assert!(sent.windows(8).any(|part| part == b"106.54 E"));
    assert!(!bytes.windows(8).any(|part| part == b"106.54 E"));

    // Nobody else gets it: neither the citizen's browser nor a wrong token.
    let citizen = browser.call(Method::GET, &path).send().await.unwrap();
    assert_eq!(problem_of(citizen).await.0, 403);
    let stranger = staff(&world, &format!("/files/{}", file.id), "a guess").await;
    assert_eq!(stranger.status(), StatusCode::FORBIDDEN);
    // What is in no dossier is nobody's business yet.
    let loose = browser.upload(&paper(9_000)).await;
    let early =
        staff(&world, &format!("/files/{}", loose["id"].as_str().unwrap()), STAFF_TOKEN).await;
    assert_eq!(problem_of(early).await.0, 404);
}

#[tokio::test]
async fn a_reason_goes_out_as_its_id() {
    let world = World::open().await;
    let browser = world.visitor();
    let photo = photo();
    let cut = &photo[..photo.len() / 2];
    let archive = [&photo[..], b"PK\x03\x04 and more"].concat();
    let script = [&paper(10)[..], b"<script>"].concat();
    for (bytes, status, kind, fault) in [
        (&b"\0\0\0\x18ftypheic"[..], 415, "upload-type-refused", "heic"),
        (cut, 422, "upload-content-refused", "damaged"),
        (&archive, 422, "upload-content-refused", "mixed"),
        (&script, 422, "upload-content-refused", "mixed"),
    ] {
        let (_, answer) = browser.try_upload(bytes).await;
        assert_eq!(answer.headers()["upload-fault"], fault);
        let problem: motcua_contract::problem::Problem = answer.json().await.unwrap();
        assert_eq!(problem.status, status);
        assert_eq!(problem.detail.as_deref(), Some(fault));
        assert!(format!("{:?}", serde_json::to_value(problem.kind)).contains(kind));
    }
}

#[tokio::test]
async fn a_file_that_changed_on_its_way_is_sent_again() {
    let world = World::open().await;
    let browser = world.visitor();
    let (file, mut changed) = (paper(9_000), paper(9_000));
    changed[500] ^= 1;
    let upload = begin(&browser, file.len(), &sha256(&file)).await;
    let refused = send(&browser, &upload, &changed).await;
    assert_eq!(problem_of(refused).await, (460, "upload-checksum-mismatch".to_owned()));
    let head = tus(browser.call(Method::HEAD, &upload)).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::NOT_FOUND);
    let again = begin(&browser, file.len(), &sha256(&file).to_uppercase()).await;
    assert_eq!(send(&browser, &again, &file).await.status(), StatusCode::NO_CONTENT);
}

/// A clamd that finds something in whatever holds EICAR's mark, and is broken on demand.
async fn clamd(answers: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp:{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut greeting = [0; 10];
                line.read_exact(&mut greeting).await.unwrap();
                assert_eq!(&greeting, b"zINSTREAM\0");
                let mut file = Vec::new();
                loop {
                    let length = line.read_u32().await.unwrap() as usize;
                    if length == 0 {
                        break;
                    }
                    let from = file.len();
                    file.resize(from + length, 0);
                    line.read_exact(&mut file[from..]).await.unwrap();
                }
                let found = file.windows(8).any(|part| part == b"EICAR-ST");
                let said = if found { "stream: Eicar-Test-Signature FOUND\0" } else { answers };
                line.write_all(said.as_bytes()).await.unwrap();
            });
        }
    });
    address
}

#[tokio::test]
async fn a_virus_is_found_before_anything_else_is_done() {
    let scanner = clamd("stream: OK\0").await;
    let world = World::open_with(|settings| settings.clamd = Some(scanner.parse().unwrap())).await;
    let browser = world.visitor();
    browser.upload(&paper(200_000)).await;
    let infected = [&paper(10)[..], b"%EICAR-STANDARD-ANTIVIRUS-TEST-FILE"].concat();
    let (_, refused) = browser.try_upload(&infected).await;
    assert_eq!(refused.headers()["upload-fault"], "infected");
    assert_eq!(problem_of(refused).await, (422, "upload-content-refused".to_owned()));
}

#[tokio::test]
async fn without_an_answer_of_the_scanner_nothing_is_taken_and_nothing_is_lost() {
    for scanner in
        ["tcp:127.0.0.1:1".to_owned(), clamd("INSTREAM size limit exceeded. ERROR\0").await]
    {
        let world =
            World::open_with(|settings| settings.clamd = Some(scanner.parse().unwrap())).await;
        let browser = world.visitor();
        let file = paper(9_000);
        let upload = begin(&browser, file.len(), &sha256(&file)).await;
        let answer = send(&browser, &upload, &file).await;
        assert_eq!(problem_of(answer).await, (503, "upload-scanner-unavailable".to_owned()));
        let id = upload.rsplit('/').next().unwrap();
        let stored = motcua_backend::uploads::store::find(&world.app, id).await.unwrap().unwrap();
        assert_eq!((stored.received, stored.sha256), (file.len() as u64, None));
        let head = tus(browser.call(Method::HEAD, &upload)).send().await.unwrap();
        assert_eq!(head.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn a_dossier_holds_so_much() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let upload = browser.upload(&photo()).await;
    // As if the files that go into it were large: uploading 100 MB would take a test's time.
    sqlx::query("UPDATE uploads SET length = ?1, received = ?1 WHERE id = ?2")
        .bind(i64::try_from(motcua_backend::uploads::quota::DOSSIER_BYTES + 1).unwrap())
        .bind(upload["id"].as_str().unwrap())
        .execute(&world.app.db)
        .await
        .unwrap();
    let refused = browser.submit_dossier("a-key-for-a-large-dossier", &birth(&upload)).await;
    assert_eq!(problem_of(refused).await, (413, "dossier-too-large".to_owned()));
    let tracked = browser.call(Method::GET, "/session").send().await.unwrap();
    assert_eq!(tracked.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_person_has_so_many_under_way() {
    let world = World::open().await;
    let browser = world.visitor();
    let many = motcua_backend::uploads::quota::OWNER_UPLOADS;
    for _ in 0..many {
        let made = tus(browser.call(Method::POST, "/uploads")).header("Upload-Length", 1);
        assert_eq!(made.send().await.unwrap().status(), StatusCode::CREATED);
    }
    let more = tus(browser.call(Method::POST, "/uploads")).header("Upload-Length", 1);
    assert_eq!(problem_of(more.send().await.unwrap()).await, (429, "too-many-requests".to_owned()));
}
