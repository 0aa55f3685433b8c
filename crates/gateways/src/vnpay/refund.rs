//! Owns refund: asking the gateway to give money back, and its answer. Knows no fee and no policy.
//!
//! VNPAY PAY 2.1.0, querydr&refund.html: `POST /merchant_webapi/api/transaction`, JSON both ways.

use serde_json::Value;

use super::amount::parse_hundredths;
use super::canonical::VALUES;
use super::codes::{ApiCode, TransactionStatus};
use super::{Merchant, VERSION};
use crate::fields::{Draft, Fields, MessageError};
use crate::stamp::Stamp;
use crate::text::OrderInfo;

/// The signed fields of a request, in the order in which they are hashed.
pub const REQUEST: [&str; 13] = [
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TransactionType",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_TransactionNo",
    "vnp_TransactionDate",
    "vnp_CreateBy",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
];

/// The signed fields of an answer, in the order in which they are hashed.
pub const RESPONSE: [&str; 13] = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
];

/// How much is given back (`vnp_TransactionType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundKind {
    /// 02: all of it.
    Full,
    /// 03: a part.
    Partial,
}

impl RefundKind {
    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "02",
            Self::Partial => "03",
        }
    }
}

/// A request to give money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// `vnp_RequestId`: 1 to 32 letters and digits, a new one for every request.
    pub request_id: String,
    /// `vnp_TransactionType`.
    pub kind: RefundKind,
    /// `vnp_TxnRef` of the pay request.
    pub txn_ref: String,
    /// `vnp_Amount` to give back, in hundredths of a đồng (a part may be under the pay floor).
    pub amount_hundredths: u64,
    /// `vnp_TransactionNo` of the payment; may be unknown.
    pub transaction_no: Option<String>,
    /// `vnp_TransactionDate`: the pay request's `vnp_CreateDate`.
    pub transaction_date: Stamp,
    /// `vnp_CreateBy`: who at the merchant asks.
    pub created_by: String,
    /// `vnp_CreateDate`: now.
    pub created: Stamp,
    /// `vnp_IpAddr`: the asking server's address.
    pub ip_addr: String,
    /// `vnp_OrderInfo`: why.
    pub order_info: OrderInfo,
}

impl RefundRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        let values = [
            self.request_id.clone(),
            VERSION.to_owned(),
            "refund".to_owned(),
            merchant.tmn_code.clone(),
            self.kind.code().to_owned(),
            self.txn_ref.clone(),
            self.amount_hundredths.to_string(),
            self.transaction_no.clone().unwrap_or_default(),
            self.transaction_date.to_string(),
            self.created_by.clone(),
            self.created.to_string(),
            self.ip_addr.clone(),
            self.order_info.as_str().to_owned(),
        ];
        let draft = Draft::new(REQUEST.into_iter().zip(values.map(Value::from)));
        Ok(draft.signed(&VALUES, &merchant.secret, &REQUEST)?.json())
    }

    /// The gateway's side: proves and reads a request.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        fields.must_be("vnp_TmnCode", &merchant.tmn_code)?;
        fields.prove(&VALUES, &merchant.secret, &REQUEST)?;
        fields.must_be("vnp_Command", "refund")?;
        fields.must_be("vnp_Version", VERSION)?;
        let amount = parse_hundredths(fields.get("vnp_Amount"));
        Ok(Self {
            request_id: fields.needed("vnp_RequestId")?,
            kind: match fields.get("vnp_TransactionType") {
                "02" => RefundKind::Full,
                "03" => RefundKind::Partial,
                _ => return Err(MessageError::Malformed("vnp_TransactionType")),
            },
            txn_ref: fields.needed("vnp_TxnRef")?,
            amount_hundredths: amount.ok_or(MessageError::Malformed("vnp_Amount"))?,
            transaction_no: fields.optional("vnp_TransactionNo").filter(|no| no != "0"),
            transaction_date: fields.parsed("vnp_TransactionDate")?,
            created_by: fields.needed("vnp_CreateBy")?,
            created: fields.parsed("vnp_CreateDate")?,
            ip_addr: fields.needed("vnp_IpAddr")?,
            order_info: OrderInfo::received(fields.needed("vnp_OrderInfo")?),
        })
    }
}

/// The gateway's answer to a refund request. 00 means accepted: ask querydr until the status is
/// final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundResponse {
    /// `vnp_ResponseId`.
    pub response_id: String,
    /// `vnp_ResponseCode`.
    pub response_code: ApiCode,
    /// `vnp_Message`.
    pub message: String,
    /// `vnp_TxnRef`.
    pub txn_ref: String,
    /// `vnp_Amount`, in hundredths of a đồng.
    pub amount_hundredths: Option<u64>,
    /// `vnp_BankCode`.
    pub bank_code: Option<String>,
    /// `vnp_PayDate`.
    pub pay_date: Option<Stamp>,
    /// `vnp_TransactionNo` of the refund.
    pub transaction_no: Option<String>,
    /// `vnp_TransactionType`: 02 or 03.
    pub transaction_type: Option<String>,
    /// `vnp_TransactionStatus`: 05, 06 or 09 once accepted.
    pub transaction_status: Option<TransactionStatus>,
    /// `vnp_OrderInfo`.
    pub order_info: Option<String>,
}

impl RefundResponse {
    /// Proves and reads the answer to `asked`.
    pub fn verify(
        body: &str,
        merchant: &Merchant,
        asked: &RefundRequest,
    ) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        fields.prove(&VALUES, &merchant.secret, &RESPONSE)?;
        fields.must_be("vnp_Command", "refund")?;
        fields.must_be("vnp_TxnRef", &asked.txn_ref)?;
        Ok(Self {
            response_id: fields.get("vnp_ResponseId").to_owned(),
            response_code: fields.needed("vnp_ResponseCode")?.as_str().into(),
            message: fields.get("vnp_Message").to_owned(),
            txn_ref: fields.needed("vnp_TxnRef")?,
            amount_hundredths: parse_hundredths(fields.get("vnp_Amount")),
            bank_code: fields.optional("vnp_BankCode"),
            pay_date: fields.parsed("vnp_PayDate").ok(),
            transaction_no: fields.optional("vnp_TransactionNo").filter(|no| no != "0"),
            transaction_type: fields.optional("vnp_TransactionType"),
            transaction_status: fields
                .optional("vnp_TransactionStatus")
                .map(|code| code.as_str().into()),
            order_info: fields.optional("vnp_OrderInfo"),
        })
    }

    /// The gateway's side: the signed JSON body.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let values = [
            self.response_id.clone(),
            "refund".to_owned(),
            self.response_code.to_string(),
            self.message.clone(),
            merchant.tmn_code.clone(),
            self.txn_ref.clone(),
            self.amount_hundredths.map(|n| n.to_string()).unwrap_or_default(),
            text(&self.bank_code),
            self.pay_date.map(|at| at.to_string()).unwrap_or_default(),
            text(&self.transaction_no),
            text(&self.transaction_type),
            self.transaction_status.as_ref().map(|s| s.to_string()).unwrap_or_default(),
            text(&self.order_info),
        ];
        let draft = Draft::new(RESPONSE.into_iter().zip(values.map(Value::from)));
        Ok(draft.signed(&VALUES, &merchant.secret, &RESPONSE)?.without_empties().json())
    }
}
