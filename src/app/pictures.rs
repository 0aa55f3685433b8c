//! Addresses under which pages can be shown, by the key of their bytes. Knows nothing of what they are
//! pages of.

use super::vault;
use crate::browser::image::{self, Blob};
use crate::browser::storage::Shelf;
use crate::browser::tasks;
use leptos::prelude::*;

/// Pictures that can be shown.
#[derive(Clone, Copy)]
pub struct Pictures {
    addresses: RwSignal<Vec<(String, String)>>,
    fetching: StoredValue<Vec<String>>,
}

impl Pictures {
    /// None yet.
    pub fn new() -> Self {
        Self { addresses: RwSignal::new(vec![]), fetching: StoredValue::new(vec![]) }
    }

    /// The address of a picture; when it is not there yet, it is fetched from this device.
    pub fn find(self, id: &str) -> Option<String> {
        let known = self.known(id);
        if known.is_none() && !self.fetching.with_value(|all| all.iter().any(|all| all == id)) {
            let id = id.to_owned();
            self.fetching.update_value(|all| all.push(id.clone()));
            tasks::start(async move {
                if let Ok(Some(blob)) = vault::find_blob(Shelf::Papers, &id).await {
                    self.show(&id, &blob);
                }
                self.fetching.update_value(|all| all.retain(|all| *all != id));
            });
        }
        known
    }

    /// Shows these bytes under this key.
    pub fn show(self, id: &str, blob: &Blob) {
        if untrack(|| self.known(id)).is_none()
            && let Some(address) = image::url_of(blob)
        {
            self.addresses.update(|all| all.push((id.to_owned(), address)));
        }
    }

    /// Gives an address back.
    pub fn forget(self, id: &str) {
        if let Some(address) = untrack(|| self.known(id)) {
            image::forget_url(&address);
            self.addresses.update(|all| all.retain(|(key, _)| key != id));
        }
    }

    fn known(self, id: &str) -> Option<String> {
        self.addresses
            .with(|all| all.iter().find(|(key, _)| key == id).map(|(_, address)| address.clone()))
    }
}
