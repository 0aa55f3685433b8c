//! Writing a dossier that passed all checks: its row, its fee lines, its papers with their files.
//! Decides nothing but whether each file is what it was said to be.

use super::checks::Checked;
use crate::app::App;
use crate::database::{Tx, to_column};
use crate::dossiers::{self, Step};
use crate::error::Result;
use crate::fees;
use crate::secrets;
use crate::sessions::Citizen;
use crate::uploads::binding::{self, Place};
use crate::uploads::{quota, store};
use motcua_domain::behalf::{Behalf, Consent};
use motcua_domain::calendar::appointment;
use motcua_domain::date::Moment;
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::fee::{
    Channel, FeeContext, FeeTiming, QuoteLine, quote, saved_online, total_due,
};
use motcua_domain::form::PersonPart;
use motcua_domain::form::leaves::NAME;
use motcua_domain::procedure::{Need, ServiceLevel};
use sqlx::Row;

/// A dossier that passed all checks, and who files it when.
pub struct NewDossier<'a> {
    /// What was sent.
    pub checked: Checked<'a>,
    /// The submitter.
    pub citizen: &'a Citizen,
    /// When.
    pub now: Moment,
}

impl NewDossier<'_> {
    fn fee_context(&self) -> FeeContext<'_> {
        FeeContext {
            channel: Channel::Online,
            filed_on: self.now.date(),
            pages: None,
            exempt: self.checked.exempt,
            answers: &self.checked.answers,
        }
    }

    /// The clock starts when nothing more is expected of the citizen: neither money at intake nor
    /// the original at the counter.
    fn appointment(&self, app: &App, lines: &[QuoteLine]) -> Option<Moment> {
        let procedure = self.checked.procedure;
        let at_intake: Vec<QuoteLine> =
            lines.iter().filter(|line| line.timing == FeeTiming::Intake).cloned().collect();
        let waits = !total_due(&at_intake).is_zero() || procedure.level == ServiceLevel::Partial;
        if waits {
            return None;
        }
        appointment(procedure.time_limit, self.now, &app.catalogue.holidays)
    }

    fn of_applicant(&self, part: &str) -> &str {
        let Checked { procedure, answers, .. } = &self.checked;
        procedure.answer_of_applicant(answers, part).unwrap_or_default()
    }

    /// Writes the dossier with its fee lines and its first step. Submitter and applicant are kept
    /// apart, also where they are one person.
    pub async fn insert(
        &self,
        app: &App,
        tx: &mut Tx,
        code: &DossierCode,
        key: &str,
    ) -> Result<()> {
        let Checked { procedure, answers, behalf, .. } = &self.checked;
        let applicant = serde_json::json!({
            "name": self.of_applicant(NAME),
            "citizen_number": self.of_applicant(PersonPart::CitizenNumber.key()),
            "phone": self.of_applicant(PersonPart::Phone.key()),
        });
        let consent =
            if behalf.wants_confirmation() { Consent::Waiting } else { Consent::NotAsked };
        let authorisation = match behalf {
            Behalf::Authorised(paper) => Some(serde_json::to_string(paper)?),
            _ => None,
        };
        let lines = quote(&procedure.fees, self.fee_context());
        let saved = saved_online(&procedure.fees, self.fee_context());
        sqlx::query(
            "INSERT INTO dossiers (code, key_hash, procedure, procedure_name, form_version, subject, \
             submitter_name, applicant_name, applicant, answers, channel, status, submitted_at, \
             appointment, behalf, authorisation, submitter_number, consent, browser, exempt, saved, \
             sample) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, \
             ?19, ?20, ?21, ?22)",
        )
        .bind(code.as_str())
        .bind(secrets::hash(key))
        .bind(procedure.code.as_str())
        .bind(serde_json::to_string(&procedure.short_name)?)
        .bind(i64::from(procedure.version))
        .bind(&self.citizen.subject)
        .bind(&self.citizen.profile.name)
        .bind(self.of_applicant(NAME))
        .bind(applicant.to_string())
        .bind(serde_json::to_string(answers)?)
        .bind(i64::from(Channel::Online.code()))
        .bind(i64::from(DossierStatus::Registered.code()))
        .bind(self.now.0)
        .bind(self.appointment(app, &lines).map(|moment| moment.0))
        .bind(behalf.id())
        .bind(authorisation)
        .bind(&self.citizen.profile.citizen_number)
        .bind(to_column(&consent)?)
        .bind(&self.citizen.browser)
        .bind(self.checked.exempt.as_ref().map(to_column).transpose()?)
        .bind(saved.map(|saved| i64::try_from(saved.0).unwrap_or(i64::MAX)))
        .bind(self.checked.sample)
        .execute(&mut **tx)
        .await?;
        fees::insert(tx, code.as_str(), &lines).await?;
        dossiers::take(tx, code, Step::new(DossierStatus::Registered, self.now)).await
    }

    /// Writes the papers and binds their files to the dossier.
    pub async fn attach(&self, tx: &mut Tx, code: &DossierCode) -> Result<()> {
        for (position, component) in self.checked.components.iter().enumerate() {
            let given = self.checked.given.iter().find(|part| part.component == component.id);
            let uploads = given.map(|part| part.uploads.as_slice()).unwrap_or_default();
            let reused = given.map(|part| part.reused.as_slice()).unwrap_or_default();
            let flags = self.use_again(tx, code, component, uploads.len(), reused).await?;
            sqlx::query(
                "INSERT INTO dossier_components \
                 (dossier, position, component, name, files, reused, doubts, digitised, reuse, replacing) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )
            .bind(code.as_str())
            .bind(i64::try_from(position).unwrap_or(i64::MAX))
            .bind(&component.id)
            .bind(serde_json::to_string(&component.name)?)
            .bind(i64::try_from(uploads.len()).unwrap_or(i64::MAX))
            .bind(matches!(component.need, Need::ReplacedByData { .. }))
            .bind(serde_json::to_string(given.map_or(&[][..], |part| &part.doubts))?)
            .bind(flags.digitised)
            .bind(i64::from(flags.reuse.code()))
            .bind(&flags.replacing_result)
            .execute(&mut **tx)
            .await?;
            let place = Place { component: component.id.clone(), first: 0 };
            for (page, upload) in uploads.iter().enumerate() {
                let owner = &self.citizen.owner;
                binding::bind(tx, owner, code.as_str(), &place, page, upload, self.now).await?;
                if let Some(kind) = &component.reuse {
                    self.keep(tx, code, component, kind, upload).await?;
                }
            }
        }
        quota::check_dossier(tx, code.as_str()).await
    }
}

/// Whether the bytes of a dossier's files are where they should be; for tests and audits.
pub async fn files_are_stored(app: &App, code: &DossierCode) -> Result<bool> {
    let rows = sqlx::query("SELECT upload FROM dossier_files WHERE dossier = ?1")
        .bind(code.as_str())
        .fetch_all(&app.db)
        .await?;
    for row in rows {
        let upload: String = row.try_get("upload")?;
        if app.files.head(&store::file_path(&upload)).await.is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}
