//! The form of each job. Draws fields; decides nothing.

use super::card::{Back, Card, area};
use super::fields::Fields;
use super::job::Job;
use super::sessions::OnDuty;
use super::supplement_form;
use super::{BASE, words};
use crate::app::App;
use crate::dossiers::Dossier;
use maud::{Markup, html};
use motcua_contract::dossiers::DossierDetail;
use motcua_domain::desk::Act;
use motcua_domain::turns::MAX_WORDS;

/// What forms are drawn from.
pub struct Drawn<'a> {
    pub app: &'a App,
    pub on_duty: &'a OnDuty,
    pub dossier: &'a Dossier,
    pub detail: &'a DossierDetail,
    /// The form that came back.
    pub back: Option<&'a Back<Job>>,
}

/// A label with a line of text.
fn line(job: Job, fields: &Fields, name: &str, label: &str, kind: &str, must: bool) -> Markup {
    let id = format!("{}-{name}", job.id());
    html! {
        label for=(id) { (label) @if !must { " (không bắt buộc)" } }
        input id=(id) name=(name) type=(kind) value=(fields.get(name)) required[must]
            min=[(kind == "number").then_some("1")];
    }
}

/// A label with room for sentences.
fn words_of(job: Job, fields: &Fields, name: &str, label: &str, must: bool) -> Markup {
    area(job.id(), name, label, fields.get(name), must, MAX_WORDS)
}

fn file(job: Job, label: &str) -> Markup {
    let id = format!("{}-file", job.id());
    html! {
        label for=(id) { (label) }
        input id=(id) name="file" type="file" accept="image/jpeg,image/png,image/webp,application/pdf" required;
    }
}

/// Yes or no.
fn decision(job: Job, fields: &Fields, yes: &str, no: &str) -> Markup {
    html! {
        fieldset {
            legend { "Quyết định" }
            @for (value, label) in [("yes", yes), ("no", no)] {
                label class="choice" {
                    input type="radio" name="accepted" value=(value) required
                        checked[fields.get("accepted") == value];
                    (label)
                }
            }
        }
        (words_of(job, fields, "note", "Lý do, cần có nếu không đồng ý", false))
    }
}

impl Drawn<'_> {
    /// The form of a job.
    pub fn draw(&self, job: Job) -> Markup {
        let back = Back::of(self.back, job);
        let way = if job.sends_file() { "tep" } else { "viec" };
        let typed = back.map(|back| back.fields.clone()).unwrap_or_default();
        let card = Card {
            id: job.id(),
            title: words::job(job),
            action: format!("{BASE}/ho-so/{}/{way}/{}", self.dossier.code, job.id()),
            sends_file: job.sends_file(),
            fields: self.fields_of(job, &typed),
        };
        card.draw(self.on_duty, back)
    }

    /// What a job asks for; nothing where its button says all.
    fn fields_of(&self, job: Job, fields: &Fields) -> Option<Markup> {
        let act = match job {
            Job::AddResult => {
                return Some(html! {
                    @if let Some(result) = &self.detail.turns.result {
                        p { "Đã có kết quả số " (result.number) ". Thêm nữa thì kết quả mới thay kết quả cũ." }
                    }
                    (line(job, fields, "number", "Số của kết quả", "text", true))
                    (file(job, "Tệp kết quả: ảnh hoặc PDF"))
                });
            }
            Job::TakeCash => return Some(self.cash(fields)),
            Job::Act(act) => act,
        };
        Some(match act {
            Act::TakeIn | Act::Process | Act::Return => return None,
            Act::EnterPages => line(job, fields, "pages", "Bản chính có mấy trang", "number", true),
            Act::DecideExemption => match self.dossier.exempt {
                Some(group) => html! {
                    p { "Người dân xin miễn theo diện: " (group.name().vi) "." }
                    (decision(job, fields, "Được miễn", "Không được miễn"))
                },
                None => html! { p { "Hồ sơ này không xin miễn phí." } },
            },
            Act::AskSupplement => supplement_form::fields(self, fields),
            Act::DecideWithdrawal => decision(job, fields, "Đồng ý cho rút", "Chưa đồng ý cho rút"),
            Act::SendDraft => html! {
                p { "Người dân có một ngày để xem. Không trả lời là đồng ý." }
                (file(job, "Tệp dự thảo: ảnh hoặc PDF"))
            },
            Act::Finish => html! {
                (words_of(job, fields, "note", "Ghi chú cho người dân", false))
                @if self.detail.turns.result.is_none() {
                    label class="choice" {
                        input type="checkbox" name="without_file" value="1"
                            checked[fields.has("without_file")];
                        "Không có tệp kết quả điện tử (hồ sơ không tính là trực tuyến)"
                    }
                }
            },
            Act::Reappoint => html! {
                p { "Chỉ được hẹn lại một lần. Người dân nhận thư xin lỗi." }
                (line(job, fields, "day", "Ngày hẹn mới", "date", true))
                (words_of(job, fields, "reason", "Lý do", true))
            },
            Act::Refuse => html! {
                (words_of(job, fields, "reason", "Lý do", true))
                (words_of(job, fields, "basis", "Căn cứ pháp lý", true))
                (words_of(job, fields, "advice", "Hướng dẫn cho người dân", false))
            },
            Act::Stop => html! {
                (words_of(job, fields, "reason", "Lý do", true))
                (words_of(job, fields, "basis", "Căn cứ pháp lý", false))
                (words_of(job, fields, "advice", "Hướng dẫn cho người dân", false))
            },
        })
    }

    /// The fees that can be taken now, with the word that the money is there.
    fn cash(&self, fields: &Fields) -> Markup {
        let due = self.detail.fees.iter().filter(|fee| fee.payable);
        html! {
            fieldset {
                legend { "Thu khoản nào" }
                @for fee in due {
                    label class="choice" {
                        input type="radio" name="fee" value=(fee.id) required
                            checked[fields.get("fee") == fee.id];
                        (fee.name.vi) ": " @if let Some(amount) = fee.amount { (amount) }
                    }
                }
            }
            label class="choice" {
                input type="checkbox" name="counted" value="1" required;
                "Đã đếm và nhận đủ tiền"
            }
        }
    }
}
