//! Checks a file of payment vectors and says by id what passes: `cargo xtask vectors FILE`. Owns the
//! printing; what is checked is in `check`, which the crate's own test runs too.

mod check;

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("error: no file given");
        return ExitCode::FAILURE;
    };
    let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
    let file = read.and_then(|text| serde_json::from_str(&text).map_err(|e| e.to_string()));
    let found = match file {
        Ok(file) => check::file(&file),
        Err(error) => {
            eprintln!("error: {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    };
    for one in &found {
        match &one.result {
            Ok(()) => println!("pass {}", one.id),
            Err(why) => println!("FAIL {}: {why}", one.id),
        }
    }
    let passed = |vectors: bool| {
        let of = found.iter().filter(|one| one.is_vector == vectors);
        let (passed, failed): (Vec<_>, Vec<_>) = of.partition(|one| one.result.is_ok());
        format!("{} of {}", passed.len(), passed.len() + failed.len())
    };
    println!("{} vectors pass; {} other rows pass", passed(true), passed(false));
    if found.iter().any(|one| one.is_vector) && found.iter().all(|one| one.result.is_ok()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
