//! Prints the catalogue's document as the app gets it: what the search benchmark gives to every
//! engine.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "catalogue".to_owned());
    let catalogue = motcua_backend::catalogue::Catalogue::load(folder.as_ref())?;
    println!("{}", serde_json::to_string(catalogue.document())?);
    Ok(())
}
