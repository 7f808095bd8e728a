/** What is asked of the server with a code that a citizen types or scans. */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";

const path = `/api/v1/centres/${boot.centre}`;

/** @typedef {import("./kiosk.js").Kiosk} Kiosk */

/**
 * The dossier's code as it is printed: of the digits alone, the agency and the hyphens are known.
 *
 * @param {string} typed
 * @param {string} agency
 */
export const dossierCode = (typed, agency) => {
  const text = typed.toUpperCase().replace(/\s/g, "");
  const digits = /^(\d{6})-?(\d{4,5})$/.exec(text);
  return digits ? `${agency}-${digits[1]}-${digits[2]}` : text;
};

/** Check in who has an appointment today; the number is then shown. @param {Kiosk} kiosk */
export const checkIn = (kiosk) =>
  ask(kiosk, async (text) => {
    const { printer } = kiosk.row;
    const wish = { text, ...(printer ? { printer } : {}) };
    const { id, number, procedure } = await post(`${path}/appointments/arrive`, wish);
    return () => {
      kiosk.visit.code = procedure;
      kiosk.showTicket({ id, number });
    };
  });

/** Where a dossier stands. @param {Kiosk} kiosk */
export const follow = (kiosk) =>
  ask(kiosk, async (text) => {
    const code = dossierCode(text, kiosk.view.agency);
    const found = await get(`${path}/dossiers/${encodeURIComponent(code)}/status`);
    return () => {
      kiosk.visit.dossier = found;
    };
  });

/**
 * @param {Kiosk} kiosk
 * @param {(text: string) => Promise<() => void>} question  answers what to do when it is answered
 */
const ask = async (kiosk, question) => {
  const { visit } = kiosk;
  if (visit.isTaking || !visit.entry.trim()) return;
  Object.assign(visit, { isTaking: true, refusal: null, dossier: null });
  kiosk.draw();
  try {
    const done = await question(visit.entry);
    if (visit === kiosk.visit) done();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    visit.refusal = { code: refusal.code, facts: refusal.facts };
  } finally {
    visit.isTaking = false;
    kiosk.draw();
    if (visit === kiosk.visit) kiosk.listening.answered();
  }
};
