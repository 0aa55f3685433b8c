//! Having a gateway open an order whose row is on the disk. Asked again after a lost answer, with the
//! same numbers; so there is one order for one attempt, whatever died in between.

use crate::app::App;
use crate::error::{Error, Result};
use crate::payments::ask::ask;
use crate::payments::attempts::{self, Attempt};
use crate::payments::clocks;
use crate::payments::drivers::{Driver, Opened};
use crate::payments::settle::{Evidence, Word, hear};
use motcua_contract::problem::ProblemType;
use motcua_domain::payment::AttemptState;

/// Opens the order of an attempt that is only written down. Gives the attempt afterwards: ready,
/// refused, or still only written down when the gateway did not answer.
///
/// # Errors
/// `gateway-unavailable` when the gateway's clock and ours are too far apart. The attempt then gives way,
/// for its times are wrong for good; it is watched, for the gateway may have its order all the same.
pub async fn open(app: &App, attempt: Attempt) -> Result<Attempt> {
    if attempt.state != AttemptState::Created {
        return Ok(attempt);
    }
    let driver = Driver::find(&attempt.channel).ok_or(ProblemType::ChannelUnavailable)?;
    let local = |code: Option<String>| Evidence {
        source: "local",
        gateway_code: code,
        ..Evidence::default()
    };
    let give_way = async |why: Error| {
        hear(app, &attempt.token, Word::Superseded, &local(None)).await?;
        Err(why)
    };
    if let Err(why) = clocks::check_anew(app, driver, &attempt).await {
        return give_way(why).await;
    }
    let opened = driver.open(app, &attempt).await?;
    // The answer to an order is often the first that tells the time.
    if let Err(why) = clocks::check(app, driver) {
        return give_way(why).await;
    }
    match opened {
        Opened::Ready(page) => {
            attempts::set_page(app, &attempt.token, &page).await?;
            Ok(hear(app, &attempt.token, Word::Opened, &local(None)).await?.0)
        }
        Opened::Refused(reason, code) => {
            let word = Word::Refused(reason);
            Ok(hear(app, &attempt.token, word, &local(Some(code))).await?.0)
        }
        // It was opened when an answer got lost, and its page is not given again. Perhaps it is even
        // paid; if not, another attempt takes over, and this one is watched.
        Opened::Exists => {
            let asked = ask(app, &attempt).await?;
            if asked.state != AttemptState::Created {
                return Ok(asked);
            }
            Ok(hear(app, &attempt.token, Word::Superseded, &local(None)).await?.0)
        }
        Opened::Again => Ok(attempt),
    }
}
