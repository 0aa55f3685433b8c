//! How fast the search is natively, over a catalogue and over one ten times as long: each query
//! whole, and letter by letter as it is typed.
//!
//! Arguments: the catalogue's document and a file of queries.

use motcua_contract::catalogue::CatalogueDocument;
use motcua_domain::procedure::ProcedureCode;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, queries] = arguments.as_slice() else {
        return Err("search_speed DOCUMENT QUERIES".into());
    };
    let mut document: CatalogueDocument =
        serde_json::from_str(&std::fs::read_to_string(document)?)?;
    let queries = std::fs::read_to_string(queries)?;
    let queries: Vec<&str> = queries
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once('\t')?.0))
        .collect();
    measure(&document, &queries);
    // Ten times as many: the same names, each with a number of its own.
    let once = document.procedures.clone();
    for round in 1..10 {
        for (place, procedure) in once.iter().enumerate() {
            let mut copy = procedure.clone();
            copy.code = ProcedureCode::parse(&format!("{round}.{:06}", 900_000 + place))?;
            copy.name.vi.push_str(&format!(" {round}"));
            document.procedures.push(copy);
        }
    }
    measure(&document, &queries);
    Ok(())
}

fn measure(document: &CatalogueDocument, queries: &[&str]) {
    let begun = Instant::now();
    let index = document.index();
    let built = begun.elapsed();
    let typed: Vec<&str> = queries
        .iter()
        .flat_map(|query| {
            let ends = query.char_indices().map(|(place, letter)| place + letter.len_utf8());
            ends.map(|end| &query[..end])
        })
        .collect();
    let time = |asked: &[&str]| {
        let mut spent: Vec<f64> = Vec::with_capacity(asked.len());
        for query in asked {
            let begun = Instant::now();
            black_box(index.find(black_box(query), true, 20));
            spent.push(begun.elapsed().as_secs_f64() * 1e6);
        }
        spent.sort_by(f64::total_cmp);
        let at = |share: f64| spent[((spent.len() - 1) as f64 * share) as usize];
        format!("median {:.0} µs, 99 % {:.0} µs", at(0.5), at(0.99))
    };
    time(queries);
    println!(
        "{} procedures: built in {:.1} ms; a query {}; a keystroke {}",
        document.procedures.len(),
        built.as_secs_f64() * 1e3,
        time(queries),
        time(&typed)
    );
}
