//! Looks at the electronic signatures of a file that staff add, once, when it comes. What they come to is
//! `motcua_signatures`'s.

use crate::app::App;
use crate::error::{Error, Result};
use crate::uploads::finish::Looked;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::{SignatureState, SignatureView};
use motcua_signatures::{Report, Verdict, judge as judge_pdf};

/// What the signatures of a file come to; none when nobody signed it. A file that was changed after it was
/// signed is no result: it is refused.
pub async fn judge(app: &App, looked: &Looked) -> Result<Option<SignatureView>> {
    let (app, bytes) = (app.clone(), looked.bytes.clone());
    let at = app.clock.now().0.unsigned_abs();
    let judged = move || judge_pdf(&bytes, &app.signature_roots, at);
    let report = tokio::task::spawn_blocking(judged)
        .await
        .map_err(|error| Error::Internal(format!("signatures: {error}")))?;
    let Some(Report { verdict, signers }) = report else { return Ok(None) };
    let state = match verdict {
        Verdict::Checked => SignatureState::Checked,
        Verdict::UnknownSigner => SignatureState::UnknownSigner,
        Verdict::NotCheckable => SignatureState::NotCheckable,
        Verdict::Broken => return Err(ProblemType::SignatureBroken.into()),
    };
    Ok(Some(SignatureView { state, signers }))
}
