//! "Giấy tờ của tôi": papers and results of earlier dossiers, offered again. What fits is the domain's
//! rule (`reuse`); here is what is kept, who may see it, and how often it serves.

pub mod handlers;
mod signatures;
pub mod store;

use crate::papers::store::Kept;
use motcua_domain::reuse::KeptFact;

impl Kept {
    /// What the domain must know of it.
    pub fn fact(&self) -> KeptFact<'_> {
        KeptFact { kind: &self.kind, owner: &self.owner, good_until: self.good_until }
    }
}
