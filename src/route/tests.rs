//! Addresses are read as they are printed, take the key along, and tell nothing that they must not.

use super::*;

#[test]
fn what_is_printed_is_read_again() {
    let procedure = ProcedureCode::parse("2.000635").unwrap();
    let draft = DraftKey::parse("2.000635~a1").unwrap();
    let dossier = DossierCode::parse("H24.31-261122-000042").unwrap();
    for route in [
        Route::Start,
        Route::Scan,
        Route::Search,
        Route::Event("sinh-con".into()),
        Route::Sector("ho-tich".into()),
        Route::Choose("mai-tang".into(), None),
        Route::Choose("mai-tang".into(), Some("bhxh".into())),
        Route::Poster(procedure.clone()),
        Route::Sheet("ho-tich".into()),
        Route::Procedure(procedure.clone()),
        Route::Begin(DraftKey::own(procedure)),
        Route::Question(draft.clone(), "nguoi-yeu-cau".into()),
        Route::Behalf(draft.clone()),
        Route::Declaration(draft.clone()),
        Route::Slip(draft.clone()),
        Route::Papers(draft.clone()),
        Route::Capture(draft.clone(), "birth_notice".into(), None),
        Route::Capture(draft.clone(), "birth_notice".into(), Some("a1".into())),
        Route::PaperPage(draft.clone(), "a1".into()),
        Route::Check(draft.clone()),
        Route::Send(draft.clone()),
        Route::Give(draft),
        Route::Confirm(None),
        Route::Confirm(Some("abcdefghijklmnop".into())),
        Route::Take(None),
        Route::Take(Some("abcdefghijklmnop".into())),
        Route::Receipt(dossier.clone()),
        Route::Fee(dossier.clone()),
        Route::AskToPay(dossier.clone()),
        Route::PayFor("aB3_-".into()),
        Route::Payment("aB3_-".into()),
        Route::FeeReceipt("aB3_-".into()),
        Route::OfficeSlip("aB3_-".into()),
        Route::Track,
        Route::Dossier(dossier.clone()),
        Route::Supplement(dossier.clone()),
        Route::Withdraw(dossier.clone()),
        Route::DraftResult(dossier.clone()),
        Route::Delivery(dossier.clone()),
        Route::Feedback(None),
        Route::Feedback(Some(dossier)),
        Route::Voice("PA-261126-0042-6".to_owned()),
        Route::Answers,
        Route::MyPapers,
        Route::MyData,
        Route::Figures,
        Route::LoginFailed,
        Route::Counter,
        Route::Demo,
    ] {
        assert_eq!(Route::parse(&route.to_string()), route);
    }
}

#[test]
fn every_page_about_a_dossier_takes_its_key_along_also_those_known_by_a_token() {
    let code = DossierCode::parse("H24.31-261122-000042").unwrap();
    let key = "abcdefghijklmnop";
    for route in [Route::Fee(code.clone()), Route::FeeReceipt("aB3_-".into())] {
        assert_eq!(route.with_key(&code, Some(key)), format!("{route}#k={key}"));
        assert_eq!(route.with_key(&code, None), route.to_string());
    }
}

#[test]
fn garbage_is_unknown() {
    for path in ["/x", "/thu-tuc/1", "/nop/2.000635", "/thanh-toan/<a>", "/tra-cuu/%00", "//\u{0}"]
    {
        assert_eq!(Route::parse(path), Route::Unknown, "{path}");
    }
}

#[test]
fn a_key_is_taken_from_the_fragment_only_when_it_is_one() {
    let visit = Visit::parse("/tra-cuu/H24-261122-000042", "?login=refused", "#k=abcdefghijklmnop");
    assert_eq!(visit.key.as_deref(), Some("abcdefghijklmnop"));
    assert_eq!(visit.login, Some(LoginFailure::Refused));
    assert_eq!(Visit::parse("/", "", "#k=<script>").key, None);
}
