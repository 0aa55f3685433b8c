// The service worker: the app and its catalogue without a network. Caches only what is the same for
// everybody; never a citizen's data, never a change. Requests that are not listed here pass through
// untouched, so that uploads, logins and payments are the browser's own business.
//
// `cargo xtask dist` writes the build's name and files into the two lines below. Without them (under
// `trunk serve`) the worker removes itself.
"use strict";

const BUILD = "";
const SHELL = [];

const shellName = "shell-" + BUILD;
const dataName = "catalogue-1";
// A slow network gets so many milliseconds before what is kept is shown.
const PATIENCE = 3000;

const isData = (path) =>
  path === "/config.json" || /^\/api\/v1\/(catalogue|procedures|units|data-table)(\/|$)/.test(path);
// Fetched when first needed, then kept with the build.
const isLate = (path) => path.startsWith("/workers/");
// Not pages of the app: the backend answers them itself.
const isBackend = (path) => /^\/(api|auth|pay)\//.test(path);

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(shellName);
      // What has a hash in its name is as fresh in the browser's own cache as it can be.
      const request = (path) =>
        new Request(path, { cache: /[0-9a-f]{12}/.test(path) ? "default" : "no-cache" });
      await cache.addAll(SHELL.map(request));
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      if (!BUILD) return void (await self.registration.unregister());
      for (const name of await caches.keys()) {
        if (name !== shellName && name !== dataName) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

async function page(request) {
  // A newer build waits until nothing of the older one is open; a full load in the only window is
  // such a moment.
  if (self.registration.waiting) {
    const windows = await self.clients.matchAll({ type: "window" });
    if (windows.length < 2) {
      self.registration.waiting.postMessage("take over");
      return new Response("", { headers: { Refresh: "0" } });
    }
  }
  return (await caches.match("/", { cacheName: shellName })) ?? fetch(request);
}

async function asset(request) {
  const cache = await caches.open(shellName);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

// Whoever has the list has the pages behind it: all that are described, one after the other, once for
// each edition of the list. Not for a person who saves data.
async function keepProcedures(list) {
  const { saveData, effectiveType } = navigator.connection ?? {};
  if (saveData || /2g/.test(effectiveType ?? "")) return;
  const cache = await caches.open(dataName);
  const done = "/kept/" + (list.headers.get("etag") ?? "").replace(/\W/g, "");
  if (await cache.match(done)) return;
  const described = (await list.json()).procedures.filter(({ detail }) => detail === "full");
  const procedures = described.map(({ code }) => "/api/v1/procedures/" + code);
  for (const path of ["/api/v1/units", ...procedures]) {
    const answer = await fetch(path);
    if (!answer.ok) return;
    await cache.put(new URL(path, self.location).href, answer);
  }
  for (const { url } of await cache.keys()) {
    if (new URL(url).pathname.startsWith("/kept/")) await cache.delete(url);
  }
  await cache.put(done, new Response(""));
}

// `settled` is told when the network has answered or not, and what there is still to do.
async function data(request, settled) {
  const cache = await caches.open(dataName);
  const fetched = fetch(request).then(async (answer) => {
    // A hotel's login page answers 200 to everything.
    const sound = answer.ok && /json/.test(answer.headers.get("content-type") ?? "");
    if (sound) await cache.put(request.url, answer.clone());
    const isList = new URL(request.url).pathname === "/api/v1/catalogue";
    settled(sound && isList ? keepProcedures(answer.clone()).catch(() => undefined) : undefined);
    return answer;
  });
  fetched.catch(() => settled());
  // Who asks for a fresh one means it.
  if (request.cache === "reload" || request.cache === "no-store") return fetched;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([fetched.catch(() => undefined), late]);
  if (first && (first.ok || first.status < 500)) return first;
  return (await cache.match(request.url)) ?? first ?? fetched;
}

// A notice of the office, opened by the browser. Something must be shown in any case: a browser takes
// the leave away from who shows nothing.
self.addEventListener("push", (event) => {
  let notice = {};
  try {
    notice = event.data.json();
  } catch {
    // Nothing readable came.
  }
  const { title = "Một Cửa", body = "Hồ sơ của bạn có thông tin mới.", path = "/" } = notice;
  const icon = "/icons/icon-192.png";
  // One about a dossier takes the place of an older one about it.
  event.waitUntil(self.registration.showNotification(title, { body, icon, lang: "vi", tag: path, data: path }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data ?? "/";
  event.waitUntil(
    (async () => {
      const windows = await self.clients.matchAll({ type: "window" });
      const open = windows.find(({ url }) => new URL(url).pathname === path);
      await (open ? open.focus() : self.clients.openWindow(path));
    })(),
  );
});

// The browser's push service gave this device another address.
self.addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription, newSubscription } = event;
  if (!oldSubscription) return;
  const subscribe = () => self.registration.pushManager.subscribe(oldSubscription.options);
  event.waitUntil(
    (async () => {
      const device = newSubscription ?? (await subscribe());
      await fetch("/api/v1/push-renewals", {
        method: "POST",
        headers: { "content-type": "application/json", "Motcua-Client": "worker" },
        body: JSON.stringify({ endpoint: oldSubscription.endpoint, device }),
      });
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (!BUILD || request.method !== "GET" || origin !== self.location.origin) return;
  if (isData(pathname)) {
    event.waitUntil(new Promise((settled) => event.respondWith(data(request, settled))));
  } else if (isBackend(pathname)) {
    return;
  } else if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (SHELL.includes(pathname) || isLate(pathname)) {
    event.respondWith(asset(request));
  }
});
