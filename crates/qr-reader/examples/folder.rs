//! Reads every picture under a folder and says which were read right: a bench for the decoder
//! alone, without a browser. `cargo run --release -p motcua-qr-reader --example folder -- DIR`.
//! Options: `--quick`, `--without NAME`, `--verbose`, `--side N`.

use encoding_rs::Encoding;
use motcua_qr_reader::{Code, Grey, Options, Without, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn text_of(code: &Code) -> String {
    code.pieces
        .iter()
        .map(|piece| {
            let encoding = Encoding::for_label(piece.charset.label().as_bytes())
                .unwrap_or(encoding_rs::WINDOWS_1252);
            encoding.decode_without_bom_handling(&piece.bytes).0.into_owned()
        })
        .collect()
}

fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn pictures(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            pictures(&path, found);
        } else if path
            .extension()
            .is_some_and(|e| ["png", "jpg", "jpeg", "webp"].iter().any(|k| e == *k))
        {
            found.push(path);
        }
    }
}

fn load(path: &Path, side: u32) -> Option<Grey> {
    let picture = image::open(path).ok()?;
    let picture = if picture.width().max(picture.height()) > side {
        picture.resize(side, side, image::imageops::FilterType::Triangle)
    } else {
        picture
    };
    let rgba = picture.to_rgba8();
    Grey::from_rgba(rgba.width() as usize, rgba.height() as usize, rgba.as_raw()).ok()
}

fn main() {
    let mut options = Options::thorough();
    let (mut folder, mut verbose, mut side) = (PathBuf::from("."), false, 1280);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => options.thorough = false,
            "--verbose" => verbose = true,
            "--side" => side = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(side),
            "--without" => {
                let name = arguments.next().unwrap_or_default();
                let Some(without) = Without::named(&name) else {
                    println!("no such step: {name}");
                    return;
                };
                options.without = without;
            }
            other => folder = other.into(),
        }
    }
    let mut all = Vec::new();
    pictures(&folder, &mut all);
    let mut table: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut times = Vec::new();
    for path in all {
        let Some(grey) = load(&path, side) else {
            println!("cannot load {}", path.display());
            continue;
        };
        let begun = Instant::now();
        let codes = read(&grey, &options);
        let took = begun.elapsed().as_secs_f64() * 1e3;
        times.push(took);
        let texts: Vec<String> = codes.iter().map(|code| plain(&text_of(code))).collect();
        let truth = std::fs::read(path.with_extension("txt"))
            .ok()
            .map(|b| plain(&String::from_utf8_lossy(&b)));
        let name = path
            .parent()
            .and_then(Path::file_name)
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let row = table.entry(name.clone()).or_default();
        row[0] += 1;
        let verdict = match truth.as_deref() {
            Some("") if texts.is_empty() => "ok",
            Some("") => "FALSE",
            Some(truth) if texts.iter().any(|text| text == truth) => "ok",
            Some(_) | None if texts.is_empty() => "missed",
            Some(_) => "WRONG",
            None => "ok",
        };
        match verdict {
            "ok" => row[1] += 1,
            "missed" => row[2] += 1,
            _ => row[3] += 1,
        }
        if verdict != "ok" || verbose {
            println!(
                "{verdict:7} {took:7.1} ms  {name}/{} {}x{} {:?}",
                path.file_name().unwrap_or_default().to_string_lossy(),
                grey.width(),
                grey.height(),
                texts.first().map(|t| t.chars().take(50).collect::<String>())
            );
        }
    }
    let mut sum = [0; 4];
    for (name, row) in &table {
        println!("{name:28} {:4} of {:4}  missed {:3}  wrong {:3}", row[1], row[0], row[2], row[3]);
        for (total, one) in sum.iter_mut().zip(row) {
            *total += one;
        }
    }
    times.sort_by(f64::total_cmp);
    println!(
        "all {} of {}, wrong {}; median {:.1} ms, mean {:.1}, most {:.1}",
        sum[1],
        sum[0],
        sum[3],
        times[times.len() / 2],
        times.iter().sum::<f64>() / times.len() as f64,
        times[times.len() - 1]
    );
}
