//! What was typed into a form of the desk, and reading it. Knows no form.

use crate::error::{Result, problem};
use motcua_contract::problem::ProblemType;
use std::str::FromStr;

/// Fields by name, as a form sends them.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// What stands in a field; nothing where the form has none of this name.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// What stands in a field, unless it was left empty.
    pub fn find(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Whether a box is ticked, or a button of this name was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// What stands in a field, read as what it must be.
    ///
    /// # Errors
    /// When it cannot be read so.
    pub fn read<T: FromStr>(&self, name: &str) -> Result<T> {
        let wrong = || problem(ProblemType::MalformedBody, format!("{name}: cannot be read"));
        self.get(name).parse().map_err(|_| wrong())
    }
}
