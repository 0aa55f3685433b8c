//! Owns what is under way: logins, codes, access tokens, each with its end. In memory only: a
//! restart ends them. Knows no HTTP.

use std::collections::HashMap;

use crate::page::Lang;
use crate::{random, time};

/// How long a login page may stay open, in seconds.
const LOGIN: u64 = 600;
/// How long a code lives, in seconds (RFC 9700: short; ASVS: at most 60).
pub(crate) const CODE: u64 = 60;
/// How long an access token lives, in seconds.
pub(crate) const ACCESS: u64 = 600;

/// A checked authorization request, waiting for the citizen.
#[derive(Debug, Clone)]
pub(crate) struct Login {
    pub(crate) redirect_uri: String,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) lang: Lang,
    /// Citizen number, once chosen, and when.
    pub(crate) citizen: Option<(&'static str, u64)>,
    pub(crate) begun: u64,
}

/// What a code or an access token stands for.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) login: Login,
    pub(crate) citizen: &'static str,
    pub(crate) auth_time: u64,
    pub(crate) issued: u64,
    /// The access token that the code was exchanged for.
    pub(crate) spent: Option<String>,
}

/// Everything under way.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    logins: HashMap<String, Login>,
    codes: HashMap<String, Grant>,
    access: HashMap<String, Grant>,
}

impl Sessions {
    /// Begins a login; its name goes into the pages' forms.
    pub(crate) fn begin(&mut self, login: Login) -> String {
        self.clean();
        let name = random::token();
        self.logins.insert(name.clone(), login);
        name
    }

    /// The login of a name.
    pub(crate) fn login(&mut self, name: &str) -> Option<&mut Login> {
        let now = time::now();
        self.logins.get_mut(name).filter(|login| login.begun + LOGIN > now)
    }

    /// Ends a login: it cannot be answered again.
    pub(crate) fn end(&mut self, name: &str) -> Option<Login> {
        self.login(name)?;
        self.logins.remove(name)
    }

    /// Gives a code for a consent.
    pub(crate) fn give_code(&mut self, login: Login, citizen: &'static str, at: u64) -> String {
        let code = random::token();
        let grant = Grant { login, citizen, auth_time: at, issued: time::now(), spent: None };
        self.codes.insert(code.clone(), grant);
        code
    }

    /// Spends a code: the grant and a new access token. A code that was spent before gives
    /// nothing, and its access token dies (RFC 6749 4.1.2). `fits` sees the grant first: a request
    /// that does not fit spends the code as well.
    pub(crate) fn spend(
        &mut self,
        code: &str,
        fits: impl FnOnce(&Login) -> bool,
    ) -> Option<(Grant, String)> {
        let grant = self.codes.get_mut(code)?;
        if let Some(token) = &grant.spent {
            self.access.remove(token);
            return None;
        }
        let token = random::token();
        grant.spent = Some(token.clone());
        let grant = grant.clone();
        if grant.issued + CODE < time::now() || !fits(&grant.login) {
            return None;
        }
        let access = Grant { issued: time::now(), ..grant.clone() };
        self.access.insert(token.clone(), access);
        Some((grant, token))
    }

    /// What an access token stands for.
    pub(crate) fn access(&self, token: &str) -> Option<&Grant> {
        self.access.get(token).filter(|grant| grant.issued + ACCESS > time::now())
    }

    fn clean(&mut self) {
        let now = time::now();
        self.logins.retain(|_, login| login.begun + LOGIN > now);
        self.codes.retain(|_, grant| grant.issued + ACCESS > now);
        self.access.retain(|_, grant| grant.issued + ACCESS > now);
    }
}
