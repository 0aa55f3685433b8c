//! The OpenAPI 3.1 document, made from the endpoint table and the wire types. Knows no server.

mod schemas;

use crate::endpoints::{ALL, Access, Endpoint, Method};
use crate::{CLIENT_HEADER, DOSSIER_KEY_HEADER, idempotency, problem};
use crate::{feedback, hand_overs};
use schemas::schemas;
use utoipa::PartialSchema;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required,
    ResponseBuilder, Schema,
};

/// What an operation takes and gives.
struct Bodies {
    request: Option<&'static str>,
    success: u16,
    response: Option<&'static str>,
}

fn bodies(endpoint: &Endpoint) -> Bodies {
    let (request, success, response) = match endpoint.id {
        "get_catalogue" => (None, 200, Some("CatalogueDocument")),
        "list_procedures" => (None, 200, Some("ProcedureList")),
        "get_procedure" => (None, 200, Some("Procedure")),
        "get_units" => (None, 200, Some("Units")),
        "get_session" => (None, 200, Some("SessionView")),
        "create_upload" => (None, 201, None),
        "get_upload_offset" => (None, 200, None),
        "discover_uploads" | "append_upload" | "delete_upload" => (None, 204, None),
        "submit_dossier" => (Some("SubmitDossier"), 201, Some("DossierReceipt")),
        "get_dossier" => (None, 200, Some("DossierView")),
        "create_attempt" => (Some("CreateAttempt"), 201, Some("AttemptView")),
        "get_attempt" => (None, 200, Some("AttemptView")),
        "ask_to_pay" => (None, 201, Some("PaymentRequestView")),
        "get_payment_request" | "cancel_payment_request" => (None, 200, Some("PaymentRequestView")),
        "pay_request" => (Some("PayRequest"), 201, Some("AttemptView")),
        "open_confirmation" => (None, 201, Some("ConfirmationOpened")),
        "find_confirmation" => (Some("FindConfirmation"), 200, Some("ConfirmationFound")),
        "get_confirmation" => (None, 200, Some("ConfirmationView")),
        "decide_confirmation" => (Some("DecideConfirmation"), 200, Some("ConfirmationView")),
        "confirm_at_counter" => (None, 200, Some("DossierView")),
        "open_hand_over" => (Some("OpenHandOver"), 201, Some("HandOverOpened")),
        "claim_hand_over" => (Some("ClaimHandOver"), 200, Some("HandOverClaimed")),
        "get_hand_over" => (None, 200, Some("HandOverView")),
        "tell_hand_over" => (Some("TellHandOver"), 204, None),
        "close_hand_over" => (Some("CloseHandOver"), 204, None),
        "put_hand_over_part" | "end_hand_over" => (None, 204, None),
        "change_status" => (Some("ChangeStatus"), 200, Some("DossierView")),
        "enter_page_count" => (Some("EnterPageCount"), 200, Some("DossierView")),
        "decide_exemption" => (Some("DecideExemption"), 200, Some("DossierView")),
        "send_pass" => (None, 202, Some("PassSent")),
        "claim_pass" => (Some("ClaimPass"), 200, Some("Pass")),
        "answer_supplement" => (Some("AnswerSupplement"), 200, Some("DossierView")),
        "ask_withdrawal" => (Some("AskWithdrawal"), 200, Some("DossierView")),
        "answer_draft" => (Some("AnswerDraft"), 200, Some("DossierView")),
        "choose_messages" => (Some("ChooseMessages"), 200, Some("DossierView")),
        "choose_push" => (Some("ChoosePush"), 200, Some("DossierView")),
        "renew_push" => (Some("RenewPush"), 204, None),
        "rate_dossier" => (Some("Rating"), 200, Some("DossierView")),
        "choose_delivery" => (Some("Delivery"), 200, Some("DossierView")),
        "request_supplement" => (Some("RequestSupplement"), 200, Some("DossierView")),
        "decide_withdrawal" => (Some("DecideWithdrawal"), 200, Some("DossierView")),
        "refuse_dossier" | "stop_dossier" => (Some("EndDossier"), 200, Some("DossierView")),
        "reappoint" => (Some("Reappoint"), 200, Some("DossierView")),
        "finish_dossier" => (Some("FinishDossier"), 200, Some("DossierView")),
        "cancel_withdrawal" | "take_in" | "process_dossier" | "return_result" | "send_draft" => {
            (None, 200, Some("DossierView"))
        }
        "paid_in_cash" => (None, 200, Some("DossierView")),
        "get_receipt" => (None, 200, Some("ReceiptView")),
        "get_slip" => (None, 200, Some("SlipView")),
        "void_receipt" => (Some("VoidReceipt"), 200, Some("ReceiptView")),
        "import_statement" => (None, 200, Some("StatementReport")),
        "reconcile" => (None, 200, Some("Reconciliation")),
        "list_refunds" => (None, 200, Some("RefundList")),
        "order_refund" => (Some("OrderRefund"), 200, Some("RefundView")),
        "refund_by_hand" => (Some("RefundedByHand"), 200, Some("RefundView")),
        "get_totals" => (None, 200, Some("Totals")),
        "list_papers" => (None, 200, Some("PaperList")),
        "remove_paper" | "remove_my_uploads" | "end_other_sessions" => (None, 204, None),
        "get_data_table" => (None, 200, Some("DataTable")),
        "get_my_data" => (None, 200, Some("MyData")),
        "set_consent" => (Some("SetConsent"), 200, Some("ConsentState")),
        "change_contact" => (Some("ChangeContact"), 200, Some("MyDossier")),
        "ask_about_data" => (Some("AskAboutData"), 201, Some("DataRequestView")),
        "cancel_data_request" => (None, 200, Some("DataRequestView")),
        "list_data_requests" => (None, 200, Some("RequestList")),
        "act_on_data_request" => (Some("ActOnRequest"), 200, Some("StaffRequest")),
        "add_result" => (None, 201, Some("KeptPaper")),
        "count_reuse" => (None, 200, Some("ReuseFigures")),
        "get_figures" => (None, 200, Some("FiguresView")),
        "sync_dossiers" => (Some("SyncDossiers"), 200, Some("SyncReport")),
        "send_feedback" => (Some("SendFeedback"), 201, Some("FeedbackReceipt")),
        "get_feedback" => (None, 200, Some("FeedbackView")),
        "add_to_feedback" => (Some("AddToFeedback"), 200, Some("FeedbackView")),
        "list_published_answers" => (None, 200, Some("PublishedAnswers")),
        "list_feedback" => (None, 200, Some("StaffFeedbackList")),
        "ask_sender" => (Some("AskSender"), 200, Some("StaffFeedback")),
        "answer_feedback" => (Some("AnswerFeedback"), 200, Some("StaffFeedback")),
        "refuse_feedback" => (Some("RefuseFeedback"), 200, Some("StaffFeedback")),
        "publish_feedback" => (Some("PublishFeedback"), 200, Some("StaffFeedback")),
        "list_staff_files" => (None, 200, Some("StaffFiles")),
        _ => (None, 200, None),
    };
    Bodies { request, success, response }
}

/// The document.
pub fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    for endpoint in ALL {
        let method = match endpoint.method {
            Method::Get => HttpMethod::Get,
            Method::Post => HttpMethod::Post,
            Method::Patch => HttpMethod::Patch,
            Method::Head => HttpMethod::Head,
            Method::Delete => HttpMethod::Delete,
            Method::Options => HttpMethod::Options,
        };
        let item = utoipa::openapi::PathItem::new(method, operation(endpoint));
        paths = paths.path(endpoint.path, item);
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Một Cửa")
                .version("1")
                .description(Some(
                    "What a commune's backend offers to the citizen's app. Errors are \
                     problem+json with a stable type. Uploads are tus 1.0.0.",
                ))
                .build(),
        )
        .servers(Some([utoipa::openapi::Server::new("/api/v1")]))
        .paths(paths.build())
        .components(Some(components()))
        .build()
}

fn operation(endpoint: &Endpoint) -> Operation {
    let bodies = bodies(endpoint);
    let mut operation = OperationBuilder::new()
        .operation_id(Some(endpoint.id))
        .summary(Some(endpoint.summary))
        .response(bodies.success.to_string(), json_response("Done", bodies.response))
        .response("default", problem_response());
    for name in parameters(endpoint.path) {
        operation = operation.parameter(parameter(name, ParameterIn::Path, true));
    }
    let changes = !matches!(endpoint.method, Method::Get | Method::Head | Method::Options);
    if changes && endpoint.access != Access::Staff {
        operation = operation.parameter(parameter(CLIENT_HEADER, ParameterIn::Header, true));
    }
    if endpoint.idempotency_key {
        operation = operation.parameter(parameter(idempotency::HEADER, ParameterIn::Header, true));
    }
    let of_holder = matches!(endpoint.id, "get_dossier" | "send_feedback");
    if endpoint.access == Access::Holder || of_holder {
        operation = operation.parameter(parameter(DOSSIER_KEY_HEADER, ParameterIn::Header, false));
    }
    if endpoint.access == Access::Sender || endpoint.id == "get_feedback" {
        let (key, must) = (feedback::FEEDBACK_KEY_HEADER, endpoint.access == Access::Sender);
        operation = operation.parameter(parameter(key, ParameterIn::Header, must));
    }
    if endpoint.access == Access::HandOver {
        let token = hand_overs::HAND_OVER_TOKEN_HEADER;
        operation = operation.parameter(parameter(token, ParameterIn::Header, true));
    }
    for (name, required) in query_parameters(endpoint.id) {
        operation = operation.parameter(parameter(name, ParameterIn::Query, *required));
    }
    for (name, required) in upload_headers(endpoint.id) {
        operation = operation.parameter(parameter(name, ParameterIn::Header, *required));
    }
    if let Some(request) = bodies.request {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(request))).build();
        operation = operation.request_body(Some(
            RequestBodyBuilder::new()
                .content("application/json", content)
                .required(Some(Required::True))
                .build(),
        ));
    }
    if endpoint.access == Access::Staff {
        let scopes: [&str; 0] = [];
        operation = operation.security(SecurityRequirement::new("staff", scopes));
    }
    operation.build()
}

fn query_parameters(id: &str) -> &'static [(&'static str, bool)] {
    match id {
        "get_figures" | "get_figures_table" => &[("from", false), ("to", false)],
        "count_reuse" | "get_totals" => &[("from", true), ("to", true)],
        "add_result" => &[("number", true)],
        _ => &[],
    }
}

fn upload_headers(id: &str) -> &'static [(&'static str, bool)] {
    match id {
        "create_upload" => {
            &[("Tus-Resumable", true), ("Upload-Length", true), ("Upload-Metadata", false)]
        }
        "append_upload" => {
            &[("Tus-Resumable", true), ("Upload-Offset", true), ("Upload-Checksum", false)]
        }
        "get_upload_offset" | "delete_upload" => &[("Tus-Resumable", true)],
        _ => &[],
    }
}

fn parameters(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

fn parameter(name: &str, place: ParameterIn, required: bool) -> utoipa::openapi::path::Parameter {
    let required = if required { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .schema(Some(String::schema()))
        .build()
}

fn json_response(text: &str, schema: Option<&str>) -> utoipa::openapi::Response {
    let mut response = ResponseBuilder::new().description(text);
    if let Some(name) = schema {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build();
        response = response.content("application/json", content);
    }
    response.build()
}

fn problem_response() -> utoipa::openapi::Response {
    let content =
        ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemDocument"))).build();
    ResponseBuilder::new()
        .description("What went wrong")
        .content(problem::CONTENT_TYPE, content)
        .build()
}

/// A struct that takes no unknown fields and is one part of a tagged whole (`Authorisation` beside
/// `kind`) would refuse the other part: `additionalProperties` knows only its own. Such schemas are
/// left open; the backend refuses what is unknown all the same.
fn open_parts(schemas: &mut [(String, RefOr<Schema>)]) {
    let mut parts = Vec::new();
    for (_, schema) in schemas.iter() {
        find_parts(schema, &mut parts);
    }
    for (name, schema) in schemas {
        if let RefOr::T(Schema::Object(object)) = schema
            && parts.contains(&format!("#/components/schemas/{name}"))
        {
            object.additional_properties = None;
        }
    }
}

/// The references that stand beside something else in an `allOf`.
fn find_parts(schema: &RefOr<Schema>, parts: &mut Vec<String>) {
    match schema {
        RefOr::T(Schema::OneOf(one)) => one.items.iter().for_each(|item| find_parts(item, parts)),
        RefOr::T(Schema::AllOf(all)) if all.items.len() > 1 => {
            parts.extend(all.items.iter().filter_map(|item| match item {
                RefOr::Ref(reference) => Some(reference.ref_location.clone()),
                RefOr::T(_) => None,
            }));
        }
        _ => {}
    }
}

fn components() -> utoipa::openapi::Components {
    let mut components = ComponentsBuilder::new()
        .security_scheme("staff", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    for (name, schema) in schemas() {
        components = components.schema(name, schema);
    }
    components.build()
}

#[cfg(test)]
mod tests;
