/**
 * Messages that reach the phone with its screen off: where the page is secure, the browser can,
 * and the citizen wants it. The server forgets the address when the day ends.
 */

import { post } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";

/** @typedef {import("./phone.js").PushState} PushState */

const WORKER = "/t/worker.js";
const SCOPE = "/t/";
const MINE = `/api/v1/centres/${boot.centre}/tickets/${boot.ticket}/push`;
const KEY = `push:${boot.ticket}`;

/** How it stands for this ticket. @returns {Promise<PushState>} */
export const pushState = async () => {
  const isPossible =
    "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  if (!isPossible) return "impossible";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const subscription = await registration?.pushManager?.getSubscription();
  return subscription && isRemembered() ? "on" : "off";
};

/** Call this while a button is touched. @returns {Promise<PushState>} */
export const subscribe = async () => {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "denied" : "off";
  try {
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const { pushManager } = await navigator.serviceWorker.ready;
    const subscription = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: boot.push_key,
    });
    const { endpoint, keys } = subscription.toJSON();
    await post(MINE, { endpoint, keys, language: boot.language });
    remember(true);
    return "on";
  } catch {
    return "failed"; // no push service is reached, or the server does not take the address
  }
};

/** @returns {Promise<PushState>} */
export const unsubscribe = async () => {
  remember(false);
  try {
    await post(MINE, {}, { method: "DELETE" });
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
  } catch {
    // the day's end takes the address away
  }
  return "off";
};

const isRemembered = () => {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
};

/** @param {boolean} isOn */
const remember = (isOn) => {
  try {
    if (isOn) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // no storage: the switch looks off after a reload
  }
};
