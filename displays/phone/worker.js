/** Shows what the server tells a phone whose screen is off; a touch opens the ticket. */

const worker = /** @type {any} */ (self);
const SHAKING_MS = [400, 150, 400, 150, 800];

worker.addEventListener("install", () => worker.skipWaiting());

worker.addEventListener("push", (/** @type {any} */ event) => {
  const told = event.data?.json() ?? {};
  const isTurn = told.kind === "turn";
  const shown = worker.registration.showNotification(told.title ?? "", {
    body: told.body,
    tag: told.tag,
    lang: told.language,
    renotify: Boolean(told.tag),
    requireInteraction: isTurn,
    vibrate: isTurn ? SHAKING_MS : SHAKING_MS.slice(0, 1),
    data: { path: told.path },
  });
  event.waitUntil(shown);
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.path ?? "/"));
});

/** The page that is open already, or a new one. @param {string} path */
const show = async (path) => {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const wanted = new URL(path, worker.location.origin);
  const open = pages.find((/** @type {any} */ page) => new URL(page.url).pathname === wanted.pathname);
  return open ? open.focus() : worker.clients.openWindow(wanted.href);
};
