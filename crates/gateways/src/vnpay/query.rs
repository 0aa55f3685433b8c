//! Owns querydr: asking the gateway what became of a transaction, and the gateway's answer. Knows
//! no attempt and no polling plan.
//!
//! VNPAY PAY 2.1.0, querydr&refund.html: `POST /merchant_webapi/api/transaction`, JSON both ways.

use serde_json::Value;

use super::amount::{Amount, parse_hundredths};
use super::canonical::VALUES;
use super::codes::{ApiCode, TransactionStatus};
use super::outcome::{Outcome, outcome_of_status};
use super::{Merchant, VERSION};
use crate::fields::{Draft, Fields, MessageError};
use crate::stamp::Stamp;
use crate::text::OrderInfo;

/// The signed fields of a request, in the order in which they are hashed.
pub const REQUEST: [&str; 9] = [
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_TransactionDate",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
];

/// The signed fields of an answer, in the order in which they are hashed.
pub const RESPONSE: [&str; 15] = [
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
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
];

/// A question about one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRequest {
    /// `vnp_RequestId`: 1 to 32 letters and digits, a new one for every request.
    pub request_id: String,
    /// `vnp_TxnRef` of the pay request.
    pub txn_ref: String,
    /// `vnp_TransactionDate`: the pay request's `vnp_CreateDate`.
    pub transaction_date: Stamp,
    /// `vnp_CreateDate`: now.
    pub created: Stamp,
    /// `vnp_IpAddr`: the asking server's address.
    pub ip_addr: String,
    /// `vnp_OrderInfo`: why it is asked.
    pub order_info: OrderInfo,
}

impl QueryRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        let values = [
            self.request_id.clone(),
            VERSION.to_owned(),
            "querydr".to_owned(),
            merchant.tmn_code.clone(),
            self.txn_ref.clone(),
            self.transaction_date.to_string(),
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
        fields.must_be("vnp_Command", "querydr")?;
        fields.must_be("vnp_Version", VERSION)?;
        Ok(Self {
            request_id: fields.needed("vnp_RequestId")?,
            txn_ref: fields.needed("vnp_TxnRef")?,
            transaction_date: fields.parsed("vnp_TransactionDate")?,
            created: fields.parsed("vnp_CreateDate")?,
            ip_addr: fields.needed("vnp_IpAddr")?,
            order_info: OrderInfo::received(fields.needed("vnp_OrderInfo")?),
        })
    }
}

/// The gateway's answer about one transaction. Everything but the first three fields may be
/// absent when `response_code` is not 00.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryResponse {
    /// `vnp_ResponseId`.
    pub response_id: String,
    /// `vnp_ResponseCode`: how the question was dealt with, not what became of the money.
    pub response_code: ApiCode,
    /// `vnp_Message`.
    pub message: String,
    /// `vnp_TxnRef`.
    pub txn_ref: Option<String>,
    /// `vnp_Amount`, in hundredths of a đồng.
    pub amount_hundredths: Option<u64>,
    /// `vnp_BankCode`.
    pub bank_code: Option<String>,
    /// `vnp_PayDate`.
    pub pay_date: Option<Stamp>,
    /// `vnp_TransactionNo`; none when it was `0`.
    pub transaction_no: Option<String>,
    /// `vnp_TransactionType`: 01 payment, 02 full refund, 03 partial refund.
    pub transaction_type: Option<String>,
    /// `vnp_TransactionStatus`.
    pub transaction_status: Option<TransactionStatus>,
    /// `vnp_OrderInfo` of the pay request.
    pub order_info: Option<String>,
}

impl QueryResponse {
    /// Proves and reads the answer to `asked`. An answer without a hash, with a wrong one, or
    /// about another transaction is an error, whatever it says.
    pub fn verify(
        body: &str,
        merchant: &Merchant,
        asked: &QueryRequest,
    ) -> Result<Self, MessageError> {
        let response = Self::read(body, merchant)?;
        if response.txn_ref.as_ref().is_some_and(|given| *given != asked.txn_ref) {
            return Err(MessageError::Foreign("vnp_TxnRef"));
        }
        Ok(response)
    }

    fn read(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        fields.prove(&VALUES, &merchant.secret, &RESPONSE)?;
        fields.must_be("vnp_Command", "querydr")?;
        if !fields.get("vnp_TmnCode").is_empty() {
            fields.must_be("vnp_TmnCode", &merchant.tmn_code)?;
        }
        let response = Self {
            response_id: fields.get("vnp_ResponseId").to_owned(),
            response_code: fields.needed("vnp_ResponseCode")?.as_str().into(),
            message: fields.get("vnp_Message").to_owned(),
            txn_ref: fields.optional("vnp_TxnRef"),
            amount_hundredths: match fields.get("vnp_Amount") {
                "" => None,
                text => Some(parse_hundredths(text).ok_or(MessageError::Malformed("vnp_Amount"))?),
            },
            bank_code: fields.optional("vnp_BankCode"),
            pay_date: match fields.get("vnp_PayDate") {
                "" => None,
                _ => Some(fields.parsed("vnp_PayDate")?),
            },
            transaction_no: fields.optional("vnp_TransactionNo").filter(|no| no != "0"),
            transaction_type: fields.optional("vnp_TransactionType"),
            transaction_status: fields
                .optional("vnp_TransactionStatus")
                .map(|code| code.as_str().into()),
            order_info: fields.optional("vnp_OrderInfo"),
        };
        if response.response_code == ApiCode::Success {
            fields.must_be("vnp_TmnCode", &merchant.tmn_code)?;
            fields.needed("vnp_TxnRef")?;
            fields.needed("vnp_Amount")?;
            fields.needed("vnp_TransactionStatus")?;
        }
        Ok(response)
    }

    /// What became of the money; none when the gateway did not answer the question (any response
    /// code but 00: see [`QueryResponse::response_code`], e.g. 91 not found, 94 asked too often).
    pub fn outcome(&self) -> Option<Outcome> {
        match (&self.response_code, &self.transaction_status) {
            (ApiCode::Success, Some(status)) => Some(outcome_of_status(status)),
            _ => None,
        }
    }

    /// True when the answer is about exactly this amount.
    pub fn is_for(&self, amount: Amount) -> bool {
        self.amount_hundredths == Some(amount.hundredths())
    }

    /// The gateway's side: the signed JSON body.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let values = [
            self.response_id.clone(),
            "querydr".to_owned(),
            self.response_code.to_string(),
            self.message.clone(),
            merchant.tmn_code.clone(),
            text(&self.txn_ref),
            self.amount_hundredths.map(|n| n.to_string()).unwrap_or_default(),
            text(&self.bank_code),
            self.pay_date.map(|at| at.to_string()).unwrap_or_default(),
            text(&self.transaction_no),
            text(&self.transaction_type),
            self.transaction_status.as_ref().map(|s| s.to_string()).unwrap_or_default(),
            text(&self.order_info),
            String::new(),
            String::new(),
        ];
        let draft = Draft::new(RESPONSE.into_iter().zip(values.map(Value::from)));
        Ok(draft.signed(&VALUES, &merchant.secret, &RESPONSE)?.without_empties().json())
    }
}
