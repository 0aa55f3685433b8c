//! How two devices agree on a key with somebody in between: the giver commits to its public key
//! before it sees the taker's, so that nobody can try keys until the digits fit; both show six digits
//! made from both keys; people compare them. As numeric comparison in Bluetooth (Core Specification,
//! vol. 2, part H, 7.2.1). Messages are words of hexadecimal.

use crate::app::Failure;
use crate::browser::sealing::{Agreement, SealKey, random};
use crate::browser::{Refused, crypto, tasks};

/// The giver's side before the taker is there.
pub struct Offer {
    agreement: Agreement,
    nonce: [u8; 16],
}

/// What both sides know once the keys are exchanged.
pub struct Agreed {
    /// The key to seal the secret with.
    pub key: SealKey,
    /// Six digits to be compared.
    pub digits: String,
}

fn failed(why: Refused) -> Failure {
    tasks::log_failure("agree on a key", &why);
    Failure::Strange
}

async fn hash(pieces: &[&[u8]]) -> Result<Vec<u8>, Failure> {
    crypto::sha256(&pieces.concat()).await.map_err(failed)
}

/// The digits of both public keys and the nonce.
async fn digits(giver: &[u8], taker: &[u8], nonce: &[u8]) -> Result<String, Failure> {
    let hash = hash(&[b"motcua digits", giver, taker, nonce]).await?;
    let number = hash.iter().take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    let digits = format!("{:06}", number % 1_000_000);
    Ok(format!("{} {}", &digits[..3], &digits[3..]))
}

impl Offer {
    /// Makes an offer.
    pub async fn make() -> Result<Self, Failure> {
        let agreement = Agreement::begin().await.map_err(failed)?;
        Ok(Self { agreement, nonce: random().map_err(failed)? })
    }

    /// The commitment, which the taker gets first.
    pub async fn commitment(&self) -> Result<String, Failure> {
        Ok(crypto::hex(&hash(&[&self.agreement.public, &self.nonce]).await?))
    }

    /// What opens the commitment, once the taker's key is there.
    pub fn reveal(&self) -> String {
        format!("{} {}", crypto::hex(&self.agreement.public), crypto::hex(&self.nonce))
    }

    /// The agreement with the taker's key.
    pub async fn agree(&self, taker: &str) -> Result<Agreed, Failure> {
        let taker = crypto::find_bytes(taker).ok_or(Failure::Strange)?;
        let key = self.agreement.finish(&taker).await.map_err(failed)?;
        let digits = digits(&self.agreement.public, &taker, &self.nonce).await?;
        Ok(Agreed { key, digits })
    }
}

/// The taker's side.
pub struct Answer(Agreement);

impl Answer {
    /// Makes an answer.
    pub async fn make() -> Result<Self, Failure> {
        Ok(Self(Agreement::begin().await.map_err(failed)?))
    }

    /// The taker's key.
    pub fn public(&self) -> String {
        crypto::hex(&self.0.public)
    }

    /// The agreement, if what was revealed is what was committed to.
    pub async fn agree(&self, commitment: &str, revealed: &str) -> Result<Agreed, Failure> {
        let (giver, nonce) = revealed.split_once(' ').ok_or(Failure::Strange)?;
        let bytes = crypto::find_bytes(giver).zip(crypto::find_bytes(nonce));
        let (giver, nonce) = bytes.ok_or(Failure::Strange)?;
        if crypto::hex(&hash(&[&giver, &nonce]).await?) != commitment {
            return Err(Failure::Strange);
        }
        let key = self.0.finish(&giver).await.map_err(failed)?;
        let digits = digits(&giver, &self.0.public, &nonce).await?;
        Ok(Agreed { key, digits })
    }
}
