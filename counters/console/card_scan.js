/**
 * What a scanner read: a citizen's card, a slip of ours, or something else.
 *
 * The code on a citizen card of Vietnam holds number, old number, name, date of birth, sex, address
 * and date of issue, separated by bars; newer cards add the parents. Of all that the name is kept,
 * the rest is dropped here and goes nowhere.
 *
 * @typedef {{ kind: "card", name: string, isDoubtful: boolean } | { kind: "ticket", id: string }
 *   | { kind: "unknown" }} Scanned
 */

const NUMBER = /^(\d{9}|\d{12})$/;
const DATE = /^(\d{8}|\d{1,2}\/\d{1,2}\/\d{4})$/;
const LEAST_PARTS = 6;
const LONGEST_NAME = 120;
const TICKET = /[0-9a-f]{32}/;
/** A card begins so, before all of it is there. */
const BEGINNING = /\d{9,12}\s*\|/;

/** @param {string} text @returns {Scanned} */
export const scanned = (text) => {
  const card = onCard(text);
  if (card) return card;
  const ticket = TICKET.exec(text.toLowerCase());
  return ticket ? { kind: "ticket", id: ticket[0] } : { kind: "unknown" };
};

/** Where in a text a card begins that a scanner is writing; -1 where none does. @param {string} text */
export const cardBegins = (text) => text.search(BEGINNING);

/**
 * The name on a citizen card; null where the text is of no card.
 *
 * A scanner that types as a keyboard may lose accents: then the name is doubtful, the clerk looks.
 *
 * @param {string} text
 * @returns {Extract<Scanned, { kind: "card" }> | null}
 */
export const onCard = (text) => {
  const parts = text.normalize("NFC").split("|").map((part) => part.trim());
  const [number, , name = "", born = ""] = parts;
  if (parts.length < LEAST_PARTS || !NUMBER.test(number) || !DATE.test(born) || !name) return null;
  const isWhole = /^[\p{L}\p{M}' .-]+$/u.test(name);
  return { kind: "card", name: name.slice(0, LONGEST_NAME), isDoubtful: !isWhole };
};
