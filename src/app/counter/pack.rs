//! What a visitor has done, while the visitor is away at VNeID or in a wallet: on the disk, sealed. The
//! key is in the backend's letter box, sealed with another that only this window has; neither half opens
//! anything. The letter box forgets its half after ten minutes, or when it is taken.

use crate::app::hand_over::LetterBox;
use crate::app::{Failure, Services};
use crate::browser::sealing::{self, SealKey};
use crate::browser::storage::{self, Kept, Shelf};
use crate::browser::{Refused, clock, crypto, memory, shared_device, tasks};
use crate::route::mask;
use motcua_contract::hand_overs::{ClaimHandOver, HandOverPurpose};
use motcua_journeys::counter::idle;
use std::pin::Pin;

/// The window's half, its slot, and when the visitor left.
const HALF: &str = shared_device::HALF_OF_A_KEY;
/// The name of the package on the disk, and what it is sealed with besides the key.
const PACKAGE: &str = "counter package";
/// The same of the key in the letter box.
const KEY: &str = "counter key";

fn not_kept(why: Refused) -> Failure {
    tasks::log_failure("counter package", &why);
    Failure::NotKept
}

/// Packs everything, so that the window may leave the app.
pub async fn pack(services: Services) -> Result<(), Failure> {
    let text = format!("{}\n{}", mask::pack(), memory::pack());
    let (sealed_key, half) = seal(&text).await.map_err(not_kept)?;
    let (letters, _) = LetterBox::open(services, HandOverPurpose::Device).await?;
    letters.put(0, sealed_key).await?;
    letters.close(1).await?;
    let mine = format!("{} {} {}", letters.slot, crypto::hex(&half), clock::now_seconds());
    shared_device::keep_in_session(HALF, &mine).map_err(not_kept)
}

/// Seals onto the disk. Gives the key, sealed, and what opens that one.
async fn seal(text: &str) -> Result<(Vec<u8>, [u8; 32]), Refused> {
    let (secret, half) = (sealing::random::<32>()?, sealing::random::<32>()?);
    let sealed = SealKey::from_bytes(&secret).await?.seal(PACKAGE, text.as_bytes()).await?;
    let sealed_key = SealKey::from_bytes(&half).await?.seal(KEY, &secret).await?;
    storage::put_on_disk(Shelf::Papers, PACKAGE, Kept::Bytes(sealed)).await?;
    Ok((sealed_key, half))
}

/// Whether a visitor left from here who may come back.
pub fn is_packed() -> bool {
    shared_device::find_in_session(HALF).is_some()
}

/// Unpacks what the visitor had done. Says whether it is all there again.
pub async fn unpack(services: Services) -> bool {
    let mine = shared_device::find_in_session(HALF).unwrap_or_default();
    let _ = shared_device::keep_in_session(HALF, "");
    let mut parts = mine.split(' ');
    let (Some(slot), Some(half), Some(left)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let left: i64 = left.parse().unwrap_or_default();
    if !idle::may_return(clock::now_seconds(), left) {
        return false;
    }
    match open(services, slot, half).await {
        Ok(()) => true,
        Err(failure) => {
            tasks::log_failure("counter package", &Refused::because(failure.title()));
            false
        }
    }
}

async fn open(services: Services, slot: &str, half: &str) -> Result<(), Failure> {
    let kept = storage::find_on_disk(Shelf::Papers, PACKAGE).await.map_err(not_kept)?;
    let Some(Kept::Bytes(sealed)) = kept else { return Err(Failure::NotKept) };
    let letters = LetterBox::claim(services, ClaimHandOver::Slot(slot.to_owned())).await?;
    let sealed_key = letters.get(0).await?;
    // From here on nobody gets this half again.
    letters.end().await?;
    let half = crypto::find_bytes(half).ok_or(Failure::Strange)?;
    let secret = unseal(&half, KEY, &sealed_key).await.map_err(not_kept)?;
    let bytes = unseal(&secret, PACKAGE, &sealed).await.map_err(not_kept)?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::Strange)?;
    let (names, shelves) = text.split_once('\n').ok_or(Failure::Strange)?;
    mask::unpack(names);
    let _ = storage::remove_all().await;
    if memory::unpack(shelves) { Ok(()) } else { Err(Failure::Strange) }
}

// In a box: compiled once, not into each of its callers.
fn unseal<'a>(
    key: &'a [u8],
    label: &'a str,
    sealed: &'a [u8],
) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, Refused>> + 'a>> {
    Box::pin(async move { SealKey::from_bytes(key).await?.open(label, sealed).await })
}
