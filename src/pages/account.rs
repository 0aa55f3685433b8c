//! Signing in where it has a page of its own, and who is signed in.

mod login_failed_page;
mod signed_in;

pub use login_failed_page::LoginFailedPage;
pub use signed_in::SignedIn;
