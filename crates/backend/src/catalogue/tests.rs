//! The project's catalogue loads whole, and a flaw is named by file, place and cause.

use super::*;
use motcua_domain::calendar::TimeLimit;
use motcua_domain::procedure::ServiceLevel;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue")
}

fn code(text: &str) -> ProcedureCode {
    ProcedureCode::parse(text).unwrap()
}

/// A copy of the project's catalogue with one file changed.
struct Broken(PathBuf);

impl Broken {
    fn with(name: &str, file: &str, change: impl Fn(&str) -> String) -> Self {
        let broken = std::env::temp_dir().join(format!("motcua-{name}-{}", std::process::id()));
        std::fs::create_dir_all(broken.join("procedures")).unwrap();
        for part in ["", "procedures"] {
            for entry in std::fs::read_dir(folder().join(part)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let to = broken.join(part).join(path.file_name().unwrap());
                    std::fs::copy(&path, to).unwrap();
                }
            }
        }
        let text = std::fs::read_to_string(broken.join(file)).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "{file} has nothing to change");
        std::fs::write(broken.join(file), changed).unwrap();
        Self(broken)
    }

    fn message(&self) -> String {
        Catalogue::load(&self.0).unwrap_err().to_string()
    }
}

impl Drop for Broken {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_projects_catalogue_loads_whole() {
    let catalogue = Catalogue::load(&folder()).unwrap();
    let list = catalogue.list().procedures;
    assert_eq!(list.len(), 475);
    let full: Vec<_> = list.iter().filter(|entry| entry.detail == Detail::Full).collect();
    assert!(full.len() >= 60, "{} described", full.len());
    let mut sectors: Vec<&str> = full.iter().map(|entry| entry.sector.as_str()).collect();
    sectors.sort_unstable();
    sectors.dedup();
    assert!(sectors.len() >= 12, "{sectors:?}");
    let priority: Vec<_> = list.iter().filter(|entry| entry.priority).collect();
    assert_eq!(priority.len(), 50);
    assert!(priority.iter().all(|entry| entry.detail == Detail::Full));
    assert!(list.iter().all(|entry| catalogue.document().find_sector(&entry.sector).is_some()));
    assert!(list[0].can_be_filed && list[2].can_be_filed && !list[20].can_be_filed);
    load_commune(&folder().join("commune.json"), "127.0.0.1:8080").unwrap();
}

#[test]
fn a_form_of_another_shape_is_named_by_file_path_and_cause() {
    let file = "procedures/2.000635.json";
    let broken = Broken::with("shape", file, |text| {
        text.replacen("\"type\": \"choice\"", "\"type\": \"chioce\"", 1)
    });
    let message = broken.message();
    assert!(message.contains("2.000635.json"), "{message}");
    assert!(message.contains("form.pages[0].questions[0].kind"), "{message}");
    assert!(message.contains("chioce"), "{message}");
    let broken = Broken::with("rest", file, |text| format!("{text}}}"));
    assert!(broken.message().contains("trailing"), "{}", broken.message());
}

#[test]
fn what_was_repealed_is_kept_and_not_shown() {
    let table = std::fs::read_to_string(folder().join("directory.tsv")).unwrap();
    let rows = directory::read(&table).unwrap();
    let repealed: Vec<_> = rows.iter().filter(|row| row.status == Status::Repealed).collect();
    assert_eq!(repealed.len(), 1);
    assert!(!repealed[0].reason.is_empty());
    assert!(Catalogue::load(&folder()).unwrap().find(&code("2.001009")).is_none());
}

#[test]
fn a_listed_procedure_says_only_what_is_known() {
    let catalogue = Catalogue::load(&folder()).unwrap();
    let listed = catalogue.find(&code("1.001653")).unwrap();
    assert_eq!(listed.detail, Detail::Listed);
    assert_eq!((listed.level, listed.time_limit), (ServiceLevel::Unknown, TimeLimit::Unknown));
    assert!(listed.fees.is_empty() && listed.name.is_only_vietnamese());
    assert!(!listed.sources.is_empty() && check(listed).is_empty());
    let wedding = catalogue.find(&code("2.000513")).unwrap();
    assert_eq!(wedding.short_name.vi, "Đăng ký lại kết hôn có yếu tố nước ngoài");
}

#[test]
fn a_flaw_of_a_procedure_names_file_path_and_cause() {
    let broken = Broken::with("procedure", "procedures/2.000635.json", |text| {
        text.replace("\"copies\": \"copies\"", "\"copies\": \"pieces\"")
    });
    let message = broken.message();
    for part in ["2.000635.json", "fees[extract_copies].price.copies", "no question `pieces`"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn a_flaw_of_a_row_names_file_row_column_and_cause() {
    let broken =
        Broken::with("row", "directory.tsv", |text| text.replacen("cấp xã", "cấp huyện", 1));
    let message = broken.message();
    assert!(message.contains("directory.tsv: row "), "{message}");
    assert!(message.contains("column level: `cấp huyện`"), "{message}");
}

#[test]
fn files_that_do_not_fit_each_other_are_named() {
    for (name, file, from, to, expected) in [
        ("sector", "sectors.json", "\"HỘ TỊCH\"", "\"X\"", "no sector gathers `HỘ TỊCH`"),
        ("event", "life_events.json", "1.001193", "1.999999", "1.999999 is not offered"),
        ("chooser", "choosers.json", "1.014028", "1.999999", "1.999999 is not offered"),
        ("words", "words.json", "1.001193", "1.999999", "1.999999 is not offered"),
        ("portal", "portal_ids.json", "2.000815", "1.999999", "1.999999 is not offered"),
        (
            "gone",
            "directory.tsv",
            "\n1.001193\t",
            "\n1.999999\t",
            "1.001193 has a file, but no row",
        ),
    ] {
        let message = Broken::with(name, file, |text| text.replace(from, to)).message();
        assert!(message.contains(expected), "{file}: {message}");
    }
}

#[test]
fn every_procedure_is_found_by_its_code_and_its_name() {
    let catalogue = Catalogue::load(&folder()).unwrap();
    let document = catalogue.document();
    let index = document.index();
    let first = |query: &str| index.find(query, true, 1).first().map(|hit| hit.entry);
    let mut lost = Vec::new();
    for (entry, procedure) in document.procedures.iter().enumerate() {
        assert_eq!(first(procedure.code.as_str()), Some(entry), "{}", procedure.code);
        let bare = motcua_domain::text::fold(&procedure.name.vi);
        let title = &procedure.title().vi;
        for (name, query) in [(&procedure.name.vi, &bare), (title, title)] {
            let found = first(query).map(|found| &document.procedures[found]);
            // Two procedures may bear one name, but for "Thủ tục"; either answers it.
            let plain = |name: &str| {
                let name = motcua_domain::text::fold(name);
                let name = name.trim_start_matches("thu tuc ").trim_end_matches('.');
                name.replace("qsdd", "quyen su dung dat")
            };
            let same = |other: &ProcedureSummary| {
                [&other.name.vi, &other.title().vi].iter().any(|other| plain(other) == plain(name))
            };
            if !found.is_some_and(|found| found.code == procedure.code || same(found)) {
                lost.push(format!("{}: {query}", procedure.code));
            }
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

/// As `api::stored` compresses an answer.
fn packed(value: &impl serde::Serialize) -> usize {
    let text = serde_json::to_vec(value).unwrap();
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 16 * 1024, 11, 22);
    std::io::Write::write_all(&mut writer, &text).unwrap();
    drop(writer);
    packed.len()
}

/// Opening a procedure fetches the procedure, and the catalogue for its look-alikes; nothing else
/// once the app is there. 50 kB is what that may take, a thousand bytes of it for the heads of both.
#[test]
fn the_largest_procedure_page_fits_a_slow_line() {
    let catalogue = Catalogue::load(&folder()).unwrap();
    let document = packed(catalogue.document());
    let all = catalogue.list().procedures;
    let described = all.iter().filter(|entry| entry.detail == Detail::Full);
    let sizes = described.map(|entry| packed(catalogue.find(&entry.code).unwrap()));
    let largest = sizes.max().unwrap();
    println!("catalogue {document} bytes compressed, the largest procedure {largest}");
    assert!(document + largest + 1_000 <= 50_000, "{document} and {largest} bytes");
}

#[test]
fn charges_that_are_free_online_are_eleven_and_reach_listed_procedures() {
    let free: OnlineFree = read(&folder().join("online_free.json")).unwrap();
    assert_eq!(free.charges.len(), 11);
    let catalogue = Catalogue::load(&folder()).unwrap();
    // Only listed: a land certificate has a charge and a fee, by three rules each.
    let listed = catalogue.find(&code("1.013980")).unwrap();
    assert_eq!((listed.detail, listed.fees.len()), (Detail::Listed, 6));
    assert_eq!(motcua_domain::catalogue_check::check(listed), []);
    assert_eq!(listed.proof_of("fees"), Some(Proof::Unverified));
    // Described: has its own rules, and no others.
    assert_eq!(catalogue.find(&code("1.013978")).unwrap().fees.len(), 4);
    assert!(catalogue.find(&code("1.007919")).unwrap().fees.is_empty());
}

#[test]
fn a_procedure_that_says_otherwise_than_the_resolution_is_named() {
    let left_out = Broken::with("free-left-out", "online_free.json", |text| {
        text.replace("        \"1.004873\",\n", "")
    });
    let message = left_out.message();
    assert!(message.contains("1.004873 says free online, but is no charge's"), "{message}");
    let later = Broken::with("free-later", "procedures/1.004873.json", |text| {
        text.replace("\"from\": \"2026-08-08\"", "\"from\": \"2026-08-07\"")
    });
    let message = later.message();
    assert!(message.contains("1.004873 does not say that it is free online"), "{message}");
    let twice = Broken::with("free-twice", "online_free.json", |text| {
        text.replace("\"forest_seed\"", "\"water_permit\"")
    });
    assert!(twice.message().contains("`water_permit` is there twice"), "{}", twice.message());
}
