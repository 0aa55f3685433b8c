//! The figures as a table (RFC 4180) that a spreadsheet opens with its letters whole: UTF-8 with a byte
//! order mark, a Vietnamese header, numbers with a point. Counts nothing.

use crate::error::{Error, Result};
use motcua_contract::figures::FiguresView;
use motcua_domain::figures::{FigureId, TargetSource};

const HEADER: [&str; 10] = [
    "Chỉ số",
    "Mã chỉ số (QĐ 766)",
    "Tử số",
    "Mẫu số",
    "Tỷ lệ (%)",
    "Mục tiêu (%)",
    "Nguồn mục tiêu",
    "Đạt",
    "Từ ngày",
    "Đến ngày",
];

/// The table.
pub fn write(view: &FiguresView) -> Result<Vec<u8>> {
    let fault = |error: &dyn std::fmt::Display| Error::Internal(format!("CSV: {error}"));
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADER).map_err(|error| fault(&error))?;
    for figure in &view.figures {
        let target = figure.target;
        let row = [
            name(figure.id).to_owned(),
            figure.index.clone(),
            figure.share.part.to_string(),
            figure.share.whole.to_string(),
            figure.hundredths.map(percent).unwrap_or_default(),
            target.map(|target| percent(target.hundredths)).unwrap_or_default(),
            target.map(|target| source(target.source)).unwrap_or_default().to_owned(),
            figure
                .is_met()
                .map(|met| if met { "có" } else { "chưa" })
                .unwrap_or_default()
                .to_owned(),
            view.from.to_string(),
            view.to.to_string(),
        ];
        writer.write_record(row).map_err(|error| fault(&error))?;
    }
    writer.into_inner().map_err(|error| fault(&error))
}

/// Hundredths of a percent, such as 5559, as 55.59.
fn percent(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn source(source: TargetSource) -> &'static str {
    match source {
        TargetSource::Commune => "xã tự đặt",
        TargetSource::Index => "mức đạt điểm tối đa",
    }
}

fn name(id: FigureId) -> &'static str {
    match id {
        FigureId::Online => "Hồ sơ nộp trực tuyến",
        FigureId::PaidOnline => "Hồ sơ thanh toán trực tuyến",
        FigureId::OnTime => "Hồ sơ giải quyết đúng hạn",
        FigureId::Digitised => "Hồ sơ đã số hóa",
        FigureId::Reused => "Hồ sơ dùng lại giấy tờ đã có",
        FigureId::Satisfied => "Mức độ hài lòng",
    }
}
