//! The question to the applicant: who may ask, who may answer and from where, and what follows.

use crate::world::{
    ANH, Browser, HOA, HUONG, World, certified_copy, extract, for_relative, on_behalf, problem_of,
};
use motcua_contract::DOSSIER_KEY_HEADER;
use motcua_contract::confirmations::{
    ConfirmationFound, ConfirmationOpened, ConfirmationView, LIFETIME,
};
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_domain::behalf::Consent;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;

/// The last digits of the applicant's number, and ones that are not.
const RIGHT: &str = "4582";
const WRONG: &str = "4583";

async fn ask(holder: &Browser<'_>, receipt: &DossierReceipt) -> Response {
    let path = format!("/dossiers/{}/confirmations", receipt.code);
    holder.call(Method::POST, &path).send().await.unwrap()
}

async fn asked(holder: &Browser<'_>, receipt: &DossierReceipt) -> ConfirmationOpened {
    let answer = ask(holder, receipt).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    answer.json().await.unwrap()
}

/// A dossier that she filed for her father-in-law, and the question to him.
async fn filed(world: &World) -> (Browser<'_>, DossierReceipt, ConfirmationOpened) {
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&for_relative()).await;
    let opened = asked(&browser, &receipt).await;
    (browser, receipt, opened)
}

async fn look(who: &Browser<'_>, token: &str) -> Response {
    who.call(Method::GET, &format!("/confirmations/{token}")).send().await.unwrap()
}

async fn seen(who: &Browser<'_>, token: &str) -> ConfirmationView {
    let answer = look(who, token).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

async fn answer(who: &Browser<'_>, token: &str, agreed: bool, last_digits: &str) -> Response {
    let decision = json!({ "agreed": agreed, "last_digits": last_digits });
    let call = who.call(Method::POST, &format!("/confirmations/{token}")).json(&decision);
    call.send().await.unwrap()
}

async fn find(who: &Browser<'_>, digits: &str) -> Response {
    let body = json!({ "digits": digits });
    who.call(Method::POST, "/confirmations/claims").json(&body).send().await.unwrap()
}

async fn consent(holder: &Browser<'_>, receipt: &DossierReceipt) -> Consent {
    holder.track(receipt.code.as_str()).await.detail.unwrap().consent
}

#[tokio::test]
async fn yes_by_the_link_from_another_browser() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    assert_eq!(opened.expires_at - world.app.clock.now().0, LIFETIME);
    let father = world.visitor();
    assert_eq!(seen(&father, &opened.token).await.consent, Consent::Waiting);
    let said = answer(&father, &opened.token, true, RIGHT).await;
    assert_eq!(said.json::<ConfirmationView>().await.unwrap().consent, Consent::Agreed);

    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!(tracked.detail.unwrap().consent, Consent::Agreed);
    assert_eq!(tracked.status.code, 1, "the dossier goes its way");
    let notes: Vec<_> = tracked.timeline.into_iter().map(|step| step.note).collect();
    assert_eq!(notes, [None, Some("Người yêu cầu đã xác nhận trên máy khác.".to_owned())]);
    // He can look again, and cannot change it; nor is there anything left to ask.
    assert_eq!(seen(&father, &opened.token).await.consent, Consent::Agreed);
    let changed = answer(&father, &opened.token, false, RIGHT).await;
    assert_eq!(problem_of(changed).await, (409, "wrong-status".to_owned()));
    assert_eq!(problem_of(ask(&browser, &receipt).await).await.1, "wrong-status");
}

#[tokio::test]
async fn no_asks_for_the_withdrawal() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    let said = answer(&world.visitor(), &opened.token, false, RIGHT).await;
    assert_eq!(said.json::<ConfirmationView>().await.unwrap().consent, Consent::Refused);
    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!(tracked.status.code, 7);
    let detail = tracked.detail.unwrap();
    assert_eq!(detail.consent, Consent::Refused);
    assert!(detail.fees.iter().all(|fee| !fee.payable), "nothing is paid for it any more");
    let note = tracked.timeline.last().unwrap().note.as_deref();
    assert_eq!(note, Some("Người yêu cầu cho biết không nhờ nộp hồ sơ này."));
    // The office decides: it stops the dossier, or finds that it was a mistake.
    let path = format!("/dossiers/{}/status", receipt.code);
    let stopped = world.staff(&path, json!({ "status": 8, "note": null })).await;
    assert_eq!(stopped.json::<DossierView>().await.unwrap().status.code, 8);
}

#[tokio::test]
async fn a_page_count_does_not_undo_a_no() {
    let world = World::open().await;
    let browser = world.citizen(ANH).await;
    let for_her = on_behalf(certified_copy(), json!({ "kind": "relative" }));
    let receipt = browser.filed(&for_her).await;
    let opened = asked(&browser, &receipt).await;
    let said = answer(&world.visitor(), &opened.token, false, &HUONG[8..]).await;
    assert_eq!(said.status(), StatusCode::OK);
    let path = format!("/dossiers/{}/page-count", receipt.code);
    let counted = world.staff(&path, json!({ "pages": 5 })).await;
    assert_eq!(problem_of(counted).await, (409, "wrong-status".to_owned()));
    assert_eq!(browser.track(receipt.code.as_str()).await.status.code, 7);
}

#[tokio::test]
async fn a_no_that_comes_too_late_is_noted_and_moves_nothing() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    let path = format!("/dossiers/{}/status", receipt.code);
    let refused = world.staff(&path, json!({ "status": 3, "note": null })).await;
    assert_eq!(refused.status(), StatusCode::OK);
    let said = answer(&world.visitor(), &opened.token, false, RIGHT).await;
    assert_eq!(said.status(), StatusCode::OK);
    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!((tracked.status.code, tracked.timeline.len()), (3, 3));
    assert_eq!(tracked.detail.unwrap().consent, Consent::Refused);
}

#[tokio::test]
async fn who_filed_cannot_answer() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    let refused = (409, "confirmation-own".to_owned());
    // The browser that filed it.
    assert!(seen(&browser, &opened.token).await.own);
    assert_eq!(problem_of(answer(&browser, &opened.token, true, RIGHT).await).await, refused);
    // The same citizen on another one.
    let second = world.citizen(HUONG).await;
    assert!(seen(&second, &opened.token).await.own);
    assert_eq!(problem_of(answer(&second, &opened.token, true, RIGHT).await).await, refused);
    // The browser that filed it, with nobody signed in, and with a third person.
    browser.sign_out().await;
    assert!(seen(&browser, &opened.token).await.own);
    assert_eq!(problem_of(answer(&browser, &opened.token, true, RIGHT).await).await, refused);
    browser.sign_in(ANH, "/").await;
    assert!(seen(&browser, &opened.token).await.own);
    assert_eq!(problem_of(answer(&browser, &opened.token, true, RIGHT).await).await, refused);
    assert_eq!(consent(&second, &receipt).await, Consent::Waiting);
}

#[tokio::test]
async fn an_applicant_who_is_signed_in_answers_on_the_familys_phone() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    browser.sign_out().await;
    browser.sign_in(HOA, "/").await;
    assert!(!seen(&browser, &opened.token).await.own);
    let said = answer(&browser, &opened.token, true, RIGHT).await;
    assert_eq!(said.status(), StatusCode::OK);
    assert_eq!(consent(&world.citizen(HUONG).await, &receipt).await, Consent::Agreed);
}

#[tokio::test]
async fn wrong_last_digits_five_times_end_the_question() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    let stranger = world.visitor();
    // By the link and by the digits: it is one question, and it has five tries.
    let found: ConfirmationFound = find(&stranger, &opened.digits).await.json().await.unwrap();
    let mismatch = (422, "confirmation-mismatch".to_owned());
    for (token, wrong) in [
        (&opened.token, WRONG),
        (&found.token, "582"),
        (&opened.token, ""),
        (&found.token, HOA),
        (&opened.token, "0000"),
    ] {
        assert_eq!(problem_of(answer(&stranger, token, true, wrong).await).await, mismatch);
    }
    for token in [&opened.token, &found.token] {
        let late = answer(&world.visitor(), token, true, RIGHT).await;
        assert_eq!(problem_of(late).await, (410, "confirmation-gone".to_owned()));
        assert_eq!(look(&stranger, token).await.status(), StatusCode::GONE);
    }
    assert_eq!(find(&stranger, &opened.digits).await.status(), StatusCode::GONE);
    // Nothing was decided; she asks again.
    assert_eq!(consent(&browser, &receipt).await, Consent::Waiting);
    let again = asked(&browser, &receipt).await;
    let said = answer(&world.visitor(), &again.token, true, RIGHT).await;
    assert_eq!(said.status(), StatusCode::OK);
}

#[tokio::test]
async fn four_wrong_tries_leave_a_fifth() {
    let world = World::open().await;
    let (_, _, opened) = filed(&world).await;
    let father = world.visitor();
    for _ in 0..4 {
        let wrong = answer(&father, &opened.token, true, WRONG).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(answer(&father, &opened.token, true, RIGHT).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_digits_find_a_link_of_their_own() {
    let world = World::open().await;
    let (_, _, opened) = filed(&world).await;
    assert!(opened.digits.len() == 6 && opened.digits.bytes().all(|byte| byte.is_ascii_digit()));
    let father = world.visitor();
    let found: ConfirmationFound = find(&father, &opened.digits).await.json().await.unwrap();
    assert_ne!(found.token, opened.token);
    // Typed once more, perhaps by somebody else, they do not take the first one away.
    let other: ConfirmationFound =
        find(&world.visitor(), &opened.digits).await.json().await.unwrap();
    assert_ne!(other.token, found.token);
    for token in [&opened.token, &found.token, &other.token] {
        assert_eq!(seen(&father, token).await.consent, Consent::Waiting);
    }
    assert_eq!(answer(&father, &found.token, true, RIGHT).await.status(), StatusCode::OK);
    assert_eq!(seen(&father, &opened.token).await.consent, Consent::Agreed);
}

#[tokio::test]
async fn the_digits_cannot_be_guessed() {
    let world = World::open().await;
    let (_, _, opened) = filed(&world).await;
    let guesser = world.visitor();
    let wrong = if opened.digits == "000000" { "000001" } else { "000000" };
    for _ in 0..10 {
        let missed = find(&guesser, wrong).await;
        assert_eq!(problem_of(missed).await, (410, "confirmation-gone".to_owned()));
    }
    for digits in [wrong, &opened.digits] {
        let stopped = find(&guesser, digits).await;
        assert_eq!(problem_of(stopped).await, (429, "too-many-requests".to_owned()));
    }
    // Who has the link is not stopped, and ten minutes later nobody is.
    assert_eq!(look(&guesser, &opened.token).await.status(), StatusCode::OK);
    world.app.clock.advance(601);
    assert_eq!(find(&guesser, &opened.digits).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn guesses_at_hand_overs_and_at_questions_count_together() {
    let world = World::open().await;
    let (_, _, opened) = filed(&world).await;
    let guesser = world.visitor();
    for _ in 0..10 {
        let claim = json!({ "code": "000000" });
        let call = guesser.call(Method::POST, "/hand-overs/claims").json(&claim);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::GONE);
    }
    assert_eq!(find(&guesser, &opened.digits).await.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_question_stands_for_a_day() {
    let world = World::open().await;
    let (_, receipt, opened) = filed(&world).await;
    let father = world.visitor();
    world.app.clock.advance(LIFETIME - 60);
    assert_eq!(seen(&father, &opened.token).await.consent, Consent::Waiting);
    world.app.clock.advance(61);
    let gone = (410, "confirmation-gone".to_owned());
    assert_eq!(problem_of(look(&father, &opened.token).await).await, gone);
    assert_eq!(problem_of(answer(&father, &opened.token, true, RIGHT).await).await, gone);
    assert_eq!(problem_of(find(&father, &opened.digits).await).await, gone);
    motcua_backend::confirmations::remove_expired(&world.app).await.unwrap();
    for table in ["confirmations", "confirmation_links"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT 1 FROM {table}"));
        assert!(sqlx::query(sql).fetch_all(&world.app.db).await.unwrap().is_empty(), "{table}");
    }
    // She is signed out by now; the receipt's key opens the next question.
    let path = format!("/dossiers/{}/confirmations", receipt.code);
    let again = father.call(Method::POST, &path).header(DOSSIER_KEY_HEADER, &receipt.key);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::CREATED);
}

#[tokio::test]
async fn staff_note_it_at_the_counter() {
    let world = World::open().await;
    let (browser, receipt, opened) = filed(&world).await;
    let path = format!("/dossiers/{}/confirmation", receipt.code);
    let outsider = browser.call(Method::POST, &format!("/staff{path}")).send().await.unwrap();
    assert_eq!(problem_of(outsider).await, (403, "forbidden".to_owned()));
    let noted: DossierView = world.staff(&path, Value::Null).await.json().await.unwrap();
    assert_eq!(noted.detail.unwrap().consent, Consent::AgreedAtCounter);
    assert_eq!(noted.status.code, 1);
    let note = noted.timeline.last().unwrap().note.as_deref();
    assert_eq!(note, Some("Người yêu cầu đã xác nhận tại quầy."));
    // The open question shows it and takes no answer; twice is once too often.
    assert_eq!(seen(&world.visitor(), &opened.token).await.consent, Consent::AgreedAtCounter);
    let late = answer(&world.visitor(), &opened.token, false, RIGHT).await;
    assert_eq!(problem_of(late).await, (409, "wrong-status".to_owned()));
    assert_eq!(problem_of(world.staff(&path, Value::Null).await).await.1, "wrong-status");
    let unknown = world.staff("/dossiers/H24.31-261122-999999/confirmation", Value::Null).await;
    assert_eq!(problem_of(unknown).await, (404, "not-found".to_owned()));
}

#[tokio::test]
async fn a_stranger_with_the_link_sees_no_more_than_a_masked_name() {
    let world = World::open().await;
    let (_, receipt, opened) = filed(&world).await;
    let answer = look(&world.visitor(), &opened.token).await;
    let text = answer.text().await.unwrap();
    let view: ConfirmationView = serde_json::from_str(&text).unwrap();
    assert_eq!(view.applicant_masked, "Trần V. H.");
    assert_eq!(view.submitter_name, "Phạm Thị Thu Hương", "whom the applicant must know");
    assert!(!view.own);
    for secret in
        ["Hoà", HOA, RIGHT, "0912345678", "1961", HUONG, receipt.code.as_str(), &receipt.key]
    {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let unknown = look(&world.visitor(), "AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_eq!(problem_of(unknown).await, (410, "confirmation-gone".to_owned()));
}

#[tokio::test]
async fn only_the_holder_asks_and_only_where_there_is_something_to_ask() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&for_relative()).await;
    for other in [world.visitor(), world.citizen(ANH).await, world.citizen(HOA).await] {
        let refused = ask(&other, &receipt).await;
        assert_eq!(problem_of(refused).await, (403, "forbidden".to_owned()));
    }
    let own = browser.filed(&extract()).await;
    assert_eq!(problem_of(ask(&browser, &own).await).await, (409, "wrong-status".to_owned()));
    let path = format!("/dossiers/{}/confirmation", own.code);
    assert_eq!(problem_of(world.staff(&path, Value::Null).await).await.1, "wrong-status");
    let nowhere = browser.call(Method::POST, "/dossiers/H24.31-261122-999999/confirmations");
    assert_eq!(problem_of(nowhere.send().await.unwrap()).await, (404, "not-found".to_owned()));
}

#[tokio::test]
async fn a_new_question_ends_the_one_before() {
    let world = World::open().await;
    let (browser, receipt, first) = filed(&world).await;
    let father = world.visitor();
    let typed: ConfirmationFound = find(&father, &first.digits).await.json().await.unwrap();
    let second = asked(&browser, &receipt).await;
    assert_ne!(first.token, second.token);
    for token in [&first.token, &typed.token] {
        assert_eq!(look(&father, token).await.status(), StatusCode::GONE);
        assert_eq!(answer(&father, token, true, RIGHT).await.status(), StatusCode::GONE);
    }
    if first.digits != second.digits {
        assert_eq!(find(&father, &first.digits).await.status(), StatusCode::GONE);
    }
    // Another dossier's question is not touched.
    let other = browser.filed(&for_relative()).await;
    asked(&browser, &other).await;
    assert_eq!(answer(&father, &second.token, true, RIGHT).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn no_secret_is_stored_as_it_was_given() {
    let world = World::open().await;
    let (_, receipt, opened) = filed(&world).await;
    let found: ConfirmationFound =
        find(&world.visitor(), &opened.digits).await.json().await.unwrap();
    let secrets = [&opened.token, &opened.digits, &found.token, &receipt.key];
    // `idempotency` keeps the answer with the receipt's key, to give it again.
    for table in ["dossiers", "confirmations", "confirmation_links"] {
        let columns = sqlx::AssertSqlSafe(format!(
            "SELECT group_concat('coalesce(' || name || ', '''')', ' || ''|'' || ') AS columns \
             FROM pragma_table_info('{table}')"
        ));
        let columns = sqlx::query(columns).fetch_one(&world.app.db).await.unwrap();
        let columns: String = columns.get("columns");
        let rows = sqlx::AssertSqlSafe(format!("SELECT {columns} AS line FROM {table}"));
        let rows = sqlx::query(rows).fetch_all(&world.app.db).await.unwrap();
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            let line: String = row.get("line");
            for field in line.split('|') {
                assert!(secrets.iter().all(|secret| field != secret.as_str()), "{table}: {line}");
            }
        }
    }
}
