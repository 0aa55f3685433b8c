//! A receipt in the words of its PDF: Vietnamese first, English below. Decides nothing.

use super::Receipt;
use crate::app::App;
use crate::dossiers::Dossier;
use motcua_contract::receipts::ReceiptState;
use motcua_domain::amount_words::in_words;
use motcua_domain::date::{Moment, VIETNAM_OFFSET_SECONDS};
use motcua_domain::fee::FeeKind;
use motcua_receipt::{Row, Sheet};

/// `10:05, ngày 26/11/2026 (GMT+7)`.
fn written(at: Moment) -> String {
    let second = (at.0 + VIETNAM_OFFSET_SECONDS).rem_euclid(86_400);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("{hour:02}:{minute:02}, ngày {} (GMT+7)", at.date().written())
}

/// The page of a receipt.
pub(super) fn sheet_of(app: &App, receipt: &Receipt, dossier: &Dossier) -> Sheet {
    let row = |label: &str, label_en: &str, value: String| Row {
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        value,
        strong: false,
    };
    let warning = match receipt.state {
        ReceiptState::Valid => None,
        ReceiptState::Refunding => Some("ĐANG HOÀN TIỀN – REFUND ORDERED".to_owned()),
        ReceiptState::Refunded => Some("ĐÃ HOÀN TIỀN – REFUNDED".to_owned()),
        ReceiptState::Voided => Some("ĐÃ HỦY – VOID".to_owned()),
    };
    let kind = match receipt.kind {
        FeeKind::Fee => "Phí",
        FeeKind::Charge => "Lệ phí",
    };
    let known = app.config.channels.iter().find(|channel| channel.id == receipt.channel);
    let channel = match known {
        Some(channel) => channel.name.vi.clone(),
        None if receipt.channel == "cash" => "Tiền mặt tại quầy".to_owned(),
        None => receipt.channel.clone(),
    };
    let words = in_words(receipt.amount);
    let mut rows = vec![
        row("Số biên lai", "Receipt number", receipt.number.clone()),
        row("Mã hồ sơ", "Dossier", dossier.code.to_string()),
        row("Người nộp hồ sơ", "Submitter", dossier.submitter_name.clone()),
        row("Khoản thu", "Paid for", format!("{kind}: {}", receipt.fee_name.vi)),
        row("Theo quy định", "Set by", receipt.citation.vi.clone()),
        Row { strong: true, ..row("Số tiền", "Amount", receipt.amount.to_string()) },
        row("Bằng chữ", "In words", format!("{}\n{}", words.vi, words.en)),
        row("Cách trả", "Paid by", channel),
    ];
    if let Some(reference) = &receipt.gateway_reference {
        rows.push(row("Mã giao dịch", "Transaction", reference.clone()));
    }
    rows.push(row("Thời điểm trả", "Paid at", written(receipt.paid_at)));
    if let Some(reason) = &receipt.reason {
        rows.push(row("Lý do hủy", "Reason", reason.clone()));
    }
    Sheet {
        issuer: app.config.office_address.vi.clone(),
        title: "BIÊN LAI THU PHÍ, LỆ PHÍ".to_owned(),
        title_en: "Receipt for fees and charges".to_owned(),
        dated: None,
        warning,
        rows,
        qr: receipt.address(app),
        qr_words: "Quét mã để kiểm tra biên lai này có thật không.\nScan to check this receipt."
            .to_owned(),
        // Decree 123/2020/NĐ-CP wants a signature and the tax office's registration; neither is ours.
        foot: "Bản in từ hệ thống tiếp nhận, chưa có chữ ký số của cơ quan thu. \
               Printed by the intake system; not digitally signed."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_vietnam_s() {
        assert_eq!(written(Moment(1_795_662_300)), "10:05, ngày 26/11/2026 (GMT+7)");
        // 17:00 UTC is the next day there.
        assert_eq!(written(Moment(1_786_122_000)), "00:00, ngày 08/08/2026 (GMT+7)");
    }
}
