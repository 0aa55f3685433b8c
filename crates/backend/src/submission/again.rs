//! Papers of a new dossier that were handed in before, and those of it that will serve again. What fits
//! is the domain's rule.

use super::checks::Checked;
use super::record::NewDossier;
use crate::consents;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::papers::store::{self, Kept};
use crate::secrets;
use crate::uploads::binding::refused_component;
use crate::uploads::store::file_path;
use motcua_contract::papers::ReusedPaper;
use motcua_contract::uploads::UploadReference;
use motcua_domain::consent::Purpose;
use motcua_domain::dossier::DossierCode;
use motcua_domain::form::PersonPart;
use motcua_domain::form::leaves::NAME;
use motcua_domain::procedure::{Component, Need};
use motcua_domain::reuse::{PaperFlags, PaperKind, PaperOrigin, Reuse, fits};
use sqlx::Row;

impl NewDossier<'_> {
    /// An answer about the person whom a paper is about; empty where the form asks for none.
    fn about(&self, kind: &PaperKind, part: &str) -> &str {
        let Checked { procedure, answers, .. } = &self.checked;
        procedure.answer_about(kind, answers, part).unwrap_or_default()
    }

    /// Notes which kept papers stand in the place of files, and gives the component's flags.
    pub(super) async fn use_again(
        &self,
        tx: &mut Tx,
        code: &DossierCode,
        component: &Component,
        files: usize,
        reused: &[ReusedPaper],
    ) -> Result<PaperFlags> {
        let looked_up = matches!(component.need, Need::ReplacedByData { .. });
        let mut flags = PaperFlags {
            digitised: files > 0 || !reused.is_empty(),
            reuse: if looked_up { Reuse::Reused } else { Reuse::No },
            ..PaperFlags::default()
        };
        for again in reused {
            let wanted = component.reuse.as_ref();
            let wanted = wanted
                .ok_or_else(|| refused_component(&component.id, "nothing serves again here"))?;
            let paper =
                store::get_own(tx, &self.citizen.subject, &again.paper).await.map_err(|error| {
                    match error {
                        Error::Problem(_) => refused_component(&component.id, "no such kept paper"),
                        fault => fault,
                    }
                })?;
            let number = self.about(wanted, PersonPart::CitizenNumber.key());
            fits(paper.fact(), wanted, number, self.now.date())
                .map_err(|unfit| refused_component(&component.id, unfit.id()))?;
            if !consents::allows(tx, &self.citizen.subject, Purpose::Reuse).await? {
                return Err(refused_component(&component.id, "the consent was taken back"));
            }
            store::note_use(tx, code.as_str(), &component.id, &paper, again, self.now).await?;
            match paper.origin {
                PaperOrigin::Result => {
                    flags.reuse = Reuse::ReplacedByResult;
                    flags.replacing_result = paper.number;
                }
                PaperOrigin::Component if flags.reuse == Reuse::No => flags.reuse = Reuse::Reused,
                PaperOrigin::Component => {}
            }
        }
        Ok(flags)
    }

    /// Keeps a file of this dossier, so that it can serve again.
    pub(super) async fn keep(
        &self,
        tx: &mut Tx,
        code: &DossierCode,
        component: &Component,
        kind: &PaperKind,
        upload: &UploadReference,
    ) -> Result<()> {
        // Of what is kept: a photo was drawn anew.
        let row =
            sqlx::query("SELECT kept_length, kept_type, kept_sha256 FROM uploads WHERE id = ?1")
                .bind(&upload.id)
                .fetch_one(&mut **tx)
                .await?;
        let kept = Kept {
            id: secrets::token()?,
            subject: self.citizen.subject.clone(),
            kind: kind.id.clone(),
            name: component.name.clone(),
            origin: PaperOrigin::Component,
            owner: self.about(kind, PersonPart::CitizenNumber.key()).to_owned(),
            owner_name: self.about(kind, NAME).to_owned(),
            dossier: code.clone(),
            number: None,
            object: file_path(&upload.id).to_string(),
            media_type: row.try_get("kept_type")?,
            size: row.try_get::<i64, _>("kept_length")?.unsigned_abs(),
            sha256: row.try_get("kept_sha256")?,
            added_at: self.now,
            good_until: kind.good_until(self.now.date()),
        };
        store::insert(tx, &kept).await
    }
}
