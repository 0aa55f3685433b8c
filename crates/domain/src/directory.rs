//! The directory: every procedure that the commune is known to receive, one row each, with the
//! published facts as they were found. Reads the table and names flaws by row and column. Knows no
//! files, and nothing of what a procedure needs or costs: that is `procedure`.

use crate::procedure::ProcedureCode;
use crate::text::{Text, fold};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The columns, in order. The first seven are carried over as published; the rest are ours.
pub const COLUMNS: [&str; 11] = [
    "code",
    "name",
    "sector",
    "level",
    "decision",
    "source",
    "note",
    "status",
    "reason",
    "priority",
    "short_name",
];

/// Who decides about what is filed here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The commune.
    Commune,
    /// The city; the commune takes the dossier in.
    Province,
    /// Either.
    Shared,
    /// The published list leaves it open.
    #[default]
    Unknown,
}

/// Whether a procedure is offered today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// It is.
    #[default]
    InForce,
    /// It was repealed: kept as a fact, shown to nobody.
    Repealed,
    /// It begins later: kept as a fact, shown to nobody yet.
    NotYetInForce,
}

/// One row of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// National code.
    pub code: ProcedureCode,
    /// Name as published, slips included.
    pub name: String,
    /// Sector as published.
    pub sector: String,
    /// Who decides.
    pub authority: Authority,
    /// The decisions that published it; may be empty.
    pub decision: String,
    /// Which list it was taken from.
    pub source: String,
    /// What was doubtful about the row; for staff.
    pub note: String,
    /// Whether it is offered.
    pub status: Status,
    /// Why it is not.
    pub reason: String,
    /// Its place among the city's priority procedures, from 1.
    pub priority: Option<u16>,
    /// What people call it, where that is shorter or mends a slip of the published name.
    pub short_name: String,
}

/// Something wrong in a row: where, and what. Rows are counted from 1 with the heading, as
/// spreadsheets count them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}, column {column}: {cause}")]
pub struct RowFlaw {
    /// Row number.
    pub row: usize,
    /// Column name.
    pub column: &'static str,
    /// What is wrong.
    pub cause: String,
}

/// Reads the table: tab-separated, a heading, one procedure a row. Gives every flaw, not only the
/// first.
pub fn read(table: &str) -> Result<Vec<Listing>, Vec<RowFlaw>> {
    let mut flaws = Vec::new();
    let mut rows = table.trim_start_matches('\u{feff}').lines();
    let heading: Vec<&str> = rows.next().unwrap_or_default().split('\t').collect();
    for (place, column) in COLUMNS.iter().enumerate() {
        if heading.get(place) != Some(column) {
            let found = heading.get(place).copied().unwrap_or_default();
            let cause = format!("the heading says `{found}`");
            flaws.push(RowFlaw { row: 1, column, cause });
        }
    }
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let mut listings = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, row) in rows.enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let row_number = number + 2;
        match read_row(row, row_number) {
            Ok(listing) if !seen.insert(listing.code.clone()) => flaws.push(RowFlaw {
                row: row_number,
                column: "code",
                cause: format!("{} is listed twice", listing.code),
            }),
            Ok(listing) => listings.push(listing),
            Err(more) => flaws.extend(more),
        }
    }
    if flaws.is_empty() { Ok(listings) } else { Err(flaws) }
}

fn read_row(row: &str, number: usize) -> Result<Listing, Vec<RowFlaw>> {
    let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
    let mut flaws = Vec::new();
    let mut flaw = |column: &'static str, cause: String| {
        flaws.push(RowFlaw { row: number, column, cause });
    };
    if cells.len() != COLUMNS.len() {
        let cause = format!("{} cells where {} are wanted", cells.len(), COLUMNS.len());
        flaw(COLUMNS[cells.len().min(COLUMNS.len() - 1)], cause);
    }
    let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
    let code = ProcedureCode::parse(cell(0));
    if code.is_err() {
        flaw("code", format!("`{}` is not a procedure code such as 1.001193", cell(0)));
    }
    for (column, place) in [("name", 1), ("sector", 2)] {
        if cell(place).is_empty() {
            flaw(column, "empty".to_owned());
        }
    }
    let authority = read_authority(cell(3)).unwrap_or_else(|| {
        flaw("level", format!("`{}` is none of the known levels", cell(3)));
        Authority::Unknown
    });
    let status = match cell(7) {
        "" => Status::InForce,
        "repealed" => Status::Repealed,
        "not_yet_in_force" => Status::NotYetInForce,
        other => {
            flaw("status", format!("`{other}` is none of: empty, repealed, not_yet_in_force"));
            Status::InForce
        }
    };
    if status != Status::InForce && cell(8).is_empty() {
        flaw("reason", "empty: what is not offered says why".to_owned());
    }
    let priority = match cell(9) {
        "" => None,
        text => match text.parse() {
            Ok(place) if place > 0 => Some(place),
            _ => {
                flaw("priority", format!("`{text}` is not a place from 1"));
                None
            }
        },
    };
    let Ok(code) = code else { return Err(flaws) };
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let text = |place: usize| cell(place).to_owned();
    Ok(Listing {
        code,
        name: text(1),
        sector: text(2),
        authority,
        decision: text(4),
        source: text(5),
        note: text(6),
        status,
        reason: text(8),
        priority,
        short_name: text(10),
    })
}

/// The level as the published lists word it.
fn read_authority(words: &str) -> Option<Authority> {
    Some(match words {
        "cấp xã" => Authority::Commune,
        "cấp tỉnh tiếp nhận tại xã" => Authority::Province,
        "dùng chung (cấp tỉnh và cấp xã)" => Authority::Shared,
        "chưa xác định (cấp xã/dùng chung/cấp tỉnh tiếp nhận tại xã)" => {
            Authority::Unknown
        }
        _ => return None,
    })
}

/// A sector under which procedures are listed together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// Stable id.
    pub id: String,
    /// What it is called.
    pub name: Text,
}

/// A sector and the published names that it gathers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorRule {
    /// Stable id.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Published names, compared without marks and case.
    pub published: Vec<String>,
}

/// The table that unifies sector names, in the order in which sectors are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sectors {
    /// In the order in which they are shown.
    pub sectors: Vec<SectorRule>,
}

impl Sectors {
    /// The place and the sector of a published name.
    pub fn find(&self, published: &str) -> Option<(usize, Sector)> {
        let wanted = fold(published);
        let mut rules = self.sectors.iter().enumerate();
        let (place, rule) =
            rules.find(|(_, rule)| rule.published.iter().any(|name| fold(name) == wanted))?;
        Some((place, Sector { id: rule.id.clone(), name: rule.name.clone() }))
    }

    /// The rows whose sector is in none of the rules.
    pub fn check(&self, listings: &[Listing]) -> Vec<String> {
        let mut unknown: Vec<String> = listings
            .iter()
            .filter(|listing| self.find(&listing.sector).is_none())
            .map(|listing| format!("{}: no sector gathers `{}`", listing.code, listing.sector))
            .collect();
        unknown.dedup();
        unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> String {
        let mut text = COLUMNS.join("\t");
        for row in rows {
            text.push('\n');
            text.push_str(row);
        }
        text
    }

    #[test]
    fn reads_rows_as_published() {
        let rows = read(&table(&[
            "1.001193\tThủ tục đăng ký khai sinh\tHỘ TỊCH\tcấp xã\t\taudit\t\t\t\t29\tKhai sinh",
            "",
            "2.001009\tKhai nhận di sản\tCHỨNG THỰC\tcấp xã\t\taudit\t\trepealed\tBãi bỏ\t45\t",
        ]))
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].authority, rows[0].priority), (Authority::Commune, Some(29)));
        assert_eq!(rows[1].status, Status::Repealed);
    }

    #[test]
    fn names_every_flaw_by_row_and_column() {
        let flaws = read(&table(&[
            "1.0011\t\tHỘ TỊCH\tcấp xã\t\taudit\t\t\t\t\t",
            "1.001193\tA\tB\tcấp huyện\t\taudit\t\trepealed\t\tx\t",
            "1.001194\tA\tB\tcấp xã",
        ]))
        .unwrap_err();
        let said: Vec<String> = flaws.iter().map(ToString::to_string).collect();
        for part in [
            "row 2, column code: `1.0011` is not",
            "row 2, column name: empty",
            "row 3, column level: `cấp huyện`",
            "row 3, column reason: empty",
            "row 3, column priority: `x`",
            "row 4, column decision: 4 cells where 11 are wanted",
        ] {
            assert!(said.iter().any(|line| line.starts_with(part)), "{part}: {said:#?}");
        }
        assert!(read("code\tname").unwrap_err()[0].to_string().contains("heading"));
        let twice = "1.001193\tA\tB\tcấp xã\t\taudit\t\t\t\t\t";
        assert!(read(&table(&[twice, twice])).unwrap_err()[0].cause.contains("twice"));
    }

    #[test]
    fn published_sector_names_meet_in_one() {
        let name = Text { vi: "Văn hóa".into(), en: "Culture".into() };
        let published = vec!["VĂN HÓA".to_owned(), "VĂN HOÁ".to_owned()];
        let sectors =
            Sectors { sectors: vec![SectorRule { id: "van-hoa".into(), name, published }] };
        assert_eq!(sectors.find("Văn hoá").unwrap().1.id, "van-hoa");
        assert!(sectors.find("Y tế").is_none());
    }
}
