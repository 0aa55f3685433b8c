//! Makes the quarter: so many dossiers of each kind as the report says, on procedures of the catalogue,
//! with appointments by its time limits and the calendar. Pure: a seed and a last day decide it.

use super::dice::Dice;
use super::hours;
use motcua_domain::answers::Answers;
use motcua_domain::calendar::{Holidays, appointment};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::fee::{Channel, FeeContext, QuotedAmount, quote};
use motcua_domain::procedure::Procedure;
use serde_json::{Value, json};

/// What a report counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Dossiers received.
    pub received: usize,
    /// Filed online.
    pub online: usize,
    /// With a fee.
    pub with_fee: usize,
    /// Paid online.
    pub paid_online: usize,
    /// Overdue.
    pub overdue: usize,
    /// Withdrawn.
    pub withdrawn: usize,
    /// Under way.
    pub in_progress: usize,
    /// With a file of the result. Others that are neither withdrawn nor under way were stopped.
    pub with_result_file: usize,
    /// Of these, with files of components.
    pub with_component_file: usize,
}

/// The commune's quarter as its report gives it.
pub const REPORT: Report = Report {
    received: 4_466,
    online: 2_483,
    with_fee: 3_144,
    paid_online: 1_212,
    overdue: 20,
    withdrawn: 11,
    in_progress: 56,
    with_result_file: 4_368,
    with_component_file: 4_365,
};

/// Days over which the dossiers came in.
const DAYS: i64 = 80;
/// Of the overdue ones, how many were sent back to the citizen twice; the others came late.
const ASKED_TWICE: usize = 3;
/// One in so many of those with files has a component that was used again. The report has no such
/// number: the office had no means to count it.
const REUSED_ONE_IN: usize = 4;
/// One in so many was sent back once.
const ASKED_ONE_IN: usize = 40;
/// One in so many of those not filed online came by post.
const POST_ONE_IN: usize = 12;
/// What is under way is due so many days after the last day at the earliest.
const STILL_DUE_IN: i64 = 3;
/// Draws for one dossier before it is given up.
const TRIES: u32 = 20_000;
/// Above the serials that an agency's own counter reaches.
const FIRST_SERIAL: u32 = 900_001;

/// Which quarter to make.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The same seed makes the same quarter.
    pub seed: u64,
    /// The last day on which something came in or ended.
    pub last_day: CivilDate,
    /// The agency of the dossiers' codes.
    pub agency: String,
    /// What is counted.
    pub report: Report,
}

/// No dossier of a kind can be made: no procedure of the catalogue suits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no procedure of the catalogue suits a dossier of the kind {0:?}")]
pub struct NoQuarter(pub Kind);

/// How a dossier went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Answered in time.
    Done,
    /// Answered late.
    Late,
    /// Answered in time, after the citizen was asked for papers twice: overdue all the same.
    AskedTwice,
    /// Stopped, without a result.
    Stopped,
    /// Taken back.
    Withdrawn,
    /// Under way.
    InProgress,
}

/// One dossier to be made.
struct Draft {
    kind: Kind,
    channel: Channel,
    has_fee: bool,
    paid_online: bool,
    has_component_file: bool,
}

/// The quarter, in the order in which the dossiers came in, each as the national exchange has it.
///
/// # Errors
/// When the catalogue has no procedure for a dossier of some kind.
pub fn make(
    plan: &Plan,
    procedures: &[Procedure],
    holidays: &Holidays,
) -> Result<Vec<Value>, NoQuarter> {
    let mut dice = Dice::new(plan.seed);
    let mut made = Vec::with_capacity(plan.report.received);
    for draft in drafts(&mut dice, &plan.report) {
        made.push(dossier(&mut dice, plan, &draft, procedures, holidays)?);
    }
    made.sort_by_key(|(received, _)| *received);
    let numbered = (FIRST_SERIAL..).zip(made).map(|(serial, (received, mut row))| {
        let day = received.date();
        let (year, month) = (day.year() % 100, day.month());
        row["MaHoSo"] =
            format!("{}-{year:02}{month:02}{:02}-{serial}", plan.agency, day.day()).into();
        row
    });
    Ok(numbered.collect())
}

/// So many of each kind, mixed.
fn drafts(dice: &mut Dice, report: &Report) -> Vec<Draft> {
    let twice = ASKED_TWICE.min(report.overdue);
    let stopped = report.received - report.with_result_file - report.withdrawn - report.in_progress;
    let mut kinds = Vec::with_capacity(report.received);
    for (kind, count) in [
        (Kind::AskedTwice, twice),
        (Kind::Late, report.overdue - twice),
        (Kind::Stopped, stopped),
        (Kind::Withdrawn, report.withdrawn),
        (Kind::InProgress, report.in_progress),
    ] {
        kinds.extend(std::iter::repeat_n(kind, count));
    }
    kinds.resize(report.received, Kind::Done);
    dice.mix(&mut kinds);
    let online = marks(dice, report.received, report.online);
    // The catalogue's priced procedures are answered within days: none is still under way.
    let mut fees = marks(dice, report.received - report.in_progress, report.with_fee).into_iter();
    // Who pays online files online; the kinds are mixed already, so the first ones are any.
    let mut to_pay_online = report.paid_online;
    let mut to_digitise = report.with_component_file;
    kinds
        .into_iter()
        .zip(online)
        .map(|(kind, online)| {
            let has_fee = kind != Kind::InProgress && fees.next().unwrap_or_default();
            let channel = match online {
                true => Channel::Online,
                false if dice.below(POST_ONE_IN) == 0 => Channel::Post,
                false => Channel::InPerson,
            };
            let answered = matches!(kind, Kind::Done | Kind::Late | Kind::AskedTwice);
            let paid_online = online && has_fee && answered && take(&mut to_pay_online);
            let has_component_file = answered && take(&mut to_digitise);
            Draft { kind, channel, has_fee, paid_online, has_component_file }
        })
        .collect()
}

/// So many marks among so many places, anywhere.
fn marks(dice: &mut Dice, places: usize, marked: usize) -> Vec<bool> {
    let mut marks: Vec<bool> = (0..places).map(|place| place < marked).collect();
    dice.mix(&mut marks);
    marks
}

/// Whether one is left of a count, which is then one less.
fn take(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

/// The price of a procedure's fees for a channel on a day, of one copy of two pages.
fn price(procedure: &Procedure, channel: Channel, filed_on: CivilDate) -> u64 {
    let answers = Answers::default();
    let context = FeeContext { channel, filed_on, pages: Some(2), exempt: None, answers: &answers };
    let lines = quote(&procedure.fees, context);
    let amounts = lines.iter().map(|line| match &line.amount {
        QuotedAmount::Due { amount } | QuotedAmount::PerCopy { amount } => amount.0,
        _ => 0,
    });
    amounts.sum()
}

/// When a dossier came, was due and ended.
struct Times {
    received: Moment,
    appointment: Moment,
    ended: Option<Moment>,
}

/// Draws procedures and days until they suit the dossier.
fn dossier(
    dice: &mut Dice,
    plan: &Plan,
    draft: &Draft,
    procedures: &[Procedure],
    holidays: &Holidays,
) -> Result<(Moment, Value), NoQuarter> {
    for _ in 0..TRIES {
        // A few procedures make most of the work, certification and extracts first: by their codes they
        // come last, and the larger of two draws is taken.
        let at = dice.below(procedures.len()).max(dice.below(procedures.len()));
        let Some(procedure) = procedures.get(at) else { break };
        let day = plan.last_day.plus_days(dice.between(1 - DAYS, 0));
        let price = price(procedure, draft.channel, day);
        if draft.has_fee && price == 0 {
            continue;
        }
        let Some(times) = times(dice, plan, draft, procedure, day, holidays) else { continue };
        let price = if draft.has_fee { price } else { 0 };
        return Ok((times.received, row(dice, draft, procedure, price, &times)));
    }
    Err(NoQuarter(draft.kind))
}

/// The times of a dossier that came on a day; none when the day does not suit.
fn times(
    dice: &mut Dice,
    plan: &Plan,
    draft: &Draft,
    procedure: &Procedure,
    day: CivilDate,
    holidays: &Holidays,
) -> Option<Times> {
    let closing = hours::last_closing(plan.last_day, holidays);
    let received = hours::arrival(dice, day, draft.channel == Channel::Online, holidays)?;
    let appointment = appointment(procedure.time_limit, received, holidays)?;
    let begun = received.plus_seconds(15 * 60);
    let (from, to) = match draft.kind {
        Kind::InProgress => {
            let due = appointment.date() >= plan.last_day.plus_days(STILL_DUE_IN);
            return due.then_some(Times { received, appointment, ended: None });
        }
        Kind::Late => (appointment.plus_seconds(86_400), appointment.plus_seconds(5 * 86_400)),
        _ => (begun, appointment),
    };
    let to = to.min(closing);
    (from < to).then(|| {
        let ended = hours::at_work(dice, from, to, holidays);
        Times { received, appointment, ended: Some(ended) }
    })
}

/// The dossier in the national fields, but for its code.
fn row(dice: &mut Dice, draft: &Draft, procedure: &Procedure, price: u64, times: &Times) -> Value {
    let status = match draft.kind {
        Kind::Done | Kind::Late | Kind::AskedTwice => 10,
        Kind::Stopped => 8,
        Kind::Withdrawn => 7,
        Kind::InProgress => 4,
    };
    let requests = match draft.kind {
        Kind::AskedTwice => 2,
        Kind::Done => usize::from(dice.below(ASKED_ONE_IN) == 0),
        _ => 0,
    };
    let supplements: Vec<Value> = (0..requests)
        .map(|_| json!({ "NgayBoSung": times.received.plus_seconds(dice.between(60, 800)) }))
        .collect();
    let reused = draft.has_component_file && dice.below(REUSED_ONE_IN) == 0;
    let papers = json!([{
        "DuocSoHoa": u8::from(draft.has_component_file),
        "DuocTaiSuDung": u8::from(reused),
    }]);
    let results = if status == 10 {
        let number = dice.between(100_000, 999_999);
        let file = format!("/ket-qua/{number}.pdf");
        json!([{ "MaKetQua": number.to_string(), "DuongDanTepTinKetQua": file }])
    } else {
        json!([])
    };
    json!({
        "MaTTHC": procedure.code,
        "KenhThucHien": draft.channel.code(),
        "NgayTiepNhan": times.received,
        "NgayHenTra": times.appointment,
        "NgayKetThucXuLy": times.ended,
        "TrangThaiHoSo": status,
        "TaiLieuNop": papers,
        "DanhSachGiayToKetQua": results,
        "DanhSachLePhi": [{ "Gia": price }],
        "DuocThanhToanTrucTuyen": u8::from(draft.paid_online),
        "DanhSachHoSoBoSung": supplements,
    })
}
