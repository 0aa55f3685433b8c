//! The PaymentPlatform: opened, confirmed, asked, and its e-receipt.

use motcua_gateways::ack::{Answer, Verdict};
use motcua_gateways::platform::{
    Beneficiary, BillRequest, Confirm, FeeKind, FeeLine, InitRequest, InitResponse, Merchant,
    Payer, QueryRequest, QueryResponse, Receipt, Return, ack, is_pdf,
};
use motcua_gateways::text::OrderInfo;
use motcua_gateways::{MessageError, Outcome, Secret, Stamp, Vnd};
use motcua_simulators::{demo, platform};
use serde_json::json;

use crate::stage::{AMOUNT, RETURN_URL, Shop, Stage, listen, now, query_of, run};

fn merchant() -> Merchant {
    Merchant::new(demo::PLATFORM_PARTNER, Secret::new(demo::PLATFORM_SECRET))
}

fn hears(body: &str) -> Answer {
    let confirm = Confirm::verify(body, &merchant());
    let verdict = match &confirm {
        Ok(confirm) if confirm.is_for(Vnd(AMOUNT)) => Verdict::Recorded,
        Ok(_) => Verdict::WrongAmount,
        Err(_) => Verdict::NotProven,
    };
    ack::answer(verdict, confirm.ok().as_ref(), &merchant())
}

fn open() -> Stage {
    let (listener, origin) = listen();
    let shop = Shop::open(hears);
    let config = platform::Config {
        origin: origin.clone(),
        app_origin: demo::APP_ORIGIN.to_owned(),
        merchant: merchant(),
        return_url: RETURN_URL.to_owned(),
        confirm_url: shop.address.clone(),
        data: None,
        extra_ca: None,
    };
    run(listener, platform::Platform::new(config).unwrap().router());
    Stage::new(origin, shop)
}

fn request(reference: &str, created: Stamp) -> InitRequest {
    InitRequest {
        reference: reference.to_owned(),
        amount: Vnd(AMOUNT),
        order_info: OrderInfo::new("Lệ phí hồ sơ"),
        created,
        ip_addr: "127.0.0.1".to_owned(),
        receipt: Receipt {
            procedure_code: "2.000635".to_owned(),
            procedure_name: "Cấp bản sao trích lục hộ tịch".to_owned(),
            office_code: "H24.31".to_owned(),
            office_name: "xã Kim Thành".to_owned(),
            dossier_code: "H24.31-261126-000042".to_owned(),
            purpose: "Le phi".to_owned(),
            beneficiary: Beneficiary {
                account: "2112201000001".to_owned(),
                bank: "970405".to_owned(),
                name: "UBND XA KIM THANH".to_owned(),
            },
            payer: Payer {
                name: "Phạm Thị Thu Hương".to_owned(),
                identity_number: None,
                address: String::new(),
                district: String::new(),
                province: String::new(),
            },
            lines: vec![FeeLine {
                kind: FeeKind::Charge,
                code: "copy".to_owned(),
                name: "Lệ phí trích lục (2 bản)".to_owned(),
                amount: Vnd(AMOUNT),
            }],
        },
    }
}

impl Stage {
    async fn init(&self, request: &InitRequest) -> InitResponse {
        let body = request.signed(&merchant()).unwrap();
        InitResponse::parse(&self.call("/Init", body).await.1).unwrap()
    }

    /// An order that is open: the token of its page.
    async fn initiated(&self, request: &InitRequest) -> String {
        match self.init(request).await {
            InitResponse::Ready(url) => url.split_once("token=").unwrap().1.to_owned(),
            refused => panic!("{refused:?}"),
        }
    }

    async fn platform_query(&self, request: &InitRequest) -> QueryResponse {
        let asked = QueryRequest { reference: request.reference.clone(), created: request.created };
        let body = asked.signed(&merchant()).unwrap();
        QueryResponse::parse(&self.call("/Query", body).await.1, &merchant(), &asked).unwrap()
    }

    async fn bill(&self, request: &InitRequest) -> Vec<u8> {
        let asked = BillRequest { reference: request.reference.clone(), created: request.created };
        let sent = self.http.post(format!("{}/GetBill", self.origin));
        let answer = sent.body(asked.signed(&merchant()).unwrap()).send().await.unwrap();
        answer.bytes().await.unwrap().to_vec()
    }
}

#[tokio::test]
async fn the_whole_way_to_the_receipt() {
    let stage = open();
    let init = request("HS1", Stamp::from_unix(now()));
    let token = stage.initiated(&init).await;
    assert_eq!(stage.initiated(&init).await, token, "the same INIT is the same order");
    let other = InitRequest { order_info: OrderInfo::new("Khac"), ..init.clone() };
    assert!(matches!(stage.init(&other).await, InitResponse::Refused(..)));
    let (_, html) = stage.page(&format!("{}/ThanhToan?token={token}", stage.origin)).await;
    for part in ["BỘ GIẢ LẬP", "8.000\u{a0}đ", "xã Kim Thành", "VNPT Money"] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(stage.platform_query(&init).await.outcome(), Some(Outcome::Pending));
    assert!(!is_pdf(&stage.bill(&init).await), "no receipt before it is paid");

    let fields = [("token", token.as_str()), ("code", "123456"), ("bank", "VIETTELPAY")];
    let (_, back) = stage.form("/_simulator/code", &fields).await;
    let returned = Return::parse(query_of(&back)).unwrap();
    assert_eq!((returned.reference.as_str(), returned.code.code()), ("HS1", "00"));
    let told = stage.shop.told(1).await;
    let confirm = Confirm::verify(&told[0], &merchant()).unwrap();
    assert!(confirm.outcome() == Outcome::Paid && confirm.is_for(Vnd(AMOUNT)));
    assert_eq!(confirm.bank, "VIETTELPAY");
    let asked = stage.platform_query(&init).await;
    assert!(asked.outcome() == Some(Outcome::Paid) && asked.transaction == confirm.transaction);
    // Asked about with another time it is not this payment.
    let later = request("HS1", init.created.plus(1));
    assert_eq!(stage.platform_query(&later).await.outcome(), None);

    let pdf = stage.bill(&init).await;
    assert!(is_pdf(&pdf) && pdf.ends_with(b"%%EOF"));
    let text = String::from_utf8_lossy(&pdf).into_owned();
    for part in
        ["H24.31-261126-000042", "Cap ban sao trich luc ho tich", "Pham Thi Thu Huong", "8000 VND"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(!is_pdf(&stage.bill(&later).await));
    assert_eq!(stage.shop.told_now(), 1);
}

#[tokio::test]
async fn not_paid_is_confirmed_too_and_unknown_is_not() {
    let stage = open();
    let at = Stamp::from_unix(now());
    for (outcome, failed) in [("cancel", true), ("insufficient", true), ("pending", false)] {
        let init = request(outcome, at);
        let token = stage.initiated(&init).await;
        stage.press(&token, outcome).await;
        let asked = stage.platform_query(&init).await.outcome();
        assert_eq!(matches!(asked, Some(Outcome::Failed(_))), failed, "{outcome}");
        assert!(!is_pdf(&stage.bill(&init).await));
    }
    let told = stage.shop.told(2).await;
    let failed = |body: &String| {
        let confirm = Confirm::verify(body, &merchant()).unwrap();
        matches!(confirm.outcome(), Outcome::Failed(_)) && confirm.transaction.is_none()
    };
    assert!(told.iter().all(failed));
}

#[tokio::test]
async fn a_confirm_is_repeated_until_its_answer_is_right() {
    let stage = open();
    let at = Stamp::from_unix(now());
    *stage.shop.broken.lock().unwrap() = 2;
    stage.knobs(json!({ "clock_factor": 0.0005 })).await;
    let token = stage.initiated(&request("HS1", at)).await;
    stage.press(&token, "success").await;
    stage.shop.told(3).await;
    stage.knobs(json!({ "ipn": "bad_signature", "clock_factor": 0.0005 })).await;
    let token = stage.initiated(&request("HS2", at)).await;
    stage.press(&token, "success").await;
    let told = stage.shop.told(8).await;
    assert_eq!(Confirm::verify(&told[7], &merchant()), Err(MessageError::BadHash));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(stage.shop.told_now(), 8);
}

#[tokio::test]
async fn what_is_refused() {
    let stage = open();
    let at = Stamp::from_unix(now());
    let body = request("HS1", at).signed(&merchant()).unwrap();
    let (_, answer) = stage.call("/Init", body.replace("\"8000\"", "\"9000\"")).await;
    assert!(matches!(InitResponse::parse(&answer), Ok(InitResponse::Refused(..))));
    stage.knobs(json!({ "create": "timeout_created", "clock_factor": 0.005 })).await;
    assert_eq!(stage.call("/Init", body).await.0, 504);
    stage.initiated(&request("HS1", at)).await;
    for (knob, code) in [(json!({ "error": 7 }), "7"), (json!("dup"), "2")] {
        stage.knobs(json!({ "create": knob })).await;
        match stage.init(&request(&format!("E{code}"), at)).await {
            InitResponse::Refused(told, _) => assert_eq!(told, code),
            ready => panic!("{ready:?}"),
        }
    }
    for none in [json!({ "refund": "refused" }), json!({ "query": "rate_limited" })] {
        assert_eq!(stage.call("/_simulator/knobs", none.to_string()).await.0, 422);
    }
}
