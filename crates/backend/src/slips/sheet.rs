//! A slip in the words of its PDF: Vietnamese first, English below. Decides nothing.
//!
//! The forms' numbers and names are those of Circular 01/2018/TT-VPCP's annex; whether the text in force
//! words them so is UNVERIFIED. The layout is ours, and no slip bears a digital signature yet.

use super::Slip;
use crate::app::App;
use crate::dossiers::Dossier;
use motcua_contract::slips::SlipForm;
use motcua_contract::slips::{ReceivedPaper, SlipFee, SlipMatter};
use motcua_domain::date_words::{day, hour_and_day};
use motcua_domain::payment::FeeState;
use motcua_domain::text::Text;
use motcua_domain::turns::delivery::Delivery;
use motcua_domain::turns::supplement::Item;
use motcua_receipt::{Row, Sheet};

/// What a form is called.
const fn title(form: SlipForm) -> (&'static str, &'static str) {
    match form {
        SlipForm::Intake => {
            ("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Intake receipt and appointment")
        }
        SlipForm::Supplement => {
            ("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Request to complete the dossier")
        }
        SlipForm::Refusal => {
            ("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Refusal to take in the dossier")
        }
        SlipForm::Apology => {
            ("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Apology and new appointment")
        }
        SlipForm::Stop => {
            ("THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Notice that work on the dossier stops")
        }
        SlipForm::Handed => ("PHIẾU TRẢ KẾT QUẢ", "Handing out of the result"),
    }
}

fn row(label: &str, label_en: &str, value: impl Into<String>) -> Row {
    Row {
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        value: value.into(),
        strong: false,
    }
}

fn strong(label: &str, label_en: &str, value: impl Into<String>) -> Row {
    Row { strong: true, ..row(label, label_en, value) }
}

/// The Vietnamese with the English in a line below, where there is one.
fn both(text: &Text) -> String {
    if text.is_only_vietnamese() { text.vi.clone() } else { format!("{}\n{}", text.vi, text.en) }
}

fn paper(index: usize, paper: &ReceivedPaper) -> String {
    let how = match (paper.reused, paper.files) {
        (true, _) => "cơ quan tự tra cứu – looked up by the office".to_owned(),
        (false, 0) => "xuất trình tại quầy – shown at the counter".to_owned(),
        (false, files) => format!("{files} tệp – files"),
    };
    format!("{}. {} ({how})", index + 1, paper.name.vi)
}

fn fee(fee: &SlipFee) -> String {
    let amount = fee
        .amount
        .map_or_else(|| "chờ đếm trang – set by pages".to_owned(), |amount| amount.to_string());
    let state = match fee.state {
        FeeState::AwaitingAmount => return format!("{}: {amount}", fee.name.vi),
        FeeState::Due => "chưa nộp – due",
        FeeState::Paid | FeeState::PaidOffline => "đã nộp – paid",
        FeeState::Waived => "không phải nộp – nothing to pay",
    };
    format!("{}: {amount} ({state})", fee.name.vi)
}

fn item(index: usize, item: &Item) -> Row {
    let label = format!("Mục {}", index + 1);
    let label_en = format!("Item {}", index + 1);
    row(&label, &label_en, format!("{}\nLý do: {}", item.title, item.reason))
}

fn ending(reason: &str, basis: Option<&str>, advice: Option<&str>) -> Vec<Row> {
    let mut rows = vec![strong("Lý do", "Reason", reason)];
    rows.extend(basis.map(|basis| row("Căn cứ pháp lý", "Legal basis", basis)));
    rows.extend(advice.map(|advice| row("Hướng dẫn", "What to do now", advice)));
    rows
}

fn lines<T>(values: &[T], write: impl Fn(usize, &T) -> String) -> String {
    let written: Vec<String> =
        values.iter().enumerate().map(|(n, value)| write(n, value)).collect();
    written.join("\n")
}

fn rows_of(matter: &SlipMatter) -> Vec<Row> {
    match matter {
        SlipMatter::Intake { received, fees, appointment } => {
            let due = appointment.map_or_else(
                || {
                    "Chưa hẹn: chờ nộp phí, hoặc quy định không nêu hạn.\nNot set: a fee is waited \
                     for, or the rule states none."
                        .to_owned()
                },
                |at| both(&hour_and_day(at)),
            );
            let mut rows = vec![row("Giấy tờ đã nhận", "Papers received", lines(received, paper))];
            if !fees.is_empty() {
                rows.push(row("Phí, lệ phí", "Fees and charges", lines(fees, |_, line| fee(line))));
            }
            rows.push(strong("Hẹn trả kết quả", "Result due", due));
            rows
        }
        SlipMatter::Supplement { round, items, last_day } => {
            let mut rows = vec![row("Lần yêu cầu", "Request number", round.to_string())];
            rows.extend(items.iter().enumerate().map(|(index, asked)| item(index, asked)));
            rows.push(strong("Bổ sung chậm nhất", "Last day to answer", day(*last_day)));
            rows
        }
        SlipMatter::Refusal { reason, basis, advice }
        | SlipMatter::Stop { reason, basis, advice } => {
            ending(reason, basis.as_deref(), advice.as_deref())
        }
        SlipMatter::Apology { old, new, reason } => vec![
            row("Ngày hẹn cũ", "Was due", both(&hour_and_day(*old))),
            strong("Ngày hẹn mới", "Now due", both(&hour_and_day(*new))),
            row("Lý do", "Reason", reason.clone()),
        ],
        SlipMatter::Handed { number, way, due } => {
            let number = number.as_ref().map(|number| row("Kết quả số", "Result number", number));
            let due = due.map(|due| row("Hẹn trả", "Was due", both(&hour_and_day(due))));
            number.into_iter().chain(due).chain([strong("Cách trả", "How", handed(way))]).collect()
        }
    }
}

fn handed(way: &Delivery) -> String {
    match way {
        Delivery::Counter => "tại quầy\nat the counter".to_owned(),
        Delivery::Post { to } => {
            format!("qua bưu điện đến {}, {}\nby post", to.recipient, to.address)
        }
    }
}

/// The pages of a slip.
pub(super) fn sheet_of(app: &App, slip: &Slip, dossier: &Dossier, matter: &SlipMatter) -> Sheet {
    let (title, title_en) = title(slip.form);
    let number = match slip.form.number() {
        Some(form) => format!("{} (mẫu số {form})", slip.number),
        None => slip.number.clone(),
    };
    let mut rows = vec![
        row("Số", "Number", number),
        row("Mã hồ sơ", "Dossier", dossier.code.to_string()),
        row("Thủ tục", "Procedure", both(&dossier.procedure_name)),
        row("Người yêu cầu", "Applicant", dossier.applicant_name.clone()),
        row("Người nộp hồ sơ", "Submitter", dossier.submitter_name.clone()),
    ];
    rows.extend(rows_of(matter));
    rows.push(row("Điện thoại hỗ trợ", "Hotline", app.config.hotline.clone()));
    Sheet {
        issuer: app.config.office_address.vi.clone(),
        title: title.to_owned(),
        title_en: title_en.to_owned(),
        dated: Some(slip.dated(app).vi),
        warning: (!slip.newest).then(|| "ĐÃ CÓ PHIẾU MỚI HƠN – A NEWER SLIP WAS GIVEN".to_owned()),
        rows,
        qr: slip.address(app),
        qr_words: "Quét mã để kiểm tra phiếu này có thật không.\nScan to check this slip."
            .to_owned(),
        foot: "Bản in từ hệ thống tiếp nhận, chưa có chữ ký số của cơ quan. \
               Printed by the intake system; not digitally signed."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use motcua_domain::date::Moment;
    use motcua_domain::money::Vnd;

    fn said(matter: &SlipMatter) -> String {
        rows_of(matter).iter().map(|row| format!("{}: {}\n", row.label, row.value)).collect()
    }

    #[test]
    fn an_intake_receipt_counts_the_files_and_says_hour_and_weekday() {
        let words = said(&SlipMatter::Intake {
            received: vec![
                ReceivedPaper {
                    name: Text::of("Giấy chứng sinh", ""), files: 2, reused: false
                },
                ReceivedPaper { name: Text::of("Căn cước", ""), files: 0, reused: true },
            ],
            fees: vec![SlipFee {
                name: Text::of("Bản sao", ""),
                amount: Some(Vnd(16_000)),
                state: FeeState::PaidOffline,
            }],
            appointment: Some(Moment::at("2026-11-27".parse().unwrap(), 17 * 60)),
        });
        for part in [
            "1. Giấy chứng sinh (2 tệp",
            "2. Căn cước (cơ quan tự tra cứu",
            "Bản sao: 16.000",
            "(đã nộp",
            "17 giờ 00, thứ Sáu, ngày 27 tháng 11 năm 2026",
        ] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
    }

    #[test]
    fn a_refusal_says_why_by_which_rule_and_what_to_do() {
        let words = said(&SlipMatter::Refusal {
            reason: "Không thuộc thẩm quyền".into(),
            basis: Some("Điều 63 Luật Hộ tịch".into()),
            advice: Some("Nộp tại xã khác".into()),
        });
        assert!(words.contains("Lý do: Không thuộc thẩm quyền"), "{words}");
        assert!(words.contains("Căn cứ pháp lý: Điều 63 Luật Hộ tịch"), "{words}");
        assert!(words.contains("Hướng dẫn: Nộp tại xã khác"), "{words}");
    }
}
