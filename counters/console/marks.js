/**
 * What a clerk marked on the checklists: papers that are there, papers that are missing and why.
 *
 * Kept for each visit and procedure as long as the window is open, so that neither parking somebody
 * nor a new version of the page loses it. Nothing of it is about who the citizen is.
 *
 * @typedef {{ is: "" | "there" | "missing", note: string }} Mark
 */

const KEY = "console-marks";
const KEPT_VISITS = 40;
/** @type {Mark} */
const NONE = { is: "", note: "" };
/** @type {Record<Mark["is"], Mark["is"]>} */
const AFTER = { "": "there", there: "missing", missing: "" };

/** @type {Map<string, Record<string, Mark>>} */
const byVisit = new Map();

try {
  for (const [visit, marks] of JSON.parse(sessionStorage.getItem(KEY) ?? "[]")) byVisit.set(visit, marks);
} catch {
  // a browser that keeps nothing: the marks live as long as the page
}

/** @param {any} ticket */
const visitOf = ({ id, procedure }) => `${id} ${procedure.code}`;

/**
 * @param {any} ticket
 * @param {number} place  of the paper on the checklist
 * @returns {Mark}
 */
export const markOf = (ticket, place) => byVisit.get(visitOf(ticket))?.[place] ?? NONE;

/**
 * @param {any} ticket
 * @param {number} place
 * @param {Partial<Mark>} change
 */
export const mark = (ticket, place, change) => {
  const visit = visitOf(ticket);
  const marks = { ...byVisit.get(visit), [place]: { ...markOf(ticket, place), ...change } };
  byVisit.delete(visit); // the newest stands last
  byVisit.set(visit, marks);
  const [oldest] = byVisit.keys();
  if (byVisit.size > KEPT_VISITS) byVisit.delete(oldest);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...byVisit]));
  } catch {
    // as above
  }
};

/**
 * One key goes round: there, missing, not looked at.
 *
 * @param {any} ticket
 * @param {number} place
 */
export const markOnward = (ticket, place) => mark(ticket, place, { is: AFTER[markOf(ticket, place).is] });

/**
 * Places that are marked so.
 *
 * @param {any} ticket
 * @param {Mark["is"]} is
 * @returns {number[]}
 */
export const placesThat = (ticket, is) =>
  ticket.procedure.papers.map((/** @type {any} */ _, /** @type {number} */ place) => place).filter((/** @type {number} */ place) => markOf(ticket, place).is === is);
