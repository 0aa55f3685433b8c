//! The app in parts: its wasm is compiled with the places to cut, cut, made small, and named by its
//! content. Trunk cannot cut (its own build of the app is one piece). Must not know which pages are in
//! which part; `src/pages/parts.rs` does.

use crate::place::Place;
use crate::run;
use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// What fetches the parts, but for the lines that a build fills in.
const LOADER: &str = include_str!("parts.js");
/// The module that the cut wasm imports its loader from, before that has its true name.
const LINK: &str = "./__wasm_split.js";
/// The extensions of wasm that the app may use; index.html names the same for Trunk. With all of them
/// wasm-opt would write what no browser reads yet.
const EXTENSIONS: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// The parts in the order in which a phone is likely to need them. What several parts share comes in
/// one pack for each of these: that of the first part which needs it.
const ORDER: [&str; 7] = ["scanning", "after", "filing", "capture", "beside", "voice", "counter"];
/// Digits of a hash in a file's name: `crates/backend` lets such files be kept for ever.
const DIGITS: usize = 16;

/// The built app, before it is put into dist/.
pub struct Built {
    folder: PathBuf,
    /// What starts it: the tags for the page's head.
    pub tags: String,
}

/// Compiles and cuts the app.
pub fn build(place: &Place) -> Result<Built> {
    compile(place)?;
    let work = fresh(place.target.join("parts").join("work"))?;
    let cut = cut(place, &work)?;
    let mut bindgen = run::command(place, "wasm-bindgen");
    bindgen.args(["--target", "web", "--keep-lld-exports", "--no-demangle", "--no-typescript"]);
    bindgen.args(["--out-name", "motcua", "--out-dir"]).arg(&work).arg(work.join("cut.wasm"));
    run::show(&mut bindgen)?;
    if work.join("snippets").exists() {
        bail!("wasm-bindgen wrote snippets, which nothing here puts into dist/");
    }
    let main = shrink(place, &work.join("motcua_bg.wasm"))?;
    let mut parts = BTreeMap::new();
    let mut packs: BTreeMap<usize, Vec<Vec<u8>>> = BTreeMap::new();
    for module in &cut.modules {
        let name = module.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = shrink(place, module)?;
        match name.strip_prefix("split_") {
            Some(part) => {
                let needs = cut.needs.get(part).into_iter().flatten();
                let needs = needs.filter_map(|name| cut.pack_of(name)).collect();
                parts.insert(part.to_owned(), Part { bytes, needs });
            }
            None => {
                // An empty one is needed by nobody.
                let Some(at) = cut.pack_of(&name) else { continue };
                packs.entry(at).or_default().push(bytes);
            }
        }
    }
    let glue = fs::read_to_string(work.join("motcua.js"))?;
    name(place, &glue, &main, &parts, &packs, &cut.given)
}

impl Built {
    /// Puts the files into dist/.
    pub fn put(&self, dist: &Path) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            fs::copy(&path, dist.join(name))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
        Ok(())
    }
}

/// The linker must keep its relocations: they say which function needs which.
fn compile(place: &Place) -> Result<()> {
    let mut cargo = run::command(place, "cargo");
    cargo.args(["rustc", "--locked", "--offline", "--package", "motcua", "--bin", "motcua"]);
    cargo.args(["--release", "--features", "parts", "--target", "wasm32-unknown-unknown"]);
    run::show(cargo.args(["--", "-C", "link-arg=--emit-relocs"]))
}

/// What comes out of cutting, besides the first part.
struct Cut {
    /// The other parts, and what several of them need.
    modules: Vec<PathBuf>,
    /// The exports of the first part that the others use.
    given: Vec<String>,
    /// The modules that a part needs, without their endings.
    needs: HashMap<String, Vec<String>>,
}

impl Cut {
    /// In which pack a shared module is; none for what only one part needs.
    fn pack_of(&self, module: &str) -> Option<usize> {
        let needed = |part: &&str| {
            let needs = self.needs.get(*part);
            needs.is_some_and(|needs| needs.iter().any(|name| name == module))
        };
        let is_shared = !module.starts_with("split_");
        is_shared.then(|| ORDER.iter().position(needed)).flatten()
    }
}

/// A part, but for its name.
struct Part {
    bytes: Vec<u8>,
    /// The packs that it needs.
    needs: BTreeSet<usize>,
}

fn cut(place: &Place, work: &Path) -> Result<Cut> {
    let whole = place.target.join("wasm32-unknown-unknown").join("release").join("motcua.wasm");
    let bytes = fs::read(&whole).with_context(|| format!("no {}", whole.display()))?;
    let first = work.join("cut.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = work;
    options.main_out_path = &first;
    options.link_name = LINK;
    options.main_module = "./motcua.js";
    options.target.web();
    let cut = transform(options).map_err(|error| anyhow!("the app cannot be cut: {error:#}"))?;
    // Only the loader that comes with it says which exports these are.
    let loader = fs::read_to_string(work.join(LINK))?;
    let given = loader
        .split_once("const { ")
        .and_then(|(_, rest)| rest.split_once("} = initSync("))
        .context("the cutter's loader has changed: it does not say what the parts share")?
        .0;
    let given = given.split(',').map(str::trim).filter(|name| !name.is_empty());
    Ok(Cut {
        modules: cut.split_modules,
        given: given.map(str::to_owned).collect(),
        needs: cut.prefetch_map,
    })
}

fn shrink(place: &Place, module: &Path) -> Result<Vec<u8>> {
    let small = module.with_extension("small");
    let mut optimise = run::command(place, "wasm-opt");
    optimise.arg("-Oz").args(EXTENSIONS).arg(module).arg("-o").arg(&small);
    // It warns of names that it does not know; they are dropped anyway.
    run::log(place, "wasm-opt", &mut optimise)?;
    Ok(fs::read(small)?)
}

/// Gives every file its name. All carry the hash of all: a part fits only the first part of its build.
fn name(
    place: &Place,
    glue: &str,
    main: &[u8],
    parts: &BTreeMap<String, Part>,
    packs: &BTreeMap<usize, Vec<Vec<u8>>>,
    given: &[String],
) -> Result<Built> {
    let mut hash = Sha256::new();
    hash.update(LOADER);
    hash.update(glue);
    hash.update(main);
    for bytes in parts.values().map(|part| &part.bytes).chain(packs.values().flatten()) {
        hash.update(bytes);
    }
    let hash: String = hex::encode(hash.finalize()).chars().take(DIGITS).collect();
    let folder = fresh(place.target.join("parts").join("site"))?;
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.join(name), bytes).with_context(|| format!("cannot write {name}"))?;
        Ok::<_, anyhow::Error>(format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))))
    };
    let described = |name: String, bytes: &[u8]| {
        let integrity = write(&name, bytes)?;
        Ok::<_, anyhow::Error>(json!({ "file": format!("./{name}"), "integrity": integrity }))
    };

    let mut all_packs = Vec::new();
    for (at, pieces) in packs {
        let first = ORDER.get(*at).copied().unwrap_or_default();
        let mut pack = described(format!("shared-{first}-{hash}.bin"), &pieces.concat())?;
        pack["lengths"] = Value::from(pieces.iter().map(Vec::len).collect::<Vec<_>>());
        all_packs.push(pack);
    }
    let (js, wasm) = (format!("motcua-{hash}.js"), format!("motcua-{hash}_bg.wasm"));
    let loader_name = format!("parts-{hash}.js");
    let mut loader = LOADER
        .replace("\"MAIN\"", &json!(format!("./{js}")).to_string())
        .replace("PACKS.map", &format!("{}.map", json!(all_packs)))
        .replace("= GIVEN;", &format!("= {};", json!(given)));
    for (name, part) in parts {
        let mut told = described(format!("part-{name}-{hash}.wasm"), &part.bytes)?;
        let place_of = |need| packs.keys().position(|at| at == need);
        told["packs"] = Value::from(part.needs.iter().filter_map(place_of).collect::<Vec<_>>());
        loader += &format!("export const __wasm_split_load_{name} = part({told});\n");
    }
    let glue = glue
        .replace(&format!("from \"{LINK}\""), &format!("from \"./{loader_name}\""))
        .replace("'motcua_bg.wasm'", &format!("'{wasm}'"));
    if !glue.contains(&loader_name) {
        bail!("wasm-bindgen's glue does not import the loader: is nothing cut?");
    }
    let of_glue = write(&js, glue.as_bytes())?;
    let of_loader = write(&loader_name, loader.as_bytes())?;
    let of_wasm = write(&wasm, main)?;
    let tags = format!(
        r#"<script type="module" src="/boot.js" data-js="/{js}" data-wasm="/{wasm}"></script>
  <link rel="modulepreload" href="/{js}" crossorigin integrity="{of_glue}">
  <link rel="modulepreload" href="/{loader_name}" crossorigin integrity="{of_loader}">
  <link rel="preload" href="/{wasm}" crossorigin integrity="{of_wasm}" as="fetch" type="application/wasm">"#
    );
    Ok(Built { folder, tags })
}

fn fresh(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}
