//! What every page can reach: language, configuration, the open draft, uploads. One struct of
//! signals, made once by `main` and never dropped.

use super::Failure;
use super::{api, draft, uploads, vault};
use crate::browser::{document, navigation, network, preference};
use crate::i18n::Language;
use leptos::prelude::*;
use motcua_contract::catalogue::CatalogueDocument;
use motcua_contract::config::AppConfig;
use motcua_contract::session::Profile;
use motcua_domain::citizen_card::CitizenCard;
use motcua_domain::procedure::{Detail, Procedure, ProcedureCode};
use motcua_domain::scan::{self, Meaning, PortalIds, Refusal, TrustedHosts};
use motcua_domain::search::Index;
use motcua_journeys::submit;
use std::sync::Arc;

const LANGUAGE_KEY: &str = "language";

/// What every page can reach.
#[derive(Clone, Copy)]
pub struct Services {
    /// The language of the interface.
    pub language: RwSignal<Language>,
    /// Whether the device believes that it has a network.
    pub online: RwSignal<bool>,
    /// The commune's configuration, once it is here.
    pub config: RwSignal<Option<Arc<AppConfig>>>,
    /// Who is signed in, as far as that is known.
    pub profile: RwSignal<Option<Profile>>,
    /// The identity card that was scanned; never written to the device.
    pub card: RwSignal<Option<CitizenCard>>,
    /// What was typed into the search box, so that it is there again on the way back.
    pub query: RwSignal<String>,
    /// Procedures that were fetched.
    procedures: StoredValue<Vec<Arc<Procedure>>>,
    /// What search and browsing need, once fetched.
    catalogue: StoredValue<Option<Arc<CatalogueDocument>>>,
    /// The index over it, once something was searched.
    index: StoredValue<Option<Arc<Index>>>,
    /// The open draft.
    pub draft: draft::DraftService,
    /// Files on their way.
    pub uploads: uploads::UploadService,
    /// The submission under way.
    pub submission: RwSignal<submit::State>,
}

/// The services, from any component.
pub fn services() -> Services {
    use_context().unwrap_or_else(Services::new)
}

impl Services {
    /// Makes them; called once.
    pub fn new() -> Self {
        let remembered = preference::find(LANGUAGE_KEY);
        let language = remembered.as_deref().and_then(Language::find).unwrap_or(Language::Vi);
        language.set_global();
        document::set_language(language.code());
        let online = RwSignal::new(network::is_online());
        network::on_change(move |now| online.set(now));
        let services = Self {
            language: RwSignal::new(language),
            online,
            config: RwSignal::new(None),
            profile: RwSignal::new(None),
            card: RwSignal::new(None),
            query: RwSignal::new(String::new()),
            procedures: StoredValue::new(Vec::new()),
            catalogue: StoredValue::new(None),
            index: StoredValue::new(None),
            draft: draft::DraftService::new(),
            uploads: uploads::UploadService::new(),
            submission: RwSignal::new(submit::State::default()),
        };
        // A file that stalled on a lost network goes on without being asked.
        navigation::on_wake(move || services.uploads.resume_all(services)).keep();
        services
    }

    /// Changes the language; every page is drawn anew.
    pub fn speak(self, language: Language) {
        preference::remember(LANGUAGE_KEY, language.code());
        document::set_language(language.code());
        language.set_global();
        self.language.set(language);
    }

    /// Draws every page anew.
    pub fn redraw(self) {
        self.language.update(|_| ());
    }

    /// The configuration; fetched when it is not here yet.
    pub async fn get_config(self) -> Result<Arc<AppConfig>, Failure> {
        if let Some(config) = self.config.get_untracked() {
            return Ok(config);
        }
        let config = Arc::new(api::get_config().await?);
        self.config.set(Some(Arc::clone(&config)));
        Ok(config)
    }

    /// The catalogue, when it was fetched before.
    pub fn find_catalogue(self) -> Option<Arc<CatalogueDocument>> {
        self.catalogue.get_value()
    }

    /// The catalogue; fetched when it is not here yet.
    pub async fn get_catalogue(self) -> Result<Arc<CatalogueDocument>, Failure> {
        if let Some(catalogue) = self.find_catalogue() {
            return Ok(catalogue);
        }
        let catalogue = Arc::new(api::get_catalogue(self).await?);
        self.catalogue.set_value(Some(Arc::clone(&catalogue)));
        Ok(catalogue)
    }

    /// The index over the catalogue; built when something is first searched.
    pub fn get_index(self, catalogue: &CatalogueDocument) -> Arc<Index> {
        if let Some(index) = self.index.get_value() {
            return index;
        }
        let index = Arc::new(catalogue.index());
        self.index.set_value(Some(Arc::clone(&index)));
        index
    }

    /// A procedure that was fetched before.
    pub fn find_procedure(self, code: &ProcedureCode) -> Option<Arc<Procedure>> {
        self.procedures.with_value(|known| known.iter().find(|known| known.code == *code).cloned())
    }

    /// A procedure; fetched when it is not here yet.
    pub async fn get_procedure(self, code: &ProcedureCode) -> Result<Arc<Procedure>, Failure> {
        if let Some(procedure) = self.find_procedure(code) {
            return Ok(procedure);
        }
        let procedure = match api::get_procedure(self, code).await {
            Ok(procedure) => Arc::new(procedure),
            Err(failure) => return self.find_listed(code).await.map(Arc::new).ok_or(failure),
        };
        self.procedures.update_value(|known| known.push(Arc::clone(&procedure)));
        Ok(procedure)
    }

    /// Without a network, what the catalogue says of a procedure of which nobody knows more.
    async fn find_listed(self, code: &ProcedureCode) -> Option<Procedure> {
        let catalogue = self.get_catalogue().await.ok()?;
        let row = catalogue.procedures.iter().find(|row| row.code == *code)?;
        (row.detail == Detail::Listed).then(|| {
            let title = row.title().clone();
            Procedure::listed(code.clone(), row.name.clone(), title, row.authority)
        })
    }

    /// Forgets a procedure whose form turned out to be an old one.
    pub fn forget_procedure(self, code: &ProcedureCode) {
        self.procedures.update_value(|known| known.retain(|known| known.code != *code));
    }

    /// The person who was signed in leaves: nothing of theirs is shown to the next one.
    pub async fn part(self) {
        self.profile.set(None);
        self.card.set(None);
        self.draft.close();
        let _ = vault::belong_to(None).await;
    }

    /// What a scanned text means.
    pub fn understand(self, text: &str) -> Result<Meaning, Refusal> {
        let (hosts, ids) = self.scan_rules();
        scan::meaning(text, &hosts, &ids)
    }

    /// What a typed or pasted text means.
    pub fn understand_pasted(self, text: &str) -> Result<Meaning, Refusal> {
        let (hosts, ids) = self.scan_rules();
        scan::meaning_of_pasted(text, &hosts, &ids)
    }

    /// Whose links are understood: those of the configuration, and this very site.
    fn scan_rules(self) -> (TrustedHosts, PortalIds) {
        let config = self.config.get_untracked();
        let (mut hosts, ids) = config
            .map(|config| (config.trusted_hosts.clone(), config.portal_ids.clone()))
            .unwrap_or_default();
        if let Some((_, host)) = navigation::origin().split_once("://") {
            hosts.own.push(host.to_owned());
        }
        (hosts, ids)
    }
}
