//! Every endpoint once. The backend builds its router from this table (a test holds the two
//! equal), the app builds its addresses from it, and the OpenAPI document is made from it.

/// HTTP methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum Method {
    Get,
    Post,
    Patch,
    Head,
    Delete,
    Options,
}

impl Method {
    /// The method's name in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
        }
    }
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Anyone,
    /// Anyone; what is made belongs to the browser's session.
    Session,
    /// A citizen who is signed in.
    Citizen,
    /// The citizen who filed, or who holds the receipt's key (header `Dossier-Key`).
    Holder,
    /// One side of a hand-over, by its secret (header `Hand-Over-Token`).
    HandOver,
    /// Who sent feedback, by its key (header `Feedback-Key`).
    Sender,
    /// Staff, with a bearer token.
    Staff,
}

/// One endpoint. Paths are below the API's base address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// Operation id, `<verb>_<noun>`.
    pub id: &'static str,
    /// Method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Who may call.
    pub access: Access,
    /// Whether it needs an `Idempotency-Key`.
    pub idempotency_key: bool,
}

impl Endpoint {
    /// The path with its parameters filled in, in order. Values are ids of our own (codes, tokens)
    /// and are percent-encoded where they are not.
    pub fn path_with(&self, values: &[&str]) -> String {
        let mut values = values.iter();
        let segments = self.path.split('/').map(|segment| {
            if segment.starts_with('{') {
                values.next().map(|value| encode_segment(value)).unwrap_or_default()
            } else {
                segment.to_owned()
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }
}

fn encode_segment(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

macro_rules! endpoints {
    ($($(#[doc = $doc:literal])+ $name:ident: $id:literal, $method:ident, $path:literal, $access:ident, $key:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Endpoint = Endpoint {
            id: $id,
            method: Method::$method,
            path: $path,
            summary: concat!($($doc),+).trim_ascii(),
            access: Access::$access,
            idempotency_key: $key,
        };)+
        /// All endpoints.
        pub const ALL: &[Endpoint] = &[$($name),+];
    };
}

endpoints! {
    /// Gives what the app needs to list, search, browse and choose without a network.
    GET_CATALOGUE: "get_catalogue", Get, "/catalogue", Anyone, false;
    /// Lists all procedures on offer.
    LIST_PROCEDURES: "list_procedures", Get, "/procedures", Anyone, false;
    /// Gives a procedure with its form, components and fees.
    GET_PROCEDURE: "get_procedure", Get, "/procedures/{code}", Anyone, false;
    /// Gives the provinces and communes.
    GET_UNITS: "get_units", Get, "/units", Anyone, false;
    /// Says who is signed in in this browser.
    GET_SESSION: "get_session", Get, "/session", Anyone, false;
    /// Says which version and extensions of tus are offered.
    DISCOVER_UPLOADS: "discover_uploads", Options, "/uploads", Anyone, false;
    /// Begins an upload (tus creation).
    CREATE_UPLOAD: "create_upload", Post, "/uploads", Session, false;
    /// Says how many bytes of an upload arrived (tus).
    GET_UPLOAD_OFFSET: "get_upload_offset", Head, "/uploads/{upload}", Session, false;
    /// Appends a chunk to an upload (tus).
    APPEND_UPLOAD: "append_upload", Patch, "/uploads/{upload}", Session, false;
    /// Ends an upload and removes its bytes (tus termination).
    DELETE_UPLOAD: "delete_upload", Delete, "/uploads/{upload}", Session, false;
    /// Submits a dossier whose files are uploaded.
    SUBMIT_DOSSIER: "submit_dossier", Post, "/dossiers", Citizen, true;
    /// Tracks a dossier: status and dates for anyone, the rest for its holder.
    GET_DOSSIER: "get_dossier", Get, "/dossiers/{code}", Anyone, false;
    /// Tells, as server-sent events, that a dossier changed; what changed is asked for.
    WATCH_DOSSIER: "watch_dossier", Get, "/dossiers/{code}/events", Anyone, false;
    /// Sends a one-time code to the applicant's phone, where the dossier has one.
    SEND_PASS: "send_pass", Post, "/dossiers/{code}/passes", Anyone, false;
    /// Takes the one-time code, and gives a key that opens the dossier for a while.
    CLAIM_PASS: "claim_pass", Post, "/dossiers/{code}/passes/claims", Anyone, false;
    /// Answers a supplement request, all items at once.
    ANSWER_SUPPLEMENT: "answer_supplement", Post, "/dossiers/{code}/supplement", Holder, true;
    /// Asks for the dossier's withdrawal.
    ASK_WITHDRAWAL: "ask_withdrawal", Post, "/dossiers/{code}/withdrawal", Holder, false;
    /// Takes the wish to withdraw back, before the office decided.
    CANCEL_WITHDRAWAL: "cancel_withdrawal", Delete, "/dossiers/{code}/withdrawal", Holder, false;
    /// Answers a draft of the result.
    ANSWER_DRAFT: "answer_draft", Post, "/dossiers/{code}/draft-result", Holder, false;
    /// Chooses how the paper result comes.
    CHOOSE_DELIVERY: "choose_delivery", Post, "/dossiers/{code}/delivery", Holder, false;
    /// Chooses whether messages go to the applicant's phone.
    CHOOSE_MESSAGES: "choose_messages", Post, "/dossiers/{code}/messages", Holder, false;
    /// Chooses whether notices about it go to a device.
    CHOOSE_PUSH: "choose_push", Post, "/dossiers/{code}/push", Holder, false;
    /// Tells that a device is reached at another address. Who knows the address of before is the device.
    RENEW_PUSH: "renew_push", Post, "/push-renewals", Anyone, false;
    /// Says what the citizen thought of it, once it came to its end.
    RATE_DOSSIER: "rate_dossier", Post, "/dossiers/{code}/rating", Holder, false;
    /// Gives the appointment as a calendar file.
    GET_CALENDAR_FILE: "get_calendar_file", Get, "/dossiers/{code}/appointment.ics", Anyone, false;
    /// Gives a file of the office to the holder, by an address that only holders are told.
    GET_HOLDER_FILE: "get_holder_file", Get, "/holder-files/{key}", Anyone, false;
    /// Lists the papers and results of the citizen's earlier dossiers.
    LIST_PAPERS: "list_papers", Get, "/papers", Citizen, false;
    /// Gives a kept paper's file.
    GET_PAPER: "get_paper", Get, "/papers/{paper}", Citizen, false;
    /// Takes a kept paper out of the citizen's list; the dossier that it came with keeps its own.
    REMOVE_PAPER: "remove_paper", Delete, "/papers/{paper}", Citizen, false;
    /// Says what is kept of people, why, and for how long.
    GET_DATA_TABLE: "get_data_table", Get, "/data-table", Anyone, false;
    /// Gives what the office has of the citizen who is signed in.
    GET_MY_DATA: "get_my_data", Get, "/me/data", Citizen, false;
    /// Gives all of it as one ZIP file, with the citizen's own files.
    EXPORT_MY_DATA: "export_my_data", Get, "/me/data/export", Citizen, false;
    /// Gives a consent or takes it back, for everything of its purpose.
    SET_CONSENT: "set_consent", Post, "/me/consents/{purpose}", Citizen, false;
    /// Removes the citizen's files that went into no dossier.
    REMOVE_MY_UPLOADS: "remove_my_uploads", Delete, "/me/uploads", Citizen, false;
    /// Ends the citizen's other sign-ins.
    END_OTHER_SESSIONS: "end_other_sessions", Delete, "/me/sessions", Citizen, false;
    /// Changes where messages about a dossier go; the applicant's right.
    CHANGE_CONTACT: "change_contact", Post, "/me/dossiers/{code}/contact", Citizen, false;
    /// Asks the office for something about one's data; asked again while it is open it is the same request.
    ASK_ABOUT_DATA: "ask_about_data", Post, "/me/data-requests", Citizen, false;
    /// Takes a request about data back.
    CANCEL_DATA_REQUEST: "cancel_data_request", Delete, "/me/data-requests/{request}", Citizen, false;
    /// Asks the applicant whether the dossier was filed in their name.
    OPEN_CONFIRMATION: "open_confirmation", Post, "/dossiers/{code}/confirmations", Holder, false;
    /// Finds the question behind six digits.
    FIND_CONFIRMATION: "find_confirmation", Post, "/confirmations/claims", Anyone, false;
    /// Shows the question to whoever holds its link.
    GET_CONFIRMATION: "get_confirmation", Get, "/confirmations/{token}", Anyone, false;
    /// Answers it; from another browser than the submitter's.
    DECIDE_CONFIRMATION: "decide_confirmation", Post, "/confirmations/{token}", Anyone, false;
    /// Opens a hand-over: a letter box for a sealed draft, for ten minutes, or three days for a slip.
    OPEN_HAND_OVER: "open_hand_over", Post, "/hand-overs", Anyone, false;
    /// Claims a hand-over by its link or its digits; the first claim counts.
    CLAIM_HAND_OVER: "claim_hand_over", Post, "/hand-overs/claims", Anyone, false;
    /// Says where a hand-over stands and what the other side said.
    GET_HAND_OVER: "get_hand_over", Get, "/hand-overs/{slot}", HandOver, false;
    /// Says something to the other side.
    TELL_HAND_OVER: "tell_hand_over", Post, "/hand-overs/{slot}/messages", HandOver, false;
    /// Puts a sealed part.
    PUT_HAND_OVER_PART: "put_hand_over_part", Post, "/hand-overs/{slot}/parts/{part}", HandOver, false;
    /// Takes a sealed part.
    GET_HAND_OVER_PART: "get_hand_over_part", Get, "/hand-overs/{slot}/parts/{part}", HandOver, false;
    /// Says that all parts are there.
    CLOSE_HAND_OVER: "close_hand_over", Post, "/hand-overs/{slot}/close", HandOver, false;
    /// Ends a hand-over: taken whole, or called off.
    END_HAND_OVER: "end_hand_over", Delete, "/hand-overs/{slot}", HandOver, false;
    /// Starts an attempt to pay a fee.
    CREATE_ATTEMPT: "create_attempt", Post, "/dossiers/{code}/fees/{fee}/attempts", Holder, true;
    /// Says where an attempt stands, asking the gateway when that is due.
    GET_ATTEMPT: "get_attempt", Get, "/payments/{token}", Anyone, false;
    /// Asks somebody to pay a fee: gives the request that is open, or a new one.
    ASK_TO_PAY: "ask_to_pay", Post, "/dossiers/{code}/fees/{fee}/requests", Holder, false;
    /// Shows a request to pay to whoever has its link.
    GET_PAYMENT_REQUEST: "get_payment_request", Get, "/payment-requests/{token}", Anyone, false;
    /// Takes a request to pay back.
    CANCEL_PAYMENT_REQUEST: "cancel_payment_request", Delete, "/payment-requests/{token}", Holder, false;
    /// Starts an attempt to pay what was asked for.
    PAY_REQUEST: "pay_request", Post, "/payment-requests/{token}/attempts", Anyone, true;
    /// Shows a receipt: masked to who has its code, whole to the dossier's holder.
    GET_RECEIPT: "get_receipt", Get, "/receipts/{token}", Anyone, false;
    /// Gives a receipt as PDF, by an address that only holders are told.
    GET_RECEIPT_FILE: "get_receipt_file", Get, "/receipt-files/{key}", Anyone, false;
    /// Gives the national platform's own receipt of a payment that went through it.
    GET_PLATFORM_BILL: "get_platform_bill", Get, "/receipt-files/{key}/platform", Anyone, false;
    /// Shows a slip of the office: masked to who has its code, whole to the dossier's holder.
    GET_SLIP: "get_slip", Get, "/slips/{token}", Anyone, false;
    /// Gives a slip as PDF, by an address that only holders are told.
    GET_SLIP_FILE: "get_slip_file", Get, "/slip-files/{key}", Anyone, false;
    /// Sends feedback (phản ánh, kiến nghị), about a page, a dossier, the office or a procedure.
    SEND_FEEDBACK: "send_feedback", Post, "/feedback", Anyone, true;
    /// Lists the answers that the office published, which name nobody.
    LIST_PUBLISHED_ANSWERS: "list_published_answers", Get, "/feedback", Anyone, false;
    /// Says where feedback stands: state and clocks for anyone, the rest for its sender.
    GET_FEEDBACK: "get_feedback", Get, "/feedback/{code}", Anyone, false;
    /// Tells, as server-sent events, that feedback changed; what changed is asked for.
    WATCH_FEEDBACK: "watch_feedback", Get, "/feedback/{code}/events", Anyone, false;
    /// Adds to feedback what the office asked for.
    ADD_TO_FEEDBACK: "add_to_feedback", Post, "/feedback/{code}/additions", Sender, true;
    /// Gives the figures that the commune is judged by, `from` one day `to` another; else of this quarter.
    GET_FIGURES: "get_figures", Get, "/figures", Anyone, false;
    /// Gives the same figures as a table (CSV).
    GET_FIGURES_TABLE: "get_figures_table", Get, "/figures.csv", Anyone, false;
    /// Staff: moves a dossier to another status.
    CHANGE_STATUS: "change_status", Post, "/staff/dossiers/{code}/status", Staff, false;
    /// Staff: takes a dossier in; its intake receipt is given.
    TAKE_IN: "take_in", Post, "/staff/dossiers/{code}/intake", Staff, false;
    /// Staff: begins to work on a dossier.
    PROCESS_DOSSIER: "process_dossier", Post, "/staff/dossiers/{code}/processing", Staff, false;
    /// Staff: asks for everything that is missing.
    REQUEST_SUPPLEMENT: "request_supplement", Post, "/staff/dossiers/{code}/supplement", Staff, false;
    /// Staff: decides about a withdrawal.
    DECIDE_WITHDRAWAL: "decide_withdrawal", Post, "/staff/dossiers/{code}/withdrawal", Staff, false;
    /// Staff: refuses a dossier at intake.
    REFUSE_DOSSIER: "refuse_dossier", Post, "/staff/dossiers/{code}/refusal", Staff, false;
    /// Staff: stops working on a dossier.
    STOP_DOSSIER: "stop_dossier", Post, "/staff/dossiers/{code}/stop", Staff, false;
    /// Staff: sends a draft of the result, a file of its own bytes, to be looked at.
    SEND_DRAFT: "send_draft", Post, "/staff/dossiers/{code}/draft-result", Staff, false;
    /// Staff: apologises and sets a new day, once.
    REAPPOINT: "reappoint", Post, "/staff/dossiers/{code}/apology", Staff, false;
    /// Staff: ends a dossier; its result is there.
    FINISH_DOSSIER: "finish_dossier", Post, "/staff/dossiers/{code}/finish", Staff, false;
    /// Staff: notes that the result was handed out.
    RETURN_RESULT: "return_result", Post, "/staff/dossiers/{code}/return", Staff, false;
    /// Staff: notes that the applicant confirmed at the counter.
    CONFIRM_AT_COUNTER: "confirm_at_counter", Post, "/staff/dossiers/{code}/confirmation", Staff, false;
    /// Staff: enters the page count, which sets the fee.
    ENTER_PAGE_COUNT: "enter_page_count", Post, "/staff/dossiers/{code}/page-count", Staff, false;
    /// Staff: accepts or refuses the exemption that a dossier claims.
    DECIDE_EXEMPTION: "decide_exemption", Post, "/staff/dossiers/{code}/exemption", Staff, false;
    /// Staff: adds the result, a file of its own bytes; `number` in the query is the result's.
    ADD_RESULT: "add_result", Post, "/staff/dossiers/{code}/result", Staff, false;
    /// Staff: counts the dossiers that used a paper again, `from` one day `to` another.
    COUNT_REUSE: "count_reuse", Get, "/staff/figures/reuse", Staff, false;
    /// Staff: takes dossiers that the commune handled elsewhere, in the national fields; a code that is known is replaced.
    SYNC_DOSSIERS: "sync_dossiers", Post, "/staff/synced-dossiers", Staff, false;
    /// Staff: notes that a fee was paid at the counter.
    PAID_IN_CASH: "paid_in_cash", Post, "/staff/dossiers/{code}/fees/{fee}/cash", Staff, false;
    /// Staff: takes back a receipt of cash that was noted by mistake.
    VOID_RECEIPT: "void_receipt", Post, "/staff/receipts/{token}/void", Staff, false;
    /// Staff: imports the bank's statement (CSV) of the account that transfers go to.
    IMPORT_STATEMENT: "import_statement", Post, "/staff/statements", Staff, false;
    /// Staff: holds a gateway's file (CSV) against the ledger.
    RECONCILE: "reconcile", Post, "/staff/reconciliations/{channel}", Staff, false;
    /// Staff: gives what came in and went back, `from` one day `to` another, by day and channel.
    GET_TOTALS: "get_totals", Get, "/staff/totals", Staff, false;
    /// Staff: lists the payments whose money must go back.
    LIST_REFUNDS: "list_refunds", Get, "/staff/refunds", Staff, false;
    /// Staff: orders a payment's money back.
    ORDER_REFUND: "order_refund", Post, "/staff/payments/{token}/refund", Staff, false;
    /// Staff: notes that a payment's money went back by hand.
    REFUND_BY_HAND: "refund_by_hand", Post, "/staff/payments/{token}/refund/by-hand", Staff, false;
    /// Staff: lists the requests about data that are open.
    LIST_DATA_REQUESTS: "list_data_requests", Get, "/staff/data-requests", Staff, false;
    /// Staff: answers a request about data, carries it out, refuses it, or extends it once.
    ACT_ON_DATA_REQUEST: "act_on_data_request", Post, "/staff/data-requests/{request}/acts", Staff, false;
    /// Staff: lists feedback that something is owed for.
    LIST_FEEDBACK: "list_feedback", Get, "/staff/feedback", Staff, false;
    /// Staff: asks the sender of feedback for more.
    ASK_SENDER: "ask_sender", Post, "/staff/feedback/{code}/question", Staff, false;
    /// Staff: answers feedback.
    ANSWER_FEEDBACK: "answer_feedback", Post, "/staff/feedback/{code}/answer", Staff, false;
    /// Staff: refuses feedback.
    REFUSE_FEEDBACK: "refuse_feedback", Post, "/staff/feedback/{code}/refusal", Staff, false;
    /// Staff: publishes the answer to feedback.
    PUBLISH_FEEDBACK: "publish_feedback", Post, "/staff/feedback/{code}/publication", Staff, false;
    /// Staff: lists a dossier's files.
    LIST_STAFF_FILES: "list_staff_files", Get, "/staff/dossiers/{code}/files", Staff, false;
    /// Staff: gives a dossier's file, as an attachment.
    GET_STAFF_FILE: "get_staff_file", Get, "/staff/files/{upload}", Staff, false;
    /// Gives this document.
    GET_OPENAPI: "get_openapi", Get, "/openapi.json", Anyone, false;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_filled_and_encoded() {
        assert_eq!(
            CREATE_ATTEMPT.path_with(&["H24-261122-0001", "extract/../x y"]),
            "/dossiers/H24-261122-0001/fees/extract%2F..%2Fx%20y/attempts"
        );
        assert_eq!(LIST_PROCEDURES.path_with(&[]), "/procedures");
    }

    #[test]
    fn ids_and_routes_are_unique() {
        for (index, endpoint) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                assert_ne!(endpoint.id, other.id);
                assert!(endpoint.path != other.path || endpoint.method != other.method);
            }
        }
    }
}
