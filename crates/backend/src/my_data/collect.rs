//! Puts together what the office has of a person. Reads only; each query is bound to the person.

use crate::app::App;
use crate::consents;
use crate::dossiers::{self, Dossier, status_view};
use crate::error::Result;
use crate::my_data::requests;
use crate::papers::store;
use crate::sessions::Citizen;
use motcua_contract::my_data::{
    MyData, MyDossier, MyMessage, MyPaper, MyPayment, MySession, MyUpload, Tie,
};
use motcua_contract::problem::ProblemType;
use motcua_domain::citizen::phone_ending;
use motcua_domain::date::Moment;
use motcua_domain::money::Vnd;
use sqlx::{Row, SqliteConnection};

/// A phone number of which only the end is told.
pub fn masked(phone: &str) -> String {
    if phone.is_empty() { String::new() } else { format!("•••• {}", phone_ending(phone)) }
}

/// How a dossier is a person's; not at all, for most.
pub fn tie(dossier: &Dossier, citizen: &Citizen) -> Option<Tie> {
    let filed = dossier.subject == citizen.subject;
    let number = citizen.profile.citizen_number.as_deref().filter(|number| !number.is_empty());
    let about = number == Some(dossier.applicant_number.as_str());
    match (filed, about) {
        (true, true) => Some(Tie::Own),
        (true, false) => Some(Tie::Filed),
        (false, true) => Some(Tie::About),
        (false, false) => None,
    }
}

/// A dossier of this person. Another's is as good as not there.
pub async fn get_tied(
    connection: &mut SqliteConnection,
    citizen: &Citizen,
    code: &str,
) -> Result<(Dossier, Tie)> {
    let dossier = dossiers::get(connection, code).await?;
    let tie = tie(&dossier, citizen).ok_or(ProblemType::NotFound)?;
    Ok((dossier, tie))
}

/// A dossier as its person is told of it.
pub fn view(dossier: &Dossier, tie: Tie) -> MyDossier {
    let phone = Some(masked(&dossier.applicant_phone)).filter(|_| tie != Tie::Filed);
    MyDossier {
        code: dossier.code.clone(),
        procedure_name: dossier.procedure_name.clone(),
        submitted_at: dossier.submitted_at,
        status: status_view(dossier.status),
        ended: dossier.status.is_final(),
        tie,
        applicant_name: dossier.applicant_name.clone(),
        submitter_name: dossier.submitter_name.clone(),
        phone: phone.filter(|phone| !phone.is_empty()),
    }
}

/// The dossiers of a person, newest first. Of those of guided runs, only who ran them is told.
pub async fn dossiers_of(
    connection: &mut SqliteConnection,
    citizen: &Citizen,
) -> Result<Vec<(Dossier, Tie)>> {
    let rows = sqlx::query(
        "SELECT code FROM dossiers WHERE subject = ?1 \
         OR (sample = 0 AND json_extract(applicant, '$.citizen_number') = ?2) \
         ORDER BY submitted_at DESC, code DESC",
    )
    .bind(&citizen.subject)
    .bind(&citizen.profile.citizen_number)
    .fetch_all(&mut *connection)
    .await?;
    let mut found = vec![];
    for row in rows {
        let code: String = row.try_get("code")?;
        found.push(get_tied(connection, citizen, &code).await?);
    }
    Ok(found)
}

async fn payments(
    connection: &mut SqliteConnection,
    dossiers: &[(Dossier, Tie)],
) -> Result<Vec<MyPayment>> {
    let mut payments = vec![];
    for (dossier, _) in dossiers {
        let rows = sqlx::query(
            "SELECT r.number, r.channel, r.amount, r.paid_at, f.name FROM receipts r \
             JOIN fees f ON f.dossier = r.dossier AND f.id = r.fee \
             WHERE r.dossier = ?1 ORDER BY r.paid_at DESC",
        )
        .bind(dossier.code.as_str())
        .fetch_all(&mut *connection)
        .await?;
        for row in rows {
            payments.push(MyPayment {
                dossier: dossier.code.clone(),
                fee_name: serde_json::from_str(row.try_get("name")?)?,
                amount: Vnd(row.try_get::<i64, _>("amount")?.unsigned_abs()),
                channel: row.try_get("channel")?,
                paid_at: Moment(row.try_get("paid_at")?),
                number: row.try_get("number")?,
            });
        }
    }
    Ok(payments)
}

/// Messages to the applicant are the applicant's; one-time codes are nobody's to read again.
async fn messages(
    connection: &mut SqliteConnection,
    dossiers: &[(Dossier, Tie)],
) -> Result<Vec<MyMessage>> {
    let mut messages = vec![];
    for (dossier, _) in dossiers.iter().filter(|(_, tie)| *tie != Tie::Filed) {
        let rows = sqlx::query(
            "SELECT phone, words, written_at, sent_at FROM messages \
             WHERE dossier = ?1 AND kind <> 'pass' ORDER BY id DESC",
        )
        .bind(dossier.code.as_str())
        .fetch_all(&mut *connection)
        .await?;
        for row in rows {
            messages.push(MyMessage {
                dossier: dossier.code.clone(),
                words: row.try_get("words")?,
                phone: masked(row.try_get("phone")?),
                written_at: Moment(row.try_get("written_at")?),
                sent_at: row.try_get::<Option<i64>, _>("sent_at")?.map(Moment),
            });
        }
    }
    Ok(messages)
}

async fn sessions(connection: &mut SqliteConnection, citizen: &Citizen) -> Result<Vec<MySession>> {
    let sql = "SELECT id_hash, created_at, seen_at FROM sessions WHERE subject = ?1 \
               ORDER BY seen_at DESC";
    let rows = sqlx::query(sql).bind(&citizen.subject).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(MySession {
                created_at: Moment(row.try_get("created_at")?),
                seen_at: Moment(row.try_get("seen_at")?),
                this: row.try_get::<String, _>("id_hash")? == citizen.session,
            })
        })
        .collect()
}

async fn uploads(connection: &mut SqliteConnection, citizen: &Citizen) -> Result<Vec<MyUpload>> {
    let sql = "SELECT length, created_at, expires_at FROM uploads \
               WHERE owner = ?1 AND dossier IS NULL ORDER BY created_at DESC";
    let rows = sqlx::query(sql).bind(&citizen.owner).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(MyUpload {
                length: row.try_get::<i64, _>("length")?.unsigned_abs(),
                created_at: Moment(row.try_get("created_at")?),
                expires_at: Moment(row.try_get("expires_at")?),
            })
        })
        .collect()
}

/// Everything.
pub async fn everything(app: &App, citizen: &Citizen) -> Result<MyData> {
    let papers = store::of_subject(app, &citizen.subject).await?;
    let mut connection = app.db.acquire().await?;
    let dossiers = dossiers_of(&mut connection, citizen).await?;
    Ok(MyData {
        as_of: app.clock.now(),
        papers: papers
            .into_iter()
            .map(|paper| MyPaper {
                id: paper.id,
                name: paper.name,
                owner_name: paper.owner_name,
                added_at: paper.added_at,
                size: paper.size,
            })
            .collect(),
        payments: payments(&mut connection, &dossiers).await?,
        messages: messages(&mut connection, &dossiers).await?,
        sessions: sessions(&mut connection, citizen).await?,
        uploads: uploads(&mut connection, citizen).await?,
        consents: consents::states(&mut connection, &citizen.subject).await?,
        ledger: consents::ledger(&mut connection, &citizen.subject).await?,
        requests: requests::of_subject(&mut connection, &citizen.subject).await?,
        dossiers: dossiers.iter().map(|(dossier, tie)| view(dossier, *tie)).collect(),
    })
}

/// The answers of a dossier that are this person's to take along: all that they gave, or what it says of
/// them.
pub fn answers(app: &App, dossier: &Dossier, tie: Tie) -> Result<serde_json::Value> {
    if tie != Tie::About {
        return Ok(serde_json::to_value(&dossier.answers)?);
    }
    let procedure = app.catalogue.find(&dossier.procedure);
    let person = procedure.and_then(|procedure| procedure.applicant.as_deref()).unwrap_or_default();
    let under = format!("{person}.");
    let own = dossier.answers.0.iter().filter(|(id, _)| id.starts_with(&under));
    let own: std::collections::BTreeMap<_, _> = own.collect();
    Ok(serde_json::to_value(own)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_phone_is_told_by_its_end() {
        assert_eq!(super::masked("0912345678"), "•••• 678");
        assert_eq!(super::masked(""), "");
    }
}
