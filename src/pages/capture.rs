//! From a paper on the table to a page that reads: the camera, and putting a page right.

mod camera_page;
mod review;
mod sheet_page;

pub use camera_page::CameraPage;
pub use sheet_page::SheetPage;
