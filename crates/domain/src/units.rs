//! The administrative units in the two tiers of today, province and commune, with the codes of the
//! statistics office. Data with a lookup; knows nothing of forms or of who lives where.

use serde::{Deserialize, Serialize};

/// Every province with its communes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Units {
    /// In the order in which they are offered.
    pub provinces: Vec<Province>,
}

/// A province or a city under the government.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Province {
    /// Two digits.
    pub code: String,
    /// Name, such as "Thành phố Hải Phòng".
    pub name: String,
    /// Code (five digits) and name of each commune, ward or special zone, in the order in which they
    /// are offered.
    pub communes: Vec<(String, String)>,
}

/// A commune that is somewhere: the two codes together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitCodes {
    /// Province, two digits.
    pub province: String,
    /// Commune, five digits.
    pub commune: String,
}

/// What is wrong with a row of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {cause}")]
pub struct UnitFlaw {
    /// Counted from 1.
    pub row: usize,
    /// What is wrong.
    pub cause: &'static str,
}

impl Units {
    /// Reads the file: a row `code<TAB>name` for each province (two digits), followed by the rows of
    /// its communes (five digits). Lines that begin with `#` say where it comes from.
    pub fn read(text: &str) -> Result<Self, UnitFlaw> {
        let mut units = Self::default();
        for (index, line) in text.lines().enumerate() {
            let flaw = |cause| UnitFlaw { row: index + 1, cause };
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let (code, name) = line.split_once('\t').ok_or(flaw("no tab"))?;
            if name.trim().is_empty() || name != name.trim() {
                return Err(flaw("no name, or spaces around it"));
            }
            match code.len() {
                _ if !code.bytes().all(|byte| byte.is_ascii_digit()) => {
                    return Err(flaw("the code is not digits"));
                }
                2 if units.find_province(code).is_none() => units.provinces.push(Province {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    communes: vec![],
                }),
                5 if units.find_home(code).is_none() => {
                    let province = units.provinces.last_mut().ok_or(flaw("no province above"))?;
                    province.communes.push((code.to_owned(), name.to_owned()));
                }
                2 | 5 => return Err(flaw("the code is there already")),
                _ => return Err(flaw("the code is not two or five digits")),
            }
        }
        Ok(units)
    }

    /// The province with this code.
    pub fn find_province(&self, code: &str) -> Option<&Province> {
        self.provinces.iter().find(|province| province.code == code)
    }

    /// The province of the commune with this code.
    pub fn find_home(&self, commune: &str) -> Option<&Province> {
        self.provinces.iter().find(|province| province.find_commune(commune).is_some())
    }

    /// The name of a commune.
    pub fn find_commune(&self, code: &str) -> Option<&str> {
        self.provinces.iter().find_map(|province| province.find_commune(code))
    }
}

impl Province {
    /// The name of the commune with this code.
    pub fn find_commune(&self, code: &str) -> Option<&str> {
        let found = self.communes.iter().find(|(known, _)| known == code);
        found.map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_two_tiers_and_says_which_row_is_wrong() {
        let units = Units::read("# source\n31\tHải Phòng\n10804\tXã Kim Thành\n").unwrap();
        assert_eq!(units.find_commune("10804"), Some("Xã Kim Thành"));
        assert_eq!(units.find_home("10804").unwrap().code, "31");
        assert_eq!(units.find_commune("10805"), None);
        for (text, row) in [
            ("10804\tXã Kim Thành", 1),
            ("31\tA\n31\tB", 2),
            ("31\tA\n10804\tB\n10804\tC", 3),
            ("31\tA\n1080\tB", 2),
            ("31\tA\nx0804\tB", 2),
            ("31 A", 1),
            ("31\t ", 1),
        ] {
            assert_eq!(Units::read(text).unwrap_err().row, row, "{text}");
        }
    }

    #[test]
    fn the_file_has_every_unit_of_today() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogue/units.tsv");
        let units = Units::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        let communes: usize = units.provinces.iter().map(|province| province.communes.len()).sum();
        assert_eq!((units.provinces.len(), communes), (34, 3_321));
        assert_eq!(units.find_commune("10804"), Some("Xã Kim Thành"));
    }
}
