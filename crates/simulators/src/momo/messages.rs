//! Owns the `message` of MoMo's result codes. Knows no order.
//!
//! resultcode ("List Result Codes"), and the Vietnamese message of a refusal as a sandbox gave it.

use motcua_gateways::momo::ResultCode as R;

/// What MoMo says with a code.
pub(super) fn message(code: &R, english: bool) -> &'static str {
    let (vi, en) = match code {
        R::Success => ("Thành công.", "Successful."),
        R::Maintenance => ("Hệ thống đang được bảo trì.", "System is under maintenance."),
        R::BadCredentials => ("Xác thực doanh nghiệp thất bại.", "Merchant authentication failed."),
        R::BadFormat => ("Yêu cầu sai định dạng.", "Bad format request."),
        R::BadAmount | R::AmountOutOfRange => {
            ("Số tiền giao dịch không hợp lệ.", "Transaction amount is out of range.")
        }
        R::DuplicateRequest => ("RequestId bị trùng.", "Duplicated requestId."),
        R::DuplicateOrder => ("OrderId bị trùng.", "Duplicated orderId."),
        R::OrderNotFound => {
            ("OrderId không hợp lệ hoặc không được tìm thấy.", "Invalid orderId or not found.")
        }
        R::WaitingForUser => (
            "Giao dịch đã được khởi tạo, chờ người dùng xác nhận thanh toán.",
            "Transaction is initiated, waiting for user confirmation.",
        ),
        R::InsufficientFunds => (
            "Giao dịch thanh toán thất bại do tài khoản người dùng không đủ tiền.",
            "Transaction failed due to insufficient funds.",
        ),
        R::IssuerRefused => (
            "Giao dịch bị từ chối do nhà phát hành tài khoản thanh toán.",
            "Transaction rejected by the issuers of the payment accounts.",
        ),
        R::CancelledAfterAuthorisation => (
            "Giao dịch bị huỷ sau khi đã ghi nhận thành công.",
            "Transaction cancelled after successfully authorized.",
        ),
        R::LimitExceeded => (
            "Số tiền thanh toán vượt quá hạn mức của người dùng.",
            "Payment amount exceeds the daily or monthly limit of the user.",
        ),
        R::Expired => ("Url hoặc QR code đã hết hạn.", "Url or QR code expired."),
        R::UserRefused => ("Giao dịch bị từ chối bởi người dùng.", "Transaction denied by user."),
        R::NotVerifiedByC06 => {
            ("Tài khoản chưa được xác thực với C06.", "The account has not been verified with C06.")
        }
        R::RefundFailed => ("Hoàn tiền thất bại.", "Refund attempt failed."),
        R::AlreadyRefunded => (
            "Yêu cầu hoàn tiền bị từ chối, giao dịch có thể đã được hoàn.",
            "Refund rejected, the original transaction might have been refunded.",
        ),
        R::Processing | R::ProcessingAtProvider => {
            ("Giao dịch đang được xử lý.", "Transaction is being processed.")
        }
        _ => ("Giao dịch không thành công.", "Transaction did not succeed."),
    };
    if english { en } else { vi }
}
