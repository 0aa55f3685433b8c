//! What staff say aloud at each step of a guided run: one sentence.

use crate::app::counter::run::Story;
use crate::i18n::t;
use crate::route::Route;

/// The sentence of a page; none where there is nothing to explain.
pub fn saying(story: Story, route: &Route) -> Option<String> {
    let said = match route {
        Route::Procedure(_) => t().say_procedure(),
        Route::Begin(_) => t().say_begin(),
        Route::Question(..) => t().say_question(),
        Route::Papers(_) | Route::Capture(..) | Route::PaperPage(..) => t().say_papers(),
        Route::Check(_) => t().say_check(),
        Route::Send(_) => return Some(t().say_send(story.person())),
        Route::Fee(_) => t().say_fee(),
        Route::Payment(_) => t().say_payment(),
        Route::Receipt(_) => t().say_receipt(),
        Route::FeeReceipt(_) => t().say_fee_receipt(),
        Route::Dossier(_) => t().say_dossier(),
        _ => return None,
    };
    Some(said.to_owned())
}
