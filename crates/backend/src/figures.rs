//! The figures that the commune is judged by, for everybody, over the dossiers of the app and those
//! that staff sync from elsewhere. What counts where is the domain's.

pub mod handlers;
mod store;
mod table;
