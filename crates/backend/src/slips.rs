//! The slips that the office gives: forms 01 to 04 and the notice of stopping. Each has a number without
//! gaps and a code, given in the transaction of what it tells of, and keeps what it said then.

mod handlers;
mod sheet;

pub use handlers::{give_file, show};

use crate::app::App;
use crate::database::{Tx, from_column, to_column};
use crate::dossiers::{Dossier, components};
use crate::error::Result;
use crate::fees;
use crate::payments::attempts::hint;
use crate::secrets;
use crate::serials;
use motcua_contract::problem::ProblemType;
use motcua_contract::slips::{ReceivedPaper, SlipDetail, SlipFee, SlipMatter, SlipView};
use motcua_contract::slips::{SlipForm, SlipLink};
use motcua_domain::date::Moment;
use motcua_domain::date_words;
use motcua_domain::text::Text;
use sqlx::{Row, SqliteConnection};

/// Gives a slip.
pub async fn issue(app: &App, tx: &mut Tx, dossier: &str, matter: &SlipMatter) -> Result<()> {
    let now = app.clock.now();
    let form = matter.form();
    let series = format!("P{}{:02}", form.series(), now.date().year() % 100);
    let serial = serials::next(tx, &app.settings.agency, &series).await?;
    let round = match matter {
        SlipMatter::Supplement { round, .. } => Some(i64::from(*round)),
        _ => None,
    };
    sqlx::query(
        "INSERT INTO slips (token, file_key, form, number, dossier, about, issued_at, matter) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )
    .bind(secrets::token()?)
    .bind(secrets::token()?)
    .bind(to_column(&form)?)
    .bind(format!("{}-{series}-{serial:06}", app.settings.agency))
    .bind(dossier)
    .bind(round)
    .bind(now.0)
    .bind(serde_json::to_string(matter)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What an intake receipt says of a dossier as it is now.
pub async fn intake(connection: &mut SqliteConnection, dossier: &Dossier) -> Result<SlipMatter> {
    let code = dossier.code.as_str();
    let received = components(connection, code).await?.into_iter();
    let lines = fees::of_dossier(connection, code, dossier.status).await?.into_iter();
    Ok(SlipMatter::Intake {
        received: received
            .map(|paper| ReceivedPaper {
                name: paper.name,
                files: paper.files,
                reused: paper.reused,
            })
            .collect(),
        fees: lines
            .map(|line| SlipFee {
                name: line.view.name,
                amount: line.view.amount,
                state: line.view.state,
            })
            .collect(),
        appointment: dossier.appointment,
    })
}

/// The slips of a dossier, newest first.
pub async fn of_dossier(connection: &mut SqliteConnection, dossier: &str) -> Result<Vec<SlipLink>> {
    let rows = sqlx::query(
        "SELECT token, form, number, issued_at FROM slips WHERE dossier = ?1 \
         ORDER BY issued_at DESC, rowid DESC",
    )
    .bind(dossier)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SlipLink {
                token: row.try_get("token")?,
                form: from_column(row.try_get("form")?)?,
                number: row.try_get("number")?,
                at: Moment(row.try_get("issued_at")?),
            })
        })
        .collect()
}

/// A column by which a slip is found.
#[derive(Debug, Clone, Copy)]
enum By {
    Token,
    FileKey,
}

/// A slip as stored.
#[derive(Debug, Clone)]
struct Slip {
    token: String,
    file_key: String,
    form: SlipForm,
    number: String,
    dossier: String,
    issued_at: Moment,
    newest: bool,
    /// None on slips from before they kept it.
    matter: Option<SlipMatter>,
}

async fn get(connection: &mut SqliteConnection, by: By, value: &str) -> Result<Slip> {
    let column = match by {
        By::Token => "token",
        By::FileKey => "file_key",
    };
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT *, NOT EXISTS (SELECT 1 FROM slips AS later WHERE later.dossier = slips.dossier \
         AND later.form = slips.form AND later.rowid > slips.rowid) AS newest \
         FROM slips WHERE {column} = ?1"
    ));
    let row = sqlx::query(sql).bind(value).fetch_optional(connection).await?;
    let row = row.ok_or(ProblemType::NotFound)?;
    let matter: Option<String> = row.try_get("matter")?;
    Ok(Slip {
        token: row.try_get("token")?,
        file_key: row.try_get("file_key")?,
        form: from_column(row.try_get("form")?)?,
        number: row.try_get("number")?,
        dossier: row.try_get("dossier")?,
        issued_at: Moment(row.try_get("issued_at")?),
        newest: row.try_get("newest")?,
        matter: matter.map(|text| serde_json::from_str(&text)).transpose()?,
    })
}

/// The province as papers name it: `Hải Phòng`.
fn place(app: &App) -> &str {
    let home = &app.config.home.province;
    let found = app.catalogue.units().provinces.iter().find(|province| province.code == *home);
    let name = found.map(|province| province.name.as_str()).unwrap_or_default();
    name.strip_prefix("Thành phố ").or_else(|| name.strip_prefix("Tỉnh ")).unwrap_or(name)
}

impl Slip {
    fn dated(&self, app: &App) -> Text {
        date_words::place_and_day(place(app), self.issued_at.date())
    }

    fn view(&self, app: &App, dossier: &Dossier, whole: bool) -> SlipView {
        let matter = self.matter.clone().filter(|_| whole);
        SlipView {
            form: self.form,
            number: self.number.clone(),
            issuer: app.config.office_address.clone(),
            dossier: if whole { self.dossier.clone() } else { hint(&self.dossier) },
            issued_at: self.issued_at,
            dated: self.dated(app),
            newest: self.newest,
            detail: matter.map(|matter| SlipDetail {
                procedure_name: dossier.procedure_name.clone(),
                applicant_name: dossier.applicant_name.clone(),
                submitter_name: dossier.submitter_name.clone(),
                matter,
                file: format!("{}/slip-files/{}", app.config.api_base, self.file_key),
            }),
        }
    }

    /// The address in the code.
    fn address(&self, app: &App) -> String {
        format!("{}/phieu/{}", app.settings.origin, self.token)
    }
}
