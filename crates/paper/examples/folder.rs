//! Says what is found in every PPM (P6) and PGM (P5) picture of a folder:
//! `cargo run --release -p motcua-paper --example folder -- DIR [--out DIR]`; with `--out`, flat, clean
//! pages are written there.

use std::path::Path;
use std::time::Instant;

use motcua_paper::{Rgba, clean, find_page, orientation, page_size, quality, rectify, turned};

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, rest @ ..] = args.as_slice() else {
        eprintln!("folder DIR [--out DIR]");
        return Ok(());
    };
    let out = if let [flag, out] = rest { (flag == "--out").then_some(out) } else { None };
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let Some(photo) = std::fs::read(&path).ok().and_then(|bytes| pixels(&bytes)) else {
            continue;
        };
        let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
        let start = Instant::now();
        let found = find_page(&photo);
        let time = start.elapsed().as_millis();
        let faults = quality(&photo, found.as_ref());
        let Some(corners) = found else {
            println!("{name}: nothing, {time} ms, {faults:?}");
            continue;
        };
        let places = corners.map(|at| (at.x.round(), at.y.round()));
        let size = page_size(&corners, (photo.width(), photo.height()));
        let Some(page) = rectify(&photo, &corners, size) else { continue };
        let lies = orientation(&page);
        println!("{name}: {places:?}, {time} ms, {size:?}, {lies:?}, {faults:?}");
        if let Some(out) = out {
            let page = clean(&turned(&page, lies.quarters()));
            let mut bytes = format!("P6\n{} {}\n255\n", page.width(), page.height()).into_bytes();
            bytes.extend(page.bytes().as_chunks::<4>().0.iter().flat_map(|p| [p[0], p[1], p[2]]));
            std::fs::write(Path::new(out).join(format!("{name}.ppm")), bytes)?;
        }
    }
    Ok(())
}

/// Reads a binary PPM or PGM of 8 bits.
fn pixels(bytes: &[u8]) -> Option<Rgba> {
    let mut at = 0;
    let mut words = Vec::new();
    while words.len() < 4 {
        let rest = bytes.get(at..)?;
        if rest.first()?.is_ascii_whitespace() {
            at += 1;
        } else if rest[0] == b'#' {
            at += rest.iter().position(|byte| *byte == b'\n')?;
        } else {
            let length = rest.iter().position(u8::is_ascii_whitespace)?;
            words.push(std::str::from_utf8(&rest[..length]).ok()?);
            at += length;
        }
    }
    let each = match words[0] {
        "P6" => 3,
        "P5" => 1,
        _ => return None,
    };
    let (width, height) = (words[1].parse().ok()?, words[2].parse().ok()?);
    let data = bytes.get(at + 1..)?;
    let rgba =
        data.chunks_exact(each).flat_map(|p| [p[0], p[each / 2], p[each - 1], 255]).collect();
    Rgba::new(width, height, rgba).ok()
}
