//! Reading a QR code: by camera, from a picture, or by typing what stands below it.

mod camera_view;
mod outcome;
mod scan_page;

pub use scan_page::ScanPage;
