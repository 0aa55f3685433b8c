//! The building blocks of the interface, one component to a file, after the GOV.UK patterns. They
//! know nothing of dossiers, take words and values, and hand back events.

mod back_link;
mod button;
mod checkboxes;
mod choice_buttons;
mod corners;
mod date;
mod error_summary;
mod field;
mod file_slot;
mod frame;
mod notice;
mod offer;
mod page;
mod page_tile;
mod progress;
mod qr;
mod radios;
mod removal;
mod select;
mod share_bar;
mod skip_link;
mod summary_list;
mod task_list;
mod textarea;
mod timeline;

pub use back_link::BackLink;
pub use button::{Button, LinkButton};
pub use checkboxes::Checkboxes;
pub use choice_buttons::ChoiceButtons;
pub use corners::{CornerWords, Corners, outline};
pub use date::{DateInput, DateWords};
pub use error_summary::{ErrorLine, ErrorSummary, error_of};
pub use field::Field;
pub use file_slot::{FileSlot, PickedFile, SlotFile, SlotWords};
pub use notice::{Notice, Tone};
pub use offer::{Offer, OfferWords};
pub use page::{Back, Page};
pub use page_tile::{PageAct, PageWords, SlotPage};
pub use progress::Progress;
pub use qr::QrPicture;
pub use radios::Radios;
pub use removal::{Removal, RemovalWords};
pub use select::Select;
pub use share_bar::ShareBar;
pub use skip_link::SkipLink;
pub use summary_list::{SummaryList, SummaryRow};
pub use task_list::{TaskList, TaskRow};
pub use textarea::Textarea;
pub use timeline::{Moment, Timeline};

/// An option of radios or checkboxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Value.
    pub id: String,
    /// What it says.
    pub label: String,
}
