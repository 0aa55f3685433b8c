// Starts the app: fetches its wasm, checks it, and says honestly when it cannot start.
// Must not know anything of the app but the names of its two files, given in data attributes.

const script = document.querySelector("script[data-wasm]");
const note = document.getElementById("boot-note");
const onStart = location.pathname === "/";

// A page other than the start page must not show the start page's shell.
const waiting = onStart ? null : document.createElement("h1");
if (waiting) {
  waiting.tabIndex = -1;
  waiting.textContent = "Đang mở trang…";
  document.querySelector("#app > main")?.replaceChildren(waiting);
}

// Leptos clones its markup through template.innerHTML. Under Trusted Types that takes a policy;
// this one lets plain markup through, and our own workers, and nothing that could run.
if (window.trustedTypes && trustedTypes.createPolicy) {
  try {
    trustedTypes.createPolicy("default", {
      createHTML: (html) => {
        if (/<script|<iframe|<object|<embed|\son\w+\s*=|javascript:|srcdoc/i.test(html)) {
          throw new TypeError("markup refused");
        }
        return html;
      },
      createScriptURL: (url) => {
        const target = new URL(url, location.href);
        if (target.origin === location.origin && /^\/(workers\/|sw\.js$)/.test(target.pathname)) {
          return target.href;
        }
        throw new TypeError("script address refused");
      },
    });
  } catch {
    // The policy is there already.
  }
}

function say(text, retry) {
  if (!note) return;
  note.textContent = text;
  if (retry) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn";
    again.textContent = "Thử lại";
    again.addEventListener("click", () => location.reload());
    note.append(again);
  }
  note.hidden = false;
}

function failed(reason) {
  console.error("motcua: cannot start:", reason);
  if (waiting) waiting.textContent = "Chưa mở được trang";
  if (!("WebAssembly" in window)) {
    say("Trình duyệt này quá cũ để mở ứng dụng. Hãy cập nhật trình duyệt, hoặc đến bộ phận một cửa của xã.", false);
  } else if (navigator.onLine === false) {
    say("Điện thoại đang mất mạng nên chưa mở được ứng dụng. Những gì bạn đã nhập vẫn còn trên máy này.", true);
  } else {
    say("Chưa mở được ứng dụng, có thể do mạng yếu. Những gì bạn đã nhập vẫn còn trên máy này.", true);
  }
}

// Slow is not broken: after a while say so, and keep going.
const slow = setTimeout(() => say("Mạng đang chậm. Ứng dụng vẫn đang tải, xin chờ thêm.", false), 12000);

function integrityOf(url) {
  for (const link of document.querySelectorAll("link[integrity]")) {
    if (new URL(link.href, location.href).href === new URL(url, location.href).href) return link.integrity;
  }
  return undefined;
}

async function start() {
  const { js, wasm } = script.dataset;
  const integrity = integrityOf(wasm);
  const [app, response] = await Promise.all([
    import(js),
    fetch(wasm, integrity ? { integrity, credentials: "same-origin" } : { credentials: "same-origin" }),
  ]);
  if (!response.ok) throw new Error(`wasm answered ${response.status}`);
  await app.default({ module_or_path: response });
}

start().then(
  () => {
    clearTimeout(slow);
    if (note) note.hidden = true;
    // From the second visit on the app opens without a network. The first one comes first.
    if ("serviceWorker" in navigator) {
      const keep = () => navigator.serviceWorker.register("/sw.js").catch((reason) => console.warn("motcua: not kept for offline:", reason));
      (window.requestIdleCallback ?? ((later) => setTimeout(later, 2000)))(keep);
    }
  },
  (reason) => {
    clearTimeout(slow);
    failed(reason);
  },
);

// The app marks itself broken when it panics; what was entered is saved as it is typed.
window.addEventListener("motcua:panic", () => {
  say("Ứng dụng gặp lỗi. Những gì bạn đã nhập vẫn còn. Bấm để mở lại.", true);
});
