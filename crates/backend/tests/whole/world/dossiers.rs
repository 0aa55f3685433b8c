//! People as forms ask for them, and dossiers that the office takes.

use super::{ANH, HOA, HUONG};
use serde_json::{Value, json};

/// A person as forms ask for one: an applicant, with how to reach them.
pub struct Person {
    pub name: &'static str,
    pub birth_date: &'static str,
    pub number: &'static str,
}

/// The citizen [`HUONG`] as an applicant.
pub const HUONG_HERSELF: Person =
    Person { name: "Phạm Thị Thu Hương", birth_date: "1989-03-08", number: HUONG };
/// Her father-in-law, the citizen [`HOA`]: for whom dossiers are filed.
pub const HOA_HIMSELF: Person =
    Person { name: "Trần Văn Hoà", birth_date: "1961-09-02", number: HOA };

/// The answers about an applicant, and those of `more`.
fn answers(applicant: &Person, more: Value) -> Value {
    let mut answers = json!({
        "applicant.name": applicant.name,
        "applicant.birth_date": applicant.birth_date,
        "applicant.citizen_number": applicant.number,
        "applicant.phone": "0912345678",
        "applicant.residence.province": "31",
        "applicant.residence.commune": "10804",
        "applicant.residence.detail": "Thôn Bắc"
    });
    answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    answers
}

fn dossier(procedure: &str, answers: &Value, components: Value) -> Value {
    json!({
        "procedure": procedure,
        "form_version": 2,
        "answers": answers,
        "components": components
    })
}

/// A dossier for two copies of the applicant's own birth certificate.
pub fn extract_of(applicant: &Person) -> Value {
    let more = json!({
        "record_kind": "birth_certificate",
        "relation": "self",
        "registered_at": "Xã Kim Thành, Hải Phòng",
        "copies": "2"
    });
    dossier("2.000635", &answers(applicant, more), json!([]))
}

/// The same for her who is signed in most of the time.
pub fn extract() -> Value {
    extract_of(&HUONG_HERSELF)
}

/// A dossier with for whom it is filed.
pub fn on_behalf(mut dossier: Value, behalf: Value) -> Value {
    dossier["behalf"] = behalf;
    dossier
}

/// A dossier for her father-in-law, who is asked whether he knows of it.
pub fn for_relative() -> Value {
    on_behalf(extract_of(&HOA_HIMSELF), json!({ "kind": "relative" }))
}

/// A dossier for certified copies.
pub fn certified_copy() -> Value {
    let more =
        json!({ "document_name": "Bằng tốt nghiệp", "copies": "2", "original_state": "good" });
    dossier("2.000815", &answers(&HUONG_HERSELF, more), json!([]))
}

/// A dossier for a birth with the notice on paper. The mother is the applicant: only what is not
/// known of her is asked.
pub fn birth(notice: &Value) -> Value {
    let more = json!({
        "relation": "mother",
        "child.name": "Phạm Gia Bảo",
        "child.birth_date": "2026-11-12",
        "child.sex": "male",
        "birth_place": "Trung tâm Y tế Kim Thành",
        "birth_proof": "paper",
        "home_place": "Xã Kim Thành, thành phố Hải Phòng",
        "parents": "single",
        "mother.ethnicity": "Kinh",
        "copies": "0"
    });
    let papers = json!([{ "component": "birth_notice", "uploads": [notice] }]);
    dossier("1.001193", &answers(&HUONG_HERSELF, more), papers)
}

/// A dossier for a marriage, which takes no authorisation. The bride is the applicant.
pub fn marriage() -> Value {
    let more = json!({
        "side": "bride",
        "groom.name": "Lê Đức Anh",
        "groom.birth_date": "1994-11-05",
        "groom.citizen_number": ANH,
        "bride_times": "1",
        "groom_times": "1"
    });
    dossier("1.000894", &answers(&HUONG_HERSELF, more), json!([]))
}
