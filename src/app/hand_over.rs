//! A draft's way from this device to another one, or from another one to this: packed, sealed, by the
//! backend's letter box. The key travels in the scanned link, or is agreed on while people compare six
//! digits (`agreement`). Knows nothing of screens.

mod agreement;
mod give;
mod letter_box;
mod package;
mod take;

pub use give::{Giver, Giving, seal_for_slip};
pub use letter_box::LetterBox;
pub use take::{Taker, Taking};

/// Milliseconds between looks into the letter box.
const PAUSE: u32 = 1_000;
/// Bytes of a draft in one part, before it is sealed.
const PART: u64 = 1024 * 1024;

/// What a part is sealed with besides the key, so that none can take another's place.
fn label(part: u32) -> String {
    format!("motcua part {part}")
}
