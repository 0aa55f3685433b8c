//! What is kept on this device: texts and files by key, in IndexedDB. Every operation is one short
//! transaction, written through to the disk. Knows nothing of what is kept.

use super::{Refused, find_window};
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
const VERSION: u32 = 1;

/// The shelves of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Drafts, as JSON.
    Drafts,
    /// Bytes of papers, as blobs.
    Papers,
    /// Keys of dossiers that were submitted from this device, as JSON.
    Dossiers,
}

impl Shelf {
    const ALL: [Self; 3] = [Self::Drafts, Self::Papers, Self::Dossiers];

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Papers => "papers",
            Self::Dossiers => "dossiers",
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

/// The text under this key.
pub async fn find_text(shelf: Shelf, key: &str) -> Result<Option<String>, Refused> {
    Ok(find(shelf, key).await?.as_string())
}

/// Keeps a text under this key; returns when it is on the disk.
pub async fn put_text(shelf: Shelf, key: &str, text: &str) -> Result<(), Refused> {
    put(shelf, key, &JsValue::from_str(text)).await
}

/// The file under this key.
pub async fn find_blob(shelf: Shelf, key: &str) -> Result<Option<web_sys::Blob>, Refused> {
    Ok(find(shelf, key).await?.dyn_into().ok())
}

/// Keeps a file under this key; returns when it is on the disk.
pub async fn put_blob(shelf: Shelf, key: &str, blob: &web_sys::Blob) -> Result<(), Refused> {
    put(shelf, key, blob.as_ref()).await
}

/// Removes what is under this key.
pub async fn remove(shelf: Shelf, key: &str) -> Result<(), Refused> {
    let key = JsValue::from_str(key);
    write(shelf, |store| Ok(store.delete(&key)?)).await
}

/// Every text of a shelf.
pub async fn texts(shelf: Shelf) -> Result<Vec<String>, Refused> {
    let found = read(shelf, IdbObjectStore::get_all).await?;
    Ok(js_sys::Array::from(&found).iter().filter_map(|value| value.as_string()).collect())
}

async fn find(shelf: Shelf, key: &str) -> Result<JsValue, Refused> {
    let key = JsValue::from_str(key);
    read(shelf, |store| store.get(&key)).await
}

async fn put(shelf: Shelf, key: &str, value: &JsValue) -> Result<(), Refused> {
    let key = JsValue::from_str(key);
    write(shelf, |store| Ok(store.put_with_key(value, &key)?)).await
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
        transaction.set_onerror(Some(fail.unchecked_ref()));
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
