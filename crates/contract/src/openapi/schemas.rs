//! The schemas of the OpenAPI document: every wire type that an endpoint names, with what is in it.

use crate::{
    catalogue, config, confirmations, dossiers, feedback, figures, hand_overs, ledger, my_data,
    papers, payments, problem, push, receipts, refunds, session, slips, turns, uploads,
};
use motcua_domain::procedure::Procedure;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// Every schema by its name, as often as it was met.
pub(super) fn schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = Vec::new();
    add::<config::AppConfig>(&mut schemas);
    add::<catalogue::CatalogueDocument>(&mut schemas);
    add::<catalogue::ProcedureList>(&mut schemas);
    add::<Procedure>(&mut schemas);
    add::<session::SessionView>(&mut schemas);
    add::<dossiers::SubmitDossier>(&mut schemas);
    add::<dossiers::DossierReceipt>(&mut schemas);
    add::<dossiers::DossierView>(&mut schemas);
    add::<dossiers::ChangeStatus>(&mut schemas);
    add::<dossiers::EnterPageCount>(&mut schemas);
    add::<dossiers::DecideExemption>(&mut schemas);
    add::<receipts::ReceiptView>(&mut schemas);
    add::<receipts::VoidReceipt>(&mut schemas);
    add::<slips::SlipView>(&mut schemas);
    add::<payments::CreateAttempt>(&mut schemas);
    add::<payments::AttemptView>(&mut schemas);
    add::<payments::PaymentRequestView>(&mut schemas);
    add::<payments::PayRequest>(&mut schemas);
    add::<motcua_domain::units::Units>(&mut schemas);
    add::<confirmations::ConfirmationOpened>(&mut schemas);
    add::<confirmations::FindConfirmation>(&mut schemas);
    add::<confirmations::ConfirmationFound>(&mut schemas);
    add::<confirmations::ConfirmationView>(&mut schemas);
    add::<confirmations::DecideConfirmation>(&mut schemas);
    add::<hand_overs::OpenHandOver>(&mut schemas);
    add::<hand_overs::HandOverOpened>(&mut schemas);
    add::<hand_overs::ClaimHandOver>(&mut schemas);
    add::<hand_overs::HandOverClaimed>(&mut schemas);
    add::<hand_overs::HandOverView>(&mut schemas);
    add::<hand_overs::TellHandOver>(&mut schemas);
    add::<hand_overs::CloseHandOver>(&mut schemas);
    add::<ledger::StatementReport>(&mut schemas);
    add::<ledger::Reconciliation>(&mut schemas);
    add::<ledger::Totals>(&mut schemas);
    add::<refunds::RefundList>(&mut schemas);
    add::<refunds::OrderRefund>(&mut schemas);
    add::<refunds::RefundedByHand>(&mut schemas);
    add::<papers::PaperList>(&mut schemas);
    add::<my_data::DataTable>(&mut schemas);
    add::<my_data::MyData>(&mut schemas);
    add::<my_data::SetConsent>(&mut schemas);
    add::<my_data::ChangeContact>(&mut schemas);
    add::<my_data::AskAboutData>(&mut schemas);
    add::<my_data::RequestList>(&mut schemas);
    add::<my_data::ActOnRequest>(&mut schemas);
    add::<papers::ReuseFigures>(&mut schemas);
    add::<turns::PassSent>(&mut schemas);
    add::<turns::ClaimPass>(&mut schemas);
    add::<turns::Pass>(&mut schemas);
    add::<turns::AnswerSupplement>(&mut schemas);
    add::<turns::AskWithdrawal>(&mut schemas);
    add::<turns::AnswerDraft>(&mut schemas);
    add::<turns::Rating>(&mut schemas);
    add::<turns::ChooseMessages>(&mut schemas);
    add::<push::ChoosePush>(&mut schemas);
    add::<push::RenewPush>(&mut schemas);
    add::<motcua_domain::turns::delivery::Delivery>(&mut schemas);
    add::<turns::RequestSupplement>(&mut schemas);
    add::<turns::DecideWithdrawal>(&mut schemas);
    add::<turns::EndDossier>(&mut schemas);
    add::<turns::Reappoint>(&mut schemas);
    add::<turns::FinishDossier>(&mut schemas);
    add::<figures::FiguresView>(&mut schemas);
    add::<figures::SyncDossiers>(&mut schemas);
    add::<figures::SyncReport>(&mut schemas);
    add::<feedback::SendFeedback>(&mut schemas);
    add::<feedback::FeedbackReceipt>(&mut schemas);
    add::<feedback::AddToFeedback>(&mut schemas);
    add::<feedback::PublishedAnswers>(&mut schemas);
    add::<feedback::AskSender>(&mut schemas);
    add::<feedback::AnswerFeedback>(&mut schemas);
    add::<feedback::RefuseFeedback>(&mut schemas);
    add::<feedback::PublishFeedback>(&mut schemas);
    add::<feedback::StaffFeedbackList>(&mut schemas);
    add::<uploads::StaffFiles>(&mut schemas);
    add::<uploads::UploadFault>(&mut schemas);
    add::<problem::Problem>(&mut schemas);
    super::open_parts(&mut schemas);
    schemas
}

fn add<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}
