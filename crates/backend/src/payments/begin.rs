//! Beginning an attempt to pay a fee, whoever pays. One attempt is open for a fee: what was begun and
//! not taken to the gateway is used again, what the gateway says is not paid makes room.

use crate::app::App;
use crate::database::{self, Tx};
use crate::dossiers;
use crate::error::{Result, problem};
use crate::fees;
use crate::idempotency::Turn;
use crate::payments::ask::ask;
use crate::payments::attempts::{self, Attempt, NewAttempt, Payer};
use crate::payments::open::open;
use crate::payments::settle::{Evidence, Word, hear_in};
use axum::response::Response;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;

/// Who wants to pay what, and how.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The dossier's code.
    pub dossier: String,
    /// The fee line.
    pub fee: String,
    /// Channel id.
    pub channel: String,
    /// Language of the gateway's page; Vietnamese for all but `en`.
    pub language: String,
    /// Where the request came from.
    pub payer_address: String,
    /// Who pays, when it is not the dossier's holder.
    pub payer: Option<Payer>,
}

/// Begins an attempt, or gives the one that nobody took to the gateway yet. The answer is kept for the
/// request's key.
pub async fn begin(app: &App, turn: Turn<'_>, wanted: Wanted) -> Result<Response> {
    // The gateway is asked before the lock is taken: it may be slow.
    ask_about_live(app, &wanted.dossier, &wanted.fee).await?;

    let mut tx = database::begin(&app.db).await?;
    let amount = payable_amount(app, &mut tx, &wanted).await?;
    let mut attempt = match make_room(app, &mut tx, &wanted).await? {
        Some(unused) => unused,
        None => {
            let language = if wanted.language == "en" { "en" } else { "vi" };
            let new = NewAttempt {
                dossier: wanted.dossier,
                fee: wanted.fee,
                channel: wanted.channel,
                amount,
                language: language.to_owned(),
                payer_address: wanted.payer_address,
            };
            attempts::insert(app, &mut tx, new).await?
        }
    };
    attempts::set_payer(&mut tx, &mut attempt, wanted.payer).await?;
    // The row is on the disk before the gateway hears of it. Who dies in between asks again under the
    // same key, and finds the row.
    tx.commit().await?;
    let attempt = open(app, attempt).await?;
    let mut tx = database::begin(&app.db).await?;
    let view = attempts::view(app, &mut tx, &attempt).await?;
    let response = turn.finish(&mut tx, 201, &view).await?;
    tx.commit().await?;
    Ok(response)
}

/// Asks the gateways about the attempts of a fee that somebody may be paying just now.
pub async fn ask_about_live(app: &App, dossier: &str, fee: &str) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let live = attempts::live_of_fee(&mut connection, dossier, fee).await?;
    drop(connection);
    let can_be_paid =
        |attempt: &&Attempt| !matches!(attempt.state, AttemptState::Created | AttemptState::Ready);
    for attempt in live.iter().filter(can_be_paid) {
        ask(app, attempt).await?;
    }
    Ok(())
}

/// What is to pay, if this channel can take it now.
async fn payable_amount(app: &App, tx: &mut Tx, wanted: &Wanted) -> Result<Vnd> {
    let status = dossiers::get(tx, &wanted.dossier).await?.status;
    let lines = fees::of_dossier(tx, &wanted.dossier, status).await?;
    let line = lines.into_iter().find(|line| line.view.id == wanted.fee);
    let line = line.ok_or(ProblemType::NotFound)?;
    let amount = line.view.amount.filter(|_| line.view.payable);
    let amount = amount.ok_or(ProblemType::FeeNotPayable)?;
    let channel = app.config.channels.iter().find(|known| known.id == wanted.channel);
    let fits = channel.is_some_and(|known| (known.min..=known.max).contains(&amount));
    if fits { Ok(amount) } else { Err(ProblemType::ChannelUnavailable.into()) }
}

/// Makes room for a new attempt: gives an unused one back, ends an open one that the gateway says
/// is not paid, and refuses while money may be held.
async fn make_room(app: &App, tx: &mut Tx, wanted: &Wanted) -> Result<Option<Attempt>> {
    for attempt in attempts::live_of_fee(tx, &wanted.dossier, &wanted.fee).await? {
        if attempt.state == AttemptState::UnderReview {
            return Err(problem(ProblemType::FeeNotPayable, "an attempt is under review"));
        }
        if is_unused(&attempt, &wanted.channel, app.clock.now()) {
            return Ok(Some(attempt));
        }
        supersede(app, tx, &attempt).await?;
    }
    Ok(None)
}

/// Lets an attempt go: it holds the fee no longer, and is watched on.
pub async fn supersede(app: &App, tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    let evidence = Evidence { source: "local", ..Evidence::default() };
    hear_in(app, tx, &attempt.token, Word::Superseded, &evidence).await?;
    Ok(())
}

/// An attempt that nobody has taken to the gateway yet can be used again.
fn is_unused(attempt: &Attempt, channel: &str, now: Moment) -> bool {
    matches!(attempt.state, AttemptState::Created | AttemptState::Ready)
        && attempt.channel == channel
        && now.plus_seconds(60) < attempt.expires_at
}
