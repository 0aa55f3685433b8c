//! Owns the pages that belong to no payment: home and errors. Knows no state.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use motcua_gateways::vnpay::CreateError;

use crate::page::{Lang, Page};

pub(super) const PARTY: &str = "Cổng thanh toán VNPAY";

/// `GET /`
pub(super) async fn home() -> Response {
    let body = html! {
        p {
            "Chương trình này đóng vai cổng thanh toán VNPAY (PAY 2.1.0) khi dùng thử Một Cửa. "
            "Trang thanh toán chỉ mở từ một khoản lệ phí trong ứng dụng."
        }
        p lang="en" { "This program plays the VNPAY gateway. A payment page opens from the app only." }
    };
    page("Bộ giả lập VNPAY", body).respond(StatusCode::OK)
}

/// The page of a request that was not accepted.
pub(super) fn error(error: &CreateError) -> Response {
    let text = match error {
        CreateError::Duplicate => "Giao dịch đã tồn tại trong hệ thống.",
        CreateError::BadFormat => "Dữ liệu gửi sang không đúng định dạng.",
        CreateError::TimedOut => {
            "Giao dịch đã quá thời gian chờ thanh toán. Quý khách vui lòng thực hiện lại giao dịch."
        }
        CreateError::Amount => "Số tiền không hợp lệ: từ 5.000 đ đến dưới 1.000.000.000 đ.",
        CreateError::BadHash => "Sai chữ ký.",
        CreateError::NotApproved => "Website này chưa được phê duyệt.",
        CreateError::UnknownMerchant => {
            "Không tìm thấy website. Vui lòng kiểm tra lại mã định danh của website (vnp_TmnCode)."
        }
        CreateError::Other(_) => "Có lỗi xảy ra trong quá trình xử lý.",
    };
    let body = html! {
        p class="error" { (text) }
        p { "Mã lỗi: " strong id="error-code" { (error.code()) } }
        p { "Chưa có khoản tiền nào bị trừ ở trang này. Quý khách quay lại ứng dụng để xem khoản lệ phí." }
    };
    page("Không mở được trang thanh toán", body).respond(StatusCode::OK)
}

fn page(heading: &str, body: maud::Markup) -> Page<'_> {
    Page { lang: Lang::Vi, party: PARTY, heading, body, form_origins: Vec::new() }
}
