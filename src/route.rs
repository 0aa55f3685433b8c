//! Every address of the app, once: parses and prints. Knows nothing of the pages behind them.

pub mod mask;

use motcua_contract::session::LoginFailure;
use motcua_domain::dossier::DossierCode;
use motcua_domain::procedure::ProcedureCode;
use motcua_domain::scan;
use motcua_journeys::draft::DraftKey;
use std::fmt;

/// A page of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Start page.
    Start,
    /// Scan a code.
    Scan,
    /// Find a procedure by name.
    Search,
    /// The procedures of an event of life.
    Event(String),
    /// The procedures of a sector.
    Sector(String),
    /// Look-alike procedures told apart, at one of the questions.
    Choose(String, Option<String>),
    /// The poster of a procedure.
    Poster(ProcedureCode),
    /// The poster of a sector.
    Sheet(String),
    /// What a procedure is.
    Procedure(ProcedureCode),
    /// What is needed before filling a dossier.
    Begin(DraftKey),
    /// One page of questions.
    Question(DraftKey, String),
    /// For whom a dossier is filed.
    Behalf(DraftKey),
    /// The declaration that the answers make, for print.
    Declaration(DraftKey),
    /// A slip for the counter.
    Slip(DraftKey),
    /// The papers.
    Papers(DraftKey),
    /// The camera for a component's paper; with a page, which is taken again.
    Capture(DraftKey, String, Option<String>),
    /// Putting a photographed page right.
    PaperPage(DraftKey, String),
    /// All answers before submitting.
    Check(DraftKey),
    /// Signing in and submitting.
    Send(DraftKey),
    /// Giving a draft to another device.
    Give(DraftKey),
    /// Taking a draft from another device; by the slot in a scanned link, or by digits.
    Take(Option<String>),
    /// Saying whether a dossier was filed in one's name; by a scanned link, or by digits.
    Confirm(Option<String>),
    /// The intake receipt.
    Receipt(DossierCode),
    /// The fee of a dossier.
    Fee(DossierCode),
    /// Asking somebody else to pay it.
    AskToPay(DossierCode),
    /// Paying for somebody who asked.
    PayFor(String),
    /// The receipt of a paid fee.
    FeeReceipt(String),
    /// A slip that the office gave.
    OfficeSlip(String),
    /// Back from a wallet.
    Payment(String),
    /// Ask for a dossier's code.
    Track,
    /// Where a dossier stands.
    Dossier(DossierCode),
    /// Giving the office what it asks for.
    Supplement(DossierCode),
    /// Asking for a dossier back.
    Withdraw(DossierCode),
    /// Looking at a draft of the result.
    DraftResult(DossierCode),
    /// Choosing how the paper result comes.
    Delivery(DossierCode),
    /// Papers that the office has of whoever is signed in.
    MyPapers,
    /// What is kept of whoever looks.
    MyData,
    /// Writing feedback to the office; about the dossier that is named, if one is.
    Feedback(Option<DossierCode>),
    /// Where feedback stands; by its code, which the page reads.
    Voice(String),
    /// The answers that the office published.
    Answers,
    /// The figures that the commune is judged by.
    Figures,
    /// A login that led nowhere.
    LoginFailed,
    /// Making this device everybody's, or nobody's any more.
    Counter,
    /// The guided run with fictional people.
    Demo,
    /// Anything else.
    Unknown,
}

/// An address with what comes after its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The page.
    pub route: Route,
    /// Whether the citizen came to change something and wants back to the check page.
    pub changing: bool,
    /// Which question of a page, in easy mode.
    pub step: usize,
    /// How a login ended that did not work.
    pub login: Option<LoginFailure>,
    /// The key of a dossier, from the fragment, which never leaves the device.
    pub key: Option<String>,
}

impl Visit {
    /// Reads an address. Total: a QR code can carry anything.
    pub fn parse(path: &str, query: &str, fragment: &str) -> Self {
        let find = |name: &str| {
            query
                .trim_start_matches('?')
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        Self {
            route: Route::parse(path),
            changing: find("sua").is_some(),
            step: find("buoc").and_then(|step| step.parse().ok()).unwrap_or(0),
            login: find("login").and_then(LoginFailure::parse),
            key: fragment
                .trim_start_matches('#')
                .strip_prefix("k=")
                .filter(|key| scan::is_key(key))
                .map(str::to_owned)
                .or_else(|| path.split('/').find_map(mask::find_key)),
        }
    }
}

impl Route {
    /// Reads a path.
    pub fn parse(path: &str) -> Self {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        Self::find(&segments).unwrap_or(Self::Unknown)
    }

    fn find(segments: &[&str]) -> Option<Self> {
        let procedure = |text: &str| ProcedureCode::parse(text).ok();
        let draft = DraftKey::parse;
        let dossier = |text: &str| DossierCode::parse(text).ok().or_else(|| mask::find(text));
        Some(match segments {
            [] => Self::Start,
            ["quet"] => Self::Scan,
            ["tim"] => Self::Search,
            ["viec", id] if is_id(id) => Self::Event((*id).to_owned()),
            ["linh-vuc", id] if is_id(id) => Self::Sector((*id).to_owned()),
            ["chon", id] if is_id(id) => Self::Choose((*id).to_owned(), None),
            ["chon", id, question] if is_id(id) && is_id(question) => {
                Self::Choose((*id).to_owned(), Some((*question).to_owned()))
            }
            ["to-dan", code] => Self::Poster(procedure(code)?),
            ["to-dan", "linh-vuc", id] if is_id(id) => Self::Sheet((*id).to_owned()),
            ["thu-tuc", code] => Self::Procedure(procedure(code)?),
            ["nop", key, "bat-dau"] => Self::Begin(draft(key)?),
            ["nop", key, "cau-hoi", page] if is_id(page) => {
                Self::Question(draft(key)?, (*page).to_owned())
            }
            ["nop", key, "cho-ai"] => Self::Behalf(draft(key)?),
            ["nop", key, "to-khai"] => Self::Declaration(draft(key)?),
            ["nop", key, "phieu"] => Self::Slip(draft(key)?),
            ["xac-nhan"] => Self::Confirm(None),
            ["xac-nhan", token] if is_id(token) => Self::Confirm(Some((*token).to_owned())),
            ["nop", key, "giay-to"] => Self::Papers(draft(key)?),
            ["nop", key, "chup", component] if is_id(component) => {
                Self::Capture(draft(key)?, (*component).to_owned(), None)
            }
            ["nop", key, "chup", component, sheet] if is_id(component) && is_id(sheet) => {
                Self::Capture(draft(key)?, (*component).to_owned(), Some((*sheet).to_owned()))
            }
            ["nop", key, "trang", sheet] if is_id(sheet) => {
                Self::PaperPage(draft(key)?, (*sheet).to_owned())
            }
            ["nop", key, "kiem-tra"] => Self::Check(draft(key)?),
            ["nop", key, "gui"] => Self::Send(draft(key)?),
            ["nop", key, "chuyen-may"] => Self::Give(draft(key)?),
            ["ban-giao"] => Self::Take(None),
            ["ban-giao", slot] if is_id(slot) => Self::Take(Some((*slot).to_owned())),
            ["ho-so", code, "da-nop"] => Self::Receipt(dossier(code)?),
            ["ho-so", code, "le-phi"] => Self::Fee(dossier(code)?),
            ["ho-so", code, "nho-tra"] => Self::AskToPay(dossier(code)?),
            ["tra-giup", token] if is_id(token) => Self::PayFor((*token).to_owned()),
            ["thanh-toan", token] if is_id(token) => Self::Payment((*token).to_owned()),
            ["bien-lai", token] if is_id(token) => Self::FeeReceipt((*token).to_owned()),
            ["phieu", token] if is_id(token) => Self::OfficeSlip((*token).to_owned()),
            ["tra-cuu"] => Self::Track,
            ["tra-cuu", code] => Self::Dossier(dossier(code)?),
            ["ho-so", code, "bo-sung"] => Self::Supplement(dossier(code)?),
            ["ho-so", code, "rut"] => Self::Withdraw(dossier(code)?),
            ["ho-so", code, "du-thao"] => Self::DraftResult(dossier(code)?),
            ["ho-so", code, "nhan-ket-qua"] => Self::Delivery(dossier(code)?),
            ["giay-to-cua-toi"] => Self::MyPapers,
            ["du-lieu-cua-toi"] => Self::MyData,
            ["phan-anh"] => Self::Feedback(None),
            ["ho-so", code, "phan-anh"] => Self::Feedback(Some(dossier(code)?)),
            ["phan-anh", "tra-loi"] => Self::Answers,
            ["phan-anh", code] if is_id(code) => Self::Voice(mask::unmasked(code)),
            ["so-lieu"] => Self::Figures,
            ["dang-nhap-loi"] => Self::LoginFailed,
            ["quay"] => Self::Counter,
            ["quay", "trinh-dien"] => Self::Demo,
            _ => return None,
        })
    }

    /// The same page at one of its questions, in easy mode.
    pub fn at_step(&self, step: usize, changing: bool) -> String {
        let changing = if changing { "&sua=1" } else { "" };
        format!("{self}?buoc={step}{changing}")
    }

    /// The address of a page on this device, with the key that opens the dossier which it is about.
    pub fn with_key(&self, code: &DossierCode, key: Option<&str>) -> String {
        format!("{self}{}", mask::fragment(code, key))
    }

    /// The address of a dossier, or of feedback, as another device opens it: with its code, whatever this device is.
    pub fn for_others(&self, key: Option<&str>) -> String {
        let key = key.map(|key| format!("#k={key}")).unwrap_or_default();
        match self {
            Self::Dossier(code) => format!("/tra-cuu/{code}{key}"),
            Self::Fee(code) => format!("/ho-so/{code}/le-phi{key}"),
            Self::Voice(code) => format!("/phan-anh/{code}{key}"),
            other => format!("{other}{key}"),
        }
    }

    /// The same page, opened to change something and come back to the check page.
    pub fn to_change(&self) -> String {
        format!("{self}?sua=1")
    }
}

fn is_id(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start | Self::Unknown => f.write_str("/"),
            Self::Scan => f.write_str("/quet"),
            Self::Search => f.write_str("/tim"),
            Self::Event(id) => write!(f, "/viec/{id}"),
            Self::Sector(id) => write!(f, "/linh-vuc/{id}"),
            Self::Choose(id, None) => write!(f, "/chon/{id}"),
            Self::Choose(id, Some(question)) => write!(f, "/chon/{id}/{question}"),
            Self::Poster(code) => write!(f, "/to-dan/{code}"),
            Self::Sheet(id) => write!(f, "/to-dan/linh-vuc/{id}"),
            Self::Procedure(code) => write!(f, "/thu-tuc/{code}"),
            Self::Begin(key) => write!(f, "/nop/{key}/bat-dau"),
            Self::Question(key, page) => write!(f, "/nop/{key}/cau-hoi/{page}"),
            Self::Behalf(key) => write!(f, "/nop/{key}/cho-ai"),
            Self::Declaration(key) => write!(f, "/nop/{key}/to-khai"),
            Self::Slip(key) => write!(f, "/nop/{key}/phieu"),
            Self::Confirm(None) => f.write_str("/xac-nhan"),
            Self::Confirm(Some(token)) => write!(f, "/xac-nhan/{token}"),
            Self::Papers(key) => write!(f, "/nop/{key}/giay-to"),
            Self::Capture(key, component, None) => write!(f, "/nop/{key}/chup/{component}"),
            Self::Capture(key, component, Some(sheet)) => {
                write!(f, "/nop/{key}/chup/{component}/{sheet}")
            }
            Self::PaperPage(key, sheet) => write!(f, "/nop/{key}/trang/{sheet}"),
            Self::Check(key) => write!(f, "/nop/{key}/kiem-tra"),
            Self::Send(key) => write!(f, "/nop/{key}/gui"),
            Self::Give(key) => write!(f, "/nop/{key}/chuyen-may"),
            Self::Take(None) => f.write_str("/ban-giao"),
            Self::Take(Some(slot)) => write!(f, "/ban-giao/{slot}"),
            Self::Receipt(code) => write!(f, "/ho-so/{}/da-nop", mask::name_of(code.as_str())),
            Self::Fee(code) => write!(f, "/ho-so/{}/le-phi", mask::name_of(code.as_str())),
            Self::AskToPay(code) => write!(f, "/ho-so/{}/nho-tra", mask::name_of(code.as_str())),
            Self::PayFor(token) => write!(f, "/tra-giup/{token}"),
            Self::Payment(token) => write!(f, "/thanh-toan/{token}"),
            Self::FeeReceipt(token) => write!(f, "/bien-lai/{token}"),
            Self::OfficeSlip(token) => write!(f, "/phieu/{token}"),
            Self::Track => f.write_str("/tra-cuu"),
            Self::Dossier(code) => write!(f, "/tra-cuu/{}", mask::name_of(code.as_str())),
            Self::Supplement(code) => write!(f, "/ho-so/{}/bo-sung", mask::name_of(code.as_str())),
            Self::Withdraw(code) => write!(f, "/ho-so/{}/rut", mask::name_of(code.as_str())),
            Self::DraftResult(code) => write!(f, "/ho-so/{}/du-thao", mask::name_of(code.as_str())),
            Self::Delivery(code) => {
                write!(f, "/ho-so/{}/nhan-ket-qua", mask::name_of(code.as_str()))
            }
            Self::MyPapers => f.write_str("/giay-to-cua-toi"),
            Self::MyData => f.write_str("/du-lieu-cua-toi"),
            Self::Feedback(None) => f.write_str("/phan-anh"),
            Self::Feedback(Some(code)) => {
                write!(f, "/ho-so/{}/phan-anh", mask::name_of(code.as_str()))
            }
            Self::Voice(code) => write!(f, "/phan-anh/{}", mask::name_of(code)),
            Self::Answers => f.write_str("/phan-anh/tra-loi"),
            Self::Figures => f.write_str("/so-lieu"),
            Self::LoginFailed => f.write_str("/dang-nhap-loi"),
            Self::Counter => f.write_str("/quay"),
            Self::Demo => f.write_str("/quay/trinh-dien"),
        }
    }
}

#[cfg(test)]
mod tests;
