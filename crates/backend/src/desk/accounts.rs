//! Who may sign in at the desk: a file with names, roles and hashes of passwords (Argon2id). Knows no
//! session.

use crate::secrets::NoRandomness;
use crate::staff::Staff;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use motcua_domain::desk::Role;
use serde::Deserialize;
use std::path::Path;

/// Fewest characters of a password.
pub const SHORTEST: usize = 10;

/// What is compared with when nobody has the name, so that a wrong name takes as long as a wrong password.
/// Of no password that is known.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why the file of accounts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    /// It cannot be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It is not the JSON that is wanted.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// An account has no name, or one that another has.
    #[error("account {0:?}: no name, or one that another account has")]
    Name(String),
    /// The role of the office's other systems, which do not sign in.
    #[error("account {0:?}: not a role of a person")]
    Role(String),
    /// What should be a hash is none.
    #[error("account {0:?}: not a hash; make one with `motcua-backend hash-password`")]
    Hash(String),
}

/// Why a password has no hash.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`SHORTEST`] characters.
    #[error("a password has at least {SHORTEST} characters")]
    Short,
    /// No random numbers.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The library refused.
    #[error("{0}")]
    Library(argon2::password_hash::Error),
}

/// Somebody who may sign in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    /// The name to sign in with, which the audit log has too.
    name: String,
    role: Role,
    /// Argon2id in the PHC format.
    password_hash: String,
}

/// Everybody who may sign in; nobody where no file is given.
#[derive(Debug, Default)]
pub struct Accounts(Vec<Account>);

impl Accounts {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or an account of it cannot be used.
    pub fn load(path: &Path) -> Result<Self, AccountsError> {
        Self::read(&std::fs::read_to_string(path)?)
    }

    fn read(text: &str) -> Result<Self, AccountsError> {
        let accounts: Vec<Account> = serde_json::from_str(text)?;
        for (index, account) in accounts.iter().enumerate() {
            let name = account.name.clone();
            let twice = accounts.iter().take(index).any(|other| other.name == name);
            if name.trim().is_empty() || twice {
                return Err(AccountsError::Name(name));
            }
            if account.role == Role::System {
                return Err(AccountsError::Role(name));
            }
            if PasswordHash::new(&account.password_hash).is_err() {
                return Err(AccountsError::Hash(name));
            }
        }
        Ok(Self(accounts))
    }

    /// Whether nobody may sign in.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Somebody by their name.
    pub fn find(&self, name: &str) -> Option<Staff> {
        let account = self.0.iter().find(|account| account.name == name)?;
        Some(Staff { who: account.name.clone(), role: account.role })
    }

    /// Somebody by name and password. Takes a while by design.
    pub fn check(&self, name: &str, password: &str) -> Option<Staff> {
        let account = self.0.iter().find(|account| account.name == name);
        let hash = account.map_or(NOBODY, |account| account.password_hash.as_str());
        let hash = PasswordHash::new(hash).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()?;
        self.find(name)
    }
}

/// The hash of a password, as the file of accounts has it.
///
/// # Errors
/// When the password is too short, or there are no random numbers.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::Short);
    }
    let salt = crate::secrets::token()?;
    let salt = SaltString::encode_b64(salt.as_bytes()).map_err(PasswordError::Library)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(PasswordError::Library)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, role: &str, hash: &str) -> String {
        format!(r#"[{{"name":"{name}","role":"{role}","password_hash":"{hash}"}}]"#)
    }

    #[test]
    fn only_the_right_password_of_the_right_person_opens() {
        let hash = hash("mat-khau-cua-lan").unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let accounts = Accounts::read(&file("lan", "reception", &hash)).unwrap();
        let staff = accounts.check("lan", "mat-khau-cua-lan").unwrap();
        assert_eq!((staff.who.as_str(), staff.role), ("lan", Role::Reception));
        assert!(accounts.check("lan", "mat-khau-cua-la").is_none());
        assert!(accounts.check("Lan", "mat-khau-cua-lan").is_none());
        assert!(accounts.check("", "").is_none());
    }

    #[test]
    fn nobody_s_hash_is_one_and_opens_to_nobody() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        assert!(Argon2::default().verify_password(b"", &hash).is_err());
    }

    #[test]
    fn a_file_that_cannot_be_meant_is_refused() {
        let hash = NOBODY;
        let read = |text: &str| Accounts::read(text).unwrap_err();
        assert!(matches!(read(&file("", "leader", hash)), AccountsError::Name(_)));
        assert!(matches!(read(&file("a", "system", hash)), AccountsError::Role(_)));
        assert!(matches!(read(&file("a", "leader", "secret")), AccountsError::Hash(_)));
        assert!(matches!(read(&file("a", "mayor", hash)), AccountsError::Json(_)));
        let one = file("a", "leader", hash);
        let twice = format!("{},{}", one.trim_end_matches(']'), one.trim_start_matches('['));
        assert!(matches!(read(&twice), AccountsError::Name(_)));
        assert!(matches!(super::hash("short"), Err(PasswordError::Short)));
    }
}
