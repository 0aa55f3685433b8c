//! The desk's part: the list with its clocks, each role's own acts and nobody else's, what was typed kept,
//! and an audit line with each act.

use super::{TEXT, about_office, at_thursday, count, office, taken, view};
use crate::desk::{Desk, jobs_on, name_of, place, world};
use crate::files::photo;
use motcua_domain::desk::Role;
use motcua_domain::feedback::{Act, Course, State};
use serde_json::json;
use sqlx::Row;

const ROLES: [(&str, Role); 3] =
    [("reception", Role::Reception), ("officer", Role::Officer), ("leader", Role::Leader)];
const WORDS: [(&str, &str); 4] =
    [("question", "Ở đâu?"), ("answer", "Đã sửa."), ("reason", "Không thuộc xã."), ("advice", "")];

#[tokio::test]
async fn a_page_has_the_forms_that_the_table_gives_and_refuses_the_others() {
    let world = world().await;
    at_thursday(&world);
    let mut desks = Vec::new();
    for (name, role) in ROLES {
        desks.push((role, Desk::of(&world, name).await));
    }
    let now = world.app.clock.now();
    let begun = Course::begun(now);
    let asked = Course { asked: Some(now), ..begun };
    let courses = [
        begun,
        asked,
        Course { added: Some(now), ..asked },
        Course { answered: Some(now), ..begun },
        Course { answered: Some(now), published: Some(now), ..begun },
        Course { refused: Some(now), ..begun },
    ];
    let receipt = taken(&world.visitor(), &about_office(TEXT)).await;
    let code = receipt.code.as_str();
    for course in courses {
        let at = |moment: Option<motcua_domain::date::Moment>| moment.map(|moment| moment.0);
        sqlx::query(
            "UPDATE feedback SET asked_at = ?1, added_at = ?2, answered_at = ?3, refused_at = ?4, \
             published_at = ?5",
        )
        .bind(at(course.asked))
        .bind(at(course.added))
        .bind(at(course.answered))
        .bind(at(course.refused))
        .bind(at(course.published))
        .execute(&world.app.db)
        .await
        .unwrap();
        for (role, desk) in &desks {
            let holidays = &world.app.catalogue.holidays;
            let may: Vec<Act> = Act::ALL
                .into_iter()
                .filter(|act| act.is_of(*role) && course.takes(*act, now.date(), holidays))
                .collect();
            let page = desk.page(&format!("/phan-anh/{code}")).await;
            let ids: Vec<&str> = may.iter().map(|act| act.id()).collect();
            assert_eq!(jobs_on(&page), ids, "{role:?} {course:?}");
            for act in Act::ALL.into_iter().filter(|act| !may.contains(act)) {
                let path = format!("/phan-anh/{code}/viec/{}", act.id());
                let answer = desk.post(&path, &WORDS).await.status().as_u16();
                let wanted = if act.is_of(*role) { 409 } else { 403 };
                assert_eq!(answer, wanted, "{role:?} {act:?} {course:?}");
            }
        }
    }
    let rows = sqlx::query("SELECT count(*) FROM audit WHERE act LIKE 'feedback%'");
    let logged: i64 = rows.fetch_one(&world.app.db).await.unwrap().get(0);
    assert_eq!(logged, 0, "what was refused is not logged as done");
}

#[tokio::test]
async fn the_desk_sees_it_through_with_an_audit_line_each() {
    let world = world().await;
    at_thursday(&world);
    let browser = world.visitor();
    let mut body = about_office(TEXT);
    body["photos"] = json!([browser.upload(&photo()).await]);
    let receipt = taken(&browser, &body).await;
    let code = receipt.code.as_str();
    let at = format!("/phan-anh/{code}");
    let reception = Desk::of(&world, "reception").await;
    assert!(reception.page("").await.contains("Phản ánh, kiến nghị (1)"));
    let list = reception.page("/phan-anh").await;
    assert!(list.contains(code) && list.contains("Trả lời chậm nhất 17/12/2026"), "{list}");
    assert!(list.contains("còn 15 ngày làm việc") && !list.contains("QUÁ HẠN"), "{list}");
    // The field that takes what is typed knows its code.
    let found = reception.post("/quet", &[("code", &code.to_lowercase().replace('-', " "))]).await;
    assert_eq!(place(&found), format!("/ban-lam-viec/phan-anh/{code}"));

    let page = reception.page(&at).await;
    assert!(page.contains("Vạc Đồng") && page.contains("Ảnh 1"), "{page}");
    let (_, rest) = page.split_once("/ban-lam-viec/tep/").unwrap();
    let file = reception.get(&format!("/tep/{}", rest.split_once('"').unwrap().0)).await;
    assert_eq!(file.headers()["content-type"], "image/jpeg");
    assert!(file.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));

    let does = async |desk: &Desk<'_>, act: &str, fields: &[(&str, &str)]| {
        let answer = desk.post(&format!("{at}/viec/{act}"), fields).await;
        assert_eq!(answer.status().as_u16(), 303, "{act}");
        assert_eq!(place(&answer), format!("/ban-lam-viec{at}?xong={act}"));
    };
    does(&reception, "feedback_ask", &[("question", "Cột số mấy?")]).await;
    assert!(reception.page("/phan-anh").await.contains("Đang chờ người gửi"));
    let officer = Desk::of(&world, "officer").await;
    let empty = officer.post(&format!("{at}/viec/feedback_answer"), &[("answer", " ")]).await;
    assert_eq!(empty.status().as_u16(), 400);
    assert!(empty.text().await.unwrap().contains("“Câu trả lời”"));
    does(&officer, "feedback_answer", &[("answer", "Đã cho thay.")]).await;
    let page = reception.page(&at).await;
    assert!(page.contains(">Đã cho thay.</textarea>"), "the answer is where one begins: {page}");
    let naming = [("question", "Đèn hỏng."), ("answer", "Gọi 0912 345 678.")];
    let naming = reception.post(&format!("{at}/viec/feedback_publish"), &naming).await;
    assert_eq!(naming.status().as_u16(), 422);
    let page = naming.text().await.unwrap();
    assert!(page.contains("Có số dài") && page.contains("Gọi 0912 345 678."), "{page}");
    does(&reception, "feedback_publish", &[("question", "Đèn hỏng."), ("answer", "Đã thay.")])
        .await;
    assert!(!reception.page("/phan-anh").await.contains(code));
    assert_eq!(view(&world, &receipt).await.state, State::Answered);

    let rows = sqlx::query("SELECT who, act FROM audit WHERE dossier = ?1 ORDER BY id");
    let rows = rows.bind(code).fetch_all(&world.app.db).await.unwrap();
    let log: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let acts = [
        ("reception", "feedback_ask"),
        ("officer", "feedback_answer"),
        ("reception", "feedback_publish"),
    ];
    let mine = acts.map(|(role, act)| (name_of(role).to_owned(), act.to_owned()));
    let (read, done): (Vec<_>, Vec<_>) =
        log.into_iter().partition(|(_, act)| act.starts_with("read"));
    assert_eq!(done, mine);
    // Who read what is logged too.
    for act in ["read", "read_file"] {
        assert!(read.contains(&(name_of("reception").to_owned(), act.to_owned())), "{read:?}");
    }
    let page = reception.page(&at).await;
    assert!(page.contains(&format!("{}: Trả lời", name_of("officer"))), "{page}");
}

#[tokio::test]
async fn what_is_late_is_red_and_still_answered_and_what_only_may_be_done_is_over() {
    let world = world().await;
    at_thursday(&world);
    let receipt = taken(&world.visitor(), &about_office(TEXT)).await;
    let young = {
        world.app.clock.advance(86_400);
        taken(&world.visitor(), &about_office("Mới.")).await
    };
    world.app.clock.advance(20 * 86_400);
    let late = Desk::of(&world, "officer").await;
    // 17 December is its last day, and so not late yet.
    let page = late.page("/phan-anh").await;
    assert!(page.contains("hôm nay là ngày cuối") && !page.contains("QUÁ HẠN"), "{page}");
    world.app.clock.advance(86_400);
    let late = Desk::of(&world, "officer").await;
    let page = late.page("/phan-anh").await;
    assert_eq!(page.matches("QUÁ HẠN").count(), 1);
    let place_of = |code: &str| page.find(code).unwrap();
    assert!(place_of(receipt.code.as_str()) < place_of(young.code.as_str()));
    let ask = format!("/feedback/{}/question", receipt.code);
    let refused = world.staff(&ask, json!({ "question": "Ở đâu?" })).await;
    assert_eq!(refused.status().as_u16(), 409);
    office(
        &world,
        &receipt,
        "refusal",
        json!({ "reason": "Không thuộc xã.", "advice": "Gửi điện lực." }),
    )
    .await;
    let seen = view(&world, &receipt).await;
    assert_eq!(seen.state, State::Refused);
    let refusal = seen.detail.unwrap().refusal.unwrap();
    assert_eq!(refusal.advice.as_deref(), Some("Gửi điện lực."));
    office(&world, &young, "answer", json!({ "answer": "Vâng." })).await;
    assert_eq!(count(&world, "feedback_messages").await, 0, "nobody left a phone");
}

#[tokio::test]
async fn what_was_said_about_a_dossier_stands_on_its_page() {
    let world = world().await;
    let turn = crate::turns::Turn::of(&world, &crate::world::extract()).await;
    let mut body = about_office(TEXT);
    body["about"] = json!({ "dossier": { "code": turn.code() } });
    let receipt = taken(&world.visitor(), &body).await;
    let reception = Desk::of(&world, "reception").await;
    let page = reception.page(&format!("/ho-so/{}", turn.code())).await;
    assert!(page.contains("Phản ánh về hồ sơ này"), "{page}");
    assert!(page.contains(&format!("/ban-lam-viec/phan-anh/{}", receipt.code)), "{page}");
}
