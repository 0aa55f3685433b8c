//! A counter run by its forms: each role does its own and is refused what is not, in words, with what was
//! typed; and what was done stands in the audit log with the officer's name.

use super::{Desk, jobs_on, name_of, world};
use crate::files::photo;
use crate::turns::{Turn, turns_of};
use crate::world::{HUONG, certified_copy, extract};
use motcua_contract::slips::SlipForm;
use motcua_domain::desk::{Act, Role, acts};
use motcua_domain::dossier::DossierStatus;
use motcua_domain::turns::supplement::Ask;
use reqwest::{Response, StatusCode};
use serde_json::json;
use sqlx::Row;

const ROLES: [(&str, Role); 3] =
    [("reception", Role::Reception), ("officer", Role::Officer), ("leader", Role::Leader)];

/// The acts among the forms of a page.
async fn shown(desk: &Desk<'_>, code: &str) -> Vec<String> {
    let jobs = jobs_on(&desk.page(&format!("/ho-so/{code}")).await);
    jobs.into_iter().filter(|job| job != "add_result").collect()
}

fn allowed(role: Role, status: DossierStatus) -> Vec<String> {
    acts(role, status).map(|act| act.id().to_owned()).collect()
}

/// What a refused form says, and its page.
async fn refused(answer: Response, status: u16) -> String {
    assert_eq!(answer.status().as_u16(), status);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_page_has_the_forms_that_the_table_gives_and_no_other() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let mut desks = Vec::new();
    for (name, role) in ROLES {
        desks.push((role, Desk::of(&world, name).await));
    }
    // No fee: taking cash is no act of the table.
    sqlx::query("UPDATE fees SET state = 'waived'").execute(&world.app.db).await.unwrap();
    // Every status, set as no way of the office would in a day.
    for status in 1..=11_u16 {
        sqlx::query("UPDATE dossiers SET status = ?1")
            .bind(i64::from(status))
            .execute(&world.app.db)
            .await
            .unwrap();
        for (role, desk) in &desks {
            let may = allowed(*role, DossierStatus::from_code(status));
            assert_eq!(shown(desk, turn.code()).await, may, "{role:?} in {status}");
            // What has no form is refused when it is sent all the same, and changes nothing.
            for act in Act::ALL.into_iter().filter(|act| *act != Act::SendDraft) {
                if may.iter().any(|id| id == act.id()) {
                    continue;
                }
                let fields = [
                    ("pages", "2"),
                    ("accepted", "yes"),
                    ("day", "2026-12-01"),
                    ("about_0", "paper:"),
                    ("title_0", "x"),
                    ("reason_0", "x"),
                    ("reason", "x"),
                    ("basis", "x"),
                ];
                let answer = desk.act(turn.code(), act.id(), &fields).await.status().as_u16();
                let wanted = if act.is_of(*role) { 409 } else { 403 };
                assert_eq!(answer, wanted, "{role:?} {act:?} in {status}");
            }
        }
    }
    let rows =
        sqlx::query("SELECT count(*) FROM audit WHERE dossier IS NOT NULL AND act <> 'read'");
    let count: i64 = rows.fetch_one(&world.app.db).await.unwrap().get(0);
    assert_eq!(count, 0, "what was refused is not logged as done");
}

#[tokio::test]
async fn a_dossier_goes_through_the_counter_hand_in_hand() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    let reception = Desk::of(&world, "reception").await;
    let officer = Desk::of(&world, "officer").await;
    let leader = Desk::of(&world, "leader").await;
    let code = turn.code();

    reception.does(code, "take_in", &[]).await;
    let taken = turn.now().await;
    assert_eq!(taken.status.code, 2);
    assert_eq!(turns_of(&taken).slips[0].form, SlipForm::Intake);
    let page = reception.page(&format!("/ho-so/{code}?xong=take_in")).await;
    assert!(page.contains("Đã làm: Tiếp nhận."), "{page}");
    assert!(page.contains("Nơi đăng ký") || page.contains("Xã Kim Thành, Hải Phòng"), "{page}");

    officer.does(code, "process", &[]).await;
    // Ending is the leader's, and wants a result; what was typed stays.
    let early = leader.act(code, "finish", &[("note", "Mời nhận tại quầy.")]).await;
    let page = refused(early, 409).await;
    assert!(page.contains("Chưa có kết quả điện tử."), "{page}");
    assert!(page.contains("Mời nhận tại quầy."), "{page}");
    let sent = leader.sends(code, "add_result", &[("number", "12/TLKT-BS")], photo()).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    leader.does(code, "finish", &[("note", "Mời nhận tại quầy.")]).await;
    let done = turn.now().await;
    assert_eq!(turns_of(&done).result.as_ref().unwrap().number, "12/TLKT-BS");
    reception.does(code, "return", &[]).await;
    assert_eq!(turn.now().await.status.code, 10);

    let rows = sqlx::query("SELECT who, role, act FROM audit WHERE dossier = ?1 ORDER BY id")
        .bind(code)
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    let (read, log): (Vec<_>, Vec<(String, String, String)>) = rows
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .partition(|(.., act)| act == "read");
    // The leader looked before doing anything; who acts has it open.
    assert_eq!(read, [(name_of("leader").to_owned(), "leader".to_owned(), "read".to_owned())]);
    let acts = ["take_in", "process", "add_result", "finish", "return"];
    let roles = ["reception", "officer", "leader", "leader", "reception"];
    let mine: Vec<_> = acts
        .iter()
        .zip(roles)
        .map(|(act, role)| (name_of(role).to_owned(), role.to_owned(), (*act).to_owned()))
        .collect();
    // Cash at the counter, which the office's other systems note, is before.
    assert!(log.ends_with(&mine), "{log:?}");
    let page = reception.page(&format!("/ho-so/{code}")).await;
    assert!(page.contains(&format!("{}: Trả kết quả", name_of("reception"))), "{page}");
}

#[tokio::test]
async fn a_supplement_is_put_together_line_by_line_and_a_second_round_is_warned_of() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let desk = Desk::of(&world, "officer").await;
    let code = turn.code();
    let first =
        [("about_0", "paper:"), ("title_0", "Ảnh mặt sau căn cước"), ("reason_0", "Ảnh mờ.")];
    // A line more sends nothing and keeps what is there.
    let mut more = first.to_vec();
    more.push(("more", "1"));
    let answer = desk.act(code, "ask_supplement", &more).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Ảnh mặt sau căn cước") && page.contains("name=\"about_1\""), "{page}");
    assert!(!page.contains("counts_as_overdue"), "{page}");
    assert_eq!(turn.now().await.status.code, 1);

    // A line without its reason is said, and kept.
    let mut half = first.to_vec();
    half.extend([
        ("about_1", "answer:registered_at"),
        ("title_1", "Nơi đăng ký"),
        ("reason_1", ""),
    ]);
    let page = refused(desk.act(code, "ask_supplement", &half).await, 400).await;
    assert!(page.contains("Mỗi mục cần tên và lý do"), "{page}");
    assert!(page.contains("value=\"Nơi đăng ký\""), "{page}");
    half.pop();
    half.push(("reason_1", "Ghi rõ xã cũ."));
    desk.does(code, "ask_supplement", &half).await;
    let asked = turns_of(&turn.now().await).supplement.clone().unwrap();
    assert_eq!(asked.items.len(), 2);
    assert_eq!(asked.items[1].ask, Ask::Answer { question: Some("registered_at".into()) });

    sqlx::query("UPDATE supplements SET answered_at = 1, replies = '{}'")
        .execute(&world.app.db)
        .await
        .unwrap();
    sqlx::query("UPDATE dossiers SET status = 1").execute(&world.app.db).await.unwrap();
    let page = desk.page(&format!("/ho-so/{code}")).await;
    assert!(page.contains("bị tính là quá hạn"), "{page}");
    let page = refused(desk.act(code, "ask_supplement", &first).await, 409).await;
    assert!(page.contains("Đánh dấu ô"), "{page}");
    let mut meant = first.to_vec();
    meant.push(("counts_as_overdue", "1"));
    desk.does(code, "ask_supplement", &meant).await;
}

#[tokio::test]
async fn what_the_domain_refuses_is_said_beside_the_form_with_what_was_typed() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    let (reception, leader) =
        (Desk::of(&world, "reception").await, Desk::of(&world, "leader").await);
    let officer = Desk::of(&world, "officer").await;
    let code = turn.code();
    let unfounded = reception.act(code, "refuse", &[("reason", "Sai thẩm quyền")]).await;
    let page = refused(unfounded, 400).await;
    assert!(page.contains("“Căn cứ pháp lý”") && page.contains("Sai thẩm quyền"), "{page}");

    reception.does(code, "take_in", &[]).await;
    for (day, said) in [
        ("2026-11-28", "ngày nghỉ"),
        ("2026-11-26", "phải sau hôm nay"),
        ("2028-11-27", "quá xa"),
        ("mai", "Ngày hẹn mới"),
    ] {
        let late = leader.act(code, "reappoint", &[("day", day), ("reason", "Bận xác minh")]).await;
        let status = if day == "mai" { 400 } else { 409 };
        let page = refused(late, status).await;
        assert!(page.contains(said) && page.contains("Bận xác minh"), "{day}: {page}");
    }
    leader.does(code, "reappoint", &[("day", "2026-11-30"), ("reason", "Bận xác minh")]).await;
    let again = leader.act(code, "reappoint", &[("day", "2026-12-01"), ("reason", "Nữa")]).await;
    assert!(refused(again, 409).await.contains("đã hẹn lại một lần"));

    let script =
        officer.sends(code, "send_draft", &[], b"<script>alert(1)</script>".to_vec()).await;
    let page = script.text().await.unwrap();
    assert!(page.contains("Tệp này không dùng được."), "{page}");
    let draft = officer.sends(code, "send_draft", &[], photo()).await;
    assert_eq!(draft.status(), StatusCode::SEE_OTHER);
    assert!(turns_of(&turn.now().await).draft.is_some());

    turn.citizen("withdrawal", json!({ "reason": "Nộp nhầm <b>thủ tục</b>" })).await;
    let page = reception.page(&format!("/ho-so/{code}")).await;
    assert!(page.contains("Nộp nhầm &lt;b&gt;"), "a citizen's words are words: {page}");
    let no = reception.act(code, "decide_withdrawal", &[("accepted", "no")]).await;
    assert!(refused(no, 400).await.contains("“Ghi chú”"));
    reception.does(code, "decide_withdrawal", &[("accepted", "yes")]).await;
    assert_eq!(turn.now().await.status.code, 8);
}

#[tokio::test]
async fn a_page_count_sets_the_fee_and_a_nonsense_one_does_not() {
    let world = world().await;
    let browser = world.citizen(HUONG).await;
    let filed = browser.filed(&certified_copy()).await;
    let desk = Desk::of(&world, "reception").await;
    let code = filed.code.as_str();
    for pages in ["0", "-1", "ba", "99999"] {
        let page = refused(desk.act(code, "enter_pages", &[("pages", pages)]).await, 400).await;
        assert!(page.contains("“Số trang”") && page.contains(pages), "{pages}: {page}");
    }
    desk.does(code, "enter_pages", &[("pages", "3")]).await;
    let fees = browser.track(code).await.detail.unwrap().fees;
    assert!(fees.iter().any(|fee| fee.payable && fee.amount.is_some()), "{fees:?}");
    let none = Desk::of(&world, "officer").await;
    let page = none.page(&format!("/ho-so/{code}")).await;
    assert!(page.contains("Hồ sơ này không xin miễn phí."), "{page}");
}

#[tokio::test]
async fn cash_is_taken_once_by_who_stands_at_the_counter() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let code = turn.code();
    let fee = turn.now().await.detail.unwrap().fees[0].id.clone();
    let counted = [("fee", fee.as_str()), ("counted", "1")];
    let reception = Desk::of(&world, "reception").await;
    let page = reception.page(&format!("/ho-so/{code}")).await;
    assert!(page.contains("Thu tiền mặt") && page.contains("16.000"), "{page}");
    for role in ["officer", "leader"] {
        let desk = Desk::of(&world, role).await;
        assert!(!desk.page(&format!("/ho-so/{code}")).await.contains("Thu tiền mặt"));
        assert_eq!(desk.act(code, "paid_in_cash", &counted).await.status(), StatusCode::FORBIDDEN);
    }
    // The money must have been counted.
    let early = reception.act(code, "paid_in_cash", &counted[..1]).await;
    refused(early, 400).await;
    assert!(turn.now().await.detail.unwrap().fees[0].payable);
    reception.does(code, "paid_in_cash", &counted).await;
    let paid = turn.now().await.detail.unwrap().fees[0].clone();
    assert!(!paid.payable && paid.receipt.is_some());
    let page = reception.page(&format!("/ho-so/{code}")).await;
    assert!(page.contains(&format!("{}: Thu tiền mặt", name_of("reception"))), "{page}");
    // Not a second time: the form is gone, and sending it again is refused.
    assert!(!page.contains("data-job=\"paid_in_cash\""), "{page}");
    refused(reception.act(code, "paid_in_cash", &counted).await, 409).await;
}
