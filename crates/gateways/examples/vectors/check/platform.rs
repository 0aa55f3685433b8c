//! The vectors of the national PaymentPlatform.

use motcua_gateways::platform::{
    Beneficiary, BillRequest, Confirm, FeeKind, FeeLine, InitRequest, Merchant, Payer,
    QueryRequest, Receipt, SCHEME, confirm, init, query,
};
use motcua_gateways::text::OrderInfo;
use motcua_gateways::{Stamp, Vnd};
use serde_json::Value;

use super::{Checked, json, judged, same, secret, sent, signed_string, text, texts, unknown};

/// Checks one vector.
pub fn check(section: &Value, vector: &Value) -> Checked {
    let fields = texts(vector, "input")?;
    let secret = secret(vector)?;
    let proof = text(vector, "expected")?;
    // The vectors write the secret into the string; ours is given to the hash apart.
    let ending = format!("|{}", text(vector, "secret")?);
    let canonical =
        text(vector, "canonical")?.strip_suffix(&ending).ok_or("the secret is not last")?;
    let partner = fields.get("MaDoiTac").map(String::as_str).or(section["MaDoiTac"].as_str());
    let merchant = Merchant::new(partner.ok_or("there is no MaDoiTac")?, secret.clone());
    let body = sent(vector, SCHEME.proof, &[])?;
    let string =
        |order: &[&'static str]| signed_string(&SCHEME, &secret, &fields, order, canonical, proof);
    let made = match text(vector, "op")? {
        "INIT" => {
            string(&init::ORDER)?;
            let body = with_receipt(body, &merchant)?;
            judged(vector, "INIT", InitRequest::verify(&body, &merchant))?
                .map(|request| request.signed(&merchant))
        }
        "CONFIRM" => {
            string(&confirm::ORDER)?;
            judged(vector, "CONFIRM", Confirm::verify(&body.to_string(), &merchant))?
                .map(|confirm| confirm.signed(&merchant))
        }
        "QUERY" => {
            string(&query::ORDER)?;
            judged(vector, "QUERY", QueryRequest::verify(&body.to_string(), &merchant))?
                .map(|request| request.signed(&merchant))
        }
        "GET_BILL" => {
            string(&query::ORDER)?;
            judged(vector, "GET_BILL", BillRequest::verify(&body.to_string(), &merchant))?
                .map(|request| request.signed(&merchant))
        }
        _ => return unknown(vector),
    };
    match made {
        Some(made) => {
            let made = made.map_err(|error| error.to_string())?;
            same("made again", text(&json(&made)?, SCHEME.proof)?, proof)
        }
        None => Ok(()),
    }
}

/// The vectors leave out what is not signed; INIT without it is none.
fn with_receipt(mut body: Value, merchant: &Merchant) -> Result<String, String> {
    let amount = texts(&serde_json::json!({ "sent": body }), "sent")?.remove("SoTien");
    let amount = amount.and_then(|amount| amount.parse().ok()).map(Vnd);
    let amount = amount.ok_or("SoTien is no number")?;
    let line =
        FeeLine { kind: FeeKind::Fee, code: "1.000001.01".into(), name: "Le phi".into(), amount };
    let request = InitRequest {
        reference: "R1".into(),
        amount,
        order_info: OrderInfo::new("Le phi"),
        created: Stamp::from_unix(0),
        ip_addr: "127.0.0.1".into(),
        receipt: Receipt {
            procedure_code: "1.000001".into(),
            procedure_name: "Thu tuc".into(),
            office_code: "H24.1".into(),
            office_name: "UBND xa Kim Thanh".into(),
            dossier_code: "HS1".into(),
            purpose: "Le phi".into(),
            beneficiary: Beneficiary {
                account: "1".into(),
                bank: "970436".into(),
                name: "UBND xa Kim Thanh".into(),
            },
            payer: Payer {
                name: "Nguyen Van A".into(),
                identity_number: None,
                address: String::new(),
                district: String::new(),
                province: String::new(),
            },
            lines: vec![line],
        },
    };
    let made = request.signed(merchant).map_err(|error| error.to_string())?;
    body["ThongTinBienLai"] = json(&made)?["ThongTinBienLai"].clone();
    Ok(body.to_string())
}
