//! A dossier that the commune handled elsewhere, at the counter, by post or at the national portal, in
//! the fields of the national exchange, and what the figures read from it. Takes no field that names a
//! person: a row with one is refused.

use super::{Course, Record};
use crate::date::Moment;
use crate::dossier::{DossierCode, DossierStatus};
use crate::fee::Channel;
use crate::procedure::ProcedureCode;
use crate::reuse::Reuse;
use serde::{Deserialize, Serialize};

/// A dossier in the national fields. Their names and codes are those of systems in use; how the exchange
/// writes days is UNVERIFIED: here a moment is whole seconds since 1970 in UTC, as everywhere on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncedDossier {
    /// `MaHoSo`: its code.
    #[serde(rename = "MaHoSo")]
    pub code: String,
    /// `MaTTHC`: its procedure.
    #[serde(rename = "MaTTHC")]
    pub procedure: String,
    /// `KenhThucHien`: 1 at the counter, 2 online, 3 by post.
    #[serde(rename = "KenhThucHien")]
    pub channel: u8,
    /// `NgayTiepNhan`: when it was received.
    #[serde(rename = "NgayTiepNhan")]
    pub received: Moment,
    /// `NgayHenTra`: when the result is due, as it stands after all requests for more papers.
    #[serde(rename = "NgayHenTra", default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Moment>,
    /// `NgayKetThucXuLy`: when it ended.
    #[serde(rename = "NgayKetThucXuLy", default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
    /// `TrangThaiHoSo`: the national status.
    #[serde(rename = "TrangThaiHoSo")]
    pub status: u16,
    /// `TaiLieuNop`: its components.
    #[serde(rename = "TaiLieuNop", default)]
    pub papers: Vec<SyncedPaper>,
    /// `DanhSachGiayToKetQua`: its results.
    #[serde(rename = "DanhSachGiayToKetQua", default)]
    pub results: Vec<SyncedResult>,
    /// `DanhSachLePhi`: its fee lines.
    #[serde(rename = "DanhSachLePhi", default)]
    pub fees: Vec<SyncedFee>,
    /// `DuocThanhToanTrucTuyen`: 0 no, 1 at the national portal, 2 at another gateway.
    #[serde(rename = "DuocThanhToanTrucTuyen", default)]
    pub paid_online: u8,
    /// `DanhSachHoSoBoSung`: the requests for more papers.
    #[serde(rename = "DanhSachHoSoBoSung", default)]
    pub supplements: Vec<SyncedSupplement>,
}

/// A component of such a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncedPaper {
    /// `DuocSoHoa`: 1 when it is there as a file.
    #[serde(rename = "DuocSoHoa")]
    pub digitised: u8,
    /// `DuocTaiSuDung`: 0 handed in now, 1 used again, 2 replaced by an earlier result.
    #[serde(rename = "DuocTaiSuDung", default)]
    pub reuse: u8,
}

/// A result of such a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncedResult {
    /// `MaKetQua`: its code.
    #[serde(rename = "MaKetQua")]
    pub code: String,
    /// `DuongDanTepTinKetQua`: where its file is; looked at for being there, and not kept.
    #[serde(rename = "DuongDanTepTinKetQua", default)]
    pub file: String,
}

/// A fee line of such a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncedFee {
    /// `Gia`: what is to be paid, in đồng; 0 for who is exempt.
    #[serde(rename = "Gia")]
    pub amount: u64,
}

/// A request for more papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncedSupplement {
    /// `NgayBoSung`: read as the day of the request (UNVERIFIED).
    #[serde(rename = "NgayBoSung")]
    pub at: Moment,
}

/// Why a row is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SyncFault {
    /// `MaHoSo` is no dossier code.
    #[error("MaHoSo: not a dossier code")]
    NotADossierCode,
    /// `MaTTHC` is no procedure code.
    #[error("MaTTHC: not a procedure code")]
    NotAProcedureCode,
    /// `KenhThucHien` is not 1 to 3.
    #[error("KenhThucHien: 1 to 3")]
    UnknownChannel,
    /// A flag has another value than the exchange knows.
    #[error("DuocSoHoa: 0 or 1; DuocTaiSuDung and DuocThanhToanTrucTuyen: 0 to 2")]
    UnknownFlag,
    /// It was received or ended later than now.
    #[error("NgayTiepNhan, NgayKetThucXuLy: not in the future")]
    InTheFuture,
    /// It ended before it was received.
    #[error("NgayKetThucXuLy: not before NgayTiepNhan")]
    EndsBeforeReceipt,
    /// Its status is an end, and there is no `NgayKetThucXuLy`.
    #[error("NgayKetThucXuLy: wanted in this status")]
    EndMissing,
    /// It was filed with this app, which counts it already.
    #[error("MaHoSo: filed with the app itself")]
    OwnDossier,
}

/// A row that can be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable {
    /// Its code.
    pub code: DossierCode,
    /// Its procedure.
    pub procedure: ProcedureCode,
    /// When it was received.
    pub received: Moment,
    /// What the figures need.
    pub record: Record,
}

impl SyncedDossier {
    /// Reads a row.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(&self, now: Moment) -> Result<Readable, SyncFault> {
        let code = DossierCode::parse(&self.code).map_err(|_| SyncFault::NotADossierCode)?;
        let procedure =
            ProcedureCode::parse(&self.procedure).map_err(|_| SyncFault::NotAProcedureCode)?;
        let channel = Channel::from_code(self.channel).ok_or(SyncFault::UnknownChannel)?;
        let papers = &self.papers;
        if papers.iter().any(|paper| paper.digitised > 1 || paper.reuse > 2) || self.paid_online > 2
        {
            return Err(SyncFault::UnknownFlag);
        }
        if self.received > now || self.ended.is_some_and(|ended| ended > now) {
            return Err(SyncFault::InTheFuture);
        }
        if self.ended.is_some_and(|ended| ended < self.received) {
            return Err(SyncFault::EndsBeforeReceipt);
        }
        let status = DossierStatus::from_code(self.status);
        let record = Record {
            channel,
            status,
            appointment: self.appointment,
            course: self.course(status)?,
            has_component_file: papers.iter().any(|paper| paper.digitised == 1),
            has_result_file: self.results.iter().any(|result| !result.file.trim().is_empty()),
            reused: papers.iter().any(|paper| Reuse::from_code(paper.reuse) != Reuse::No),
            has_fee: self.fees.iter().any(|fee| fee.amount > 0),
            paid_online: self.paid_online > 0,
            complained: false,
        };
        Ok(Readable { code, procedure, received: self.received, record })
    }

    /// The appointment was moved by what was waited for, so nothing more is subtracted.
    fn course(&self, status: DossierStatus) -> Result<Course, SyncFault> {
        let withdrawn = status == DossierStatus::WithdrawalRequested;
        let asked_last = self.supplements.iter().map(|supplement| supplement.at).max();
        let ended = match status {
            DossierStatus::SupplementRequested => self.ended.or(asked_last),
            _ => self.ended,
        };
        if ended.is_none() && (withdrawn || status.is_final()) {
            return Err(SyncFault::EndMissing);
        }
        let supplement_requests = u32::try_from(self.supplements.len()).unwrap_or(u32::MAX);
        Ok(Course { ended, waited: 0, supplement_requests, withdrawn })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_800_000_000);

    fn row() -> SyncedDossier {
        serde_json::from_str(
            r#"{"MaHoSo": "H24.31-261101-900001", "MaTTHC": "2.000635", "KenhThucHien": 1,
                "NgayTiepNhan": 1793500000, "NgayHenTra": 1793600000,
                "NgayKetThucXuLy": 1793550000, "TrangThaiHoSo": 10,
                "TaiLieuNop": [{"DuocSoHoa": 1, "DuocTaiSuDung": 2}],
                "DanhSachGiayToKetQua": [{"MaKetQua": "1", "DuongDanTepTinKetQua": "/kq/1.pdf"}],
                "DanhSachLePhi": [{"Gia": 0}, {"Gia": 8000}], "DuocThanhToanTrucTuyen": 1}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_row_is_read_field_by_field() {
        let Readable { record, .. } = row().read(NOW).unwrap();
        assert!(record.has_component_file && record.has_result_file && record.reused);
        assert!(record.has_fee && record.paid_online && !record.course.withdrawn);
        let bare = SyncedDossier { papers: vec![], results: vec![], fees: vec![], ..row() };
        let Readable { record, .. } = bare.read(NOW).unwrap();
        assert!(!record.has_component_file && !record.has_result_file && !record.has_fee);
        let no_file = SyncedResult { code: "1".into(), file: " ".into() };
        let on_paper = SyncedDossier { results: vec![no_file], ..row() };
        assert!(!on_paper.read(NOW).unwrap().record.has_result_file);
    }

    #[test]
    fn each_fault_is_named() {
        type Spoil = fn(&mut SyncedDossier);
        let faults: [(SyncFault, Spoil); 10] = [
            (SyncFault::NotADossierCode, |row| row.code = "31".into()),
            (SyncFault::NotAProcedureCode, |row| row.procedure = "khai sinh".into()),
            (SyncFault::UnknownChannel, |row| row.channel = 4),
            (SyncFault::UnknownFlag, |row| row.papers[0].digitised = 2),
            (SyncFault::UnknownFlag, |row| row.paid_online = 3),
            (SyncFault::InTheFuture, |row| row.received = Moment(NOW.0 + 1)),
            (SyncFault::InTheFuture, |row| row.ended = Some(Moment(NOW.0 + 1))),
            (SyncFault::EndsBeforeReceipt, |row| row.ended = Some(Moment(1))),
            (SyncFault::EndMissing, |row| row.ended = None),
            (SyncFault::EndMissing, |row| (row.ended, row.status) = (None, 7)),
        ];
        for (fault, spoil) in faults {
            let mut spoilt = row();
            spoil(&mut spoilt);
            assert_eq!(spoilt.read(NOW), Err(fault));
        }
    }

    #[test]
    fn who_waits_for_the_citizen_ended_with_the_request() {
        let mut waiting = SyncedDossier { status: 5, ended: None, ..row() };
        waiting.supplements = vec![SyncedSupplement { at: Moment(1_793_590_000) }];
        let course = waiting.read(NOW).unwrap().record.course;
        assert_eq!((course.ended, course.supplement_requests), (Some(Moment(1_793_590_000)), 1));
    }

    #[test]
    fn a_persons_name_is_refused() {
        let mut named = serde_json::to_value(row()).unwrap();
        named["ChuHoSo"] = "Nguyễn Văn A".into();
        assert!(serde_json::from_value::<SyncedDossier>(named).is_err());
    }
}
