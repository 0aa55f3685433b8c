//! Runs a file of queries against a catalogue document: what was found, how well, how fast. Native;
//! the comparison with other engines is `cargo xtask bench search`.
//!
//! Arguments: the document, the queries (query, tab, codes separated by `|`), and `--misses` to see
//! what was not found first.

use motcua_contract::catalogue::CatalogueDocument;
use motcua_domain::text::fold;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, queries, ..] = arguments.as_slice() else {
        return Err("search_queries DOCUMENT QUERIES [--misses]".into());
    };
    let show = arguments.iter().any(|argument| argument == "--misses");
    let document: CatalogueDocument = serde_json::from_str(&std::fs::read_to_string(document)?)?;
    let queries = std::fs::read_to_string(queries)?;
    let queries: Vec<(&str, Vec<&str>)> = queries
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(query, codes)| (query, codes.trim().split('|').collect()))
        .collect();
    let begun = Instant::now();
    let index = document.index();
    println!("built in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    for (label, bare) in [("as written", false), ("without marks", true)] {
        let (mut first, mut five, mut spent) = (0, 0, 0f64);
        for (query, codes) in &queries {
            let query = if bare { fold(query) } else { (*query).to_owned() };
            let begun = Instant::now();
            let hits = black_box(index.find(black_box(&query), true, 10));
            spent += begun.elapsed().as_secs_f64();
            let found: Vec<&str> =
                hits.iter().map(|hit| document.procedures[hit.entry].code.as_str()).collect();
            let place = found.iter().position(|code| codes.contains(code));
            first += usize::from(place == Some(0));
            five += usize::from(place.is_some_and(|place| place < 5));
            if show && place != Some(0) {
                println!("{label}: {query} -> {place:?} wanted {codes:?}");
                for hit in hits.iter().take(4) {
                    let procedure = &document.procedures[hit.entry];
                    println!("    {:.2} {} {}", hit.score, procedure.code, procedure.title().vi);
                }
            }
        }
        let count = queries.len() as f64;
        println!(
            "{label}: {count} queries, top-1 {:.1} %, top-5 {:.1} %, {:.0} µs a query",
            first as f64 / count * 100.0,
            five as f64 / count * 100.0,
            spent / count * 1e6
        );
    }
    Ok(())
}
