//! Signing in where it has a page of its own, and who is signed in.

mod login_failed_page;
mod my_papers_page;
mod signed_in;

pub use login_failed_page::LoginFailedPage;
pub use my_papers_page::MyPapersPage;
pub use signed_in::SignedIn;
