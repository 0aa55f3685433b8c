//! Signing in, where it has a page of its own.

mod login_failed_page;

pub use login_failed_page::LoginFailedPage;
