//! What is kept on this device, sealed and by person: drafts, papers, and the keys of submitted
//! dossiers. The sealing keys are made in the browser and cannot be read out of it. Whoever signed in
//! last owns what is opened, until that person signs out; before anybody does, the device owns it.
//! Knows nothing of what is kept.

use crate::browser::image::{self, Blob};
use crate::browser::sealing::SealKey;
use crate::browser::storage::{self, Kept, Shelf};
use crate::browser::{Refused, crypto, preference};
use std::cell::RefCell;

/// Who owns what nobody has signed in for.
const DEVICE: &str = "device";
const PERSON_KEY: &str = "person";
/// Marks a file that is sealed; what an older version of the app kept is not.
const SEALED: &str = "application/x-motcua-sealed";

thread_local! {
    static KEYS: RefCell<Vec<(String, SealKey)>> = const { RefCell::new(Vec::new()) };
    /// The newest write begun for each record: sealing takes a moment, and an older text must not
    /// come to lie over a newer one.
    static WRITES: RefCell<Vec<(String, u32)>> = const { RefCell::new(Vec::new()) };
}

/// The owner of what is kept from now on.
pub fn owner() -> String {
    preference::find(PERSON_KEY).filter(|person| !person.is_empty()).unwrap_or(DEVICE.to_owned())
}

/// From now on this person owns what is kept; nobody in particular with `None`. The person is named
/// by a hash only.
pub async fn belong_to(citizen_number: Option<&str>) -> Result<(), Refused> {
    let person = match citizen_number {
        Some(number) => {
            let hash = crypto::sha256(format!("motcua person {number}").as_bytes()).await?;
            crypto::hex(&hash)
        }
        None => String::new(),
    };
    preference::remember(PERSON_KEY, &person);
    Ok(())
}

/// The text under this key: this person's, else the device's.
pub async fn find_text(shelf: Shelf, key: &str) -> Result<Option<String>, Refused> {
    for owner in [owner(), DEVICE.to_owned()] {
        let record_key = record(&owner, key);
        if let Some(kept) = storage::find(shelf, &record_key).await? {
            return read(&owner, &record_key, kept).await.map(Some);
        }
    }
    // As an older version of the app kept it.
    match storage::find(shelf, key).await? {
        Some(kept) => read(DEVICE, key, kept).await.map(Some),
        None => Ok(None),
    }
}

/// Keeps a text for this person; returns when it is on the disk. What the device kept under the same
/// key becomes this person's.
pub async fn put_text(shelf: Shelf, key: &str, text: &str) -> Result<(), Refused> {
    let owner = owner();
    let record_key = record(&owner, key);
    let turn = begin_write(&record_key);
    let seal_key = key_of(&owner).await?;
    let sealed = seal_key.seal(&record_key, text.as_bytes()).await?;
    if !is_newest_write(&record_key, turn) {
        return Ok(());
    }
    storage::put(shelf, &record_key, Kept::Bytes(sealed)).await?;
    if owner != DEVICE {
        storage::remove(shelf, &record(DEVICE, key)).await?;
    }
    storage::remove(shelf, key).await
}

/// Removes what is under this key.
pub async fn remove(shelf: Shelf, key: &str) -> Result<(), Refused> {
    for record_key in [record(&owner(), key), record(DEVICE, key), key.to_owned()] {
        begin_write(&record_key);
        storage::remove(shelf, &record_key).await?;
    }
    Ok(())
}

/// Every text of a shelf that is this person's or the device's. One that cannot be opened is left
/// alone: it may be another version's.
pub async fn texts(shelf: Shelf) -> Result<Vec<String>, Refused> {
    let owner = owner();
    let mut texts = vec![];
    for (key, kept) in storage::entries(shelf).await? {
        let whose = key.split_once('/').map_or(DEVICE, |(whose, _)| whose);
        if (whose == owner || whose == DEVICE)
            && let Ok(text) = read(whose, &key, kept).await
        {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// Keeps a file; returns when it is on the disk. Files are the device's: only a draft knows their
/// keys.
pub async fn put_blob(shelf: Shelf, key: &str, blob: &Blob) -> Result<(), Refused> {
    let bytes = image::bytes(blob, 0, image::size_of(blob)).await?;
    let sealed = key_of(DEVICE).await?.seal(key, &bytes).await?;
    storage::put(shelf, key, Kept::File(image::blob_of(&sealed, SEALED)?)).await
}

/// The file under this key.
pub async fn find_blob(shelf: Shelf, key: &str) -> Result<Option<Blob>, Refused> {
    let Some(Kept::File(file)) = storage::find(shelf, key).await? else { return Ok(None) };
    if file.type_() != SEALED {
        return Ok(Some(file));
    }
    let sealed = image::bytes(&file, 0, image::size_of(&file)).await?;
    let bytes = key_of(DEVICE).await?.open(key, &sealed).await?;
    image::blob_of(&bytes, "").map(Some)
}

/// Removes the file under this key.
pub async fn remove_blob(shelf: Shelf, key: &str) -> Result<(), Refused> {
    storage::remove(shelf, key).await
}

fn record(owner: &str, key: &str) -> String {
    format!("{owner}/{key}")
}

async fn read(owner: &str, key: &str, kept: Kept) -> Result<String, Refused> {
    match kept {
        Kept::Text(text) => Ok(text),
        Kept::Bytes(sealed) => {
            let bytes = key_of(owner).await?.open(key, &sealed).await?;
            String::from_utf8(bytes).map_err(|_| Refused::because("NotText"))
        }
        Kept::File(_) => Err(Refused::because("NotText")),
    }
}

/// The sealing key of an owner; made when there is none.
async fn key_of(owner: &str) -> Result<SealKey, Refused> {
    let known = KEYS.with_borrow(|keys| keys.iter().find(|(whose, _)| whose == owner).cloned());
    if let Some((_, key)) = known {
        return Ok(key);
    }
    let key = match storage::find_key(owner).await? {
        Some(key) => key,
        None => {
            storage::add_key(owner, &SealKey::generate().await?).await?;
            // Another window may have been faster: what is on the disk counts.
            storage::find_key(owner).await?.ok_or_else(|| Refused::because("NoKey"))?
        }
    };
    KEYS.with_borrow_mut(|keys| keys.push((owner.to_owned(), key.clone())));
    Ok(key)
}

fn begin_write(record_key: &str) -> u32 {
    WRITES.with_borrow_mut(|writes| {
        if let Some((_, turn)) = writes.iter_mut().find(|(key, _)| key == record_key) {
            *turn += 1;
            return *turn;
        }
        writes.push((record_key.to_owned(), 0));
        0
    })
}

fn is_newest_write(record_key: &str, turn: u32) -> bool {
    WRITES.with_borrow(|writes| {
        writes.iter().find(|(key, _)| key == record_key).is_none_or(|(_, newest)| *newest == turn)
    })
}
