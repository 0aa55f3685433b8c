//! The hand-over endpoints as functions, each by the secret of one side.

use crate::app::{Failure, Services, api};
use crate::browser::http::{Body, Request};
use motcua_contract::endpoints::{self, Endpoint};
use motcua_contract::hand_overs::{
    ClaimHandOver, CloseHandOver, HAND_OVER_TOKEN_HEADER, HandOverClaimed, HandOverOpened,
    HandOverPurpose, HandOverView, OpenHandOver, TellHandOver,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One side of a hand-over.
#[derive(Clone)]
pub struct LetterBox {
    services: Services,
    /// Which.
    pub slot: String,
    token: String,
}

async fn post<T: DeserializeOwned>(
    services: Services,
    endpoint: &Endpoint,
    body: &impl Serialize,
) -> Result<T, Failure> {
    let mut request = api::at(services, endpoint, &[]).await?;
    api::with_body(&mut request, body)?;
    api::read(api::ask(request).await?)
}

impl LetterBox {
    /// Opens a new one, as the giver.
    pub async fn open(
        services: Services,
        purpose: HandOverPurpose,
    ) -> Result<(Self, HandOverOpened), Failure> {
        let opened: HandOverOpened =
            post(services, &endpoints::OPEN_HAND_OVER, &OpenHandOver { purpose }).await?;
        let slot = opened.slot.clone();
        Ok((Self { services, slot, token: opened.token.clone() }, opened))
    }

    /// Claims one, as the taker.
    pub async fn claim(services: Services, claim: ClaimHandOver) -> Result<Self, Failure> {
        let claimed: HandOverClaimed = post(services, &endpoints::CLAIM_HAND_OVER, &claim).await?;
        Ok(Self { services, slot: claimed.slot, token: claimed.token })
    }

    /// One that was opened before, by what was kept of it.
    pub fn again(services: Services, slot: String, token: String) -> Self {
        Self { services, slot, token }
    }

    /// The secret of this side.
    pub fn token(&self) -> &str {
        &self.token
    }

    async fn request(&self, endpoint: &Endpoint, more: &[&str]) -> Result<Request, Failure> {
        let values: Vec<&str> =
            [self.slot.as_str()].into_iter().chain(more.iter().copied()).collect();
        let mut request = api::at(self.services, endpoint, &values).await?;
        request.headers.push((HAND_OVER_TOKEN_HEADER, self.token.clone()));
        Ok(request)
    }

    async fn done(request: Request) -> Result<(), Failure> {
        let answer = api::ask(request).await?;
        if (200..300).contains(&answer.status) { Ok(()) } else { Err(api::failure_of(&answer)) }
    }

    /// Where it stands.
    pub async fn look(&self) -> Result<HandOverView, Failure> {
        api::read(api::ask(self.request(&endpoints::GET_HAND_OVER, &[]).await?).await?)
    }

    /// Says something to the other side.
    pub async fn tell(&self, message: String) -> Result<(), Failure> {
        let mut request = self.request(&endpoints::TELL_HAND_OVER, &[]).await?;
        api::with_body(&mut request, &TellHandOver { message })?;
        Self::done(request).await
    }

    /// Puts a sealed part.
    pub async fn put(&self, part: u32, sealed: Vec<u8>) -> Result<(), Failure> {
        let number = part.to_string();
        let mut request = self.request(&endpoints::PUT_HAND_OVER_PART, &[&number]).await?;
        request.headers.push(("Content-Type", "application/octet-stream".to_owned()));
        request.body = Body::Bytes(sealed);
        Self::done(request).await
    }

    /// Says that all parts are there.
    pub async fn close(&self, parts: u32) -> Result<(), Failure> {
        let mut request = self.request(&endpoints::CLOSE_HAND_OVER, &[]).await?;
        api::with_body(&mut request, &CloseHandOver { parts })?;
        Self::done(request).await
    }

    /// Takes a sealed part.
    pub async fn get(&self, part: u32) -> Result<Vec<u8>, Failure> {
        let number = part.to_string();
        let request = self.request(&endpoints::GET_HAND_OVER_PART, &[&number]).await?;
        let answer = api::ask(request).await?;
        if answer.status == 200 { Ok(answer.bytes) } else { Err(api::failure_of(&answer)) }
    }

    /// Ends it.
    pub async fn end(&self) -> Result<(), Failure> {
        Self::done(self.request(&endpoints::END_HAND_OVER, &[]).await?).await
    }
}
