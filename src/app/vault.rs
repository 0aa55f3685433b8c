//! What is kept on this device, sealed and by person: drafts, papers, and the keys of submitted
//! dossiers. The sealing keys are made in the browser and cannot be read out of it. Whoever signed in
//! last owns what is opened, until that person signs out; before anybody does, the device owns it.
//! On a shared device it is kept in the memory only. Knows nothing of what is kept.

use crate::browser::image::{self, Blob};
use crate::browser::preference::Setting;
use crate::browser::sealing::SealKey;
use crate::browser::storage::{self, Kept, Shelf};
use crate::browser::{Refused, crypto, memory, preference};
use std::cell::RefCell;

/// Who owns what nobody has signed in for.
const DEVICE: &str = "device";
const PERSON_KEY: Setting = Setting::PERSON;
/// Marks a file that is sealed; what an older version of the app kept is not.
const SEALED: &str = "application/x-motcua-sealed";

thread_local! {
    static KEYS: RefCell<Vec<(String, SealKey)>> = const { RefCell::new(Vec::new()) };
    /// The newest write begun under each key: sealing takes a moment, and an older text must not
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

/// Whose record of a key is in use. A person takes over what the device kept; but where both have
/// one, begun at different times, the device's is used and the person's waits: neither may come to
/// lie over the other.
async fn find_home(shelf: Shelf, key: &str) -> Result<(String, bool), Refused> {
    let person = owner();
    let of_device = storage::find(shelf, &record(DEVICE, key)).await?.is_some();
    if person == DEVICE {
        return Ok((person, of_device));
    }
    let of_person = storage::find(shelf, &record(&person, key)).await?.is_some();
    Ok((if of_device && of_person { DEVICE.to_owned() } else { person }, of_device))
}

/// The text under this key: this person's, or the device's.
pub async fn find_text(shelf: Shelf, key: &str) -> Result<Option<String>, Refused> {
    let (home, _) = find_home(shelf, key).await?;
    for whose in [home.as_str(), DEVICE] {
        let record_key = record(whose, key);
        if let Some(kept) = storage::find(shelf, &record_key).await? {
            return read(whose, &record_key, kept).await.map(Some);
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
    let turn = begin_write(key);
    let (home, of_device) = find_home(shelf, key).await?;
    let record_key = record(&home, key);
    // What never comes to the disk needs no seal.
    let kept = if memory::is_on() {
        Kept::Text(text.to_owned())
    } else {
        Kept::Bytes(key_of(&home).await?.seal(&record_key, text.as_bytes()).await?)
    };
    let of_old = storage::find(shelf, key).await?.is_some();
    if !is_newest_write(key, turn) {
        return Ok(());
    }
    storage::put(shelf, &record_key, kept).await?;
    if of_device && home != DEVICE {
        storage::remove(shelf, &record(DEVICE, key)).await?;
    }
    if of_old {
        storage::remove(shelf, key).await?;
    }
    Ok(())
}

/// Removes what is under this key: the record in use.
pub async fn remove(shelf: Shelf, key: &str) -> Result<(), Refused> {
    begin_write(key);
    let (home, _) = find_home(shelf, key).await?;
    storage::remove(shelf, &record(&home, key)).await?;
    if home != DEVICE {
        storage::remove(shelf, &record(DEVICE, key)).await?;
    }
    storage::remove(shelf, key).await
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
    if memory::is_on() {
        return storage::put(shelf, key, Kept::Bytes(bytes)).await;
    }
    let sealed = key_of(DEVICE).await?.seal(key, &bytes).await?;
    storage::put(shelf, key, Kept::File(image::blob_of(&sealed, SEALED)?)).await
}

/// The file under this key.
pub async fn find_blob(shelf: Shelf, key: &str) -> Result<Option<Blob>, Refused> {
    let file = match storage::find(shelf, key).await? {
        Some(Kept::File(file)) => file,
        Some(Kept::Bytes(bytes)) => return image::blob_of(&bytes, "").map(Some),
        Some(Kept::Text(_)) | None => return Ok(None),
    };
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

fn begin_write(key: &str) -> u32 {
    WRITES.with_borrow_mut(|writes| {
        if let Some((_, turn)) = writes.iter_mut().find(|(known, _)| known == key) {
            *turn += 1;
            return *turn;
        }
        writes.push((key.to_owned(), 0));
        0
    })
}

fn is_newest_write(key: &str, turn: u32) -> bool {
    WRITES.with_borrow(|writes| {
        writes.iter().find(|(known, _)| known == key).is_none_or(|(_, newest)| *newest == turn)
    })
}
