//! The figures that a commune is judged by: online, paid online, on time, digitised, used again,
//! satisfied. Each is so many of so many, counted over dossiers by the formulas of the national index
//! (Decision 766/QĐ-TTg), as a published description of the formulas gives them: the decision's own text
//! was not seen (UNVERIFIED). Knows no storage and no words.

mod course;
mod period;
pub mod synced;
#[cfg(test)]
mod tests;

pub use course::Course;
pub use period::Period;

use crate::date::Moment;
use crate::dossier::DossierStatus;
use crate::fee::Channel;
use crate::reuse::Share;
use serde::{Deserialize, Serialize};

/// What the figures need to know of a dossier, and nothing about a person. Beside each field the
/// national one that it is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// How it came: `KenhThucHien`.
    pub channel: Channel,
    /// Where it stands: `TrangThaiHoSo`.
    pub status: DossierStatus,
    /// When the result is due, moved on by whatever moved it: `NgayHenTra`.
    pub appointment: Option<Moment>,
    /// Its end and what came before: `NgayKetThucXuLy`, `DanhSachHoSoBoSung`.
    pub course: Course,
    /// A component is there as a file: `TaiLieuNop.DuocSoHoa`.
    pub has_component_file: bool,
    /// The result is there as a file: `DuongDanTepTinKetQua`.
    pub has_result_file: bool,
    /// A component was used again: `TaiLieuNop.DuocTaiSuDung` 1 or 2.
    pub reused: bool,
    /// It has a price above 0: `DanhSachLePhi.Gia`.
    pub has_fee: bool,
    /// It was paid online: `DuocThanhToanTrucTuyen` 1 or 2.
    pub paid_online: bool,
    /// The citizen was not content, or complained (`PAKN`).
    pub complained: bool,
}

/// How a dossier stands to its appointment (index 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Ended in time.
    OnTime,
    /// Ended late, still under way past its appointment, or sent back to the citizen more than once.
    Overdue,
    /// Under way and not yet due, or without an appointment: neither.
    Open,
}

impl Record {
    /// How it stands to its appointment. What the citizen was waited for is not the office's time.
    pub fn timeliness(&self, now: Moment) -> Timeliness {
        if self.course.supplement_requests > 1 {
            return Timeliness::Overdue;
        }
        let Some(appointment) = self.appointment else { return Timeliness::Open };
        let reached = self.course.ended.unwrap_or(now).plus_seconds(-self.course.waited);
        match self.course.ended {
            _ if reached > appointment => Timeliness::Overdue,
            Some(_) => Timeliness::OnTime,
            None => Timeliness::Open,
        }
    }

    /// Whether it counts as filed online (index 3.3): what came online and was answered counts only with
    /// the result as a file. Which procedures answer with no paper at all is not known here.
    pub fn is_online(&self) -> bool {
        let answered = matches!(self.status, DossierStatus::Done | DossierStatus::Returned);
        self.channel == Channel::Online && (!answered || self.has_result_file)
    }

    /// Whether the office took it in. What it refused to take was never received (`NgayTiepNhan`).
    pub fn is_received(&self) -> bool {
        self.status != DossierStatus::Refused
    }
}

/// Which figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FigureId {
    /// Filed online, of all that were received.
    Online,
    /// Paid online, of those with something to pay.
    PaidOnline,
    /// Ended in time, of those that ended or were due.
    OnTime,
    /// With files of components and result, of those with a file of the result. So a commune's 4,365
    /// dossiers with component files and 4,368 with result files are its 99.93 %.
    Digitised,
    /// With a component used again, of those whose components are files.
    Reused,
    /// Neither overdue nor complained about, of all that were received.
    Satisfied,
}

/// Who set a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetSource {
    /// The commune set it itself, beyond or below what the index asks.
    Commune,
    /// From here on the national index gives full marks.
    Index,
}

/// A share to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Target {
    /// Hundredths of a percent.
    pub hundredths: u64,
    /// Who set it.
    pub source: TargetSource,
}

impl FigureId {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Online,
        Self::PaidOnline,
        Self::OnTime,
        Self::Digitised,
        Self::Reused,
        Self::Satisfied,
    ];

    /// Its number in the national index (Decision 766/QĐ-TTg; UNVERIFIED, see above).
    pub const fn index(self) -> &'static str {
        match self {
            Self::Online => "3.3",
            Self::PaidOnline => "3.6",
            Self::OnTime => "2.1",
            Self::Digitised => "4.2",
            Self::Reused => "4.3",
            Self::Satisfied => "5.4",
        }
    }

    /// The share to come to. Online, paid online and used again are the commune's own; for the first the
    /// index gives full marks from 50 %, for the last from 80 %. Digitised and satisfied are the index's
    /// lines for full marks. None is known for on time.
    pub const fn target(self) -> Option<Target> {
        let (percent, source) = match self {
            Self::Online | Self::PaidOnline => (60, TargetSource::Commune),
            Self::Reused => (50, TargetSource::Commune),
            Self::Digitised => (80, TargetSource::Index),
            Self::Satisfied => (90, TargetSource::Index),
            Self::OnTime => return None,
        };
        Some(Target { hundredths: percent * 100, source })
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Which.
    pub id: FigureId,
    /// Its number in the national index.
    pub index: String,
    /// Numerator and denominator.
    pub share: Share,
    /// The share in hundredths of a percent, cut off and not rounded; none of nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hundredths: Option<u64>,
    /// The share to come to, where one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
}

impl Figure {
    /// A figure of these numbers.
    pub fn new(id: FigureId, share: Share) -> Self {
        let (hundredths, target) = (share.hundredths(), id.target());
        Self { id, index: id.index().to_owned(), share, hundredths, target }
    }

    /// Whether the target is met, where there is one and something was counted. By the exact share: what
    /// is cut off never decides.
    pub fn is_met(&self) -> Option<bool> {
        let target = u128::from(self.target?.hundredths);
        let Share { part, whole } = self.share;
        (whole > 0).then(|| u128::from(part) * 10_000 >= u128::from(whole) * target)
    }
}

/// Dossiers counted. Their order makes no difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// Received.
    pub received: u64,
    /// Of these, filed online (index 3.3).
    pub online: u64,
    /// With something to pay.
    pub with_fee: u64,
    /// Of these, paid online.
    pub paid_online: u64,
    /// Ended in time.
    pub on_time: u64,
    /// Overdue.
    pub overdue: u64,
    /// Under way.
    pub in_progress: u64,
    /// Taken back by the citizen.
    pub withdrawn: u64,
    /// With a file of a component.
    pub with_component_file: u64,
    /// With a file of the result.
    pub with_result_file: u64,
    /// With both.
    pub digitised: u64,
    /// With components that are files or were used again.
    pub reusable: u64,
    /// Of these, with a component used again.
    pub reused: u64,
    /// Neither overdue nor complained about.
    pub satisfied: u64,
}

impl Counts {
    /// Counts one more; one that was never received counts nowhere.
    pub fn add(&mut self, record: &Record, now: Moment) {
        if !record.is_received() {
            return;
        }
        let timeliness = record.timeliness(now);
        let overdue = timeliness == Timeliness::Overdue;
        for (count, counts) in [
            (&mut self.received, true),
            (&mut self.online, record.is_online()),
            (&mut self.with_fee, record.has_fee),
            (&mut self.paid_online, record.has_fee && record.paid_online),
            (&mut self.on_time, timeliness == Timeliness::OnTime),
            (&mut self.overdue, overdue),
            (&mut self.in_progress, record.course.ended.is_none()),
            (&mut self.withdrawn, record.course.withdrawn),
            (&mut self.with_component_file, record.has_component_file),
            (&mut self.with_result_file, record.has_result_file),
            (&mut self.digitised, record.has_component_file && record.has_result_file),
            (&mut self.reusable, record.has_component_file || record.reused),
            (&mut self.reused, record.reused),
            (&mut self.satisfied, !overdue && !record.complained),
        ] {
            *count += u64::from(counts);
        }
    }

    /// Numerator and denominator of a figure.
    pub fn share(&self, id: FigureId) -> Share {
        let (part, whole) = match id {
            FigureId::Online => (self.online, self.received),
            FigureId::PaidOnline => (self.paid_online, self.with_fee),
            FigureId::OnTime => (self.on_time, self.on_time + self.overdue),
            FigureId::Digitised => (self.digitised, self.with_result_file),
            FigureId::Reused => (self.reused, self.reusable),
            FigureId::Satisfied => (self.satisfied, self.received),
        };
        Share { part, whole }
    }

    /// All figures, in the order in which they are shown.
    pub fn figures(&self) -> Vec<Figure> {
        FigureId::ALL.map(|id| Figure::new(id, self.share(id))).to_vec()
    }
}
