//! What is kept on this device: texts, bytes, files and sealing keys by name, in IndexedDB. Every
//! operation is one short transaction, written through to the disk; on a shared device all of it stays
//! in the memory. Knows nothing of what is kept.

use super::image::Blob;
use super::sealing::SealKey;
use super::{Refused, find_window, memory};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode,
};

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take a durability, which web_sys does not know.
    type Durable;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Durable,
        store: &str,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

const DATABASE: &str = "motcua";
const VERSION: u32 = 4;

/// The shelves of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Drafts.
    Drafts,
    /// Bytes of papers.
    Papers,
    /// Keys of dossiers that were submitted from this device.
    Dossiers,
    /// People who are remembered.
    People,
    /// Feedback: what is being written, and keys of what was sent.
    Feedback,
    /// Sealing keys, which the browser keeps without showing them.
    Keys,
}

/// What can be kept.
pub enum Kept {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A file.
    File(Blob),
}

impl Shelf {
    /// Every shelf.
    pub(super) const ALL: [Self; 6] =
        [Self::Drafts, Self::Papers, Self::Dossiers, Self::People, Self::Feedback, Self::Keys];

    /// Its name in the database.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Papers => "papers",
            Self::Dossiers => "dossiers",
            Self::People => "people",
            Self::Feedback => "feedback",
            Self::Keys => "keys",
        }
    }
}

thread_local! {
    // iOS closes the connection under memory pressure: kept only until that happens.
    static CONNECTION: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

fn forget_connection() {
    CONNECTION.with(|held| held.borrow_mut().take());
}

/// What is under this key.
pub async fn find(shelf: Shelf, key: &str) -> Result<Option<Kept>, Refused> {
    if memory::is_on() {
        return Ok(memory::find(shelf, key));
    }
    find_on_disk(shelf, key).await
}

/// What is on the disk under this key, also on a shared device.
pub async fn find_on_disk(shelf: Shelf, key: &str) -> Result<Option<Kept>, Refused> {
    Ok(kept_of(find_value(shelf, key).await?))
}

/// Keeps something under this key; returns when it is on the disk.
pub async fn put(shelf: Shelf, key: &str, kept: Kept) -> Result<(), Refused> {
    if memory::is_on() {
        memory::put(shelf, key, kept);
        return Ok(());
    }
    put_on_disk(shelf, key, kept).await
}

/// The same, also on a shared device: for what is sealed with a key that the device does not have.
pub async fn put_on_disk(shelf: Shelf, key: &str, kept: Kept) -> Result<(), Refused> {
    let value = match kept {
        Kept::Text(text) => text.into(),
        Kept::Bytes(bytes) => js_sys::Uint8Array::from(&bytes[..]).into(),
        Kept::File(file) => file.into(),
    };
    let key = JsValue::from_str(key);
    write(shelf, |store| Ok(store.put_with_key(&value, &key)?)).await
}

/// Removes what is under this key.
pub async fn remove(shelf: Shelf, key: &str) -> Result<(), Refused> {
    if memory::is_on() {
        memory::remove(shelf, key);
        return Ok(());
    }
    let key = JsValue::from_str(key);
    write(shelf, |store| Ok(store.delete(&key)?)).await
}

/// Everything on a shelf, with its keys.
pub async fn entries(shelf: Shelf) -> Result<Vec<(String, Kept)>, Refused> {
    if memory::is_on() {
        return Ok(memory::entries(shelf));
    }
    let keys = js_sys::Array::from(&read(shelf, IdbObjectStore::get_all_keys).await?);
    let mut entries = vec![];
    for key in keys.iter().filter_map(|key| key.as_string()) {
        if let Some(kept) = find(shelf, &key).await? {
            entries.push((key, kept));
        }
    }
    Ok(entries)
}

/// How many things are on a shelf, sealing keys too.
pub async fn count(shelf: Shelf) -> Result<usize, Refused> {
    if memory::is_on() {
        return Ok(memory::entries(shelf).len());
    }
    let keys = js_sys::Array::from(&read(shelf, IdbObjectStore::get_all_keys).await?);
    Ok(usize::try_from(keys.length()).unwrap_or_default())
}

/// The sealing key of this name.
pub async fn find_key(name: &str) -> Result<Option<SealKey>, Refused> {
    Ok(SealKey::find_in(find_value(Shelf::Keys, name).await?))
}

/// Keeps a sealing key, unless there is one of this name already.
pub async fn add_key(name: &str, key: &SealKey) -> Result<(), Refused> {
    let name = JsValue::from_str(name);
    match write(Shelf::Keys, |store| Ok(store.add_with_key(key.as_value(), &name)?)).await {
        Err(refused) if refused.name == "ConstraintError" => Ok(()),
        outcome => outcome,
    }
}

/// Removes the database with all its shelves. Other windows let go of it when they hear of it.
pub async fn remove_all() -> Result<(), Refused> {
    if let Some(held) = CONNECTION.with(|held| held.borrow_mut().take()) {
        held.close();
    }
    let factory: IdbFactory =
        find_window()?.indexed_db()?.ok_or_else(|| Refused::because("NoStorage"))?;
    JsFuture::from(promise_of(&factory.delete_database(DATABASE)?.into())).await?;
    Ok(())
}

fn kept_of(value: JsValue) -> Option<Kept> {
    if let Some(text) = value.as_string() {
        return Some(Kept::Text(text));
    }
    match value.dyn_into::<js_sys::Uint8Array>() {
        Ok(bytes) => Some(Kept::Bytes(bytes.to_vec())),
        Err(value) => value.dyn_into().ok().map(Kept::File),
    }
}

async fn find_value(shelf: Shelf, key: &str) -> Result<JsValue, Refused> {
    let key = JsValue::from_str(key);
    read(shelf, |store| store.get(&key)).await
}

async fn read(
    shelf: Shelf,
    ask: impl Fn(&IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, Refused> {
    let request = with_store(shelf, IdbTransactionMode::Readonly, |store| Ok(ask(store)?)).await?;
    Ok(JsFuture::from(promise_of(&request)).await?)
}

async fn write(
    shelf: Shelf,
    act: impl Fn(&IdbObjectStore) -> Result<IdbRequest, Refused>,
) -> Result<(), Refused> {
    let request = with_store(shelf, IdbTransactionMode::Readwrite, act).await?;
    let Some(transaction) = request.transaction() else { return Ok(()) };
    let done = js_sys::Promise::new(&mut |resolve, reject| {
        let finish = Closure::once_into_js(move || resolve.call0(&JsValue::NULL));
        let failing = transaction.clone();
        let fail = Closure::once_into_js(move || {
            let reason = failing.error().map_or(JsValue::NULL, JsValue::from);
            reject.call1(&JsValue::NULL, &reason)
        });
        transaction.set_oncomplete(Some(finish.unchecked_ref()));
        // A request that failed aborts its transaction, which only then knows why.
        transaction.set_onabort(Some(fail.unchecked_ref()));
    });
    JsFuture::from(done).await?;
    Ok(())
}

/// Opens a transaction; once more with a new connection when the browser closed the old one.
async fn with_store(
    shelf: Shelf,
    mode: IdbTransactionMode,
    act: impl Fn(&IdbObjectStore) -> Result<IdbRequest, Refused>,
) -> Result<IdbRequest, Refused> {
    let attempt = |database: &IdbDatabase| -> Result<IdbRequest, Refused> {
        let transaction = match mode {
            IdbTransactionMode::Readwrite => {
                let strict = js_sys::JSON::parse(r#"{"durability":"strict"}"#)?;
                let database: &Durable = database.unchecked_ref();
                database.transaction(shelf.name(), "readwrite", &strict)?
            }
            _ => database.transaction_with_str(shelf.name())?,
        };
        act(&transaction.object_store(shelf.name())?)
    };
    let first = attempt(&connect().await?);
    match first {
        Err(refused) if refused.name == "InvalidStateError" => {
            forget_connection();
            attempt(&connect().await?)
        }
        other => other,
    }
}

async fn connect() -> Result<IdbDatabase, Refused> {
    if let Some(held) = CONNECTION.with(|held| held.borrow().clone()) {
        return Ok(held);
    }
    let factory: IdbFactory =
        find_window()?.indexed_db()?.ok_or_else(|| Refused::because("NoStorage"))?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let upgraded = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let Ok(result) = upgraded.result() else { return };
        let database: IdbDatabase = result.unchecked_into();
        // A shelf that is there already stays as it is.
        for shelf in Shelf::ALL {
            let _ = database.create_object_store(shelf.name());
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = JsFuture::from(promise_of(&request)).await?;
    let database: IdbDatabase = opened.unchecked_into();
    let closed = Closure::<dyn Fn()>::new(forget_connection).into_js_value();
    database.set_onclose(Some(closed.unchecked_ref()));
    let giving_way = database.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        giving_way.close();
        forget_connection();
    })
    .into_js_value();
    database.set_onversionchange(Some(changed.unchecked_ref()));
    CONNECTION.with(|held| held.borrow_mut().replace(database.clone()));
    Ok(database)
}

fn promise_of(request: &IdbRequest) -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, reject| {
        let answered = request.clone();
        let succeed = Closure::once_into_js(move || {
            let value = answered.result().unwrap_or(JsValue::UNDEFINED);
            resolve.call1(&JsValue::NULL, &value)
        });
        let refused = request.clone();
        let fail = Closure::once_into_js(move || {
            let reason = refused.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
            reject.call1(&JsValue::NULL, &reason)
        });
        request.set_onsuccess(Some(succeed.unchecked_ref()));
        request.set_onerror(Some(fail.unchecked_ref()));
    })
}
