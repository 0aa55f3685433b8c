//! Locks between the windows of this browser (Web Locks): one window at a time works on a thing, and
//! learns when another one takes it over. Knows nothing of the thing.

use super::find_window;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // web-sys keeps it behind a flag.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        granted: &JsValue,
    ) -> js_sys::Promise;
}

/// A lock that this window holds; let go when dropped.
pub struct Lock {
    /// Ends the promise that the browser waits for; none where there are no locks.
    release: Option<js_sys::Function>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Takes a lock when no other window holds it, or from whichever does with `steal`. `lost` is called
/// when another window takes it over. In a browser without locks every window gets it.
pub async fn take(name: &str, steal: bool, lost: impl Fn() + 'static) -> Option<Lock> {
    let Some(manager) = find_manager() else { return Some(Lock { release: None }) };
    let release = Rc::new(RefCell::new(None::<js_sys::Function>));
    let holding = {
        let release = Rc::clone(&release);
        js_sys::Promise::new(&mut move |resolve, _| {
            release.borrow_mut().replace(resolve);
        })
    };
    let mut asked = None;
    let answered = js_sys::Promise::new(&mut |resolve, _| {
        let holding = holding.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let got = lock.is_truthy();
            let _ = resolve.call1(&JsValue::NULL, &got.into());
            if got { holding.into() } else { JsValue::UNDEFINED }
        });
        let options = js_sys::Object::new();
        let name_of_option = if steal { "steal" } else { "ifAvailable" };
        let _ = js_sys::Reflect::set(&options, &name_of_option.into(), &true.into());
        asked = Some(manager.request(name, &options, &granted));
    });
    let over = asked?;
    wasm_bindgen_futures::spawn_local(async move {
        // It ends well when it is let go, and badly when it was taken over.
        if JsFuture::from(over).await.is_err() {
            lost();
        }
    });
    let got = JsFuture::from(answered).await.is_ok_and(|got| got.is_truthy());
    got.then(|| Lock { release: release.borrow_mut().take() })
}

fn find_manager() -> Option<LockManager> {
    let navigator = find_window().ok()?.navigator();
    let manager = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
    (!manager.is_undefined()).then(|| manager.unchecked_into())
}
