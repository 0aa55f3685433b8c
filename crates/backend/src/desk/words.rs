//! What the desk says of roles, acts, faults of papers, and why something was not done. Knows no page.

use super::data_requests;
use super::job::Job;
use crate::feedback::acts::DOES_NOT_FIT;
use crate::turns::results::{DRAFT_NOT_AGREED, FEE_WITHOUT_AMOUNT, NO_RESULT};
use crate::turns::supplements::REQUEST_IS_OPEN;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_contract::turns::{SignatureState, SignatureView};
use motcua_domain::data_rights::RequestAct;
use motcua_domain::date::Moment;
use motcua_domain::desk::{Act, Role};
use motcua_domain::feedback;
use motcua_domain::paper::PaperFault;
use motcua_domain::payment::FeeState;
use motcua_domain::turns::reappointment::ReappointmentError;
use motcua_domain::turns::supplement::RequestError;

/// A moment as a table writes it: `10:05 26/11/2026`.
pub fn moment(at: Moment) -> String {
    let minute = at.minute_of_day();
    format!("{:02}:{:02} {}", minute / 60, minute % 60, at.date().written())
}

/// What somebody does at the office.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Reception => "Bộ phận tiếp nhận",
        Role::Officer => "Công chức chuyên môn",
        Role::Leader => "Lãnh đạo",
        Role::System => "Hệ thống",
    }
}

/// What a form does, as its heading and its button say.
pub const fn job(job: Job) -> &'static str {
    match job {
        Job::AddResult => "Thêm kết quả điện tử",
        Job::TakeCash => "Thu tiền mặt",
        Job::Act(act) => match act {
            Act::TakeIn => "Tiếp nhận",
            Act::Process => "Bắt đầu xử lý",
            Act::AskSupplement => "Yêu cầu bổ sung",
            Act::EnterPages => "Ghi số trang bản chính",
            Act::DecideExemption => "Quyết định miễn phí",
            Act::Refuse => "Từ chối tiếp nhận",
            Act::Stop => "Dừng giải quyết",
            Act::DecideWithdrawal => "Quyết định việc rút hồ sơ",
            Act::SendDraft => "Gửi bản dự thảo",
            Act::Reappoint => "Xin lỗi và hẹn lại",
            Act::Finish => "Kết thúc hồ sơ",
            Act::Return => "Trả kết quả",
        },
    }
}

/// What is done with feedback.
pub const fn feedback_act(act: feedback::Act) -> &'static str {
    match act {
        feedback::Act::Ask => "Hỏi thêm người gửi",
        feedback::Act::Answer => "Trả lời",
        feedback::Act::Refuse => "Từ chối phản ánh",
        feedback::Act::Publish => "Công khai câu trả lời",
    }
}

/// Where feedback stands.
pub const fn feedback_state(state: feedback::State) -> &'static str {
    match state {
        feedback::State::Received => "Mới nhận",
        feedback::State::Asked => "Chờ người gửi nói thêm",
        feedback::State::Added => "Người gửi đã nói thêm",
        feedback::State::Answered => "Đã trả lời",
        feedback::State::Refused => "Đã từ chối",
    }
}

/// An act as the audit log names it.
pub fn logged(act: &str) -> String {
    if let Some(known) = feedback::Act::find(act) {
        return feedback_act(known).to_owned();
    }
    match (Job::find(act), act) {
        (Some(known), _) => job(known).to_owned(),
        (None, "sign_in") => "Đăng nhập".to_owned(),
        (None, "read") => "Xem hồ sơ".to_owned(),
        (None, "read_file") => "Xem tệp".to_owned(),
        (None, "order_refund") => "Cho hoàn tiền".to_owned(),
        (None, "refund_by_hand") => "Đã hoàn tiền tại quầy".to_owned(),
        (None, "void_receipt") => "Hủy biên lai tiền mặt".to_owned(),
        (None, "confirm_at_counter") => "Người yêu cầu xác nhận tại quầy".to_owned(),
        (None, "change_status") => "Đổi trạng thái".to_owned(),
        (None, other) if other.starts_with("data_") => {
            match other.strip_prefix("data_").and_then(RequestAct::find) {
                Some(act) => format!("Yêu cầu về dữ liệu: {}", data_requests::act(act)),
                None => other.to_owned(),
            }
        }
        (None, other) => other.to_owned(),
    }
}

/// What the citizen was told of a paper and sent it with.
pub const fn fault(fault: PaperFault) -> &'static str {
    match fault {
        PaperFault::TooDark => "ảnh tối",
        PaperFault::Blurred => "ảnh mờ",
        PaperFault::Glare => "ảnh lóa",
        PaperFault::CutCorner => "mất góc",
        PaperFault::Covered => "bị che mép",
        PaperFault::TooSmall => "chữ nhỏ",
        PaperFault::Blank => "trang trống",
        PaperFault::SamePage => "trùng trang",
        PaperFault::TooFewPages => "thiếu trang",
        PaperFault::TooManyPages => "thừa trang",
        PaperFault::OutOfOrder => "sai thứ tự",
    }
}

/// Where a fee stands.
pub const fn fee(state: FeeState) -> &'static str {
    match state {
        FeeState::AwaitingAmount => "Chưa có số tiền",
        FeeState::Due => "Chưa nộp",
        FeeState::Paid => "Đã nộp trực tuyến",
        FeeState::PaidOffline => "Đã nộp tại quầy",
        FeeState::Waived => "Không phải nộp",
    }
}

/// What was found of a result's signatures.
pub fn signature(found: Option<&SignatureView>) -> String {
    let Some(SignatureView { state, signers }) = found else { return "chưa ký số".to_owned() };
    let signers = signers.join(", ");
    match state {
        SignatureState::Checked => format!("chữ ký số đúng: {signers}"),
        SignatureState::UnknownSigner => {
            format!("chữ ký số còn nguyên, chưa kiểm tra được người ký: {signers}")
        }
        SignatureState::NotCheckable => "có chữ ký số, không kiểm tra được".to_owned(),
    }
}

/// A field of a form, by its name.
const FIELDS: [(&str, &str); 10] = [
    ("reason", "Lý do"),
    ("basis", "Căn cứ pháp lý"),
    ("advice", "Hướng dẫn"),
    ("note", "Ghi chú"),
    ("pages", "Số trang"),
    ("number", "Số của kết quả"),
    ("day", "Ngày hẹn mới"),
    ("accepted", "Đồng ý hay không"),
    ("question", "Nội dung, câu hỏi"),
    ("answer", "Câu trả lời"),
];

fn of_reappointment(detail: &str) -> Option<&'static str> {
    use ReappointmentError::{Again, NoAppointment, NotAWorkingDay, NotLater, TooFar};
    let known = [
        (NoAppointment, "Hồ sơ này chưa có ngày hẹn, nên không hẹn lại được."),
        (Again, "Hồ sơ này đã hẹn lại một lần. Không được hẹn lại lần nữa."),
        (NotLater, "Ngày mới phải sau hôm nay và sau ngày hẹn cũ."),
        (NotAWorkingDay, "Ngày mới là ngày nghỉ."),
        (TooFar, "Ngày mới quá xa: nhiều nhất 60 ngày làm việc."),
    ];
    known.into_iter().find(|(why, _)| why.to_string() == detail).map(|(_, words)| words)
}

fn of_request(detail: &str) -> Option<&'static str> {
    let known = [
        (RequestError::Count, "Cần từ 1 đến 20 mục."),
        (RequestError::Id, "Các mục bị lẫn. Hãy mở lại trang."),
        (RequestError::Words, "Mỗi mục cần tên và lý do, mỗi ô nhiều nhất 1.000 chữ."),
    ];
    known.into_iter().find(|(why, _)| why.to_string() == detail).map(|(_, words)| words)
}

fn of_field(detail: &str) -> Option<String> {
    let (name, _) = detail.split_once(':')?;
    let (_, label) = FIELDS.iter().find(|(field, _)| *field == name)?;
    Some(format!("Ô “{label}” còn trống, quá dài hoặc không đúng."))
}

/// Why something was not done, in plain words.
pub fn said(problem: &Problem) -> String {
    let detail = problem.detail.as_deref().unwrap_or_default();
    let known = of_reappointment(detail).or_else(|| of_request(detail)).or(match detail {
        NO_RESULT => Some("Chưa có kết quả điện tử. Thêm kết quả, hoặc đánh dấu “không có tệp”."),
        DRAFT_NOT_AGREED => Some("Người dân chưa đồng ý với bản dự thảo."),
        FEE_WITHOUT_AMOUNT => Some("Còn khoản thu chưa có số tiền. Hãy ghi số trang."),
        DOES_NOT_FIT => Some("Việc này đã làm rồi, hoặc đã hết hạn để làm. Xem lại trang."),
        REQUEST_IS_OPEN => Some("Đang có một yêu cầu bổ sung chưa trả lời."),
        _ => None,
    });
    if let Some(words) = known {
        return words.to_owned();
    }
    if let Some(words) = of_field(detail) {
        return words;
    }
    let words = match problem.kind {
        ProblemType::Forbidden => "Việc này không thuộc vai trò của bạn.",
        ProblemType::WrongStatus => "Hồ sơ đang ở trạng thái khác. Xem lại rồi làm tiếp.",
        ProblemType::SecondRound => {
            "Đây không phải lần đầu. Đánh dấu ô “tính là quá hạn” rồi gửi lại."
        }
        ProblemType::FeeNotPayable => {
            "Khoản này không thu được bây giờ: đã nộp, được miễn, hoặc ví đang kiểm tra."
        }
        ProblemType::NotFound => "Không tìm thấy.",
        ProblemType::PersonalData => {
            "Có số dài, mã hồ sơ hoặc địa chỉ thư. Hãy bỏ đi trước khi công khai."
        }
        ProblemType::BodyTooLarge => "Tệp quá lớn: nhiều nhất 12 MB.",
        ProblemType::MalformedBody => "Biểu mẫu còn chỗ chưa đúng.",
        ProblemType::SignatureBroken => "Tệp bị sửa sau khi ký số. Lấy lại tệp đã ký rồi gửi.",
        ProblemType::Internal => {
            return format!("Máy chủ có lỗi. Báo kỹ thuật: {detail}.");
        }
        _ => "Tệp này không dùng được. Chỉ nhận ảnh hoặc PDF không khóa.",
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(kind: ProblemType, detail: &str) -> String {
        said(&Problem::new(kind).with_detail(detail))
    }

    #[test]
    fn what_the_domain_refuses_is_said_in_words_of_its_own() {
        let again = words(ProblemType::WrongStatus, &ReappointmentError::Again.to_string());
        assert!(again.contains("đã hẹn lại một lần"), "{again}");
        let items = words(ProblemType::MalformedBody, &RequestError::Count.to_string());
        assert!(items.contains("20 mục"), "{items}");
        let reason = words(ProblemType::MalformedBody, "reason: 1 to 1000");
        assert!(reason.contains("“Lý do”"), "{reason}");
        let result = words(ProblemType::WrongStatus, NO_RESULT);
        assert!(result.contains("Chưa có kết quả"), "{result}");
        assert!(words(ProblemType::WrongStatus, "").contains("trạng thái khác"));
        assert!(words(ProblemType::Internal, "fault 12AB").contains("12AB"));
    }
}
