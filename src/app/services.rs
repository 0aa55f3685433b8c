//! What every page can reach: language, configuration, the open draft, uploads. One struct of
//! signals, made once by `main` and never dropped.

use super::Failure;
use super::counter::CounterService;
use super::feedback::FeedbackService;
use super::outbox::Outbox;
use super::people::{self, KnownPerson};
use super::prefill::HeldCard;
use super::{api, draft, papers, pictures, uploads, vault};
use crate::browser::preference::Setting;
use crate::browser::{document, navigation, network, preference};
use crate::i18n::Language;
use leptos::prelude::*;
use motcua_contract::catalogue::CatalogueDocument;
use motcua_contract::config::AppConfig;
use motcua_contract::papers::KeptPaper;
use motcua_contract::session::Profile;
use motcua_domain::procedure::{Detail, Procedure, ProcedureCode};
use motcua_domain::scan::{self, Meaning, PortalIds, Refusal, TrustedHosts};
use motcua_domain::search::Index;
use motcua_domain::units::Units;
use motcua_journeys::draft::DraftKey;
use motcua_journeys::submit;
use std::sync::Arc;

const LANGUAGE_KEY: Setting = Setting::LANGUAGE;
const EASY_KEY: Setting = Setting::EASY;
const EASY_ON: &str = "1";

/// What every page can reach.
#[derive(Clone, Copy)]
pub struct Services {
    /// The language of the interface.
    pub language: RwSignal<Language>,
    /// Whether the device believes that it has a network.
    pub online: RwSignal<bool>,
    /// The commune's configuration, once it is here.
    pub config: RwSignal<Option<Arc<AppConfig>>>,
    /// Whether it is known who is signed in and whom this device remembers.
    pub prepared: RwSignal<bool>,
    /// Who is signed in, as far as that is known.
    pub profile: RwSignal<Option<Profile>>,
    /// The identity card that was scanned; never written to the device.
    pub card: RwSignal<Option<HeldCard>>,
    /// Where the next scanned card is to be filled in, and the page that waits for it.
    pub card_for: RwSignal<Option<(DraftKey, String, String)>>,
    /// Whom this device remembers.
    pub people: RwSignal<Vec<KnownPerson>>,
    /// What was typed into the search box, so that it is there again on the way back.
    pub query: RwSignal<String>,
    /// Procedures that were fetched.
    procedures: StoredValue<Vec<Arc<Procedure>>>,
    /// What search and browsing need, once fetched.
    catalogue: StoredValue<Option<Arc<CatalogueDocument>>>,
    /// The index over it, once something was searched.
    index: StoredValue<Option<Arc<Index>>>,
    /// The provinces and communes, once fetched.
    units: StoredValue<Option<Arc<Units>>>,
    /// Large type, one question a screen, and help at hand.
    pub easy: RwSignal<bool>,
    /// The open draft.
    pub draft: draft::DraftService,
    /// Files on their way.
    pub uploads: uploads::UploadService,
    /// Papers on their way from a photo to a file.
    pub papers: papers::PaperService,
    /// Papers that the office has of whoever is signed in.
    pub kept_papers: RwSignal<Vec<KeptPaper>>,
    /// Pages that can be shown.
    pub pictures: pictures::Pictures,
    /// Dossiers that wait for a network.
    pub outbox: Outbox,
    /// Feedback that waits for a network.
    pub feedback: FeedbackService,
    /// The submission under way.
    pub submission: RwSignal<submit::State>,
    /// Whether this device is everybody's.
    pub counter: CounterService,
}

/// The services, from any component.
pub fn services() -> Services {
    use_context().unwrap_or_else(Services::new)
}

impl Services {
    /// Makes them; called once.
    pub fn new() -> Self {
        // First of all: it decides where everything else is kept.
        let counter = CounterService::new();
        let remembered = preference::find(LANGUAGE_KEY);
        let language = remembered.as_deref().and_then(Language::find).unwrap_or(Language::Vi);
        language.set_global();
        document::set_language(language.code());
        let easy = preference::find(EASY_KEY).as_deref() == Some(EASY_ON);
        document::set_easy(easy);
        let online = RwSignal::new(network::is_online());
        network::on_change(move |now| online.set(now));
        let services = Self {
            language: RwSignal::new(language),
            online,
            config: RwSignal::new(None),
            prepared: RwSignal::new(false),
            profile: RwSignal::new(None),
            card: RwSignal::new(None),
            card_for: RwSignal::new(None),
            people: RwSignal::new(Vec::new()),
            query: RwSignal::new(String::new()),
            procedures: StoredValue::new(Vec::new()),
            catalogue: StoredValue::new(None),
            index: StoredValue::new(None),
            units: StoredValue::new(None),
            easy: RwSignal::new(easy),
            draft: draft::DraftService::new(),
            uploads: uploads::UploadService::new(),
            papers: papers::PaperService::new(),
            kept_papers: RwSignal::new(Vec::new()),
            pictures: pictures::Pictures::new(),
            outbox: Outbox::new(),
            feedback: FeedbackService::new(),
            submission: RwSignal::new(submit::State::default()),
            counter,
        };
        navigation::on_wake(move || {
            services.outbox.look(services);
            services.feedback.look(services);
        })
        .keep();
        services
    }

    /// Changes the language; every page is drawn anew.
    pub fn speak(self, language: Language) {
        preference::remember(LANGUAGE_KEY, language.code());
        document::set_language(language.code());
        language.set_global();
        self.language.set(language);
    }

    /// Turns easy mode on or off; every page is drawn anew.
    pub fn make_easy(self, easy: bool) {
        preference::remember(EASY_KEY, if easy { EASY_ON } else { "" });
        document::set_easy(easy);
        self.easy.set(easy);
        self.redraw();
    }

    /// The provinces and communes; fetched when they are not here yet.
    pub async fn get_units(self) -> Result<Arc<Units>, Failure> {
        if let Some(units) = self.units.get_value() {
            return Ok(units);
        }
        let units = Arc::new(api::get_units(self).await?);
        self.units.set_value(Some(Arc::clone(&units)));
        Ok(units)
    }

    /// The provinces and communes that were fetched; none before.
    pub fn units(self) -> Arc<Units> {
        self.units.get_value().unwrap_or_default()
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
        self.card_for.set(None);
        self.kept_papers.set(vec![]);
        self.draft.close();
        let _ = vault::belong_to(None).await;
        self.people.set(people::all().await);
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
