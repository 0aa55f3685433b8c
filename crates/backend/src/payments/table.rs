//! Tables that banks and gateways export: CSV with a header, columns found by their names in Vietnamese
//! or English, amounts and days as people write them. Knows no attempt.

use motcua_contract::ledger::{RowFault, RowProblem};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::money::Vnd;
use motcua_domain::text::fold;

/// A payment as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// Which row of the file, the header being 1.
    pub row: u32,
    /// When the money moved.
    pub at: Moment,
    /// How much came in.
    pub amount: Vnd,
    /// The words of the transfer, or our reference in a gateway's file.
    pub words: String,
    /// The bank's or gateway's own number.
    pub reference: String,
}

/// The names of a column, folded: small letters without marks.
const DAY: [&str; 5] = ["ngay", "ngay giao dich", "thoi gian", "date", "time"];
const AMOUNT: [&str; 5] = ["so tien", "ghi co", "so tien ghi co", "amount", "credit"];
const WORDS: [&str; 6] =
    ["noi dung", "dien giai", "noi dung giao dich", "ma don hang", "words", "order"];
const REFERENCE: [&str; 6] =
    ["ma giao dich", "so tham chieu", "so but toan", "reference", "transaction", "id"];

/// Reads a table. Rows that cannot be read are told, and do not stop the others.
pub fn read(text: &str) -> (Vec<PaymentRow>, Vec<RowProblem>) {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter =
        if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else {
        problems.push(problem(1, RowFault::Missing, first));
        return (rows, problems);
    };
    let find = |names: &[&str]| header.iter().position(|name| names.contains(&fold(name).trim()));
    let columns = (find(&DAY), find(&AMOUNT), find(&WORDS), find(&REFERENCE));
    let (Some(day), Some(amount), Some(words), Some(reference)) = columns else {
        problems.push(problem(1, RowFault::Missing, first));
        return (rows, problems);
    };
    for (row, record) in (2..).zip(reader.records()) {
        let Ok(record) = record else {
            problems.push(problem(row, RowFault::Missing, ""));
            continue;
        };
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let Some(paid) = dong(cell(amount)) else {
            problems.push(problem(row, RowFault::NotAnAmount, cell(amount)));
            continue;
        };
        // Money that went out, or a line without any.
        if paid.is_zero() {
            continue;
        }
        let Some(at) = moment(cell(day)) else {
            problems.push(problem(row, RowFault::NotADay, cell(day)));
            continue;
        };
        if cell(reference).is_empty() {
            problems.push(problem(row, RowFault::Missing, cell(words)));
            continue;
        }
        let (words, reference) = (cell(words).to_owned(), cell(reference).to_owned());
        rows.push(PaymentRow { row, at, amount: paid, words, reference });
    }
    (rows, problems)
}

/// A row that a person must look at.
pub fn problem(row: u32, fault: RowFault, detail: &str) -> RowProblem {
    let detail = detail.chars().take(200).collect();
    RowProblem { row, problem: fault, detail }
}

/// `8.000`, `8,000 VND`, `+8000`; what went out (`-8.000`) and nothing are zero. Parts of a đồng do not
/// exist.
fn dong(text: &str) -> Option<Vnd> {
    let text = text.trim_end_matches(['đ', 'Đ', '₫']).trim_end_matches("VND").trim();
    if text.is_empty() || text.starts_with('-') {
        return Some(Vnd::ZERO);
    }
    let text = text.trim_start_matches('+').trim_end_matches(".00").trim_end_matches(",00");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_groups = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
    if only_groups { digits.parse().ok().map(Vnd) } else { None }
}

/// `26/11/2026`, `26/11/2026 08:15:00`, `2026-11-26`, `2026-11-26T08:15:00`: Vietnam's time.
fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let date: CivilDate = if day.contains('/') {
        let mut parts = day.split('/');
        let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
        format!("{y}-{m:0>2}-{d:0>2}").parse().ok()?
    } else {
        day.parse().ok()?
    };
    let mut parts = time.trim_end_matches('Z').split(':').map(str::parse::<i64>);
    let mut part = |most: i64| match parts.next() {
        None => Some(0),
        Some(Err(_)) if time.is_empty() => Some(0),
        Some(number) => number.ok().filter(|number| (0..most).contains(number)),
    };
    let seconds = part(24)? * 3_600 + part(60)? * 60 + part(60)?;
    Some(Moment::at(date, 0).plus_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_banks_export() {
        let text = "\u{feff}Ngày;Số tiền;Nội dung;Mã giao dịch\n\
            26/11/2026 08:15:30;8.000;\"MC0123 le phi; ho so\";FT1\n\
            2026-11-27;16,000 VND;khác;FT2\n\
            27/11/2026;-5.000;rút;FT3\n";
        let (rows, problems) = read(text);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].row, rows[0].amount), (2, Vnd(8_000)));
        assert_eq!(rows[0].words, "MC0123 le phi; ho so");
        let date: CivilDate = "2026-11-26".parse().unwrap();
        assert_eq!(rows[0].at, Moment::at(date, 8 * 60 + 15).plus_seconds(30));
        assert_eq!(rows[1].amount, Vnd(16_000));
    }

    #[test]
    fn a_bad_row_is_told_by_its_number_and_stops_no_other() {
        let text = "date,amount,words,reference\n\
            26/11/2026,tám nghìn,a,1\n\
            31/02/2026,8000,b,2\n\
            26/11/2026 25:00,8000,c,3\n\
            26/11/2026,8000,d,\n\
            26/11/2026,8000,e,5\n";
        let (rows, problems) = read(text);
        assert_eq!(rows.len(), 1);
        let told: Vec<_> = problems.iter().map(|it| (it.row, it.problem)).collect();
        assert_eq!(
            told,
            [
                (2, RowFault::NotAnAmount),
                (3, RowFault::NotADay),
                (4, RowFault::NotADay),
                (5, RowFault::Missing)
            ]
        );
    }

    #[test]
    fn a_table_of_something_else_is_refused_at_its_header() {
        for text in ["", "a,b,c\n1,2,3\n", "<html>"] {
            let (rows, problems) = read(text);
            assert!(rows.is_empty());
            assert_eq!(problems[0].row, 1, "{text}");
        }
    }
}
