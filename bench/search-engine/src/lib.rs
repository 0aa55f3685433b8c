//! The app's search as a wasm module, for measuring it beside other engines. Owns nothing but the
//! way in; must not hold rules of its own.

use motcua_contract::catalogue::CatalogueDocument;
#[cfg(not(feature = "without-search"))]
use motcua_domain::search::Index;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// A catalogue that can be searched.
#[wasm_bindgen]
pub struct Engine {
    document: CatalogueDocument,
    #[cfg(not(feature = "without-search"))]
    index: Index,
}

#[wasm_bindgen]
impl Engine {
    /// Reads the document and builds the index.
    #[wasm_bindgen(constructor)]
    pub fn new(document: &str) -> Result<Engine, JsError> {
        let document: CatalogueDocument = serde_json::from_str(document)?;
        Ok(Self {
            #[cfg(not(feature = "without-search"))]
            index: document.index(),
            document,
        })
    }

    /// The codes found, best first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<String> {
        self.places(query, limit)
            .into_iter()
            .filter_map(|place| self.document.procedures.get(place))
            .map(|procedure| procedure.code.to_string())
            .collect()
    }

    #[cfg(not(feature = "without-search"))]
    fn places(&self, query: &str, limit: usize) -> Vec<usize> {
        self.index.find(query, true, limit).into_iter().map(|hit| hit.entry).collect()
    }

    #[cfg(feature = "without-search")]
    fn places(&self, query: &str, limit: usize) -> Vec<usize> {
        (0..limit).take_while(|place| *place < query.len()).collect()
    }
}
